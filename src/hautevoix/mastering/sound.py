"""Samples: from an engine's clip to sound that is ready to be stitched.

Arrays are float32, one dimension, full scale 1.0. A clip is trimmed of the engine's own
silence, resampled, brought to level, kept under the ceiling and faded at both ends.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
import soxr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hautevoix.model import Clip

    Samples = NDArray[np.float32]

RATE = 44100
FULL_SCALE = 32768.0

# Speech begins and ends where it rises above −55 dBFS (ACX asks for a noise floor under −60).
_THRESHOLD = 10 ** (-55 / 20)
_WINDOW_MS = 2
_LEAD_MS = 6  # kept before the first sound: the onset of an unvoiced consonant
_TAIL_MS = 14  # kept after the last: the decay of a vowel
_FADE_IN_MS = 4
_FADE_OUT_MS = 10

# −1.8 dBFS of samples leaves room for what lies between them and for what MP3 adds (some 0.6 dB,
# after LAME's scaling): the decoded result stays under −1 dBTP (Apple's limit).
CEILING = 10 ** (-1.8 / 20)
_PHASE_CENTRE, _PHASE_QUALITY, _PHASE_TIMES = 400.0, 1.0, 4

VERSION = "sound-2"  # changes whenever the same clip may give other samples
_LIMITER_BLOCK = 32  # samples: 0.7 ms
_LIMITER_REACH = 6  # blocks of look-ahead and release: 4.4 ms


def frames(milliseconds: float) -> int:
    """Return how many frames at RATE that is.

    >>> frames(1000)
    44100
    """
    return round(milliseconds * RATE / 1000)


def prepared(clip: Clip, gain: float) -> NDArray[np.int16]:
    """Return the clip at RATE as 16-bit samples: trimmed, ``gain`` decibels louder, faded."""
    return (produced(clip, gain) * (FULL_SCALE - 1)).round().astype("<i2")


def produced(clip: Clip, gain: float) -> Samples:
    """Return the same in float32, as loudness is measured on it."""
    samples = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(FULL_SCALE)
    if samples.size:
        # An engine's offset is what most samples share: the median, which speech does not move.
        samples = dispersed(samples - np.median(samples), clip.rate)
    samples = trimmed(samples, clip.rate)
    if clip.rate != RATE:
        samples = np.asarray(soxr.resample(samples, clip.rate, RATE), np.float32)
    return faded(limited(samples * np.float32(10 ** (gain / 20))))


def dispersed(samples: Samples, rate: int) -> Samples:
    """Return the samples with their phases turned, so that voices peak less at equal loudness.

    Four all-pass filters around 400 Hz, as broadcasters' « phase rotators »: they delay some
    frequencies by a few milliseconds, which no ear hears. At −16 LUFS eSpeak's peaks then need
    limiting in 3 % of its 10 ms stretches (by 0.7 dB in the worst hundredth) instead of in 14 %
    (2.8 dB).
    """
    size = _quick_size(samples.size + rate // 20)  # 50 ms for the filters to ring out
    spectrum = np.fft.rfft(samples, size) * _phases(size, rate)
    return np.fft.irfft(spectrum, size)[: samples.size].astype(np.float32)


def _quick_size(least: int) -> int:
    """Return a length that a Fourier transform is quick at: few of them, so _phases is reused."""
    power = 1 << (least - 1).bit_length()
    return next(size for size in (power * 5 // 8, power * 3 // 4, power) if size >= least)


@functools.lru_cache(maxsize=32)
def _phases(size: int, rate: int) -> NDArray[np.complex64]:
    """Return the all-pass filters' response (R. Bristow-Johnson, Audio EQ Cookbook)."""
    turn = 2 * np.pi * _PHASE_CENTRE / rate
    alpha = np.sin(turn) / (2 * _PHASE_QUALITY)
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    above, middle, below = 1 - alpha, -2 * np.cos(turn), 1 + alpha
    once = (above + middle * z + below * z**2) / (below + middle * z + above * z**2)
    return np.asarray(once**_PHASE_TIMES, np.complex64)


def trimmed(samples: Samples, rate: int) -> Samples:
    """Return what stands between the silences at both ends, with a breath's margin.

    >>> sound = np.concatenate([np.zeros(500), np.ones(1000), np.zeros(500)])
    >>> trimmed(sound, 1000).size
    1020
    """
    window = max(1, rate * _WINDOW_MS // 1000)
    whole = samples[: samples.size - samples.size % window].reshape(-1, window)
    loud = np.flatnonzero(np.abs(whole).max(axis=1) > _THRESHOLD)
    if loud.size == 0:
        return samples[:0]
    start = max(0, int(loud[0]) * window - rate * _LEAD_MS // 1000)
    end = (int(loud[-1]) + 1) * window + rate * _TAIL_MS // 1000
    return samples[start:end]


def limited(samples: Samples) -> Samples:
    """Return the samples with every peak under CEILING, turned down smoothly around it."""
    if samples.size == 0 or np.abs(samples).max() <= CEILING:
        return samples
    blocks = -(-samples.size // _LIMITER_BLOCK)
    padded = np.zeros(blocks * _LIMITER_BLOCK, np.float32)
    padded[: samples.size] = np.abs(samples)
    peaks = padded.reshape(blocks, _LIMITER_BLOCK).max(axis=1)
    wanted = np.minimum(1.0, CEILING / np.maximum(peaks, 1e-9))
    held = _sliding(wanted, 2 * _LIMITER_REACH + 1).min(axis=1)
    smooth = _sliding(held, _LIMITER_REACH + 1).mean(axis=1)
    centres = (np.arange(blocks) + 0.5) * _LIMITER_BLOCK
    gain = np.interp(np.arange(samples.size), centres, smooth).astype(np.float32)
    result: Samples = np.clip(samples * gain, -CEILING, CEILING, dtype=np.float32)
    return result


def _sliding(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return a view of ``width`` neighbours around each value, the ends repeated."""
    left = width // 2
    padded = np.pad(values, (left, width - 1 - left), mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, width)


def faded(samples: Samples) -> Samples:
    """Return the samples with a short fade at both ends, so that no join clicks."""
    result = samples.copy()
    rise = min(frames(_FADE_IN_MS), result.size // 2)
    fall = min(frames(_FADE_OUT_MS), result.size - rise)
    result[:rise] *= _slope(rise)
    if fall:
        result[-fall:] *= _slope(fall)[::-1]
    return result


def resized(samples: NDArray[np.int16], change: int) -> NDArray[np.int16]:
    """Return the samples ``change`` longer (in silence), or shorter (and faded anew)."""
    if change >= 0:
        return np.pad(samples, (0, change))
    kept = samples[:change]
    fall = min(frames(_FADE_OUT_MS), kept.size)
    ending = kept[kept.size - fall :] * _slope(fall)[::-1]
    return np.concatenate([kept[: kept.size - fall], ending.round().astype("<i2")])


def _slope(length: int) -> Samples:
    """Return a raised cosine from 0 towards 1."""
    return (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / max(1, length))).astype(np.float32)
