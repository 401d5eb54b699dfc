"""blocks and notes → chapters: paragraphs with their kinds, notes with who calls them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.model import Chapter, Kind, Note, NoteReference, Paragraph
from hautevoix.reading.base.blocks import Block, joined, speech_within, tidied
from hautevoix.reading.language.note_marks import split_source
from hautevoix.reading.language.phrases import looks_like_name
from hautevoix.reading.structure.epigraphs import in_context
from hautevoix.reading.structure.kinds import closing, in_dialogue, kind_of
from hautevoix.reading.structure.normalize import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.reading.text.layout import Layout

    Texts = tuple[str, Sequence[Block]]
    """A note: its label and its paragraphs."""
    Home = tuple[bool, int | None]
    """Of a note: whether a call may tell its chapter, and which it is else."""

_HEAD = 4  # paragraphs at a chapter's head that may greet
_EDGE = 2  # paragraphs at its end that may sign


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter in the making; ``references`` stand above its text, in its heading or a title page.

    ``may_quote``: an epigraph may open it; None where markup says what is one.
    """

    heading: Block | None
    blocks: Sequence[Block]
    level: int = 1
    references: tuple[NoteReference, ...] = ()
    may_quote: bool | None = None


def chapters(groups: Iterable[Group], layout: Layout) -> tuple[Chapter, ...]:
    """Return the chapters that ``groups`` are."""
    return tuple(_chapter(group, layout) for group in groups)


def _chapter(group: Group, layout: Layout) -> Chapter:
    heading = group.heading
    above = tuple(replace(call, position=0) for call in group.references)
    paragraphs = []
    end = closing([block.flat for block in group.blocks])
    speakers = _speakers(group.blocks)
    for index, block in enumerate(group.blocks):
        last = 0 < index < end and index >= end - _EDGE
        last = last and not _is_played(group.blocks, index, speakers)
        kind = kind_of(block, layout, first=index < _HEAD, last=last)
        paragraphs.append(paragraph(block, kind, (*above, *block.references)))
        above = ()
    line = heading.line if heading else next((block.line for block in group.blocks), 0)
    if group.may_quote is not None:
        paragraphs = list(in_context(paragraphs, headed=group.may_quote))
    paragraphs = in_dialogue(paragraphs, [block.kind is not None for block in group.blocks])
    return Chapter(title_of(heading) if heading else None, tuple(paragraphs), group.level, line)


def _speakers(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the names that stand alone again and again: who speaks in a scene."""
    names = Counter(block.flat for block in blocks if looks_like_name(block.flat))
    return frozenset(name for name, count in names.items() if count > 1)


def _is_played(blocks: Sequence[Block], index: int, speakers: frozenset[str]) -> bool:
    """Tell « JEANNE », or « Personne. » that she says, at a scene's end, from who signs it."""
    # Pinned by speaker-at-the-end, caps-signature-is-no-heading.
    return not speakers.isdisjoint(block.flat for block in blocks[max(index - 1, 0) : index + 1])


def paragraph(block: Block, kind: Kind, references: tuple[NoteReference, ...]) -> Paragraph:
    """Return ``block`` as a paragraph: verse keeps its lines."""
    text = block.text if block.kind is Kind.VERSE else block.flat
    return Paragraph(kind, text, references, block.line, block.emphasis, block.ruled, block.speech)


def preamble(blocks: Iterable[Block], layout: Layout) -> tuple[Paragraph, ...]:
    """Return what stands between « Notes » and the first of them."""
    return tuple(
        paragraph(block, kind_of(block, layout, first=False, last=False), block.references)
        for block in blocks
    )


def joined_all(blocks: Sequence[Block]) -> Block:
    """Return the paragraphs of a note as one block, a line each."""
    whole = blocks[0] if blocks else Block("", 0)
    for block in blocks[1:]:
        whole = joined(whole, block, "\n")
    return tidied(whole)


def notes(
    texts: Iterable[Texts], chapters: Sequence[Chapter], homes: Sequence[Home] = ()
) -> tuple[Note, ...]:
    """Return the notes of (label, paragraphs) pairs, each in the chapter that calls it first.

    ``homes`` say where notes are that no call places, and whether one may.
    """
    callers = {
        call.note: index
        for index, chapter in reversed(list(enumerate(chapters)))
        for paragraph in chapter.paragraphs
        for call in paragraph.references
    }
    found = []
    for index, (label, blocks) in enumerate(texts):
        by_call, home = homes[index] if homes else (True, None)
        chapter = callers.get(index) if by_call else None
        whole = joined_all(blocks)
        body, source = split_source(whole.text)
        line = blocks[0].line if blocks else 0
        where = home if chapter is None else chapter
        speech = speech_within(whole.speech, 0, len(body))
        found.append(Note(label, body, index in callers, source, where, line, speech))
    return tuple(found)
