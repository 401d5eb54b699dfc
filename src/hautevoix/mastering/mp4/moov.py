"""The movie box: what an MP4 file tells of its sound and of its chapters (ISO/IEC 14496-12).

Chapters are a track of texts that the sound's track names (« chap »), as QuickTime has them: their
number has no limit. No date is told, so that the same book gives the same bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.mastering.mp4.boxes import Laid, box, full_box, laid, table, utf8

if TYPE_CHECKING:
    from collections.abc import Sequence

CHUNK = 1024
"""Packets in a chunk, 24 s: few offsets to keep, and under the 1 MB that players read at once."""

_SOUND, _CHAPTERS = 1, 2  # the tracks' numbers
_ENABLED, _IN_MOVIE = 1, 2
_MILLI = 1000  # the movie's ticks and the chapters' in a second: 32 bits of them are 49 days
_MOST_TICKS = 0xFFFFFFFF
_UNITY = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
_LONGEST_TEXT = 0xFFFF
_ENCODING = box(b"encd", struct.pack(">I", 0x100))  # UTF-8 (QuickTime File Format, text samples)
_HERE = box(b"dinf", full_box(b"dref", struct.pack(">I", 1), full_box(b"url ", flags=1)))


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound track: ``packets`` of ``packet`` samples each, the last one perhaps less.

    The first ``priming`` samples are not heard; ``length`` are. ``config`` is AAC's
    AudioSpecificConfig, ``language`` of ISO 639-2.
    """

    rate: int
    packet: int
    packets: int
    priming: int
    length: int
    config: bytes
    language: str

    @property
    def duration(self) -> int:
        """Milliseconds that are heard, rounded up: nothing is cut off."""
        return -(-self.length * _MILLI // self.rate)

    def milliseconds(self, samples: int) -> int:
        """Return samples as milliseconds."""
        return round(samples * _MILLI / self.rate)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: it starts ``start`` samples after the first that is heard."""

    title: str
    start: int


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the media lie: offsets of the sound's chunks and of the texts; the sound's bytes."""

    chunks: Sequence[int]
    texts: int
    size: int


def moov(
    sound: Sound, chapters: tuple[Chapter, ...], udta: bytes, stored: Stored, *, wide: bool
) -> Laid:
    """Return the movie box without the packets' sizes: room is left for these.

    ``wide``: offsets are of 64 bits. Its length depends on counts, texts and ``wide`` alone.
    """
    duration = sound.duration
    last = _CHAPTERS if chapters else _SOUND
    head = struct.pack(">IIII", 0, 0, _MILLI, duration) + struct.pack(">IH10x", 1 << 16, 0x100)
    mvhd = full_box(b"mvhd", head, _UNITY, bytes(24), struct.pack(">I", last + 1))
    tracks = _sound_track(sound, stored, named=bool(chapters), wide=wide)
    texts = _chapter_track(sound, chapters, stored.texts, wide=wide) if chapters else b""
    return laid(b"moov", mvhd, tracks, texts, udta)


def text_samples(chapters: tuple[Chapter, ...]) -> list[bytes]:
    """Return what the chapters' track holds: a counted text for each, told to be UTF-8."""
    texts = [utf8(chapter.title, _LONGEST_TEXT) for chapter in chapters]
    return [struct.pack(">H", len(text)) + text + _ENCODING for text in texts]


def _sound_track(sound: Sound, stored: Stored, *, named: bool, wide: bool) -> Laid:
    duration = sound.duration
    tref = box(b"tref", box(b"chap", struct.pack(">I", _CHAPTERS))) if named else b""
    ticks = sound.priming + sound.length
    if ticks > _MOST_TICKS:
        times = struct.pack(">QQIQ", 0, 0, sound.rate, ticks)
    else:
        times = struct.pack(">IIII", 0, 0, sound.rate, ticks)
    mdhd = full_box(b"mdhd", times, _language(sound), version=int(ticks > _MOST_TICKS))
    stbl = laid(
        b"stbl",
        full_box(b"stsd", struct.pack(">I", 1), _mp4a(sound, stored.size)),
        _sound_times(sound),
        _chunks_of(sound.packets),
        laid(b"stsz", struct.pack(">III", 0, 0, sound.packets), 4 * sound.packets),
        _offsets(stored.chunks, wide=wide),
        *_roll(sound),
    )
    minf = laid(b"minf", full_box(b"smhd", bytes(4)), _HERE, stbl)
    return laid(
        b"trak",
        _tkhd(_SOUND, duration, flags=_ENABLED | _IN_MOVIE, volume=0x100),
        _edts(duration, sound.priming),
        tref,
        laid(b"mdia", mdhd, _hdlr(b"soun", b"Sound"), minf),
    )


def _mp4a(sound: Sound, size: int) -> bytes:
    """Return what the sound is: mono, 16 bits when decoded, AAC (ISO/IEC 14496-14, 5.6)."""
    average = size * 8 * sound.rate // max(1, sound.priming + sound.length)
    config = _descriptor(5, sound.config)
    decoder = _descriptor(4, struct.pack(">BBxxxII", 0x40, 0x15, average, average) + config)
    esds = full_box(b"esds", _descriptor(3, struct.pack(">HB", 0, 0) + decoder + _SYNC))
    return box(b"mp4a", struct.pack(">6xH8xHH4xI", 1, 1, 16, sound.rate << 16), esds)


def _descriptor(tag: int, body: bytes) -> bytes:
    """Return an MPEG-4 descriptor, its length in one byte (ISO/IEC 14496-1, 8.3.3)."""
    return bytes([tag, len(body)]) + body


_SYNC = _descriptor(6, b"\x02")  # the sync layer is the MP4 file's


def _sound_times(sound: Sound) -> bytes:
    last = sound.priming + sound.length - sound.packet * (sound.packets - 1)
    rows = [(sound.packets - 1, sound.packet), (1, last)] if sound.packets > 1 else [(1, last)]
    return full_box(b"stts", table("II", *rows))


def _chunks_of(packets: int) -> bytes:
    """Return how many packets each chunk holds: all the same but the last."""
    full, rest = divmod(packets, CHUNK)
    rows = [(1, CHUNK, 1)] if full else []
    rows += [(full + 1, rest, 1)] if rest else []
    return full_box(b"stsc", table("III", *rows))


def _offsets(offsets: Sequence[int], *, wide: bool) -> bytes:
    return full_box(
        b"co64" if wide else b"stco", table("Q" if wide else "I", *((at,) for at in offsets))
    )


def _roll(sound: Sound) -> tuple[bytes, bytes]:
    """Return that a packet is only right when the one before was decoded (14496-12, 10.1)."""
    kind = struct.pack(">4sII", b"roll", 2, 1) + struct.pack(">h", -1)
    group = struct.pack(">4s", b"roll") + table("II", (sound.packets, 1))
    return full_box(b"sgpd", kind, version=1), full_box(b"sbgp", group)


def _chapter_track(
    sound: Sound, chapters: tuple[Chapter, ...], offset: int, *, wide: bool
) -> bytes:
    duration = sound.duration
    starts = [sound.milliseconds(chapter.start) for chapter in chapters]
    rows = [(1, end - at) for at, end in zip(starts, [*starts[1:], duration], strict=True)]
    sizes = [(len(text),) for text in text_samples(chapters)]
    stbl = box(
        b"stbl",
        full_box(b"stsd", struct.pack(">I", 1), _TEXT),
        full_box(b"stts", table("II", *rows)),
        full_box(b"stsc", table("III", (1, len(chapters), 1))),
        full_box(b"stsz", bytes(4), table("I", *sizes)),
        _offsets([offset], wide=wide),
    )
    mdhd = full_box(b"mdhd", struct.pack(">IIII", 0, 0, _MILLI, duration), _language(sound))
    return box(
        b"trak",
        _tkhd(_CHAPTERS, duration, flags=0, volume=0),
        _edts(duration, 0),
        box(b"mdia", mdhd, _hdlr(b"text", b"Chapters"), box(b"minf", _GMHD, _HERE, stbl)),
    )


# QuickTime File Format, text media: nothing here is ever drawn, so that colours and places are 0.
_TEXT = box(b"text", struct.pack(">6xHI", 1, 1), bytes(40))
_GMIN = full_box(b"gmin", struct.pack(">HHHHH2x", 0x40, 0x8000, 0x8000, 0x8000, 0))
_GMHD = box(b"gmhd", _GMIN, box(b"text", _UNITY))


def _tkhd(number: int, duration: int, *, flags: int, volume: int) -> bytes:
    head = struct.pack(">IIIII8x", 0, 0, number, 0, duration)
    place = struct.pack(">HHH2x", 0, 1 if volume else 0, volume)
    return full_box(b"tkhd", head, place, _UNITY, bytes(8), flags=flags)


def _edts(duration: int, start: int) -> bytes:
    """Return which part of a track is heard: from ``start`` on, in the track's own ticks."""
    return box(b"edts", full_box(b"elst", table("IIHH", (duration, start, 1, 0))))


def _hdlr(kind: bytes, name: bytes) -> bytes:
    return full_box(b"hdlr", struct.pack(">4x4s12x", kind), name + b"\0")


def _language(sound: Sound) -> bytes:
    """Return three letters in five bits each, and what QuickTime calls quality."""
    first, second, third = (ord(letter) - 0x60 for letter in sound.language)
    return struct.pack(">HH", first << 10 | second << 5 | third, 0)
