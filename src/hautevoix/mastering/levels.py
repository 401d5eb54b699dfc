"""How loud: a gain for each voice, and for each chapter where a publisher measures chapters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hautevoix.mastering.loudness import ENCODER, STEP, gain_for, measured
from hautevoix.mastering.pieces import Plan, stored_clip, stored_piece
from hautevoix.mastering.sound import VERSION, frames
from hautevoix.storage.store import key_of
from hautevoix.workers.pool import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hautevoix.mastering.loudness import Measured
    from hautevoix.mastering.profiles import Profile
    from hautevoix.model import Recording
    from hautevoix.storage.store import Store
    from hautevoix.workers.pool import WorkerPool

# By how many clips a voice's loudness is measured: or by so many characters of them, five minutes.
_SAMPLE, _ENOUGH = 48, 5000
_INSIDE = 0.5  # dB: how far inside its limits a chapter that missed them is brought


def voice_gains(
    recording: Recording, voices: tuple[str, ...], store: Store, profile: Profile, pool: WorkerPool
) -> list[float]:
    """Return each utterance's gain: one for each voice, measured on a sample of its clips.

    Raises StoreError if a clip has gone.
    """
    gains = {
        voice: _gain(sample, store, profile, pool)
        for voice, sample in _samples(recording, voices).items()
    }
    return [gains.get(voice, 0.0) for voice in voices]


def known_gains(
    recording: Recording, voices: tuple[str, ...], store: Store, profile: Profile
) -> list[float] | None:
    """Return the same where an earlier build measured it, else None."""
    gains: dict[str, float] = {}
    for voice, sample in _samples(recording, voices).items():
        known = _known(sample, store, profile)
        if known is None:
            return None
        gains[voice] = known
    return [gains.get(voice, 0.0) for voice in voices]


def _samples(recording: Recording, voices: tuple[str, ...]) -> dict[str, list[tuple[str, int]]]:
    """Return some clips of each voice, and the frames of pause after each.

    They are chosen by key, so an edited paragraph hardly ever changes them.
    """
    spoken: dict[str, dict[str, tuple[int, int]]] = {}
    for key, voice, utterance in zip(
        recording.keys, voices, recording.script.utterances, strict=True
    ):
        if key is not None:
            told = frames(utterance.pause_after), len(utterance.spoken)
            spoken.setdefault(voice, {}).setdefault(key, told)
    return {voice: list(_sample(clips)) for voice, clips in spoken.items()}


def _sample(clips: dict[str, tuple[int, int]]) -> Iterator[tuple[str, int]]:
    heard = 0
    for key, (pause, size) in sorted(clips.items())[:_SAMPLE]:
        if heard > _ENOUGH:
            return
        heard += size
        yield key, pause


def _known(sample: list[tuple[str, int]], store: Store, profile: Profile) -> float | None:
    stored = store.get(_key(sample, profile))
    return None if stored is None else float(stored)


def _gain(sample: list[tuple[str, int]], store: Store, profile: Profile, pool: WorkerPool) -> float:
    known = _known(sample, store, profile)
    if known is not None:
        return known
    job: Job[tuple[str, int, float], Measured] = Job(_measurer, (store, profile))

    def measured_at(gain: float) -> list[Measured]:
        return pool.results(job, [(clip, pause, gain) for clip, pause in sample])

    gain = gain_for(measured_at, profile)
    store.put(_key(sample, profile), repr(gain).encode())
    return gain


def _key(sample: list[tuple[str, int]], profile: Profile) -> str:
    return key_of("gain", VERSION, profile.loudness, profile.meter, profile.ceiling, sample)


def _measurer(store: Store, profile: Profile) -> Callable[[tuple[str, int, float]], Measured]:
    """Return what a worker does with a clip's key, its pause and a gain."""

    def measure(task: tuple[str, int, float]) -> Measured:
        key, pause, gain = task
        return measured(stored_clip(key, store), pause, gain, profile)

    return measure


def chapter_shifts(parts: list[Plan], store: Store, profile: Profile) -> dict[int, float]:
    """Return by how many decibels to shift the chapters whose RMS is not between the limits.

    Some of a voice's chapters have more pauses in them than others: a mere title is half silence.
    """
    if profile.limits is None:
        return {}
    low, high = profile.limits
    powers: dict[int, tuple[float, int]] = {}
    for part in parts:
        piece = stored_piece(part, store)
        energy, length = powers.get(part.chapter, (0.0, 0))
        powers[part.chapter] = energy + piece.energy, length + piece.length
    shifts = {}
    for chapter, (energy, length) in powers.items():
        level = 10 * math.log10(max(energy / length, 1e-12)) + ENCODER
        if level < low:
            shifts[chapter] = math.ceil((low + _INSIDE - level) / STEP) * STEP
        elif level > high:
            shifts[chapter] = -math.ceil((level - high + _INSIDE) / STEP) * STEP
    return shifts
