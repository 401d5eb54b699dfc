"""ID3v2.3 with chapters, as the strictest players read it.

Version 2.3 and UTF-16 because others hide chapters from ffmpeg; CHAP frames in time order under
one ordered CTOC, because ffprobe keeps the file's order and Overcast needs the CTOC. Over 255
chapters the CTOC is nested: its count is one byte. (mutagen would sort the CHAP frames by size.)
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hautevoix.model import Picture

_TOP_LEVEL, _ORDERED = 0x02, 0x01
_MOST_CHILDREN = 250
_BOM = b"\xff\xfe"
_FRONT_COVER = b"\x03"
_PADDING = 256  # bytes, as other taggers leave for small changes
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ChapterTag:
    """A chapter as the tag tells it: times in milliseconds, ``end`` excluded."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tag says. ``language`` is ISO 639-2 (« fra »); ``duration`` in milliseconds.

    ``album`` is the title where none is given; ``track`` is (number, how many). ``lyrics`` is the
    text that is heard.
    """

    title: str
    author: str | None
    date: str | None
    language: str
    duration: int
    encoder: str
    comment: str
    chapters: tuple[ChapterTag, ...] = ()
    album: str | None = None
    track: tuple[int, int] | None = None
    cover: Picture | None = None
    lyrics: str | None = None


def tag(tags: Tags) -> bytes:
    """Return the whole tag; its length depends on the texts alone, not on the times.

    Padding takes up what the duration's digits leave.
    """
    told = [*_texts(tags), *_long_texts(tags), *_pictures(tags.cover)]
    body = b"".join([*told, *_contents(tags.chapters), *_chapters(tags.chapters)])
    body += bytes(_PADDING - 2 * len(str(tags.duration)))
    return b"ID3\x03\x00\x00" + _synchsafe(len(body)) + body


def _texts(tags: Tags) -> list[bytes]:
    year = re.search(r"\b\d{4}\b", tags.date or "")
    values = {
        "TIT2": tags.title,
        "TPE1": tags.author,
        "TALB": tags.album or tags.title,
        "TRCK": f"{tags.track[0]}/{tags.track[1]}" if tags.track else None,
        "TCON": "Audiobook",
        "TYER": year[0] if year else None,
        "TLAN": tags.language,
        "TLEN": str(tags.duration),
        "TSSE": tags.encoder,
    }
    frames = [_text(name, value) for name, value in values.items() if value]
    if tags.date:
        frames.append(_frame("TXXX", b"\x01" + _utf16("date") + b"\0\0" + _utf16(tags.date)))
    return frames


def _long_texts(tags: Tags) -> list[bytes]:
    """Return the comment and the lyrics: both with a language and an empty description."""
    head = b"\x01" + tags.language.encode("ascii") + _utf16("") + b"\0\0"
    texts = {"COMM": _utf16(tags.comment), "USLT": _utf16(tags.lyrics or "", lines=True)}
    return [_frame(name, head + text) for name, text in texts.items() if len(text) > len(_BOM)]


def _pictures(cover: Picture | None) -> list[bytes]:
    if cover is None:
        return []
    head = b"\0" + cover.media_type.encode("ascii") + b"\0" + _FRONT_COVER + b"\0"
    return [_frame("APIC", head + cover.data)]


def _contents(chapters: tuple[ChapterTag, ...]) -> list[bytes]:
    """Return the CTOC: one, or one over several where a single one can't hold all."""
    names = [_name(number) for number in range(len(chapters))]
    if not names:
        return []
    if len(names) <= _MOST_CHILDREN:
        return [_ctoc(b"toc", _TOP_LEVEL | _ORDERED, names)]
    groups = [names[at : at + _MOST_CHILDREN] for at in range(0, len(names), _MOST_CHILDREN)]
    heads = [b"toc%d" % number for number in range(len(groups))]
    nested = [_ctoc(head, _ORDERED, group) for head, group in zip(heads, groups, strict=True)]
    return [_ctoc(b"toc", _TOP_LEVEL | _ORDERED, heads), *nested]


def _ctoc(name: bytes, flags: int, children: list[bytes]) -> bytes:
    listed = b"".join(child + b"\0" for child in children)
    return _frame("CTOC", name + b"\0" + bytes([flags, len(children)]) + listed)


def _chapters(chapters: tuple[ChapterTag, ...]) -> list[bytes]:
    return [
        _frame(
            "CHAP",
            _name(number)
            + b"\0"
            + struct.pack(">IIII", chapter.start, chapter.end, 0xFFFFFFFF, 0xFFFFFFFF)
            + _text("TIT2", chapter.title),
        )
        for number, chapter in enumerate(chapters)
    ]


def _name(number: int) -> bytes:
    return b"chp%d" % number


def _text(name: str, value: str) -> bytes:
    return _frame(name, b"\x01" + _utf16(value))


def _utf16(value: str, *, lines: bool = False) -> bytes:
    """Return text with its byte order mark, without what no reader could give back."""
    clean = _NOT_IN_XML.sub("", value) if lines else readable(value)
    return _BOM + clean.encode("utf-16-le")


def readable(value: str) -> str:
    r"""Return text as one line, without the characters that no player could show.

    >>> readable("Ma vie\nà moi\x00")
    'Ma vie à moi'
    """
    return _NOT_IN_XML.sub("", value).replace("\n", " ")


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + struct.pack(">I", len(body)) + b"\0\0" + body


def _synchsafe(size: int) -> bytes:
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
