"""Notes that markup does not mark: « [1] » in the text, « [1] … » under « Notes »."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.model import Call, Doubt, Kind
from hautevoix.reading.base.blocks import Block, erased
from hautevoix.reading.language.heading_words import is_notes
from hautevoix.reading.language.note_marks import answerable, find_calls
from hautevoix.reading.language.punctuation import is_rule
from hautevoix.reading.notes.calls import Called
from hautevoix.reading.notes.match import tie
from hautevoix.reading.notes.raw import RawNote, note_texts
from hautevoix.reading.notes.separate import take_apart
from hautevoix.reading.text.layout import LAYOUT
from hautevoix.reading.text.lines import Line
from hautevoix.reading.text.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.language.note_marks import Answers, Mark

_RULE = "-----"
_APART = 3  # blank lines that stand for what markup sets apart
_DEEP = 40  # columns that stand for a text set to the right


@dataclass(slots=True)
class Plain:
    """What ``take_plain`` found: the ``body``, its calls tied to an index in ``notes``.

    ``notes`` are (label, blocks) pairs; ``heading`` and ``preamble`` stand before the last ones.
    """

    body: list[Block] = field(default_factory=list)
    notes: list[tuple[str, list[Block]]] = field(default_factory=list)
    heading: Block | None = None
    preamble: list[Block] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def to_unit(index: int, block: Block) -> Unit:
    """Return ``block`` as the segmenter's unit; ``index`` takes the place of line numbers."""
    indent = _DEEP if block.deep else 0
    apart = block.apart or block.ruled or block.page
    rows = tuple(Line(index, indent, row) for row in block.text.split("\n"))
    gap = _APART if apart else 1
    return Unit(
        rows, gap=gap, page=block.page, after=1, verse=block.kind is Kind.VERSE, parted=block.ruled
    )


def take_plain(blocks: Sequence[Block], *, notes: bool) -> Plain:
    """Take the unmarked calls out of ``blocks`` and, if ``notes``, their notes' texts too."""
    found = Plain()
    raws: list[RawNote] = []
    kept: list[int] = list(range(len(blocks)))
    if notes:
        kept = _take_notes(blocks, raws, found)
    texts = [block.text for block in blocks]
    answered = answerable((raw.opening.style, raw.label, raw.line) for raw in raws)
    marks = {index: list(_calls(texts[index], index, answered)) for index in kept}
    tied = _tie(marks, blocks, kept, raws, found)
    for index in kept:
        found.body.append(_silenced(blocks[index], marks[index], tied[index]))
    for raw in raws:
        found.notes.append((raw.label, list(_texts(raw, blocks, answered))))
    return found


def _calls(text: str, index: int, answered: Answers) -> Iterator[Mark]:
    """Yield the calls in a block; one that may be something else must stand before its note."""
    for mark in find_calls(text, answered):
        if mark.sure or index <= answered.get((mark.style, mark.label), 0):
            yield mark


def _take_notes(blocks: Sequence[Block], raws: list[RawNote], found: Plain) -> list[int]:
    kept: list[int] = []
    zones = 0
    for start, stop in _segments(blocks):
        apart = take_apart(_units(blocks, start, stop), LAYOUT)
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


def _tie(
    marks: dict[int, list[Mark]],
    blocks: Sequence[Block],
    kept: Sequence[int],
    raws: Sequence[RawNote],
    found: Plain,
) -> dict[int, list[int | None]]:
    """Tie each call to a note; chapters are what stands between two headings."""
    calls: list[Called] = []
    chapters: list[int] = []
    chapter = 0
    for index in kept:
        chapter += bool(blocks[index].level)
        for mark in marks[index]:
            calls.append(Called(mark.label, mark.start, index))
            chapters.append(chapter)
    ties = tie(calls, chapters, raws)
    found.doubts.extend(Doubt(blocks[doubt.line].line, doubt.message) for doubt in ties.doubts)
    by_block: dict[int, list[int | None]] = defaultdict(list)
    for call, note in zip(calls, ties.by_call, strict=True):
        by_block[call.line].append(note)
    return by_block


def _silenced(block: Block, marks: Sequence[Mark], notes: Sequence[int | None]) -> Block:
    if not marks:
        return block
    calls = tuple(
        Call(mark.label, mark.start, note) for mark, note in zip(marks, notes, strict=True)
    )
    merged = sorted((*block.calls, *calls), key=lambda call: call.position)
    return erased(replace(block, calls=tuple(merged)), [_span(block.text, m) for m in marks])


def _span(text: str, mark: Mark) -> tuple[int, int]:
    """Return what goes with a call: the space before it."""
    start = mark.start
    while (
        start and text[start - 1] in " \xa0\u202f" and not text[mark.end : mark.end + 1].isalnum()
    ):
        start -= 1
    return start, mark.end


def _texts(raw: RawNote, blocks: Sequence[Block], answered: Answers) -> Iterator[Block]:
    for unit, skip in note_texts(raw):
        block = blocks[unit.number]
        spans = [
            (0, skip),
            *(_span(block.text, mark) for mark in _calls(block.text, unit.number, answered)),
        ]
        bare = erased(block, [span for span in spans if span[0] >= skip or span == (0, skip)])
        if raw.opening.style == "named":
            bare = erased(bare, [(len(bare.text.rstrip().removesuffix("]")), len(bare.text))])
        head = len(bare.text) - len(bare.text.lstrip())
        yield erased(bare, [(0, head)])
