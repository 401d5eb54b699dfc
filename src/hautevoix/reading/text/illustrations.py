"""« [Illustration: LE PHARE.] »: where a picture stands in the book, which nobody hears."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.reading.base.diagnostics import ILLUSTRATION, tell_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.base.diagnostics import Hit
    from hautevoix.reading.text.lines import Line

MARK = re.compile(
    r" ?\[(?:Illustrations?|Gravures?|Vignettes?|Image|Frontispice)\b ?(?:[:.,–—-][^\[\]]*)?\]\.?",
    re.IGNORECASE,
)
"""The mark of an illustration, its caption too."""
_OPENING = re.compile(r" ?\[(?:Illustration|Gravure|Vignette|Image)\b", re.IGNORECASE)
_MOST_LINES = 8  # of a caption
_SHOWN = 60  # characters of a mark that are told


def without_illustrations(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Diagnostic, ...]]:
    """Return ``lines`` without the marks of illustrations, and what was left out."""
    if not any("[" in line.text and _OPENING.search(line.text) for line in lines):
        return tuple(lines), ()
    kept: list[Line] = []
    hits: list[Hit] = []
    index = 0
    while index < len(lines):
        stop, text = _without_mark(lines, index)
        line = lines[index]
        if text != line.text or stop > index + 1:
            hits.append((line.number, {"words": line.text.strip()[:_SHOWN]}))
        kept.append(replace(line, text=text))
        kept.extend(replace(one, text="") for one in lines[index + 1 : stop])
        index = stop
    return tuple(_resumed(kept, {line for line, _ in hits})), tell_all(ILLUSTRATION, hits)


def _without_mark(lines: Sequence[Line], index: int) -> tuple[int, str]:
    """Return the text of the line at ``index`` without marks, and where the next line is."""
    text = lines[index].text
    if not _OPENING.search(text):
        return index + 1, text
    for stop in range(index + 1, min(index + _MOST_LINES, len(lines)) + 1):
        whole = " ".join(line.text for line in lines[index:stop])
        if (bare := MARK.sub("", whole)) != whole:
            return stop, bare.strip()
    return index + 1, text


def _resumed(lines: Sequence[Line], marked: set[int]) -> list[Line]:
    """Turn a page where a sentence goes on after a picture, so that its halves are joined."""
    whole: list[Line] = []
    after = False
    for line in lines:
        after = after or line.number in marked
        resumes = after and line.text[:1].islower()
        whole.append(replace(line, page=True) if resumes else line)
        after = after and not line.text
    return whole
