"""units → the notes' texts, wherever they stand: at the end, at a page's foot, inside the flow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import Form, is_notes, match_heading
from hautevoix.reading.language.note_marks import Label, body_label
from hautevoix.reading.language.punctuation import ends_sentence, is_rule
from hautevoix.reading.notes.page_references import PageCalls
from hautevoix.reading.notes.raw import (
    NUMBERED,
    NotesSection,
    RawNote,
    Separated,
    by_labels,
    comes_after,
    continues,
    follows,
    label_of,
    numbered_tail,
    runs_on,
)
from hautevoix.reading.text.units import Unit, merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.text.layout import Layout

_PREAMBLE = 3  # units that may stand between « Notes » and the first note
_LONGEST_NOTE = 4  # paragraphs on end that no note has
_LONGEST_PAGE = 60  # paragraphs
_SHORT = 2  # lines of a heading within the notes


class _Separator:
    """Walks the units once; what is a note depends on the calls seen before it."""

    def __init__(self, units: Sequence[Unit], layout: Layout) -> None:
        self.units = list(units)
        self.layout = layout
        self.references = PageCalls()
        self.turned = 0  # where in the body the page begins
        self.paged = any(unit.page for unit in units)
        self.body: list[list[Unit]] = []
        self.notes: list[RawNote] = []
        self.texts: list[list[Unit]] = []
        self.sections: list[NotesSection] = []
        self.seam = False
        self.pages = 0  # turned so far
        self.noted = -2  # the page at whose foot the last note stands
        self.end = False
        self.tail = len(self.units) - numbered_tail(self.units)  # from the end: cuts come before

    def run(self) -> Separated:
        steps = (self._section, self._foot, self._page_foot, self._flow)
        index = 0
        while index < len(self.units):
            if len(self.units) - index == self.tail and self._is_called_tail(index):
                index = self._zone(index, None, len(self.sections))
            else:
                index = next(end for step in steps if (end := step(index)))
        pairs = zip(self.notes, self.texts, strict=True)
        notes = (replace(note, units=tuple(units)) for note, units in pairs)
        return Separated(tuple(map(merge, self.body)), tuple(notes), tuple(self.sections), self.end)

    def _keep(self, unit: Unit) -> None:
        if self._goes_on(unit):
            self._extend(unit)
            return
        if unit.page:
            self.turned = len(self.body)
            self.pages += 1
        self.body.append([replace(unit, seam=True) if self.seam else unit])
        self.seam = False
        self.references.look(unit)

    def _goes_on(self, unit: Unit) -> bool:
        """Tell whether ``unit`` is the rest of the last note, whose page ended in mid-sentence."""
        # Pinned by a-paragraph-a-line, notes-foot-no-rule.
        if not (self.texts and self.body and runs_on(self.texts[-1][-1], unit)):
            return False
        return ends_sentence(self.body[-1][-1].lines[-1].text)

    def _label(self, index: int, *, zone: bool = False) -> Label | None:
        return label_of(self.units[index], zone=zone) if index < len(self.units) else None

    def _spread(self, index: int) -> None:
        """Cut the unit at ``index`` where notes follow each other with no blank line between."""
        if index < len(self.units) and not self.units[index].verse:
            self.units[index : index + 1] = by_labels(self.units[index], self.layout)

    def _is_called_tail(self, start: int) -> bool:
        """Tell whether each of the last paragraphs' numbers is called above."""
        # Pinned by notes-spaced-again, notes-wikisource.
        labels = [self._label(index, zone=True) for index in range(start, len(self.units))]
        return all(label and label.label in self.references.seen for label in labels)

    # -- « Notes », a preamble, then one note after the other

    def _section(self, index: int) -> int:
        unit = self.units[index]
        if len(unit.lines) > 1 or not is_notes(unit.text.strip(" =-_*")):
            return 0
        if not (first := self._first_of_section(index + 1)):
            return 0
        between = self.units[index + 1 : first]
        under = between.pop().text if between and self._is_subheading(first - 1) else None
        self.sections.append(NotesSection(unit, tuple(between)))
        return self._zone(first, under, len(self.sections) - 1)

    def _first_of_section(self, start: int) -> int:
        """Return where the first note stands: 1, or any label in brackets."""
        for index in range(start, min(start + _PREAMBLE + 1, len(self.units))):
            label = self._label(index, zone=True)
            if label and (label.label in {"1", "a", "A", "*"} or label.style == "bracket"):
                return index
            if match_heading(self.units[index].text) and not self._label(index + 1, zone=True):
                return 0
        return 0

    def _zone(self, index: int, under: str | None, zone: int) -> int:
        style = ""
        while index < len(self.units):
            self._spread(index)
            unit, label = self.units[index], self._label(index, zone=True)
            if label and (not style or follows(self.notes[-1], label, style)):
                style = label.style
                self.notes.append(RawNote(label, (unit,), zone, under))
                self.texts.append([unit])
            elif self._is_subheading(index):
                under = unit.text
            elif self._leaves(index):
                return index
            elif not is_rule(unit.text):
                self._extend(unit)
            index += 1
        self.end = True
        return index

    def _is_subheading(self, index: int) -> bool:
        # Pinned by notes-per-chapter, notes-at-end-by-chapter.
        unit = self.units[index]
        following = self._label(index + 1, zone=True)
        heading = match_heading(unit.text) is not None
        sentence = ends_sentence(unit.text.rstrip(".") if heading else unit.text)
        if following is None or len(unit.lines) > _SHORT or sentence:
            return False
        return heading or following.label in {"1", "a", "*"}

    def _leaves(self, index: int) -> bool:
        # Pinned by notes-brackets-end, notes-per-chapter.
        unit = self.units[index]
        heading = match_heading(unit.text) if len(unit.lines) <= _SHORT else None
        named = heading is not None and heading.form in {Form.DIVISION, Form.NAMED}
        if heading and (named or (heading.stands_alone and not heading.label.isdigit())):
            return True
        ended = ends_sentence(unit.text)
        if len(unit.lines) > 1 or (not ended and self._is_text(index + 1)):
            return len(unit.lines) == 1
        apart = (unit.gap > self.layout.gap or unit.page) and len(unit.text) > _PREAMBLE
        titled = not ended and unit.text[0].isupper() and not self._label(index + 1, zone=True)
        return apart and (unit.text.isupper() or titled)

    def _is_text(self, start: int) -> bool:
        """Tell whether what follows is text again: paragraphs on end without a label."""
        # Pinned by notes-then-a-loose-title.
        ahead = self.units[start : start + _LONGEST_NOTE]
        return len(ahead) == _LONGEST_NOTE and not any(
            self._label(index, zone=True) for index in range(start, start + _LONGEST_NOTE)
        )

    def _extend(self, unit: Unit) -> None:
        """Add ``unit`` to the last note: to its sentence, where a page cut that in two."""
        last = self.texts[-1][-1]
        self.texts[-1][-1:] = [merge([last, unit])] if runs_on(last, unit) else [last, unit]

    # -- under a rule, at the foot of a page

    def _foot(self, index: int) -> int:
        if not is_rule(self.units[index].text):
            return 0
        label = self._label(index + 1, zone=True)
        if not label or label.label not in self.references.seen:
            return 0
        index += 1
        self._spread(index)
        while label is not None and (label.label in self.references.seen or self._is_next(label)):
            index = self._note(index, label)
            self._spread(index)
            label = self._label(index, zone=True)
        return index

    # -- at the foot of a page, with no rule: « 1. … », called by a figure that sticks to a word

    def _page_foot(self, index: int) -> int:
        label = self._label(index, zone=True) if self.paged else None
        if label is None:
            return self._cut_foot(index)
        page = self.body[max(self.turned, len(self.body) - _LONGEST_PAGE) :]
        if label.style not in NUMBERED or not self.references.references(label.label, page):
            return 0
        stop, last = index, label
        while label is not None and (stop == index or comes_after(last, label)):
            self._spread(stop)
            stop, last = stop + 1, label
            label = self._label(stop, zone=True)
        if not self._turns(stop):
            return 0
        for place in range(index, stop):
            opening = self._label(place, zone=True) or last
            self.references.stick(opening.label, page)
            self._note(place, opening)
        return stop

    def _cut_foot(self, index: int) -> int:
        """Cut a page's last paragraph from the notes under it; it is read as a paragraph is."""
        unit = self.units[index]
        if self._interrupts(index):
            self._extend(unit)
            return index + 1
        if unit.verse or not self._turns(index + 1):
            return 0
        pieces = by_labels(unit, self.layout)
        label = body_label(pieces[1].lines[0].text, zone=True) if len(pieces) > 1 else None
        if label and label.style in NUMBERED:
            self.references.look(pieces[0])
            first = max(self.turned, len(self.body) - _LONGEST_PAGE)
            page = [*self.body[len(self.body) if unit.page else first :], pieces[:1]]
            if self.references.references(label.label, page):
                self.units[index : index + 1] = pieces
        return 0

    def _interrupts(self, index: int) -> bool:
        """Tell a paragraph that cuts a sentence at a page's end: the rest of the last page's note.

        What turns no page, or follows a page without a note, is a picture's caption or a slip.
        """
        # Pinned by only-notes, notes-go-on-with-a-capital.
        stop = index + 1
        late = self.noted == self.pages - 1 and not self.units[index].page
        while late and self._label(stop, zone=True):
            stop += 1
        if not (late and self.body and stop < len(self.units) and self.units[stop].page):
            return False
        return runs_on(self.body[-1][-1], self.units[stop])

    def _turns(self, index: int) -> bool:
        """Tell whether a page ends before the unit at ``index``."""
        # Pinned by notes-go-on-with-a-capital.
        return self.units[index].page if index < len(self.units) else self.paged

    # -- between two paragraphs

    def _flow(self, index: int) -> int:
        label = self._label(index)
        if label and self._is_note(index, label):
            self._spread(index)
            return self._note(index, label)
        unit = self.units[index]
        if label and unit.gap == 0 and self.body and label.style == "bracket":
            self.body[-1].append(unit)
            self.references.look(unit)
        else:
            self._keep(unit)
        return index + 1

    def _is_note(self, index: int, label: Label) -> bool:
        # Pinned by only-notes.
        if label.style in {"named", "caret"} or label.label in self.references.seen:
            return True
        following = self._label(index + 1) if label.style == "bracket" else None
        if following and comes_after(label, following) and following.style == label.style:
            return True
        return self.seam and self._is_next(label)

    def _is_next(self, label: Label) -> bool:
        # Pinned by only-notes.
        return bool(self.notes) and comes_after(self.notes[-1].opening, label)

    def _note(self, index: int, label: Label) -> int:
        unit = self.units[index]
        units = [unit]
        index += 1
        while index < len(self.units) and continues(
            unit, self.units[index], units[-1], self.layout
        ):
            units.append(self.units[index])
            index += 1
        self.notes.append(RawNote(label, (unit,)))
        self.texts.append(units)
        self.noted = self.pages
        self.references.seen.discard(label.label) if label.style == "star" else None
        self.seam = True
        return index


def separate_notes(units: Sequence[Unit], layout: Layout) -> Separated:
    """Part the notes' texts from the text; which call each answers is found later."""
    return _Separator(units, layout).run()
