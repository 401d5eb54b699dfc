"""units → the notes' texts, wherever they stand: at the end, at a page's foot, inside the flow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.lines import ends_sentence, is_rule
from hautevoix.reading.marks import Label, body_label, find_calls
from hautevoix.reading.wording import Form, is_notes, match_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.layout import Layout
    from hautevoix.reading.lines import Line
    from hautevoix.reading.units import Unit

_PREAMBLE = 3  # units that may stand between « Notes » and the first note
_LONGEST_NOTE = 4  # paragraphs on end that no note has
_GAP = 3  # notes that may be missing between two
_SHORT = 2  # lines of a heading within the notes


@dataclass(frozen=True, slots=True)
class RawNote:
    """A note as found: ``units`` hold its text, ``opening`` what of it is mark.

    ``zone`` numbers the section of notes it stands in, None in the flow; ``under`` is the heading
    that stands over it within that section.
    """

    opening: Label
    units: tuple[Unit, ...]
    zone: int | None = None
    under: str | None = None

    @property
    def label(self) -> str:
        """What calls it."""
        return self.opening.label

    @property
    def line(self) -> int:
        """Where it starts in the source."""
        return self.units[0].number


@dataclass(frozen=True, slots=True)
class Section:
    """A section of notes: its ``heading``, and what stands between that and the first note."""

    heading: Unit
    preamble: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Text and notes taken apart; ``end``: the last section closes the book."""

    body: tuple[Unit, ...]
    notes: tuple[RawNote, ...]
    sections: tuple[Section, ...]
    end: bool = False


class _Separator:
    """Walks the units once; what is a note depends on the calls seen before it."""

    def __init__(self, units: Sequence[Unit], layout: Layout) -> None:
        self.units = list(units)
        self.layout = layout
        self.seen: set[str] = set()
        self.body: list[Unit] = []
        self.notes: list[RawNote] = []
        self.sections: list[Section] = []
        self.seam = False
        self.end = False

    def run(self) -> Apart:
        index = 0
        while index < len(self.units):
            index = self._section(index) or self._foot(index) or self._flow(index)
        return Apart(tuple(self.body), tuple(self.notes), tuple(self.sections), self.end)

    def _keep(self, unit: Unit) -> None:
        self.body.append(replace(unit, seam=True) if self.seam else unit)
        self.seam = False
        self.seen.update(mark.label for mark in find_calls(unit.text))

    def _label(self, index: int, *, zone: bool = False) -> Label | None:
        if index >= len(self.units) or self.units[index].verse:
            return None
        return body_label(self.units[index].lines[0].text, zone=zone)

    def _spread(self, index: int) -> None:
        """Cut the unit at ``index`` where notes follow each other with no blank line between."""
        if index < len(self.units) and not self.units[index].verse:
            self.units[index : index + 1] = by_labels(self.units[index], self.layout)

    # -- « Notes », a preamble, then one note after the other

    def _section(self, index: int) -> int:
        unit = self.units[index]
        if len(unit.lines) > 1 or not is_notes(unit.text.strip(" =-_*")):
            return 0
        first = self._first_of_section(index + 1)
        if not first:
            return 0
        between = self.units[index + 1 : first]
        under = between.pop().text if between and self._is_subheading(first - 1) else None
        self.sections.append(Section(unit, tuple(between)))
        return self._zone(first, under)

    def _first_of_section(self, start: int) -> int:
        """Return where the first note stands: 1, or any label in brackets."""
        for index in range(start, min(start + _PREAMBLE + 1, len(self.units))):
            label = self._label(index, zone=True)
            if label and (label.label in {"1", "a", "A", "*"} or label.style == "bracket"):
                return index
            if match_heading(self.units[index].text) and not self._label(index + 1, zone=True):
                return 0
        return 0

    def _zone(self, index: int, under: str | None) -> int:
        zone = len(self.sections) - 1
        style = ""
        while index < len(self.units):
            self._spread(index)
            unit, label = self.units[index], self._label(index, zone=True)
            if label and self._follows(label, style):
                style = label.style
                self.notes.append(RawNote(label, (unit,), zone, under))
            elif self._is_subheading(index):
                under = unit.text
            elif self._leaves(index):
                return index
            elif not is_rule(unit.text):
                self._extend(unit)
            index += 1
        self.end = True
        return index

    def _follows(self, label: Label, style: str) -> bool:
        """Tell a new note from a number: it comes after the last, or starts again at 1."""
        if not style or label.style in {"bracket", "super", "named", "caret"}:
            return True
        if label.style != style:
            return False
        last = self.notes[-1].label
        if not (last.isdigit() and label.label.isdigit()):
            return True
        return label.label == "1" or 0 < int(label.label) - int(last) <= _GAP

    def _is_subheading(self, index: int) -> bool:
        unit = self.units[index]
        following = self._label(index + 1, zone=True)
        if following is None or len(unit.lines) > _SHORT or ends_sentence(unit.text.rstrip(".")):
            return False
        return match_heading(unit.text) is not None or following.label in {"1", "a", "*"}

    def _leaves(self, index: int) -> bool:
        unit = self.units[index]
        heading = match_heading(unit.text) if len(unit.lines) <= _SHORT else None
        if heading and heading.form in {Form.DIVISION, Form.NAMED}:
            return True
        if heading and heading.stands_alone and not heading.label.isdigit():
            return True
        if len(unit.lines) == 1 and not ends_sentence(unit.text) and self._is_text(index + 1):
            return True
        apart = unit.gap > self.layout.gap or unit.page
        return apart and len(unit.lines) == 1 and unit.text.isupper() and len(unit.text) > _PREAMBLE

    def _is_text(self, start: int) -> bool:
        """Tell whether what follows is text again: paragraphs on end without a label."""
        ahead = self.units[start : start + _LONGEST_NOTE]
        return len(ahead) == _LONGEST_NOTE and not any(
            self._label(index, zone=True) for index in range(start, start + _LONGEST_NOTE)
        )

    def _extend(self, unit: Unit) -> None:
        last = self.notes[-1]
        self.notes[-1] = replace(last, units=(*last.units, unit))

    # -- under a rule, at the foot of a page

    def _foot(self, index: int) -> int:
        if not is_rule(self.units[index].text):
            return 0
        label = self._label(index + 1, zone=True)
        if not label or label.label not in self.seen:
            return 0
        index += 1
        self._spread(index)
        while label is not None and (label.label in self.seen or self._is_next(label)):
            index = self._note(index, label)
            self._spread(index)
            label = self._label(index, zone=True)
        return index

    # -- between two paragraphs

    def _flow(self, index: int) -> int:
        label = self._label(index)
        if label and self._is_note(index, label):
            return self._note(index, label)
        unit = self.units[index]
        if label and unit.gap == 0 and self.body and label.style == "bracket":
            self.body[-1] = _mended(self.body[-1], unit)
            self.seen.update(mark.label for mark in find_calls(unit.text))
        else:
            self._keep(unit)
        return index + 1

    def _is_note(self, index: int, label: Label) -> bool:
        if label.style in {"named", "caret"} or label.label in self.seen:
            return True
        following = self._label(index + 1) if label.style == "bracket" else None
        if following and _comes_after(label, following) and following.style == label.style:
            return True
        return self.seam and self._is_next(label)

    def _is_next(self, label: Label) -> bool:
        return bool(self.notes) and _comes_after(self.notes[-1].opening, label)

    def _note(self, index: int, label: Label) -> int:
        unit = self.units[index]
        units = [unit]
        index += 1
        while index < len(self.units) and self._continues(unit, index, units[-1]):
            units.append(self.units[index])
            index += 1
        self.notes.append(RawNote(label, tuple(units)))
        self.seen.discard(label.label) if label.style == "star" else None
        self.seam = True
        return index

    def _continues(self, note: Unit, index: int, last: Unit) -> bool:
        """Tell whether a note goes on: the text stays indented as it is, or its bracket is open."""
        unit = self.units[index]
        if self._label(index) or is_rule(unit.text):
            return False
        if note.text.startswith("[N") and not last.text.rstrip().endswith("]"):
            return "]" not in note.text
        inside = unit.indent >= note.indent > self.layout.base
        centred = len(unit.lines) == 1 and unit.text.isupper()
        return inside and not centred and note.indent not in self.layout.indents


def by_labels(unit: Unit, layout: Layout) -> list[Unit]:
    """Cut ``unit`` before each line that opens a note whose number comes next."""
    layout = layout.within(unit.lines)
    pieces: list[list[Line]] = [[unit.lines[0]]]
    last = body_label(unit.lines[0].text, zone=True)
    for before, line in pairwise(unit.lines):
        label = body_label(line.text, zone=True)
        ended = ends_sentence(before.text) or not layout.is_full(before, line)
        if label and ended and (last is None or _comes_after(last, label)):
            pieces.append([])
            last = label
        pieces[-1].append(line)
    if len(pieces) == 1:
        return [unit]
    units = [replace(unit, lines=tuple(piece), gap=0, after=0) for piece in pieces]
    units[0] = replace(units[0], gap=unit.gap)
    units[-1] = replace(units[-1], after=unit.after)
    return units


def _comes_after(last: Label, label: Label) -> bool:
    """Tell whether ``label`` is the one after ``last``, in the same style."""
    if last.style != label.style:
        return False
    if last.label.isdigit() and label.label.isdigit():
        return int(label.label) == int(last.label) + 1
    return label.label == last.label + "*" or (
        len(last.label) == len(label.label) == 1 and ord(label.label) == ord(last.label) + 1
    )


def _mended(unit: Unit, cut_off: Unit) -> Unit:
    return replace(unit, lines=unit.lines + cut_off.lines, after=cut_off.after)


def take_apart(units: Sequence[Unit], layout: Layout) -> Apart:
    """Part the notes' texts from the text; which call each answers is found later."""
    return _Separator(units, layout).run()


def note_texts(note: RawNote) -> Iterator[tuple[Unit, int]]:
    """Yield the units of ``note`` and how many characters at the head of each are mark."""
    for index, unit in enumerate(note.units):
        yield unit, 0 if index else note.opening.length
