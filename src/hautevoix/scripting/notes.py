"""Where notes are read: at the end, with their chapter, at their call, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.model import Role
from hautevoix.model.options import NotesPolicy
from hautevoix.scripting.lines import Line, directed, paragraph_lines, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hautevoix.model import Book, Note, Paragraph

DEFAULT_HEADING = "Notes"


def announcement(note: Note) -> str:
    """Return how a note is announced: « Note 2 », « Note » where its mark says nothing aloud.

    >>> from hautevoix.model import Note
    >>> announcement(Note("2", "…")), announcement(Note("*", "…"))
    ('Note 2', 'Note')
    """
    return f"Note {note.label}" if note.label.isalnum() else "Note"


def tellers(book: Book) -> frozenset[int]:
    """Return the indices of the notes that say whose they are: the first of each source."""
    first: dict[str, int] = {}
    for number, note in enumerate(book.notes):
        if note.source:
            first.setdefault(note.source, number)
    return frozenset(first.values())


def note_lines(book: Book, number: int, index: int | None, told: frozenset[int]) -> list[Line]:
    """Return the note of that ``number`` in the book, announced and read.

    ``index`` is its paragraph in the script's chapter; ``told`` is what ``tellers`` gave.
    """
    note = book.notes[number]
    lines = directed(text_lines(note.text, index or 0, Role.NOTE), note.speech)
    if not lines:
        return []
    lines[-1] = replace(lines[-1], boundary="note")
    lines = [replace(line, paragraph=index) for line in lines]
    if number in told and note.source:
        whose = f"{note.source[0].upper()}{note.source[1:]}."
        lines.insert(0, Line(Role.ANNOUNCEMENT, whose, "announcement"))
    opening = Line(Role.ANNOUNCEMENT, announcement(note), "announcement", opens_note=True)
    return [replace(line, note=number) for line in (opening, *lines)]


def notes_chapter(book: Book, numbers: Iterable[int]) -> list[Line]:
    """Return the chapter of notes: what the editor says of them first, then each of ``numbers``."""
    lines = [Line(Role.HEADING, book.notes_heading or DEFAULT_HEADING, "heading")]
    index = 0
    for paragraph in book.notes_preamble:
        lines += paragraph_lines(paragraph, index, Role.NOTE)
        index += 1
    told = tellers(book)
    for number in numbers:
        lines += note_lines(book, number, index, told)
        index += 1
    return lines


def with_notes(
    book: Book,
    paragraph: Paragraph,
    lines: list[Line],
    policy: NotesPolicy,
    read: set[int],
    told: frozenset[int],
) -> list[Line]:
    """Return a paragraph's lines with the notes it calls, each note only once in the book.

    ``read`` holds the indices of the notes already read, and is added to; ``told`` is what
    ``tellers`` gave.
    """
    references = [
        (call.position, call.note)
        for call in paragraph.references
        if call.note is not None and call.note not in read
    ]
    if not references or policy not in (NotesPolicy.AFTER_PARAGRAPH, NotesPolicy.AFTER_SENTENCE):
        return lines
    whole = policy is NotesPolicy.AFTER_PARAGRAPH
    result: list[Line] = []
    for line in lines:
        result.append(line)
        last = line is lines[-1]
        end = (line.start or 0) + len(line.text)
        for position, number in references:
            if (last or (not whole and position <= end)) and number not in read:
                read.add(number)
                result += note_lines(book, number, None, told)
    return result
