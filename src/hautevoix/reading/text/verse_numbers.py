"""The numbers of verses in the margin, every five lines: they help an eye, nobody says them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.base.diagnostics import VERSE_NUMBERS, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.text.lines import Line

_AFTER = re.compile(r"(?P<verse>\S.{5,90}?) {2,}[\[(]?(?P<number>\d{1,4})[\])]?")
_BEFORE = re.compile(r"[\[(]?(?P<number>\d{1,4})[\])]? {2,}(?P<verse>\S.{5,90})")
_EDGE = frozenset("0123456789[]()")
_STEPS = frozenset({4, 5, 8, 10})
_SLACK = 2  # lines that may be lost, or be no verse, between two numbers


def without_verse_numbers(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Diagnostic, ...]]:
    """Return ``lines`` without the numbers of verses, and what was left out.

    They rise by the same step, and as many lines stand between two: no table does that.
    """
    whole = list(lines)
    diagnostics = []
    for pattern in (_AFTER, _BEFORE):
        found = [
            (i, match)
            for i in _ending_in_digits(lines)
            if (match := pattern.fullmatch(lines[i].text))
        ]
        numbered = set(_numbered([(index, int(match["number"])) for index, match in found], lines))
        for index, match in found:
            if index in numbered:
                whole[index] = replace(lines[index], text=match["verse"].rstrip())
        if numbered:
            first = lines[min(numbered)].number
            diagnostics.append(tell(VERSE_NUMBERS, first, count=len(numbered)))
    return tuple(whole), tuple(diagnostics)


def _ending_in_digits(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines that begin or end with a figure or a bracket: few are to be matched."""
    for index, line in enumerate(lines):
        ends = line.text[:1] + line.text[-1:]
        if "  " in line.text and not _EDGE.isdisjoint(ends):
            yield index


def _numbered(found: Sequence[tuple[int, int]], lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines of ``found``, (index, number) pairs, whose numbers count lines."""
    for (one, low), (two, high) in pairwise(found):
        step = high - low
        between = sum(bool(line.text) for line in lines[one:two])
        if step in _STEPS and low % step == 0 and step <= between <= step + _SLACK:
            yield from (one, two)
