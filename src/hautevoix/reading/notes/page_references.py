"""The calls met so far on the way through a text: what is a note depends on those before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.reading.language.note_marks import find_calls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.reading.text.units import Unit

_STICKING = frozenset({"glued", "super"})
# « au jeudi 2. »: a word that takes no number of its own, a figure, the end of a clause.
_WORD = (
    r"(?<!\bpage)(?<!\bpages)(?<!\btome)(?<!\bacte)(?<!\blivre)(?<!\bscène)(?<!chapitre)"
    r"(?<!article)(?<!numéro)(?<!\bnote)(?<!figure)(?<!\bles)(?<!\bdes)(?<!\baux)(?<!entre)"
    r"(?<=[a-zà-ÿ]{3})"
)
_CLOSED = r"(?=[.,;:!?»)]| [;:!?»]|$)"


@dataclass(slots=True)
class PageCalls:
    """The labels ``seen`` as calls, and those that stuck to a word, as raised figures do."""

    seen: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)

    def look(self, unit: Unit) -> None:
        """Remember the calls in ``unit``."""
        for mark in find_calls(unit.text):
            self.seen.add(mark.label)
            if mark.style in _STICKING:
                self.raised.add(mark.label)

    def references(self, label: str, page: Iterable[Iterable[Unit]]) -> bool:
        """Tell whether a figure on the ``page`` calls the note ``label``."""
        # Pinned by notes-go-on-with-a-capital.
        pattern = _loose(label)
        loose = (pattern.search(line.text) for units in page for u in units for line in u.lines)
        return label in self.raised or any(loose)

    def stick(self, label: str, page: Sequence[list[Unit]]) -> None:
        """Move a figure that a space parts from its word to it: it can't be a number then."""
        if any(_sticks(unit, label) for units in page for unit in units):
            return
        pattern = _loose(label)
        for units in reversed(page):
            for place, unit in enumerate(units):
                if any(pattern.search(line.text) for line in unit.lines):
                    units[place] = _stuck(unit, pattern, label)
                    self.raised.add(label)
                    return


def _sticks(unit: Unit, label: str) -> bool:
    # Pinned by notes-spaced-again.
    return any(m.label == label and m.style in _STICKING for m in find_calls(unit.text))


def _loose(label: str) -> re.Pattern[str]:
    return re.compile(f"{_WORD} {label}{_CLOSED}")


def _stuck(unit: Unit, pattern: re.Pattern[str], label: str) -> Unit:
    lines = (replace(line, text=pattern.sub(label, line.text)) for line in unit.lines)
    return replace(unit, lines=tuple(lines))
