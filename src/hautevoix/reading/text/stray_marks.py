"""Marks of notes that a conversion from PDF left alone on their lines, put back where they were.

Raised figures stand higher than their line, so such programs print them before or after it:
« Voir le cadastre. ⏎ 2 » for « 2 Voir le cadastre. ».
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.reading.language.note_marks import find_calls
from hautevoix.reading.language.punctuation import ends_sentence
from hautevoix.reading.text.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALONE = re.compile(r"\d{1,3}")
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PAGE = 90  # lines: no page has more
_LONGEST = 30  # lines of a note
_SHORT = 0.93  # a shorter line ends a paragraph


def restore_marks(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines`` with the marks alone on a line set before the notes that they open.

    A figure is one only where the same figure, stuck to a word, calls it on the page.
    """
    if not any(_ALONE.fullmatch(line.text) for line in lines):
        return tuple(lines)
    called: dict[str, int] = {}
    opens: dict[int, str] = {}
    alone: set[int] = set()
    for index, line in enumerate(lines):
        if _ALONE.fullmatch(line.text):
            at = called.pop(line.text, None)
            start = None if at is None or index - at > _PAGE else _start(lines, at, index)
            if start is not None and start not in opens:
                opens[start] = line.text.translate(_HIGH)
                alone.add(index)
            continue
        called.update(
            (mark.label, index) for mark in find_calls(line.text) if mark.style == "glued"
        )
    if not alone:
        return tuple(lines)
    whole: list[Line] = []
    for index, line in enumerate(lines):
        if index in opens:
            whole.append(Line(line.number, 0, ""))
            whole.append(replace(line, text=f"{opens[index]} {line.text}"))
        else:
            whole.append(replace(line, text="") if index in alone else line)
    return tuple(whole)


def _start(lines: Sequence[Line], call: int, mark: int) -> int | None:
    """Return where the note of the ``mark`` starts: right above it, else below."""
    touching = mark + 1 < len(lines) and lines[mark + 1].text
    if lines[mark - 1].text and not touching:
        return _above(lines, call, mark)
    below = next((i for i in range(mark + 1, min(mark + 3, len(lines))) if lines[i].text), None)
    return below if below is not None and not lines[below].text[:1].islower() else None


def _above(lines: Sequence[Line], call: int, mark: int) -> int | None:
    """Return the first line of the paragraph that ends before ``mark``, below the ``call``."""
    start = mark - 1
    width = max(len(lines[i].text) for i in range(call, mark))
    while start - 1 > call and lines[start - 1].text and mark - start < _LONGEST:
        above = lines[start - 1].text
        if ends_sentence(above) and len(above) < _SHORT * width:
            break
        start -= 1
    return start if start > call and ends_sentence(lines[mark - 1].text) else None
