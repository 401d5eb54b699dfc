"""What is usual in a document: the size of its text, its leading, whether first lines stand in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.language.phrases import is_dialogue
from hautevoix.reading.language.punctuation import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.sources.pdf.columns import Line

LARGE = 1.12
"""Of the text's size: a heading."""
FINE = 0.94
"""Of the text's size: small print."""
SOLID = 1.2
"""Of the size: a leading where nothing shows it."""
GAP = 1.25
"""Of the leading: a wider step parts paragraphs."""
_INDENT = 0.7  # of the size: the shallowest indent
_DEEPEST = 5.0  # the deepest: a line that starts further in is set in the middle, or at the right
_ROOM = 0.5  # of the size: what is left over after the last word that fits
_HABIT = 0.04  # share of the lines that start in, where paragraphs do


@dataclass(frozen=True, slots=True)
class Measure:
    """A document's text: its ``size`` and ``leading`` in points; ``indents``: paragraphs do."""

    size: float
    leading: float
    indents: bool = False

    def step(self, one: Line, two: Line) -> float:
        """Return how far down ``two`` stands, in leadings of its size."""
        size = max(min(one.row.size, two.row.size), 1.0)
        leading = self.leading * size / self.size if self.size else size
        return (one.row.y - two.row.y) / (leading or 1.0)

    def is_fine(self, line: Line) -> bool:
        """Tell whether ``line`` is small print."""
        return line.row.size < FINE * self.size

    def is_large(self, line: Line) -> bool:
        """Tell whether ``line`` is set larger than the text."""
        return line.row.size >= LARGE * self.size


def _leading(lines: Sequence[Line], size: float) -> float:
    """Return the usual step from a line of the text's ``size`` to the next, in points."""
    steps: Counter[float] = Counter()
    for one, two in pairwise(lines):
        same = one.page == two.page and one.column == two.column
        if same and abs(one.row.size - size) < _ROOM and abs(two.row.size - size) < _ROOM:
            steps[round((one.row.y - two.row.y) * 2) / 2] += 1
    steps = Counter({step: count for step, count in steps.items() if step > size / 2})
    return max(steps, key=lambda step: (steps[step], -step)) if steps else SOLID * size


def measure(lines: Sequence[Line], size: float) -> Measure:
    """Return what is usual in the ``lines`` of a document."""
    leading = _leading(lines, size)
    usual = Measure(size, leading)
    text = [(one, two) for one, two in pairwise(lines) if _are_text(one, two, usual)]
    starts = sum(is_indented(two) and not is_indented(one) for one, two in text)
    return Measure(size, leading, starts > _HABIT * len(text) and starts > 1)


def _are_text(one: Line, two: Line, usual: Measure) -> bool:
    same = one.page == two.page and one.column == two.column
    fine = usual.is_fine(one) or usual.is_fine(two) or usual.is_large(two)
    return same and not fine and usual.step(one, two) <= GAP and not is_dialogue(two.row.text)


def is_indented(line: Line) -> bool:
    """Tell whether ``line`` starts in, as a paragraph's first does."""
    depth = line.row.left - line.left
    return _INDENT * line.row.size < depth < _DEEPEST * line.row.size


def is_centred(line: Line) -> bool:
    """Tell whether ``line`` stands in the middle of its column, with room at both sides."""
    before, after = line.row.left - line.left, line.right - line.row.right
    size = line.row.size
    return min(before, after) > 2 * size and abs(before - after) < max(size, 0.1 * (before + after))


def breaks(one: Line, two: Line) -> bool:
    """Tell whether ``one`` ends where it need not: the first word of ``two`` had room on it."""
    first = two.row.words[0]
    space = 0.25 * one.row.size
    needed = one.row.right + space + first.right - first.left
    return needed + _ROOM * one.row.size < one.right


def ends(line: Line) -> bool:
    """Tell whether ``line`` ends a sentence."""
    return ends_sentence(line.row.text) or line.row.text.endswith((":", "»"))
