"""One file by itself, as its name tells what it is; what lies beside it tells more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.parsing.bounded import LARGEST_JSON, file_bytes, json_value
from hautevoix.publishing.checking import page as pages
from hautevoix.publishing.checking.epub import check_epub
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.hearing import Judged, check_sound
from hautevoix.publishing.checking.m4b import check_m4b
from hautevoix.publishing.checking.mp3 import check_mp3, profile_of
from hautevoix.publishing.checking.references import is_file, is_there
from hautevoix.publishing.checking.tags import json_list, listed_starts
from hautevoix.publishing.checking.timeline import (
    TIMELINE,
    against_sound,
    read_timeline,
    same_chapters,
)
from hautevoix.publishing.checking.transcripts import check_transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from hautevoix.publishing.checking.hearing import Measurer

MP4 = (".m4b", ".m4a", ".mp4")
"""How the names of MP4 files of sound end."""
CHAPTERS_JSON = ".chapters.json"
"""How the name of a list of chapters ends."""
_LARGEST = 64 << 20  # bytes of a transcript: that of a book of 100 hours has 10
_AGAIN = noop("publish it again: hautevoix publish")


def check_audio(path: Path, measure: Measurer | None) -> list[Finding]:
    """Return what is amiss in an MP3 or M4B and in the timeline beside it."""
    return check_m4b_file(path, measure) if is_mp4(path) else _mp3(path, measure)


def is_mp4(path: Path) -> bool:
    """Tell whether a file's name is an M4B's or another MP4's."""
    return path.suffix.lower() in MP4


def _mp3(path: Path, measure: Measurer | None) -> list[Finding]:
    beside = path.with_suffix(TIMELINE)
    if not beside.is_file():
        return list(check_mp3(path, measure).findings)
    told, amiss = read_timeline(beside)
    seen = check_mp3(path, measure, told.rows if told else ())
    found = [*seen.findings, *amiss]
    if told:
        found += against_sound(beside.name, told, seen.duration)
        found += json_list(beside.name, file_bytes(beside, LARGEST_JSON), "start", seen.chapters)
    return found


def check_m4b_file(
    path: Path, measure: Measurer | None, chapters: list[float] | None = None
) -> list[Finding]:
    """Return what is amiss in an M4B, its sound included.

    ``chapters`` are the starts of the MP3's of the same book; without them, the timeline's beside
    it are taken.
    """
    seen = check_m4b(path)
    found = list(seen.findings)
    beside = path.with_suffix(TIMELINE)
    told, _ = read_timeline(beside) if beside.is_file() else (None, [])
    if told and seen.duration:
        found += against_sound(beside.name, told, seen.duration)
        found += same_chapters(path.name, beside.name, seen.starts, told.chapters)
    elif chapters is not None and seen.duration:
        found += same_chapters(path.name, tr("the MP3"), seen.starts, chapters)
    if measure and seen.duration:
        judged = Judged(profile_of(path), rows=told.rows if told else ())
        found += check_sound(path, measure, seen.duration, judged)
    return found


def check_text(path: Path) -> list[Finding]:
    """Return what is amiss in a transcript, a list of chapters or a timeline.

    Raises InputError where it is another JSON.
    """
    name = path.name.lower()
    if name.endswith(TIMELINE):
        return read_timeline(path)[1]
    try:
        data = file_bytes(path, _LARGEST)
    except (OSError, ValueError) as error:
        what = tr("it can't be read: {error}", error=getattr(error, "strerror", None) or error)
        return [Finding("transcript-unreadable", path.name, what, tr("apps show none"), tr(_AGAIN))]
    if name.endswith(CHAPTERS_JSON):
        return check_chapters(path.name, data)
    return check_transcript(path.name, data, path.suffix.lower(), _duration_beside(path))[1]


def check_chapters(where: str, data: bytes) -> list[Finding]:
    """Return what is amiss in a list of chapters as Podcasting 2.0 has it."""
    whom = tr("apps show no chapters")
    try:
        starts = listed_starts(json_value(data), "startTime")
    except ValueError as error:
        what = tr("it can't be read: {error}", error=error)
        return [Finding("chapters-unreadable", where, what, whom, tr(_AGAIN))]
    if starts == sorted(starts) and starts[:1] == [0]:
        return []
    what = tr("its chapters don't stand in the order of time, from 0 on")
    return [Finding("chapters-order", where, what, whom, tr(_AGAIN))]


def _duration_beside(path: Path) -> float:
    """Return the seconds of the one MP3 beside a file, 0 without one or with several."""
    mp3s = list(path.parent.glob("*.mp3"))
    return check_mp3(mp3s[0], None).duration if len(mp3s) == 1 else 0.0


def check_page(path: Path) -> tuple[pages.Page, list[Finding]]:
    """Return a page, and what is amiss in it and in what lies beside it."""
    page, found = pages.read_page(path, lambda link: is_there(path.parent / link))
    if page.audio and is_file(path.parent / page.audio):
        seen = check_mp3(path.parent / page.audio, None)
        found += pages.against_sound(f"{path.parent.name}/{path.name}", page, seen.duration)
    return page, found


CHECKS: Mapping[str, Callable[[Path], list[Finding]]] = {
    ".epub": check_epub,
    ".vtt": check_text,
    ".srt": check_text,
    ".json": check_text,
    ".html": lambda path: check_page(path)[1],
    ".htm": lambda path: check_page(path)[1],
}
"""What checks a file that is no sound, by how its name ends."""
