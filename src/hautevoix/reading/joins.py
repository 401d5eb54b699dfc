"""Paragraphs that a page break or a note cut in two are made whole again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.model import Doubt
from hautevoix.reading.kinds import is_dateline, is_dialogue, is_salutation
from hautevoix.reading.lines import ends_sentence, is_rule, starts_lower
from hautevoix.reading.marks import body_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.reading.layout import Layout
    from hautevoix.reading.units import Unit

_WIDE = 3  # blank lines that no paragraph break has, unless the text has many
_MOST = 12  # joins told one by one; more are told together
_HALF = 0.5


def mend(units: Iterable[Unit], layout: Layout) -> tuple[tuple[Unit, ...], tuple[Doubt, ...]]:
    """Return the paragraphs of a chapter, joined where a page turned in mid-sentence."""
    whole: list[Unit] = []
    doubts: list[Doubt] = []
    for unit in units:
        if whole and _is_cut(whole[-1], unit, layout):
            doubts.append(_told(whole[-1], unit))
            whole[-1] = _joined(whole[-1], unit)
        elif not is_rule(unit.text):
            whole.append(unit)
    return tuple(whole), tuple(doubts)


def together(doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """Return ``doubts`` one by one, or one for all where a whole book was put together."""
    if len(doubts) <= _MOST:
        return tuple(doubts)
    lines = ", ".join(str(doubt.line) for doubt in doubts)
    message = f"{len(doubts)} paragraphs cut by page breaks or notes were joined (lines {lines})"
    return (Doubt(doubts[0].line, message),)


def _joined(one: Unit, two: Unit) -> Unit:
    return replace(one, lines=one.lines + two.lines, after=two.after, verse=one.verse and two.verse)


def _told(one: Unit, two: Unit) -> Doubt:
    why = "a note" if two.seam else "a page break"
    ends = " ".join(one.text[-60:].split(" ")[-3:])
    begins = " ".join(two.text[:60].split(" ")[:3])
    message = f"the paragraph cut by {why} is joined: “{ends} | {begins}”"
    return Doubt(two.number, message)


def _is_cut(one: Unit, two: Unit, layout: Layout) -> bool:
    if one.verse or two.verse or is_rule(one.text) or is_rule(two.text) or not _turns(two, layout):
        return False
    before, after = one.lines[-1], two.lines[0]
    if is_salutation(one.text) or is_dateline(one.text) or is_dialogue(after.text):
        return False
    if ends_sentence(before.text):
        return _flows_on(one, two, layout)
    if before.text.endswith((":", "»")) and not starts_lower(after.text):
        return False
    if body_label(after.text, strict=True) or after.text[:1] in "«•":
        return False
    return starts_lower(after.text) or layout.is_full(before, after) or _is_long(one, layout)


def _turns(unit: Unit, layout: Layout) -> bool:
    return unit.page or unit.seam or unit.gap >= max(_WIDE, layout.gap + 2)


def _is_long(unit: Unit, layout: Layout) -> bool:
    return unit.lines[-1].reach > layout.width * _HALF and len(unit.lines) > 1


def _flows_on(one: Unit, two: Unit, layout: Layout) -> bool:
    """A sentence ended just where the page did: only the layout can tell."""
    before, after = one.lines[-1], two.lines[0]
    if not two.page or len(one.lines) < 2:
        return False
    if layout.indents:
        return after.indent not in layout.indents
    return after.indent == layout.base and layout.is_full(before, after) and len(two.lines) > 1
