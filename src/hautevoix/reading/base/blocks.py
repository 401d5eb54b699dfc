"""Blocks: what every format that carries structure is turned into, before it becomes a book.

A block is a paragraph, a heading, a row or a rule, with the spans that its markup set: emphasis,
links, anchors.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import Enum
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.model import Kind, NoteReference, SpeechSpan

_STANZAS = re.compile(r"\n{2,}")

RIGHT = 40
"""Columns of indent that stand for « set at the right »."""

Span = tuple[int, int]


class LinkRole(Enum):
    """What the markup itself says that a link is."""

    PLAIN = "plain"
    CALL = "call"  # it calls a note
    BACK = "back"  # it leads back from a note to its call


@dataclass(frozen=True, slots=True)
class Link:
    """A link over ``text[start:end]`` of its block to the anchor ``target``."""

    start: int
    end: int
    target: str
    role: LinkRole = LinkRole.PLAIN


@dataclass(frozen=True, slots=True)
class Block:
    r"""A paragraph, heading or rule as its markup has it; lines set apart are parted by ``\n``.

    ``level``: of a heading, 0 for what is none; ``kind``: what the markup says it is, if anything;
    ``note``: the key of the note that the markup says it belongs to; ``scope``: the number of the
    box that holds it; ``part``: the part of a title page that it is; ``indent``: in columns;
    ``height``: lines as printed, 0 where its text shows them; ``speaks``: it names who speaks next;
    ``blank``: empty paragraphs before it;
    ``ruled``: a rule stands before it; ``page``: a page begins with it; ``apart``: centred or bold;
    ``styled``: its style has the name of a heading's of that level; ``unit``: the number of the
    document within the book; ``references``: the note references that were taken out of its text;
    ``speech``: how stretches of it are to be spoken.
    """

    text: str
    line: int
    level: int = 0
    kind: Kind | None = None
    note: str = ""
    scope: int = 0
    part: str = ""
    indent: int = 0
    height: int = 0
    speaks: bool = False
    blank: int = 0
    ruled: bool = False
    page: bool = False
    apart: bool = False
    styled: int = 0
    unit: int = 0
    emphasis: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: tuple[tuple[int, str], ...] = ()
    references: tuple[NoteReference, ...] = ()
    speech: tuple[SpeechSpan, ...] = ()

    @property
    def rows(self) -> int:
        """How many lines it is printed on."""
        return self.height or self.text.count("\n") + 1

    @property
    def flat(self) -> str:
        """Its text on one line."""
        return " ".join(self.text.split("\n"))


def erased(block: Block, spans: Iterable[Span]) -> Block:
    """Return ``block`` without the characters of ``spans``; all that pointed into it moves."""
    spans = merged(spans)
    if not spans:
        return block
    shift = _Shift(spans)
    text = "".join(_kept(block.text, spans))
    return replace(block, text=text, **_moved(block, shift))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return ``spans`` in order, those that touch made one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        elif end > start:
            whole.append((start, end))
    return whole


def _kept(text: str, spans: Sequence[Span]) -> Iterable[str]:
    done = 0
    for start, end in spans:
        yield text[done:start]
        done = end
    yield text[done:]


class _Shift:
    """Where an index is once ``spans`` (sorted, apart) are gone."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.starts = [start for start, _ in spans]
        self.gone = list(accumulate((end - start for start, end in spans), initial=0))

    def __call__(self, index: int) -> int:
        before = bisect_left(self.starts, index)
        if not before:
            return index
        start, end = self.spans[before - 1]
        return index - self.gone[before - 1] - (min(end, index) - start)


def _moved(block: Block, shift: _Shift) -> dict[str, Any]:
    emphasis = ((shift(start), shift(end)) for start, end in block.emphasis)
    links = (replace(link, start=shift(link.start), end=shift(link.end)) for link in block.links)
    speech = (replace(each, start=shift(each.start), end=shift(each.end)) for each in block.speech)
    return {
        "emphasis": tuple(span for span in emphasis if span[1] > span[0]),
        "links": tuple(link for link in links if link.end > link.start),
        "speech": tuple(each for each in speech if is_spoken(each)),
        "anchors": tuple((shift(position), key) for position, key in block.anchors),
        "references": tuple(
            replace(call, position=shift(call.position)) for call in block.references
        ),
    }


def is_spoken(span: SpeechSpan) -> bool:
    """Tell whether a span says anything: it holds some text, or is a pause."""
    return span.end > span.start or span.pause is not None


def speech_within(spans: Iterable[SpeechSpan], start: int, end: int) -> tuple[SpeechSpan, ...]:
    """Return the part of ``spans`` in a text's stretch, in indices of that; its last pauses too.

    >>> from hautevoix.model import SpeechSpan
    >>> speech_within([SpeechSpan(0, 9, voice="Anne"), SpeechSpan(9, 9, pause=500)], 5, 9)[0].end
    4
    """
    return tuple(
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in spans
        if (span.start < end and span.end > start)
        or (span.pause is not None and (start < span.start <= end or span.start == start == 0))
    )


def cut(block: Block, pieces: Sequence[Span]) -> list[Block]:
    """Return a block for each of ``pieces``, (start, end) pairs of its text, in order."""
    starts = [link.start for link in block.links]
    places = [position for position, _ in block.anchors]
    ends = [end for _, end in block.emphasis]
    blocks = []
    for number, (start, end) in enumerate(pieces):
        opens = 0 if number == 0 else start
        closes = pieces[number + 1][0] if number + 1 < len(pieces) else len(block.text) + 1
        piece = replace(
            block,
            text=block.text[start:end],
            emphasis=_within(block.emphasis[bisect_left(ends, start) :], start, end),
            speech=speech_within(block.speech, start, end),
            links=tuple(
                replace(link, start=link.start - start, end=min(link.end, end) - start)
                for link in block.links[bisect_left(starts, start) : bisect_left(starts, end)]
            ),
            anchors=tuple(
                (min(max(position, start), end) - start, key)
                for position, key in block.anchors[
                    bisect_left(places, opens) : bisect_left(places, closes)
                ]
            ),
            references=tuple(
                replace(call, position=call.position - start)
                for call in block.references
                if opens <= call.position < closes
            ),
            ruled=block.ruled and number == 0,
            page=block.page and number == 0,
        )
        blocks.append(piece)
    return blocks


def _within(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    clipped = []
    for one, two in spans:
        if one >= end:
            break
        if two > start:
            clipped.append((max(one, start) - start, min(two, end) - start))
    return tuple(clipped)


def paragraphs(block: Block) -> list[Block]:
    """Cut ``block`` where empty lines part its text, as ``<br><br>`` does."""
    pieces, start = [], 0
    for gap in _STANZAS.finditer(block.text):
        pieces.append((start, gap.start()))
        start = gap.end()
    pieces.append((start, len(block.text)))
    return cut(block, pieces) if len(pieces) > 1 else [block]


def lines(block: Block) -> list[Block]:
    """Cut ``block`` into its lines."""
    pieces, start = [], 0
    for line in block.text.split("\n"):
        pieces.append((start, start + len(line)))
        start += len(line) + 1
    return cut(block, pieces) if len(pieces) > 1 else [block]


def joined(one: Block, two: Block, glue: str) -> Block:
    """Return the two blocks as one, ``glue`` between their texts."""
    by = len(one.text) + len(glue)
    return replace(
        one,
        text=f"{one.text}{glue}{two.text}",
        emphasis=one.emphasis + tuple((start + by, end + by) for start, end in two.emphasis),
        speech=one.speech
        + tuple(replace(each, start=each.start + by, end=each.end + by) for each in two.speech),
        links=one.links
        + tuple(replace(link, start=link.start + by, end=link.end + by) for link in two.links),
        anchors=one.anchors + tuple((position + by, key) for position, key in two.anchors),
        references=one.references
        + tuple(replace(call, position=call.position + by) for call in two.references),
    )


def tidied(block: Block) -> Block:
    """Take out the white space at either end."""
    head = len(block.text) - len(block.text.lstrip())
    tail = len(block.text.rstrip())
    return erased(block, [(0, head), (max(tail, head), len(block.text))])
