"""What an MP4 file's index tells of an audiobook: its length, its sound, chapters and tags."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.publishing.checking.boxes import Box, body, boxes, find, numbers, rows

if TYPE_CHECKING:
    from typing import BinaryIO

_NERO_SECOND = 10_000_000  # ticks
_LARGEST_TEXT = 1 << 16  # bytes of a title or of a tag
_META, _DATA = 4, 8  # bytes before the boxes of « meta », before a tag's value


@dataclass(frozen=True, slots=True)
class Track:
    """A track: its number, what it is (« soun », « text »), how it is coded, its media.

    ``samples`` are (place in the file, bytes), ``times`` how long each lasts, in seconds;
    ``names`` is the track of its chapters, 0 without one.
    """

    number: int
    kind: str
    coding: str
    duration: float
    samples: tuple[tuple[int, int], ...]
    times: tuple[float, ...]
    names: int


@dataclass(frozen=True, slots=True)
class Movie:
    """An MP4 file: brands, top-level boxes, seconds, tracks, chapters (start, title), tags."""

    brands: tuple[str, ...]
    top: tuple[Box, ...]
    duration: float
    tracks: tuple[Track, ...]
    chapters: tuple[tuple[float, str], ...]
    tags: dict[str, bytes]

    @property
    def sound(self) -> Track | None:
        """The first track that is heard."""
        return next((track for track in self.tracks if track.kind == "soun"), None)


def read_movie(file: BinaryIO, size: int) -> Movie:
    """Return what the index of a file of ``size`` bytes tells.

    Raises ValueError if it is damaged, OSError if it can't be read.
    """
    top = tuple(boxes(file, 0, size))
    kinds = [box.kind for box in top]
    if kinds[:1] != ["ftyp"]:
        raise ValueError(tr("it does not start as an MP4 file does (ftyp)"))
    if "moov" not in kinds:
        raise ValueError(tr("it has no index (moov): its end is missing"))
    moov = top[kinds.index("moov")]
    data = body(file, top[0], _LARGEST_TEXT)
    brands = tuple(data[at : at + 4].decode("latin-1") for at in (0, *range(8, len(data), 4)))
    tracks = tuple(_track(file, trak) for trak in find(file, moov, "trak"))
    tags = {box.kind: _value(file, box) for box in _tags(file, moov)}
    chapters = _quicktime(file, tracks) or _nero(file, moov)
    return Movie(brands, top, _duration(file, moov, "mvhd"), tracks, chapters, tags)


def _only(file: BinaryIO, box: Box, *path: str) -> bytes:
    """Return the body of the one box at a path. Raises ValueError without it."""
    found = find(file, box, *path)
    if not found:
        raise ValueError(tr("its index has no « {name} »", name=path[-1]))
    return body(file, found[0])


def _duration(file: BinaryIO, box: Box, *path: str) -> float:
    """Return the seconds that a header (mvhd, mdhd) tells."""
    data = _only(file, box, *path)
    scale, ticks = numbers(data, "IQ", 20) if data[:1] == b"\1" else numbers(data, "II", 12)
    return ticks / scale if scale else 0.0


def _track(file: BinaryIO, trak: Box) -> Track:
    head = _only(file, trak, "tkhd")
    number = numbers(head, "I", 20 if head[:1] == b"\1" else 12)[0]
    table = ("mdia", "minf", "stbl")
    coding = _only(file, trak, *table, "stsd")[12:16].decode("latin-1")
    header = _only(file, trak, "mdia", "mdhd")
    scale = numbers(header, "I", 20 if header[:1] == b"\1" else 12)[0]
    times = [
        ticks / (scale or 1)
        for count, ticks in rows(_only(file, trak, *table, "stts"), "II")
        for _ in range(min(count, 1 << 24))
    ]
    names = find(file, trak, "tref", "chap")
    return Track(
        number,
        _only(file, trak, "mdia", "hdlr")[8:12].decode("latin-1"),
        coding,
        _duration(file, trak, "mdia", "mdhd"),
        tuple(_samples(file, find(file, trak, *table)[0])),
        tuple(times),
        numbers(body(file, names[0]), "I", 0)[0] if names else 0,
    )


def _samples(file: BinaryIO, table: Box) -> list[tuple[int, int]]:
    """Return where each sample lies, and its bytes (ISO/IEC 14496-12, 8.7)."""
    sizes = _only(file, table, "stsz")
    same, count = numbers(sizes, "II", 4)
    each = [same] * min(count, 1 << 24) if same else [size for (size,) in rows(sizes, "I", 8)]
    wide = find(file, table, "co64")
    places = rows(body(file, wide[0]) if wide else _only(file, table, "stco"), "Q" if wide else "I")
    runs = rows(_only(file, table, "stsc"), "III")
    found: list[tuple[int, int]] = []
    firsts = [first for first, _, _ in runs[1:]] + [len(places) + 1]
    for (first, held, _), after in zip(runs, firsts, strict=True):
        for (place,) in places[max(0, first - 1) : after - 1]:
            chunk = each[len(found) : len(found) + held]
            found += zip(accumulate(chunk[:-1], initial=place), chunk, strict=True)
    if len(found) != len(each):
        what = tr(
            "its tables don't agree ({count} samples, {found} placed)",
            count=len(each),
            found=len(found),
        )
        raise ValueError(what)
    return found


def _quicktime(file: BinaryIO, tracks: tuple[Track, ...]) -> tuple[tuple[float, str], ...]:
    """Return the chapters of a track of texts that another track names."""
    named = {track.names for track in tracks} - {0}
    found = next(
        (track for track in tracks if track.number in named and track.kind == "text"), None
    )
    if found is None:
        return ()
    chapters, at = [], 0.0
    for (place, size), lasts in zip(found.samples, found.times, strict=False):
        file.seek(place)
        data = file.read(min(size, _LARGEST_TEXT))
        length = int.from_bytes(data[:2], "big")
        chapters.append((at, data[2 : 2 + length].decode("utf-8", "replace")))
        at += lasts
    return tuple(chapters)


def _nero(file: BinaryIO, moov: Box) -> tuple[tuple[float, str], ...]:
    lists = find(file, moov, "udta", "chpl")
    if not lists:
        return ()
    data = body(file, lists[0])
    at, chapters = (9 if data[:1] == b"\1" else 5), []
    while at + 9 <= len(data):
        start, length = numbers(data, "QB", at)
        chapters.append(
            (start / _NERO_SECOND, data[at + 9 : at + 9 + length].decode("utf-8", "replace"))
        )
        at += 9 + length
    return tuple(chapters)


def _tags(file: BinaryIO, moov: Box) -> list[Box]:
    found: list[Box] = []
    for meta in find(file, moov, "udta", "meta"):
        for ilst in find(file, meta, "ilst", skip=_META):
            found += boxes(file, ilst.start, ilst.end)
    return found


def _value(file: BinaryIO, tag: Box) -> bytes:
    data = find(file, tag, "data")
    return body(file, data[0])[_DATA:] if data else b""
