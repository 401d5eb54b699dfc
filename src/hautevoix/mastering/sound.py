"""Samples: from an engine's clip to sound that is ready to be stitched.

Arrays are float32, one dimension, full scale 1.0. A clip is trimmed of the engine's own
silence, resampled, brought to level, kept under the ceiling and faded at both ends.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
import soxr

from hautevoix.mastering.profiles import CEILING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hautevoix.model import Clip

    Samples = NDArray[np.float32]

RATE = 44100
FULL_SCALE = 32768.0

# Speech begins and ends where it rises above −55 dBFS (ACX asks for a noise floor under −60).
_THRESHOLD = 10 ** (-55 / 20)
_WINDOW_MS = 2  # over which a level is measured
_LOOK = 64  # windows looked at together: silences are short
_LEAD_MS = 6  # kept before the first sound: the onset of an unvoiced consonant
_TAIL_MS = 14  # kept after the last: the decay of a vowel
_FADE_IN_MS = 4  # within what is kept before the first sound
_FADE_OUT_MS = 10  # within what is kept after the last sound

_PHASE_CENTRE, _PHASE_QUALITY, _PHASE_TIMES = 400.0, 1.0, 4
_AT_ONCE = 64  # blocks that are filtered together: bounds the memory that a long clip takes
_PHASE_BLOCK, _PHASE_RING = 4096, 512  # samples: blocks that fit the cache; the filters' echo

VERSION = "sound-4"  # changes whenever the same clip may give other samples
_LIMITER_BLOCK = 32  # samples: 0.7 ms
_LIMITER_REACH = 6  # blocks of look-ahead and release: 4.4 ms


def frames(milliseconds: float) -> int:
    """Return how many frames at RATE that is.

    >>> frames(1000)
    44100
    """
    return round(milliseconds * RATE / 1000)


def prepared(clip: Clip, gain: float, ceiling: float = CEILING) -> NDArray[np.int16]:
    """Return the clip at RATE as 16-bit samples: trimmed, ``gain`` decibels louder, faded."""
    return cut_out(clip, gain, ceiling)[0]


def cut_out(clip: Clip, gain: float, ceiling: float = CEILING) -> tuple[NDArray[np.int16], int]:
    """Return what ``prepared`` does, and the frame of the clip that is the first of it."""
    samples, start = _made(clip, gain, ceiling)
    samples *= np.float32(FULL_SCALE - 1)
    return np.rint(samples, out=samples).astype("<i2"), start


def produced(clip: Clip, gain: float, ceiling: float = CEILING) -> Samples:
    """Return what ``prepared`` does, but in float32, on which loudness is measured."""
    return _made(clip, gain, ceiling)[0]


def _made(clip: Clip, gain: float, ceiling: float) -> tuple[Samples, int]:
    samples = np.frombuffer(clip.pcm, "<i2") * np.float32(1 / FULL_SCALE)
    start = 0
    if samples.size:
        # An engine's offset is what most samples share: the median, which speech does not move.
        samples -= np.median(samples[::32])
        samples = dispersed(samples, clip.rate)
        start, end = speech(samples, clip.rate)
        samples = samples[start:end]
    if clip.rate != RATE:
        samples = np.asarray(soxr.resample(samples, clip.rate, RATE), np.float32)
    samples *= np.float32(10 ** (gain / 20))
    limit(samples, ceiling)
    fade(samples)
    return samples, start


def dispersed(samples: Samples, rate: int) -> Samples:
    """Return the samples with their phases turned, so that voices peak less at equal loudness.

    Four all-pass filters around 400 Hz, as broadcasters' « phase rotators »: they delay some
    frequencies by a few milliseconds, which no ear hears. At −16 LUFS eSpeak's peaks then need
    limiting in 3 % of its 10 ms stretches (by 0.7 dB in the worst hundredth) instead of in 14 %
    (2.8 dB).
    """
    return filtered(samples, _phases(rate), _PHASE_RING)


def filtered(samples: Samples, response: NDArray[np.complex64], ring: int) -> Samples:
    """Return the samples through a filter, block by block, in the frequency domain.

    ``response`` is the filter's at the frequencies of a real Fourier transform, whose size is
    the block's; ``ring`` is how many samples the filter rings on.
    """
    size = 2 * (response.size - 1)
    hop = size - ring
    blocks = -(-samples.size // hop)
    result = np.zeros(blocks * hop + ring, np.float32)
    scaled = response * np.float32(size)
    for first in range(0, blocks, _AT_ONCE):
        some = samples[first * hop : (first + _AT_ONCE) * hop]
        count = -(-some.size // hop)
        padded = np.zeros((count, size), np.float32)
        full = some.size // hop
        padded[:full, :hop] = some[: full * hop].reshape(full, hop)
        padded[full:, : some.size - full * hop] = some[full * hop :]
        # Scaled forward: NumPy would reckon in double precision otherwise, at twice the cost.
        spectra = np.fft.rfft(padded, norm="forward")
        spectra *= scaled
        passed = np.fft.irfft(spectra, size).astype(np.float32, copy=False)
        here = result[first * hop : (first + count) * hop].reshape(count, hop)
        here += passed[:, :hop]
        here[1:, :ring] += passed[:-1, hop:]  # what rang on after each block
        result[(first + count) * hop :][:ring] = passed[-1, hop:]
    return result[: samples.size]


@functools.lru_cache(maxsize=8)
def _phases(rate: int) -> NDArray[np.complex64]:
    """Return the all-pass filters' response (R. Bristow-Johnson, Audio EQ Cookbook)."""
    turn = 2 * np.pi * _PHASE_CENTRE / rate
    alpha = np.sin(turn) / (2 * _PHASE_QUALITY)
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(_PHASE_BLOCK))
    above, middle, below = 1 - alpha, -2 * np.cos(turn), 1 + alpha
    once = (above + middle * z + below * z**2) / (below + middle * z + above * z**2)
    return np.asarray(once**_PHASE_TIMES, np.complex64)


def speech(samples: Samples, rate: int) -> tuple[int, int]:
    """Return what stands between the silences at both ends, with a breath's margin.

    >>> speech(np.concatenate([np.zeros(500), np.ones(1000), np.zeros(500)]), 1000)
    (494, 1514)
    """
    window = max(1, rate * _WINDOW_MS // 1000)
    whole = samples[: samples.size - samples.size % window].reshape(-1, window)
    first, last = _quiet(whole), _quiet(whole[::-1])
    if first == len(whole):
        return 0, 0
    start = max(0, first * window - rate * _LEAD_MS // 1000)
    end = (len(whole) - last) * window + rate * _TAIL_MS // 1000
    return start, end


def _quiet(windows: Samples) -> int:
    """Return how many windows there are before the first loud one."""
    for start in range(0, len(windows), _LOOK):
        loud = np.flatnonzero(np.abs(windows[start : start + _LOOK]).max(axis=1) > _THRESHOLD)
        if loud.size:
            return start + int(loud[0])
    return len(windows)


def limit(samples: Samples, ceiling: float = CEILING) -> None:
    """Turn ``samples`` down, in place and smoothly, around every peak over ``ceiling``."""
    magnitudes = np.abs(samples)
    over = np.flatnonzero(magnitudes > ceiling)
    if not over.size:
        return
    rest = samples.size % _LIMITER_BLOCK  # less than a block: cut off, since a fade comes over it
    np.clip(samples[samples.size - rest :], -ceiling, ceiling, out=samples[samples.size - rest :])
    blocks = samples[: samples.size - rest].reshape(-1, _LIMITER_BLOCK)
    over = over[over < blocks.size]
    peaks = np.full(len(blocks), ceiling, np.float32)
    np.maximum.at(peaks, over // _LIMITER_BLOCK, magnitudes[over])
    held = functools.reduce(np.minimum, _neighbours(ceiling / peaks, _LIMITER_REACH))
    smooth = np.mean(_neighbours(held, _LIMITER_REACH // 2), axis=0)
    around = _neighbours(smooth, 1)
    touched = np.flatnonzero(functools.reduce(np.minimum, around) < 1)
    gains = np.stack([each[touched] for each in around], axis=1) @ _ACROSS
    blocks[touched] = np.clip(blocks[touched] * gains, -ceiling, ceiling)


def _across() -> NDArray[np.float32]:
    """Return how a block's samples weigh the gains before, in and after it: linear between."""
    place = (np.arange(_LIMITER_BLOCK) + 0.5) / _LIMITER_BLOCK - 0.5
    before, after = np.maximum(-place, 0), np.maximum(place, 0)
    return np.stack([before, 1 - before - after, after]).astype(np.float32)


_ACROSS = _across()


def _neighbours(values: NDArray[np.floating], reach: int) -> list[NDArray[np.floating]]:
    """Return the values shifted by −reach … reach places, the ends repeated."""
    padded = np.pad(values, reach, mode="edge")
    return [padded[shift : shift + values.size] for shift in range(2 * reach + 1)]


def fade(samples: Samples) -> None:
    """Fade both ends of ``samples``, in place, so that no join clicks."""
    rise = min(frames(_FADE_IN_MS), samples.size // 2)
    fall = min(frames(_FADE_OUT_MS), samples.size - rise)
    samples[:rise] *= _slope(rise)
    samples[samples.size - fall :] *= _slope(fall)[::-1]


def resized(samples: NDArray[np.int16], change: int) -> NDArray[np.int16]:
    """Return the samples ``change`` longer (in silence), or shorter (and faded anew)."""
    if change >= 0:
        return np.pad(samples, (0, change))
    kept = samples[:change]
    fall = min(frames(_FADE_OUT_MS), kept.size)
    ending = kept[kept.size - fall :] * _slope(fall)[::-1]
    return np.concatenate([kept[: kept.size - fall], ending.round().astype("<i2")])


@functools.lru_cache(maxsize=8)
def _slope(length: int) -> Samples:
    """Return a raised cosine from 0 towards 1."""
    return (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / max(1, length))).astype(np.float32)
