"""Transcripts from the synthesis timeline, so exact to the word's sentence: VTT, SRT, JSON.

A long sentence becomes several cues, which begin when their first word does where that is known;
else times are shared out by characters. WebVTT also tells when words begin within a cue.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.parsing.json_codec import document
from hautevoix.publishing.wordtimes import placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.publishing.built_book import BuiltBook, ChapterSpan

VTT_TYPE, SRT_TYPE, JSON_TYPE = "text/vtt", "application/x-subrip", "application/json"
_VTT_WIDTH, _SRT_WIDTH, _LINES = 65, 32, 2  # Podcasting 2.0's advice for transcripts
_PLAIN = str.maketrans("<>{}", "‹›()")  # « <b> » and « {\\an8} » would be markup, « --> » a time
_SPACE = re.compile(r"[ \t\n]+")
_SHORTEST = 0.001  # seconds: no cue may be empty


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence in the audio; ``chapter`` is an index in the book's parts.

    ``words`` are (index in the text, second) of those whose time is known, in order.
    """

    start: float
    end: float
    text: str
    chapter: int
    words: tuple[tuple[int, float], ...] = ()
    speaker: str = ""


def cues(built: BuiltBook) -> list[Cue]:
    """Return all that is heard, in order."""
    found = [
        Cue(
            *_span(built, sentence.utterance),
            text,
            number,
            _words(built, sentence.utterance, text),
            built.speakers[sentence.utterance] if built.speakers else "",
        )
        for number, part in enumerate(built.edition.parts)
        for block in part.blocks
        for sentence in block.sentences
        if sentence.utterance is not None and (text := _SPACE.sub(" ", sentence.text).strip(" "))
    ]
    return sorted(found, key=lambda cue: cue.start)


def _span(built: BuiltBook, row: int) -> tuple[float, float]:
    span = built.spans[row]
    return span.start, span.end


def _words(built: BuiltBook, row: int, text: str) -> tuple[tuple[int, float], ...]:
    return placed(text, built.words[row]) if row < len(built.words) else ()


def shifted(found: Iterable[Cue], start: float, end: float) -> list[Cue]:
    """Return the cues between two times, counted from the first of them."""
    return [
        Cue(
            max(0.0, cue.start - start),
            cue.end - start,
            cue.text,
            cue.chapter,
            tuple((index, second - start) for index, second in cue.words),
            cue.speaker,
        )
        for cue in found
        if start <= (cue.start + cue.end) / 2 < end
    ]


def to_vtt(found: Iterable[Cue]) -> bytes:
    """Return WebVTT; what its cue text would take for markup is escaped.

    Words whose time is known have it before them (https://www.w3.org/TR/webvtt1/#webvtt-timestamp).
    """
    blocks = ["WEBVTT\n"]
    for cue in _cut(found, _VTT_WIDTH):
        times = f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}"
        blocks.append(f"{times}\n{_voice(cue.speaker)}{_timed(cue)}\n")
    return "\n".join(blocks).encode()


def _voice(speaker: str) -> str:
    """Return the tag that says whose words a cue's are, to its end.

    https://www.w3.org/TR/webvtt1/#webvtt-cue-voice-span
    """
    return f"<v {_escaped(speaker)}>" if speaker else ""


def _timed(cue: Cue) -> str:
    """Return a cue's text with times in it, each after the one before and inside of the cue."""
    parts = []
    done, last, end = 0, _milliseconds(cue.start), _milliseconds(cue.end)
    for index, second in cue.words:
        now = _milliseconds(second)
        if last < now < end:
            parts.append(f"{_escaped(cue.text[done:index])}<{_time(second, '.')}>")
            done, last = index, now
    return "".join([*parts, _escaped(cue.text[done:])])


def chapters_vtt(chapters: Sequence[ChapterSpan]) -> bytes:
    """Return the chapter list as a WebVTT track of kind « chapters »."""
    blocks = ["WEBVTT\n"]
    for chapter in chapters:
        times = f"{_time(chapter.start, '.')} --> {_time(chapter.end, '.')}"
        blocks.append(f"{times}\n{_escaped(chapter.title)}\n")
    return "\n".join(blocks).encode()


def to_srt(found: Iterable[Cue]) -> bytes:
    """Return SubRip. It knows no escape: what players take for markup is written another way.

    Where several speak, a line says who, each time that it is another.
    """
    found = list(found)
    several = len({cue.speaker for cue in found}) > 1
    blocks, last = [], ""
    for number, cue in enumerate(_cut(found, _SRT_WIDTH), 1):
        who = f"{cue.speaker}:\n" if several and cue.speaker != last else ""
        last = cue.speaker
        times = f"{_time(cue.start, ',')} --> {_time(cue.end, ',')}"
        blocks.append(f"{number}\n{times}\n{(who + cue.text).translate(_PLAIN)}\n")
    return "\n".join(blocks).encode()


def to_json(found: Iterable[Cue], narrator: str) -> bytes:
    """Return Podcasting 2.0's JSON transcript, a segment a sentence.

    ``narrator`` is who says those of which nothing else is known.
    """
    segments = [
        {
            "speaker": cue.speaker or narrator,
            "startTime": round(cue.start, 3),
            "endTime": round(max(cue.end, cue.start + _SHORTEST), 3),
            "body": cue.text,
        }
        for cue in found
    ]
    told = {"version": "1.0.0", "segments": segments}
    return document(told)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _time(seconds: float, mark: str) -> str:
    milliseconds = _milliseconds(seconds)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{mark}{rest % 1000:03}"


def _cut(found: Iterable[Cue], width: int) -> Iterator[Cue]:
    """Yield cues of at most two lines of ``width`` characters (or one longer word)."""
    for cue in found:
        wrapped = list(_wrapped(cue.text, width))
        screens = [wrapped[at : at + _LINES] for at in range(0, len(wrapped), _LINES)]
        total = sum(map(len, wrapped))
        places, known = [at for at, _ in cue.words], dict(cue.words)
        start, spent, place = cue.start, 0, 0
        for screen in screens:
            spent += sum(map(len, screen))
            text = "\n".join(screen)
            following = place + len(text) + 1  # a space is gone between screens
            shared = cue.start + (cue.end - cue.start) * spent / total
            until = max(known.get(following, shared), start + _SHORTEST)
            inside = cue.words[bisect_left(places, place) : bisect_left(places, following)]
            words = tuple((at - place, second) for at, second in inside)
            yield Cue(start, until, text, cue.chapter, words, cue.speaker)
            start, place = until, following


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
