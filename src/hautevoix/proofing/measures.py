"""What a clip's sound tells by itself, in numbers: no listener, no model, some milliseconds.

Levels are in decibels below full scale, times in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hautevoix.model import Clip

    Values = NDArray[np.float32]

VERSION = "sound-1"
"""Changes whenever the same clip may give other measures."""

_FRAME = 0.02  # seconds: a period of the lowest voice, and less than the shortest sound of speech
_EDGE = 0.01  # seconds at either end whose level is told
_FLOOR = 1e-6  # of full scale: −120 dBFS, under all that 16 bits hold
_FULL_SCALE = 32767
_LOUD = 95  # percentile of the frames' levels that is a clip's level: its vowels
_UNDER = 40.0  # decibels under the level: what no ear takes for speech beside it …
_SILENCE = -60.0  # … nor anything softer than this
_HISS = -50.0  # dBFS: a softer one is the voice's own breath
_FLAT = 0.3  # spectral flatness: 1 is white noise, vowels are under 0.01, « s » and « ch » over it
_LOWEST, _HIGHEST, _BANDS = 150.0, 7000.0, 24  # Hz: where speech is told from speech
_SHORTEST_REPEAT, _LONGEST_REPEAT = 0.24, 1.5  # seconds: a word of two syllables, a short phrase
_SPOKEN = 0.75  # of a stretch that must be speech, to be compared with the next
_AUDIBLE = 4.5  # nepers under the loudest: what counts as speech there (39 dB)
_LONGEST = 1500  # frames compared with each other: bounds memory (9 MB)


@dataclass(frozen=True, slots=True)
class Measures:
    """A clip in numbers.

    ``seconds`` is from its first sound to its last; ``level`` that of its vowels. ``start`` and
    ``end`` tell how loud its first and last hundredth of a second are beside that. ``pause`` is its
    longest inner silence, which begins at ``pause_at``; ``noise`` its longest stretch of hiss,
    which begins at ``noise_at``. ``clipped`` is the share of samples at full scale. ``repeat``
    tells, from -1 to 1, how alike two stretches are that follow each other, the second of which
    begins at ``repeat_at``.
    """

    seconds: float
    level: float
    start: float
    end: float
    pause: float
    pause_at: float
    noise: float
    noise_at: float
    clipped: float
    repeat: float
    repeat_at: float


SILENT = Measures(0.0, 20 * float(np.log10(_FLOOR)), 0, 0, 0, 0, 0, 0, 0, -1.0, 0)
"""What is measured of a clip in which nothing is."""


def measure(clip: Clip) -> Measures:
    """Return the measures of a clip; SILENT for one shorter than a frame or without any sound."""
    samples = np.frombuffer(clip.pcm, "<i2", count=clip.frames) * np.float32(1 / 32768)
    size = max(1, round(clip.rate * _FRAME))
    frames: Values = samples[: samples.size // size * size].reshape(-1, size)
    levels = _decibels(np.sqrt(np.square(frames).mean(axis=1)))
    if not levels.size or levels.max() <= _SILENCE:
        return SILENT
    level = float(np.percentile(levels, _LOUD))
    loud = np.flatnonzero(levels > max(level - _UNDER, _SILENCE))
    first, last = int(loud[0]), int(loud[-1])
    spectra = _spectra(frames)
    pause, pause_at = _longest(levels[first : last + 1] <= max(level - _UNDER, _SILENCE))
    noise, noise_at = _longest((_flatness(spectra) > _FLAT) & (levels > _HISS))
    repeat, repeat_at = _repeat(_bands(spectra, clip.rate))
    edge = max(1, round(clip.rate * _EDGE))
    at_full = np.abs(samples) >= _FULL_SCALE / 32768
    return Measures(
        (last - first + 1) * _FRAME,
        level,
        float(_decibels(np.sqrt(np.square(samples[:edge]).mean()))) - level,
        float(_decibels(np.sqrt(np.square(samples[-edge:]).mean()))) - level,
        pause * _FRAME,
        (first + pause_at) * _FRAME,
        noise * _FRAME,
        noise_at * _FRAME,
        float(at_full.mean()),
        repeat,
        repeat_at * _FRAME,
    )


def _decibels(amplitudes: Values) -> Values:
    levels: Values = 20 * np.log10(np.maximum(amplitudes, np.float32(_FLOOR)))
    return levels


def _longest(those: NDArray[np.bool_]) -> tuple[int, int]:
    """Return how long the longest run of true values is, and where it begins.

    >>> _longest(np.array([True, False, True, True, False]))
    (2, 2)
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], those.astype(np.int8), [0]))))
    if not edges.size:
        return 0, 0
    lengths = edges[1::2] - edges[::2]
    place = int(lengths.argmax())
    return int(lengths[place]), int(edges[2 * place])


def _spectra(frames: Values) -> Values:
    """Return the spectrum around each frame: of it and of the next one, through a window."""
    pairs = np.concatenate((frames, np.roll(frames, -1, axis=0)), axis=1)
    window = np.hanning(pairs.shape[1]).astype(np.float32)
    spectra: Values = np.abs(np.fft.rfft(pairs * window, axis=1)).astype(np.float32)
    return spectra


def _flatness(spectra: Values) -> Values:
    """Return each frame's spectral flatness: the geometric mean of its power over the mean."""
    power = np.square(spectra[:, 1:]) + np.float32(1e-12)
    flat: Values = np.exp(np.log(power).mean(axis=1)) / power.mean(axis=1)
    return flat


def _bands(spectra: Values, rate: int) -> Values:
    """Return each frame's spectrum in bands as far apart as the ear hears them, in nepers."""
    edges = np.geomspace(_LOWEST, min(_HIGHEST, rate / 2), _BANDS + 1)
    places = np.minimum(np.rint(edges * 2 * _FRAME).astype(int), spectra.shape[1] - 1)
    sums = np.add.reduceat(spectra, places[:-1], axis=1)
    widths = np.maximum(np.diff(np.append(places[:-1], places[-1])), 1)
    return np.log(sums / widths + np.float32(1e-3))


def _repeat(bands: Values) -> tuple[float, int]:
    """Return how alike the two most similar neighbouring stretches are, and where the second is.

    That is the correlation of their spectra, frame by frame.
    """
    bands = bands[:_LONGEST]
    loudness = bands.max(axis=1)
    spoken = loudness > np.percentile(loudness, _LOUD) - _AUDIBLE
    shaped = (bands - bands[spoken].mean(axis=0)) * spoken[:, None]
    alike = shaped @ shaped.T
    powers, spoken_so_far = (
        np.concatenate(([0.0], np.cumsum(values))) for values in (np.diagonal(alike), spoken)
    )
    best = (-1.0, 0)
    longest = min(round(_LONGEST_REPEAT / _FRAME), len(bands) // 2)
    for length in range(round(_SHORTEST_REPEAT / _FRAME), longest + 1):
        sums = np.concatenate(([0.0], np.cumsum(np.diagonal(alike, length))))
        power = powers[length:] - powers[:-length]
        counts = spoken_so_far[length:] - spoken_so_far[:-length]
        both = np.sqrt(power[:-length] * power[length:]) + 1e-6
        similar = (sums[length:] - sums[:-length]) / both[: sums.size - length]
        enough = np.minimum(counts[:-length], counts[length:]) >= _SPOKEN * length
        similar = np.where(enough, similar, -1.0)
        place = int(similar.argmax())
        best = max(best, (float(similar[place]), place + length))
    return best
