"""Transcripts as their readers see them: WebVTT, SubRip and Podcasting 2.0's JSON, read strictly.

https://www.w3.org/TR/webvtt1/#file-structure;
https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from hautevoix.localization import tr
from hautevoix.parsing.bounded import json_value

_CLOCK = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)"
_VTT_TIME = rf"{_CLOCK}\.(\d{{3}})"
_SRT_TIME = rf"{_CLOCK},(\d{{3}})"
_VTT_LINE = re.compile(rf"\s*{_VTT_TIME}[ \t]+-->[ \t]+{_VTT_TIME}(?:[ \t].*)?")
_SRT_LINE = re.compile(rf"\s*{_SRT_TIME}[ \t]+-->[ \t]+{_SRT_TIME}\s*")
_BLANK = re.compile(r"\n[ \t]*\n+")
_TAG = re.compile(r"<[^<>]*>")
_APART = ("NOTE", "STYLE", "REGION")  # blocks of WebVTT that are no cues


@dataclass(frozen=True, slots=True)
class ReadCue:
    """A cue: from ``start`` to ``end`` in seconds, its text without markup."""

    start: float
    end: float
    text: str


def read_cues(data: bytes, suffix: str) -> list[ReadCue]:
    """Return the cues of a transcript; ``suffix`` (.vtt, .srt, .json) tells its kind.

    Raises ValueError, which says what is wrong and where.
    """
    if suffix == ".json":
        return _json(data)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise ValueError(tr("it is not in UTF-8 (byte {start})", start=error.start)) from error
    blocks = [block for block in _BLANK.split(text.strip("\n")) if block.strip()]
    if suffix == ".srt":
        return [_cue(block, _SRT_LINE) for block in blocks]
    if not blocks or blocks[0].split("\n", 1)[0].split(" ", 1)[0].rstrip("\t") != "WEBVTT":
        raise ValueError(tr("it does not start with « WEBVTT »"))
    return [_cue(block, _VTT_LINE) for block in blocks[1:] if not block.startswith(_APART)]


def _cue(block: str, form: re.Pattern[str]) -> ReadCue:
    """Return a cue: a number or name, perhaps; its times; its text."""
    lines = block.split("\n")
    at = next((number for number, line in enumerate(lines[:2]) if "-->" in line), 0)
    times = form.fullmatch(lines[at])
    if times is None:
        raise ValueError(tr("« {line} » is no line of times", line=lines[at][:60]))
    text = "\n".join(lines[at + 1 :])
    if form is _VTT_LINE:
        text = unescape(_TAG.sub("", text))
    start, end = (_seconds(times.groups()[at : at + 4]) for at in (0, 4))
    return ReadCue(start, end, text)


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, milliseconds = (int(group or 0) for group in groups)
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000


def _json(data: bytes) -> list[ReadCue]:
    told = json_value(data)
    rows = told.get("segments") if isinstance(told, dict) else None
    if not isinstance(rows, list):
        raise ValueError(tr("it has no list of segments"))  # noqa: TRY004 - of a file, not of a caller
    return [_segment(row, number) for number, row in enumerate(rows, 1)]


def _segment(row: Any, number: int) -> ReadCue:
    try:
        return ReadCue(float(row["startTime"]), float(row["endTime"]), str(row["body"]))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        what = tr("its segment {number} lacks startTime, endTime or body", number=number)
        raise ValueError(what) from error
