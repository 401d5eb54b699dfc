"""The tag of an audiobook, as the strictest players read it.

ID3v2.3 and UTF-16 because others hide chapters from ffmpeg; CHAP frames in time order under
one ordered CTOC, because ffprobe keeps the file's order and Overcast needs the CTOC. Over 250
chapters the CTOC is nested. (mutagen would sort the CHAP frames by size.)

Who narrates is the composer, by the habit of audiobooks; series and the rest are told in the ways
that Audiobookshelf (TXXX, by ffprobe) and BookLore (TIT1, TRCK, COMM, by jaudiotagger) read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hautevoix.model import BookDetails
from hautevoix.mpeg.id3 import PADDING, tag_bytes
from hautevoix.mpeg.id3_frames import (
    ChapterFrame,
    chapter_frame,
    contents_frames,
    long_text_frame,
    own_text_frame,
    picture_frame,
    readable,
    text_frame,
)

if TYPE_CHECKING:
    from hautevoix.model import Picture
    from hautevoix.mpeg.id3 import TagFrame


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
    text that is heard. ``description`` may have several lines, and stands before the comment.
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
    description: str = ""
    details: BookDetails = field(default_factory=BookDetails)


def tag(tags: Tags) -> bytes:
    """Return the whole tag; its length depends on the texts alone, not on the times.

    Padding takes up what the duration's digits leave.
    """
    frames = [*_texts(tags), *_long_texts(tags), *_pictures(tags.cover), *_chapters(tags.chapters)]
    return tag_bytes(frames, PADDING - 2 * len(str(tags.duration)))


def _texts(tags: Tags) -> list[TagFrame]:
    year = re.search(r"\b\d{4}\b", tags.date or "")
    details = tags.details
    values = {
        "TIT2": tags.title,
        "TPE1": tags.author,
        "TALB": tags.album or tags.title,
        "TRCK": _track(tags),
        "TCON": details.genre or "Audiobook",
        "TCOM": details.narrator,
        "TPUB": details.publisher,
        "TCOP": details.rights,
        "TIT1": details.series,
        "MVNM": details.series,
        "MVIN": details.series_number,
        "TYER": year[0] if year else None,
        "TLAN": tags.language,
        "TLEN": str(tags.duration),
        "TSSE": tags.encoder,
    }
    own = {
        "date": tags.date,
        "SERIES": details.series,
        "SERIES-PART": details.series_number,
        "ISBN": details.isbn,
        "DESCRIPTION": tags.description,
    }
    return [
        *(text_frame(name, value) for name, value in values.items() if value),
        *(own_text_frame(name, value) for name, value in own.items() if value),
    ]


def _track(tags: Tags) -> str | None:
    """Return a chapter's number among the files, or the book's in its series, which BookLore reads.

    That can be no fraction.
    """
    if tags.track:
        return f"{tags.track[0]}/{tags.track[1]}"
    number = tags.details.series_number
    return number if number.isdecimal() else None


def _long_texts(tags: Tags) -> list[TagFrame]:
    comment = "\n\n".join(filter(None, (tags.description, readable(tags.comment))))
    texts = {"COMM": comment, "USLT": tags.lyrics}
    return [long_text_frame(name, tags.language, text) for name, text in texts.items() if text]


def _pictures(cover: Picture | None) -> list[TagFrame]:
    return [picture_frame(cover.media_type, cover.data)] if cover else []


def _chapters(chapters: tuple[ChapterTag, ...]) -> list[TagFrame]:
    """Return the table of contents, and the chapters after it."""
    told = [
        ChapterFrame(f"chp{number}", chapter.start, chapter.end, chapter.title)
        for number, chapter in enumerate(chapters)
    ]
    return [*contents_frames([chapter.name for chapter in told]), *map(chapter_frame, told)]
