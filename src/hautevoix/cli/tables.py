"""What fits a terminal: tables, whose least columns go first; a long text by its ends."""

from __future__ import annotations

import shutil
import sys
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GAP = "  "
_SHOWN = 76  # characters of a text that is shown by its first and last words
_NARROWEST = 60  # columns of a terminal that anybody reads a table in


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title (a message), and what becomes of it where there is too little room.

    Columns of ``rank`` 0 always stay; the others go, the highest rank first. ``wraps``: its cells
    may take several lines, broken at spaces.
    """

    title: str
    rank: int = 0
    wraps: bool = False


def width() -> int | None:
    """Return how many columns a terminal has; None where nobody looks: a file, a pipe."""
    if not sys.stdout.isatty():
        return None
    return max(_NARROWEST, shutil.get_terminal_size().columns)


def ends(text: str) -> str:
    """Return a text's first and last words, on one line, where it is too long to show whole."""
    text = " ".join(text.split())
    half = _SHOWN // 2
    return text if len(text) <= _SHOWN else f"{text[:half].rstrip()} […] {text[-half:].lstrip()}"


def lines(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int | None
) -> Iterator[str]:
    r"""Yield the lines of a table, its titles first, none of them wider than ``room`` columns.

    ``rows`` have a cell for each column. Wider only where the columns of rank 0 have words that
    are. Nothing is left out or wrapped where ``room`` is None.

    >>> columns = (Column("voice"), Column("about", rank=1), Column("state", wraps=True))
    >>> rows = [("fr", "French of France", "ready now"), ("fr-be", "French of Belgium", "ready")]
    >>> print(*lines(columns, rows, 16), sep="\n")
    voice  state
    fr     ready now
    fr-be  ready
    >>> print(*lines(columns, rows, 12), sep="\n")
    voice  state
    fr     ready
           now
    fr-be  ready
    """
    table = [[tr(column.title) for column in columns], *rows]
    kept = list(range(len(columns)))
    while room is not None and _total(_least(columns, table, kept)) > room:
        dropped = max(kept, key=lambda index: columns[index].rank)
        if columns[dropped].rank == 0:
            break
        kept.remove(dropped)
    widths = _widths(columns, table, kept, room)
    for row in table:
        yield from _row_lines([row[index] for index in kept], widths)


def _widths(
    columns: Sequence[Column], table: Sequence[Sequence[str]], kept: list[int], room: int | None
) -> list[int]:
    """Return each column's width: what its cells take, less where they must be wrapped."""
    whole = [max(len(row[index]) for row in table) for index in kept]
    if room is None or _total(whole) <= room:
        return whole
    widths = _least(columns, table, kept)
    spare = room - _total(widths)
    while spare > 0:  # to who lacks most
        neediest = max(range(len(kept)), key=lambda place: whole[place] - widths[place])
        widths[neediest] += 1
        spare -= 1
    return widths


def _least(columns: Sequence[Column], table: Sequence[Sequence[str]], kept: list[int]) -> list[int]:
    """Return how narrow each column may be: as its longest cell, or word where it wraps."""
    return [
        max(
            len(part)
            for row in table
            for part in (row[index].split() or [""] if columns[index].wraps else [row[index]])
        )
        for index in kept
    ]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _row_lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [
        textwrap.wrap(cell, width, break_long_words=False, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for line in range(max(map(len, wrapped))):
        parts = (
            (cell[line] if line < len(cell) else "").ljust(width)
            for cell, width in zip(wrapped, widths, strict=True)
        )
        yield _GAP.join(parts).rstrip()
