"""Paragraphs that a page break or a note cut in two are made whole again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.reading.base.blocks import Block, erased, joined
from hautevoix.reading.language.note_marks import body_label
from hautevoix.reading.language.phrases import is_dateline, is_dialogue, is_salutation
from hautevoix.reading.language.punctuation import ends_sentence, is_rule, starts_lower
from hautevoix.reading.text.units import Unit, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.reading.base.diagnostics import Hit
    from hautevoix.reading.text.layout import Layout

_WIDE = 3  # blank lines that no paragraph break has, unless the text has many
_HALF = 0.5
_CALL = 10  # characters: no more than a call and its full stop
_FEWEST = 3  # wide gaps that show a habit
_MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class PageTurns:
    """What shows that a page turned: ``wide`` blank lines; ``rewrapped``: each page's text was
    wrapped anew, so that a short last line does not end a paragraph.
    """  # noqa: D205  (a line for each field)

    layout: Layout
    wide: int
    rewrapped: bool = False


def survey(chapters: Iterable[Sequence[Unit]], layout: Layout) -> PageTurns:
    """Measure, over all ``chapters``, what wide gaps between their units mean."""
    turns = PageTurns(layout, max(_WIDE, layout.gap + 2))
    pairs = [
        (one, two)
        for units in chapters
        for one, two in pairwise(units)
        if two.gap >= turns.wide and not is_rule(one.text + two.text)
    ]
    cuts = [(one, two) for one, two in pairs if _is_cut(one, two, turns)]
    short = sum(not layout.is_full(one.lines[-1], two.lines[0]) for one, two in cuts)
    mostly = len(cuts) >= _FEWEST and len(cuts) >= _MOSTLY * len(pairs)
    return replace(turns, rewrapped=mostly and short >= _HALF * len(cuts))


def mend(units: Iterable[Unit], turns: PageTurns) -> tuple[tuple[Unit, ...], tuple[Hit, ...]]:
    """Return the paragraphs of a chapter, joined where a page turned in mid-sentence."""
    whole: list[list[Unit]] = []
    joins: list[Hit] = []
    parted = False
    for unit in units:
        if is_rule(unit.text):
            parted = True
            continue
        if whole and not parted and _is_cut(whole[-1][-1], unit, turns):
            joins.append(
                _told(
                    whole[-1][-1].text,
                    unit.text,
                    unit.number,
                    tr("a note") if unit.seam else tr("a page break"),
                )
            )
            whole[-1].append(unit)
        else:
            whole.append([replace(unit, parted=parted)])
        parted = False
    return tuple(merge(pieces) for pieces in whole), tuple(joins)


def _told(one: str, two: str, line: int, cut: str) -> Hit:
    ends = " ".join(one[-60:].split(" ")[-3:])
    begins = " ".join(two[:60].split(" ")[:3])
    return line, {"cut": cut, "ends": ends, "begins": begins}


def _is_cut(one: Unit, two: Unit, turns: PageTurns) -> bool:
    # Pinned by a-paragraph-a-line, note-in-mid-paragraph.
    if one.verse or two.verse or not _turns(two, turns):
        return False
    before, after = one.lines[-1].text, two.lines[0].text
    if is_salutation(one.text) or is_dateline(one.text) or is_dialogue(after):
        return False
    if ends_sentence(before) or (before.endswith((":", "»")) and not starts_lower(after)):
        return _flows_on(one, two, turns)
    if len(two.text) > _CALL and (body_label(after, strict=True) or after[:1] in "«•"):
        return False
    return starts_lower(after) or _is_full(one, two, turns) or _is_long(one, turns)


def _turns(unit: Unit, turns: PageTurns) -> bool:
    # Pinned by caption-between-pages.
    return unit.page or unit.seam or unit.gap >= turns.wide


def _is_full(one: Unit, two: Unit, turns: PageTurns) -> bool:
    # Pinned by form-feeds, pages-in-brackets.
    return turns.layout.within(one.lines).is_full(one.lines[-1], two.lines[0])


def _is_long(one: Unit, turns: PageTurns) -> bool:
    # Pinned by notes-marks-alone.
    return one.lines[-1].reach > turns.layout.width * _HALF and len(one.lines) > 1


def _flows_on(one: Unit, two: Unit, turns: PageTurns) -> bool:
    """Tell, from the layout alone, whether a sentence that ended with the page ended no more."""
    # Pinned by form-feeds, pages-in-brackets.
    if turns.rewrapped and two.gap >= turns.wide:
        return len(one.lines) > 1 and len(two.lines) > 1
    if not two.page or len(one.lines) == 1:
        return False
    indent = two.lines[0].indent
    if turns.layout.indents:
        return indent not in turns.layout.indents
    return indent == turns.layout.base and _is_full(one, two, turns) and len(two.lines) > 1


# -- where markup shows the paragraphs

_OPEN_END = re.compile(r"[\w’')\]%°]$")

_SHORT = 60  # characters of a paragraph that may be a caption, a name, a line of an address


def mend_blocks(blocks: Iterable[Block]) -> tuple[list[Block], list[Hit]]:
    """Return marked-up paragraphs, joined where a page break cut them in mid-sentence."""
    whole: list[Block] = []
    joins: list[Hit] = []
    for block in blocks:
        if whole and _is_cut_block(whole[-1], block):
            joins.append(_told(whole[-1].text, block.text, block.line, tr("a page break")))
            whole[-1] = _rejoined(whole[-1], block)
        else:
            whole.append(block)
    return whole, joins


def _is_cut_block(one: Block, two: Block) -> bool:
    # Pinned by notes-of-indesign, marked-title-page.
    if one.level or two.level or one.kind or two.kind or two.ruled or one.part or two.part:
        return False
    if len(one.text) < _SHORT or not two.text[:1].islower() or ends_sentence(one.text):
        return False
    if is_salutation(one.text) or is_dateline(one.text):
        return False
    turned = two.page and one.text[-1:] in ",;-"
    return turned or _OPEN_END.search(one.text) is not None


def _rejoined(one: Block, two: Block) -> Block:
    if one.text.endswith("-") and one.text[-2:-1].isalpha():
        return joined(erased(one, [(len(one.text) - 1, len(one.text))]), two, "")
    return joined(one, two, " ")
