"""Recording → Master: pieces on all cores, then one MP3 with its tag and its timeline."""

from __future__ import annotations

import json
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hautevoix import __version__
from hautevoix.errors import HautevoixError
from hautevoix.mastering import id3, mp3
from hautevoix.mastering.files import whole
from hautevoix.mastering.loudness import TARGET, gain_for
from hautevoix.mastering.pieces import Piece, Plan, plans, press, stored_clip
from hautevoix.mastering.sound import RATE, VERSION, frames
from hautevoix.model import Mark, Timeline
from hautevoix.store import Store, key_of
from hautevoix.workers import Crew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from hautevoix.model import Recording, Script

LEAD_MS = 500  # silence before the first word
_MARK_AHEAD_MS = 500  # a chapter's mark stands this far before its first word, in the silence
_AHEAD = 8  # pieces read ahead of the writer
_FEW = 2  # pieces that are pressed sooner than a worker starts
_SAMPLE = 48  # clips by which a voice's loudness is measured


@dataclass(frozen=True, slots=True)
class Pressing:
    """How the MP3 is to be: ``bit_rate`` in kb/s, ``loudness`` in LUFS, ``comment`` in its tag.

    ``levels``, where given, holds for each utterance the decibels that it shall be louder.
    """

    bit_rate: int = 96
    loudness: float = TARGET
    comment: str = ""
    levels: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Master:
    """What was made: the files, the chapters' titles and where everything stands."""

    mp3: Path
    timeline_file: Path
    titles: tuple[str, ...]
    timeline: Timeline


def master(
    recording: Recording,
    voices: tuple[str, ...],
    store: Store,
    folder: Path,
    *,
    pressing: Pressing | None = None,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Master:
    """Write ``folder/<its name>.mp3`` and its timeline; each appears only when whole.

    ``voices`` names each utterance's voice, by which it is brought to the same loudness as the
    others, and which the timeline tells. ``progress`` is told (done, total) in pieces. Raises
    DiskError, and StoreError if a clip has gone from the store (recording again brings it back).
    """
    pressing = pressing or Pressing()
    gains = _gains(recording, voices, store, pressing.loudness)
    if pressing.levels:
        gains = [gain + level for gain, level in zip(gains, pressing.levels, strict=True)]
    parts = list(plans(recording, gains, pressing.bit_rate, frames(LEAD_MS)))
    _press_missing(parts, store, jobs, progress)
    target = folder / f"{folder.name}.mp3"
    with whole(target) as file:
        timeline = _assemble(file, recording.script, parts, store, pressing)
    timeline_file = folder / f"{folder.name}.timeline.json"
    with whole(timeline_file) as file:
        file.write(_timeline_json(recording.script, voices, timeline).encode())
    return Master(target, timeline_file, recording.script.chapters, timeline)


def _gains(
    recording: Recording, voices: tuple[str, ...], store: Store, target: float
) -> list[float]:
    """Return each utterance's gain: one for each voice, measured on a sample of its clips.

    The sample is chosen by key, so an edited paragraph hardly ever changes it.
    """
    spoken: dict[str, dict[str, int]] = {}
    for key, voice, utterance in zip(
        recording.keys, voices, recording.script.utterances, strict=True
    ):
        if key is not None:
            spoken.setdefault(voice, {}).setdefault(key, frames(utterance.pause_after))
    gains = {
        voice: _gain(sorted(clips.items())[:_SAMPLE], store, target)
        for voice, clips in spoken.items()
    }
    return [gains.get(voice, 0.0) for voice in voices]


def _gain(sample: list[tuple[str, int]], store: Store, target: float) -> float:
    key = key_of("gain", VERSION, target, sample)
    known = store.get(key)
    if known is not None:
        return float(known)
    gain = gain_for([(stored_clip(clip, store), pause) for clip, pause in sample], target)
    store.put(key, repr(gain).encode())
    return gain


def _press_missing(
    parts: list[Plan], store: Store, jobs: int, progress: Callable[[int, int], None]
) -> None:
    missing = list({part.key: part for part in parts if not store.has(part.key)}.values())
    done = len(parts) - len(missing)
    progress(done, len(parts))
    if len(missing) <= _FEW:
        for part in missing:
            _press_into(store, part)
        progress(len(parts), len(parts))
        return
    crew: Crew[Plan, None] = Crew(_presser, (store,), size=jobs)
    with crew:
        for outcome in crew.run(missing):
            if outcome.error:
                raise outcome.error
            done += 1
            progress(done, len(parts))


def _presser(store: Store) -> Callable[[Plan], None]:
    """Return what a worker does with a plan."""
    return partial(_press_into, store)


def _press_into(store: Store, plan: Plan) -> None:
    store.put(plan.key, press(plan, store).to_bytes())


def _assemble(
    file: BinaryIO,
    script: Script,
    parts: list[Plan],
    store: Store,
    pressing: Pressing,
) -> Timeline:
    """Write tag, Info frame and pieces. The first two are written last, over their own room."""
    blank = Timeline(RATE, 0, tuple(Mark(0, 0) for _ in script.chapters), ())
    room = len(id3.tag(_tags(script, blank, pressing.comment))) + len(
        _info(0, 0, pressing.bit_rate)
    )
    file.seek(room)
    marks: list[Mark | None] = [None] * len(script.utterances)
    position = size = 0
    for part, piece in zip(parts, _pieces(parts, store), strict=True):
        for index, mark in zip(part.utterances, piece.marks, strict=True):
            marks[index] = Mark(position + mark.start, position + mark.end)
        position += piece.length
        size += file.write(piece.data)
    size += file.write(mp3.silence(pressing.bit_rate))
    timeline = Timeline(RATE, position, _chapter_marks(script, marks, position), tuple(marks))
    head = id3.tag(_tags(script, timeline, pressing.comment)) + _info(
        position, size, pressing.bit_rate
    )
    if len(head) != room:
        raise HautevoixError(f"The tag changed its length ({room} to {len(head)} bytes).")
    file.seek(0)
    file.write(head)
    return timeline


def _pieces(parts: list[Plan], store: Store) -> Iterator[Piece]:
    """Yield the pieces in order; a few are read and checked ahead while others are written."""
    with ThreadPoolExecutor(2) as readers:
        ahead: deque[Future[Piece]] = deque()
        for part in parts:
            ahead.append(readers.submit(_piece, part, store))
            if len(ahead) == _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _piece(part: Plan, store: Store) -> Piece:
    stored = store.view(part.key)
    return press(part, store) if stored is None else Piece.from_bytes(stored)


def _info(position: int, size: int, bit_rate: int) -> bytes:
    """Return the Info frame. One more frame than the audio's makes up for the encoder's delay."""
    padding = mp3.FRAME - mp3.ENCODER_DELAY
    return mp3.info_frame(position // mp3.FRAME + 1, size, padding, bit_rate)


def _chapter_marks(script: Script, marks: list[Mark | None], end: int) -> tuple[Mark, ...]:
    """Return the chapters' places: each starts in the silence before its first word."""
    first: dict[int, int] = {}
    before = 0
    for utterance, mark in zip(script.utterances, marks, strict=True):
        if mark is None:
            continue
        if utterance.chapter not in first:
            ahead = min(frames(_MARK_AHEAD_MS), (mark.start - before) // 2)
            first[utterance.chapter] = mark.start - ahead if first else 0
        before = mark.end
    starts = [first.get(number, -1) for number in range(len(script.chapters))]
    following = end
    result = []
    for start in reversed(starts):
        result.append(Mark(start if start >= 0 else following, following))
        following = result[-1].start
    return tuple(reversed(result))


def _tags(script: Script, timeline: Timeline, comment: str) -> id3.Tags:
    info = script.info
    return id3.Tags(
        info.title or script.chapters[0],
        info.author,
        info.date,
        "fra",
        _milliseconds(timeline.frames),
        f"Hautevoix {__version__}, LAME",
        comment,
        tuple(
            id3.ChapterTag(title, _milliseconds(mark.start), _milliseconds(mark.end))
            for title, mark in zip(script.chapters, timeline.chapters, strict=True)
        ),
    )


def _milliseconds(position: int) -> int:
    return round(position * 1000 / RATE)


def _timeline_json(script: Script, voices: tuple[str, ...], timeline: Timeline) -> str:
    """Return the timeline as other programs read it: seconds of the decoded MP3."""
    chapters = [
        {"title": title, **_seconds(mark)}
        for title, mark in zip(script.chapters, timeline.chapters, strict=True)
    ]
    utterances = [
        {
            "chapter": utterance.chapter,
            "role": utterance.role,
            "voice": voice,
            "text": utterance.written,
            **_seconds(mark),
        }
        for utterance, voice, mark in zip(
            script.utterances, voices, timeline.utterances, strict=True
        )
        if mark
    ]
    duration = round(timeline.frames / RATE, 6)
    told = {"rate": RATE, "duration": duration, "chapters": chapters, "utterances": utterances}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _seconds(mark: Mark) -> dict[str, float]:
    return {"start": round(mark.start / RATE, 6), "end": round(mark.end / RATE, 6)}
