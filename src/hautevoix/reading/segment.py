"""text → Book: the passes of the segmenter, in their order.

Each pass looks at lines or units and hands on fewer or better ones: wrapping and page furniture
go first, then layout is measured, then notes, tables of contents, headings and page breaks are
found, and what remains is paragraphs.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.model import (
    Book,
    BookInfo,
    Call,
    Chapter,
    Doubt,
    Note,
    Paragraph,
    TitleSource,
)
from hautevoix.reading.calls import Called, Silent, silence
from hautevoix.reading.contents import find_contents
from hautevoix.reading.front import Front, half_title, read_front, title_in_note
from hautevoix.reading.gutenberg import unwrap
from hautevoix.reading.headings import Found, find_headings
from hautevoix.reading.hyphens import Flow, Lexis, join, lexis
from hautevoix.reading.joins import mend, survey, together
from hautevoix.reading.kinds import kind_of
from hautevoix.reading.layout import Layout, measure
from hautevoix.reading.lines import is_rule, split_lines
from hautevoix.reading.marks import answerable, split_source
from hautevoix.reading.matching import tie
from hautevoix.reading.notes import Apart, RawNote, note_texts, take_apart
from hautevoix.reading.pages import strip_pages
from hautevoix.reading.slips import find_slips
from hautevoix.reading.units import Unit, cut
from hautevoix.reading.wording import Form, clean_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EDGE = 2  # paragraphs at a chapter's head or end that may greet, date or sign


@dataclass(frozen=True, slots=True)
class _Section:
    """A chapter in the making: the heading over it, the units that its text is in."""

    found: Found | None
    heading: tuple[Unit, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A paragraph in the making: calls not tied yet."""

    unit: Unit
    flow: Flow
    silent: Silent
    chapter: int


def parse_text(text: str) -> Book:
    """Return the book that the plain ``text`` is, with what was doubted on the way."""
    lines, imprint, wrapping = unwrap(split_lines(text))
    lines, furniture = strip_pages(lines)
    layout, words = measure(lines), lexis(lines)
    units = cut(lines, layout)
    table = find_contents(units)
    apart = take_apart([unit for i, unit in enumerate(units) if i not in table], layout)
    front = read_front(apart.body, layout, imprint)
    sections = _sections(apart.body[front.stop :], layout)
    sections, halves = _without_half_titles(sections, front.title)
    turns = survey([section.units for section in sections], layout)
    mended = [mend(section.units, turns) for section in sections]
    joins = together([doubt for _, doubts in mended for doubt in doubts])
    sections = [replace(s, units=m) for s, (m, _) in zip(sections, mended, strict=True)]
    book = _Assembly(sections, apart, layout, words).book()
    doubts = (
        *wrapping,
        *furniture,
        *_told_table(units, table),
        *_told_front(apart.body, front),
        *halves,
        *_told_headings(sections),
        *joins,
        *book.doubts,
    )
    info = BookInfo(title=front.title, title_source=front.source, author=front.author)
    return guess_title(replace(book, info=info, doubts=tuple(sorted(doubts, key=_line))))


def _line(doubt: Doubt) -> int:
    return doubt.line


_GUESS = "is a guess"


def is_guess(doubt: Doubt) -> bool:
    """Tell whether ``doubt`` says that the title was guessed."""
    return _GUESS in doubt.message


def guess_title(book: Book) -> Book:
    """Propose a title from the first note, if no call names it and it tells how the work came."""
    if book.info.title or not book.notes or book.notes[0].called:
        return book
    note = book.notes[0]
    title = title_in_note(note.text)
    if title is None:
        return book
    message = f"the title “{title}” {_GUESS}, from note {note.label}, which no call names"
    info = replace(book.info, title=title, title_source=TitleSource.GUESS)
    doubts = sorted((*book.doubts, Doubt(note.line, message)), key=_line)
    return replace(book, info=info, doubts=tuple(doubts))


def _sections(units: Sequence[Unit], layout: Layout) -> list[_Section]:
    found = find_headings(units, layout)
    starts = [heading.start for heading in found] + [len(units)]
    sections = [
        _Section(
            heading, tuple(units[heading.start : heading.stop]), tuple(units[heading.stop : end])
        )
        for heading, end in zip(found, starts[1:], strict=True)
    ]
    before = tuple(units[: starts[0]])
    if any(not is_rule(unit.text) for unit in before) or not sections:
        sections.insert(0, _Section(None, (), before))
    return sections


def _without_half_titles(
    sections: Sequence[_Section], title: str | None
) -> tuple[list[_Section], list[Doubt]]:
    kept, doubts = [], []
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        count = half_title(section.units, title) if following else 0
        if count:
            number = section.units[-count].number
            doubts.append(Doubt(number, "title page repeated here: left out of the reading"))
        kept.append(replace(section, units=section.units[: len(section.units) - count]))
    return kept, doubts


def _told_table(units: Sequence[Unit], table: frozenset[int]) -> Iterator[Doubt]:
    for index in sorted(table):
        if index - 1 not in table:
            end = index
            while end + 1 in table:
                end += 1
            first, last = units[index].number, units[end].lines[-1].number
            yield Doubt(
                first, f"table of contents left out of the reading (lines {first} to {last})"
            )


def _told_front(units: Sequence[Unit], front: Front) -> Iterator[Doubt]:
    if front.stop:
        first, last = units[0].number, units[front.stop - 1].lines[-1].number
        where = f"lines {first} to {last}" if last > first else f"line {first}"
        title = f"; its title: “{front.title}”" if front.title else ""
        yield Doubt(first, f"title page left out of the reading ({where}){title}")


def _told_headings(sections: Sequence[_Section]) -> Iterator[Doubt]:
    for section in sections:
        if section.found and section.found.heading.form is Form.LOOSE:
            yield Doubt(
                section.heading[0].number, f"“{section.found.title}” is taken for a heading"
            )


class _Assembly:
    """Puts sections and notes together; all its members are read only."""

    def __init__(
        self, sections: Sequence[_Section], apart: Apart, layout: Layout, words: Lexis
    ) -> None:
        self.sections = sections
        self.apart = apart
        self.layout = layout
        self.words = words
        self.notes = sorted(apart.notes, key=lambda note: note.line)
        self.answered = answerable((n.opening.style, n.label, n.line) for n in self.notes)

    def book(self) -> Book:
        drafts = [list(self._drafts(i, section)) for i, section in enumerate(self.sections)]
        headed = [list(self._heading_calls(section)) for section in self.sections]
        located = [
            (call, chapter)
            for chapter, (heads, parts) in enumerate(zip(headed, drafts, strict=True))
            for call in (*heads, *(call for draft in parts for call in draft.silent.calls))
        ]
        ties = tie([call for call, _ in located], [chapter for _, chapter in located], self.notes)
        answers = iter(ties.by_call)
        chapters = tuple(
            self._chapter(section, heads, parts, answers)
            for section, heads, parts in zip(self.sections, headed, drafts, strict=True)
        )
        called = {
            note: chapter
            for (_, chapter), note in zip(reversed(located), reversed(ties.by_call), strict=True)
            if note is not None
        }
        flows = [draft.flow for parts in drafts for draft in parts]
        notes, note_flows = self._notes(called)
        slips = find_slips([*flows, *note_flows])
        heading, preamble = self._notes_front()
        return Book(BookInfo(), chapters, notes, heading, preamble, (*ties.doubts, *slips))

    # -- chapters

    def _drafts(self, chapter: int, section: _Section) -> Iterator[_Draft]:
        for unit in section.units:
            flow = join(unit.lines, self.words, "\n" if unit.verse else " ")
            silent = silence(flow, self.answered)
            if silent.text:
                yield _Draft(unit, flow, silent, chapter)

    def _heading_calls(self, section: _Section) -> Iterator[Called]:
        for unit in section.heading:
            flow = join(unit.lines, self.words)
            for call in silence(flow, self.answered).calls:
                yield replace(call, position=0)

    def _chapter(
        self,
        section: _Section,
        heads: Sequence[Called],
        drafts: Sequence[_Draft],
        answers: Iterator[int | None],
    ) -> Chapter:
        above = [Call(call.label, 0, next(answers)) for call in heads]
        paragraphs = []
        for index, draft in enumerate(drafts):
            calls = [Call(c.label, c.position, next(answers)) for c in draft.silent.calls]
            paragraphs.append(self._paragraph(draft, (*above, *calls), index, len(drafts)))
            above = []
        found = section.found
        return Chapter(
            found.title if found else None,
            tuple(paragraphs),
            level=self._levels().get(found.rank, 1) if found else 1,
            line=section.heading[0].number if found else (drafts[0].unit.number if drafts else 0),
        )

    def _levels(self) -> dict[int, int]:
        ranks = sorted({s.found.rank for s in self.sections if s.found and s.found.rank})
        return {rank: level for level, rank in enumerate(ranks, 1)}

    def _paragraph(
        self, draft: _Draft, calls: tuple[Call, ...], index: int, count: int
    ) -> Paragraph:
        text = draft.silent.text
        kind = kind_of(
            draft.unit,
            text,
            self.layout,
            first=index < _EDGE,
            last=index > 0 and index >= count - _EDGE,
        )
        return Paragraph(kind, text, calls, draft.unit.number, draft.silent.emphasis)

    # -- notes

    def _notes(self, called: dict[int, int]) -> tuple[tuple[Note, ...], list[Flow]]:
        notes: list[Note] = []
        flows: list[Flow] = []
        for index, raw in enumerate(self.notes):
            parts = [
                (join(u.lines, self.words, "\n" if u.verse else " "), n) for u, n in note_texts(raw)
            ]
            flows.extend(flow for flow, _ in parts)
            text = "\n".join(
                silence(flow, self.answered, skip).text for flow, skip in parts
            ).strip()
            if raw.opening.style == "named":
                text = text.removesuffix("]").rstrip()
            body, source = split_source(text)
            chapter = self._chapter_of(raw, called.get(index))
            notes.append(Note(raw.label, body, index in called, source, chapter, raw.line))
        return tuple(notes), flows

    def _chapter_of(self, raw: RawNote, called: int | None) -> int | None:
        """Return the chapter of its call; a section that closes the book belongs to the whole."""
        if raw.zone is not None and self.apart.end and raw.zone == len(self.apart.sections) - 1:
            return called if raw.under else None
        if called is not None:
            return called
        lines = [self._start(section) for section in self.sections]
        return max(bisect_right(lines, raw.line) - 1, 0)

    @staticmethod
    def _start(section: _Section) -> int:
        return (
            (*section.heading, *section.units)[0].number if section.heading or section.units else 0
        )

    def _notes_front(self) -> tuple[str | None, tuple[Paragraph, ...]]:
        """Return the heading of the notes that close the book, and what stands before the first."""
        sections = self.apart.sections
        heading = clean_title(sections[-1].heading.text) if sections and self.apart.end else None
        preamble = tuple(
            Paragraph(
                kind_of(unit, flow.text, self.layout, first=False, last=False),
                flow.text,
                (),
                unit.number,
            )
            for section in sections
            for unit in section.preamble
            if (flow := join(unit.lines, self.words)).text and not is_rule(flow.text)
        )
        return heading, preamble
