"""The passes over a text that is known by its lines alone, as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.reading.structure.joins import mend
from hautevoix.reading.text.units import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hautevoix.reading.draft import Draft, Section
    from hautevoix.reading.notes.raw import RawNote, Separated
    from hautevoix.reading.text.units import Unit

    Places = Mapping[int, Sequence[tuple[int, str]]]
    """Where marks stand in lines, by a line's number: (column, the key of an anchor)."""
from bisect import bisect_right
from dataclasses import replace
from itertools import islice

from hautevoix.model import Diagnostic, Kind
from hautevoix.reading.assembly import Group
from hautevoix.reading.base.blocks import Block, tidied
from hautevoix.reading.base.diagnostics import (
    CONTENTS,
    JOINED,
    NOTES_TITLE,
    PUBLISHER,
    tell,
    tell_all,
)
from hautevoix.reading.language.heading_words import CAST, Form, match_heading
from hautevoix.reading.language.punctuation import is_rule
from hautevoix.reading.notes.references import Passage, answer, emphasised
from hautevoix.reading.notes.separate import separate_notes
from hautevoix.reading.sectioned import extent
from hautevoix.reading.structure.contents import find_contents
from hautevoix.reading.structure.drop_caps import join_drop_cap_lines
from hautevoix.reading.structure.joins import survey
from hautevoix.reading.structure.listed import entries_of
from hautevoix.reading.structure.publisher import Entry, find_publishers
from hautevoix.reading.text.gutenberg import unwrap
from hautevoix.reading.text.hyphens import Flow, Lexis, join, lexis
from hautevoix.reading.text.illustrations import without_illustrations as drop_illustrations
from hautevoix.reading.text.layout import measure
from hautevoix.reading.text.pages import strip_pages
from hautevoix.reading.text.specks import without_specks
from hautevoix.reading.text.stray_marks import restore_marks
from hautevoix.reading.text.verse_numbers import without_verse_numbers


def without_gutenberg(draft: Draft) -> Draft:
    """Take off Project Gutenberg's header, credits and licence; the header names the book."""
    lines, imprint, diagnostics = unwrap(draft.lines)
    return replace(draft, lines=lines, imprint=imprint).told(diagnostics)


def without_furniture(draft: Draft) -> Draft:
    """Take out what a page has around its text, and join the drop caps to their words."""
    lines, diagnostics = strip_pages(restore_marks(draft.lines), draft.sidecar.keep)
    return replace(draft, lines=join_drop_cap_lines(without_specks(lines))).told(diagnostics)


def without_numbers_of_verses(draft: Draft) -> Draft:
    """Take out the numbers of verses in the margin."""
    lines, diagnostics = without_verse_numbers(draft.lines)
    return replace(draft, lines=lines).told(diagnostics)


def without_illustrations(draft: Draft) -> Draft:
    """Take out the marks of illustrations, with their captions."""
    lines, diagnostics = drop_illustrations(draft.lines)
    return replace(draft, lines=lines).told(diagnostics)


def in_units(draft: Draft) -> Draft:
    """Measure the layout, and cut the lines into what stands together on the page."""
    layout, words = measure(draft.lines), lexis(draft.lines)
    return replace(draft, layout=layout, words=words, units=cut(draft.lines, layout))


def without_publisher(draft: Draft) -> Draft:
    """Leave out the publisher's matter before and after the text."""
    entries = [Entry(u.text, i, heads=_heads(u)) for i, u in enumerate(draft.units)]
    runs = find_publishers(entries)
    units, told = draft.units, []
    for run in runs:
        first, last = units[run.start], units[run.stop - 1].lines[-1].number
        where = extent(first.number, last)
        told.append(tell(PUBLISHER, first.number, extent=where, words=first.text[:60]))
    gone = {index for run in runs for index in run}
    kept = [unit for index, unit in enumerate(units) if index not in gone]
    front = draft.front - sum(index < draft.front for index in gone)
    return replace(draft, units=kept, front=front).told(told)


def _heads(unit: Unit) -> bool:
    # Pinned by publisher-lists-books.
    heading = match_heading(unit.lines[0].text)
    return unit.text.isupper() or (heading is not None and heading.form is Form.DIVISION)


def without_contents(draft: Draft) -> Draft:
    """Leave out the tables of contents."""
    table = find_contents(draft.units)
    units = [unit for index, unit in enumerate(draft.units) if index not in table]
    front = min(table, default=0)
    entries = entries_of([draft.units[index] for index in sorted(table)])
    told = _told_tables(draft.units, table)
    return replace(draft, units=units, front=front, entries=entries).told(told)


def with_notes_apart(draft: Draft) -> Draft:
    """Part the notes' texts from the text."""
    apart = separate_notes(draft.units, draft.layout)
    return replace(draft, apart=apart, units=apart.body)


def with_pages_joined(draft: Draft) -> Draft:
    """Join the paragraphs that a page break or a note cut in two; rules become pauses."""
    turns = survey([section.units for section in draft.sections], draft.layout)
    mended = [mend(section.units, turns) for section in draft.sections]
    joins = tell_all(JOINED, [hit for _, hits in mended for hit in hits])
    pairs = zip(draft.sections, mended, strict=True)
    return replace(draft, sections=[replace(s, units=m) for s, (m, _) in pairs]).told(joins)


def in_groups(draft: Draft) -> Draft:
    """Run lines together as blocks; take note references out and tie each to its note."""
    if draft.apart is None:
        return draft
    apart, words, sections = draft.apart, draft.words, draft.sections
    raws = sorted(apart.notes, key=lambda note: note.line)
    flows = [_flow(unit, words) for section in sections for unit in section.units]
    texts = {unit: _flow(unit, words) for raw in raws for unit in raw.units}
    places = draft.line_marks
    answered = answer(
        list(_parts(sections, flows, words, places)),
        raws,
        lambda unit: _part(unit, texts[unit], places),
    )
    return replace(
        draft,
        groups=list(_groups(sections, answered.blocks)),
        notes=[(label, [emphasised(block) for block in some]) for label, some in answered.notes],
        homes=list(_homes(raws, apart, sections)),
        heading=_heading(apart),
        preamble=list(_before_notes(apart, words, places)),
        flows=[*flows, *texts.values()],
    ).told([*answered.diagnostics, *_told_titles(raws, sections)])


def _told_titles(raws: Sequence[RawNote], sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """Yield the headings over notes that repeat no chapter's: they are read nowhere."""
    known = " ".join(_letters(unit.text) for section in sections for unit in section.heads)
    first = {raw.under: raw.line for raw in reversed(raws) if raw.under}
    for title, line in first.items():
        if _letters(title) not in known:
            yield tell(NOTES_TITLE, line, words=title)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _told_tables(units: Sequence[Unit], table: frozenset[int]) -> Iterator[Diagnostic]:
    for index in sorted(table):
        if index - 1 not in table:
            end = index
            while end + 1 in table:
                end += 1
            first, last = units[index].number, units[end].lines[-1].number
            yield tell(CONTENTS, first, extent=extent(first, last))


def _flow(unit: Unit, words: Lexis) -> Flow:
    return join(unit.lines, words, "\n" if unit.verse else " ")


def _part(unit: Unit, flow: Flow, places: Places) -> Passage:
    """Return a unit's running text as a block, with what its lines show of it.

    ``places`` are those of marks, in lines by their number: they become anchors.
    """
    block = Block(
        flow.text,
        unit.number,
        kind=Kind.VERSE if unit.verse else None,
        indent=unit.indent,
        height=len(unit.lines),
        ruled=unit.parted,
        speaks=unit.speaks,
        anchors=tuple(_anchors(flow, places)) if places else (),
    )
    return Passage(block, flow.line_at)


def _anchors(flow: Flow, places: Places) -> Iterator[tuple[int, str]]:
    """Yield the anchors of the lines that run together in a flow, where their words are now."""
    ends = [start for start, _ in flow.starts[1:]]
    for (start, line), end in zip(flow.starts, [*ends, len(flow.text)], strict=True):
        for column, key in places.get(line, ()):
            yield min(start + column, end), key


def _parts(
    sections: Sequence[Section], flows: Sequence[Flow], words: Lexis, places: Places
) -> Iterator[Passage]:
    """Yield all that may hold calls; the first of a chapter's has a level."""
    rest = iter(flows)
    for section in sections:
        parts = [_part(unit, join(unit.lines, words), places) for unit in section.heads]
        parts += [_part(unit, next(rest), places) for unit in section.units]
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
        references = tuple(call for block in heads for call in block.references)
        blocks = [replace(block, level=0) for block in whole if block.text]
        found, line = section.found, section.line
        anchors = tuple(anchor for block in heads for anchor in block.anchors)
        title = Block(found.title, line, level=found.rank + 1, anchors=anchors) if found else None
        quoted = found is not None and found.heading.word not in CAST
        level = levels.get(found.rank, 1) if found else 1
        yield Group(title, blocks, level, references, may_quote=quoted)


def _homes(
    raws: Sequence[RawNote], apart: Separated, sections: Sequence[Section]
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


def _before_notes(apart: Separated, words: Lexis, places: Places) -> Iterator[Block]:
    for section in apart.sections:
        for unit in section.preamble:
            block = _part(unit, join(unit.lines, words), places).block
            if block.text and not is_rule(block.text):
                yield block


def _heading(apart: Separated) -> Block | None:
    """Return the heading of the notes that close the book."""
    if not (apart.sections and apart.end):
        return None
    unit = apart.sections[-1].heading
    return Block(unit.text.rstrip(" :"), unit.number)
