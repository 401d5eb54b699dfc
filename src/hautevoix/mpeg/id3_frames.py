"""What the frames of an ID3 tag hold, both ways: texts, the picture, chapters, their table.

https://id3.org/id3v2.3.0 and, for chapters, https://id3.org/id3v2-chapters-1.0.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.mpeg.id3 import TagFrame, read_frames

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHILDREN = 255
"""Chapters that a table (CTOC) can list: its count is one byte."""
_ENCODINGS = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}
_UTF16 = b"\x01"
_BOM = b"\xff\xfe"
_FRONT_COVER = b"\x03"
_TOP_LEVEL, _ORDERED = 0x02, 0x01
_NO_PLACE = 0xFFFFFFFF  # a chapter's times are told in milliseconds alone, not in bytes
_CHAPTER_TIMES = 16  # bytes: two times and two places, of four each
_TABLE_HEAD = 2  # bytes: its flags, and how many children
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ChapterFrame:
    """A chapter as the tag tells it: times in milliseconds, ``end`` excluded."""

    name: str
    start: int
    end: int
    title: str


@dataclass(frozen=True, slots=True)
class ContentsFrame:
    """A table of contents: ``top`` if it is the top one and ordered; its children's names."""

    name: str
    top: bool
    children: tuple[str, ...]


def readable(value: str) -> str:
    r"""Return text as one line, without the characters that no player could show.

    >>> readable("Ma vie\r\nà moi\x00")
    'Ma vie à moi'
    """
    return " ".join(_NOT_IN_XML.sub("", value).splitlines())


def readable_lines(value: str) -> str:
    """Return text with its lines, without the characters that no player could show."""
    return _NOT_IN_XML.sub("", value).replace("\r\n", "\n").replace("\r", "\n")


def text_frame(name: str, value: str) -> TagFrame:
    """Return a text frame in UTF-16, which ID3v2.3 readers all know."""
    return TagFrame(name, _UTF16 + _utf16(readable(value)))


def own_text_frame(description: str, value: str) -> TagFrame:
    """Return a text that the standard has no name for (TXXX)."""
    told = _utf16(readable(description)) + b"\0\0" + _utf16(readable(value))
    return TagFrame("TXXX", _UTF16 + told)


def long_text_frame(name: str, language: str, value: str) -> TagFrame:
    """Return a comment (COMM) or lyrics (USLT), lines kept; ``language`` is ISO 639-2."""
    head = _UTF16 + language.encode("ascii") + _utf16("") + b"\0\0"
    return TagFrame(name, head + _utf16(readable_lines(value)))


def picture_frame(media_type: str, data: bytes) -> TagFrame:
    """Return the front cover's frame."""
    head = b"\0" + media_type.encode("ascii") + b"\0" + _FRONT_COVER + b"\0"
    return TagFrame("APIC", head + data)


def chapter_frame(chapter: ChapterFrame) -> TagFrame:
    """Return a chapter's frame."""
    times = struct.pack(">IIII", chapter.start, chapter.end, _NO_PLACE, _NO_PLACE)
    title = text_frame("TIT2", chapter.title).to_bytes()
    return TagFrame("CHAP", chapter.name.encode("latin-1") + b"\0" + times + title)


def contents_frame(contents: ContentsFrame) -> TagFrame:
    """Return the frame of an ordered table."""
    flags = _ORDERED | (_TOP_LEVEL if contents.top else 0)
    listed = b"".join(child.encode("latin-1") + b"\0" for child in contents.children)
    head = contents.name.encode("latin-1") + b"\0" + bytes([flags, len(contents.children)])
    return TagFrame("CTOC", head + listed)


def contents_frames(names: Sequence[str]) -> list[TagFrame]:
    """Return the tables that list ``names``: one, or one over several where it can't hold all."""
    if not names:
        return []
    most = MOST_CHILDREN - 5
    if len(names) <= most:
        return [contents_frame(ContentsFrame("toc", top=True, children=tuple(names)))]
    groups = [tuple(names[at : at + most]) for at in range(0, len(names), most)]
    heads = tuple(f"toc{number}" for number in range(len(groups)))
    nested = [
        contents_frame(ContentsFrame(head, top=False, children=group))
        for head, group in zip(heads, groups, strict=True)
    ]
    return [contents_frame(ContentsFrame("toc", top=True, children=heads)), *nested]


def text_of(body: bytes) -> str:
    """Return what a text frame says (https://id3.org/id3v2.3.0#Text_information_frames)."""
    encoding = _ENCODINGS.get(body[0] if body else 0, "latin-1")
    return body[1:].decode(encoding, "replace").rstrip("\0")


def picture_of(body: bytes) -> bytes:
    """Return the picture that an APIC frame holds: after encoding, type, kind, description.

    Raises ValueError if it is cut off.
    """
    at = body.index(b"\0", 1) + 2
    if _ENCODINGS.get(body[0], "").startswith("utf-16"):
        while body[at : at + 2] not in (b"\0\0", b""):
            at += 2
        return body[at + 2 :]
    return body[body.index(b"\0", at) + 1 :]


def chapter_of(body: bytes, version: int) -> ChapterFrame:
    """Return the chapter that a CHAP frame of an ID3v2 tag of that version tells.

    Raises ValueError if it is cut off.
    """
    name, _, rest = body.partition(b"\0")
    if len(rest) < _CHAPTER_TIMES:
        raise ValueError(tr("a chapter (CHAP) is cut off"))
    start, end = struct.unpack(">II", rest[:8])
    inner = read_frames(rest[_CHAPTER_TIMES:], version)
    titles = (frame.body for frame in inner if frame.name == "TIT2")
    return ChapterFrame(name.decode("latin-1"), start, end, text_of(next(titles, b"\0")))


def contents_of(body: bytes) -> ContentsFrame:
    """Return the table that a CTOC frame tells. Raises ValueError if it is cut off."""
    name, _, rest = body.partition(b"\0")
    if len(rest) < _TABLE_HEAD:
        raise ValueError(tr("the table of contents (CTOC) is cut off"))
    children = rest[_TABLE_HEAD:].split(b"\0")[: rest[1]]
    both = _TOP_LEVEL | _ORDERED
    listed = tuple(child.decode("latin-1") for child in children)
    return ContentsFrame(name.decode("latin-1"), rest[0] & both == both, listed)


def _utf16(value: str) -> bytes:
    """Return text with its byte order mark."""
    return _BOM + value.encode("utf-16-le")
