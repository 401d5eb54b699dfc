"""An MP3's tag as the strictest players see it: names, picture, chapters, table of contents."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.localization import tr
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
        told = Finding(
            "tag-missing",
            where,
            tr("it has no ID3 tag"),
            tr("players show a file name for a title"),
            AGAIN,
        )
        return (), [told]
    try:
        chapters = tuple(_chapters(tag))
        return chapters, [
            *_tag(where, tag, pictured=pictured),
            *_chapter_list(where, tag, chapters, duration),
        ]
    except ValueError as error:
        what = tr("its tag is damaged: {error}", error=error)
        return (), [
            Finding("tag-damaged", where, what, tr("players show no chapters or no title"), AGAIN)
        ]


def _tag(where: str, tag: Tag, *, pictured: bool) -> Iterator[Finding]:
    if tag.version != V23 and tag.first("CHAP"):
        yield Finding(
            "tag-version",
            where,
            tr("its tag is ID3v2.{version}", version=tag.version),
            tr("ffmpeg and what is built on it can lose all chapters (long titles)"),
            tr("write ID3v2.3"),
        )
    for name, told, mend in _NAMED:
        body = tag.first(name)
        text = text_of(body) if body else ""
        if not text.strip():
            yield Finding(
                "tag-unnamed",
                where,
                tr("its tag names no {told}", told=told),
                tr("listeners can't find it"),
                mend,
                name != "TIT2",
            )
        if name == "TIT2":  # the others are not shown in a list
            yield from title_length(where, text)
    if pictured or tag.first("APIC"):
        yield from _picture(where, tag)


def _picture(where: str, tag: Tag) -> Iterator[Finding]:
    body = tag.first("APIC")
    if body is None:
        yield Finding(
            "cover-missing",
            where,
            tr("it carries no cover"),
            tr("car radios and offline players show a blank"),
            tr("publish it: hautevoix publish"),
            advice=True,
        )
        return
    data = picture_of(body)
    try:
        faults = [fault for fault in cover.faults(data) if "pixels" not in fault.what]
    except OSError:
        faults = [cover.Fault(tr("the cover is no picture"), fatal=True)]
    for fault in faults:
        yield Finding(
            "cover-unfit",
            where,
            fault.what,
            tr("players show a blank or a distorted cover"),
            tr("publish it again"),
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
    whom = tr("players list chapters wrongly or not at all")
    if starts != sorted(starts):
        yield Finding(
            "chapters-order",
            where,
            tr("its chapters don't stand in the order of time"),
            whom,
            AGAIN,
        )
    if starts[0] != 0:
        yield Finding(
            "chapters-first",
            where,
            tr("its first chapter starts at {starts:.1f} s", starts=starts[0]),
            whom,
            tr("start it at 0"),
        )
    if any(chapter.end <= chapter.start for chapter in chapters):
        yield Finding("chapters-empty", where, tr("a chapter has no length"), whom, AGAIN)
    if any(one.end > two.start + 0.001 for one, two in pairwise(chapters)):
        yield Finding("chapters-overlap", where, tr("chapters overlap"), whom, AGAIN)
    if duration and (chapters[-1].end > duration + AGREE or starts[-1] >= duration):
        yield Finding(
            "chapters-beyond", where, tr("a chapter lies beyond the end of the audio"), whom, AGAIN
        )
    for chapter in chapters:
        yield from title_length(where, chapter.title)
        if not chapter.title.strip():
            yield Finding(
                "chapters-untitled",
                where,
                tr("the chapter at {start:.0f} s has no title", start=chapter.start),
                whom,
                AGAIN,
            )
    yield from _contents(where, tag, [chapter.name for chapter in chapters])


def _contents(where: str, tag: Tag, names: list[str]) -> Iterator[Finding]:
    tables = [contents_of(body) for body in tag.named("CTOC")]
    tops = [table for table in tables if table.top]
    if len(tops) != 1:
        yield Finding(
            "contents-missing",
            where,
            tr("its tag has no table of contents (CTOC, top-level and ordered)"),
            tr("Overcast and BookPlayer show no chapters"),
            AGAIN,
        )
        return
    nested = {table.name: table.children for table in tables}
    listed: list[str] = []
    for child in tops[0].children:
        listed += nested.get(child, (child,))
    if listed != names:
        yield Finding(
            "contents-wrong",
            where,
            tr("its table of contents does not list the chapters as they stand"),
            tr("players miss chapters")
            if len(names) <= MOST_CHILDREN
            else tr("a CTOC holds 255 at most"),
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
            "chapters-disagree",
            where,
            tr(
                "{name}: its chapters ({starts}) are not those of the MP3's tag ({tagged})",
                name=name,
                starts=len(starts),
                tagged=len(tagged),
            ),
            tr("AntennaPod shows none when lists differ by over a second"),
            tr("publish it again: hautevoix publish"),
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
        mend = tr("publish it again: hautevoix publish")
        yield Finding(
            "chapters-unreadable",
            where,
            tr("it can't be read: {error}", error=error),
            tr("apps show no chapters"),
            mend,
        )
        return
    yield from disagreement(where, "the list", starts, chapters)
