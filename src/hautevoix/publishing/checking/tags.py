"""An MP3's tag as the strictest players see it: names, picture, chapters, table of contents."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.mpeg.id3 import V23
from hautevoix.mpeg.id3_frames import MOST_CHILDREN, chapter_of, contents_of, picture_of, text_of
from hautevoix.parsing.bounded import json_value
from hautevoix.publishing import cover
from hautevoix.publishing.checking.findings import AGAIN, Finding, title_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.mpeg.id3 import Tag

AGREE = 1.0
"""Seconds: AntennaPod drops chapter lists that differ by more."""
_NAMED = (
    ("TIT2", "title", "build it with --title, or say title = … in the sidecar"),
    ("TPE1", "author", "build it with --author, or say author = … in the sidecar"),
    ("TALB", "album", AGAIN),
)


@dataclass(frozen=True, slots=True)
class TagChapter:
    """A chapter as the tag tells it, in seconds."""

    name: str
    start: float
    end: float
    title: str


def check_tag(
    where: str, tag: Tag | None, duration: float, *, pictured: bool = True
) -> tuple[tuple[TagChapter, ...], list[Finding]]:
    """Return the chapters that a tag tells and what is amiss in it.

    ``duration`` is the audio's, in seconds (0 if it is not known); ``pictured``: it is to carry a
    cover.
    """
    if tag is None:
        told = Finding(where, "it has no ID3 tag", "players show a file name for a title", AGAIN)
        return (), [told]
    try:
        chapters = tuple(_chapters(tag))
        return chapters, [
            *_tag(where, tag, pictured=pictured),
            *_chapter_list(where, tag, chapters, duration),
        ]
    except ValueError as error:
        what = f"its tag is damaged: {error}"
        return (), [Finding(where, what, "players show no chapters or no title", AGAIN)]


def _tag(where: str, tag: Tag, *, pictured: bool) -> Iterator[Finding]:
    if tag.version != V23 and tag.first("CHAP"):
        yield Finding(
            where,
            f"its tag is ID3v2.{tag.version}",
            "ffmpeg and what is built on it can lose all chapters (long titles)",
            "write ID3v2.3",
        )
    for name, told, mend in _NAMED:
        body = tag.first(name)
        text = text_of(body) if body else ""
        if not text.strip():
            yield Finding(
                where, f"its tag names no {told}", "listeners can't find it", mend, name != "TIT2"
            )
        if name == "TIT2":  # the others are not shown in a list
            yield from title_length(where, text)
    if pictured or tag.first("APIC"):
        yield from _picture(where, tag)


def _picture(where: str, tag: Tag) -> Iterator[Finding]:
    body = tag.first("APIC")
    if body is None:
        yield Finding(
            where,
            "it carries no cover",
            "car radios and offline players show a blank",
            "publish it: hautevoix publish",
            advice=True,
        )
        return
    data = picture_of(body)
    try:
        faults = [fault for fault in cover.faults(data) if "pixels" not in fault.what]
    except OSError:
        faults = [cover.Fault("the cover is no picture", fatal=True)]
    for fault in faults:
        yield Finding(
            where, fault.what, "players show a blank or a distorted cover", "publish it again"
        )


def _chapters(tag: Tag) -> Iterator[TagChapter]:
    for body in tag.named("CHAP"):
        chapter = chapter_of(body, tag.version)
        yield TagChapter(chapter.name, chapter.start / 1000, chapter.end / 1000, chapter.title)


def _chapter_list(
    where: str, tag: Tag, chapters: tuple[TagChapter, ...], duration: float
) -> Iterator[Finding]:
    if not chapters:
        return
    starts = [chapter.start for chapter in chapters]
    whom = "players list chapters wrongly or not at all"
    if starts != sorted(starts):
        yield Finding(where, "its chapters don't stand in the order of time", whom, AGAIN)
    if starts[0] != 0:
        yield Finding(
            where, f"its first chapter starts at {starts[0]:.1f} s", whom, "start it at 0"
        )
    if any(chapter.end <= chapter.start for chapter in chapters):
        yield Finding(where, "a chapter has no length", whom, AGAIN)
    if any(one.end > two.start + 0.001 for one, two in pairwise(chapters)):
        yield Finding(where, "chapters overlap", whom, AGAIN)
    if duration and (chapters[-1].end > duration + AGREE or starts[-1] >= duration):
        yield Finding(where, "a chapter lies beyond the end of the audio", whom, AGAIN)
    for chapter in chapters:
        yield from title_length(where, chapter.title)
        if not chapter.title.strip():
            yield Finding(where, f"the chapter at {chapter.start:.0f} s has no title", whom, AGAIN)
    yield from _contents(where, tag, [chapter.name for chapter in chapters])


def _contents(where: str, tag: Tag, names: list[str]) -> Iterator[Finding]:
    tables = [contents_of(body) for body in tag.named("CTOC")]
    tops = [table for table in tables if table.top]
    if len(tops) != 1:
        yield Finding(
            where,
            "its tag has no table of contents (CTOC, top-level and ordered)",
            "Overcast and BookPlayer show no chapters",
            AGAIN,
        )
        return
    nested = {table.name: table.children for table in tables}
    listed: list[str] = []
    for child in tops[0].children:
        listed += nested.get(child, (child,))
    if listed != names:
        yield Finding(
            where,
            "its table of contents does not list the chapters as they stand",
            "players miss chapters" if len(names) <= MOST_CHILDREN else "a CTOC holds 255 at most",
            AGAIN,
        )


def disagreement(
    where: str, name: str, starts: list[float], chapters: tuple[TagChapter, ...]
) -> list[Finding]:
    """Return a finding if a chapter list is not the tag's."""
    tagged = [chapter.start for chapter in chapters]
    same = len(starts) == len(tagged) and all(
        abs(one - two) <= AGREE for one, two in zip(starts, tagged, strict=False)
    )
    if same:
        return []
    return [
        Finding(
            where,
            f"{name}: its chapters ({len(starts)}) are not those of the MP3's tag ({len(tagged)})",
            "AntennaPod shows none when lists differ by over a second",
            "publish it again: hautevoix publish",
        )
    ]


def json_list(
    where: str, data: bytes, key: str, chapters: tuple[TagChapter, ...]
) -> Iterator[Finding]:
    """Yield a finding if a list of chapters in JSON is not the tag's; ``key`` names the start."""
    try:
        rows = json_value(data)["chapters"]
        starts = [float(row[key]) for row in rows if row.get("end") != row[key]]  # heard at all
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        mend = "publish it again: hautevoix publish"
        yield Finding(where, f"it can't be read: {error}", "apps show no chapters", mend)
        return
    yield from disagreement(where, "the list", starts, chapters)
