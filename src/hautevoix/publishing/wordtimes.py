"""When the words of a written sentence are heard, from when the spoken ones are.

The timeline tells words as spoken (« dix-sept » where « 17 » is written). A written word has a
time where it is a spoken one, in the same order; any other is between those that have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_RUN = re.compile(r"\S+")
_SIGNS = re.compile(r"[\W_]+")
_MOST_COMPARED = 1000  # words: comparing takes the square of the time


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One or several words as spoken, and the second at which they begin."""

    text: str
    start: float


def placed(written: str, heard: Iterable[HeardWord]) -> tuple[tuple[int, float], ...]:
    """Return (index in ``written``, second) of each word there that is known to be heard then.

    >>> heard = [HeardWord("En", 0.5), HeardWord("dix-sept", 0.7), HeardWord("parce que", 1.5)]
    >>> placed("En 17, parce que…", heard)
    ((0, 0.5), (7, 1.5))
    """
    runs = [(run.start(), plain) for run in _RUN.finditer(written) if (plain := _plain(run[0]))]
    spoken: list[tuple[str, float | None]] = []
    for word in heard:
        first, *others = [plain for part in word.text.split() if (plain := _plain(part))] or [""]
        spoken += [(first, word.start), *((other, None) for other in others)]
    ours, theirs = [plain for _, plain in runs], [plain for plain, _ in spoken]
    return tuple(
        (runs[here][0], second)
        for here, there in _same(ours, theirs)
        if (second := spoken[there][1]) is not None
    )


def _plain(word: str) -> str:
    return _SIGNS.sub("", word).casefold()


def _same(ours: list[str], theirs: list[str]) -> list[tuple[int, int]]:
    """Return the indices of words that are the same in both, in order."""
    if ours == theirs:
        return [(index, index) for index in range(len(ours))]
    if max(len(ours), len(theirs)) > _MOST_COMPARED:
        return []
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return [(a + index, b + index) for a, b, size in blocks for index in range(size)]
