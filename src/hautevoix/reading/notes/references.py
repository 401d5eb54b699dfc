"""Paragraphs → the same without their note references, each call tied to the note that it names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.model import NoteReference
from hautevoix.reading.base.blocks import Block, Span, erased, tidied
from hautevoix.reading.language.note_marks import answerable, find_calls
from hautevoix.reading.language.underscores import italic_marks
from hautevoix.reading.notes.match import Called, tie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.language.note_marks import Answers, CallMark
    from hautevoix.reading.notes.raw import RawNote
    from hautevoix.reading.text.units import Unit

_SPACES = " \xa0\u202f"
_NO_SPACE_BEFORE = frozenset(",.)]…")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a heading to look for calls in; ``line_at`` tells the line of each place."""

    block: Block
    line_at: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Answered:
    """``blocks`` without calls, the ``notes`` as (label, texts) pairs, and what is odd."""

    blocks: tuple[Block, ...]
    notes: tuple[tuple[str, tuple[Block, ...]], ...]
    diagnostics: tuple[Diagnostic, ...]


def answer(
    parts: Sequence[Passage], notes: Sequence[RawNote], part_of: Callable[[Unit], Passage]
) -> Answered:
    """Take the calls out of ``parts``, a text in its order, and tie each to one of ``notes``.

    Labels may start again where a heading stands. ``part_of`` makes parts of the notes' units.
    """
    answered = answerable((raw.opening.style, raw.label, raw.line) for raw in notes)
    marks = [tuple(_calls(part, answered)) for part in parts]
    references: list[Called] = []
    chapters: list[int] = []
    chapter = 0
    for part, found in zip(parts, marks, strict=True):
        chapter += bool(part.block.level)
        references.extend(Called(mark.label, part.line_at(mark.start)) for mark in found)
        chapters.extend([chapter] * len(found))
    ties = tie(references, chapters, notes)
    named = iter(ties.by_call)
    blocks = tuple(
        _silenced(part.block, [(mark, next(named)) for mark in found])
        for part, found in zip(parts, marks, strict=True)
    )
    texts = tuple((raw.label, tuple(_texts(raw, part_of, answered))) for raw in notes)
    return Answered(blocks, texts, ties.diagnostics)


def _calls(part: Passage, answered: Answers) -> Iterator[CallMark]:
    """Yield the calls in a part; one that may be something else must stand before its note."""
    for mark in find_calls(part.block.text, answered):
        last = answered.get((mark.style, mark.label), 0)
        if mark.sure or part.line_at(mark.start) <= last:
            yield mark


def _silenced(block: Block, found: Sequence[tuple[CallMark, int | None]]) -> Block:
    if not found:
        return block
    references = [NoteReference(mark.label, mark.start, note) for mark, note in found]
    whole = sorted((*block.references, *references), key=lambda call: call.position)
    return erased(replace(block, references=tuple(whole)), [_span(block.text, m) for m, _ in found])


def _span(text: str, mark: CallMark) -> Span:
    """Return what goes with a call: the spaces before it, one after it where none must stay."""
    start, end = mark.start, mark.end
    while start and text[start - 1] in _SPACES and not text[end : end + 1].isalnum():
        start -= 1
    if text[end : end + 1] == " " and (not start or text[end + 1 : end + 2] in _NO_SPACE_BEFORE):
        end += 1
    return start, end


def _texts(raw: RawNote, part_of: Callable[[Unit], Passage], answered: Answers) -> Iterator[Block]:
    """Yield the paragraphs of a note, without its label and the calls in them."""
    for index, unit in enumerate(raw.units):
        part = part_of(unit)
        text, skip = part.block.text, 0 if index else raw.opening.length
        spans = [_span(text, mark) for mark in _calls(part, answered)]
        bare = erased(part.block, [(0, skip), *(span for span in spans if span[0] >= skip)])
        if raw.opening.style == "named" and unit is raw.units[-1]:
            bare = erased(bare, [(len(bare.text.rstrip().removesuffix("]")), len(bare.text))])
        yield tidied(bare)


def emphasised(block: Block) -> Block:
    """Make spans of ``_words_``, the plain-text italics, and take their marks out."""
    marks = italic_marks(block.text)
    if not marks:
        return block
    pairs = zip(marks[::2], marks[1::2], strict=False)
    spans = tuple((one + 1, two) for one, two in pairs if one + 1 < two)
    return erased(replace(block, emphasis=spans), [(mark, mark + 1) for mark in marks])
