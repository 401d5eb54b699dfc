"""Loudness as ITU-R BS.1770-4 and EBU R 128 define it, and the gain that brings a voice to it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from hautevoix.mastering.profiles import PODCAST, Meter, Profile
from hautevoix.mastering.sound import RATE, filtered, produced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from hautevoix.mastering.sound import Samples
    from hautevoix.model import Clip

    Measured = NDArray[np.float64]  # what a meter needs of a sound

TARGET = PODCAST.loudness
"""LUFS, integrated."""

_BLOCK = RATE * 4 // 10  # 400 ms
_HOP = RATE // 10  # 75 % overlap
_FILTER_BLOCK, _RING = 32768, 8192  # samples; the high-pass rings for some 0.15 s
_ABSOLUTE_GATE = -70.0  # LUFS
_RELATIVE_GATE = -10.0  # LU under the mean of what passed the absolute gate
ENCODER = -0.4455
"""Decibels by which LAME turns down what it is given (to 0.95)."""
STEP = 0.25
"""Decibels: gains move in steps, so that a small edit of a book moves none."""
_TRIES = 3  # measurements: the limiter takes away some of what each adds
_NEAR = 0.5  # decibels: of so few more the limiter takes less than a tenth


def integrated(sounds: Iterable[Samples]) -> float:
    """Return the loudness of sounds at RATE, one after the other, in LUFS (−inf for silence)."""
    return _loudness([_hop_energies(sound) for sound in sounds])


def _loudness(hops: Sequence[Measured]) -> float:
    energies = np.concatenate(hops) if hops else np.zeros(0)
    if energies.size < _BLOCK // _HOP:
        return float("-inf")
    window = np.lib.stride_tricks.sliding_window_view(energies, _BLOCK // _HOP)
    blocks = window.mean(axis=1)
    loud = blocks[_lufs(blocks) > _ABSOLUTE_GATE]
    if loud.size == 0:
        return float("-inf")
    gate = _lufs(loud.mean()) + _RELATIVE_GATE
    return float(_lufs(loud[_lufs(loud) > gate].mean()))


def _hop_energies(sound: Samples) -> Measured:
    """Return the mean energies of a sound's 100 ms, as one hears it."""
    heard = weighted(sound)
    whole = heard[: heard.size - heard.size % _HOP].astype(np.float64)
    energies: Measured = np.square(whole).reshape(-1, _HOP).mean(axis=1)
    return energies


def _power(sums: Sequence[Measured]) -> float:
    """Return the RMS of sounds in dBFS (−inf for silence) from their lengths and energies.

    As ACX and ffmpeg's astats reckon: a sine of full scale has −3.01 dB.
    """
    length, energy = np.sum(sums, axis=0)
    return 10 * float(np.log10(energy / length)) if energy else float("-inf")


def _energy(sound: Samples) -> Measured:
    return np.array([sound.size, np.square(sound, dtype=np.float64).sum()])


_METERS = {Meter.LUFS: (_hop_energies, _loudness), Meter.RMS: (_energy, _power)}


def measured(clip: Clip, pause: int, gain: float, profile: Profile) -> Measured:
    """Return what ``gain_for`` needs of a clip made ``gain`` decibels louder.

    ``pause`` is how many frames of silence follow it.
    """
    sound = produced(clip, gain, profile.ceiling)
    measure, _ = _METERS[profile.meter]
    return measure(np.concatenate([sound, np.zeros(pause, np.float32)]))


def gain_for(measured_at: Callable[[float], Sequence[Measured]], profile: Profile) -> float:
    """Return the gain in dB that brings a voice to the profile's loudness, limiter included.

    ``measured_at`` measures samples of the voice, made so many decibels louder.
    """
    gain = 0.0
    _, level = _METERS[profile.meter]
    for _ in range(_TRIES):  # the limiter takes a little away, so measure what came of it
        loudness = level(measured_at(gain))
        if loudness == float("-inf"):
            return 0.0
        lacking = profile.loudness - ENCODER - loudness
        gain += lacking
        if abs(lacking) < _NEAR:
            break
    return round(gain / STEP) * STEP


def _lufs(energy: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return -0.691 + 10 * np.log10(np.maximum(energy, 1e-12))


def weighted(samples: Samples) -> Samples:
    """Return the K-weighted samples: BS.1770's two filters."""
    return filtered(samples, _response(), _RING)


@functools.cache
def _response() -> NDArray[np.complex64]:
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(_FILTER_BLOCK))
    return np.asarray(_shelf(z) * _high_pass(z), np.complex64)


# The two biquads for any rate, from the analogue prototypes behind BS.1770's table at 48 kHz
# (B. De Man, « Evaluation of implementations of the EBU R128 loudness measurement », AES 2018).
def _shelf(z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    decibels, quality, corner = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = np.tan(np.pi * corner / RATE)
    high = 10 ** (decibels / 20)
    band = high**0.4996667741545416
    below = 1 + k / quality + k * k
    numerator = (
        (high + band * k / quality + k * k)
        + 2 * (k * k - high) * z
        + (high - band * k / quality + k * k) * z**2
    )
    denominator = below + 2 * (k * k - 1) * z + (1 - k / quality + k * k) * z**2
    return np.asarray(numerator / denominator)


def _high_pass(z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    quality, corner = 0.5003270373238773, 38.13547087602444
    k = np.tan(np.pi * corner / RATE)
    below = 1 + k / quality + k * k
    denominator = below + 2 * (k * k - 1) * z + (1 - k / quality + k * k) * z**2
    return np.asarray(below * (1 - 2 * z + z**2) / denominator)
