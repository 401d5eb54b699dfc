"""What the ear gets from an MP3: decoded, then measured as BS.1770 does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import soxr

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.mastering.loudness import integrated
from hautevoix.mastering.sound import RATE
from hautevoix.publishing.checking.findings import Sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hautevoix.mastering.sound import Samples

_PIECE = RATE * 10  # frames decoded at once: whole hops of the loudness measure
_OVERSAMPLING = 4  # BS.1770-4, annex 2


def measure(mp3: Path) -> Sound:
    """Return an MP3's loudness, true peak, decoded length and RMS. Raises InputError."""
    peak, frames, squares = 0.0, 0, 0.0
    stream = soxr.ResampleStream(RATE, RATE * _OVERSAMPLING, 1, dtype="float32")

    def pieces() -> Iterator[Samples]:
        nonlocal peak, frames, squares
        for piece in _decoded(mp3):
            between = stream.resample_chunk(piece)
            peak = max(peak, float(np.abs(between).max(initial=0.0)))
            frames += piece.size
            squares += float(np.dot(piece, piece))
            yield piece

    loudness = integrated(pieces())
    power = 10 * float(np.log10(max(squares / max(frames, 1), 1e-12)))
    return Sound(loudness, 20 * float(np.log10(max(peak, 1e-6))), frames / RATE, power)


def _decoded(mp3: Path) -> Iterator[Samples]:
    try:
        stream = miniaudio.stream_file(
            f"./{mp3}" if not mp3.is_absolute() else str(mp3),
            output_format=miniaudio.SampleFormat.FLOAT32,
            nchannels=1,
            sample_rate=RATE,
            frames_to_read=_PIECE,
        )
        for piece in stream:
            yield np.array(piece, np.float32)
    except miniaudio.MiniaudioError as error:
        raise InputError(tr("{mp3} can't be decoded: {error}.", mp3=mp3, error=error)) from error
