"""Layer III frames: what a header says, and where each stands (ISO 11172-3, 2.4.1.3).

MPEG-1 is what we write. The low sampling frequencies (MPEG-2, ISO 13818-3, and the « MPEG-2.5 »
that LAME writes below 16 kHz) are read too: many old audiobooks are of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = 1152
"""Samples in a frame of MPEG-1, so of all that we write."""
HEADER_BYTES = 4
"""Bytes of a frame's header."""
LONGEST = 1441
"""Bytes of the longest frame: 320 kb/s at 32 kHz."""
SYNC = b"\xff\xfb"
"""How a frame starts: MPEG-1, Layer III, no CRC of its own."""
_LOW_SAMPLES = 576  # in a frame of the low sampling frequencies
_BIT_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # kb/s; 0: free
_LOW_BIT_RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = (44100, 48000, 32000)
_DIVIDED = {0b111: 1, 0b110: 2, 0b100: 4}  # by the version's bits, the sync word's last included
_LAYER_3 = 0b01
_MONO = 3
_SIDE_INFORMATION = {True: 17, False: 32}  # bytes after the header, in mono and otherwise
_LOW_SIDE_INFORMATION = {True: 9, False: 17}


@dataclass(frozen=True, slots=True)
class Header:
    """A frame's header: kb/s, samples a second, its whole length in bytes, its samples."""

    bit_rate: int
    rate: int
    mono: bool
    length: int
    samples: int = SAMPLES

    @property
    def side_information(self) -> int:
        """Bytes of side information, which come right after the header."""
        told = _SIDE_INFORMATION if self.samples == SAMPLES else _LOW_SIDE_INFORMATION
        return told[self.mono]


def header(data: bytes) -> Header | None:
    """Return the frame header that ``data`` starts with, None if it is none.

    >>> header(mono_header(64)).length
    208
    """
    if len(data) < HEADER_BYTES or data[0] != SYNC[0] or data[1] >> 1 & 0b11 != _LAYER_3:
        return None
    divided = _DIVIDED.get(data[1] >> 3 & 0b111 if data[1] >> 5 == 0b111 else 0)
    rate_index, bit_index = data[2] >> 2 & 3, data[2] >> 4
    if divided is None or rate_index == len(_RATES) or not 0 < bit_index < len(_BIT_RATES):
        return None
    low = divided > 1
    rate = _RATES[rate_index] // divided
    bit_rate = (_LOW_BIT_RATES if low else _BIT_RATES)[bit_index]
    samples = _LOW_SAMPLES if low else SAMPLES
    length = samples * 125 * bit_rate // rate + (data[2] >> 1 & 1)
    return Header(bit_rate, rate, data[3] >> 6 == _MONO, length, samples)


def mono_header(bit_rate: int) -> bytes:
    """Return the header of a mono frame at 44.1 kHz, original, as LAME writes it without padding.

    Raises ValueError for a ``bit_rate`` (kb/s) that MPEG-1 does not have.
    """
    return SYNC + bytes([_BIT_RATES.index(bit_rate) << 4, _MONO << 6 | 0x04])


def spans(data: bytes | memoryview, start: int = 0) -> Iterator[tuple[int, Header]]:
    """Yield each frame's place and header; ends where no whole frame follows."""
    while (found := header(bytes(data[start : start + HEADER_BYTES]))) and (
        start + found.length <= len(data)
    ):
        yield start, found
        start += found.length
