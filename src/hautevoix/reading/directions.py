"""The passes that take the marks out of a text that tell how it is spoken, and heed them.

The first takes them out before anything else looks at the text, so that « [voix Anna] » is no
heading and « [pause] » no note, and leaves an anchor in each one's place. Anchors go where their
text goes; the last makes spans of them, and chapters.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.model import SpeechSpan
from hautevoix.reading.assembly import Group
from hautevoix.reading.base.blocks import Block, cut, erased, tidied
from hautevoix.reading.base.diagnostics import (
    MARK_LOST,
    MARK_MISREAD,
    MARK_UNCLOSED,
    MARK_UNOPENED,
    MARKS_OFF,
    in_order,
    tell,
    tell_all,
)
from hautevoix.reading.language.speech_marks import Act, Found, Mark, Misread, alias, find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.base.blocks import Span
    from hautevoix.reading.draft import Draft
    from hautevoix.reading.text.lines import Line

_KEY = "speech mark "  # how the key of a mark's anchor begins: no link leads there
_SPACES = " \u00a0\u202f"
_CLOSING = ".,;:!?…»”)" + _SPACES  # goes with what is before it
_OPENING = "«“(—–" + _SPACES  # goes with what is after it


def with_marks_held(draft: Draft) -> Draft:
    """Take the marks out of the text, where the sidecar says that it has some; hold their places.

    Where it does not, a text that seems to have some is told.
    """
    held = _Held(draft.sidecar.marks)
    if draft.printed:
        lines = held.lines(draft.lines)
        return replace(draft, lines=lines, line_marks=held.by_line, marks=held.marks).told(
            held.told()
        )
    blocks = held.blocks(draft.blocks)
    return replace(draft, blocks=blocks, marks=held.marks).told(held.told())


@dataclass(slots=True)
class _Held:
    """What is found on the way through a text: its marks, and what can't be understood."""

    wanted: bool
    marks: list[Mark] = field(default_factory=list)
    by_line: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    misread: list[tuple[int, dict[str, object]]] = field(default_factory=list)
    unwanted: list[tuple[int, dict[str, object]]] = field(default_factory=list)

    def told(self) -> tuple[Diagnostic, ...]:
        """Return what was not understood, or looks like marks where none are wanted."""
        return (*tell_all(MARK_MISREAD, self.misread), *tell_all(MARKS_OFF, self.unwanted))

    def blocks(self, blocks: Sequence[Block]) -> list[Block]:
        """Return the blocks without marks, anchors in their places; none is left without a word."""
        bare: list[Block] = []
        waiting: list[tuple[int, str]] = []
        for block in blocks:
            found = self._found(block.text, block.line)
            told = self._without(block, found) if found else block
            if found and not told.text.strip():
                back, ahead = self._sides(told.anchors, first=not bare)
                if back:
                    bare[-1] = _anchored(bare[-1], ((len(bare[-1].text), key) for key in back))
                waiting += [(0, key) for key in ahead]
                continue
            bare.append(_anchored(told, waiting) if waiting else told)
            waiting = []
        if waiting and bare:
            bare[-1] = _anchored(bare[-1], ((len(bare[-1].text), key) for _, key in waiting))
        return bare

    def _sides(
        self, anchors: Iterable[tuple[int, str]], *, first: bool
    ) -> tuple[list[str], list[str]]:
        """Return which marks of a line of their own go with what is before it, which with the rest.

        What opens goes with what it opens; before the ``first`` there is nothing.
        """
        back: list[str] = []
        ahead: list[str] = []
        for _, key in anchors:
            number = _number(key)
            ends = number is not None and (
                self.marks[number].closes or self.marks[number].act is Act.PAUSE
            )
            (back if ends and not ahead and not first else ahead).append(key)
        return back, ahead

    def _without(self, block: Block, found: list[Found]) -> Block:
        """Return a block without its marks, anchors in their places."""
        held = _anchored(block, [(each.start, self._key(each.mark)) for each in found])
        return erased(held, list(_spans(block.text, found)))

    def lines(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Return the lines without marks, whose places are kept by the number of their line.

        A mark may be wrapped over two lines. A line that is nothing else is empty then.
        """
        bare: list[Line] = []
        waiting: list[str] = []
        last: Line | None = None  # the last line with words
        for line, written, own in self._each(lines):
            block = self._without(Block(written, line.number), own) if own else None
            if block and not block.text.strip():
                back, ahead = self._sides(block.anchors, first=last is None)
                if last and back:
                    self._keep(last, ((len(last.text), key) for key in back))
                waiting += ahead
                bare.append(replace(line, text=""))
                continue
            text, places = (block.text, block.anchors) if block else (written, ())
            taken = line.width - len(text)
            bare.append(replace(line, text=text, taken=taken) if text != line.text else line)
            if text:
                self._keep(line, (*((0, key) for key in waiting), *places))
                waiting, last = [], bare[-1]
        if waiting and last:
            self._keep(last, ((len(last.text), key) for key in waiting))
        return tuple(bare)

    def _keep(self, line: Line, places: Iterable[tuple[int, str]]) -> None:
        """Keep the places of marks in a line."""
        if told := list(places):
            self.by_line.setdefault(line.number, []).extend(told)

    def _each(self, lines: Sequence[Line]) -> Iterator[tuple[Line, str, list[Found]]]:
        """Yield each line, its text without what was wrapped into it, and the marks in that."""
        rest = iter(lines)
        for line in rest:
            opened = line.text.rfind("[")
            if opened > line.text.rfind("]") and (following := next(rest, None)):
                whole = f"{line.text}\n{following.text}"
                yield from self._parted(whole, self._found(whole, line.number), line, following)
            else:
                yield line, line.text, self._found(line.text, line.number)

    def _parted(
        self, whole: str, found: list[Found], one: Line, two: Line
    ) -> tuple[tuple[Line, str, list[Found]], ...]:
        """Return the two lines with what was found in each: a mark over both is the first's."""
        end = len(one.text)
        first = [each for each in found if each.start <= end]
        second = [each for each in found if each.start > end]
        over = max([end, *(each.end for each in first)])
        first = [replace(each, end=min(each.end, end)) for each in first]
        shift = over if over > end else end + 1
        tail = whole[shift:]
        moved = [replace(each, start=each.start - shift, end=each.end - shift) for each in second]
        return (one, whole[:end], first), (two, tail, moved)

    def _found(self, text: str, line: int) -> list[Found]:
        found: list[Found] = []
        for each in find(text):
            if isinstance(each, Misread):
                if self.wanted:
                    self.misread.append((line, {"written": each.written}))
            elif self.wanted:
                found.append(replace(each, mark=replace(each.mark, line=line)))
            elif each.mark.value or each.mark.closes:
                self.unwanted.append((line, {"written": each.mark.written}))
        return found

    def _key(self, mark: Mark) -> str:
        self.marks.append(mark)
        return f"{_KEY}{len(self.marks) - 1}"


def _spans(text: str, found: Sequence[Found]) -> Iterator[Span]:
    """Yield what is taken out: the marks, each with one of the two spaces that would meet."""
    for each in found:
        start, end = each.start, each.end
        spaced = start > 0 and text[start - 1] in _SPACES
        fresh = not start or spaced or text[start - 1] == "\n"
        if fresh and text[end : end + 1] in (" ", "\u00a0"):
            end += 1
        elif spaced and text[end : end + 1] in ("", "\n", ".", ",", "…", ")"):
            start -= 1
        yield start, end


def _anchored(block: Block, anchors: Iterable[tuple[int, str]]) -> Block:
    """Return a block with more anchors, in their order."""
    whole = sorted((*block.anchors, *anchors), key=lambda anchor: anchor[0])
    return replace(block, anchors=tuple(whole))


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
    """Goes through a book in its order: what is open, what was seen, what is told."""

    marks: Sequence[Mark]
    open: dict[Act, Mark] = field(default_factory=dict)
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
        for place, key in block.anchors:
            number = _number(key)
            if number is not None and self.marks[number].act is Act.CHAPTER:
                self.seen.add(number)
                starts.append((_before(block.text, place), self.marks[number]))
        if not starts:
            yield block, None
            return
        kept = tuple((p, k) for p, k in block.anchors if not self._begins(k))
        block = replace(block, anchors=kept)
        edges = [0, *(start for start, _ in starts), len(block.text)]
        pieces = [(one, max(one, two)) for one, two in pairwise(edges)]
        marks: list[Mark | None] = [None, *(mark for _, mark in starts)]
        for piece, mark in zip(cut(block, pieces), marks, strict=True):
            yield tidied(piece), mark

    def _begins(self, key: str) -> bool:
        number = _number(key)
        return number is not None and self.marks[number].act is Act.CHAPTER

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
                spans += _spanned(self.open[mark.act], text, begun[mark.act], at)
            self._turn(mark)
            begun[mark.act] = at
        for act, mark in self.open.items():
            spans += _spanned(mark, text, begun[act], len(text))
        return replace(bare, speech=tuple(sorted(spans, key=lambda span: span.start)))

    def _taken(self, block: Block) -> tuple[list[tuple[int, Mark]], Block]:
        """Return the marks of a block with their places, and the block without their anchors."""
        found, rest = [], []
        for place, key in block.anchors:
            number = _number(key)
            if number is None:
                rest.append((place, key))
            elif number not in self.seen:
                self.seen.add(number)
                found.append((place, self.marks[number]))
        return found, (replace(block, anchors=tuple(rest)) if found else block)

    def _turn(self, mark: Mark) -> None:
        """Open what a mark opens, close what it closes."""
        if not mark.closes:
            self.open[mark.act] = mark
        elif self.open.pop(mark.act, None) is None:
            self.told.append(tell(MARK_UNOPENED, mark.line, written=mark.written))

    def end(self) -> None:
        """End a chapter: what is open ends with it, and is told."""
        for mark in self.open.values():
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


def _number(key: str) -> int | None:
    return int(key.removeprefix(_KEY)) if key.startswith(_KEY) else None


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
