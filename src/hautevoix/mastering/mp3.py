"""MPEG-1 Layer III, mono, constant bit rate: pieces that join into one file without a seam.

Each piece is encoded by itself: its first frame borrows nothing from before (the encoder is
fresh), its last frames hold silence, so pieces may be made in any order, kept, and joined by
concatenation. The encoder's delay is the same for all, so piece n's samples start where the
frames before it end: one Info frame tells players how much to skip at the start of the file.
"""

from __future__ import annotations

from itertools import islice

import lameenc

from hautevoix.errors import HautevoixError
from hautevoix.localization import tr
from hautevoix.mastering.sound import RATE
from hautevoix.mpeg import info_frame
from hautevoix.mpeg.frames import SAMPLES, spans
from hautevoix.mpeg.info_frame import DECODER_DELAY, ENCODER_DELAY, Lengths

FRAME = SAMPLES
"""Samples in a frame."""
TAIL = ENCODER_DELAY + DECODER_DELAY + FRAME // 2
"""Samples of silence that a piece needs at its end, so that nothing of it falls into the next."""
QUALITY = 7  # LAME's scale; docs/performance.md has time against quality
VERSION = f"lame-q{QUALITY}-1"  # changes whenever the same samples may give other frames
_BLOCK = 1 << 17  # bytes given to LAME at once: it copies them several times over


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
    return data[: _end(data, frames)]


def silence(bit_rate: int) -> bytes:
    """Return one silent frame."""
    return encode(bytes(2 * FRAME), bit_rate)


def info(lengths: Lengths, bit_rate: int) -> bytes:
    """Return the Info frame that stands before frames that ``encode`` made."""
    return info_frame.info_frame(lengths, bit_rate, QUALITY)


def _end(data: bytes, frames: int) -> int:
    """Return where so many frames end. Raises HautevoixError where there are fewer."""
    places = list(islice(spans(data), frames))
    if len(places) < frames:
        raise HautevoixError(
            tr("LAME gave {places} frames in place of {frames}.", places=len(places), frames=frames)
        )
    place, last = places[-1]
    return place + last.length
