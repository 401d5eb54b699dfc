"""MPEG-1 Layer III, mono, constant bit rate: pieces that join into one file without a seam.

Each piece is encoded by itself: its first frame borrows nothing from before (the encoder is
fresh), its last frames hold silence, so pieces may be made in any order, kept, and joined by
concatenation. The encoder's delay is the same for all, so piece n's samples start where the
frames before it end: one Info frame tells players how much to skip at the start of the file.
"""

from __future__ import annotations

import struct

import lameenc

from hautevoix.checksums import crc16
from hautevoix.errors import HautevoixError
from hautevoix.mastering.sound import RATE

FRAME = 1152  # samples in an MPEG-1 Layer III frame
ENCODER_DELAY = 576  # LAME's, as its tag tells it; decoders add 529 of their own
DECODER_DELAY = 529
TAIL = ENCODER_DELAY + DECODER_DELAY + FRAME // 2
"""Samples of silence that a piece needs at its end, so that nothing of it falls into the next."""

BIT_RATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # kb/s, by index + 1
QUALITY = 7  # LAME's scale; docs/performance.md has time against quality
VERSION = f"lame-q{QUALITY}-1"  # changes whenever the same samples may give other frames

_BLOCK = 1 << 17  # bytes given to LAME at once: it copies them several times over
_SYNC_MONO = b"\xff\xfb"  # MPEG-1, Layer III, no CRC
_SIDE_INFO = 17  # bytes, mono
_LOW_PASS = 11025  # Hz: nothing above it in what most voices give; told, not applied


def encode(samples: bytes, bit_rate: int) -> bytes:
    """Return the frames of 16-bit mono samples at RATE, exactly one for each FRAME of them.

    ``samples`` must be whole frames and end in TAIL samples of silence.
    """
    frames = len(samples) // 2 // FRAME
    encoder = lameenc.Encoder()
    encoder.silence()  # it would print on standard output
    encoder.set_bit_rate(bit_rate)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(QUALITY)
    blocks = [samples[start : start + _BLOCK] for start in range(0, len(samples), _BLOCK)]
    data = b"".join(bytes(encoder.encode(block)) for block in (*blocks, bytes(2 * FRAME * 2)))
    data += bytes(encoder.flush())
    return data[: _end(data, frames, bit_rate)]


def silence(bit_rate: int) -> bytes:
    """Return one silent frame."""
    return encode(bytes(2 * FRAME), bit_rate)


def _end(data: bytes, frames: int, bit_rate: int) -> int:
    """Return where so many frames end. Raises HautevoixError where they are not what was asked."""
    end = 0
    for _ in range(frames):
        end += _length(bit_rate, data[end + 2])
    if data[end : end + 2] not in (_SYNC_MONO, b""):
        raise HautevoixError(f"LAME gave no frame at byte {end}.")
    return end


def _length(bit_rate: int, third_byte: int) -> int:
    return 144 * bit_rate * 1000 // RATE + (third_byte >> 1 & 1)


def info_frame(frames: int, size: int, padding: int, bit_rate: int) -> bytes:
    """Return the Info frame that stands before ``frames`` frames of ``size`` bytes.

    ``padding`` is how many samples at the end belong to no one. Layout: the Xing header and
    LAME's extension to it (gabriel.mp3-tech.org/mp3infotag.html).
    """
    header = _SYNC_MONO + bytes([(BIT_RATES.index(bit_rate) + 1) << 4, 0xC4])
    length = _length(bit_rate, header[2])
    table = bytes(min(255, 256 * percent // 100) for percent in range(100))
    xing = b"Info" + struct.pack(">III", 0x0F, frames, size + length) + table
    xing += struct.pack(">I", 100 - 10 * QUALITY)  # as LAME rates itself
    delays = (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    lame = (
        b"LAME3.100"
        + bytes([0x01, _LOW_PASS // 100])  # revision 0, method 1: constant bit rate
        + bytes(8)  # no peak, no replay gain
        + bytes([0x00, min(bit_rate, 255)])
        + delays
        + bytes([0x00, 0x00])  # mono, no gain changed
        + bytes(2)  # no preset
        + struct.pack(">I", size + length)
        + bytes(2)  # the music's own CRC is optional and not given
    )
    frame = header + bytes(_SIDE_INFO) + xing + lame
    frame += struct.pack(">H", crc16(frame))
    return frame.ljust(length, b"\0")
