"""What a page needs of a book beyond its timeline, kept beside the MP3 as ``<slug>.book.json``.

Blocks of sentences as they are spoken, with note references and emphasis put back in their places.
Times are not repeated here: a sentence names its row in the timeline, the one source of times.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from hautevoix.localization import tr
from hautevoix.model import BookDetails, Role
from hautevoix.parsing.json_codec import checked, line
from hautevoix.publishing.typography import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.model import Book, Chapter, Paragraph, Script, Timeline, Utterance

VERSION = 1
UNTITLED = "Sans titre"
TITLE, OPENING, NOTE, ANNOUNCEMENT = "title", "opening", "note", "announcement"
"""Kinds of a block beyond those of a paragraph (``model.Kind``)."""


@dataclass(frozen=True, slots=True)
class CallMark:
    """A note reference at index ``position`` of its sentence; ``note`` is an index in the notes."""

    label: str
    position: int
    note: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; ``utterance`` is its row in the timeline, None if it is not in the audio."""

    text: str
    utterance: int | None
    calls: tuple[CallMark, ...] = ()
    emphasis: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences that stand together; ``note`` is the index of the note that they are.

    ``parted``: the scene changes before it.
    """

    kind: str
    sentences: tuple[Sentence, ...]
    note: int | None = None
    parted: bool = False


@dataclass(frozen=True, slots=True)
class EditionChapter:
    """A chapter as it is heard: as many as the timeline has."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note, heard or not; its paragraphs are parted by newlines."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A book as it was read aloud, and by whom."""

    title: str
    author: str | None
    date: str | None
    language: str
    description: str | None
    engine: str
    voice: str
    parts: tuple[EditionChapter, ...]
    notes: tuple[NoteText, ...] = ()
    details: BookDetails = field(default_factory=BookDetails)


def voice_name(engine: str, voice: str) -> str:
    """Return the narrator that listeners are told where nobody says another: what spoke.

    >>> voice_name("pico", "fr-FR")
    'Voix de synthèse pico (fr-FR)'
    """
    return f"Voix de synthèse {engine} ({voice})"


def edition(book: Book, script: Script, timeline: Timeline, engine: str, voice: str) -> Edition:
    """Return the edition of a book that was spoken; every text in it is clean."""
    info = book.info
    parts = tuple(_parts(book, script, _rows(timeline)))
    return Edition(
        one_line(info.title or script.chapters[0]) or UNTITLED,
        one_line(info.author) if info.author else None,
        one_line(info.date) if info.date else None,
        one_line(info.language),
        clean(info.description).strip() if info.description else None,
        one_line(engine),
        one_line(voice),
        parts,
        tuple(NoteText(one_line(note.label), clean(note.text)) for note in book.notes),
        BookDetails(**{name: one_line(told) for name, told in asdict(info.details).items()}),
    )


def to_json(edition: Edition, **beside: object) -> str:
    """Return the edition as JSON, and what else it shall hold."""
    own = {field.name: getattr(edition, field.name) for field in fields(edition)}
    return line({**beside, "version": VERSION, **own})


def from_json(data: dict[str, Any]) -> Edition:
    """Return the edition that ``to_json`` told. Raises ValueError if it is not whole."""
    if data.get("version") != VERSION:
        raise ValueError(tr("it is of another version of Hautevoix"))
    known = {field.name for field in fields(Edition)}
    told = checked(Edition, {name: value for name, value in data.items() if name in known}, clean)
    for block in (block for part in told.parts for block in part.blocks):
        if not block.sentences:
            raise ValueError(tr("a block holds no sentence"))
        for call in (call for sentence in block.sentences for call in sentence.calls):
            _reject_stranger(call.note, len(told.notes))
        _reject_stranger(block.note, len(told.notes))
    return told


def _reject_stranger(note: int | None, count: int) -> None:
    if note is not None and not 0 <= note < count:
        raise ValueError(tr("there is no note {note}", note=note))


def _rows(timeline: Timeline) -> list[int | None]:
    """Return each utterance's row in the timeline's file, which leaves out the missing ones."""
    rows: list[int | None] = []
    row = 0
    for mark in timeline.utterances:
        rows.append(row if mark else None)
        row += mark is not None
    return rows


def _parts(book: Book, script: Script, rows: list[int | None]) -> Iterator[EditionChapter]:
    heard: list[list[int]] = [[] for _ in script.chapters]
    for index, utterance in enumerate(script.utterances):
        heard[utterance.chapter].append(index)
    for title, indices, number in zip(script.chapters, heard, script.book_chapters, strict=True):
        chapter = None if number is None else book.chapters[number]
        blocks = [
            _made(script, group, rows, chapter) for group in _groups(script.utterances, indices)
        ]
        yield EditionChapter(
            one_line(title) or UNTITLED, tuple(blocks), chapter.level if chapter else 1
        )


def _groups(utterances: Sequence[Utterance], indices: list[int]) -> Iterator[list[int]]:
    """Yield the indices of each block: a paragraph, a heading, or a note after its announcement."""
    group: list[int] = []
    for index in indices:
        if group and not _together(utterances[group[-1]], utterances[index]):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _together(before: Utterance, after: Utterance) -> bool:
    if after.role is Role.NOTE and before.role is Role.ANNOUNCEMENT:
        return True
    if (before.role is Role.NOTE) != (after.role is Role.NOTE) or before.role is Role.ANNOUNCEMENT:
        return False
    return before.paragraph == after.paragraph and (
        after.paragraph is not None or after.role is Role.NOTE
    )


def _made(
    script: Script, group: list[int], rows: list[int | None], chapter: Chapter | None
) -> Block:
    last = script.utterances[group[-1]]
    if last.role is Role.NOTE:
        return Block(NOTE, _plain(script, group, rows), last.note)
    if last.opening:
        return Block(OPENING, _plain(script, group, rows))
    paragraph = _paragraph(chapter, last.paragraph)
    if paragraph is None:
        kind = ANNOUNCEMENT if last.role is Role.ANNOUNCEMENT else TITLE
        return Block(kind, _plain(script, group, rows))
    sentences = tuple(_marked(script, group, rows, paragraph))
    return Block(paragraph.kind.value, sentences, parted=paragraph.parted)


def _plain(script: Script, group: list[int], rows: list[int | None]) -> tuple[Sentence, ...]:
    return tuple(Sentence(clean(script.utterances[at].written), rows[at]) for at in group)


def _paragraph(chapter: Chapter | None, index: int | None) -> Paragraph | None:
    if chapter is None or index is None or index >= len(chapter.paragraphs):
        return None
    return chapter.paragraphs[index]


def _marked(
    script: Script, group: list[int], rows: list[int | None], paragraph: Paragraph
) -> Iterator[Sentence]:
    """Yield a paragraph's sentences with the calls and the emphasis that fall into each."""
    texts = [script.utterances[index].written for index in group]
    starts = [script.utterances[index].start or 0 for index in group]
    bounds = [*starts[1:], len(paragraph.text) + 1]
    for number, (index, text, start, until) in enumerate(
        zip(group, texts, starts, bounds, strict=True)
    ):
        after = -1 if number == 0 else start
        calls = tuple(
            CallMark(one_line(call.label), _within(text, call.position - start), call.note)
            for call in paragraph.references
            if after < call.position <= until
        )
        spans = [
            (_within(text, a - start), _within(text, b - start)) for a, b in paragraph.emphasis
        ]
        emphasis = tuple((a, b) for a, b in spans if a < b)
        yield Sentence(clean(text), rows[index], calls, emphasis)


def _within(text: str, position: int) -> int:
    """Return a position inside ``text``, counted in what ``clean`` leaves of it."""
    return len(clean(text[: max(0, position)]))
