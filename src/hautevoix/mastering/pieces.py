"""Pieces: a paragraph's clips and pauses, stitched by pydub and encoded, in whole MP3 frames.

A piece depends on its clips, pauses and gains alone, never on where it stands; so it is kept by
content, made on any core, and copied when nothing in it changed.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.errors import StoreError
from hautevoix.mastering import mp3
from hautevoix.mastering.sound import RATE, VERSION, frames, prepared, resized
from hautevoix.model import Clip, Mark
from hautevoix.store import Store, key_of

with warnings.catch_warnings():
    # It warns of a missing ffmpeg, which we never ask it to use.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model import Recording

LONGEST = 3000  # characters in a piece, some 200 s: bounds a worker's memory in long paragraphs
_SLACK = frames(9)  # how far a pause may stray from the table so that pieces are whole frames
_SHAPE = "piece-2"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One utterance in a piece: its clip's key, gain in dB, and the frames of pause after it."""

    clip: str
    gain: float
    pause: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A piece to be: silence of ``lead`` frames, then its stretches, at ``bit_rate`` kb/s.

    ``utterances`` are the indices of its stretches in the script.
    """

    stretches: tuple[Stretch, ...]
    utterances: tuple[int, ...]
    bit_rate: int
    lead: int = 0

    @property
    def key(self) -> str:
        """The key of what this determines; where it stands in the book is no part of it."""
        parts = [(s.clip, s.gain, s.pause) for s in self.stretches]
        return key_of(_SHAPE, VERSION, mp3.VERSION, self.bit_rate, self.lead, parts)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece made: MP3 frames, and where its utterances stand, in frames of audio from its start.

    ``length`` is in frames of audio, a multiple of mp3.FRAME.
    """

    length: int
    marks: tuple[Mark, ...]
    data: bytes | memoryview

    def to_bytes(self) -> bytes:
        """Return it as it lies in the store: a length, as much JSON, the MP3 frames."""
        head = {"length": self.length, "marks": [(mark.start, mark.end) for mark in self.marks]}
        told = json.dumps(head).encode()
        return len(told).to_bytes(4, "little") + told + self.data

    @classmethod
    def from_bytes(cls, stored: bytes | memoryview) -> Piece:
        """Return the piece that ``to_bytes`` wrote; its frames are not copied."""
        start = 4 + int.from_bytes(stored[:4], "little")
        told = json.loads(bytes(stored[4:start]))
        marks = tuple(Mark(*mark) for mark in told["marks"])
        return cls(told["length"], marks, memoryview(stored)[start:])


def plans(recording: Recording, gains: list[float], bit_rate: int, lead: int) -> Iterator[Plan]:
    """Yield the pieces of a recording in order; ``gains`` are by utterance, in dB.

    A lost utterance's pause is kept, so that a silence stands where it is missing.
    """
    group: list[tuple[int, Stretch]] = []
    place: tuple[int, int | None] | None = None
    first = True
    length = 0
    for index, utterance in enumerate(recording.script.utterances):
        key = recording.keys[index]
        here = utterance.chapter, utterance.paragraph
        length += len(utterance.spoken)
        if group and (here != place or here[1] is None or length > LONGEST):
            yield _plan(group, bit_rate, lead if first else 0)
            first = False
            group = []
            length = len(utterance.spoken)
        place = here
        if key is not None:
            stretch = Stretch(key, gains[index], frames(utterance.pause_after))
            group.append((index, stretch))
    if group:
        yield _plan(group, bit_rate, lead if first else 0)


def _plan(group: list[tuple[int, Stretch]], bit_rate: int, lead: int) -> Plan:
    return Plan(tuple(s for _, s in group), tuple(index for index, _ in group), bit_rate, lead)


def press(plan: Plan, store: Store) -> Piece:
    """Make a piece from the clips in the store. Raises StoreError if one has gone."""
    clips = [prepared(stored_clip(stretch.clip, store), stretch.gain) for stretch in plan.stretches]
    pauses, odd = _aligned(
        plan.lead + sum(clip.size for clip in clips),
        [stretch.pause for stretch in plan.stretches],
    )
    clips[-1] = resized(clips[-1], odd)
    sounds = [_silence(plan.lead)]
    marks = []
    position = plan.lead
    for clip, pause in zip(clips, pauses, strict=True):
        marks.append(Mark(position, position + clip.size))
        sounds += [segment(clip.tobytes()), _silence(pause)]
        position += clip.size + pause
    stitched = segment(b"".join(sound.raw_data for sound in sounds))
    return Piece(position, tuple(marks), mp3.encode(stitched.raw_data, plan.bit_rate))


def _aligned(sound: int, pauses: list[int]) -> tuple[list[int], int]:
    """Return pauses that make whole MP3 frames of ``sound`` frames of speech, and what is left.

    The odd frames are shared out, at most _SLACK to a pause (9 ms: no ear hears it); what a
    lone pause can't take, at most 5 ms, is the last clip's faint tail to grow or lose.
    """
    pauses = [*pauses[:-1], max(pauses[-1], mp3.TAIL + _SLACK)]
    natural = sound + sum(pauses)
    odd = _nearest(natural) - natural
    aligned = []
    for number, pause in enumerate(pauses):
        share = round(odd / (len(pauses) - number))
        share = max(-min(_SLACK, pause), min(_SLACK, share))
        aligned.append(pause + share)
        odd -= share
    return aligned, odd


def _nearest(length: int) -> int:
    return round(length / mp3.FRAME) * mp3.FRAME


def stored_clip(key: str, store: Store) -> Clip:
    """Return the clip of ``key``. Raises StoreError if it has gone or was damaged."""
    data = store.get(key)
    if data is None:
        raise StoreError("A clip has gone from the store, or was damaged.", advice="Build again.")
    return Clip.from_bytes(data)


def segment(samples: bytes) -> AudioSegment:
    """Return 16-bit mono samples at RATE as pydub's kind of sound."""
    return AudioSegment(data=samples, sample_width=2, frame_rate=RATE, channels=1)


def _silence(length: int) -> AudioSegment:
    return segment(bytes(2 * length))
