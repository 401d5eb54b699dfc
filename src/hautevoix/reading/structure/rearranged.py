"""A book whose chapters are others than were read: what its sidecar says of them; its notes follow.

Entries name chapters as they were read, whatever the entries before them did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.french.phrase import phrase
from hautevoix.localization import tr
from hautevoix.model import Chapter, Kind, Paragraph
from hautevoix.reading.base.blocks import speech_within
from hautevoix.reading.base.diagnostics import CHAPTER_SKIPPED, in_order, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hautevoix.model import Book, Diagnostic, Note
    from hautevoix.model.passages import ChapterEntry

_OPENING = ' \u00a0\u202f\n«“"—–'  # what may stand before a sentence and goes with it


@dataclass(frozen=True, slots=True)
class Placed:
    """A chapter, and the indices in the book of those that it comes from."""

    chapter: Chapter
    origins: tuple[int, ...]


def rearranged(book: Book, entries: Sequence[ChapterEntry]) -> Book:
    """Return the book with its chapters as ``entries`` want them, with the notes that are theirs.

    What is left out is told. Raises InputError for an entry that no chapter, or more than one,
    answers to, and for words to split at that stand nowhere in it, or more than once.
    """
    wanted: dict[int, list[ChapterEntry]] = {}
    for entry in entries:
        wanted.setdefault(_named(book.chapters, entry), []).append(entry)
    placed: list[Placed] = []
    told: list[Diagnostic] = []
    for index, chapter in enumerate(book.chapters):
        own = wanted.get(index, [])
        if any(entry.skip for entry in own):
            title = chapter.title or tr("(no title)")
            told.append(tell(CHAPTER_SKIPPED, chapter.line, title=title))
            continue
        parts = [Placed(part, (index,)) for part in _edited(chapter, own)]
        for entry in own:
            if entry.merge:
                placed, parts = [*placed[:-1], _merged(placed, parts[0], entry)], parts[1:]
        placed += parts
    if not placed:
        raise InputError(
            tr("{where}: no chapter is left to read.", where=entries[0].where),
            advice=tr("Take out a “skip”."),
        )
    kept = {origin for part in placed for origin in part.origins}
    book = with_chapters(book, placed, lambda note: note.chapter is None or note.chapter in kept)
    return replace(book, diagnostics=in_order(book.diagnostics, told))


def with_chapters(book: Book, placed: Sequence[Placed], kept: Callable[[Note], bool]) -> Book:
    """Return the book with these chapters, and the notes that they call.

    Of notes that nothing calls, those that are ``kept`` stay. A note goes with the first chapter
    that calls it, else with what its own has become.
    """
    callers: dict[int, int] = {}
    places: dict[int, int] = {}
    for place, part in enumerate(placed):
        for number in _called(part.chapter):
            callers.setdefault(number, place)
        for origin in part.origins:
            places.setdefault(origin, place)
    numbers = [
        number
        for number, note in enumerate(book.notes)
        if number in callers or (not note.called and kept(note))
    ]
    moved = {old: new for new, old in enumerate(numbers)}
    notes = []
    for number in numbers:
        note = book.notes[number]
        if note.chapter is not None:
            note = replace(note, chapter=callers.get(number, places.get(note.chapter)))
        notes.append(note)
    return replace(
        book,
        chapters=tuple(_renumbered(part.chapter, moved) for part in placed),
        notes=tuple(notes),
        notes_preamble=book.notes_preamble if notes or not book.notes else (),
    )


def _called(chapter: Chapter) -> Iterator[int]:
    """Yield the number of each note that a chapter calls."""
    for paragraph in chapter.paragraphs:
        for call in paragraph.references:
            if call.note is not None:
                yield call.note


def _renumbered(chapter: Chapter, moved: dict[int, int]) -> Chapter:
    """Return a chapter whose calls name the notes by the numbers that they have now."""
    paragraphs = tuple(
        replace(
            paragraph,
            references=tuple(
                replace(call, note=None if call.note is None else moved.get(call.note))
                for call in paragraph.references
            ),
        )
        for paragraph in chapter.paragraphs
    )
    return replace(chapter, paragraphs=paragraphs)


def cut(paragraph: Paragraph, start: int, end: int | None = None) -> Paragraph:
    """Return a paragraph's text from ``start`` to ``end``, with what stands in it."""
    stop = len(paragraph.text) if end is None else end
    references = tuple(
        replace(call, position=call.position - start)
        for call in paragraph.references
        if start <= call.position <= stop and (call.position > start or not start)
    )
    emphasis = tuple(
        (max(begins, start) - start, min(ends, stop) - start)
        for begins, ends in paragraph.emphasis
        if begins < stop and ends > start
    )
    text, speech = paragraph.text[start:stop], speech_within(paragraph.speech, start, stop)
    return replace(paragraph, text=text, references=references, emphasis=emphasis, speech=speech)


def _named(chapters: Sequence[Chapter], entry: ChapterEntry) -> int:
    """Return the index of the chapter that ``entry`` names. Raises InputError."""
    if entry.number:
        if entry.number <= len(chapters):
            return entry.number - 1
        raise InputError(
            tr(
                "{where}: there is no chapter {number}, the last is {count}.",
                where=entry.where,
                number=entry.number,
                count=len(chapters),
            ),
            advice=tr("See: hautevoix outline, without this entry."),
        )
    found = titled(chapters, entry.match)
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            tr(
                "{where}: no chapter's title has « {words} ».", where=entry.where, words=entry.match
            ),
            advice=tr("See: hautevoix outline, without this entry."),
        )
    raise InputError(
        tr(
            "{where}: {count} chapters have « {words} » in their title, at lines {lines}.",
            where=entry.where,
            count=len(found),
            words=entry.match,
            lines=", ".join(str(chapters[index].line) for index in found),
        ),
        advice=tr("Give more of its words, or its “number”."),
    )


def titled(chapters: Sequence[Chapter], words: str) -> list[int]:
    """Return the indices of the chapters whose title ``words`` are; else, that have them in it.

    >>> chapters = [Chapter("Chapitre II", ()), Chapter("Chapitre III", ())]
    >>> titled(chapters, "chapitre ii"), titled(chapters, "CHAPITRE"), titled(chapters, "i")
    ([0], [0, 1], [])
    """
    sought = phrase(words)
    titles = [chapter.title or "" for chapter in chapters]
    exact = [index for index, title in enumerate(titles) if sought.fullmatch(title.strip())]
    return exact or [index for index, title in enumerate(titles) if _has(title, words)]


def _has(title: str, words: str) -> bool:
    """Tell whether ``words`` stand in a title as whole words: « II » does not in « III »."""
    return any(
        not title[match.start() - 1 : match.start()].isalnum()
        and not title[match.end() : match.end() + 1].isalnum()
        for match in phrase(words).finditer(title)
    )


def _edited(chapter: Chapter, entries: Iterable[ChapterEntry]) -> list[Chapter]:
    """Return what becomes of a chapter: itself, with another title or voice, or its parts."""
    cuts = []
    for entry in entries:
        if entry.split:
            cuts.append((_split_at(chapter, entry), entry))
        else:
            chapter = replace(
                chapter, title=entry.title or chapter.title, voice=entry.voice or chapter.voice
            )
    parts = [chapter]
    for (paragraph, start), entry in sorted(cuts, key=lambda cut: cut[0], reverse=True):
        before, after = _parted(parts[0], paragraph, start)
        after = replace(after, title=entry.title, voice=entry.voice or chapter.voice)
        parts[:1] = [before, after]
    return parts


def _split_at(chapter: Chapter, entry: ChapterEntry) -> tuple[int, int]:
    """Return where the words to split at stand: paragraph, index in it. Raises InputError."""
    words = entry.split or ""
    sought = phrase(words)
    places = [
        (number, match.start())
        for number, paragraph in enumerate(chapter.paragraphs)
        for match in sought.finditer(paragraph.text)
    ]
    if len(places) == 1:
        return places[0]
    lines = ", ".join(str(chapter.paragraphs[number].line) for number, _ in places)
    raise InputError(
        tr(
            "{where}: « {words} » stands {count} times in that chapter, at lines {lines}.",
            where=entry.where,
            words=words,
            count=len(places),
            lines=lines,
        )
        if places
        else tr(
            "{where}: « {words} » stands nowhere in that chapter.", where=entry.where, words=words
        ),
        advice=tr("Give the words before which a new chapter starts, as outline shows them."),
    )


def _parted(chapter: Chapter, number: int, start: int) -> tuple[Chapter, Chapter]:
    """Return the two parts of a chapter, the second from ``start`` in paragraph ``number`` on."""
    paragraphs, here = chapter.paragraphs, chapter.paragraphs[number]
    ends = len(here.text[:start].rstrip(_OPENING))
    if ends:
        begins = ends + len(here.text[ends:]) - len(here.text[ends:].lstrip())
        first = (*paragraphs[:number], cut(here, 0, ends))
        second = (cut(here, begins), *paragraphs[number + 1 :])
    else:
        first, second = paragraphs[:number], paragraphs[number:]
    return (
        replace(chapter, paragraphs=first),
        replace(chapter, paragraphs=second, line=second[0].line),
    )


def _merged(placed: Sequence[Placed], part: Placed, entry: ChapterEntry) -> Placed:
    """Return the last of ``placed`` with a chapter at its end. Raises InputError if there is none.

    Its title stays, as a heading within: no word of the text is lost.
    """
    if not placed:
        raise InputError(
            tr("{where}: no chapter stands before it to merge it with.", where=entry.where),
            advice=tr("Take out this “merge”."),
        )
    last, chapter = placed[-1], part.chapter
    heading = (Paragraph(Kind.HEADING, chapter.title, line=chapter.line),) if chapter.title else ()
    paragraphs = (*last.chapter.paragraphs, *heading, *chapter.paragraphs)
    return Placed(replace(last.chapter, paragraphs=paragraphs), (*last.origins, *part.origins))
