"""An MP3 as the strictest players see it: tag, frames, Info header, loudness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.mpeg.frames import spans
from hautevoix.mpeg.id3 import stacked_tags
from hautevoix.mpeg.info_frame import read_info
from hautevoix.mpeg.mp3_file import load
from hautevoix.parsing.bounded import LARGEST_JSON, file_bytes, json_value
from hautevoix.publishing.checking.findings import AGAIN, Finding, ascii_name
from hautevoix.publishing.checking.hearing import ACX, Judged, acx_bit_rate, check_sound
from hautevoix.publishing.checking.tags import TagChapter, check_tag, several_tags
from hautevoix.publishing.checking.timeline import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hautevoix.mpeg.frames import Header
    from hautevoix.mpeg.info_frame import InfoHeader
    from hautevoix.publishing.checking.hearing import Measurer

CHAPTERS = "chapters"
"""The folder beside a book's MP3 where an MP3 for each chapter lies."""
_RATES = (44100, 48000)  # samples a second that Apple takes
_TAIL = 128 + 4096  # bytes after the last frame that other tags (ID3v1, APE) may take


@dataclass(frozen=True, slots=True)
class Seen:
    """What an MP3 turned out to be."""

    duration: float
    chapters: tuple[TagChapter, ...]
    findings: tuple[Finding, ...]


def check_mp3(
    path: Path, measure: Measurer | None, rows: Sequence[tuple[float, float]] = ()
) -> Seen:
    """Return what is amiss in an MP3; its sound is measured if ``measure`` is given.

    It is judged by the figures of the profile that the timeline beside it tells; ``rows`` are when
    each sentence is to be heard, in seconds.
    """
    where = path.name
    found = ascii_name(where, path.name)
    try:
        if not path.stat().st_size:
            return _unplayable(where, found, tr("it is empty"))
        tag, audio = load(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return _unplayable(where, found, tr("it can't be read: {error}", error=reason))
    stacked, taken = stacked_tags(audio)
    audio = audio[taken:]
    if stacked:
        found.append(several_tags(where, 1 + stacked))
    frames = list(spans(audio))
    if not frames:
        return _unplayable(where, found, tr("no MPEG frame is in it"))
    info = read_info(audio)
    duration = (len(frames) - (info is not None)) * frames[0][1].samples / frames[0][1].rate
    profile = profile_of(path)
    chapters, amiss = check_tag(where, tag, duration, pictured=profile != ACX)  # it takes it apart
    found += amiss
    found += _frames(where, audio, frames, info)
    bit_rate = frames[-1][1].bit_rate
    judged = Judged(profile, bit_rate, in_company=_in_company(path), rows=rows)
    found += acx_bit_rate(where, judged)
    if measure:
        found += check_sound(path, measure, duration, judged)
    return Seen(duration, chapters, tuple(found))


def _unplayable(where: str, found: list[Finding], what: str) -> Seen:
    told = Finding("mp3-unreadable", where, what, tr("nobody can play it"), tr(AGAIN))
    return Seen(0.0, (), (*found, told))


def profile_of(path: Path) -> str | None:
    """Return the profile that the timeline beside an MP3 tells; None if it tells none."""
    folder = path.resolve().parent
    timeline = path.with_suffix(TIMELINE)
    if folder.name == CHAPTERS:
        timeline = next(iter(sorted(folder.parent.glob(f"*{TIMELINE}"))), timeline)
    try:
        told = json_value(file_bytes(timeline, LARGEST_JSON))
    except (OSError, ValueError):  # no timeline; one that is damaged is told of elsewhere
        return None
    profile = told.get("profile") if isinstance(told, dict) else None
    return profile if isinstance(profile, str) else None


def _frames(
    where: str, audio: memoryview, frames: list[tuple[int, Header]], info: InfoHeader | None
) -> Iterator[Finding]:
    sounding = frames[1:] if info else frames
    if len({header.bit_rate for _, header in sounding}) > 1:
        yield Finding(
            "bit-rate-varies",
            where,
            tr("its bit rate varies (VBR)"),
            tr("browsers seek to the wrong place, by seconds in a long book"),
            tr("encode it at a constant bit rate"),
        )
    if frames[0][1].rate not in _RATES:
        yield Finding(
            "sample-rate",
            where,
            tr("its sample rate is {rate} Hz", rate=frames[0][1].rate),
            tr("Apple asks 44.1 kHz"),
            tr(AGAIN),
        )
    end = frames[-1][0] + frames[-1][1].length
    if len(audio) - end > _TAIL:
        yield Finding(
            "stray-bytes",
            where,
            tr("{audio} bytes in it are no MPEG frames", audio=len(audio) - end),
            tr("players stop there"),
            tr(AGAIN),
        )
    if info is None:
        yield Finding(
            "info-missing",
            where,
            tr("it has no Info header"),
            tr("players guess its length, and start and end are not exact"),
            tr(AGAIN),
        )
        return
    yield from _lengths(where, info, len(sounding), end)


def _lengths(where: str, info: InfoHeader, count: int, end: int) -> Iterator[Finding]:
    if info.frames not in (None, count):
        yield Finding(
            "info-frames",
            where,
            tr(
                "its Info header tells {frames} frames, but there are {count}",
                frames=info.frames,
                count=count,
            ),
            tr("players show a wrong length; mp3val flags it"),
            tr(AGAIN),
        )
    if info.size not in (None, end, end - info.place):
        yield Finding(
            "info-bytes",
            where,
            tr("its Info header tells {size} bytes, but there are {end}", size=info.size, end=end),
            tr("players seek to the wrong place"),
            tr(AGAIN),
        )


def _in_company(path: Path) -> bool:
    """Tell whether an MP3 lies among those that « build --profile acx » makes."""
    return path.parent.name == CHAPTERS or (path.parent / CHAPTERS).is_dir()
