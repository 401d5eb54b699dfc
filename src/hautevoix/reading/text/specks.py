"""Specks in a margin that recognition took for signs: « _ épaules et ferma » in mid-sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.text.lines import Line

_SPECK = re.compile(r"(?P<speck>[-_.·•'`|~]{1,2}) +(?=[a-zà-öø-ÿœ])")
_CUT = re.compile(r"[a-zà-öø-ÿœ,’'-]$")


def without_specks(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines`` without signs that stand alone before a sentence that goes on.

    A list has such signs too, before each of its lines, and what it begins with.
    """
    whole = list(lines)
    written = [index for index, line in enumerate(lines) if line.text]
    for place, index in enumerate(written):
        text = lines[index].text
        match = None if text[0].isalnum() else _SPECK.match(text)
        if match is None or not place or not _CUT.search(lines[written[place - 1]].text):
            continue
        around = (written[place - 1], *written[place + 1 : place + 2])
        if not any(lines[other].text.startswith(match["speck"]) for other in around):
            whole[index] = replace(lines[index], text=lines[index].text[match.end() :])
    return tuple(whole)
