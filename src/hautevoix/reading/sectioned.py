"""The passes that cut a printed text in sections: its title page, its headings, half-titles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.model import BookInfo, Diagnostic, TitleSource
from hautevoix.reading.base.diagnostics import (
    HALF_TITLE,
    HEADING_GUESSED,
    TITLE_PAGE,
    tell,
)
from hautevoix.reading.draft import Section
from hautevoix.reading.language.heading_words import Form, match_heading
from hautevoix.reading.language.punctuation import is_rule
from hautevoix.reading.structure.headings import find_headings
from hautevoix.reading.structure.title_page import TitlePage, half_title, read_title_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.draft import Draft
    from hautevoix.reading.text.layout import Layout
    from hautevoix.reading.text.units import Unit


def in_sections(draft: Draft) -> Draft:
    """Leave out the title page, which names the book, and cut the rest at its headings."""
    front = read_title_page(draft.units, draft.layout, draft.imprint, draft.front)
    if TITLE_PAGE.code in draft.sidecar.keep:
        front = replace(front, stop=0)
    sections = _sections(draft.units[front.stop :], draft.layout, draft.entries)
    if not front.title and _is_titled(sections):
        front = _title_of(sections[0])
        sections = [Section(None, (), sections[0].units)]
    sections[0] = replace(sections[0], above=tuple(draft.units[: front.stop]))
    found = BookInfo(title=front.title, title_source=front.source, author=front.author)
    told = [*_told_front(draft.units, front), *_told_headings(sections)]
    return replace(draft, sections=sections, title=front.title).titled(found).told(told)


def without_half_titles(draft: Draft) -> Draft:
    """Leave out the title page where it comes again at a chapter's end, before the next."""
    kept, diagnostics = [], []
    sections = draft.sections
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        count = half_title(section.units, draft.title) if following else 0
        if count:
            diagnostics.append(tell(HALF_TITLE, section.units[-count].number))
        kept.append(replace(section, units=section.units[: len(section.units) - count]))
    return replace(draft, sections=kept).told(diagnostics)


def _sections(units: Sequence[Unit], layout: Layout, entries: Sequence[str]) -> list[Section]:
    found = find_headings(units, layout, entries)
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
    # Pinned by only-notes.
    found = sections[0].found
    if len(sections) > 1 or found is None or found.heading.form < Form.CAPITALS:
        return False
    return match_heading(found.title) is None  # « III » heads an extract


def _title_of(section: Section) -> TitlePage:
    title = section.found.title if section.found else None
    return TitlePage(len(section.heading), title, TitleSource.TEXT)


def _told_front(units: Sequence[Unit], front: TitlePage) -> Iterator[Diagnostic]:
    if front.stop:
        first, last = units[0].number, units[front.stop - 1].lines[-1].number
        where = extent(first, last)
        title = tr("; its title: “{title}”", title=front.title) if front.title else ""
        yield tell(TITLE_PAGE, first, extent=where, title=title)


def _told_headings(sections: Sequence[Section]) -> Iterator[Diagnostic]:
    for section in sections:
        if section.found and section.found.heading.form is Form.LOOSE:
            yield tell(HEADING_GUESSED, section.heading[0].number, title=section.found.title)


def extent(first: int, last: int) -> str:
    """Return how a diagnostic names the lines from ``first`` to ``last``."""
    return (
        tr("lines {first} to {last}", first=first, last=last)
        if last > first
        else tr("line {first}", first=first)
    )
