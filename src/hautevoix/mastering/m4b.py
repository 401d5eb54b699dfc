"""M4B: the book as AAC with chapters, encoded in sections on all cores.

The samples come from the clips, stitched as for the MP3: to decode the MP3's pieces would be to
lose twice. An AAC frame overlaps the one before, so a section starts and ends in silence, on the
grid of the whole book's frames; sections may then be made in any order, kept, and joined.
"""

from __future__ import annotations

import itertools
import os
import struct
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from hautevoix.errors import StoreError
from hautevoix.mastering.covers import CODECS
from hautevoix.mastering.files import whole_path
from hautevoix.mastering.loudness import ENCODER
from hautevoix.mastering.pieces import stitch
from hautevoix.mastering.sound import FULL_SCALE, RATE
from hautevoix.mastering.tracks import book_title
from hautevoix.store import Store, key_of
from hautevoix.workers import Crew, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.mastering.pieces import Plan
    from hautevoix.model import Picture, Script, Timeline

FRAME = 1024  # samples in an AAC frame
_SHAPE = "aac-2"
_CODER = "fast"  # thrice as fast as FFmpeg's default, and nearer to the original: docs/sound.md
_SECTION = 60 * RATE  # samples in a section, at least
_QUIET = 4 * FRAME  # samples of pause that a section must end with
_NERO_LIMIT = 255  # chapters that the older list holds; the chapter track has no such limit
_LEVEL = np.float32(10 ** (ENCODER / 20) / FULL_SCALE)  # as loud as LAME makes the MP3
_TICKS = Fraction(1, RATE)
_AUDIOBOOK = "2"  # iTunes' kind of media


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces that become AAC together: ``lead`` samples of the silence before them, then they.

    ``frames`` is how many AAC frames the section gives.
    """

    plans: tuple[Plan, ...]
    lead: int
    frames: int
    last: bool
    bit_rate: int

    @property
    def key(self) -> str:
        """The key of what this determines."""
        import av  # noqa: PLC0415 - an extra, and slow to load

        told = (self.lead, self.frames, self.last, self.bit_rate, av.library_versions)
        return key_of(_SHAPE, *told, *(plan.sound for plan in self.plans))


def sections(plans: list[Plan], lengths: list[int], bit_rate: int) -> Iterator[Section]:
    """Yield the book in sections; ``lengths`` are the pieces', in samples."""
    group: list[Plan] = []
    position = start = first = 0  # in samples: here; the group's start; the frame it starts with
    for number, (plan, length) in enumerate(zip(plans, lengths, strict=True)):
        group.append(plan)
        position += length
        last = number + 1 == len(plans)
        long = position - start >= _SECTION and plan.stretches[-1].pause >= _QUIET
        if last or long:
            end = -(-position // FRAME) if last else position // FRAME
            yield Section(tuple(group), start - first * FRAME, end - first, last, bit_rate)
            start, first, group = position, end, []


@dataclass(frozen=True, slots=True)
class About:
    """What the container tells of the sound: the book, where everything stands, a comment."""

    script: Script
    timeline: Timeline
    comment: str


def write(
    target: Path,
    about: About,
    parts: list[Section],
    store: Store,
    crew: Crew,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write the M4B; it appears when whole. Raises DiskError, StoreError, EngineError."""
    missing = [part for part in parts if not store.has(part.key)]
    done = len(parts) - len(missing)
    progress(done, len(parts))
    for outcome in crew.run(Job(_encoder, (store,)), missing):
        if outcome.error:
            raise outcome.error
        done += 1
        progress(done, len(parts))
    with whole_path(target) as path:
        _mux(path, about, parts, store)


def _encoder(store: Store) -> Callable[[Section], None]:
    """Return what a worker does with a section."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers share the cores already
    return partial(_encode_into, store)


def _encode_into(store: Store, section: Section) -> None:
    packets = _encoded(_samples(section, store), section)
    sizes = struct.pack(f"<{len(packets) + 1}I", len(packets), *map(len, packets))
    store.put(section.key, sizes + b"".join(packets))


def _samples(section: Section, store: Store) -> Iterator[np.ndarray[Any, np.dtype[np.float32]]]:
    """Yield the section's samples: the silence before it, then a piece at a time."""
    yield np.zeros(section.lead, np.float32)
    for plan in section.plans:
        stitched = np.frombuffer(stitch(plan, store).samples, "<i2")
        yield stitched.astype(np.float32) * _LEVEL


def _encoded(
    sounds: Iterator[np.ndarray[Any, np.dtype[np.float32]]], section: Section
) -> list[bytes]:
    """Return the section's AAC frames: as many as it has, and for the last section what remains.

    The encoder is ahead by one: its first frame overlaps the silence before the section.
    """
    import av  # noqa: PLC0415 - an extra, and slow to load

    encoder = av.CodecContext.create("aac", "w")
    assert isinstance(encoder, av.AudioCodecContext)  # noqa: S101 - tells mypy which it is
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "fltp"
    encoder.bit_rate, encoder.time_base = section.bit_rate * 1000, _TICKS
    encoder.options = {"flags": "+bitexact", "aac_coder": _CODER}
    position, packets = 0, []
    for sound in sounds:
        if sound.size:
            frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, position, _TICKS
            packets += [bytes(packet) for packet in encoder.encode(frame)]
            position += sound.size
    packets += [bytes(packet) for packet in encoder.encode(None)]
    return packets if section.last else packets[: section.frames]


def _frames(part: Section, store: Store) -> Iterator[bytes]:
    """Yield a section's AAC frames from the store."""
    stored = store.view(part.key)
    if stored is None:
        raise StoreError("Encoded sound has gone from the store.", advice="Build again.")
    (count,) = struct.unpack_from("<I", stored)
    sizes = struct.unpack_from(f"<{count}I", stored, 4)
    for end, size in zip(itertools.accumulate(sizes, initial=0), sizes, strict=False):
        start = 4 * (count + 1) + end
        yield bytes(stored[start : start + size])


def _mux(path: Path, about: About, parts: list[Section], store: Store) -> None:
    """Put frames, chapters, cover and what is known of the book into the container."""
    import av  # noqa: PLC0415 - an extra, and slow to load

    script, timeline = about.script, about.timeline
    chapters = _chapters(script, timeline)
    flags = "+faststart" + ("+disable_chpl" if len(chapters) > _NERO_LIMIT else "")
    options = {"fflags": "+bitexact", "movflags": flags, "brand": "M4B "}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        stream.bit_rate = parts[0].bit_rate * 1000
        container.metadata.update(_metadata(script, about.comment))
        container.set_chapters(chapters)
        if script.info.cover:
            _add_cover(container, script.info.cover)
        start = -FRAME  # the first frame is heard only as it overlaps the second
        for data in itertools.chain.from_iterable(_frames(part, store) for part in parts):
            packet = av.Packet(data)
            packet.stream, packet.time_base, packet.is_keyframe = stream, _TICKS, True
            packet.pts = packet.dts = start
            packet.duration = min(FRAME, timeline.frames - start)
            container.mux(packet)
            start += FRAME


def _chapters(script: Script, timeline: Timeline) -> list[Any]:
    return [
        {
            "id": number,
            "start": mark.start,
            "end": mark.end,
            "time_base": _TICKS,
            "metadata": {"title": title},
        }
        for number, (title, mark) in enumerate(zip(script.chapters, timeline.chapters, strict=True))
    ]


def _metadata(script: Script, comment: str) -> dict[str, str]:
    title, info = book_title(script), script.info
    told = {
        "title": title,
        "album": title,
        "artist": info.author,
        "date": info.date,
        "comment": comment,
        "genre": "Audiobook",
        "media_type": _AUDIOBOOK,
    }
    return {key: value for key, value in told.items() if value}


def _add_cover(container: Any, cover: Picture) -> None:
    import av  # noqa: PLC0415 - an extra, and slow to load

    # Players take the size from the picture itself; the container wants one to be told.
    stream = container.add_mux_stream(CODECS[cover.media_type], width=600, height=600)
    stream.disposition = av.stream.Disposition.attached_pic
    packet = av.Packet(cover.data)
    packet.stream, packet.time_base, packet.pts, packet.dts = stream, Fraction(1, 90000), 0, 0
    container.mux(packet)
