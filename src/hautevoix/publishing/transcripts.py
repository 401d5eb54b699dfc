"""Transcripts from the synthesis timeline, so exact to the word's sentence: VTT, SRT, JSON.

A long sentence becomes several cues; its times are shared out by characters.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.publishing.volume import ChapterSpan, Volume

VTT_TYPE, SRT_TYPE, JSON_TYPE = "text/vtt", "application/x-subrip", "application/json"
_VTT_WIDTH, _SRT_WIDTH, _LINES = 65, 32, 2  # Podcasting 2.0's advice for transcripts
_SPACE = re.compile(r"[ \t\n]+")
_SHORTEST = 0.001  # seconds: no cue may be empty


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence in the audio; ``chapter`` is an index in the book's parts."""

    start: float
    end: float
    text: str
    chapter: int


def cues(volume: Volume) -> list[Cue]:
    """Return all that is heard, in order."""
    found = [
        Cue(*_span(volume, sentence.utterance), text, number)
        for number, part in enumerate(volume.edition.parts)
        for block in part.blocks
        for sentence in block.sentences
        if sentence.utterance is not None and (text := _SPACE.sub(" ", sentence.text).strip(" "))
    ]
    return sorted(found, key=lambda cue: cue.start)


def _span(volume: Volume, row: int) -> tuple[float, float]:
    span = volume.spans[row]
    return span.start, span.end


def shifted(found: Iterable[Cue], start: float, end: float) -> list[Cue]:
    """Return the cues between two times, counted from the first of them."""
    return [
        Cue(max(0.0, cue.start - start), cue.end - start, cue.text, cue.chapter)
        for cue in found
        if start <= (cue.start + cue.end) / 2 < end
    ]


def to_vtt(found: Iterable[Cue]) -> bytes:
    """Return WebVTT; what its cue text would take for markup is escaped."""
    blocks = ["WEBVTT\n"]
    for cue in _cut(found, _VTT_WIDTH):
        times = f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}"
        blocks.append(f"{times}\n{_escaped(cue.text)}\n")
    return "\n".join(blocks).encode()


def chapters_vtt(chapters: Sequence[ChapterSpan]) -> bytes:
    """Return the chapter list as a WebVTT track of kind « chapters »."""
    blocks = ["WEBVTT\n"]
    for chapter in chapters:
        times = f"{_time(chapter.start, '.')} --> {_time(chapter.end, '.')}"
        blocks.append(f"{times}\n{_escaped(chapter.title)}\n")
    return "\n".join(blocks).encode()


def to_srt(found: Iterable[Cue]) -> bytes:
    """Return SubRip. It knows no escape, so texts stand in it as they are."""
    blocks = [
        f"{number}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n{cue.text}\n"
        for number, cue in enumerate(_cut(found, _SRT_WIDTH), 1)
    ]
    return "\n".join(blocks).encode()


def to_json(found: Iterable[Cue], speaker: str) -> bytes:
    """Return Podcasting 2.0's JSON transcript, a segment a sentence."""
    segments = [
        {
            "speaker": speaker,
            "startTime": round(cue.start, 3),
            "endTime": round(max(cue.end, cue.start + _SHORTEST), 3),
            "body": cue.text,
        }
        for cue in found
    ]
    told = {"version": "1.0.0", "segments": segments}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(seconds: float, mark: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{mark}{rest % 1000:03}"


def _cut(found: Iterable[Cue], width: int) -> Iterator[Cue]:
    """Yield cues of at most two lines of ``width`` characters (or one longer word)."""
    for cue in found:
        wrapped = list(_wrapped(cue.text, width))
        screens = [wrapped[at : at + _LINES] for at in range(0, len(wrapped), _LINES)]
        total = sum(map(len, wrapped))
        start, spent = cue.start, 0
        for screen in screens:
            spent += sum(map(len, screen))
            until = cue.start + (cue.end - cue.start) * spent / total
            until = max(until, start + _SHORTEST)
            yield Cue(start, until, "\n".join(screen), cue.chapter)
            start = until


def _wrapped(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    size = 0
    for word in text.split(" "):
        if line and size + len(word) + 1 > width:
            yield " ".join(line)
            line, size = [], -1
        line.append(word)
        size += len(word) + (1 if size else 0)
    yield " ".join(line)
