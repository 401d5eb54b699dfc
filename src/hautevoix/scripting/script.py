"""From a book to its script: opening, chapters, notes, closing; then each line as it is spoken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from hautevoix.model import PAUSES, Role, Script, Utterance
from hautevoix.model.options import NotesPolicy, ReadingOptions
from hautevoix.scripting.lines import Line, heading_line, paragraph_lines, pause_before
from hautevoix.scripting.notes import (
    DEFAULT_HEADING,
    note_lines,
    notes_chapter,
    tellers,
    with_notes,
)
from hautevoix.scripting.people import whole_names
from hautevoix.scripting.plays import replies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hautevoix.model import Book, BookInfo, Spoken

CLOSING = "Fin. Ce texte a été lu par une voix de synthèse."
UNTITLED = "Début"


class Speaker(Protocol):
    """Who says sentences: ``french.Narrator``, or one that remembers."""

    def say_all(self, texts: Sequence[str], *, explain: bool = ...) -> Iterable[Spoken]:
        """Return the words for each written text, with the changes if ``explain``."""
        ...


def write_script(
    book: Book,
    narrator: Speaker,
    reading: ReadingOptions | None = None,
    pauses: Mapping[str, int] = PAUSES,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Script:
    """Return all that will be said, in order.

    ``pauses`` maps each boundary to milliseconds; ``progress`` is told (done, total) in
    utterances. A book without a single word gives a script without utterances.
    """
    reading = reading or ReadingOptions()
    chapters = _chapters(book, reading)
    told = [(number, line) for number, chapter in enumerate(chapters) for line in chapter.lines]
    spoken = narrator.say_all([line.text for _, line in told], explain=reading.explain)
    utterances = []
    for (number, line), said in zip(told, spoken, strict=True):
        pause = pauses[line.boundary] if line.pause is None else line.pause
        utterance = _utterance(number, line, said, pause)
        cue, voice = reading.cue and line.opens_note, chapters[number].narrator
        utterances.append(replace(utterance, cue=cue, narrator=voice))
        progress(len(utterances), len(told))
    return Script(
        book.info,
        tuple(chapter.title for chapter in chapters),
        tuple(utterances),
        tuple(chapter.number for chapter in chapters),
    )


def _utterance(chapter: int, line: Line, said: Spoken, pause: int) -> Utterance:
    return Utterance(
        chapter,
        line.paragraph,
        line.role,
        line.text,
        said.words,
        pause,
        said.changes,
        said.unsure,
        start=line.start,
        note=line.note,
        opening=line.opening,
        character=line.character,
        voice=line.voice,
        speech=line.speech,
    )


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter of the script; ``number`` is the index of the book's that it reads, if it does.

    ``narrator`` as in Utterance.
    """

    title: str
    lines: list[Line]
    number: int | None
    narrator: str | None = None


def _chapters(book: Book, reading: ReadingOptions) -> list[_Chapter]:
    """Return the chapters; none is without lines."""
    read: set[int] = set()
    told = tellers(book)
    named = replies(book)
    whole = whole_names(book)
    chapters = []
    for index, chapter in enumerate(book.chapters):
        lines = heading_line(chapter)
        for number, paragraph in enumerate(chapter.paragraphs):
            if paragraph.parted and lines and lines[-1].role is not Role.HEADING:
                lines = _ended(lines, "scene")
            before = pause_before(paragraph.speech)
            if before is not None and lines:
                lines[-1] = replace(lines[-1], pause=before)
            reply = named.get((index, number), ())
            parted = reading.staged if reply else reading.parted
            own = [
                _by_whole_name(line, whole)
                for line in paragraph_lines(paragraph, number, reply=reply, parted=parted)
            ]
            lines += with_notes(book, paragraph, own, reading.notes, read, told)
        if reading.notes is NotesPolicy.CHAPTER:
            lines += _notes_of(book, index, read, told)
        title = chapter.title or _stand_in(book.info, index)
        chapters.append(_Chapter(title, lines, index, chapter.voice))
    rest = [number for number in range(len(book.notes)) if number not in read]
    if reading.notes is not NotesPolicy.SKIP and rest:
        heading = book.notes_heading or DEFAULT_HEADING
        chapters.append(_Chapter(heading, notes_chapter(book, rest), None))
    chapters = [
        replace(chapter, lines=_ended(chapter.lines, "chapter"))
        for chapter in chapters
        if chapter.lines
    ]
    return _framed(chapters, book.info, reading) if chapters else []


def _by_whole_name(line: Line, whole: Mapping[str, str]) -> Line:
    """Return a line whose speaker has the name of ``whole_names``."""
    name = whole.get(line.character or "")
    return replace(line, character=name) if name else line


def _notes_of(book: Book, chapter: int, read: set[int], told: frozenset[int]) -> list[Line]:
    """Return the notes that belong to a chapter or are called in it, and mark them read.

    ``told`` is what ``tellers`` gave.
    """
    paragraphs = book.chapters[chapter].paragraphs
    called = {call.note for paragraph in paragraphs for call in paragraph.references}
    lines: list[Line] = []
    for number, note in enumerate(book.notes):
        if (note.chapter == chapter or number in called) and number not in read:
            lines += note_lines(book, number, len(paragraphs) + len(read), told)
            read.add(number)
    return lines


def _framed(chapters: list[_Chapter], info: BookInfo, reading: ReadingOptions) -> list[_Chapter]:
    """Return the chapters with the opening before the first and the closing after the last."""
    if reading.opening:
        opening = _ended(_opening(info), "opening")
        chapters[0] = replace(chapters[0], lines=opening + chapters[0].lines)
    if reading.closing:
        closing = Line(Role.ANNOUNCEMENT, CLOSING, "closing")
        chapters[-1] = replace(chapters[-1], lines=[*chapters[-1].lines, closing])
    return chapters


def together(authors: str) -> str:
    """Return authors whom semicolons part, as one names them.

    >>> together("A. Bérard; J. Roux ; P. Sand")
    'A. Bérard, J. Roux et P. Sand'
    """
    names = [name for part in authors.split(";") if (name := part.strip())]
    return " et ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _opening(info: BookInfo) -> list[Line]:
    """Return title, author and date, as far as they are known."""
    author = info.author and together(info.author)
    parts = ((info.title, Role.HEADING), (author, Role.ANNOUNCEMENT))
    dated = ((info.date, Role.ANNOUNCEMENT),)
    return [Line(role, text, "announcement", opening=True) for text, role in parts + dated if text]


def _ended(lines: list[Line], boundary: str) -> list[Line]:
    return [*lines[:-1], replace(lines[-1], boundary=boundary)] if lines else []


def _stand_in(info: BookInfo, index: int) -> str:
    """Return what listeners see for a chapter without a title."""
    return (info.title or UNTITLED) if index == 0 else f"Partie {index + 1}"
