"""The pronouncer: words as a narrator says them → how each is spelled for an engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from hautevoix.model import Change, Edit, Manner, Span, Words
from hautevoix.model.options import Liaisons
from hautevoix.pronunciation import english, heteronyms, liaisons, naming, onsets, tables
from hautevoix.pronunciation.words import keys, split

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from hautevoix.pronunciation.words import Word

_FOREIGN = 3  # so many words in a row are a quotation in another language, which stays so


@dataclass(frozen=True, slots=True)
class Pronounced:
    """Words with the spellings that an engine needs, and which rule changed what.

    The changes, made in order in the words' text, give what the engine is given. ``foreign`` are
    words that it will read as another language all the same.
    """

    words: Words
    changes: tuple[Change, ...] = ()
    foreign: tuple[str, ...] = ()


_NAMING = frozenset(("ending", "french"))


def _never(_spelling: str) -> bool:
    return False


class Pronouncer:
    """Spells words so that eSpeak NG's French says them as a French reader does.

    ``switches`` tells whether eSpeak reads a spelling as another language, which only it knows;
    without it the tables alone see to that.
    """

    def __init__(
        self, style: Liaisons = Liaisons.USUAL, switches: Callable[[str], bool] = _never
    ) -> None:
        self.style = style
        self._switches = switches
        self._french_ones: set[str] = set()  # spellings, by what switches said of them
        self._foreign_ones: set[str] = set()

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as what it is made of."""
        return Pronouncer, (self.style, self._switches)

    @staticmethod
    def open_words(texts: Iterable[str]) -> set[str]:
        """Return the words of texts that no table knows: those that ``switches`` is asked for."""
        return {key for text in texts for key in keys(text)} - tables.words().keys()

    def pronounced(self, words: Words) -> Words:
        """Return the words with a span for each that has a spelling of its own.

        What a person told in a lexicon, and what has a manner already, is left alone.

        >>> Pronouncer().pronounced(Words("Il était jadis.")).spans
        (Span(start=9, end=14, manner=<Manner.RESPELLED: 'respelled'>, ipa='', spelling='jadisse'),)
        """
        return self.explained(words, explain=False).words

    def explained(self, words: Words, *, explain: bool = True) -> Pronounced:
        """Return the same with the changes, unless told not to ``explain``."""
        told = split(words.text, [(span.start, span.end) for span in words.spans])
        keys = {word.key for word in told}
        changes = [change for rule in _RULES for change in self._followed(rule, told, keys)]
        spans = [span for span in words.spans if span.manner is not Manner.GIVEN]
        spans += _spans(told)
        spans.sort(key=lambda span: span.start)
        spoken = Words(words.text, tuple(spans))
        if not explain:
            return Pronounced(spoken)
        foreign = (told[index] for index in self.find_foreign(told, keys))
        left = tuple(word.written for word in foreign if not word.settled)
        return Pronounced(spoken, tuple(changes), left)

    def _followed(
        self, rule: _Rule, words: Sequence[Word], keys: AbstractSet[str]
    ) -> Iterator[Change]:
        """Follow a rule; yield what it changes, in the text as the rules before have left it."""
        new: dict[int, str] = {}
        for index in rule.finds(self, words, keys):
            word = words[index]
            told = None if word.settled else rule.says(self, words, index)
            if told is not None and told != word.said:
                new[index] = told
        if new:
            yield Change(rule.name, tuple(_edits(words, new)))
        for index, told in new.items():
            words[index].spelling = told

    def name(self, name: str) -> tuple[Words, str]:
        """Return a proper name with its spelling, and why it is doubted; nothing if it is known."""
        # Not the first word of a sentence, where any word has a capital.
        told = self.explained(Words(f"à {name}"))
        words = Words(name, tuple(replace(s, start=s.start - 2, end=s.end - 2) for s in told.words.spans))
        rules = [change.rule for change in told.changes if change.rule in _NAMING]
        if told.foreign:
            return words, "foreign"
        return words, "" if tables.names().get(name) else (rules or ["spelling"])[0]

    def find_foreign(self, words: Sequence[Word], keys: AbstractSet[str]) -> list[int]:
        """Return the words that are read as another language, but for a quotation's."""
        spellings = {word.spelling or word.key for word in words}
        for spelling in spellings - self._french_ones - self._foreign_ones:
            (self._foreign_ones if self._switches(spelling) else self._french_ones).add(spelling)
        if self._foreign_ones.isdisjoint(spellings):
            return []
        found = [index for index, word in enumerate(words) if word.said in self._foreign_ones]
        return [index for index in found if not _is_quoted(index, found)]

    def french(self, words: Sequence[Word], index: int) -> str | None:
        """Return a word that eSpeak would read as English as a French reader takes it."""
        said = words[index].said
        return english.french(said, self._switches) if said.isalpha() else None


def _is_quoted(index: int, foreign: Sequence[int]) -> bool:
    """Tell whether so many words around are foreign that this is a quotation."""
    runs = (range(index - first, index - first + _FOREIGN) for first in range(_FOREIGN))
    return any(all(each in foreign for each in run) for run in runs)


def _edits(words: Sequence[Word], new: Mapping[int, str]) -> Iterator[Edit]:
    shift = 0
    for index, word in enumerate(words):
        current = word.spelling or word.written
        if index in new:
            yield Edit(word.start + shift, current, new[index])
        shift += len(current) - len(word.written)


def _spans(words: Sequence[Word]) -> Iterator[Span]:
    for word in words:
        if word.spelling and word.spelling != word.key:
            yield Span(word.start, word.end, Manner.RESPELLED, spelling=word.spelling)


class _Rule(NamedTuple):
    """A rule: the words (by their numbers) that it may have something to say of, and what it says."""

    name: str
    finds: Callable[[Pronouncer, Sequence[Word], AbstractSet[str]], Iterable[int]]
    says: Callable[[Pronouncer, Sequence[Word], int], str | None]


def _in(
    table: Callable[[], Mapping[str, object]],
) -> Callable[[Pronouncer, Sequence[Word], AbstractSet[str]], Sequence[int]]:
    """Return what finds the words that a table has."""

    def find(_: Pronouncer, words: Sequence[Word], keys: AbstractSet[str]) -> Sequence[int]:
        known = table().keys() & keys
        return [index for index, word in enumerate(words) if word.key in known] if known else ()

    return find


def _capitals(_: Pronouncer, words: Sequence[Word], _keys: AbstractSet[str]) -> list[int]:
    return [index for index, word in enumerate(words) if word.written != word.key]


def _openings(_: Pronouncer, words: Sequence[Word], _keys: AbstractSet[str]) -> list[int]:
    return [index for index, word in enumerate(words) if word.key.startswith(onsets.UNSURE)]


def _links(_: Pronouncer, words: Sequence[Word], _keys: AbstractSet[str]) -> list[int]:
    """Return the words that another follows at once, and that may be linked with it."""
    return liaisons.possible(words)


def _heteronym(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    found = heteronyms.reading(words, index)
    return found.spelling if found else None


def _name(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    word = words[index]
    name = None if word.spelling else naming.known(word)
    return name.spelling or None if name else None


def _ending(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    word = words[index]
    if word.spelling or word.key in tables.words() or not naming.is_name(words, index):
        return None
    return naming.by_usage(word.key) if naming.known(word) is None else None


def _word(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    word = words[index]
    return None if word.spelling or naming.known(word) else tables.words()[word.key]


def _onset(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    return onsets.opened(words[index].key, words[index].said)


def _liaison(pronouncer: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    return liaisons.spelling(words, index, pronouncer.style)


_FRENCH = _Rule("french", Pronouncer.find_foreign, Pronouncer.french)
_RULES = (
    _Rule("heteronym", _in(heteronyms.readings), _heteronym),
    _Rule("name", _capitals, _name),
    _Rule("word", _in(tables.words), _word),
    _Rule("ending", _capitals, _ending),
    _FRENCH,
    _Rule("h", _openings, _onset),
    _Rule("liaison", _links, _liaison),
    _FRENCH,  # what the rules before have made, too
)
"""What is settled first holds: a rule for a word that has a spelling adds to it, or lets it be."""
