"""A part of a book: some chapters, from some words on, the first minutes; its notes come along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.french.phrase import phrase
from hautevoix.localization import tr
from hautevoix.model import PAUSES, Kind
from hautevoix.reading.structure.rearranged import Placed, cut, with_chapters
from hautevoix.scripting.lines import heading_line, paragraph_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Book, Chapter, Paragraph
    from hautevoix.model.options import Excerpt
    from hautevoix.scripting.lines import Line

    Numbered = tuple[int, Chapter]
    """A chapter, or what is kept of it, with its index in the book."""

MARK = "(extrait)"
"""What the title of a part says after the book's own."""
_PACE = 0.058  # seconds a character: what narrators and the usual voices take (pipeline/pace.py)
_PROSE = {Kind.PARAGRAPH, Kind.DIALOGUE}
_SHOWN = 8  # chapters or places that an error names


def excerpted(book: Book, excerpt: Excerpt, where: str) -> tuple[Book, tuple[int, ...]]:
    """Return the part of ``book`` that is wanted, its notes, and its chapters' indices in the book.

    ``where`` names the text in errors. Raises InputError for a chapter that there is not, and for
    words that stand nowhere or in several places.
    """
    kept: Sequence[Numbered] = [
        (index, book.chapters[index]) for index in chosen(book, excerpt, where)
    ]
    if excerpt.start:
        kept = _from(kept, excerpt.start, where)
    if excerpt.seconds is not None:
        begun = kept if excerpt.chapters or excerpt.start else _from_prose(kept)
        kept = list(_first(begun, excerpt.seconds))
    title = book.info.title
    info = replace(book.info, title=f"{title} {MARK}") if title else book.info
    whole = {index for index, chapter in kept if chapter == book.chapters[index]}
    placed = [Placed(chapter, (index,)) for index, chapter in kept]
    part = replace(with_chapters(book, placed, lambda note: note.chapter in whole), info=info)
    return part, tuple(index for index, _ in kept)


def chosen(book: Book, excerpt: Excerpt, where: str) -> list[int]:
    """Return the indices of the chapters that are wanted, in the book's order. Raises InputError.

    >>> from hautevoix.model import Book, BookInfo, Chapter
    >>> from hautevoix.model.options import Excerpt
    >>> book = Book(BookInfo(), tuple(Chapter(name, ()) for name in "abcdef"))
    >>> chosen(book, Excerpt(((5, None), (1, 2))), "livre.txt")
    [0, 1, 4, 5]
    """
    count = len(book.chapters)
    if not excerpt.chapters:
        return list(range(count))
    for first, last in excerpt.chapters:
        wrong = first if first > count else last or first
        if wrong > count:
            raise InputError(
                tr(
                    "{where}: there is no chapter {wrong}. There are {count}: {chapters}.",
                    where=where,
                    wrong=wrong,
                    count=count,
                    chapters=_listed(book),
                ),
                advice=tr("See: hautevoix outline {where}", where=where),
            )
    return sorted(
        {
            index
            for first, last in excerpt.chapters
            for index in range(first - 1, count if last is None else last)
        }
    )


def _listed(book: Book) -> str:
    """Return the chapters that there are, by number and title; of many the first."""
    titles = [
        f"{number} {chapter.title or tr('(no title)')}"
        for number, chapter in enumerate(book.chapters, start=1)
    ]
    more = [f"… {len(titles)}"] if len(titles) > _SHOWN else []
    return ", ".join([*titles[:_SHOWN], *more])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence begins: indices of chapter and paragraph, and in the paragraph's text."""

    chapter: int
    paragraph: int
    start: int
    sentence: str


def _from(kept: Sequence[Numbered], words: str, where: str) -> list[Numbered]:
    """Return the chapters from the one sentence on that has ``words``. Raises InputError."""
    places = list(dict.fromkeys(_places(kept, words)))
    if not places:
        raise InputError(
            tr("{where}: « {words} » stands nowhere in it.", where=where, words=words),
            advice=tr("Copy them from what it prints: hautevoix script {where}", where=where),
        )
    if len(places) > 1:
        raise InputError(
            tr(
                "{where}: « {words} » stands in {count} sentences: {shown}.",
                where=where,
                words=words,
                count=len(places),
                shown=", ".join(f"{p.chapter + 1} « {p.sentence} »" for p in places[:_SHOWN]),
            ),
            advice=tr("Give more of its words."),
        )
    place = places[0]
    rest = [(index, chapter) for index, chapter in kept if index >= place.chapter]
    chapter = rest[0][1]
    first = cut(chapter.paragraphs[place.paragraph], place.start)
    paragraphs = (first, *chapter.paragraphs[place.paragraph + 1 :])
    return [(place.chapter, replace(chapter, paragraphs=paragraphs)), *rest[1:]]


def _places(kept: Iterable[Numbered], words: str) -> Iterator[_Place]:
    """Yield each sentence in which ``words`` begin."""
    sought = phrase(words)
    for index, chapter in kept:
        for number, paragraph in enumerate(chapter.paragraphs):
            for match in sought.finditer(paragraph.text):
                lines = [
                    line
                    for line in paragraph_lines(paragraph, number)
                    if (line.start or 0) <= match.start()
                ]
                if lines:
                    yield _Place(index, number, lines[-1].start or 0, lines[-1].text)


def _from_prose(kept: Sequence[Numbered]) -> Sequence[Numbered]:
    """Return the chapters from the first on that has prose; all where none has."""
    for at, (_, chapter) in enumerate(kept):
        if any(paragraph.kind in _PROSE for paragraph in chapter.paragraphs):
            return kept[at:]
    return kept


def _first(kept: Iterable[Numbered], seconds: float) -> Iterator[Numbered]:
    """Yield what is heard in about the first ``seconds``: whole sentences, at least one."""
    left = seconds
    for index, chapter in kept:
        left -= sum(map(_seconds, heading_line(chapter)))
        paragraphs: list[Paragraph] = []
        for number, paragraph in enumerate(chapter.paragraphs):
            end = 0
            for line in paragraph_lines(paragraph, number):
                if left <= 0 and (end or paragraphs):
                    break
                end = (line.start or 0) + len(line.text)
                left -= _seconds(line)
            if end:
                paragraphs.append(cut(paragraph, 0, end))
        yield index, replace(chapter, paragraphs=tuple(paragraphs))
        if left <= 0:
            return


def _seconds(line: Line) -> float:
    """Return about how long a line lasts, with the pause after it."""
    return len(line.text) * _PACE + PAUSES[line.boundary] / 1000
