"""A book's timeline, which everything else is held against: rows in order, inside the sound."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hautevoix.localization import noop, tr
from hautevoix.parsing.bounded import LARGEST_JSON, file_bytes, json_value
from hautevoix.publishing.checking.findings import AGAIN, Finding
from hautevoix.publishing.checking.hearing import AGREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TIMELINE = ".timeline.json"
"""How the name of the timeline beside an MP3 ends."""
_CLOSE = 0.05  # seconds: rows are told to the millisecond
_WHOM = noop("pages, transcripts and the EPUB are made from it")


@dataclass(frozen=True, slots=True)
class ReadTimeline:
    """What a timeline tells, in seconds: rows (start, end), the starts of what is heard."""

    duration: float
    rows: tuple[tuple[float, float], ...]
    chapters: tuple[float, ...]


def read_timeline(path: Path) -> tuple[ReadTimeline | None, list[Finding]]:
    """Return a timeline, None if it can't be read, and what is amiss in it."""
    try:
        told = _read(json_value(file_bytes(path, LARGEST_JSON)))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        what = tr("it can't be read: {error}", error=reason)
        return None, [Finding("timeline-unreadable", path.name, what, tr(_WHOM), tr(AGAIN))]
    return told, list(_amiss(path.name, told))


def _read(told: Any) -> ReadTimeline:
    """Return what a timeline's JSON tells. Raises ValueError if it is none."""
    try:
        return ReadTimeline(
            float(told["duration"]),
            tuple((float(row["start"]), float(row["end"])) for row in told["utterances"]),
            tuple(
                float(row["start"]) for row in told["chapters"] if row.get("end") != row["start"]
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ValueError(tr("it is no timeline: duration, utterances or chapters")) from error


def _amiss(where: str, told: ReadTimeline) -> Iterator[Finding]:
    unordered = next((two[0] for one, two in pairwise(told.rows) if two[0] < one[1] - _CLOSE), None)
    if unordered is not None:
        what = tr(
            "the sentence at {start:.1f} s begins before the one before it ends", start=unordered
        )
        yield Finding("timeline-order", where, what, tr(_WHOM), tr(AGAIN))
    if any(not 0 <= start <= end <= told.duration + AGREE for start, end in told.rows):
        what = tr("a sentence of it lies outside of the sound")
        yield Finding("timeline-beyond", where, what, tr(_WHOM), tr(AGAIN))


def against_sound(where: str, told: ReadTimeline, duration: float) -> Iterator[Finding]:
    """Yield a finding if the timeline is of another sound, one that lasts ``duration`` seconds."""
    if duration and abs(told.duration - duration) > AGREE:
        what = tr(
            "it tells {told:.1f} s, the sound has {duration:.1f} s",
            told=told.duration,
            duration=duration,
        )
        yield Finding("length-wrong", where, what, tr(_WHOM), tr(AGAIN))


def same_chapters(
    where: str, name: str, starts: Sequence[float], others: Sequence[float]
) -> list[Finding]:
    """Return a finding if a file's chapters don't start where those of ``name`` do."""
    if len(starts) == len(others) and all(
        abs(one - two) <= AGREE for one, two in zip(starts, others, strict=True)
    ):
        return []
    what = tr(
        "its chapters ({count}) are not those of {name} ({others})",
        count=len(starts),
        name=name,
        others=len(others),
    )
    why = tr("a listener who changes formats finds another book")
    return [Finding("chapters-disagree", where, what, why, tr(AGAIN))]
