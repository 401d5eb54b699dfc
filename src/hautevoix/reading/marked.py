"""The passes over blocks: what all formats that carry structure have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.reading.language.identify import language_of
from hautevoix.reading.structure.joins import mend_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.base.blocks import Block
from dataclasses import replace

from hautevoix.model import Book, Diagnostic, TitleSource
from hautevoix.reading.assembly import Group
from hautevoix.reading.base.diagnostics import (
    CALL_WITHOUT_NOTE,
    JOINED,
    MATTER,
    NOTE_CALLED_AGAIN,
    NOTE_WITHOUT_CALL,
    tell,
    tell_all,
)
from hautevoix.reading.draft import Draft
from hautevoix.reading.language.heading_words import is_notes
from hautevoix.reading.notes.links import link_notes
from hautevoix.reading.notes.unmarked import Unmarked, take_unmarked
from hautevoix.reading.structure.contents import drop_linked_contents
from hautevoix.reading.structure.normalize import (
    as_text,
    is_wrapped,
    join_headings,
    normalize,
    title_of,
)
from hautevoix.reading.structure.outline import find_headed, levels, name_book
from hautevoix.reading.text.gutenberg import unwrap
from hautevoix.reading.text.hyphens import Flow
from hautevoix.reading.text.lines import Line, split_lines

_PREAMBLE = 400  # characters that may stand between « Notes » and the first note


def without_gutenberg(draft: Draft) -> Draft:
    """Take off Project Gutenberg's header, credits and licence; the header names the book."""
    lines: list[Line] = []
    for index, block in enumerate(draft.blocks):
        lines.extend(Line(index, 0, row) for row in block.text.split("\n"))
        lines.append(Line(index, 0, ""))
    kept, imprint, diagnostics = unwrap(lines)
    if not diagnostics:
        return draft
    numbers = {line.number for line in kept if line.text}
    blocks = [block for index, block in enumerate(draft.blocks) if index in numbers]
    told = [
        replace(diagnostic, line=draft.blocks[diagnostic.line].line) for diagnostic in diagnostics
    ]
    info = draft.info
    if imprint.title:
        info = replace(info, title=imprint.title, title_source=TitleSource.TEXT)
    info = replace(info, author=imprint.author or info.author)
    return replace(draft, blocks=blocks, info=info).told(told)


def in_its_language(draft: Draft) -> Draft:
    """Set the language right where a program wrote down another than the words are in."""
    told = language_of((block.text for block in draft.blocks), draft.info.language)
    return replace(draft, info=replace(draft.info, language=told)) if told else draft


def as_lines(draft: Draft) -> Draft:
    """Make lines of blocks that are the lines of a wrapped text, as when Word opens one."""
    if not is_wrapped(draft.blocks):
        return draft
    return Draft(lines=split_lines(as_text(draft.blocks)), printed=True, info=draft.info)


def normalized(draft: Draft) -> Draft:
    """Tell apart the lines that markup broke; rules become pauses."""
    return replace(draft, blocks=list(normalize(draft.blocks)))


def with_linked_notes_apart(draft: Draft) -> Draft:
    """Take out the notes that links lead to, and the marks of both."""
    tied = link_notes(draft.blocks)
    taken = {index for note in tied.notes for index in note.blocks}
    notes = [
        (note.label, [tied.blocks[i] for i in note.blocks if tied.blocks[i].text.strip()])
        for note in tied.notes
    ]
    body = [b for i, b in enumerate(tied.blocks) if i not in taken and b.text.strip()]
    return replace(draft, blocks=body, notes=notes, linked=bool(notes))


def without_matter(draft: Draft) -> Draft:
    """Leave out imprint, colophon and the like; title and author on a title page count."""
    matter = [block for block in draft.blocks if block.part == "matter"]
    if not matter or len(matter) == len(draft.blocks):
        return draft
    told = tell(MATTER, matter[0].line, words=matter[0].flat[:60])
    return replace(draft, blocks=[b for b in draft.blocks if b.part != "matter"]).told([told])


def without_contents(draft: Draft) -> Draft:
    """Leave out the tables of contents."""
    blocks, diagnostics = drop_linked_contents(draft.blocks)
    return replace(draft, blocks=blocks).told(diagnostics)


def with_headings_joined(draft: Draft) -> Draft:
    """Make one heading of a number and its title; add those that a table of contents tells."""
    blocks = join_headings(draft.blocks)
    return replace(draft, blocks=draft.outline(blocks) if draft.outline else blocks)


def with_notes_apart(draft: Draft) -> Draft:
    """Take out the calls that no link marks and, where no note is linked, the notes too."""
    about = _without_notes_headings(draft.blocks) if draft.linked else Unmarked(list(draft.blocks))
    plain = take_unmarked(about.body, notes=not draft.linked)
    over = about if draft.linked else plain
    return replace(
        draft,
        blocks=plain.body,
        notes=draft.notes if draft.linked else plain.notes,
        heading=over.heading,
        preamble=over.preamble,
    ).told(plain.diagnostics)


def with_headings(draft: Draft) -> Draft:
    """Settle which blocks head chapters, and take off the title page, which names the book."""
    blocks, info = list(draft.blocks), draft.info
    headed = name_book(find_headed(blocks), info, sure=draft.sure and bool(info.title))
    if len(headed.blocks) < len(blocks) and not any(block.level for block in headed.blocks):
        headed.blocks = find_headed(headed.blocks)
    return replace(draft, blocks=headed.blocks, info=headed.info).told(headed.diagnostics)


def with_pages_joined(draft: Draft) -> Draft:
    """Join the paragraphs that a page break cut in two."""
    blocks, joins = mend_blocks(draft.blocks)
    return replace(draft, blocks=blocks).told(tell_all(JOINED, joins))


def in_groups(draft: Draft) -> Draft:
    """Cut the blocks at their headings."""
    return replace(draft, groups=list(_groups(draft.blocks)))


def _without_notes_headings(blocks: Sequence[Block]) -> Unmarked:
    """Drop the headings under which only notes stood, and at most a word about them.

    The last one names their chapter.
    """
    found = Unmarked()
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
    # Pinned by notes-linked.
    short = sum(len(block.text) for block in blocks) <= _PREAMBLE
    return short and not any(block.references for block in blocks) and (last or not blocks)


def _groups(blocks: Sequence[Block]) -> Iterator[Group]:
    depth = levels(blocks)
    starts = sorted(depth)
    if not starts or starts[0]:
        yield Group(None, blocks[: starts[0] if starts else None])
    for start, stop in zip(starts, [*starts[1:], None], strict=True) if starts else ():
        heading = blocks[start]
        yield Group(heading, blocks[start + 1 : stop], depth[start], heading.references)


def told_notes(book: Book) -> Iterator[Diagnostic]:
    """Yield what is odd about linked notes; the matcher has told it of the others."""
    seen: set[int] = set()
    for chapter in book.chapters:
        for paragraph in chapter.paragraphs:
            for call in paragraph.references:
                if call.note is None:
                    yield tell(CALL_WITHOUT_NOTE, paragraph.line, label=call.label)
                elif call.note in seen:
                    yield tell(NOTE_CALLED_AGAIN, paragraph.line, label=call.label)
                seen.add(-1 if call.note is None else call.note)
    for note in book.notes:
        if not note.called:
            yield tell(NOTE_WITHOUT_CALL, note.line, label=note.label)


def flows_of(book: Book) -> list[Flow]:
    """Return the texts of a book, to look for slips in them."""
    flows = [Flow(p.text, ((0, p.line),)) for chapter in book.chapters for p in chapter.paragraphs]
    return [*flows, *(Flow(note.text, ((0, note.line),)) for note in book.notes)]
