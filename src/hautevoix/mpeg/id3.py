"""An ID3v2 tag as its frames: read strictly, versions 2.3 and 2.4; written as 2.3."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

PADDING = 256
"""Bytes after the frames, as other taggers leave for small changes."""
V23, V24 = 3, 4
_HEADER = 10  # bytes, of a tag and of a frame in it
_UNSYNCHRONISED, _EXTENDED = 0x80, 0x40


@dataclass(frozen=True, slots=True)
class TagFrame:
    """A frame of an ID3 tag: ``name`` such as « TIT2 », and its bytes after the header."""

    name: str
    body: bytes

    def to_bytes(self) -> bytes:
        """Return the frame as ID3v2.3 has it."""
        return self.name.encode("latin-1") + struct.pack(">IH", len(self.body), 0) + self.body


@dataclass(frozen=True, slots=True)
class Tag:
    """An ID3v2 tag in file order; ``size`` is what it takes up, padding included."""

    version: int
    frames: tuple[TagFrame, ...]
    size: int

    def first(self, name: str) -> bytes | None:
        """Return the body of the first frame called ``name``."""
        return next((frame.body for frame in self.frames if frame.name == name), None)

    def named(self, name: str) -> tuple[bytes, ...]:
        """Return the bodies of all frames called ``name``."""
        return tuple(frame.body for frame in self.frames if frame.name == name)

    def to_bytes(self) -> bytes:
        """Return the tag as ID3v2.3."""
        return tag_bytes(self.frames)


def tag_bytes(frames: Iterable[TagFrame], padding: int = PADDING) -> bytes:
    """Return an ID3v2.3 tag of these frames, followed by ``padding`` bytes."""
    body = b"".join(frame.to_bytes() for frame in frames) + bytes(padding)
    return b"ID3\x03\x00\x00" + _to_synchsafe(len(body)) + body


def read_tag(file: BinaryIO) -> Tag | None:
    """Return the ID3v2 tag at the file's start, None without one. The file ends up after it.

    Raises ValueError if the tag is damaged.
    """
    head = file.read(_HEADER)
    if head[:3] != b"ID3":
        file.seek(0)
        return None
    if len(head) < _HEADER:
        raise ValueError(tr("the tag is longer than the file"))
    version, flags = head[3], head[5]
    if version not in (V23, V24):
        raise ValueError(tr("ID3v2.{version} is not known here", version=version))
    size = _from_synchsafe(head[6:10])
    body = file.read(size)
    if len(body) != size:
        raise ValueError(tr("the tag is longer than the file"))
    if flags & _UNSYNCHRONISED and version == V23:
        body = body.replace(b"\xff\x00", b"\xff")
    if flags & _EXTENDED:
        extended = _from_synchsafe(body[:4]) if version == V24 else 4 + _number(body[:4])
        body = body[extended:]
    return Tag(version, tuple(read_frames(body, version)), _HEADER + size)


def tag_length(data: bytes) -> int:
    """Return how many bytes the tag takes that ``data`` starts with, 0 without one."""
    whole = data[:3] == b"ID3" and len(data) >= _HEADER
    return _HEADER + _from_synchsafe(data[6:10]) if whole else 0


def stacked_tags(data: bytes | memoryview) -> tuple[int, int]:
    """Return how many more tags ``data`` starts with, and how many bytes they take together.

    A tagger that does not know the tag that is there puts its own before it. Players skip them.
    """
    count = at = 0
    while size := tag_length(bytes(data[at : at + _HEADER])):
        count, at = count + 1, at + size
    return count, min(at, len(data))


def read_frames(body: bytes, version: int) -> Iterator[TagFrame]:
    """Yield the frames that stand one after the other in ``body``, up to the padding.

    Raises ValueError if one is cut off.
    """
    at = 0
    while at + _HEADER <= len(body) and body[at]:
        name = body[at : at + 4].decode("latin-1")
        size = body[at + 4 : at + 8]
        length = _from_synchsafe(size) if version == V24 else _number(size)
        if at + _HEADER + length > len(body):
            raise ValueError(tr("the frame {name} is longer than its tag", name=name))
        yield TagFrame(name, body[at + _HEADER : at + _HEADER + length])
        at += _HEADER + length


def with_picture(tag: Tag, picture: TagFrame) -> Tag:
    """Return the tag with ``picture`` (an APIC frame) as its only one, before the chapters."""
    kept = [frame for frame in tag.frames if frame.name != picture.name]
    heads = [frame for frame in kept if frame.name not in ("CTOC", "CHAP")]
    rest = [frame for frame in kept if frame.name in ("CTOC", "CHAP")]
    return replace(tag, frames=(*heads, picture, *rest))


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _from_synchsafe(data: bytes) -> int:
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
    return value


def _to_synchsafe(size: int) -> bytes:
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
