"""Specks in a margin that recognition took for signs: « _ épaules et ferma » in mid-sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.text.lines import Line

# No line of French begins with these and a space; one with a dash may be said, or be listed.
_SPECK = re.compile(r"[._|~`]{1,2} +(?=\w)")
_DASH = re.compile(r"[-–] +(?=\w)")
_CUT = re.compile(r"[a-zà-öø-ÿœ,’'-]$")
_FEWEST = 3  # specks that make a page a dirty one


def without_specks(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines`` without signs that stand alone before them.

    A dash is one too in a text that is full of specks, where most dashes cut a sentence.
    """
    found = {i: m.end() for i, line in enumerate(lines) if (m := _SPECK.match(line.text))}
    if len(found) < _FEWEST:
        return tuple(lines)
    dashes = {i: m.end() for i, line in enumerate(lines) if (m := _DASH.match(line.text))}
    if 2 * sum(1 for _ in _cutting(lines, dashes)) >= len(dashes):
        found |= dashes
    whole = list(lines)
    for index, end in found.items():
        whole[index] = replace(lines[index], text=lines[index].text[end:])
    return tuple(whole)


def _cutting(lines: Sequence[Line], dashes: dict[int, int]) -> Iterator[int]:
    """Yield those of ``dashes`` that stand in the middle of a sentence."""
    written = [index for index, line in enumerate(lines) if line.text]
    for before, index in pairwise(written):
        if index in dashes and _CUT.search(lines[before].text):
            goes_on = lines[index].text[dashes[index] :][:1].islower()
            yield from [index] * goes_on
