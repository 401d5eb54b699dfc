"""Notes as found: whose text is known, but not yet which call they answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.language.note_marks import Label, body_label
from hautevoix.reading.language.punctuation import ends_sentence, is_rule, starts_lower

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.text.layout import Layout
    from hautevoix.reading.text.lines import Line
    from hautevoix.reading.text.units import Unit

NUMBERED = frozenset({"dot", "plain", "paren"})
"""How notes are numbered where nothing but their place tells them from a list."""
_GAP = 3  # notes that may be missing between two


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
class NotesSection:
    """A section of notes: its ``heading``, and what stands between that and the first note."""

    heading: Unit
    preamble: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Separated:
    """Text and notes taken apart; ``end``: the last section closes the book."""

    body: tuple[Unit, ...]
    notes: tuple[RawNote, ...]
    sections: tuple[NotesSection, ...]
    end: bool = False


def by_labels(unit: Unit, layout: Layout) -> list[Unit]:
    """Cut ``unit`` before each line that opens a note whose number comes next."""
    layout = layout.within(unit.lines)
    pieces: list[list[Line]] = [[unit.lines[0]]]
    last = body_label(unit.lines[0].text, zone=True)
    for before, line in pairwise(unit.lines):
        label = body_label(line.text, zone=True)
        ended = ends_sentence(before.text) or not layout.is_full(before, line)
        if label and ended and (last is None or comes_after(last, label)):
            pieces.append([])
            last = label
        pieces[-1].append(line)
    if len(pieces) == 1:
        return [unit]
    units = [replace(unit, lines=tuple(piece), gap=0, after=0) for piece in pieces]
    units[0] = replace(units[0], gap=unit.gap)
    units[-1] = replace(units[-1], after=unit.after)
    return units


def comes_after(last: Label, label: Label) -> bool:
    """Tell whether ``label`` is the one after ``last``, in the same style."""
    # Pinned by only-notes.
    if last.style != label.style:
        return False
    if last.label.isdigit() and label.label.isdigit():
        return int(label.label) == int(last.label) + 1
    return label.label == last.label + "*" or (
        len(last.label) == len(label.label) == 1 and ord(label.label) == ord(last.label) + 1
    )


def follows(last: RawNote, label: Label, style: str) -> bool:
    """Tell a new note from a number: it comes after the ``last``, or starts again at 1."""
    # Pinned by notes-wikisource.
    if label.style in {"bracket", "super", "named", "caret"}:
        return True
    if label.style != style:
        return False
    if not (last.label.isdigit() and label.label.isdigit()):
        return True
    return label.label == "1" or 0 < int(label.label) - int(last.label) <= _GAP


def runs_on(one: Unit, two: Unit) -> bool:
    """Tell whether the sentence that ``one`` ends in goes on in ``two``."""
    # Pinned by notes-stars, notes-go-on-with-a-capital.
    return not ends_sentence(one.lines[-1].text) and starts_lower(two.lines[0].text)


def label_of(unit: Unit, *, zone: bool) -> Label | None:
    """Return the label that ``unit`` opens with; verse has none."""
    return None if unit.verse else body_label(unit.lines[0].text, zone=zone)


def numbered_tail(units: Sequence[Unit]) -> int:
    """Return where the numbered paragraphs start that the text ends with, with no heading."""
    index, last = len(units), None
    while index:
        label = label_of(units[index - 1], zone=True)
        if label is None or label.style not in NUMBERED:
            return len(units)
        if last and not comes_after(label, last):
            return len(units)
        index, last = index - 1, label
        if label.label == "1":
            return index
    return index


def continues(note: Unit, unit: Unit, last: Unit, layout: Layout) -> bool:
    """Tell whether a note goes on: the text stays indented as it is, or its bracket is open."""
    # Pinned by only-notes.
    if label_of(unit, zone=False) or is_rule(unit.text):
        return False
    if note.text.startswith("[N") and not last.text.rstrip().endswith("]"):
        return "]" not in note.text
    inside = unit.indent >= note.indent > layout.base
    centred = len(unit.lines) == 1 and unit.text.isupper()
    return inside and not centred and note.indent not in layout.indents
