"""Tables: read row by row, a cell after the other; those that only lay out a page are no tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from hautevoix.reading.base.xml import local, pieces

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LOOKED_AT = 400  # descendants that tell what a table is for
_LONG = 400  # characters: a longer cell is a text
_CELLS = frozenset({"td", "th", "tc"})  # HTML's and Word's
_FLOW = frozenset({"p", "div", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "table", "pre"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table at hand; ``element`` is where it stands in the tree."""

    element: Element


def is_layout(table: Element) -> bool:
    """Tell whether ``table`` only places text: long cells, a column alone, a drop cap."""
    if table.get("role") in {"presentation", "none"}:
        return True
    cells = rows = flows = 0
    first = next((c for c in table.iter() if local(c.tag) in _CELLS), None)
    if first is not None and len("".join(islice(pieces(first), 50)).strip()) == 1:
        return sum(local(inner.tag) == "tr" for inner in islice(table.iter(), _LOOKED_AT)) == 1
    for inner in islice(table.iter(), 1, _LOOKED_AT):
        name = local(inner.tag)
        rows += name == "tr"
        cells += name in _CELLS
        flows += name in _FLOW
        if name in _CELLS and len("".join(islice(pieces(inner), 50))) > _LONG:
            return True
    return cells <= rows or flows > 3 * cells


def row_glue(last: str) -> str:
    """Return what parts a cell from the one before, which ended in the character ``last``."""
    return " " if last in ".,;:!?…" else " ; "
