"""running text → text without its note calls, and where they stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.reading.language.note_marks import find_calls

if TYPE_CHECKING:
    from hautevoix.reading.language.note_marks import Answers, Mark
    from hautevoix.reading.text.hyphens import Flow

_NO_SPACE_BEFORE = frozenset(",.)]…")


@dataclass(frozen=True, slots=True)
class Called:
    """A call as found: its ``label``, its ``position`` in the text, the source ``line``."""

    label: str
    position: int
    line: int


@dataclass(frozen=True, slots=True)
class Silent:
    """A text whose calls were taken out: ``text``, ``calls``, and its emphasis marks made spans."""

    text: str
    calls: tuple[Called, ...] = ()
    emphasis: tuple[tuple[int, int], ...] = ()


def silence(flow: Flow, answered: Answers, start: int = 0) -> Silent:
    """Take the calls out of ``flow`` from index ``start`` on, with the space before each."""
    pieces: list[str] = []
    calls: list[Called] = []
    length, done = 0, start
    for mark in find_calls(flow.text, answered):
        if mark.start < done or not _in_time(mark, flow, answered):
            continue
        piece = flow.text[done : mark.start].rstrip(" ")
        pieces.append(piece)
        length += len(piece)
        calls.append(Called(mark.label, length, flow.line_at(mark.start)))
        done = _after(flow.text, mark.end, bare=not length)
    pieces.append(flow.text[done:])
    return _emphasised("".join(pieces), tuple(calls))


def _in_time(mark: Mark, flow: Flow, answered: Answers) -> bool:
    """Tell whether a doubtful call stands before a note that answers it."""
    return mark.sure or flow.line_at(mark.start) <= answered.get((mark.style, mark.label), 0)


def _after(text: str, end: int, *, bare: bool) -> int:
    """Skip the space after a call where none must stay."""
    spaced = text[end : end + 1] == " "
    return end + 1 if spaced and (bare or text[end + 1 : end + 2] in _NO_SPACE_BEFORE) else end


def _emphasised(text: str, calls: tuple[Called, ...]) -> Silent:
    """Make spans of ``_words_``, the plain-text italics, and take their marks out."""
    if "_" not in text:
        return Silent(text.strip(), calls)
    pieces = text.split("_")
    kept, spans, starts, length = [], [], [0], 0
    for index, piece in enumerate(pieces):
        if index % 2 and index < len(pieces) - 1 and piece:
            spans.append((length, length + len(piece)))
        kept.append(piece)
        length += len(piece)
        starts.append(length)
    return Silent("".join(kept), _moved(calls, text), tuple(spans))


def _moved(calls: tuple[Called, ...], text: str) -> tuple[Called, ...]:
    """Bring the calls' positions to where they are once the underscores are gone."""
    return tuple(
        Called(call.label, call.position - text.count("_", 0, call.position), call.line)
        for call in calls
    )
