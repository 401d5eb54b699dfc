"""AAC of a section, by FFmpeg's encoder (PyAV), kept in the store.

The samples come from the clips, stitched as for the MP3: to decode the MP3's pieces would be to
lose twice. An AAC frame overlaps the one before, so a section starts and ends in silence; sections
may then be made in any order, kept, and joined.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from hautevoix.errors import StoreError
from hautevoix.localization import tr
from hautevoix.mastering.loudness import ENCODER
from hautevoix.mastering.pieces import stitch
from hautevoix.mastering.sections import FRAME
from hautevoix.mastering.sound import FULL_SCALE, RATE
from hautevoix.storage.store import Store, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hautevoix.mastering.sections import AacSection

CONFIG = bytes.fromhex("120856e500")
"""AudioSpecificConfig: AAC-LC, 44.1 kHz, mono, no SBR (ISO/IEC 14496-3, 1.6.2.1)."""

_SHAPE = "aac-3"
_OPTIONS = {
    "flags": "+bitexact",
    "aac_coder": "fast",  # thrice as fast as the default, nearer to the original: docs/sound.md
}
_LEVEL = np.float32(10 ** (ENCODER / 20) / FULL_SCALE)  # as loud as LAME makes the MP3
_TICKS = Fraction(1, RATE)
_WARM_UP = np.zeros(FRAME, np.float32)  # its first frame comes out 20 to 40 dB worse
_BLOCK = 1 << 16  # samples given to the encoder at once: it copies them twice

_Sizes = np.ndarray[Any, np.dtype[np.uint32]]
_Sound = np.ndarray[Any, np.dtype[np.float32]]


def key(section: AacSection) -> str:
    """Return the key of what a section determines; where it stands is no part of it."""
    import av  # noqa: PLC0415 - an extra, and slow to load

    told = (section.bit_rate, av.library_versions)
    return key_of(_SHAPE, *told, *(plan.sound for plan in section.plans))


@dataclass(frozen=True, slots=True)
class Packets:
    """A section's AAC frames, one after the other in ``data``: ``sizes`` are in bytes.

    There is one frame more than the section fills, for the last section's end: the encoder is
    ahead by one, its first frame is heard only as it overlaps the second.
    """

    sizes: _Sizes
    data: bytes | memoryview

    def first(self, count: int) -> Packets:
        """Return the first ``count`` of them."""
        sizes = self.sizes[:count]
        return Packets(sizes, self.data[: int(sizes.sum())])

    def to_bytes(self) -> bytes:
        """Return them as they lie in the store: how many, their sizes, themselves."""
        return len(self.sizes).to_bytes(4, "little") + self.sizes.tobytes() + self.data

    @classmethod
    def from_bytes(cls, stored: bytes | memoryview) -> Packets:
        """Return what ``to_bytes`` wrote; the frames are not copied."""
        count = int.from_bytes(stored[:4], "little")
        sizes = np.frombuffer(stored, "<u4", count, 4)
        return cls(sizes, stored[4 * (count + 1) :])


def stored_packets(section: AacSection, store: Store) -> Packets:
    """Return a section's frames from the store; they are made anew where they went or rotted.

    Raises StoreError if a clip has gone too.
    """
    stored = store.view(key(section))
    if stored is None:
        _encode_into(store, section)
        stored = store.view(key(section))
    if stored is None:
        raise StoreError(
            tr("Encoded sound does not stay in the store."), advice=tr("Check its disk.")
        )
    return Packets.from_bytes(stored)


def encoder(store: Store) -> Callable[[AacSection], None]:
    """Return what a worker does with a section."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers share the cores already
    return partial(_encode_into, store)


def _encode_into(store: Store, section: AacSection) -> None:
    store.put(key(section), _encoded(_samples(section, store), section.bit_rate).to_bytes())


def _samples(section: AacSection, store: Store) -> Iterator[_Sound]:
    """Yield the section's samples, a block at a time."""
    for plan in section.plans:
        yield from _blocks(stitch(plan, store).samples)


def _blocks(samples: bytes) -> Iterator[_Sound]:
    whole = np.frombuffer(samples, "<i2")
    for start in range(0, whole.size, _BLOCK):
        yield whole[start : start + _BLOCK].astype(np.float32) * _LEVEL


def _encoded(sounds: Iterator[_Sound], bit_rate: int) -> Packets:
    import av  # noqa: PLC0415 - an extra, and slow to load

    context = av.CodecContext.create("aac", "w")
    assert isinstance(context, av.AudioCodecContext)  # noqa: S101 - tells mypy which it is
    context.sample_rate, context.layout, context.format = RATE, "mono", "fltp"
    context.bit_rate, context.time_base = bit_rate * 1000, _TICKS
    context.options = _OPTIONS
    frames = itertools.chain((_frame(_WARM_UP),), map(_frame, sounds), (None,))
    packets = [bytes(packet) for frame in frames for packet in context.encode(frame)][1:]
    return Packets(np.array([len(packet) for packet in packets], "<u4"), b"".join(packets))


def _frame(sound: _Sound) -> Any:
    import av  # noqa: PLC0415 - an extra, and slow to load

    frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="fltp", layout="mono")
    frame.sample_rate = RATE
    return frame
