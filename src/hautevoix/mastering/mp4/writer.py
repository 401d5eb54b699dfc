"""MP4 files of one sound, written as it comes, in memory that does not grow with it.

The index stands before the sound, so that a player on the web may start at once. Its length
follows from counts and texts: room is left for it, the packets' sizes go straight to their place in
it, and the rest is written last. Memory holds an offset for each 24 seconds of sound.
"""

from __future__ import annotations

import os
import struct
from array import array
from typing import TYPE_CHECKING

import numpy as np

from hautevoix.errors import HautevoixError
from hautevoix.localization import tr
from hautevoix.mastering.mp4.boxes import box, size_of
from hautevoix.mastering.mp4.moov import CHUNK, Stored, moov, text_samples

if TYPE_CHECKING:
    from typing import BinaryIO

    from numpy.typing import NDArray

    from hautevoix.mastering.mp4.boxes import Laid
    from hautevoix.mastering.mp4.moov import Chapter, Sound

_FTYP = box(b"ftyp", b"M4B ", bytes(4), b"M4B M4A mp42iso2")
_LARGEST_PACKET = 768  # bytes of mono AAC: 6,144 bits a channel (ISO/IEC 14496-3, 4.5.1.1)
_NARROW = (1 << 32) - (1 << 20)  # bytes that offsets of 32 bits reach, less the rest of the index


class Mp4:
    """An MP4 file being written; what surrounds the packets is told at first."""

    def __init__(
        self, file: BinaryIO, sound: Sound, chapters: tuple[Chapter, ...], udta: bytes
    ) -> None:
        """Leave room for the index in ``file``, which is new; ``udta`` is its box of tags."""
        texts = b"".join(text_samples(chapters))
        most = len(udta) + 2 * len(texts) + (_LARGEST_PACKET + 4) * sound.packets
        self._file = file
        self._sound = sound
        self._chapters = chapters
        self._udta = udta
        self._wide = most > _NARROW
        self._offsets = array("Q", bytes(8 * -(-sound.packets // CHUNK)))
        self._packets = self._size = self._mdat = self._texts = self._start = 0
        index = self._moov()
        self._sizes = len(_FTYP) + size_of(index[: _room(index)])
        self._mdat = len(_FTYP) + size_of(index)
        self._texts = self._mdat + (16 if self._wide else 8)
        self._start = self._texts + len(texts)
        file.seek(self._texts)
        file.write(texts)

    def add(self, sizes: NDArray[np.uint32], data: bytes | memoryview) -> None:
        """Write packets of ``sizes`` bytes, which follow each other in ``data``."""
        starts = np.cumsum(sizes, dtype=np.uint64) - sizes + np.uint64(self._start + self._size)
        first = -self._packets % CHUNK  # the first of these packets that starts a chunk
        chunks = array("Q", starts[first::CHUNK].tolist())
        place = (self._packets + first) // CHUNK
        self._offsets[place : place + len(chunks)] = chunks
        self._file.write(data)
        self._file.seek(self._sizes + 4 * self._packets)
        self._file.write(sizes.astype(">u4").tobytes())
        self._packets += len(sizes)
        self._size += len(data)
        self._file.seek(self._start + self._size)

    def finish(self) -> None:
        """Write the index. Raises HautevoixError if there were not as many packets as told."""
        if self._packets != self._sound.packets:
            raise HautevoixError(
                tr(
                    "{packets} AAC frames, not {packets2}.",
                    packets=self._packets,
                    packets2=self._sound.packets,
                )
            )
        self._file.seek(0)
        for part in (_FTYP, *self._moov(), self._mdat_head()):
            if isinstance(part, int):
                self._file.seek(part, os.SEEK_CUR)
            else:
                self._file.write(part)

    def _moov(self) -> Laid:
        stored = Stored(self._offsets, self._texts, self._size)
        return moov(self._sound, self._chapters, self._udta, stored, wide=self._wide)

    def _mdat_head(self) -> bytes:
        size = self._start + self._size - self._mdat
        if self._wide:
            return struct.pack(">I4sQ", 1, b"mdat", size)
        return struct.pack(">I4s", size, b"mdat")


def _room(index: Laid) -> int:
    """Return which part of the index is left open."""
    return next(number for number, part in enumerate(index) if isinstance(part, int))
