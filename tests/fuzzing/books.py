"""What whoever gets a book from a reader relies on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hautevoix.model import Book, Paragraph


def holds_together(book: Book | None) -> None:
    """Assert what whoever reads a book relies on: places lie within texts, notes exist."""
    if book is None:
        return
    for chapter in book.chapters:
        assert chapter.level >= 1
        for paragraph in chapter.paragraphs:
            _holds_together(paragraph, len(book.notes))
    for paragraph in book.notes_preamble:
        _holds_together(paragraph, len(book.notes))
    assert all(
        note.chapter is None or 0 <= note.chapter < len(book.chapters) for note in book.notes
    )
    assert all(diagnostic.message.strip() for diagnostic in book.diagnostics)


def _holds_together(paragraph: Paragraph, notes: int) -> None:
    length = len(paragraph.text)
    assert paragraph.text.strip() or paragraph.references
    assert all(0 <= call.position <= length for call in paragraph.references)
    assert all(call.note is None or 0 <= call.note < notes for call in paragraph.references)
    places = [place for start, end in paragraph.emphasis for place in (start, end)]
    assert all(0 <= start < end <= length for start, end in paragraph.emphasis)
    assert all(one <= two for one, two in pairwise(places))
