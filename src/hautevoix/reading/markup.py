"""blocks → Book: what all formats that carry structure have in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.model import (
    Book,
    BookInfo,
    Doubt,
    TitleSource,
)
from hautevoix.reading.assembly import Group, chapters, notes, preamble
from hautevoix.reading.base.diagnostics import (
    CALL_WITHOUT_NOTE,
    JOINED,
    MATTER,
    NOTE_CALLED_AGAIN,
    NOTE_WITHOUT_CALL,
    in_order,
    tell,
    tell_all,
)
from hautevoix.reading.language.heading_words import is_notes
from hautevoix.reading.notes.links import LinkedNote, tie_links
from hautevoix.reading.notes.unmarked import Plain, take_plain
from hautevoix.reading.segment import guess_title, parse_text
from hautevoix.reading.structure.contents_links import drop_contents
from hautevoix.reading.structure.normalize import (
    as_text,
    is_french,
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
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hautevoix.reading.base.blocks import Block

    Texts = tuple[str, list[Block]]

_PREAMBLE = 400  # characters that may stand between « Notes » and the first note


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


def assemble(draft: Draft) -> Book:
    """Return the book that the blocks of ``draft`` are, with what was doubted on the way."""
    blocks, info, doubts = _unwrapped(draft)
    if info.language != "fr" and is_french(blocks):
        info = replace(info, language="fr")
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
    found = chapters(_groups(whole), LAYOUT)
    told = [*draft.doubts, *doubts, *matter, *contents, *headed.doubts, *tell_all(JOINED, joins)]
    book = Book(headed.info, found, notes(linked or plain.notes, found))
    if plain.heading and book.notes:
        book = replace(book, notes_heading=title_of(plain.heading))
    book = replace(book, notes_preamble=preamble(plain.preamble, LAYOUT))
    told.extend([*_note_doubts(book, linked), *plain.doubts, *_slips(book)])
    return guess_title(replace(book, doubts=in_order(told)))


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
    told = tuple(replace(doubt, line=draft.blocks[doubt.line].line) for doubt in doubts)
    info = draft.info
    if imprint.title:
        info = replace(info, title=imprint.title, title_source=TitleSource.TEXT)
    return blocks, replace(info, author=imprint.author or info.author), told


def _apart(blocks: Sequence[Block], notes: Sequence[LinkedNote]) -> tuple[list[Block], list[Texts]]:
    taken = {index for note in notes for index in note.blocks}
    raws = [
        (note.label, [blocks[i] for i in note.blocks if blocks[i].text.strip()]) for note in notes
    ]
    body = [b for i, b in enumerate(blocks) if i not in taken and b.text.strip()]
    return body, raws


def _without_matter(blocks: Sequence[Block]) -> tuple[list[Block], list[Doubt]]:
    """Leave out imprint, colophon and the like; title and author on a title page count."""
    matter = [block for block in blocks if block.part == "matter"]
    if not matter or len(matter) == len(blocks):
        return list(blocks), []
    told = tell(MATTER, matter[0].line, words=matter[0].flat[:60])
    return [b for b in blocks if b.part != "matter"], [told]


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


def _groups(blocks: Sequence[Block]) -> Iterator[Group]:
    depth = levels(blocks)
    starts = sorted(depth)
    if not starts or starts[0]:
        yield Group(None, blocks[: starts[0] if starts else None])
    for start, stop in zip(starts, [*starts[1:], None], strict=True) if starts else ():
        heading = blocks[start]
        yield Group(heading, blocks[start + 1 : stop], depth[start], heading.calls)


def _note_doubts(book: Book, linked: Sequence[Texts]) -> Iterable[Doubt]:
    """Tell what is odd about linked notes; the matcher has told it of the others."""
    if not linked:
        return
    seen: set[int] = set()
    for chapter in book.chapters:
        for paragraph in chapter.paragraphs:
            for call in paragraph.calls:
                if call.note is None:
                    yield tell(CALL_WITHOUT_NOTE, paragraph.line, label=call.label)
                elif call.note in seen:
                    yield tell(NOTE_CALLED_AGAIN, paragraph.line, label=call.label)
                seen.add(-1 if call.note is None else call.note)
    for note in book.notes:
        if not note.called:
            yield tell(NOTE_WITHOUT_CALL, note.line, label=note.label)


def _slips(book: Book) -> Iterable[Doubt]:
    flows = [Flow(p.text, ((0, p.line),)) for chapter in book.chapters for p in chapter.paragraphs]
    return find_slips([*flows, *(Flow(note.text, ((0, note.line),)) for note in book.notes)])
