"""Rows → lines in the order of reading: down each column, headings across them in their place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.sources.pdf.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.sources.pdf.rows import Row
    from hautevoix.reading.sources.pdf.words import Word

_STEP = 4.0  # points between two places where a gutter is sought
_GUTTER = 0.8  # of a row's size: the narrowest
_WIDEST = 14_400.0  # points: the largest page (ISO 32000-1, annex C.2); text may be set beyond it
_FEWEST = 5  # lines of a column
_MOSTLY = 0.5  # share of the rows, from the first to the last in columns, that no gutter cuts
_WORDS = 2.0  # words of a column's line, on average: fewer are the numbers of a table
_SIDE = 0.2  # of the width: the narrowest column
_MOST = 3  # times that a page is cut in two


@dataclass(frozen=True, slots=True)
class Line:
    """A row within its column, which reaches from ``left`` to ``right`` on ``page`` (from 0)."""

    row: Row
    page: int
    column: int
    left: float
    right: float


def in_reading_order(rows: Sequence[Row], page: int) -> list[Line]:
    """Return the lines of a page; ``rows`` come from its head to its foot."""
    bands = list(_bands(rows, _MOST))
    lines: list[Line] = []
    for number, band in enumerate(bands):
        left, right = min(row.left for row in band), max(row.right for row in band)
        lines.extend(Line(row, page, number, left, right) for row in band)
    return _widened(lines) if len(bands) == 1 else lines


def _widened(lines: list[Line]) -> list[Line]:
    """Return the lines of one column with margins that most of them keep.

    What hangs out of it, such as a number in the margin, does not move them.
    """
    if not lines:
        return lines
    rights = sorted(line.row.right for line in lines)
    right = rights[min(len(rights) * 19 // 20, len(rights) - 1)]
    return [replace(line, right=right) for line in lines]


def _bands(rows: Sequence[Row], depth: int) -> Iterator[list[Row]]:
    """Yield the stretches of ``rows`` that are read from head to foot, one after the other."""
    gutter = _gutter(rows) if depth and len(rows) >= _FEWEST else None
    if gutter is None:
        if rows:
            yield list(rows)
        return
    for crossing, band in groupby(rows, key=lambda row: _spread(row).crosses(gutter)):
        if crossing:
            yield list(band)
            continue
        halves = [_cut(row, gutter) for row in band]
        yield from _bands([one for one, _ in halves if one], depth - 1)
        yield from _bands([two for _, two in halves if two], depth - 1)


@dataclass(frozen=True, slots=True)
class _Spread:
    """Where the words of a row end, and its gaps that are as wide as a gutter."""

    row: Row
    rights: tuple[float, ...]
    gaps: tuple[tuple[float, float], ...]

    def before(self, x: float) -> int:
        """Return how many of its words stand before ``x``."""
        return bisect_right(self.rights, x)

    def crosses(self, x: float) -> bool:
        """Tell whether ``x`` is within its words, and not in a wide gap."""
        if not self.row.words[0].left < x < self.rights[-1]:
            return False
        return not self.gaps or not any(start <= x <= end for start, end in self.gaps)


def _spread(row: Row) -> _Spread:
    gaps = tuple(
        (one.right, two.left)
        for one, two in pairwise(row.words)
        if two.left - one.right >= _GUTTER * row.size
    )
    return _Spread(row, tuple(word.right for word in row.words), gaps)


def _gutter(rows: Sequence[Row]) -> float | None:
    """Return where a gutter parts two columns, None if there is one column."""
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    margin = _SIDE * (right - left)
    spreads = [_spread(row) for row in rows]
    steps = int(min(max(right - left - 2 * margin, 0), _WIDEST) / _STEP)
    places = [left + margin + _STEP * step for step in range(steps)]
    scores = [(_score(spreads, place), place) for place in places]
    best = max((score for score, _ in scores), default=0)
    if not best:
        return None
    runs = [list(run) for good, run in groupby(scores, key=lambda s: s[0] == best) if good]
    widest = max(runs, key=len)
    return widest[len(widest) // 2][1]


def _score(rows: Sequence[_Spread], x: float) -> int:
    """Return how many lines stand in two columns parted at ``x``, 0 if they aren't columns."""
    clear = [
        (i, row.before(x), len(row.rights)) for i, row in enumerate(rows) if not row.crosses(x)
    ]
    ones = [before for _, before, _ in clear if before]
    twos = [count - before for _, before, count in clear if count > before]
    if min(len(ones), len(twos)) < _FEWEST:
        return 0
    inside = [i for i, before, count in clear if count > before]
    between = sum(inside[0] <= i <= inside[-1] for i, _, _ in clear)
    words = min(sum(ones) / len(ones), sum(twos) / len(twos))
    if between < _MOSTLY * (inside[-1] - inside[0] + 1) or words < _WORDS:
        return 0
    return len(ones) + len(twos)


def _cut(row: Row, x: float) -> tuple[Row | None, Row | None]:
    """Return what of ``row`` stands before ``x``, and what after it."""
    return _of(row, [w for w in row.words if w.right <= x]), _of(
        row, [w for w in row.words if w.right > x]
    )


def _of(row: Row, words: Sequence[Word]) -> Row | None:
    if not words:
        return None
    first = words[0] is row.words[0]
    return row_of(words, row.y, row.start if first else None)
