"""The pass that makes spans, and chapters, of the anchors that hold the places of marks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from hautevoix.model import SpeechSpan
from hautevoix.reading.assembly import Group
from hautevoix.reading.base.blocks import Block, cut, tidied
from hautevoix.reading.base.diagnostics import (
    MARK_LOST,
    MARK_UNCLOSED,
    MARK_UNOPENED,
    in_order,
    tell,
)
from hautevoix.reading.directions.anchors import number_of
from hautevoix.reading.language.speech_marks import Act, Mark, alias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.draft import Draft

_SPACES = " \u00a0\u202f"
_CLOSING = ".,;:!?…»”)" + _SPACES  # goes with what is before it
_OPENING = "«“(—–" + _SPACES  # goes with what is after it


def with_marks_heeded(draft: Draft) -> Draft:
    """Make spans of the marks that were held, and chapters; tell of those that come to nothing."""
    if not draft.marks:
        return draft
    heeded = _Heeded(draft.marks)
    groups: list[Group] = []
    for group in draft.groups:
        groups += heeded.group(group, groups)
    notes = []
    for label, blocks in draft.notes:
        notes.append((label, [heeded.block(block) for block in blocks]))
        heeded.end()
    preamble = [heeded.block(block) for block in draft.preamble]
    heeded.end()
    return replace(draft, groups=groups, notes=notes, preamble=preamble).told(heeded.all_told())


@dataclass(slots=True)
class _Heeded:
    """Goes through a book in its order: what is open, what was seen, what is told.

    Of what is open the innermost holds: a voice within a voice gives way to the outer one.
    """

    marks: Sequence[Mark]
    open: dict[Act, list[Mark]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    told: list[Diagnostic] = field(default_factory=list)
    pause: Mark | None = None  # after the heading just read

    def group(self, group: Group, before: list[Group]) -> list[Group]:
        """Return the chapters that a group is, cut where marks say that one begins.

        A pause before a heading goes to the end of ``before``.
        """
        groups = [self._headed(group, before)]
        for block in group.blocks:
            for piece, mark in self._chapters(block):
                if mark:
                    self.end()
                    groups.append(_begun(groups[-1], mark))
                if piece.text.strip():
                    groups[-1] = replace(groups[-1], blocks=[*groups[-1].blocks, self.block(piece)])
        self.end()
        return [g for g in groups if g.heading or g.blocks or g.references]

    def _headed(self, group: Group, before: list[Group]) -> Group:
        """Return a group without blocks yet, its heading bare of marks."""
        heading = group.heading
        if heading is None:
            return replace(group, blocks=())
        found, bare = self._taken(heading)
        for place, mark in found:
            if mark.act is Act.CHAPTER:
                bare = replace(bare, text=mark.value or bare.text)
            elif mark.act is not Act.PAUSE:
                self._turn(mark)
            elif place:
                self.pause = mark
            elif before and before[-1].blocks:
                *others, last = before[-1].blocks
                before[-1] = replace(before[-1], blocks=[*others, _paused(last, mark)])
        return replace(group, heading=bare, blocks=())

    def _chapters(self, block: Block) -> Iterator[tuple[Block, Mark | None]]:
        """Yield the pieces of a block, each with the mark of the chapter that it begins."""
        starts: list[tuple[int, Mark]] = []
        others: list[tuple[int, str]] = []
        for place, key in block.anchors:
            number = number_of(key)
            if number is not None and self.marks[number].act is Act.CHAPTER:
                self.seen.add(number)
                starts.append((_before(block.text, place), self.marks[number]))
            else:
                others.append((place, key))
        if not starts:
            yield block, None
            return
        block = replace(block, anchors=tuple(others))
        edges = [0, *(start for start, _ in starts), len(block.text)]
        pieces = [(one, max(one, two)) for one, two in pairwise(edges)]
        marks: list[Mark | None] = [None, *(mark for _, mark in starts)]
        for piece, mark in zip(cut(block, pieces), marks, strict=True):
            yield tidied(piece), mark

    def block(self, block: Block) -> Block:
        """Return a block with spans for the marks in it, and for those that are open."""
        found, bare = self._taken(block)
        if not found and not self.open and not self.pause:
            return block
        text, spans = bare.text, list(bare.speech)
        if self.pause:
            spans.append(SpeechSpan(0, 0, pause=self.pause.milliseconds))
            self.pause = None
        begun = dict.fromkeys(self.open, 0)
        for place, mark in found:
            if mark.act is Act.PAUSE:
                at = _after(text, place)
                spans.append(SpeechSpan(at, at, pause=mark.milliseconds))
                continue
            at = _edge(text, place, mark)
            if mark.act in self.open:
                spans += _spanned(self.open[mark.act][-1], text, begun[mark.act], at)
            self._turn(mark)
            begun[mark.act] = at
        for act, marks in self.open.items():
            spans += _spanned(marks[-1], text, begun[act], len(text))
        return replace(bare, speech=tuple(sorted(spans, key=lambda span: span.start)))

    def _taken(self, block: Block) -> tuple[list[tuple[int, Mark]], Block]:
        """Return the marks of a block with their places, and the block without their anchors."""
        found, rest = [], []
        for place, key in block.anchors:
            number = number_of(key)
            if number is None:
                rest.append((place, key))
            elif number not in self.seen:
                self.seen.add(number)
                found.append((place, self.marks[number]))
        return found, (replace(block, anchors=tuple(rest)) if found else block)

    def _turn(self, mark: Mark) -> None:
        """Open what a mark opens, close what it closes."""
        if not mark.closes:
            self.open.setdefault(mark.act, []).append(mark)
        elif mark.act not in self.open:
            self.told.append(tell(MARK_UNOPENED, mark.line, written=mark.written))
        elif len(self.open[mark.act]) > 1:
            self.open[mark.act].pop()
        else:
            del self.open[mark.act]

    def end(self) -> None:
        """End a chapter: what is open ends with it, and is told."""
        for mark in chain.from_iterable(self.open.values()):
            self.told.append(tell(MARK_UNCLOSED, mark.line, written=mark.written))
        self.open.clear()

    def all_told(self) -> tuple[Diagnostic, ...]:
        """Return what was told, and what was never met."""
        lost = [
            tell(MARK_LOST, mark.line, written=mark.written)
            for number, mark in enumerate(self.marks)
            if number not in self.seen and not (mark.act is Act.SAY and mark.closes)
        ]
        return in_order((), (*self.told, *lost))


def _begun(before: Group, mark: Mark) -> Group:
    """Return the chapter that a mark begins, at the level of the one before it."""
    level = before.heading.level if before.heading else 1
    heading = Block(mark.value, mark.line, level=level) if mark.value else None
    return Group(heading, (), before.level, may_quote=before.may_quote)


def _paused(block: Block, mark: Mark) -> Block:
    end = len(block.text)
    return replace(block, speech=(*block.speech, SpeechSpan(end, end, pause=mark.milliseconds)))


def _spanned(mark: Mark, text: str, start: int, end: int) -> list[SpeechSpan]:
    """Return the span of what a mark has opened; none where it holds nothing."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    if end == start:
        return []
    if mark.act is Act.SAY:
        say, ipa = alias(mark)
        return [SpeechSpan(start, end, say=say, ipa=ipa)]
    return [
        SpeechSpan(
            start,
            end,
            voice=mark.value if mark.act is Act.VOICE else None,
            language=mark.value if mark.act is Act.LANGUAGE else "",
            emphasis=mark.act is Act.EMPHASIS,
        )
    ]


def _edge(text: str, place: int, mark: Mark) -> int:
    """Return where a mark begins or ends what it tells of: a voice speaks its punctuation too."""
    if mark.act is not Act.VOICE:
        return place
    return _after(text, place) if mark.closes else _before(text, place)


def _after(text: str, place: int) -> int:
    """Return where what ends at ``place`` ends with its punctuation: « vint [pause]. »."""
    end = place
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return len(text[:end].rstrip())


def _before(text: str, place: int) -> int:
    """Return where what begins at ``place`` begins with its dash or its guillemet."""
    start = place
    while start and text[start - 1] in _OPENING:
        start -= 1
    return start if start == 0 or text[start - 1] == "\n" or text[start:place].strip() else place
