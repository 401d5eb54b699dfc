"""An MP3 file: its tag, what comes after, and stretches cut out at frames without encoding anew."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.mpeg.frames import HEADER_BYTES, SAMPLES, spans
from hautevoix.mpeg.id3 import read_tag
from hautevoix.mpeg.info_frame import ENCODER_DELAY, Lengths, info_at, with_lengths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hautevoix.mpeg.id3 import Tag

END_PADDING = SAMPLES - ENCODER_DELAY
"""Samples at the end that belong to no one, where one frame more makes up for the delay."""
_FARTHEST = 511  # bytes that a frame can borrow from those before it


def load(path: Path) -> tuple[Tag | None, memoryview]:
    """Return a file's tag and all after it, mapped rather than read: books may be large.

    Raises OSError, and ValueError for an empty file or a broken tag.
    """
    with path.open("rb") as file:
        tag = read_tag(file)
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        return tag, mapped[file.tell() :]


def cut(audio: memoryview, times: list[float]) -> Iterator[tuple[float, list[bytes | memoryview]]]:
    """Yield the pieces that start at ``times`` (seconds, rising): true start, and chunks of bytes.

    ``audio`` is what follows the tag; its first frame must be an Info frame. Each piece starts
    on the frame at or before its time and takes one frame more than its length, which makes up
    for the decoder's delay. Raises ValueError if the audio is not as ``build`` makes it.
    """
    places = list(spans(audio))
    info = bytes(audio[: places[0][1].length]) if places else b""
    if info_at(info) is None:
        raise ValueError(tr("it has no Info frame at its start"))
    rate = places[0][1].rate
    frames = [place for place, _ in places[1:]]
    ends = [*frames, places[-1][0] + places[-1][1].length]
    firsts = [min(int(time * rate) // SAMPLES, len(frames) - 2) for time in times]
    for first, after in zip(firsts, [*firsts[1:], len(frames) - 1], strict=True):
        last = max(after, first + 1)
        data = audio[ends[first] : ends[last + 1]]
        told = with_lengths(info, Lengths(last - first + 1, len(data), END_PADDING))
        yield first * SAMPLES / rate, [told, *_freed(data)]


def _freed(data: memoryview) -> list[bytes | memoryview]:
    """Return frames with those silenced at the start that borrow bits from before it.

    Some decoders would drop them, and all times would shift. Without side information a frame
    is silent, but its bytes still serve the frames after it (ISO 11172-3, 2.4.1.7 and 2.4.3.4);
    it says to borrow all that there is, because minimp3 forgets what a frame does not borrow.
    """
    freed: list[bytes | memoryview] = []
    lent = place = 0
    for place, found in spans(data):
        head, side = place + HEADER_BYTES, found.side_information
        borrowed = data[head] << 1 | data[head + 1] >> 7
        if borrowed <= lent:
            break
        end = place + found.length
        begin = (min(lent, _FARTHEST) << 7).to_bytes(2, "big")
        freed += [data[place:head], begin.ljust(side, b"\0"), data[head + side : end]]
        lent += found.length - HEADER_BYTES - side
    return [*freed, data[place:]]
