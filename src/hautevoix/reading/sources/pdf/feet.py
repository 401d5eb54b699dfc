"""Notes at the feet of pages: taken off the text, made whole, tied to what calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from hautevoix.reading.sources.pdf.measure import GAP, Measure
from hautevoix.reading.sources.pdf.paragraphs import is_caption
from hautevoix.reading.sources.pdf.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.sources.pdf.columns import Line

SIGN = 0xF0000
"""The first of the private characters that, set before a call, say which note it calls."""
_MOST = 0xFFF0  # notes that they can name
_RAISED = re.compile(r"(?P<label>[⁰¹²³⁴-⁹]{1,4})[.)]?(?=\s|[^\W\d_]|[«“\"(]|$)")
_PLAIN = re.compile(
    r"(?:\[(?P<square>\d{1,3}|\*{1,3})\]|\((?P<round>\d{1,3}|\*{1,3})\)|(?P<star>\*{1,4}|†{1,2}|‡)"
    r"|(?P<dot>\d{1,3})(?:[.)]|\s[-–—.:]|(?=[\sA-ZÀ-ÖØ-Þ«“])))\s*(?=\S|$)"
)
_PLAINLY = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOW = 0.6  # of the page's lines: a rule above notes stands lower
_SHORT = 0.75  # of the column: that rule is shorter


@dataclass(slots=True)
class FootNote:
    """A note: the ``label`` before its text, the ``page`` (from 0) that it starts on."""

    label: str
    page: int
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Opening:
    label: str
    raised: bool


def _opening(line: Line) -> _Opening | None:
    """Return the mark that ``line`` opens with, as a note does."""
    text = line.row.text
    match = _RAISED.match(text)
    if match:
        return _Opening(match["label"].translate(_PLAINLY), raised=True)
    match = _PLAIN.match(text)
    return _Opening(str(match[match.lastgroup or ""]), raised=False) if match else None


def take_feet(
    pages: Sequence[Sequence[Line]],
    rules: Sequence[Sequence[tuple[float, float, float]]],
    usual: Measure,
) -> tuple[list[list[Line]], list[FootNote]]:
    """Return the lines of each page's text, and the notes that stood at its foot."""
    bodies: list[list[Line]] = []
    notes: list[FootNote] = []
    for lines, drawn in zip(pages, rules, strict=True):
        body: list[Line] = []
        for _, column in groupby(lines, key=lambda line: line.column):
            stack = list(column)
            follows = bool(notes) and _is_open(notes[-1], stack)
            start = _zone(stack, drawn, usual, follows=follows)
            body.extend(stack[:start])
            _share_out(stack[start:], notes)
        bodies.append(body)
    return bodies, notes


def _is_open(note: FootNote, lines: Sequence[Line]) -> bool:
    """Tell whether ``note`` stood in the column before: what has no mark may go on with it."""
    last, first = note.lines[-1], lines[0]
    return last.page == first.page - 1 or (last.page, last.column + 1) == (first.page, first.column)


def _zone(
    lines: Sequence[Line],
    drawn: Sequence[tuple[float, float, float]],
    usual: Measure,
    *,
    follows: bool,
) -> int:
    """Return where the notes at the foot of a page start; its end where there are none."""
    start = len(lines)
    while start and (usual.is_fine(lines[start - 1]) or _is_bare_mark(lines, start - 1, usual)):
        start -= 1
    under = _under_rule(lines, drawn)
    for first in sorted({start, under}):
        while first < len(lines) and is_caption(lines[first]):
            first += 1  # noqa: PLW2901 (a caption over the notes)
        if first < len(lines) and _is_noted(lines, first, usual, follows=follows):
            return first
    return _inside(lines, start)


def _is_bare_mark(lines: Sequence[Line], at: int, usual: Measure) -> bool:
    """Tell a note's mark that stands alone on its line, as large as the text."""
    alone = lines[at].row.text.isdecimal() and at + 1 < len(lines)
    return alone and usual.is_fine(lines[at + 1])


def _under_rule(lines: Sequence[Line], drawn: Sequence[tuple[float, float, float]]) -> int:
    """Return the first line under the short rule that parts notes from the text."""
    for left, right, y in drawn:
        below = next((i for i, line in enumerate(lines) if line.row.y < y), len(lines))
        over = lines[below - 1] if below else None
        if over is None or below == len(lines) or not over.left - 1 <= left < over.right:
            continue
        short = right - left < _SHORT * (over.right - over.left)
        if short and all(line.row.y < y for line in lines[below:]):
            return below
    return len(lines)


def _is_noted(lines: Sequence[Line], first: int, usual: Measure, *, follows: bool) -> bool:
    """Tell whether notes start at ``first``: by a mark, or as they go on from the page before."""
    opening = _opening(lines[first])
    if opening:
        return opening.raised or usual.is_fine(lines[first]) or first > _LOW * len(lines)
    if not follows:
        return False
    wide = not first or usual.step(lines[first - 1], lines[first]) > GAP
    return wide and usual.is_fine(lines[first])


def _inside(lines: Sequence[Line], start: int) -> int:
    """Return where, in small print that does not open with a mark, the notes do."""
    for at in range(start, len(lines)):
        opening = _opening(lines[at])
        if opening and opening.raised:
            return at
    return len(lines)


def _share_out(lines: Sequence[Line], notes: list[FootNote]) -> None:
    """Add the ``lines`` at a page's foot to the note before, or to new ones."""
    on_page = 0
    for line in lines:
        opening = _opening(line)
        if opening and (opening.raised or not on_page or _follows(opening.label, notes[-1].label)):
            notes.append(FootNote(opening.label, line.page, [line]))
            on_page += 1
        elif notes:
            notes[-1].lines.append(line)


def _follows(label: str, before: str) -> bool:
    """Tell whether a mark comes after the one ``before``: 3 after 2, ** after *."""
    if label.isdecimal() and before.isdecimal():
        return int(label) == int(before) + 1
    return not label.isdecimal() and (label == f"{before}*" or label != before)


def signed(pages: Sequence[Sequence[Line]], notes: Sequence[FootNote]) -> list[list[Line]]:
    """Return the text's lines, with a sign before each call that one of ``notes`` answers."""
    bodies = [list(lines) for lines in pages]
    for number, note in enumerate(notes[:_MOST]):
        for page in (note.page, note.page - 1, note.page + 1):
            if 0 <= page < len(bodies) and _sign(bodies[page], note.label, chr(SIGN + number)):
                break
    return bodies


def _sign(lines: list[Line], label: str, sign: str) -> bool:
    """Set ``sign`` before the first call of ``label`` that has none; tell whether there is one."""
    for pattern in _calls(label):
        for index, line in enumerate(lines):
            for at, word in enumerate(line.row.words):
                match = pattern.search(word.text)
                if match is None or (not at and not match.start() and _opens(line, match.end())):
                    continue
                text = f"{word.text[: match.start()]}{sign}{word.text[match.start() :]}"
                words = list(line.row.words)
                words[at] = replace(word, text=text)
                row = row_of(words, line.row.y, line.row.start)
                lines[index] = replace(line, row=row)
                return True
    return False


def _opens(line: Line, end: int) -> bool:
    """Tell a mark with words after it, at the head of a line, from a call that wrapped."""
    return len(line.row.words[0].text) > end and line.row.words[0].text[end : end + 1].isalnum()


def _calls(label: str) -> Iterator[re.Pattern[str]]:
    """Yield what may call ``label``, the surest first; none that has a sign before it."""
    unsigned = f"(?<![{chr(SIGN)}-{chr(SIGN + _MOST)}])"
    if label.isdecimal():
        high = label.translate(_HIGH)
        yield re.compile(rf"{unsigned}(?<![⁰¹²³⁴-⁹]){high}(?![⁰¹²³⁴-⁹])")
        yield re.compile(rf"{unsigned}\[{label}\]")
        yield re.compile(rf"{unsigned}(?<=.)\({label}\)|^{unsigned}\({label}\)(?=[.,;:!?»]|$)")
        yield re.compile(rf"(?<=[a-zà-ÿ»)!?.,…]){unsigned}{label}(?![\w°%])")
    else:
        yield re.compile(rf"{unsigned}(?<!\*)[(\[]?{re.escape(label)}[)\]]?(?!\*)(?!\w)")
