"""Headings that a table of contents names, whatever they look like and whatever follows them."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import Form, Heading, clean_title
from hautevoix.reading.structure.contents import key
from hautevoix.reading.text.units import bare

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from hautevoix.reading.text.units import Unit

_FEWEST = 2  # entries that the text must say again: one may be a line of it


def entries_of(units: Sequence[Unit]) -> tuple[str, ...]:
    """Return what the entries of the table of contents in ``units`` name, in their order."""
    keys = (key(line.text) for unit in units for line in unit.lines)
    return tuple(name for name in keys if any(map(str.isalpha, name)))


def find_listed(
    units: Sequence[Unit], entries: Sequence[str], taken: Container[int]
) -> dict[int, Heading]:
    """Return the headings that say what ``entries`` do, in the same order, by their index.

    ``taken`` are headings already. Most entries must be said again, on a line set apart: « La
    crue » over « — Tu viens ? ».
    """
    names = {i: key(bare(unit)) for i, unit in enumerate(units) if unit.gap or unit.page}
    known = set(entries)
    places = [index for index, name in names.items() if name in known]
    if not places:
        return {}
    said = [names[index] for index in places]
    blocks = SequenceMatcher(None, entries, said, autojunk=False).get_matching_blocks()
    found = [places[block.b + n] for block in blocks for n in range(block.size)]
    if len(found) < max(_FEWEST, len(entries) / 2):
        return {}
    return {
        index: Heading(Form.LISTED, clean_title(bare(units[index])))
        for index in found
        if index not in taken and index + 1 < len(units)
    }
