"""An M4B beside a book's MP3: is it of the same build? Its own header tells how long it lasts."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.localization import tr

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_HEADER = 8  # bytes of a box: its size and its name (ISO 14496-12, 4.2)
_BOXES = 100  # boxes that are looked at: the movie is among the first or the last few
_LARGEST_BOX = 1 << 40  # bytes of a box: more is a lie
_LARGE = 8  # bytes more where the size does not fit four
_MOVIE = 36  # bytes of a movie header that are looked at (ISO 14496-12, 8.2.2)
_AGREE = 0.2  # seconds that an M4B may be off: its frames are of 1024 samples, and it has more


def m4b_of(mp3: Path, duration: float) -> Path | None:
    """Return the M4B beside a book's MP3, None if there is none that lasts ``duration`` seconds.

    One that an earlier build left is of another length, unless it sounds the same. Raises
    InputError for one that can't be read: another file in its place would be a silent loss.
    """
    path = mp3.with_suffix(".m4b")
    try:
        with path.open("rb") as file:
            lasts = _duration(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(
            tr("{path} can't be read: {strerror}.", path=path, strerror=error.strerror),
            advice=tr("Get the right to it, or move it away."),
        ) from error
    return path if lasts is not None and abs(lasts - duration) <= _AGREE else None


def _duration(file: BinaryIO) -> float | None:
    """Return the seconds that a file says it lasts, None if it does not say."""
    at = 0
    for _ in range(_BOXES):
        file.seek(at)
        head = file.read(_HEADER + _LARGE)
        if len(head) < _HEADER:
            break
        length, name, start = int.from_bytes(head[:4], "big"), head[4:_HEADER], _HEADER
        if length == 1:
            length, start = int.from_bytes(head[_HEADER:], "big"), _HEADER + _LARGE
        if name == b"mvhd":
            file.seek(at + start)
            return _told(file.read(_MOVIE))
        if not start <= length < _LARGEST_BOX:
            break
        at += start if name == b"moov" else length  # the movie's first box is its header
    return None


def _told(data: bytes) -> float | None:
    if len(data) < _MOVIE:
        return None
    scale, ticks = struct.unpack(
        ">IQ" if data[0] else ">II", data[20:32] if data[0] else data[12:20]
    )
    return ticks / scale if scale else None
