"""blocks → Book: what all formats that carry structure have in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.model import (
    Book,
    BookInfo,
    Call,
    Chapter,
    Doubt,
    Kind,
    Note,
    Paragraph,
    TitleSource,
)
from hautevoix.reading.language.heading_words import is_notes
from hautevoix.reading.language.identify import language_of
from hautevoix.reading.language.note_marks import split_source
from hautevoix.reading.notes.links import LinkedNote, tie_links
from hautevoix.reading.notes.unmarked import Plain, take_plain, to_unit
from hautevoix.reading.segment import guess_title, parse_text
from hautevoix.reading.structure.contents_links import drop_contents
from hautevoix.reading.structure.kinds import closing, kind_of
from hautevoix.reading.structure.normalize import (
    as_text,
    is_wrapped,
    join_headings,
    mend,
    settle,
    title_of,
)
from hautevoix.reading.structure.outline import find_heads, levels, name_book
from hautevoix.reading.structure.slips import find_slips
from hautevoix.reading.text.gutenberg import unwrap
from hautevoix.reading.text.hyphens import Flow
from hautevoix.reading.text.layout import LAYOUT
from hautevoix.reading.text.lines import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hautevoix.reading.base.blocks import Block

_EDGE = 3  # paragraphs at a chapter's head that may greet, at its end that may sign
_PREAMBLE = 400  # characters that may stand between « Notes » and the first note
_MOST = 30  # doubts of one kind told one by one


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader found: ``blocks``, and the ``info`` that the file itself tells.

    ``sure``: its title is the book's own, not a web page's or a file's; ``outline``: finds
    headings that the blocks' own markup does not show.
    """

    blocks: Sequence[Block]
    info: BookInfo = field(default_factory=BookInfo)
    sure: bool = False
    doubts: tuple[Doubt, ...] = ()
    outline: Callable[[list[Block]], list[Block]] | None = None


@dataclass(frozen=True, slots=True)
class _RawNote:
    label: str
    blocks: tuple[Block, ...]


def assemble(draft: Draft) -> Book:
    """Return the book that the blocks of ``draft`` are, with what was doubted on the way."""
    blocks, info, doubts = _unwrapped(draft)
    language = language_of((block.text for block in blocks), info.language)
    info = replace(info, language=language or info.language)
    if is_wrapped(blocks):
        return with_info(parse_text(as_text(blocks)), info)
    tied = tie_links(list(settle(blocks)))
    body, linked = _apart(tied.blocks, tied.notes)
    body, matter = _without_matter(body)
    body, contents = drop_contents(body)
    body = join_headings(body)
    if draft.outline is not None:
        body = draft.outline(body)
    about = _without_notes_headings(body) if linked else Plain(body)
    plain = take_plain(about.body, notes=not linked)
    if linked:
        plain.heading, plain.preamble = about.heading, about.preamble
    headed = name_book(find_heads(plain.body), info, sure=draft.sure and bool(info.title))
    if len(headed.blocks) < len(plain.body) and not any(block.level for block in headed.blocks):
        headed.blocks = find_heads(headed.blocks)
    whole, joins = mend(headed.blocks)
    raws = linked or [_RawNote(label, tuple(texts)) for label, texts in plain.notes]
    chapters, notes = _chapters(whole, levels(whole)), _notes(raws)
    told = [*draft.doubts, *doubts, *matter, *contents, *headed.doubts, *_few(joins)]
    book = _book(chapters, notes, plain, headed.info)
    told.extend([*_note_doubts(book, linked), *plain.doubts, *_slips(book)])
    return guess_title(replace(book, doubts=tuple(sorted(told, key=lambda doubt: doubt.line))))


def with_info(book: Book, known: BookInfo) -> Book:
    """Return ``book`` with what is known of it where it says nothing itself."""
    info = book.info
    if known.title and info.title_source is not TitleSource.TEXT:
        info = replace(info, title=known.title, title_source=known.title_source)
    info = replace(
        info,
        author=info.author or known.author,
        date=info.date or known.date,
        language=known.language,
        description=info.description or known.description,
        cover=known.cover,
    )
    return replace(book, info=info)


def _unwrapped(draft: Draft) -> tuple[list[Block], BookInfo, tuple[Doubt, ...]]:
    """Take off what Project Gutenberg puts around a text."""
    lines: list[Line] = []
    for index, block in enumerate(draft.blocks):
        lines.extend(Line(index, 0, row) for row in block.text.split("\n"))
        lines.append(Line(index, 0, ""))
    kept, imprint, doubts = unwrap(lines)
    if not doubts:
        return list(draft.blocks), draft.info, ()
    numbers = {line.number for line in kept if line.text}
    blocks = [block for index, block in enumerate(draft.blocks) if index in numbers]
    told = tuple(Doubt(draft.blocks[doubt.line].line, doubt.message) for doubt in doubts)
    info = draft.info
    if imprint.title:
        info = replace(info, title=imprint.title, title_source=TitleSource.TEXT)
    return blocks, replace(info, author=imprint.author or info.author), told


def _apart(
    blocks: Sequence[Block], notes: Sequence[LinkedNote]
) -> tuple[list[Block], list[_RawNote]]:
    taken = {index for note in notes for index in note.blocks}
    raws = [
        _RawNote(note.label, tuple(blocks[i] for i in note.blocks if blocks[i].text.strip()))
        for note in notes
    ]
    body = [b for i, b in enumerate(blocks) if i not in taken and b.text.strip()]
    return body, raws


def _without_matter(blocks: Sequence[Block]) -> tuple[list[Block], list[Doubt]]:
    """Leave out imprint, colophon and the like; title and author on a title page count."""
    matter = [block for block in blocks if block.part == "matter"]
    if not matter or len(matter) == len(blocks):
        return list(blocks), []
    words = matter[0].flat[:60]
    message = f"title page, imprint or colophon left out of the reading: “{words}…”"
    return [b for b in blocks if b.part != "matter"], [Doubt(matter[0].line, message)]


def _without_notes_headings(blocks: Sequence[Block]) -> Plain:
    """Drop the headings under which only notes stood, and at most a word about them.

    The last one names their chapter.
    """
    found = Plain()
    index = 0
    while index < len(blocks):
        stop = index + 1
        while stop < len(blocks) and not blocks[stop].level:
            stop += 1
        block, under = blocks[index], blocks[index + 1 : stop]
        if is_notes(title_of(block)) and _is_word_about(under, last=stop == len(blocks)):
            found.heading, found.preamble = block, list(under)
            index = stop
        else:
            found.body.append(block)
            index += 1
    return found


def _is_word_about(blocks: Sequence[Block], *, last: bool) -> bool:
    short = sum(len(block.text) for block in blocks) <= _PREAMBLE
    return short and not any(block.calls for block in blocks) and (last or not blocks)


def _few(doubts: list[Doubt]) -> list[Doubt]:
    if len(doubts) <= _MOST:
        return doubts
    lines = ", ".join(str(doubt.line) for doubt in doubts)
    message = f"{len(doubts)} paragraphs cut by page breaks were joined (lines {lines})"
    return [Doubt(doubts[0].line, message)]


# ---------------------------------------------------------------- chapters


def _chapters(blocks: Sequence[Block], depth: dict[int, int]) -> tuple[Chapter, ...]:
    starts = sorted(depth)
    chapters: list[Chapter] = []
    if not starts or starts[0] > 0:
        end = starts[0] if starts else len(blocks)
        chapters.append(_chapter(None, blocks[:end], 1))
    for start, stop in zip(starts, [*starts[1:], len(blocks)][: len(starts)], strict=True):
        chapters.append(_chapter(blocks[start], blocks[start + 1 : stop], depth[start]))
    return tuple(chapters)


def _chapter(heading: Block | None, blocks: Sequence[Block], level: int) -> Chapter:
    above = tuple(replace(call, position=0) for call in heading.calls) if heading else ()
    paragraphs = []
    end = closing([block.flat for block in blocks])
    for index, block in enumerate(blocks):
        kind = _kind(block, first=index < _EDGE, last=0 < index < end and index >= end - _EDGE)
        calls = (*above, *block.calls)
        above = ()
        paragraphs.append(_paragraph(block, kind, calls))
    line = heading.line if heading else next((block.line for block in blocks), 0)
    return Chapter(title_of(heading) if heading else None, tuple(paragraphs), level, line)


def _paragraph(block: Block, kind: Kind, calls: tuple[Call, ...]) -> Paragraph:
    text = block.text if kind is Kind.VERSE else block.flat
    return Paragraph(kind, text, calls, block.line, block.emphasis, parted=block.ruled)


def _kind(block: Block, *, first: bool, last: bool) -> Kind:
    """Return what markup says that the paragraph is, else what its words say."""
    if block.kind in {Kind.VERSE, Kind.LIST_ITEM, Kind.EPIGRAPH, Kind.SALUTATION, Kind.SIGNATURE}:
        return block.kind
    told = kind_of(to_unit(0, block), block.flat, LAYOUT, first=first, last=last)
    return block.kind if block.kind and told is Kind.PARAGRAPH else told


# ---------------------------------------------------------------- notes


def _notes(raws: Iterable[_RawNote]) -> tuple[Note, ...]:
    return tuple(_note(raw) for raw in raws)


def _note(raw: _RawNote) -> Note:
    text = "\n".join(block.text for block in raw.blocks).strip()
    body, source = split_source(text)
    line = raw.blocks[0].line if raw.blocks else 0
    return Note(raw.label, body, source=source, line=line)


def _book(
    chapters: tuple[Chapter, ...],
    notes: tuple[Note, ...],
    plain: Plain,
    info: BookInfo,
) -> Book:
    callers = {
        call.note: index
        for index, chapter in reversed(list(enumerate(chapters)))
        for paragraph in chapter.paragraphs
        for call in paragraph.calls
        if call.note is not None
    }
    notes = tuple(
        replace(note, called=index in callers, chapter=callers.get(index))
        for index, note in enumerate(notes)
    )
    heading = plain.heading
    preamble = tuple(
        _paragraph(b, _kind(b, first=True, last=False), b.calls) for b in plain.preamble
    )
    title = title_of(heading) if heading and notes else None
    return Book(info, chapters, notes, title, preamble)


def _note_doubts(book: Book, linked: Sequence[_RawNote]) -> Iterable[Doubt]:
    """Tell what is odd about linked notes; the matcher has told it of the others."""
    if not linked:
        return
    seen: set[int] = set()
    for chapter in book.chapters:
        for paragraph in chapter.paragraphs:
            for call in paragraph.calls:
                if call.note is None:
                    message = f"call [{call.label}] has no note: taken out of the text"
                    yield Doubt(paragraph.line, message)
                elif call.note in seen:
                    message = f"note {call.label} is called again: it is read once"
                    yield Doubt(paragraph.line, message)
                seen.add(-1 if call.note is None else call.note)
    for note in book.notes:
        if not note.called:
            message = f"note [{note.label}] is called nowhere: read with the notes"
            yield Doubt(note.line, message)


def _slips(book: Book) -> Iterable[Doubt]:
    flows = [Flow(p.text, ((0, p.line),)) for chapter in book.chapters for p in chapter.paragraphs]
    return find_slips([*flows, *(Flow(note.text, ((0, note.line),)) for note in book.notes)])
