"""What the ear gets from an MP3 or M4B: decoded, then measured as BS.1770 does."""

from __future__ import annotations

from importlib.util import find_spec
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
_BLOCK = RATE // 20  # samples that are silent or not together: 50 ms
_SILENT = 10 ** (-60 / 20)  # of full scale: ACX asks that the room be under -60 dB
_SHORTEST = 0.5  # seconds of a silence that is told: less is a pause like any other
_MP4 = (".m4b", ".m4a", ".mp4")


def measure(path: Path) -> Sound | None:
    """Return an audio file's loudness, true peak, decoded length, RMS and silences.

    None for AAC where PyAV, which decodes it, is not installed. Raises InputError for what can't
    be decoded.
    """
    if path.suffix.lower() in _MP4:
        return _measured(_decoded_mp4(path)) if find_spec("av") else None
    return _measured(_decoded(path))


def _measured(decoded: Iterator[Samples]) -> Sound:
    peak, frames, squares = 0.0, 0, 0.0
    stream = soxr.ResampleStream(RATE, RATE * _OVERSAMPLING, 1, dtype="float32")
    silences = _Silences()

    def pieces() -> Iterator[Samples]:
        nonlocal peak, frames, squares
        for piece in decoded:
            between = stream.resample_chunk(piece)
            peak = max(peak, float(np.abs(between).max(initial=0.0)))
            frames += piece.size
            squares += float(np.dot(piece, piece))
            silences.hear(piece)
            yield piece

    loudness = integrated(pieces())
    power = 10 * float(np.log10(max(squares / max(frames, 1), 1e-12)))
    peak_level = 20 * float(np.log10(max(peak, 1e-6)))
    return Sound(loudness, peak_level, frames / RATE, power, silences.found())


class _Silences:
    """The stretches of a sound, which comes in pieces, in which nothing is heard."""

    def __init__(self) -> None:
        self._at = 0  # blocks heard
        self._since: int | None = None  # the block that a silence began at
        self._found: list[tuple[float, float]] = []

    def hear(self, piece: Samples) -> None:
        blocks = np.abs(np.pad(piece, (0, -piece.size % _BLOCK))).reshape(-1, _BLOCK)
        silent = blocks.max(axis=1, initial=0.0) < _SILENT
        before = self._since is not None
        for change in np.flatnonzero(np.diff(silent, prepend=before)):
            place = self._at + int(change)
            if self._since is None:
                self._since = place
            else:
                self._end(place)
        self._at += len(silent)

    def found(self) -> tuple[tuple[float, float], ...]:
        self._end(self._at)
        return tuple(self._found)

    def _end(self, place: int) -> None:
        if self._since is not None and (place - self._since) * _BLOCK >= _SHORTEST * RATE:
            self._found.append((self._since * _BLOCK / RATE, place * _BLOCK / RATE))
        self._since = None


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


def _decoded_mp4(path: Path) -> Iterator[Samples]:
    import av  # noqa: PLC0415 - an extra, and slow to load

    try:
        with av.open(str(path)) as container:
            resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
            held: list[Samples] = []
            for frame in container.decode(audio=0):
                held += [part.to_ndarray()[0] for part in resampler.resample(frame)]
                if sum(part.size for part in held) >= _PIECE:
                    whole = np.concatenate(held)
                    yield whole[:_PIECE]
                    held = [whole[_PIECE:]]
            yield np.concatenate([*held, np.zeros(0, np.float32)])
    except (av.FFmpegError, IndexError) as error:
        raise InputError(tr("{mp3} can't be decoded: {error}.", mp3=path, error=error)) from error
