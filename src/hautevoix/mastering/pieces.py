"""Pieces: a paragraph's clips and pauses, stitched by pydub and encoded, in whole MP3 frames.

A piece depends on its clips, pauses and gains alone, never on where it stands; so it is kept by
content, made on any core, and copied when nothing in it changed.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from hautevoix.errors import StoreError
from hautevoix.localization import tr
from hautevoix.mastering import bell, mp3, tone
from hautevoix.mastering.profiles import PODCAST, Profile
from hautevoix.mastering.sound import FULL_SCALE, RATE, VERSION, cut_out, frames, resized
from hautevoix.mastering.words import Told, packed
from hautevoix.model import Clip, FrameSpan
from hautevoix.parsing.json_codec import decoded, encoded
from hautevoix.storage.store import Store, key_of

with warnings.catch_warnings():
    # It warns of a missing ffmpeg, which we never ask it to use.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model import Recording

LONGEST = 2000  # characters in a piece, some 140 s: bounds a worker's memory in long paragraphs
_SLACK = frames(9)  # how far a pause may stray from the table so that pieces are whole frames
_BLOCK = 1 << 16  # samples
_SHAPE = "piece-5"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One utterance in a piece: its clip's key, gain in dB, and the frames of pause after it.

    ``cue``: a soft sound goes before it.
    """

    clip: str
    gain: float
    pause: int
    cue: bool = False

    @property
    def told(self) -> tuple[object, ...]:
        """What its samples depend on."""
        return self.clip, self.gain, self.pause, *([bell.VERSION] if self.cue else [])


@dataclass(frozen=True)
class Plan:
    """A piece to be: silence of ``lead`` frames, then its stretches, at ``bit_rate`` kb/s.

    ``chapter`` is the one that it belongs to, ``utterances`` are the indices of its stretches in
    the script.
    """

    stretches: tuple[Stretch, ...]
    utterances: tuple[int, ...]
    bit_rate: int
    profile: Profile
    lead: int = 0
    chapter: int = 0

    @cached_property
    def key(self) -> str:
        """The key of what this determines; where it stands in the book is no part of it."""
        return key_of(_SHAPE, mp3.VERSION, self.bit_rate, self.sound)

    @cached_property
    def sound(self) -> str:
        """The key of its samples, before they are encoded."""
        parts = [stretch.told for stretch in self.stretches]
        toned = (tone.VERSION, self.profile.tone) if self.profile.tone is not None else ()
        return key_of(VERSION, self.profile.ceiling, toned, self.lead, parts)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece made: MP3 frames, and where its utterances stand, in frames of audio from its start.

    ``length`` is in frames of audio, a multiple of mp3.FRAME; ``energy`` is the sum of its
    samples' squares before they were encoded (full scale 1.0), where the profile limits what a
    chapter may have; ``words`` as in Stitched.
    """

    length: int
    marks: tuple[FrameSpan, ...]
    data: bytes | memoryview
    energy: float = 0.0
    words: bytes = field(default=b"", repr=False)

    def to_bytes(self) -> bytes:
        """Return it as it lies in the store: a length, as much JSON, the words, the MP3 frames."""
        marks = tuple((mark.start, mark.end) for mark in self.marks)
        told = encoded(_Head(self.length, self.energy, marks, len(self.words)))
        return len(told).to_bytes(4, "little") + told + self.words + self.data

    @classmethod
    def from_bytes(cls, stored: bytes | memoryview) -> Piece:
        """Return the piece that ``to_bytes`` wrote; its frames are not copied."""
        start = 4 + int.from_bytes(stored[:4], "little")
        head = decoded(_Head, bytes(stored[4:start]))
        marks = tuple(FrameSpan(*mark) for mark in head.marks)
        end = start + head.words
        view = memoryview(stored)
        return cls(head.length, marks, view[end:], head.energy, bytes(view[start:end]))


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before a piece's words and MP3 frames: ``words`` is how many bytes those take."""

    length: int
    energy: float
    marks: tuple[tuple[int, int], ...]
    words: int


def plans(
    recording: Recording, gains: list[float], bit_rate: int, profile: Profile = PODCAST
) -> list[Plan]:
    """Return the pieces of a recording in order; ``gains`` are by utterance, in dB.

    A chapter starts with a piece of its own, which holds the silence before its first word.
    """
    groups = list(_groups(recording, gains))
    result: list[Plan] = []
    gap = 0  # the pause at the end of the chapter before, in frames
    for number, (chapter, group) in enumerate(groups):
        stretches = [stretch for _, stretch in group]
        lead = 0
        if number == 0 or groups[number - 1][0] != chapter:
            lead = _head(profile, gap if number else None)
        if number + 1 == len(groups) or groups[number + 1][0] != chapter:
            gap = stretches[-1].pause
            taken = _head(profile, gap) if number + 1 < len(groups) else 0
            stretches[-1] = replace(stretches[-1], pause=_tail(profile, gap - taken))
        told = tuple(index for index, _ in group)
        result.append(Plan(tuple(stretches), told, bit_rate, profile, lead, chapter))
    return result


def _groups(
    recording: Recording, gains: list[float]
) -> Iterator[tuple[int, list[tuple[int, Stretch]]]]:
    """Yield what is to be one piece: its chapter, and each utterance's index and stretch."""
    group: list[tuple[int, Stretch]] = []
    place: tuple[int, int | None] = (0, None)
    length = 0
    for index, utterance in enumerate(recording.script.utterances):
        key = recording.keys[index]
        here = utterance.chapter, utterance.paragraph
        length += len(utterance.spoken)
        if group and (here != place or here[1] is None or length > LONGEST):
            yield place[0], group
            group = []
            length = len(utterance.spoken)
        place = here
        if key is not None:
            pause = frames(utterance.pause_after)
            stretch = Stretch(key, gains[index], pause, utterance.cue)
            group.append((index, stretch))
    if group:
        yield place[0], group


def _head(profile: Profile, gap: int | None) -> int:
    """Return the frames without speech at a chapter's start, ``gap`` being those before its words.

    Half of a short gap stays where it was. The first chapter has none before it (None).
    """
    wanted = frames(profile.head)
    if gap is None or profile.firm:
        return wanted
    return min(wanted, max(0, gap - 2 * mp3.TAIL) // 2)


def _tail(profile: Profile, pause: int) -> int:
    """Return the frames without speech at a chapter's end."""
    shortest, longest = profile.tail
    return min(max(pause, frames(shortest)), frames(longest))


@dataclass(frozen=True, slots=True)
class Stitched:
    """A piece's sound: 16-bit samples in whole MP3 frames, and where its utterances stand.

    ``words`` are packed, since few builds ask for them: ``words.unpacked`` tells them.
    """

    samples: bytes
    marks: tuple[FrameSpan, ...]
    words: bytes = b""


def stitch(plan: Plan, store: Store) -> Stitched:
    """Join the clips in the store and their pauses. Raises StoreError if a clip has gone."""
    clips = []
    words = []
    for stretch in plan.stretches:
        stored = stored_clip(stretch.clip, store)
        samples, start = cut_out(stored, stretch.gain, plan.profile.ceiling)
        clips.append(samples)
        words.append(Told(stored.words, stored.rate, start))
    cues = [segment(bell.samples() if stretch.cue else b"") for stretch in plan.stretches]
    pauses, odd = _aligned(
        plan.lead + sum(clip.size for clip in clips) + sum(map(_frames, cues)),
        [stretch.pause for stretch in plan.stretches],
    )
    clips[-1] = resized(clips[-1], odd)
    sounds = [_silence(plan.lead)]
    marks = []
    position = plan.lead
    for before, clip, pause in zip(cues, clips, pauses, strict=True):
        position += _frames(before)
        marks.append(FrameSpan(position, position + clip.size))
        sounds += [before, segment(clip.tobytes()), _silence(pause)]
        position += clip.size + pause
    sound = segment(b"".join(sound.raw_data for sound in sounds)).raw_data
    if plan.profile.tone is not None:
        sound = tone.laid_under(sound, plan.profile.tone, mp3.TAIL)
    return Stitched(sound, tuple(marks), packed(words, marks))


def press(plan: Plan, store: Store) -> Piece:
    """Make a piece from the clips in the store. Raises StoreError if one has gone."""
    stitched = stitch(plan, store)
    data = mp3.encode(stitched.samples, plan.bit_rate)
    length = len(stitched.samples) // 2
    energy = _energy(stitched.samples) if plan.profile.limits else 0.0
    return Piece(length, stitched.marks, data, energy, stitched.words)


def _energy(samples: bytes) -> float:
    """Return the sum of 16-bit samples' squares, at a full scale of 1.0; a block at a time."""
    sound = np.frombuffer(samples, "<i2")
    blocks = (sound[at : at + _BLOCK].astype(np.float32) for at in range(0, sound.size, _BLOCK))
    squares = (np.square(block, out=block).sum(dtype=np.float64) for block in blocks)
    return round(float(sum(squares)) / FULL_SCALE**2, 6)


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


def stored_piece(plan: Plan, store: Store) -> Piece:
    """Return a piece from the store, made anew where it has gone or was damaged."""
    stored = store.view(plan.key)
    return press(plan, store) if stored is None else Piece.from_bytes(stored)


def stored_clip(key: str, store: Store) -> Clip:
    """Return the clip of ``key``. Raises StoreError if it has gone or was damaged."""
    data = store.get(key)
    if data is None:
        raise StoreError(
            tr("A clip has gone from the store, or was damaged."), advice=tr("Build again.")
        )
    return Clip.from_bytes(data)


def segment(samples: bytes) -> AudioSegment:
    """Return 16-bit mono samples at RATE as pydub's kind of sound."""
    return AudioSegment(data=samples, sample_width=2, frame_rate=RATE, channels=1)


def _frames(sound: AudioSegment) -> int:
    return len(sound.raw_data) // 2


def _silence(length: int) -> AudioSegment:
    return segment(bytes(2 * length))
