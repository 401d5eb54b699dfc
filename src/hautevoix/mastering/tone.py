"""Room tone: the faint noise of a quiet room, where digital silence would sound like a fault.

ACX wants it at both ends of a file and takes pure silence for a sign of tampering.
"""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING

import numpy as np

from hautevoix.mastering.sound import FULL_SCALE, RATE, fade

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hautevoix.mastering.sound import Samples

VERSION = "tone-1"  # changes whenever the same level may give other samples
_LENGTH = 1 << 17  # samples before it repeats: 3 s
_RUMBLE, _WARM, _AIR = 40.0, 120.0, 4000.0  # Hz: none below; level up to; falls off from


def laid_under(samples: bytes, level: float, quiet_end: int) -> bytes:
    """Return 16-bit samples with room tone of ``level`` dBFS (RMS) under them.

    The last ``quiet_end`` samples are left alone.
    """
    sound = np.frombuffer(samples, "<i2").astype(np.float32)
    noise = np.resize(_loop(), max(0, sound.size - quiet_end))
    fade(noise)
    sound[: noise.size] += noise * np.float32(FULL_SCALE * 10 ** (level / 20))
    return np.clip(np.rint(sound), -FULL_SCALE, FULL_SCALE - 1).astype("<i2").tobytes()


@functools.lru_cache(maxsize=1)
def _loop() -> Samples:
    """Return noise of RMS 1.0 that goes on from its end to its start: the same in every build.

    Pink up to some 4 kHz, as rooms are. Its source is a hash, since generators of random numbers
    may change from one version of numpy to the next.
    """
    drawn = hashlib.shake_256(b"hautevoix: room tone").digest(2 * _LENGTH)
    hertz = np.fft.rfftfreq(_LENGTH, 1 / RATE)
    shape = (hertz > _RUMBLE) / np.sqrt(np.maximum(hertz, _WARM)) / (1 + (hertz / _AIR) ** 2)
    noise: NDArray[np.float64] = np.fft.irfft(np.fft.rfft(np.frombuffer(drawn, "<i2")) * shape)
    return np.asarray(noise / np.sqrt(np.mean(np.square(noise))), np.float32)
