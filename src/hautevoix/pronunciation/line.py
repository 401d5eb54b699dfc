"""A text's words, one by one, with what stands between them."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# « l' » is a word of its own, and so is each part of « vient-il » or « Jean-Jacques »; but
# « aujourd'hui » and « Stone's » are one.
_ELIDED = r"(?:(?<=\b[ldjmtscçnLDJMTSCÇN])|(?<=[Qq]u))'"
_WORD = re.compile(
    f"([Aa]ujourd'hui|[^\\W\\d_]+(?:[\u0300-\u036f]+[^\\W\\d_]*)*(?:'s\\b|{_ELIDED})?)"
)
_JOINED = frozenset((" ", "-", "", "\u00a0", "\u202f", "‐", "‑"))
HYPHENS = frozenset("-‐‑")


class Line:
    """A text in words: the lists run in parallel, as looking at most words must cost nothing.

    ``written`` are its words, ``keys`` the same in small letters (``capitals`` the numbers of those
    that have others), ``gaps`` what stands after each.
    ``settled`` are the numbers of those of which nothing here may say how they are said;
    ``spellings`` tell, by number, how an engine shall read others.
    """

    __slots__ = ("_lengths", "capitals", "gaps", "keys", "settled", "spellings", "written")

    def __init__(self, text: str, settled: Iterable[tuple[int, int]] = ()) -> None:
        """Part ``text`` into words; those in a stretch of ``settled`` (start, end) are so.

        >>> Line("L’as-tu vu ?").written
        ["L'", 'as', 'tu', 'vu']
        """
        parts = _WORD.split(text.replace("’", "'"))
        self._lengths = parts
        self.written = parts[1::2]
        self.gaps = parts[2::2]
        self.keys = [word.lower() for word in self.written]
        told = enumerate(self.pairs())
        self.capitals = [index for index, (key, written) in told if key != written]
        self.spellings: dict[int, str] = {}
        self.settled = self._inside(settled)
        if self.gaps and not self.gaps[-1]:
            self.gaps[-1] = "."  # the end of all is a pause

    def _inside(self, stretches: Iterable[tuple[int, int]]) -> frozenset[int]:
        told = list(stretches)
        if not told:
            return frozenset()
        return frozenset(
            index
            for index, (first, last) in enumerate(self.places())
            if any(first < end and start < last for start, end in told)
        )

    def places(self) -> list[tuple[int, int]]:
        """Return where each word starts and ends in the text."""
        ends = list(accumulate(map(len, self._lengths)))
        return list(zip(ends[::2], ends[1::2], strict=False))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each word in small letters and as it is written."""
        return zip(self.keys, self.written, strict=True)

    def said(self, index: int) -> str:
        """Return what an engine reads for a word."""
        return self.spellings.get(index) or self.keys[index]

    def is_capital(self, index: int) -> bool:
        """Tell whether a word begins with a capital letter, and is more than that letter."""
        word = self.written[index]
        return len(word) > 1 and word[0].isupper()

    def before(self, index: int, most: int = 4) -> list[str]:
        """Return the words before one in the same breath, the nearest first."""
        found: list[str] = []
        for at in range(index - 1, max(-1, index - 1 - most), -1):
            if self.gaps[at] not in _JOINED:
                break
            found.append(self.keys[at])
        return found

    def after(self, index: int, most: int = 1) -> list[str]:
        """Return the words after one in the same breath, the nearest first."""
        found: list[str] = []
        for at in range(index, min(index + most, len(self.keys) - 1)):
            if self.gaps[at] not in _JOINED:
                break
            found.append(self.keys[at + 1])
        return found


def keys(text: str) -> set[str]:
    """Return the words of ``text`` in small letters, each once."""
    return set(_WORD.findall(text.lower().replace("’", "'")))
