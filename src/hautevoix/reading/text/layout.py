"""How a text is laid out, measured from its own lines: nothing is assumed of a stranger's file."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.language.punctuation import ends_sentence, starts_lower
from hautevoix.reading.text.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_WRAPPED = 0.25  # share of line ends in mid-sentence above which lines are wrapped
_DOUBLED = 0.3  # the same across single blank lines: a double-spaced text
_FEW = 5  # fewer pairs of lines than this tell little
_LONG = 150  # columns: no one wraps as wide
_CLOSE = 0.93  # a line this near to the full width is full
_SHARE_BLANK = 0.5
_LEADER = re.compile(r"(?:\.{4}|(?: \.){3}|…{2})[ .…]*\d{1,4}$")  # an entry of a table of contents
_TAIL = 60
_SLACK = 0.02  # share of the lines that were broken by hand
_FULL = 0.75  # share of the widest line that all but the last of a paragraph reach
_NARROWEST = 45  # columns: nobody wraps prose narrower
_BLOCK = 3  # lines that tell a width


_END = (Line(0, 0, ""),)


class Breaks(Enum):
    """What a line end means."""

    WRAPPED = "wrapped"  # nothing: the width was used up
    PARAGRAPH = "paragraph"  # the end of a paragraph


@dataclass(frozen=True, slots=True)
class Layout:
    """``width``: columns of a full line; ``gap``: blank lines between paragraphs;
    ``indents``: the indents that open paragraphs where no blank line does; ``base`` the usual one;
    ``flush``: paragraphs show neither by blank lines nor by indents; ``doubled``: double-spaced;
    ``greedy``: each line took all the words that it had room for, as programs wrap.
    """  # noqa: D205  (a line for each field)

    breaks: Breaks
    width: int
    gap: int = 1
    base: int = 0
    indents: frozenset[int] = frozenset()
    flush: bool = False
    doubled: bool = False
    greedy: bool = False

    def within(self, block: Sequence[Line]) -> Layout:
        """Return the layout with the width that ``block`` itself shows, if it shows one."""
        if len(block) < _BLOCK:
            return self
        if self.breaks is Breaks.PARAGRAPH:  # a preface before verse
            prose = _is_wrapped_block(block)
            return replace(self, breaks=Breaks.WRAPPED, width=local_width(block)) if prose else self
        return replace(self, width=local_width(block))

    def is_full(self, line: Line, following: Line | None) -> bool:
        """Tell whether ``line`` had no room for the first word of the ``following`` one."""
        # Pinned by form-feeds, pages-in-brackets.
        word = len(following.text.split(" ", 1)[0]) + 1 if following else 0
        near = self.width if self.greedy and word else self.width * _CLOSE
        return self.breaks is Breaks.WRAPPED and (
            line.reach + word > self.width or line.reach >= near
        )


def neighbours(lines: Sequence[Line]) -> Iterator[tuple[Line, Line, int]]:
    """Yield each two successive written lines with the count of blank lines between them."""
    written = [index for index, line in enumerate(lines) if line.text]
    for before, after in itertools.pairwise(written):
        yield lines[before], lines[after], after - before - 1


def measure(lines: Sequence[Line]) -> Layout:
    """Return the layout of ``lines``: one pass over their ends, one over their indents."""
    pairs = list(neighbours(lines))
    close = [(one, two) for one, two, gap in pairs if not gap]
    doubled = _is_doubled(pairs)
    if doubled:
        close = [(one, two) for one, two, gap in pairs if gap <= 1]
    inside = [(one, two) for one, two in close if _runs_on(one, two)]
    if not _is_wrapped(_wide(close)):
        return Layout(
            Breaks.PARAGRAPH, max((line.reach for line in lines), default=0), doubled=doubled
        )
    base = Counter(line.indent for _, line in inside).most_common(1)[0][0]
    gaps = Counter(gap for *_, gap in pairs if gap > doubled)
    indents = _indents(close, base)
    opened = sum(two.indent in indents for _, two in close)
    stops = sum(gaps.values())
    flush = _is_flush(close, opened + stops)
    return Layout(
        Breaks.WRAPPED,
        _width(lines),
        gap=gaps.most_common(1)[0][0] - doubled if gaps else 1,
        base=base,
        indents=indents if opened > stops * _SHARE_BLANK else frozenset(),
        flush=flush,
        doubled=doubled,
        greedy=flush and _is_greedy(inside),
    )


def _wide(close: Sequence[tuple[Line, Line]]) -> list[tuple[Line, Line]]:
    """Return the pairs that tell whether lines are wrapped: a title page or a table says nothing.

    Their first line is at least half as wide as that of nearly all others.
    """
    close = [(one, two) for one, two in close if not _LEADER.search(one.text[-_TAIL:])]
    usual = sorted(one.reach for one, _ in close)[len(close) * 9 // 10] if close else 0
    return [(one, two) for one, two in close if one.reach * 2 > usual]


def _is_wrapped_block(block: Sequence[Line]) -> bool:
    """Tell a wrapped paragraph in a text whose lines are not: full lines, many in mid-sentence."""
    # Pinned by preface-before-verse, a-paragraph-a-line.
    reaches = [line.reach for line in block[:-1]]
    runs = sum(_runs_on(one, two) for one, two in pairwise(block))
    full = min(reaches) >= _FULL * max(reaches)
    return full and _NARROWEST <= max(reaches) <= _LONG and runs * 3 >= len(reaches)


def _runs_on(one: Line, two: Line) -> bool:
    # Pinned by poem-that-speaks, english.
    return starts_lower(two.text) and not ends_sentence(one.text)


def _is_wrapped(close: Sequence[tuple[Line, Line]]) -> bool:
    # Pinned by only-notes, english, arabic-chapters.
    inside = [(one, two) for one, two in close if _runs_on(one, two)]
    if not inside or len(inside) < _WRAPPED * len(close):
        return False
    return sum(one.reach > _LONG for one, _ in inside) < len(inside) / 2


def _is_flush(close: Sequence[tuple[Line, Line]], shown: int) -> bool:
    """Tell whether many paragraphs end in a short line alone, and in no way that shows."""
    # Pinned by ocr-slips, no-blank-no-indent.
    width = sorted(one.reach for one, _ in close)[len(close) * 3 // 4]
    silent = sum(
        ends_sentence(one.text)
        and not starts_lower(two.text)
        and one.reach + len(two.text.split(" ", 1)[0]) < width * _CLOSE
        and one.indent == two.indent
        for one, two in close
    )
    return silent > max(shown // 2, 1)


def _is_greedy(inside: Sequence[tuple[Line, Line]]) -> bool:
    """Tell whether no line in mid-sentence had room for the word that begins the next."""
    # Pinned by flush-wrapped-by-a-program.
    width = max(one.reach for one, _ in inside)
    room = sum(one.reach + len(two.text.split(" ", 1)[0]) < width for one, two in inside)
    return room <= len(inside) * _SLACK


def _is_doubled(pairs: Sequence[tuple[Line, Line, int]]) -> bool:
    """Double-spaced: hardly two lines touch, and single blank lines stand in mid-sentence."""
    # Pinned by poem-that-speaks, double-spaced.
    single = [(one, two) for one, two, gap in pairs if gap == 1]
    touching = sum(gap == 0 for *_, gap in pairs)
    running = sum(_runs_on(one, two) for one, two in single)
    return len(single) >= _FEW and touching * 4 < len(single) and running > _DOUBLED * len(single)


def _width(lines: Sequence[Line]) -> int:
    """Return the reach of a full line, as most blocks of lines have it; notes may be wider."""
    widths: list[int] = []
    block: list[Line] = []
    for line in (*lines, *_END):
        if line.text:
            block.append(line)
            continue
        if sum(_runs_on(one, two) for one, two in pairwise(block)) * _BLOCK >= len(block) > 1:
            widths += [local_width(block)] * len(block)
        block = []
    return sorted(widths)[len(widths) // 2] if widths else max(line.reach for line in lines)


def local_width(block: Sequence[Line]) -> int:
    """Return how far the lines of ``block`` reach, its last one aside."""
    return max((line.reach for line in block[:-1]), default=0)


def _indents(close: Iterable[tuple[Line, Line]], base: int) -> frozenset[int]:
    """Return the indents beyond ``base`` that open sentences far more often than they run on."""
    opens: Counter[int] = Counter()
    runs: Counter[int] = Counter()
    for one, two in close:
        if base < two.indent <= base + 12:
            (runs if _runs_on(one, two) else opens)[two.indent] += 1
    return frozenset(indent for indent, count in opens.items() if count > 4 * runs[indent])


# A paragraph a line: that is what blocks are.
LAYOUT = Layout(Breaks.PARAGRAPH, width=80)
