"""Glyphs → words: cut where the page shows a gap, not where the file has a space.

Programs write spaces that are drawn with no width, and words with none between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.language.numerals import raised
from hautevoix.reading.sources.formulas import lowered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": "-"}
)
_DIGITS = re.compile(r"\d+")
# Shares of a row's size.
_GAP = 0.2  # a gap that parts words where no space is written
_SPACE = 0.08  # the same, where one is: the thinnest that is drawn
_TRACKED = 0.12  # gaps between all letters, of a word that is set wide
_FEWEST = 5  # letters that show it
_AGAIN = 0.1  # a glyph drawn twice, to look bold, stands as near to itself


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, where its advance starts and ends.

    ``high``: 1 raised, -1 lowered; ``run``: which run it was drawn in.
    """

    char: str
    left: float
    right: float
    size: float
    style: int
    high: int = 0
    run: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two gaps, in one ``size`` and ``style`` (see ``Run``) for the most."""

    text: str
    left: float
    right: float
    size: float = 0.0
    style: int = 0


def _once(glyphs: Iterable[Glyph], size: float) -> list[Glyph]:
    """Return ``glyphs`` without those that were drawn twice."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not (
            kept
            and kept[-1].char == glyph.char
            and kept[-1].run != glyph.run
            and glyph.left - kept[-1].left < _AGAIN * size
            and kept[-1].right > kept[-1].left + _AGAIN * size
        ):
            kept.append(glyph)
    return kept


def words_of(drawn: Iterable[Glyph], size: float) -> Iterator[Word]:
    """Yield the words that the glyphs of a row make, whose usual size is ``size``."""
    glyphs = _once(sorted(drawn, key=lambda glyph: glyph.left), size)
    tracked = _tracking(glyphs, size)
    word: list[Glyph] = []
    spaced = False
    for glyph in glyphs:
        if not glyph.char.strip():
            spaced = True
            continue
        if word:
            gap = glyph.left - word[-1].right - tracked
            least = _SPACE if spaced and not tracked else _GAP
            if gap > least * min(size, max(glyph.size, word[-1].size)):
                yield _word(word)
                word = []
        word.append(glyph)
        spaced = False
    if word:
        yield _word(word)


def _tracking(glyphs: Sequence[Glyph], size: float) -> float:
    """Return by how much letters are set apart, 0 where they aren't: « C H A P I T R E »."""
    bare = [glyph for glyph in glyphs if glyph.char.strip()]
    gaps = sorted(two.left - one.right for one, two in pairwise(bare))
    if len(gaps) < _FEWEST:
        return 0.0
    usual = gaps[len(gaps) // 2]
    return usual if usual > _TRACKED * size else 0.0


def _word(glyphs: Sequence[Glyph]) -> Word:
    text = "".join(_shown(glyphs)).translate(_LIGATURES)
    level = [glyph for glyph in glyphs if not glyph.high] or glyphs
    return Word(
        text,
        glyphs[0].left,
        max(glyph.right for glyph in glyphs),
        max(glyph.size for glyph in level),
        level[0].style,
    )


def _shown(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Yield the characters, figures that are raised or lowered as such."""
    start = 0
    for stop in range(1, len(glyphs) + 1):
        if stop < len(glyphs) and glyphs[stop].high == glyphs[start].high:
            continue
        text = "".join(glyph.char for glyph in glyphs[start:stop])
        high = glyphs[start].high
        if high:
            text = _DIGITS.sub(lambda m: raised(m[0]) if high > 0 else lowered(m[0]), text)  # noqa: B023
        yield text
        start = stop
