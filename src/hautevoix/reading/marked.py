"""The passes over blocks: what all formats that carry structure have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.localization import ntr
from hautevoix.reading.language.identify import language_of
from hautevoix.reading.structure.joins import mend_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.base.blocks import Block
    from hautevoix.reading.base.diagnostics import Hit
    from hautevoix.reading.draft import Draft
from dataclasses import replace
from itertools import groupby

from hautevoix.model import Book, Diagnostic, TitleSource
from hautevoix.reading.assembly import Group
from hautevoix.reading.base.blocks import erased, tidied
from hautevoix.reading.base.diagnostics import (
    CALL_WITHOUT_NOTE,
    ILLUSTRATION,
    JOINED,
    MATTER,
    NOTE_CALLED_AGAIN,
    NOTE_WITHOUT_CALL,
    PUBLISHER,
    TITLE_PAGE_LINE,
    tell,
    tell_all,
)
from hautevoix.reading.language.heading_words import Form, is_notes, match_heading
from hautevoix.reading.notes.links import link_notes
from hautevoix.reading.notes.unmarked import Unmarked, take_unmarked
from hautevoix.reading.structure.contents import drop_linked_contents
from hautevoix.reading.structure.drop_caps import join_drop_caps
from hautevoix.reading.structure.normalize import (
    as_text,
    is_wrapped,
    join_headings,
    normalize,
    title_of,
)
from hautevoix.reading.structure.outline import find_headed, is_named, levels, name_book
from hautevoix.reading.structure.publisher import Entry, find_publishers, is_narrative
from hautevoix.reading.structure.stanzas import join_stanzas
from hautevoix.reading.text.gutenberg import unwrap
from hautevoix.reading.text.hyphens import Flow
from hautevoix.reading.text.illustrations import MARK
from hautevoix.reading.text.lines import Line, split_lines

_FEW = 3  # sentences of a text that a page of matter may hold
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
    return replace(draft, blocks=(), lines=split_lines(as_text(draft.blocks)), printed=True)


def without_illustrations(draft: Draft) -> Draft:
    """Take out the marks of illustrations, with their captions."""
    hits: list[Hit] = []
    blocks = []
    for block in draft.blocks:
        spans = [match.span() for match in MARK.finditer(block.text)] if "[" in block.text else []
        if spans:
            hits.append((block.line, {"words": block.flat[:60]}))
        blocks.append(tidied(erased(block, spans)) if spans else block)
    return replace(draft, blocks=blocks).told(tell_all(ILLUSTRATION, hits))


def normalized(draft: Draft) -> Draft:
    """Tell apart the lines that markup broke, join those it cut; rules become pauses."""
    blocks = normalize(join_drop_caps(draft.blocks))
    return replace(draft, blocks=list(join_stanzas(list(blocks))))


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
    blocks, told, gone = draft.blocks, [], set()
    for run in _runs_of_matter(blocks):
        page = [blocks[i] for i in run]
        if len(run) == len(blocks) or _is_text(page):
            continue
        gone.update(run)
        if not all(is_named(block, draft.info) for block in page):
            told.append(tell(MATTER, page[0].line, words=page[0].flat[:60]))
    return replace(draft, blocks=[b for i, b in enumerate(blocks) if i not in gone]).told(told)


def _runs_of_matter(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the indices of blocks that markup says are matter, those of a document together."""
    matter = (index for index, block in enumerate(blocks) if block.part == "matter")
    for _, run in groupby(matter, lambda index: blocks[index].unit):
        yield list(run)


def _is_text(blocks: Sequence[Block]) -> bool:
    """Tell prose under « Index », or behind a link to the imprint, from what it is called.

    A page of ten sentences that no publisher writes is a chapter, whatever its class.
    """
    # Pinned by publisher-in-landmarks, matter-that-is-text.
    told = sum(is_narrative(block.flat) for block in blocks)
    return told > _FEW and told * 2 > len(blocks)


def without_publisher(draft: Draft) -> Draft:
    """Leave out the publisher's matter before and after the text."""
    blocks = draft.blocks
    runs = find_publishers([Entry(b.flat, b.unit, heads=_heads(b)) for b in blocks])
    told = [
        tell(
            PUBLISHER,
            blocks[run.start].line,
            extent=ntr("{count} line", "{count} lines", len(run)),
            words=blocks[run.start].flat[:60],
        )
        for run in runs
    ]
    gone = {index for run in runs for index in run}
    return replace(draft, blocks=[b for i, b in enumerate(blocks) if i not in gone]).told(told)


def _heads(block: Block) -> bool:
    # Pinned by publisher-in-a-page.
    heading = match_heading(block.flat)
    return bool(block.level or block.styled or (heading and heading.form is Form.DIVISION))


def without_contents(draft: Draft) -> Draft:
    """Leave out the tables of contents."""
    blocks, diagnostics = drop_linked_contents(draft.blocks)
    return replace(draft, blocks=blocks).told(diagnostics)


def with_headings_joined(draft: Draft) -> Draft:
    """Make one heading of a number and its title; add those that a table of contents tells."""
    blocks = join_headings(draft.blocks)
    return replace(draft, blocks=draft.outline(blocks) if draft.outline else blocks)


def with_plates_inside(draft: Draft) -> Draft:
    """Set the plate that opens a chapter's page, and its caption, after the chapter's heading."""
    blocks = list(draft.blocks)
    start = 0
    for index, block in enumerate(blocks):
        if not index or block.unit != blocks[index - 1].unit:
            start = index
        plate = blocks[start:index]
        if block.level and plate and all(one.part == "caption" for one in plate):
            blocks[start : index + 1] = [block, *plate]
        start = start if block.part == "caption" else len(blocks)
    return replace(draft, blocks=blocks)


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
    sure, kept = draft.sure and bool(info.title), TITLE_PAGE_LINE.code in draft.sidecar.keep
    headed = name_book(find_headed(blocks), info, sure=sure, kept=kept)
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
