"""The tag of an audiobook, as the strictest players read it.

ID3v2.3 and UTF-16 because others hide chapters from ffmpeg; CHAP frames in time order under
one ordered CTOC, because ffprobe keeps the file's order and Overcast needs the CTOC. Over 250
chapters the CTOC is nested. (mutagen would sort the CHAP frames by size.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    frames = [*_texts(tags), *_long_texts(tags), *_pictures(tags.cover), *_chapters(tags.chapters)]
    return tag_bytes(frames, PADDING - 2 * len(str(tags.duration)))


def _texts(tags: Tags) -> list[TagFrame]:
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
    frames = [text_frame(name, value) for name, value in values.items() if value]
    return [*frames, own_text_frame("date", tags.date)] if tags.date else frames


def _long_texts(tags: Tags) -> list[TagFrame]:
    texts = {"COMM": readable(tags.comment), "USLT": tags.lyrics}
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
