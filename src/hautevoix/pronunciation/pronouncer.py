"""The pronouncer: words as a narrator says them → how each is spelled for an engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from hautevoix.model import Change, Edit, Manner, Span, Words
from hautevoix.model.options import Liaisons
from hautevoix.pronunciation import english, heteronyms, liaisons, naming, onsets, tables
from hautevoix.pronunciation.line import Line, keys
from hautevoix.pronunciation.linking import apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_FEWEST_FOREIGN = 2  # different words
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
        line = Line(words.text, [(span.start, span.end) for span in words.spans])
        keys = set(line.keys)
        line.settled |= self._quoted(line, keys)
        changes = [self._followed(rule, line, keys, explain=explain) for rule in _RULES]
        spoken = Words(words.text, _with_spellings(words, line))
        if not explain:
            return Pronounced(spoken)
        left = tuple(line.written[index] for index in self.find_foreign(line, keys))
        return Pronounced(spoken, tuple(change for change in changes if change), left)

    def _followed(
        self, rule: _Rule, line: Line, keys: AbstractSet[str], *, explain: bool
    ) -> Change | None:
        """Follow a rule; return what it changed, in the text as the rules before have left it."""
        new: dict[int, str] = {}
        for index in rule.finds(self, line, keys):
            told = None if index in line.settled else rule.says(self, line, index)
            if told is not None and told != line.said(index):
                new[index] = told
        edits = tuple(_edits(line, new)) if new and explain else ()
        line.spellings.update(new)
        return Change(rule.name, edits) if edits else None

    def find_foreign(self, line: Line, keys: AbstractSet[str]) -> list[int]:
        """Return the words that are read as another language, but for a quotation's."""
        spellings = keys | set(line.spellings.values())
        for spelling in spellings - self._french_ones - self._foreign_ones:
            (self._foreign_ones if self._switches(spelling) else self._french_ones).add(spelling)
        if self._foreign_ones.isdisjoint(spellings):
            return []
        places = range(len(line.keys))
        found = (index for index in places if line.said(index) in self._foreign_ones)
        return [index for index in found if index not in line.settled]

    def _quoted(self, line: Line, keys: AbstractSet[str]) -> set[int]:
        """Return the words of quotations: runs of words of another language, which stay so."""
        alien = {key for key in keys if self._switches(key)}
        if len(alien) < _FEWEST_FOREIGN:
            return set()
        found = [key in alien and not naming.known(word) for key, word in line.pairs()]
        runs = range(len(found) - _FOREIGN + 1)
        whole = (range(at, at + _FOREIGN) for at in runs if all(found[at : at + _FOREIGN]))
        return {index for run in whole if _is_unbroken(line, run) for index in run}

    def french(self, line: Line, index: int) -> str | None:
        """Return a word that eSpeak would read as English as a French reader takes it."""
        said = line.said(index).replace("'s", "s")  # « Stone's »
        return english.french(said, self._switches) if said.isalpha() else None

    def name(self, name: str) -> tuple[Words, str]:
        """Return a proper name with its spelling, and why it is doubted; nothing if it is known."""
        # Not the first word of a sentence, where any word has a capital.
        told = self.explained(Words(f"à {name}"))
        spans = (replace(s, start=s.start - 2, end=s.end - 2) for s in told.words.spans)
        words = Words(name, tuple(spans))
        rules = [change.rule for change in told.changes if change.rule in _NAMING]
        if told.foreign:
            return words, "foreign"
        return words, "" if tables.names().get(name) else (rules or ["spelling"])[0]


def _is_unbroken(line: Line, run: range) -> bool:
    return all(line.gaps[index] == " " for index in run[:-1])


def _edits(line: Line, new: Mapping[int, str]) -> Iterator[Edit]:
    shift = 0
    for index, (start, end) in enumerate(line.places()):
        current = line.spellings.get(index) or line.written[index]
        if index in new:
            yield Edit(start + shift, current, new[index])
        shift += len(current) - (end - start)


def _with_spellings(words: Words, line: Line) -> tuple[Span, ...]:
    """Return the spans of words, those that only said « as it is » left out, with the spellings."""
    spans = [span for span in words.spans if span.manner is not Manner.GIVEN]
    places = line.places() if line.spellings else []
    for index, spelling in line.spellings.items():
        if spelling != line.keys[index]:
            spans.append(Span(*places[index], Manner.RESPELLED, spelling=spelling))
    return tuple(sorted(spans, key=lambda span: span.start))


class _Rule(NamedTuple):
    """A rule: the words (by their numbers) that it may have a say in, and what it says."""

    name: str
    finds: Callable[[Pronouncer, Line, AbstractSet[str]], Iterable[int]]
    says: Callable[[Pronouncer, Line, int], str | None]


def _in(
    table: Callable[[], Mapping[str, object]],
) -> Callable[[Pronouncer, Line, AbstractSet[str]], Sequence[int]]:
    """Return what finds the words that a table has."""

    def find(_: Pronouncer, line: Line, keys: AbstractSet[str]) -> Sequence[int]:
        known = table().keys() & keys
        return [index for index, key in enumerate(line.keys) if key in known] if known else ()

    return find


def _capitals(_: Pronouncer, line: Line, _keys: AbstractSet[str]) -> list[int]:
    return line.capitals


def _openings(_: Pronouncer, line: Line, keys: AbstractSet[str]) -> Sequence[int]:
    unsure = {key for key in keys if key.startswith(onsets.UNSURE)}
    return [index for index, key in enumerate(line.keys) if key in unsure] if unsure else ()


def _heteronym(_: Pronouncer, line: Line, index: int) -> str | None:
    found = heteronyms.reading(line, index)
    return found.spelling if found else None


def _name(_: Pronouncer, line: Line, index: int) -> str | None:
    name = None if index in line.spellings else naming.known(line.written[index])
    return name.spelling or None if name else None


def _word(_: Pronouncer, line: Line, index: int) -> str | None:
    if index in line.spellings or naming.known(line.written[index]):
        return None
    return tables.words()[line.keys[index]]


def _ending(_: Pronouncer, line: Line, index: int) -> str | None:
    key = line.keys[index]
    if index in line.spellings or key in tables.words() or not naming.is_name(line, index):
        return None
    return None if naming.known(line.written[index]) else naming.by_usage(key)


def _onset(_: Pronouncer, line: Line, index: int) -> str | None:
    return onsets.opened(line.keys[index], line.said(index))


def _links(_: Pronouncer, line: Line, _keys: AbstractSet[str]) -> list[int]:
    return liaisons.possible(line)


def _liaison(pronouncer: Pronouncer, line: Line, index: int) -> str | None:
    told = liaisons.spelling(line, index, pronouncer.style)
    cut = told is not None and told == apart(line.keys[index])
    return None if cut and naming.ends_aloud(line, index) else told


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
