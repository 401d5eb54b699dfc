"""sections and notes → Book: paragraphs are run together, calls tied, kinds told."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.model import Book, BookInfo, Call, Chapter, Note, Paragraph
from hautevoix.reading.language.heading_words import CAST, clean_title
from hautevoix.reading.language.note_marks import answerable, split_source
from hautevoix.reading.language.punctuation import is_rule
from hautevoix.reading.notes.calls import Called, Silent, silence
from hautevoix.reading.notes.match import tie
from hautevoix.reading.notes.raw import note_texts
from hautevoix.reading.structure.epigraphs import in_context, told_epigraphs
from hautevoix.reading.structure.kinds import closing, kind_of
from hautevoix.reading.structure.slips import find_slips
from hautevoix.reading.text.hyphens import Flow, Lexis, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.notes.raw import Apart, RawNote
    from hautevoix.reading.structure.headings import Found
    from hautevoix.reading.text.layout import Layout
    from hautevoix.reading.text.units import Unit

_HEAD = 4  # paragraphs at a chapter's head that may greet
_EDGE = 2  # paragraphs at its end that may sign


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter in the making: what was ``found`` over it, the units that its text is in."""

    found: Found | None
    heading: tuple[Unit, ...]
    units: tuple[Unit, ...]
    above: tuple[Unit, ...] = ()  # a title page, left out but for its calls


@dataclass(frozen=True, slots=True)
class _Draft:
    """A paragraph in the making: calls not tied yet."""

    unit: Unit
    flow: Flow
    silent: Silent
    chapter: int


def assemble(sections: Sequence[Section], apart: Apart, layout: Layout, words: Lexis) -> Book:
    """Return the book that ``sections`` and the notes set ``apart`` make, without its info."""
    return _Assembly(sections, apart, layout, words).book()


class _Assembly:
    """Puts sections and notes together; all its members are read only."""

    def __init__(
        self, sections: Sequence[Section], apart: Apart, layout: Layout, words: Lexis
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
        doubts = (*ties.doubts, *slips, *told_epigraphs(chapters))
        return Book(BookInfo(), chapters, notes, heading, preamble, doubts)

    # -- chapters

    def _drafts(self, chapter: int, section: Section) -> Iterator[_Draft]:
        for unit in section.units:
            flow = join(unit.lines, self.words, "\n" if unit.verse else " ")
            silent = silence(flow, self.answered)
            if silent.text:
                yield _Draft(unit, flow, silent, chapter)

    def _heading_calls(self, section: Section) -> Iterator[Called]:
        for unit in (*section.above, *section.heading):
            flow = join(unit.lines, self.words)
            for call in silence(flow, self.answered).calls:
                yield replace(call, position=0)

    def _chapter(
        self,
        section: Section,
        heads: Sequence[Called],
        drafts: Sequence[_Draft],
        answers: Iterator[int | None],
    ) -> Chapter:
        above = [Call(call.label, 0, next(answers)) for call in heads]
        paragraphs = []
        end = closing([draft.silent.text for draft in drafts])
        for index, draft in enumerate(drafts):
            calls = [Call(c.label, c.position, next(answers)) for c in draft.silent.calls]
            paragraphs.append(self._paragraph(draft, (*above, *calls), index, end))
            above = []
        found = section.found
        return Chapter(
            found.title if found else None,
            tuple(in_context(paragraphs, headed=bool(found and found.heading.word not in CAST))),
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
            first=index < _HEAD,
            last=0 < index < count and index >= count - _EDGE,
        )
        unit, silent = draft.unit, draft.silent
        return Paragraph(kind, text, calls, unit.number, silent.emphasis, parted=unit.parted)

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
    def _start(section: Section) -> int:
        return (
            (*section.heading, *section.units)[0].number if section.heading or section.units else 0
        )

    def _notes_front(self) -> tuple[str | None, tuple[Paragraph, ...]]:
        """Return the heading of the notes that close the book, and what stands before the first."""
        sections = self.apart.sections
        heading = None
        if sections and self.apart.end:
            heading = clean_title(sections[-1].heading.text).rstrip(" :")
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
