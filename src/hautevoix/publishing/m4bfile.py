"""An M4B beside a book's MP3: is it of the same build? Its own header tells how long it lasts."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_HEADER = 8  # bytes of a box: its size and its name (ISO 14496-12, 4.2)
_LARGE = 8  # bytes more where the size does not fit four
_MOVIE = 36  # bytes of a movie header that are looked at (ISO 14496-12, 8.2.2)
_AGREE = 0.2  # seconds that an M4B may be off: its frames are of 1024 samples, and it has more


def m4b_of(mp3: Path, duration: float) -> Path | None:
    """Return the M4B beside a book's MP3, None if there is none that lasts ``duration`` seconds.

    One that an earlier build left is of another length, unless it sounds the same.
    """
    path = mp3.with_suffix(".m4b")
    try:
        with path.open("rb") as file:
            lasts = _duration(file, path.stat().st_size)
    except OSError:
        return None
    return path if lasts is not None and abs(lasts - duration) <= _AGREE else None


def _duration(file: BinaryIO, size: int) -> float | None:
    """Return the seconds that a file of ``size`` bytes says it lasts, None if it does not say."""
    at = 0
    while at + _HEADER <= size:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(_HEADER))
        start = _HEADER
        if length == 1:
            length, start = int.from_bytes(file.read(_LARGE), "big"), _HEADER + _LARGE
        if name == b"moov":
            at += start  # go into it: its first box is the movie's header
            continue
        if name == b"mvhd":
            return _told(file.read(_MOVIE))
        if length < start:
            return None
        at += length
    return None


def _told(data: bytes) -> float | None:
    if len(data) < _MOVIE:
        return None
    scale, ticks = struct.unpack(
        ">IQ" if data[0] else ">II", data[20:32] if data[0] else data[12:20]
    )
    return ticks / scale if scale else None
