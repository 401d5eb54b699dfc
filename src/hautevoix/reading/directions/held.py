"""The pass that takes marks of speech out of a text, and leaves an anchor in each one's place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.reading.base.blocks import Block, erased
from hautevoix.reading.base.diagnostics import MARK_MISREAD, MARKS_OFF, tell_all
from hautevoix.reading.directions.anchors import key_of, number_of
from hautevoix.reading.language.speech_marks import Act, Found, Mark, Misread, find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.base.blocks import Span
    from hautevoix.reading.draft import Draft
    from hautevoix.reading.text.lines import Line

_SPACES = " \u00a0\u202f"


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
        waiting: list[str] = []
        for block in blocks:
            found = self._found(block.text, block.line)
            told = self._without(block, found) if found else block
            if found and not told.text.strip():
                back, ahead = self._sides(told.anchors, first=not bare)
                if back:
                    bare[-1] = _anchored(bare[-1], ((len(bare[-1].text), key) for key in back))
                waiting += ahead
                continue
            bare.append(_anchored(told, ((0, key) for key in waiting)) if waiting else told)
            waiting = []
        if waiting and bare:
            bare[-1] = _anchored(bare[-1], ((len(bare[-1].text), key) for key in waiting))
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
            number = number_of(key)
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
        return key_of(len(self.marks) - 1)


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
