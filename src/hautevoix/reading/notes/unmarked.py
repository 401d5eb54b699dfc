"""Notes that markup does not mark: « [1] » in the text, « [1] … » under « Notes »."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.model import Diagnostic, Kind
from hautevoix.reading.language.heading_words import is_notes
from hautevoix.reading.language.punctuation import is_rule
from hautevoix.reading.notes.match import told_headings
from hautevoix.reading.notes.references import Passage, answer
from hautevoix.reading.notes.separate import separate_notes
from hautevoix.reading.text.layout import LAYOUT
from hautevoix.reading.text.lines import Line
from hautevoix.reading.text.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.base.blocks import Block
    from hautevoix.reading.notes.raw import RawNote


_RULE = "-----"
_APART = 3  # blank lines that stand for what markup sets apart


@dataclass(slots=True)
class Unmarked:
    """What ``take_unmarked`` found: the ``body``, its calls tied to an index in ``notes``.

    ``notes`` are (label, blocks) pairs; ``heading`` and ``preamble`` stand before the last ones.
    """

    body: list[Block] = field(default_factory=list)
    notes: list[tuple[str, list[Block]]] = field(default_factory=list)
    heading: Block | None = None
    preamble: list[Block] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def to_unit(index: int, block: Block) -> Unit:
    """Return ``block`` as the segmenter's unit; ``index`` takes the place of line numbers."""
    apart = block.apart or block.ruled or block.page
    rows = tuple(Line(index, block.indent, row) for row in block.text.split("\n"))
    gap = _APART if apart else 1
    return Unit(
        rows, gap=gap, page=block.page, after=1, verse=block.kind is Kind.VERSE, parted=block.ruled
    )


def take_unmarked(blocks: Sequence[Block], *, notes: bool) -> Unmarked:
    """Take the unmarked calls out of ``blocks`` and, if ``notes``, their notes' texts too."""
    found = Unmarked()
    raws: list[RawNote] = []
    kept: list[int] = list(range(len(blocks)))
    if notes:
        kept = _take_notes(blocks, raws, found)

    def part_of(index: int) -> Passage:
        return Passage(blocks[index], lambda _: index)

    done = answer([part_of(i) for i in kept], raws, lambda unit: part_of(unit.number))
    found.body.extend(done.blocks)
    found.notes.extend((label, list(texts)) for label, texts in done.notes)
    told = [*done.diagnostics, *told_headings(raws, [b.text for b in blocks if b.level])]
    found.diagnostics.extend(replace(one, line=blocks[one.line].line) for one in told)
    return found


def _take_notes(blocks: Sequence[Block], raws: list[RawNote], found: Unmarked) -> list[int]:
    kept: list[int] = []
    zones = 0
    for start, stop in _segments(blocks):
        apart = separate_notes(_units(blocks, start, stop), LAYOUT)
        raws.extend(replace(raw, zone=_zone(raw, zones)) for raw in apart.notes)
        kept.extend(unit.number for unit in apart.body if not is_rule(unit.text))
        for section in apart.sections:
            found.heading = blocks[section.heading.number]
            found.preamble = [blocks[unit.number] for unit in section.preamble]
            zones += 1
    return sorted(set(kept))


def _zone(raw: RawNote, zones: int) -> int | None:
    return None if raw.zone is None else raw.zone + zones


def _segments(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between headings; one over notes opens no stretch of its own."""
    start = 0
    for index, block in enumerate(blocks):
        if block.level and index and not is_notes(block.text):
            yield start, index
            start = index
    yield start, len(blocks)


def _units(blocks: Sequence[Block], start: int, stop: int) -> list[Unit]:
    units: list[Unit] = []
    for index in range(start, stop):
        block = blocks[index]
        if block.ruled and units:
            units.append(Unit((Line(index, 0, _RULE),), gap=1, after=1))
        units.append(to_unit(index, block))
    return units
