"""What a rule is: a name, a pattern, and what it makes of each match; with the edits it made.

A rule is a pure ``str → str``; ``edits`` gives the same as replacements, so that what it did can
be shown, replayed, and carried over to the spans that stand on the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from hautevoix.french.numbers import Counting
from hautevoix.model import Change, Edit, Manner

Say = Callable[[re.Match[str], Counting], str | None]
"""What a rule makes of a match: the words, or None to leave it as it is."""

PLAIN = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:!?…'’\"“”«»()–—-"
    "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŸŒÆàâäçèéêëîïôöùûüÿœæ"
)
"""The characters of prose: nothing else is in most texts."""

TARGET = "x"
"""The group that a rule replaces, where its pattern has one; the rest of the match is context."""


class Glance:
    """What a text is made of, seen at once: its characters, and its runs of letters.

    A run before a full stop is there with it and without it: « p. » and « p ».
    """

    __slots__ = ("characters", "text", "words")

    _WORD = re.compile(r"[^\W\d_]+\.?")

    def __init__(self, text: str) -> None:
        """Look at a text."""
        self.text = text
        self.characters = frozenset(text)
        runs = self._WORD.findall(text)
        self.words = frozenset((*runs, *(run[:-1] for run in runs if run[-1] == ".")))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``why`` is its line in an explanation.

    The rule is not even tried unless the text holds a character of each set in ``needs`` and, where
    there are ``words`` (runs of letters) or ``hints`` (any strings), one of them, and where
    there is a ``beyond``, a character that is not of it. ``starts`` finds where a match can begin.
    ``manner``: how an engine must say what the rule makes. ``doubt``: the kind of uncertainty to
    report with what the rule found, as it was written, unless it is one that is ``sure``.
    """

    name: str
    pattern: re.Pattern[str]
    say: Say
    needs: tuple[frozenset[str], ...] = ()
    words: frozenset[str] = frozenset()
    hints: re.Pattern[str] | None = None
    beyond: frozenset[str] = frozenset()
    starts: re.Pattern[str] | None = None
    manner: Manner | None = None
    doubt: str = ""
    sure: frozenset[str] = frozenset()
    why: str = ""

    def __call__(self, text: str, counting: Counting = Counting.FRANCE) -> str:
        """Return the text with every match replaced."""
        return apply(text, self.edits(text, counting))

    def applies(self, glance: Glance) -> bool:
        """Tell whether a text of which this is a glance can hold a match at all."""
        for characters in self.needs:
            if characters.isdisjoint(glance.characters):
                return False
        if self.words and self.words.isdisjoint(glance.words):
            return False
        if self.beyond and self.beyond >= glance.characters:
            return False
        return self.hints is None or self.hints.search(glance.text) is not None

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        """Find what the pattern matches, fast where the first character alone tells most."""
        if self.starts is None:
            yield from self.pattern.finditer(text)
            return
        start = self.starts.search(text)
        while start is not None:
            match = self.pattern.match(text, start.start())
            if match is not None:
                yield match
            position = match.end() if match is not None and match[0] else start.end()
            start = self.starts.search(text, position)

    def edits(self, text: str, counting: Counting = Counting.FRANCE) -> tuple[Edit, ...]:
        """Return what the rule changes in ``text``, left to right.

        With a manner, also what it only marks: such an edit's ``after`` is its ``before``.
        """
        return tuple(self._edits(text, counting))

    def _edits(self, text: str, counting: Counting) -> Iterator[Edit]:
        target = TARGET if TARGET in self.pattern.groupindex else 0
        for match in self._matches(text):
            start, end = match.span(target)
            if start < 0:  # another branch of the pattern matched: all of it is the target
                start, end = match.span()
            after = self.say(match, counting)
            before = text[start:end]
            if after is not None and (after != before or self.manner):
                yield Edit(start, before, _cased(text, start, end, after))


class Gates(TypedDict, total=False):
    """What tells fast that a rule has nothing to do; see ``Rule``.

    ``needs``: one set of characters, or several; ``starts``: the inside of a character class.
    """

    needs: str | tuple[str, ...]
    words: Iterable[str]
    hints: tuple[str, ...]
    beyond: frozenset[str]
    starts: str


def rule(
    name: str,
    pattern: str,
    *,
    why: str,
    manner: Manner | None = None,
    doubt: str = "",
    sure: frozenset[str] = frozenset(),
    **gates: Unpack[Gates],
) -> Callable[[Say], Rule]:
    """Make a rule of the function below it."""
    needs = gates.get("needs", ())
    sets = (needs,) if isinstance(needs, str) else needs
    starts, hints = gates.get("starts"), gates.get("hints", ())

    def made(say: Say) -> Rule:
        return Rule(
            name,
            re.compile(pattern),
            say,
            needs=tuple(map(frozenset, sets)),
            words=frozenset(gates.get("words", ())),
            hints=re.compile("|".join(map(re.escape, hints))) if hints else None,
            beyond=gates.get("beyond", frozenset()),
            starts=re.compile(f"[{starts}]") if starts else None,
            manner=manner,
            doubt=doubt,
            sure=sure,
            why=why,
        )

    return made


_TERMINAL = re.compile(r"[.!?…][\s»”\"')\]]*$")
_SENTENCE_END = re.compile(r"(?:[!?…]|[^\W\d_]{3}\.|[»\d)]\.)$")
_OPENING = " «“\"'([—–-"


def _cased(text: str, start: int, end: int, after: str) -> str:
    """Give words a capital where they open a finished sentence, which began with no letter."""
    if not after or not after[0].islower() or text[start : start + 1].islower():
        return after
    before = text[max(0, start - 8) : start].rstrip(_OPENING)
    opens = _SENTENCE_END.search(before) if before else start <= 8
    if not opens or not _TERMINAL.search(text[max(end, len(text) - 8) :]):
        return after
    return after[0].upper() + after[1:]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with the edits made; their indices are those of ``text``."""
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += text[done : edit.start], edit.after
        done = edit.start + len(edit.before)
    return "".join((*pieces, text[done:]))


def replay(text: str, changes: Iterable[Change]) -> str:
    """Make the changes again, in order: what ``say`` was given becomes the words it gave.

    >>> replay("le 2", [Change("cardinal", (Edit(3, "2", "deux"),))])
    'le deux'
    """
    for change in changes:
        text = apply(text, change.edits)
    return text


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch of the text that is settled: no rule may change it any more.

    ``told``: a person told it, in a lexicon; else a rule found it, in this pass over the text.
    """

    start: int
    end: int
    manner: Manner | None = None
    ipa: str = ""
    told: bool = False


def moved(held: Sequence[Held], edits: Sequence[Edit]) -> list[Held]:
    """Return the stretches where the edits, none of which touches one, have pushed them."""
    result: list[Held] = []
    shift = position = 0
    for stretch in held:
        while position < len(edits) and _end(edits[position]) <= stretch.start:
            shift += len(edits[position].after) - len(edits[position].before)
            position += 1
        result.append(replace(stretch, start=stretch.start + shift, end=stretch.end + shift))
    return result


def clear_of(held: Sequence[Held], edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that change nothing in a settled stretch."""
    kept: list[Edit] = []
    position = 0
    for edit in edits:
        while position < len(held) and held[position].end <= edit.start:
            position += 1
        if position == len(held) or _end(edit) <= held[position].start:
            kept.append(edit)
    return tuple(kept)


def _end(edit: Edit) -> int:
    return edit.start + len(edit.before)
