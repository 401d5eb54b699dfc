"""A soft cue before a note: two bell tones a fifth apart, which no one takes for the text."""

from __future__ import annotations

import functools

import numpy as np

from hautevoix.mastering.sound import FULL_SCALE, RATE, frames

VERSION = "bell-1"  # changes whenever its samples may
_TONES = (659.26, 987.77)  # Hz: E and B, over a voice's pitch and under its brilliance
_PEAK = 10 ** (-24 / 20)  # of full scale: some 8 dB softer than the voice
_RISE, _FALL = 0.006, 0.11  # seconds: how softly it strikes; to a third of its level
_SOUND = frames(600)
LENGTH = _SOUND + frames(150)
"""Its samples at RATE, with the silence before the first word."""


@functools.cache
def samples() -> bytes:
    """Return its sound, 16 bits a sample."""
    time = np.arange(_SOUND) / RATE
    tones = sum(np.sin(2 * np.pi * hertz * time) for hertz in _TONES)
    shape = np.minimum(time / _RISE, 1) * np.exp(-time / _FALL) * np.linspace(1, 0, _SOUND)
    sound = tones * shape
    sound *= _PEAK * FULL_SCALE / np.abs(sound).max()
    return np.rint(sound).astype("<i2").tobytes().ljust(2 * LENGTH, b"\0")
