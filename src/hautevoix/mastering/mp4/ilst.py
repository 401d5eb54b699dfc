"""Tags of MP4 files, as iTunes has them (« ilst »), and Nero's list of chapters (« chpl »)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hautevoix.mastering.mp4.boxes import box, full_box, utf8
from hautevoix.model import BookDetails

if TYPE_CHECKING:
    from hautevoix.mastering.mp4.moov import Chapter
    from hautevoix.model import Picture

_NUMBERS, _TEXT, _JPEG, _PNG, _INTEGER = (
    0,
    1,
    13,
    14,
    21,
)  # kinds of data (QuickTime File Format, metadata)
_PICTURES = {"image/jpeg": _JPEG, "image/png": _PNG}
_AUDIOBOOK = b"\x02"  # iTunes' kind of media
_NERO_LIMIT = 255  # chapters, and bytes of a title: each count is one byte
_NERO_SECOND = 10_000_000  # ticks
_LARGEST_TEXT = 0xFFFF  # bytes of a text, far beyond what any player shows


@dataclass(frozen=True, slots=True)
class Tags:
    """What listeners are told; what is empty is left out. The album is the title.

    ``language`` is ISO 639-2. Who narrates is the composer, by the habit of audiobooks.
    """

    title: str
    author: str
    date: str
    comment: str
    encoder: str
    cover: Picture | None = None
    description: str = ""
    language: str = ""
    details: BookDetails = field(default_factory=BookDetails)


def udta(tags: Tags, chapters: tuple[Chapter, ...], rate: int) -> bytes:
    """Return the box of tags and of Nero's chapters, whose starts are in samples at ``rate``.

    Over 255 chapters Nero's list is left out: players that know both would show its first only.
    """
    nero = _chpl(chapters, rate) if 0 < len(chapters) <= _NERO_LIMIT else b""
    return box(b"udta", _meta(tags), nero)


def _meta(tags: Tags) -> bytes:
    details = tags.details
    texts = {
        b"\xa9nam": tags.title,
        b"\xa9ART": tags.author,
        b"aART": tags.author,
        b"\xa9alb": tags.title,
        b"\xa9day": tags.date,
        b"\xa9cmt": "\n\n".join(filter(None, (tags.description, tags.comment))),
        b"desc": tags.description,
        b"ldes": tags.description,
        b"\xa9gen": details.genre or "Audiobook",
        b"\xa9wrt": details.narrator,
        b"\xa9nrt": details.narrator,
        b"\xa9pub": details.publisher,
        b"cprt": details.rights,
        b"\xa9grp": details.series,
        b"\xa9mvn": details.series,
        b"\xa9too": tags.encoder,
    }
    items = [_item(name, _TEXT, utf8(text, _LARGEST_TEXT)) for name, text in texts.items() if text]
    items += _own_items(tags)
    if details.series_number.isdecimal():
        items.append(_item(b"trkn", _NUMBERS, struct.pack(">xxHxxxx", int(details.series_number))))
    items.append(_item(b"stik", _INTEGER, _AUDIOBOOK))
    if tags.cover:
        items.append(_item(b"covr", _PICTURES[tags.cover.media_type], tags.cover.data))
    hdlr = full_box(b"hdlr", struct.pack(">4x4s4s8x", b"mdir", b"appl"), b"\0")
    return full_box(b"meta", hdlr, box(b"ilst", *items))


def _own_items(tags: Tags) -> list[bytes]:
    """Return what iTunes has no name for, by the names that libraries of audiobooks read.

    SERIES, SERIES-PART and ISBN are Audiobookshelf's, LABEL and LANGUAGE BookLore's.
    """
    details = tags.details
    own = {
        "SERIES": details.series,
        "SERIES-PART": details.series_number,
        "ISBN": details.isbn,
        "PUBLISHER": details.publisher,
        "LABEL": details.publisher,
        "LANGUAGE": tags.language,
    }
    return [_own_item(name, text) for name, text in own.items() if text]


def _own_item(name: str, text: str) -> bytes:
    value = box(b"data", struct.pack(">II", _TEXT, 0), utf8(text, _LARGEST_TEXT))
    mean = full_box(b"mean", b"com.apple.iTunes")
    return box(b"----", mean, full_box(b"name", name.encode("ascii")), value)


def _item(name: bytes, kind: int, value: bytes) -> bytes:
    return box(name, box(b"data", struct.pack(">II", kind, 0), value))


def _chpl(chapters: tuple[Chapter, ...], rate: int) -> bytes:
    rows = []
    for chapter in chapters:
        title = utf8(chapter.title, _NERO_LIMIT)
        rows.append(struct.pack(">QB", chapter.start * _NERO_SECOND // rate, len(title)) + title)
    return full_box(b"chpl", struct.pack(">xxxxB", len(chapters)), *rows, version=1)
