"""The Info frame, first in a file: how long the sound is, and what players skip at both ends.

Layout: the Xing header and LAME's extension to it (gabriel.mp3-tech.org/mp3infotag.html).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from hautevoix.localization import tr
from hautevoix.mpeg.crc import crc16
from hautevoix.mpeg.frames import HEADER_BYTES, header, mono_header

ENCODER_DELAY = 576
"""Samples that LAME puts before the sound, as its tag tells it."""
DECODER_DELAY = 529
"""Samples that decoders add to them."""
_HAS_COUNT, _HAS_SIZE, _HAS_TABLE, _HAS_QUALITY = 1, 2, 4, 8
_FLAGS, _COUNT, _SIZE = 4, 8, 12  # bytes from « Info » on, to the first three fields …
_DELAYS, _MUSIC, _CRC = 141, 148, 154  # … and to LAME's own
_CONSTANT = 0x01  # revision 0, method 1: constant bit rate
_LOW_PASS = 11025  # Hz: nothing above it in what most voices give; told, not applied


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long a stretch of sound is: in frames, in bytes without the Info frame.

    ``padding`` is how many samples at the end belong to no one.
    """

    frames: int
    size: int
    padding: int


@dataclass(frozen=True, slots=True)
class InfoHeader:
    """What an Info header tells: frames, the sound's seconds, bytes with its own; None if not.

    ``place`` is where it stands in its frame, in bytes.
    """

    frames: int | None
    duration: float | None
    size: int | None
    place: int


def info_frame(lengths: Lengths, bit_rate: int, quality: int) -> bytes:
    """Return the Info frame that stands before mono frames at 44.1 kHz, at ``bit_rate`` kb/s.

    ``quality`` is LAME's, 0 (the best) to 9.
    """
    start = mono_header(bit_rate)
    described = header(start)
    assert described is not None  # noqa: S101 - its own header
    table = bytes(min(255, 256 * percent // 100) for percent in range(100))
    flags = _HAS_COUNT | _HAS_SIZE | _HAS_TABLE | _HAS_QUALITY
    xing = b"Info" + struct.pack(">III", flags, 0, 0) + table
    xing += struct.pack(">I", 100 - 10 * quality)  # as LAME rates itself
    lame = (
        b"LAME3.100"
        + bytes([_CONSTANT, _LOW_PASS // 100])
        + bytes(8)  # no peak, no replay gain
        + bytes([0x00, min(bit_rate, 255)])
    )
    # The rest is nought: mono, no gain changed, no preset, no CRC of the music (it is optional).
    frame = start + bytes(described.side_information) + xing + lame
    return with_lengths(frame.ljust(described.length, b"\0"), lengths)


def with_lengths(frame: bytes, lengths: Lengths) -> bytes:
    """Return an Info frame that tells these lengths in place of its own.

    Raises ValueError if ``frame`` is none.
    """
    at = info_at(frame)
    if at is None or not frame.startswith(b"Info", at) or len(frame) < at + _CRC + 2:
        raise ValueError(tr("it has no Info frame at its start"))
    told = bytearray(frame)
    total = struct.pack(">I", lengths.size + len(frame))
    told[at + _COUNT : at + _SIZE + 4] = struct.pack(">I", lengths.frames) + total
    told[at + _DELAYS : at + _DELAYS + 3] = (ENCODER_DELAY << 12 | lengths.padding).to_bytes(3)
    told[at + _MUSIC : at + _MUSIC + 4] = total
    told[at + _CRC : at + _CRC + 2] = struct.pack(">H", crc16(bytes(told[: at + _CRC])))
    return bytes(told)


def info_at(frame: bytes) -> int | None:
    """Return where the Xing/Info header stands in a file's first frame, None if nowhere."""
    found = header(frame)
    if not found:
        return None
    at = HEADER_BYTES + found.side_information
    return at if frame[at : at + 4] in (b"Info", b"Xing") else None


def read_info(audio: bytes | memoryview) -> InfoHeader | None:
    """Return what the Info header says that ``audio``, which follows the tag, starts with."""
    first = header(bytes(audio[:HEADER_BYTES]))
    at = info_at(bytes(audio[: first.length])) if first else None
    if first is None or at is None or len(audio) < at + _SIZE + 4:
        return None
    flags, count, size = struct.unpack(">III", audio[at + _FLAGS : at + _SIZE + 4])
    frames = count if flags & _HAS_COUNT else None
    duration = None if frames is None else frames * first.samples / first.rate
    return InfoHeader(frames, duration, size if flags & _HAS_SIZE else None, at)
