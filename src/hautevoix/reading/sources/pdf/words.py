"""Glyphs → words: cut where the page shows a gap, not where the file has a space.

Programs write spaces that are drawn with no width, and words with none between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

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
_FEWEST = 5  # words that show that letters are set apart
_MOSTLY = 0.6  # share of them that are a letter each
_AGAIN = 0.1  # a glyph drawn twice, to look bold, stands as near to itself


class Glyph(NamedTuple):
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


def _once(glyphs: list[Glyph], size: float) -> list[Glyph]:
    """Return ``glyphs`` without those that were drawn twice."""
    if len({glyph.run for glyph in glyphs}) == 1:
        return glyphs
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


def words_of(drawn: Iterable[Glyph], size: float) -> list[Word]:
    """Return the words that the glyphs of a row make, whose usual size is ``size``."""
    glyphs = _once(sorted(drawn, key=attrgetter("left")), size)
    words = _cut(glyphs, size)
    letters = sum(len(word.text) == 1 for word in words)
    if len(words) >= _FEWEST and letters > _MOSTLY * len(words):
        return _cut(glyphs, size, _tracking(glyphs))
    return words


def _cut(glyphs: Sequence[Glyph], size: float, tracked: float = 0.0) -> list[Word]:
    """Cut ``glyphs``, from left to right, where gaps are wide; ``tracked``: set apart as a rule."""
    words: list[Word] = []
    word: list[Glyph] = []
    spaced = False
    for glyph in glyphs:
        if glyph.char.isspace():
            spaced = True
            continue
        if word:
            gap = glyph.left - word[-1].right - tracked
            if gap > 0 and gap > _least(word[-1], glyph, size, spaced=spaced and not tracked):
                words.append(_word(word))
                word = []
        word.append(glyph)
        spaced = False
    return [*words, _word(word)] if word else words


def _least(one: Glyph, two: Glyph, size: float, *, spaced: bool) -> float:
    """Return the narrowest gap that parts two glyphs, in points."""
    return (_SPACE if spaced else _GAP) * min(size, max(one.size, two.size))


def _tracking(glyphs: Sequence[Glyph]) -> float:
    """Return by how much letters are set apart: « C H A P I T R E »."""
    bare = [glyph for glyph in glyphs if not glyph.char.isspace()]
    gaps = sorted(two.left - one.right for one, two in pairwise(bare))
    return max(gaps[len(gaps) // 2], 0.0)


def _word(glyphs: Sequence[Glyph]) -> Word:
    text = "".join(_shown(glyphs)).translate(_LIGATURES)
    level = [glyph for glyph in glyphs if not glyph.high] or glyphs
    right = max([glyph.right for glyph in glyphs])
    return Word(text, glyphs[0].left, right, level[0].size, level[0].style)


def _shown(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Yield the characters, figures that are raised or lowered as such."""
    if not any(glyph.high for glyph in glyphs):
        yield "".join([glyph.char for glyph in glyphs])
        return
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
