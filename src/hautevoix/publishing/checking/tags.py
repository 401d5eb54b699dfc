"""An MP3's tag as the strictest players see it: names, picture, chapters, table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hautevoix.localization import noop, tr
from hautevoix.mpeg.id3 import V23
from hautevoix.mpeg.id3_frames import MOST_CHILDREN, chapter_of, contents_of, picture_of, text_of
from hautevoix.parsing.bounded import json_value
from hautevoix.publishing.checking.cover import carried
from hautevoix.publishing.checking.findings import AGAIN, Finding, title_length
from hautevoix.publishing.checking.hearing import AGREE
from hautevoix.publishing.checking.wording import check_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.mpeg.id3 import Tag

_MILLISECONDS = re.compile(r"[0-9]{1,12}")
_NAMED = (
    ("TIT2", noop("title"), noop("build it with --title, or say title = … in the sidecar")),
    ("TPE1", noop("author"), noop("build it with --author, or say author = … in the sidecar")),
    ("TALB", noop("album"), AGAIN),
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
            tr(AGAIN),
        )
        return (), [told]
    try:
        chapters = tuple(_chapters(tag))
        return chapters, [
            *_tag(where, tag, pictured=pictured),
            *_told_length(where, tag, duration),
            *_chapter_list(where, tag, chapters, duration),
        ]
    except ValueError as error:
        what = tr("its tag is damaged: {error}", error=error)
        return (), [
            Finding(
                "tag-damaged", where, what, tr("players show no chapters or no title"), tr(AGAIN)
            )
        ]


def several_tags(where: str, count: int) -> Finding:
    """Return the finding that ``count`` ID3 tags stand one after the other."""
    return Finding(
        "tags-stacked",
        where,
        tr("{count} ID3 tags stand one after the other", count=count),
        tr("players read the first or the last: titles and chapters differ from app to app"),
        tr("remove all but one with a tagger, or build it again with Hautevoix"),
    )


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
                tr("its tag names no {told}", told=tr(told)),
                tr("listeners can't find it"),
                tr(mend),
                name != "TIT2",
            )
        if name != "TALB":  # which repeats the title
            yield from check_title(where, text)
        if name == "TIT2":  # the others are not shown in a list
            yield from title_length(where, text)
    if pictured or tag.first("APIC"):
        body = tag.first("APIC")
        yield from carried(where, picture_of(body) if body else None)


def _told_length(where: str, tag: Tag, duration: float) -> Iterator[Finding]:
    """Yield a finding if TLEN, which is in milliseconds, is not the sound's length."""
    told = text_of(tag.first("TLEN") or b"\0")
    length = int(told) / 1000 if _MILLISECONDS.fullmatch(told) else -1.0
    if duration and told and abs(length - duration) > AGREE:
        yield Finding(
            "tag-length",
            where,
            tr(
                "its tag tells a length of « {told} » ms (TLEN), the sound has {duration:.0f}",
                told=told[:20],
                duration=duration * 1000,
            ),
            tr("players show a wrong length"),
            tr(AGAIN),
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
            tr(AGAIN),
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
        yield Finding("chapters-empty", where, tr("a chapter has no length"), whom, tr(AGAIN))
    if any(one.end > two.start + 0.001 for one, two in pairwise(chapters)):
        yield Finding("chapters-overlap", where, tr("chapters overlap"), whom, tr(AGAIN))
    if duration and (chapters[-1].end > duration + AGREE or starts[-1] >= duration):
        yield Finding(
            "chapters-beyond",
            where,
            tr("a chapter lies beyond the end of the audio"),
            whom,
            tr(AGAIN),
        )
    for chapter in chapters:
        yield from check_title(where, chapter.title)
        yield from title_length(where, chapter.title)
        if not chapter.title.strip():
            yield Finding(
                "chapters-untitled",
                where,
                tr("the chapter at {start:.0f} s has no title", start=chapter.start),
                whom,
                tr(AGAIN),
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
            tr(AGAIN),
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
            tr(AGAIN),
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
        starts = listed_starts(json_value(data), key)
    except ValueError as error:
        mend = tr("publish it again: hautevoix publish")
        yield Finding(
            "chapters-unreadable",
            where,
            tr("it can't be read: {error}", error=error),
            tr("apps show no chapters"),
            mend,
        )
        return
    yield from disagreement(where, tr("the list"), starts, chapters)


def listed_starts(told: Any, key: str) -> list[float]:
    """Return where the chapters that are heard start. Raises ValueError if none are listed."""
    try:
        return [float(row[key]) for row in told["chapters"] if row.get("end") != row[key]]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(tr("it lists no chapters, each with « {key} »", key=key)) from error
