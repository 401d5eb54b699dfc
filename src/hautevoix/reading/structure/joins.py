"""Paragraphs that a page break or a note cut in two are made whole again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.model import Doubt
from hautevoix.reading.language.note_marks import body_label
from hautevoix.reading.language.phrases import is_dateline, is_dialogue, is_salutation
from hautevoix.reading.language.punctuation import ends_sentence, is_rule, starts_lower
from hautevoix.reading.text.units import Unit, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.reading.text.layout import Layout

_WIDE = 3  # blank lines that no paragraph break has, unless the text has many
_MOST = 30  # joins told one by one; more are told together
_HALF = 0.5
_CALL = 10  # characters: no more than a call and its full stop
_FEWEST = 3  # wide gaps that show a habit
_MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class Turns:
    """What shows that a page turned: ``wide`` blank lines; ``rewrapped``: each page's text was
    wrapped anew, so that a short last line does not end a paragraph.
    """  # noqa: D205  (a line for each field)

    layout: Layout
    wide: int
    rewrapped: bool = False


def survey(chapters: Iterable[Sequence[Unit]], layout: Layout) -> Turns:
    """Measure, over all ``chapters``, what wide gaps between their units mean."""
    turns = Turns(layout, max(_WIDE, layout.gap + 2))
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


def mend(units: Iterable[Unit], turns: Turns) -> tuple[tuple[Unit, ...], tuple[Doubt, ...]]:
    """Return the paragraphs of a chapter, joined where a page turned in mid-sentence."""
    whole: list[list[Unit]] = []
    doubts: list[Doubt] = []
    parted = False
    for unit in units:
        if is_rule(unit.text):
            parted = True
            continue
        if whole and not parted and _is_cut(whole[-1][-1], unit, turns):
            doubts.append(_told(whole[-1][-1], unit))
            whole[-1].append(unit)
        else:
            whole.append([replace(unit, parted=parted)])
        parted = False
    return tuple(merge(pieces) for pieces in whole), tuple(doubts)


def together(doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """Return ``doubts`` one by one, or one for all where a whole book was put together."""
    if len(doubts) <= _MOST:
        return tuple(doubts)
    lines = ", ".join(str(doubt.line) for doubt in doubts)
    message = f"{len(doubts)} paragraphs cut by page breaks or notes were joined (lines {lines})"
    return (Doubt(doubts[0].line, message),)


def _told(one: Unit, two: Unit) -> Doubt:
    why = "a note" if two.seam else "a page break"
    ends = " ".join(one.text[-60:].split(" ")[-3:])
    begins = " ".join(two.text[:60].split(" ")[:3])
    message = f"the paragraph cut by {why} is joined: “{ends} | {begins}”"
    return Doubt(two.number, message)


def _is_cut(one: Unit, two: Unit, turns: Turns) -> bool:
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


def _turns(unit: Unit, turns: Turns) -> bool:
    return unit.page or unit.seam or unit.gap >= turns.wide


def _is_full(one: Unit, two: Unit, turns: Turns) -> bool:
    return turns.layout.within(one.lines).is_full(one.lines[-1], two.lines[0])


def _is_long(one: Unit, turns: Turns) -> bool:
    return one.lines[-1].reach > turns.layout.width * _HALF and len(one.lines) > 1


def _flows_on(one: Unit, two: Unit, turns: Turns) -> bool:
    """Tell, from the layout alone, whether a sentence that ended with the page ended no more."""
    if turns.rewrapped and two.gap >= turns.wide:
        return len(one.lines) > 1 and len(two.lines) > 1
    if not two.page or len(one.lines) == 1:
        return False
    indent = two.lines[0].indent
    if turns.layout.indents:
        return indent not in turns.layout.indents
    return indent == turns.layout.base and _is_full(one, two, turns) and len(two.lines) > 1
