"""Where pages turn: numbers that rise from one to the next, sentences that run across."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from hautevoix.reading.language.punctuation import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.reading.text.lines import Line

NEAR = 8
"""Lines in which the text goes on after what a page has at its head and foot."""
_FEWEST = 3
_STEADY = 0.6
_STRAYS = 12  # runs that are still open
_SKIPPED = 4  # pages whose number may be lost


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line, by its ``index``, that shows the number ``value``."""

    index: int
    value: int


def rising(candidates: Iterable[Numbered]) -> list[list[Numbered]]:
    """Sort ``candidates`` into runs whose numbers rise by little; strays make runs of their own."""
    runs: list[list[Numbered]] = []
    for candidate in candidates:
        for run in reversed(runs[-_STRAYS:]):
            if 0 < candidate.value - run[-1].value <= _SKIPPED:
                run.append(candidate)
                break
        else:
            runs.append([candidate])
    return runs


def cuts_sentence(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line at ``index`` stands in mid-sentence."""
    # Pinned by dashed-roman, chapters-of-an-extract.
    before = text_before(lines, index)
    if before.endswith("-") and before[-2:-1].isalpha():  # « Saint- | Merri »
        return text_after(lines, index)[:1].isalpha()
    return bool(before) and not ends_sentence(before) and text_after(lines, index)[:1].islower()


def text_before(lines: Sequence[Line], index: int) -> str:
    """Return the nearest text above the line at ``index``, "" if there is none near."""
    near = range(index - 1, max(index - NEAR, -1), -1)
    return next((lines[i].text for i in near if lines[i].text), "")


def text_after(lines: Sequence[Line], index: int) -> str:
    """Return the nearest text below the line at ``index``, "" if there is none near."""
    near = range(index + 1, min(index + NEAR, len(lines)))
    return next((lines[i].text for i in near if lines[i].text), "")


def is_steady(places: Sequence[int]) -> bool:
    """Tell whether ``places`` are spaced as pages are: most within a quarter of the median."""
    # Pinned by chapters-at-uneven-distances, pages-at-even-distances.
    steps = [two - one for one, two in itertools.pairwise(places)]
    if len(steps) < _FEWEST - 1:
        return False
    middle = median(steps)
    near = sum(any(abs(step - k * middle) <= middle / 4 for k in (1, 2, 3)) for step in steps)
    return middle > _FEWEST and near >= _STEADY * len(steps)
