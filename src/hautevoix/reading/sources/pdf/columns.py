"""Rows → lines in the order of reading: down each column, headings across them in their place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.sources.pdf.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.sources.pdf.rows import Row, Word

_STEP = 2.0  # points between two places where a gutter is sought
_GUTTER = 0.8  # of a row's size: the narrowest
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
    for crossing, band in groupby(rows, key=lambda row: _crosses(row, gutter)):
        if crossing:
            yield list(band)
            continue
        halves = [_cut(row, gutter) for row in band]
        yield from _bands([one for one, _ in halves if one], depth - 1)
        yield from _bands([two for _, two in halves if two], depth - 1)


def _gutter(rows: Sequence[Row]) -> float | None:
    """Return where a gutter parts two columns, None if there is one column."""
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    margin = _SIDE * (right - left)
    places: list[float] = []
    x = left + margin
    while x < right - margin:
        places.append(x)
        x += _STEP
    scores = [(_score(rows, place), place) for place in places]
    best = max((score for score, _ in scores), default=0)
    if not best:
        return None
    widest = max(
        (list(run) for good, run in groupby(scores, key=lambda s: s[0] == best) if good), key=len
    )
    return widest[len(widest) // 2][1]


def _score(rows: Sequence[Row], x: float) -> int:
    """Return how many lines stand in two columns parted at ``x``, 0 if they aren't columns."""
    clear = [(i, _cut(row, x)) for i, row in enumerate(rows) if not _crosses(row, x)]
    ones = [one for _, (one, _) in clear if one]
    twos = [two for _, (_, two) in clear if two]
    if min(len(ones), len(twos)) < _FEWEST:
        return 0
    inside = [i for i, (_, two) in clear if two]
    whole = inside[-1] - inside[0] + 1
    between = sum(inside[0] <= i <= inside[-1] for i, _ in clear)
    if between < _MOSTLY * whole or min(_wordy(ones), _wordy(twos)) < _WORDS:
        return 0
    return len(ones) + len(twos)


def _wordy(rows: Sequence[Row]) -> float:
    return sum(len(row.words) for row in rows) / len(rows)


def _crosses(row: Row, x: float) -> bool:
    if any(word.left < x < word.right for word in row.words):
        return True
    return any(
        one.right <= x <= two.left and two.left - one.right < _GUTTER * row.size
        for one, two in pairwise(row.words)
    )


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
