"""sections of units → Book: their lines run together as blocks, then as all blocks are read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from hautevoix.model import Book, BookInfo, Chapter, Kind, Note
from hautevoix.reading.assembly import Group, chapters, notes, preamble
from hautevoix.reading.base.blocks import Block, tidied
from hautevoix.reading.language.heading_words import CAST, clean_title
from hautevoix.reading.language.punctuation import is_rule
from hautevoix.reading.notes.calls import Part, answer, emphasised
from hautevoix.reading.structure.epigraphs import in_context, told_epigraphs
from hautevoix.reading.structure.slips import find_slips
from hautevoix.reading.text.hyphens import Flow, Lexis, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.notes.raw import Apart, RawNote
    from hautevoix.reading.structure.headings import Found
    from hautevoix.reading.text.layout import Layout
    from hautevoix.reading.text.units import Unit


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter in the making: what was ``found`` over it, the units that its text is in."""

    found: Found | None
    heading: tuple[Unit, ...]
    units: tuple[Unit, ...]
    above: tuple[Unit, ...] = ()  # a title page, left out but for its calls

    @property
    def heads(self) -> tuple[Unit, ...]:
        """What is not read as its text, but may hold calls."""
        return (*self.above, *self.heading)

    @property
    def line(self) -> int:
        """Where it starts in the source."""
        return next((unit.number for unit in (*self.heading, *self.units)), 0)


def assemble(sections: Sequence[Section], apart: Apart, layout: Layout, words: Lexis) -> Book:
    """Return the book that ``sections`` and the notes set ``apart`` make, without its info."""
    raws = sorted(apart.notes, key=lambda note: note.line)
    flows = [_flow(unit, words) for section in sections for unit in section.units]
    texts = {unit: _flow(unit, words) for raw in raws for unit in raw.units}
    parts = list(_parts(sections, flows, words))
    answered = answer(parts, raws, lambda unit: _part(unit, texts[unit]))
    groups = list(_groups(sections, answered.blocks))
    found = tuple(map(_in_context, chapters(groups, layout), sections))
    said = [(label, [emphasised(block) for block in some]) for label, some in answered.notes]
    homes = _homes(raws, apart, sections)
    return Book(
        BookInfo(),
        found,
        tuple(map(_at_home, notes(said, found), homes)),
        _heading(apart),
        preamble(_before_notes(apart, words), layout),
        (
            *answered.doubts,
            *find_slips([*flows, *texts.values()]),
            *told_epigraphs(found),
        ),
    )


def _flow(unit: Unit, words: Lexis) -> Flow:
    return join(unit.lines, words, "\n" if unit.verse else " ")


def _part(unit: Unit, flow: Flow) -> Part:
    """Return a unit's running text as a block, with what its lines show of it."""
    block = Block(
        flow.text,
        unit.number,
        kind=Kind.VERSE if unit.verse else None,
        indent=unit.indent,
        height=len(unit.lines),
        ruled=unit.parted,
        speaks=unit.speaks,
    )
    return Part(block, flow.line_at)


def _parts(sections: Sequence[Section], flows: Sequence[Flow], words: Lexis) -> Iterator[Part]:
    """Yield all that may hold calls; the first of a chapter's has a level."""
    rest = iter(flows)
    for section in sections:
        parts = [_part(unit, join(unit.lines, words)) for unit in section.heads]
        parts += [_part(unit, next(rest)) for unit in section.units]
        for index, part in enumerate(parts):
            yield part if index else replace(part, block=replace(part.block, level=1))


def _groups(sections: Sequence[Section], answered: Sequence[Block]) -> Iterator[Group]:
    """Yield the heading and the paragraphs of each chapter; what holds no word is gone."""
    rest = iter(answered)
    ranks = sorted({s.found.rank for s in sections if s.found and s.found.rank})
    levels = {rank: level for level, rank in enumerate(ranks, 1)}
    for section in sections:
        heads = [next(rest) for _ in section.heads]
        whole = [tidied(emphasised(block)) for block in islice(rest, len(section.units))]
        calls = tuple(call for block in heads for call in block.calls)
        blocks = [replace(block, level=0) for block in whole if block.text]
        found, line = section.found, section.line
        title = Block(found.title, line, level=found.rank + 1) if found else None
        yield Group(title, blocks, levels.get(found.rank, 1) if found else 1, calls)


def _in_context(chapter: Chapter, section: Section) -> Chapter:
    """Give the paragraphs their kinds that only their place in the chapter tells."""
    headed = section.found is not None and section.found.heading.word not in CAST
    return replace(chapter, paragraphs=tuple(in_context(chapter.paragraphs, headed=headed)))


# -- notes


def _homes(
    raws: Sequence[RawNote], apart: Apart, sections: Sequence[Section]
) -> Iterator[tuple[bool, int | None]]:
    """Yield the chapter of each note that no call gives one, and whether a call may.

    A section that closes the book belongs to the whole, unless headings part it.
    """
    starts = [section.line for section in sections]
    for raw in raws:
        closing = apart.end and raw.zone is not None and raw.zone == len(apart.sections) - 1
        if closing:
            yield raw.under is not None, None
        else:
            yield True, max(bisect_right(starts, raw.line) - 1, 0)


def _at_home(note: Note, home: tuple[bool, int | None]) -> Note:
    by_call, chapter = home
    called = note.chapter if by_call else None
    return replace(note, chapter=chapter if called is None else called)


def _heading(apart: Apart) -> str | None:
    """Return the heading of the notes that close the book."""
    if not (apart.sections and apart.end):
        return None
    return clean_title(apart.sections[-1].heading.text).rstrip(" :")


def _before_notes(apart: Apart, words: Lexis) -> Iterator[Block]:
    for section in apart.sections:
        for unit in section.preamble:
            block = _part(unit, join(unit.lines, words)).block
            if block.text and not is_rule(block.text):
                yield block
