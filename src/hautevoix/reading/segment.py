"""Draft → Book: the passes of the segmenter, in their order.

A source gives lines as printed, or blocks that markup made; each pass looks at either and hands on
a better draft. Both end as groups of blocks, a chapter each, which one assembly makes a book of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.model import Book, Sidecar, TitleSource
from hautevoix.reading import marked, printed, sectioned
from hautevoix.reading.assembly import chapters, notes, preamble
from hautevoix.reading.base.diagnostics import (
    BRACKETED,
    CONTENTS,
    GUTENBERG,
    HALF_TITLE,
    ILLUSTRATION,
    MATTER,
    PUBLISHER,
    TITLE_GUESSED,
    VERSE_NUMBERS,
    in_order,
    tell,
    tell_all,
)
from hautevoix.reading.directions.heeded import with_marks_heeded
from hautevoix.reading.directions.held import with_marks_held
from hautevoix.reading.draft import Draft
from hautevoix.reading.notes.brackets import asides, without_asides
from hautevoix.reading.structure.epigraphs import told_epigraphs
from hautevoix.reading.structure.normalize import title_of
from hautevoix.reading.structure.slips import find_slips
from hautevoix.reading.structure.title_lines import title_in_note
from hautevoix.reading.text.lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.model import BookInfo
    from hautevoix.reading.base.diagnostics import Hit, Message

    Pass = Callable[[Draft], Draft]

_ASIDES = 3  # words in brackets: fewer are no habit


def _on_blocks(step: Pass) -> Pass:
    return lambda draft: draft if draft.printed else step(draft)


def _on_lines(step: Pass) -> Pass:
    return lambda draft: step(draft) if draft.printed else draft


def _unless_kept(left_out: Message, step: Pass) -> Pass:
    return lambda draft: draft if left_out.code in draft.sidecar.keep else step(draft)


def with_bracketed_notes(draft: Draft) -> Draft:
    """Make notes of words in brackets where the sidecar says that they are, else propose it."""
    found: list[Hit] = [
        (b.line, {}) for group in draft.groups for b in group.blocks for _ in asides(b)
    ]
    if draft.sidecar.notes != "brackets":
        return draft.told(tell_all(BRACKETED, found) if len(found) >= _ASIDES else ())
    groups, notes = [], list(draft.notes)
    for group in draft.groups:
        pairs = []
        for block in group.blocks:
            bare, texts = without_asides(block, len(notes))
            notes += [(str(len(notes) + n), [text]) for n, text in enumerate(texts, 1)]
            pairs.append(bare)
        groups.append(replace(group, blocks=pairs))
    homes = [*draft.homes, *[(True, None)] * len(found)] if draft.homes else ()
    return replace(draft, groups=groups, notes=notes, homes=homes)


PASSES: tuple[Pass, ...] = (
    _on_blocks(_unless_kept(GUTENBERG, marked.without_gutenberg)),
    _on_blocks(marked.in_its_language),
    _on_blocks(marked.as_lines),
    with_marks_held,
    # what is known by its lines
    _on_lines(_unless_kept(GUTENBERG, printed.without_gutenberg)),
    _on_lines(_unless_kept(ILLUSTRATION, printed.without_illustrations)),
    _on_lines(_unless_kept(VERSE_NUMBERS, printed.without_numbers_of_verses)),
    _on_lines(printed.without_furniture),
    _on_lines(printed.in_units),
    _on_lines(_unless_kept(CONTENTS, printed.without_contents)),
    _on_lines(_unless_kept(PUBLISHER, printed.without_publisher)),
    _on_lines(printed.with_notes_apart),
    _on_lines(sectioned.in_sections),
    _on_lines(_unless_kept(HALF_TITLE, sectioned.without_half_titles)),
    _on_lines(printed.with_pages_joined),
    _on_lines(printed.in_groups),
    # what markup made
    _on_blocks(_unless_kept(ILLUSTRATION, marked.without_illustrations)),
    _on_blocks(marked.normalized),
    _on_blocks(marked.with_linked_notes_apart),
    _on_blocks(_unless_kept(MATTER, marked.without_matter)),
    _on_blocks(_unless_kept(CONTENTS, marked.without_contents)),
    _on_blocks(_unless_kept(PUBLISHER, marked.without_publisher)),
    _on_blocks(marked.with_headings_joined),
    _on_blocks(marked.with_plates_inside),
    _on_blocks(marked.with_notes_apart),
    _on_blocks(marked.with_headings),
    _on_blocks(marked.with_pages_joined),
    _on_blocks(marked.in_groups),
    with_bracketed_notes,
    with_marks_heeded,
)


def parse_text(
    text: str,
    info: BookInfo | None = None,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Return the book that the plain ``text`` is; ``info`` is what its file says of it."""
    draft = Draft(lines=split_lines(text), printed=True, sidecar=sidecar)
    return segment(replace(draft, info=info) if info else draft)


def segment(draft: Draft) -> Book:
    """Return the book that ``draft`` is, with what was doubted on the way."""
    for step in PASSES:
        draft = step(draft)
    found = chapters(draft.groups, draft.layout)
    book = Book(
        draft.info,
        found,
        notes(draft.notes, found, draft.homes),
        title_of(draft.heading) if draft.heading and draft.notes else None,
        preamble(draft.preamble, draft.layout),
    )
    odd = marked.told_notes(book) if draft.linked else ()
    slips = find_slips(draft.flows or marked.flows_of(book))
    diagnostics = in_order(
        draft.diagnostics, odd, slips, told_epigraphs(found) if draft.printed else ()
    )
    return _guess_title(replace(book, diagnostics=diagnostics))


def _guess_title(book: Book) -> Book:
    """Propose a title from the first note, if no call names it and it tells how the work came."""
    if book.info.title or not book.notes or book.notes[0].called:
        return book
    note = book.notes[0]
    title = title_in_note(note.text)
    if title is None:
        return book
    guess = tell(TITLE_GUESSED, note.line, title=title, label=note.label)
    info = replace(book.info, title=title, title_source=TitleSource.GUESS)
    return replace(book, info=info, diagnostics=in_order(book.diagnostics, [guess]))
