"""text → Book: the passes of the segmenter, in their order.

Each pass looks at lines or units and hands on fewer or better ones: wrapping and page furniture
go first, then layout is measured, then notes, tables of contents, headings and page breaks are
found, and what remains is paragraphs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.model import (
    Book,
    BookInfo,
    Doubt,
    TitleSource,
)
from hautevoix.reading.assembly import Section, assemble
from hautevoix.reading.language.heading_words import Form, match_heading
from hautevoix.reading.language.punctuation import is_rule
from hautevoix.reading.notes.separate import take_apart
from hautevoix.reading.structure.contents import find_contents
from hautevoix.reading.structure.headings import find_headings
from hautevoix.reading.structure.joins import mend, survey, together
from hautevoix.reading.structure.title_page import Front, half_title, read_front, title_in_note
from hautevoix.reading.text.gutenberg import unwrap
from hautevoix.reading.text.hyphens import lexis
from hautevoix.reading.text.layout import Layout, measure
from hautevoix.reading.text.lines import split_lines
from hautevoix.reading.text.pages import strip_pages
from hautevoix.reading.text.stray_marks import restore
from hautevoix.reading.text.units import Unit, cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_EDGE = 2  # paragraphs at a chapter's head or end that may greet, date or sign


def parse_text(text: str) -> Book:
    """Return the book that the plain ``text`` is, with what was doubted on the way."""
    lines, imprint, wrapping = unwrap(split_lines(text))
    lines, furniture = strip_pages(restore(lines))
    layout, words = measure(lines), lexis(lines)
    units = cut(lines, layout)
    table = find_contents(units)
    apart = take_apart([unit for i, unit in enumerate(units) if i not in table], layout)
    front = read_front(apart.body, layout, imprint)
    sections = _sections(apart.body[front.stop :], layout)
    if not front.title and _is_titled(sections):
        front = _title_of(sections[0])
        sections = [Section(None, (), sections[0].units)]
    sections, halves = _without_half_titles(sections, front.title)
    sections[0] = replace(sections[0], above=apart.body[: front.stop])
    turns = survey([section.units for section in sections], layout)
    mended = [mend(section.units, turns) for section in sections]
    joins = together([doubt for _, doubts in mended for doubt in doubts])
    sections = [replace(s, units=m) for s, (m, _) in zip(sections, mended, strict=True)]
    book = assemble(sections, apart, layout, words)
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


def _sections(units: Sequence[Unit], layout: Layout) -> list[Section]:
    found = find_headings(units, layout)
    starts = [heading.start for heading in found] + [len(units)]
    sections = [
        Section(
            heading, tuple(units[heading.start : heading.stop]), tuple(units[heading.stop : end])
        )
        for heading, end in zip(found, starts[1:], strict=True)
    ]
    before = tuple(units[: starts[0]])
    if any(not is_rule(unit.text) for unit in before) or not sections:
        sections.insert(0, Section(None, (), before))
    return sections


def _is_titled(sections: Sequence[Section]) -> bool:
    """Tell whether one line stands over the whole text, and names neither a part nor a preface."""
    found = sections[0].found
    if len(sections) > 1 or found is None or found.heading.form < Form.CAPITALS:
        return False
    return match_heading(found.title) is None  # « III » heads an extract


def _title_of(section: Section) -> Front:
    title = section.found.title if section.found else None
    return Front(len(section.heading), title, TitleSource.TEXT)


def _without_half_titles(
    sections: Sequence[Section], title: str | None
) -> tuple[list[Section], list[Doubt]]:
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


def _told_headings(sections: Sequence[Section]) -> Iterator[Doubt]:
    for section in sections:
        if section.found and section.found.heading.form is Form.LOOSE:
            yield Doubt(
                section.heading[0].number, f"“{section.found.title}” is taken for a heading"
            )
