"""lines → units: what stands together on the page, cut where the text's own layout says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import Form, match_heading
from hautevoix.reading.language.note_marks import body_label
from hautevoix.reading.language.phrases import is_salutation, looks_like_name
from hautevoix.reading.language.punctuation import ends_sentence, is_rule, starts_lower
from hautevoix.reading.text.layout import Breaks, Layout
from hautevoix.reading.text.plays import by_speaker, is_cast
from hautevoix.reading.text.verse import TITLE_LINES, find_verse, is_shouted, is_special

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.text.lines import Line

_DASH = re.compile(r"(?:[—–―]|--|-(?= )) ?(?=[«“\"]? ?[A-ZÀ-ÖØ-Þ…\d.])")
_ITEM = re.compile(r"(?:\d{1,2}[°º)]|[a-z]\)|[•·▪‣*-] ) ?(?=\S)")
_AT_END = 9  # blank lines: what ends with the text stands apart
_CENTRED = 40  # columns by which a centred line may stand further in than the first
_SET = 12  # columns by which no paragraph is indented
_ROW = re.compile(r"\.{3,} *\d[^.]*$")  # « Total....... 5,446 dollars »
_TAIL = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that stand together; ``gap``: blank lines before; ``page``: a page turns before;
    ``after``: blank lines after; ``seam``: notes were taken out before; ``verse``: keep its lines;
    ``parted``: stars or a drawn line stand before; ``speaks``: it names who speaks next.
    """  # noqa: D205  (a line for each field)

    lines: tuple[Line, ...]
    gap: int = 0
    page: bool = False
    after: int = 0
    seam: bool = False
    verse: bool = False
    parted: bool = False
    speaks: bool = False

    @property
    def number(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def text(self) -> str:
        """Its lines, one after the other, as they are: to look at, not to read out."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> int:
        """How many characters it holds."""
        return sum(len(line.text) + 1 for line in self.lines)

    @property
    def indent(self) -> int:
        """The indent that all its lines have."""
        return min(line.indent for line in self.lines)


def bare(unit: Unit) -> str:
    """Return the text of a unit without the rules drawn over and under it."""
    return " ".join(line.text for line in unit.lines if not is_rule(line.text)).strip(" =_")


def merge(pieces: Sequence[Unit]) -> Unit:
    """Return the one unit that ``pieces`` make together."""
    if len(pieces) == 1:
        return pieces[0]
    lines = tuple(line for piece in pieces for line in piece.lines)
    return replace(pieces[0], lines=lines, after=pieces[-1].after)


def cut(lines: Sequence[Line], layout: Layout) -> tuple[Unit, ...]:
    """Cut ``lines`` into units by blank lines, then by indents, dashes, marks and headings."""
    blocks = list(_blocks(lines, layout))
    blocks = list(by_speaker(blocks))
    gaps = [gap for _, gap in blocks[1:]] + [_AT_END] * bool(blocks)
    verses = find_verse([block for block, _ in blocks], layout)
    units: list[Unit] = []
    for (block, gap), after, verse in zip(blocks, gaps, verses, strict=True):
        if not gap and units:
            units[-1] = replace(units[-1], after=0, speaks=True)
        units.extend(_refine(block, gap, after, layout, verse=verse))
    return tuple(units)


def _blocks(lines: Sequence[Line], layout: Layout) -> Iterator[tuple[tuple[Line, ...], int]]:
    """Yield the runs of written lines, each with the count of blank lines before it."""
    block: list[Line] = []
    before, gap = 0, 0
    for line in lines:
        if not line.text:
            gap += 1
            continue
        if block and gap > layout.doubled:
            yield tuple(block), before
            block, before = [], gap - layout.doubled
        block.append(line)
        gap = 0
    if block:
        yield tuple(block), before


def _refine(
    block: tuple[Line, ...], gap: int, after: int, layout: Layout, *, verse: bool
) -> Iterator[Unit]:
    layout = layout.within(block)
    whole = verse or _is_long_heading(block)
    pieces = [block] if whole else list(_pieces(block, layout))
    for index, piece in enumerate(pieces):
        yield Unit(
            piece,
            gap=0 if index else gap,
            page=piece[0].page,
            after=after if index == len(pieces) - 1 else 0,
            verse=verse,
        )


def _is_long_heading(block: Sequence[Line]) -> bool:
    """Tell whether ``block`` is a division's title on several lines, however they are set."""
    # Pinned by a-paragraph-a-line.
    if not 1 < len(block) <= TITLE_LINES or block[0].indent < block[-1].indent - _CENTRED:
        return False
    if is_shouted(block) and not any(is_special(line.text) for line in block):
        return True
    heading = match_heading(block[0].text.rstrip(","))
    if heading and heading.title and all(line.text.isupper() for line in block):
        return True
    return bool(heading and heading.form is Form.DIVISION and heading.title)


def _pieces(block: tuple[Line, ...], layout: Layout) -> Iterator[tuple[Line, ...]]:
    start = 0
    for index in range(1, len(block)):
        if _opens(block[index - 1], block[index], layout):
            yield block[start:index]
            start = index
    yield block[start:]


def _opens(before: Line, line: Line, layout: Layout) -> bool:
    """Tell whether ``line`` opens a unit although no blank line parts it from ``before``."""
    # Pinned by english, a-paragraph-a-line.
    if layout.breaks is Breaks.PARAGRAPH or is_rule(line.text) or is_rule(before.text):
        return True
    if is_cast(before.text, line.text):
        return True
    if _stands_alone(before, line, layout):
        return True
    if starts_lower(line.text) and not _item(before, line, layout):
        return False
    return any(rule(before, line, layout) for rule in _OPENERS)


def _stands_alone(before: Line, line: Line, layout: Layout) -> bool:
    """Tell a bare heading (« CHAPITRE II », « IV ») from the lines around it."""
    # Pinned by english, contents-before-a-dedication.
    for one, other in ((line, before), (before, line)):
        heading = match_heading(one.text)
        if heading and heading.stands_alone and not layout.is_full(one, None):
            if one is before or ends_sentence(other.text):
                return True
            closes = heading.label.isdigit() and one.text.endswith(".")  # « avant | 1840. »
            return not closes and not layout.is_full(other, line)
    return False


def _indented(before: Line, line: Line, layout: Layout) -> bool:
    # Pinned by ocr-slips, wrapped-indented.
    if line.indent in layout.indents and before.indent != line.indent:
        return True
    if line.indent in layout.indents and bool(layout.indents):
        return ends_sentence(before.text) or not layout.is_full(before, line)
    if line.indent >= before.indent + _SET:  # a name under an epigraph, at the right
        return ends_sentence(before.text)
    return False


def _spoken(before: Line, line: Line, layout: Layout) -> bool:
    # Pinned by ocr-slips, lines-within-blocks.
    if not _DASH.match(line.text):
        return False
    stop = ends_sentence(before.text) or before.text.endswith((":", "»", ","))
    return stop and (not layout.is_full(before, line) or bool(_DASH.match(before.text)))


def _item(before: Line, line: Line, layout: Layout) -> bool:
    # Pinned by english, list.
    stop = ends_sentence(before.text) or before.text.endswith((":", ";", ","))
    short = not layout.is_full(before, line)
    return bool(_ITEM.match(line.text)) and (short or (stop and bool(_ITEM.match(before.text))))


def _row(before: Line, line: Line, _layout: Layout) -> bool:
    # Pinned by ocr-slips, lines-within-blocks.
    return bool(_ROW.search(before.text[-_TAIL:]) and _ROW.search(line.text[-_TAIL:]))


def _short(before: Line, line: Line, layout: Layout) -> bool:
    # Pinned by ocr-slips, no-blank-no-indent.
    stop = ends_sentence(before.text) or before.text.endswith(":")
    quoted = line.text[0] in "«“" or before.text[-1] in "»”"  # seldom so in mid-paragraph
    return layout.flush and stop and (quoted or not layout.is_full(before, line))


def _headed(before: Line, line: Line, layout: Layout) -> bool:
    """Tell a line over a text (a heading, a greeting) that had room for half a line more."""
    # Pinned by ocr-slips, signature-in-flush-text.
    if not layout.flush or before.reach * 2 > layout.width or not line.text[0].isupper():
        return False
    signed = before.text[-1] == "," and looks_like_name(line.text)
    return signed or before.text[-1].isalnum() or is_salutation(before.text)


def _labelled(before: Line, line: Line, layout: Layout) -> bool:
    # Pinned by ocr-slips.
    if not body_label(line.text, strict=True):
        return False
    return ends_sentence(before.text) or not layout.is_full(before, line)


_OPENERS = (_labelled, _indented, _spoken, _item, _short, _row, _headed)
