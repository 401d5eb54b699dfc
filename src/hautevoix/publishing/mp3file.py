"""MP3 files as bytes: their ID3 tag and their frames, read strictly.

A picture is put into the tag; chapters are cut out at frames, without encoding anew.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.checksums import crc16

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_HEADER = 10  # bytes, of a tag and of a frame in it
_V23, _V24 = 3, 4
_PADDING = 256
_FRONT_COVER = b"\x03"
SAMPLES = 1152  # in an MPEG-1 Layer III frame
_BIT_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES = (44100, 48000, 32000)
_MONO = 3
_FARTHEST = 511  # bytes that a frame can borrow from those before it
_PRIMING = 576  # samples: LAME's delay, left at the end of a cut as at the end of the whole


@dataclass(frozen=True, slots=True)
class TagFrame:
    """A frame of an ID3 tag: ``name`` such as « TIT2 », and its bytes after the header."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Tag:
    """An ID3v2 tag in file order; ``size`` is what it takes up, padding included."""

    version: int
    frames: tuple[TagFrame, ...]
    size: int

    def first(self, name: str) -> bytes | None:
        """Return the body of the first frame called ``name``."""
        return next((frame.body for frame in self.frames if frame.name == name), None)


@dataclass(frozen=True, slots=True)
class Header:
    """An MPEG-1 Layer III frame's header: kb/s, Hz, its length in bytes."""

    bit_rate: int
    rate: int
    mono: bool
    length: int


def read_tag(file: BinaryIO) -> Tag | None:
    """Return the ID3v2 tag at the file's start, None without one. The file ends up after it.

    Raises ValueError if the tag is damaged.
    """
    head = file.read(_HEADER)
    if head[:3] != b"ID3":
        file.seek(0)
        return None
    version, flags = head[3], head[5]
    if version not in (_V23, _V24):
        raise ValueError(f"ID3v2.{version} is not known here")
    size = _synchsafe(head[6:10])
    body = file.read(size)
    if len(body) != size:
        raise ValueError("the tag is longer than the file")
    if flags & 0x80 and version == _V23:
        body = body.replace(b"\xff\x00", b"\xff")
    if flags & 0x40:
        extended = _synchsafe(body[:4]) if version == _V24 else 4 + _number(body[:4])
        body = body[extended:]
    return Tag(version, tuple(_frames(body, version)), _HEADER + size)


def tag_length(data: bytes) -> int:
    """Return how many bytes the tag takes that ``data`` starts with, 0 without one."""
    return _HEADER + _synchsafe(data[6:10]) if data[:3] == b"ID3" and len(data) >= _HEADER else 0


def _frames(body: bytes, version: int) -> Iterator[TagFrame]:
    at = 0
    while at + _HEADER <= len(body) and body[at]:
        name = body[at : at + 4].decode("latin-1")
        size = body[at + 4 : at + 8]
        length = _synchsafe(size) if version == _V24 else _number(size)
        if at + _HEADER + length > len(body):
            raise ValueError(f"the frame {name} is longer than its tag")
        yield TagFrame(name, body[at + _HEADER : at + _HEADER + length])
        at += _HEADER + length


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _synchsafe(data: bytes) -> int:
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
    return value


def text_of(body: bytes) -> str:
    """Return what a text frame says (https://id3.org/id3v2.3.0#Text_information_frames)."""
    encodings = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}
    told = body[1:].decode(encodings.get(body[0] if body else 0, "latin-1"), "replace")
    return told.rstrip("\0")


def chapter_of(body: bytes, version: int) -> tuple[str, int, int, str]:
    """Return a CHAP frame's name, start and end in milliseconds, and title.

    Raises ValueError if it is cut off.
    """
    name, _, rest = body.partition(b"\0")
    if len(rest) < 16:  # noqa: PLR2004 - two times and two places, of four bytes each
        raise ValueError("a chapter (CHAP) is cut off")
    start, end = struct.unpack(">II", rest[:8])
    titles = (frame.body for frame in _frames(rest[16:], version) if frame.name == "TIT2")
    return name.decode("latin-1"), start, end, text_of(next(titles, b"\0"))


def children_of(body: bytes) -> tuple[str, bool, list[str]]:
    """Return a CTOC frame's name, whether it is the top one and ordered, and its children.

    Raises ValueError if it is cut off.
    """
    name, _, rest = body.partition(b"\0")
    if len(rest) < 2:  # noqa: PLR2004 - its flags, and how many children
        raise ValueError("the table of contents (CTOC) is cut off")
    children = rest[2:].split(b"\0")[: rest[1]]
    top = rest[0] & 0x03 == 0x03  # noqa: PLR2004 - both flags
    return name.decode("latin-1"), top, [child.decode("latin-1") for child in children]


def text_frame(name: str, text: str) -> TagFrame:
    """Return a text frame in UTF-16, which ID3v2.3 readers all know."""
    return TagFrame(name, b"\x01\xff\xfe" + text.encode("utf-16-le"))


def with_picture(tag: Tag, jpeg: bytes) -> Tag:
    """Return the tag with ``jpeg`` as its only picture, before the chapters."""
    picture = TagFrame("APIC", b"\0image/jpeg\0" + _FRONT_COVER + b"\0" + jpeg)
    kept = [frame for frame in tag.frames if frame.name != "APIC"]
    heads = [frame for frame in kept if frame.name not in ("CTOC", "CHAP")]
    rest = [frame for frame in kept if frame.name in ("CTOC", "CHAP")]
    return replace(tag, frames=(*heads, picture, *rest))


def tag_bytes(tag: Tag) -> bytes:
    """Return the tag as ID3v2.3."""
    frames = (
        frame.name.encode("latin-1") + struct.pack(">IH", len(frame.body), 0) + frame.body
        for frame in tag.frames
    )
    body = b"".join(frames) + bytes(_PADDING)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def header(data: bytes) -> Header | None:
    """Return the frame header that ``data`` starts with, None if it is none."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xFE != 0xFA:  # noqa: PLR2004 - MPEG-1 layer 3
        return None
    rate_index, bit_index = data[2] >> 2 & 3, data[2] >> 4
    if rate_index == len(_RATES) or not 0 < bit_index < len(_BIT_RATES):
        return None
    rate, bit_rate = _RATES[rate_index], _BIT_RATES[bit_index]
    length = 144_000 * bit_rate // rate + (data[2] >> 1 & 1)
    return Header(bit_rate, rate, data[3] >> 6 == _MONO, length)


def spans(data: bytes | memoryview, start: int = 0) -> Iterator[tuple[int, Header]]:
    """Yield each frame's place and header; ends where no whole frame follows."""
    while (found := header(bytes(data[start : start + 4]))) and start + found.length <= len(data):
        yield start, found
        start += found.length


def info_at(frame: bytes) -> int | None:
    """Return where the Xing/Info header stands in a file's first frame, None if nowhere."""
    found = header(frame)
    if not found:
        return None
    at = 4 + (17 if found.mono else 32)
    return at if frame[at : at + 4] in (b"Info", b"Xing") else None


@dataclass(frozen=True, slots=True)
class Told:
    """What an Info header tells: the sound's seconds, and its bytes from there on; 0 if not."""

    duration: float
    bytes: int


def told_at(audio: bytes) -> Told | None:
    """Return what the Info header says that ``audio``, which follows the tag, starts with."""
    first = header(audio)
    at = info_at(audio[: first.length]) if first else None
    if first is None or at is None:
        return None
    flags, count, size = struct.unpack(">III", audio[at + 4 : at + 16])
    return Told(count * SAMPLES / first.rate if flags & 1 else 0.0, size if flags & 2 else 0)


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
    at = info_at(info)
    if at is None or info[at : at + 4] != b"Info":
        raise ValueError("it has no Info frame at its start")
    rate = places[0][1].rate
    frames = [place for place, _ in places[1:]]
    ends = [*frames, places[-1][0] + places[-1][1].length]
    firsts = [min(int(time * rate) // SAMPLES, len(frames) - 2) for time in times]
    for first, after in zip(firsts, [*firsts[1:], len(frames) - 1], strict=True):
        last = max(after, first + 1)
        data = audio[ends[first] : ends[last + 1]]
        told = _info(info, at, last - first + 1, len(data))
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
        side = 17 if found.mono else 32
        borrowed = data[place + 4] << 1 | data[place + 5] >> 7
        if borrowed <= lent:
            break
        end = place + found.length
        begin = (min(lent, _FARTHEST) << 7).to_bytes(2, "big")
        freed += [data[place : place + 4], begin.ljust(side, b"\0"), data[place + 4 + side : end]]
        lent += found.length - 4 - side
    return [*freed, data[place:]]


def _info(frame: bytes, at: int, count: int, size: int) -> bytes:
    """Return an Info frame for ``count`` frames of ``size`` bytes, after the whole file's."""
    told = bytearray(frame)
    total = struct.pack(">I", size + len(frame))
    told[at + 8 : at + 16] = struct.pack(">I", count) + total
    lame = at + 120
    told[lame + 21 : lame + 24] = (_PRIMING << 12 | (SAMPLES - _PRIMING)).to_bytes(3, "big")
    told[lame + 28 : lame + 32] = total
    told[lame + 34 : lame + 36] = struct.pack(">H", crc16(bytes(told[: lame + 34])))
    return bytes(told)
