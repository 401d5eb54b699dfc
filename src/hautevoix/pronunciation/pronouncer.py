"""The pronouncer: words as a narrator says them → how each is spelled for an engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.model import Change, Edit, Manner, Span, Words
from hautevoix.model.options import Liaisons
from hautevoix.pronunciation import english, heteronyms, liaisons, naming, onsets, tables
from hautevoix.pronunciation.words import keys, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hautevoix.pronunciation.words import Word

    Rule = Callable[["Pronouncer", Sequence[Word], int], str | None]

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
        self._made_of = style, switches
        self.style = style
        self.switches = switches

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as what it is made of."""
        return Pronouncer, self._made_of

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
        steps = [Change(name, tuple(self._edits(rule, told))) for name, rule in _RULES]
        kept = [span for span in words.spans if span.manner is not Manner.GIVEN]
        spans = tuple(sorted((*kept, *_spans(told)), key=lambda span: span.start))
        if not explain:
            return Pronounced(Words(words.text, spans))
        foreign = tuple(word.written for word in told if not word.settled and self._is_foreign(word))
        changes = tuple(change for change in steps if change.edits)
        return Pronounced(Words(words.text, spans), changes, foreign)

    def name(self, name: str) -> tuple[Words, str]:
        """Return a proper name with its spelling, and why it is doubted; nothing if it is known."""
        # Not the first word of a sentence, where any word has a capital.
        told = self.explained(Words(f"à {name}"))
        words = Words(name, tuple(replace(s, start=s.start - 2, end=s.end - 2) for s in told.words.spans))
        rules = [change.rule for change in told.changes if change.rule in _NAMING]
        if told.foreign:
            return words, "foreign"
        return words, "" if tables.names().get(name) else (rules or ["spelling"])[0]

    def _edits(self, rule: Rule, words: Sequence[Word]) -> Iterator[Edit]:
        """Follow a rule, and yield what it changes, in the text as rules before have left it."""
        shift = 0
        for index, word in enumerate(words):
            current = word.spelling or word.written
            told = None if word.settled else rule(self, words, index)
            if told is not None and told != word.said:
                yield Edit(word.start + shift, current, told)
                word.spelling = told
            shift += len(current) - len(word.written)

    def _is_foreign(self, word: Word) -> bool:
        return self.switches(word.said)

    def french(self, words: Sequence[Word], index: int) -> str | None:
        """Return a word that eSpeak would read as English as a French reader takes it."""
        word = words[index]
        if word.spelling or not self._is_foreign(word) or self._is_quotation(words, index):
            return None
        return english.french(word.key, self.switches)

    def _is_quotation(self, words: Sequence[Word], index: int) -> bool:
        """Tell whether a word stands among as many others of another language as make a quotation."""
        first = last = index
        while first and self._is_alien(words[first - 1]):
            first -= 1
        while last + 1 < len(words) and self._is_alien(words[last + 1]):
            last += 1
        return last - first + 1 >= _FOREIGN

    def _is_alien(self, word: Word) -> bool:
        return not word.spelling and self._is_foreign(word)


def _spans(words: Sequence[Word]) -> Iterator[Span]:
    for word in words:
        if word.spelling and word.spelling != word.key:
            yield Span(word.start, word.end, Manner.RESPELLED, spelling=word.spelling)


def _heteronym(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    found = heteronyms.reading(words, index)
    return found.spelling if found else None


def _name(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    word = words[index]
    name = None if word.spelling else naming.known(word)
    return name.spelling or word.key if name else None


def _usage(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    word = words[index]
    if word.spelling or word.key in tables.words() or not naming.is_name(words, index):
        return None
    return naming.by_usage(word.key) if naming.known(word) is None else None


def _word(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    word = words[index]
    if word.spelling or naming.known(word):
        return None
    return tables.words().get(word.key)


def _onset(_: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    word = words[index]
    return onsets.opened(word.key, word.said) if word.key[0] in "hyou" else None


def _liaison(pronouncer: Pronouncer, words: Sequence[Word], index: int) -> str | None:
    if index + 1 == len(words) or not words[index].is_joined:
        return None
    return liaisons.spelling(words, index, pronouncer.style)


_RULES: tuple[tuple[str, Rule], ...] = (
    ("heteronym", _heteronym),
    ("name", _name),
    ("word", _word),
    ("ending", _usage),
    ("french", Pronouncer.french),
    ("h", _onset),
    ("liaison", _liaison),
)
"""What is settled first holds: a rule for a word that has a spelling adds to it, or lets it be."""
