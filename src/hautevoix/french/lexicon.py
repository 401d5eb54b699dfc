"""A book's own words: what they are said like, and the printer's slips put right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.boundaries import closes
from hautevoix.french.rule import Held, Rule
from hautevoix.french.typography import tidy
from hautevoix.model import Edit, LexiconEntry, Manner

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.french.numbers import Counting

_LETTERS = re.compile(r"[A-Z](?: [A-Z])+")


class Lexicon:
    """Entries ready to be found: whole words, the longest first, case as told."""

    def __init__(self, entries: Sequence[LexiconEntry]) -> None:
        self._exact = {tidy(entry.written): entry for entry in entries if not entry.any_case}
        self._folded = {tidy(e.written).casefold(): e for e in entries if e.any_case}
        exact = whole_words(self._exact)
        folded = whole_words(self._folded)
        self._patterns = [
            re.compile(pattern, flags)
            for pattern, flags in ((exact, 0), (folded, re.IGNORECASE))
            if pattern
        ]

    def find(self, text: str, settled: Sequence[Held] = ()) -> tuple[tuple[Edit, ...], list[Held]]:
        """Return what to put in place of the entries found, and where that will stand.

        None is sought in what is ``settled`` already.
        """
        found = sorted(
            (m for pattern in self._patterns for m in pattern.finditer(text)),
            key=lambda match: (match.start(), -match.end()),
        )
        edits: list[Edit] = []
        held: list[Held] = []
        done = shift = 0
        for match in found:
            if match.start() < done or any(
                match.start() < stretch.end and stretch.start < match.end() for stretch in settled
            ):
                continue
            done = match.end()
            entry = self._entry(match[0])
            said = entry.spoken or match[0]
            start = match.start() + shift
            held.append(Held(start, start + len(said), lexicon_manner(entry), entry.ipa, told=True))
            after = said + "." * (entry.spoken != "" and closes(text, match.end() - 1, said))
            edits.append(Edit(match.start(), match[0], after))
            shift += len(after) - len(match[0])
        return tuple(edits), held

    def _entry(self, written: str) -> LexiconEntry:
        return self._exact.get(written) or self._folded[written.casefold()]


def lexicon_manner(entry: LexiconEntry) -> Manner | None:
    """Return how an engine must say what a person told: by its sounds, by its letters, as words."""
    if entry.ipa:
        return Manner.PHONEMES
    return Manner.LETTERS if _LETTERS.fullmatch(entry.spoken) else None


def correction_rule(corrections: Sequence[tuple[str, str]]) -> Rule | None:
    """Return the rule that puts (printed, meant) pairs right, None where there is none."""
    meant = {tidy(printed): right for printed, right in corrections if tidy(printed)}
    if not meant:
        return None

    def say(match: re.Match[str], _: Counting) -> str:
        return meant[match[0]]

    why = "A slip of the print, which the book's sidecar corrects."
    return Rule("correction", re.compile(whole_words(meant)), say, why=why)


def idle(corrections: Sequence[tuple[str, str]], texts: Iterable[str]) -> tuple[str, ...]:
    """Return what ``corrections`` would correct and what stands in none of ``texts``.

    >>> idle((("Kérensky", "Kérenski"), ("Lénin", "Lénine")), ["Kérensky et Lénine."])
    ('Lénin',)
    """
    sought = {tidy(printed): printed for printed, _ in corrections if tidy(printed)}
    pattern = re.compile(whole_words(sought))
    seen = {match[0] for text in texts for match in pattern.finditer(tidy(text))} if sought else ()
    return tuple(printed for key, printed in sought.items() if key not in seen)


def whole_words(written: Iterable[str]) -> str:
    """Return a pattern for any of these, the longest first, not inside a word."""
    longest_first = sorted(filter(None, written), key=lambda word: (-len(word), word))
    return "|".join(map(_whole, longest_first))


def _whole(word: str) -> str:
    left = r"(?<!\w)" if re.match(r"\w", word) else ""
    right = r"(?!\w)" if re.search(r"\w$", word) else ""
    return left + re.escape(word) + right
