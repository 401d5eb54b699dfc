"""An MP3 as the strictest players see it: tag, chapters, picture, frames, loudness."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.publishing import cover, mp3file
from hautevoix.publishing.checking.findings import Finding, Sound, ascii_name, title_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.publishing.mp3file import Header, Tag

LOUDNESS, LOUDNESS_OFF, PEAK = -16.0, 1.0, -1.0  # LUFS, LU, dBTP: Apple's
ACX_BIT_RATE, ACX_POWER = 192, (-23.0, -18.0)  # kb/s, dB of RMS: Audible's
CHAPTERS = "chapters"  # the folder beside a book's MP3 where an MP3 for each chapter lies
_TAIL = 128 + 4096  # bytes after the last frame that other tags (ID3v1, APE) may take
_AGREE = 1.0  # seconds: AntennaPod drops chapter lists that differ by more
_MOST_CHILDREN = 255
_AGAIN = "build it again with Hautevoix"
_NAMED = (
    ("TIT2", "title", "build it with --title, or say title = … in the sidecar"),
    ("TPE1", "author", "build it with --author, or say author = … in the sidecar"),
    ("TALB", "album", _AGAIN),
)


@dataclass(frozen=True, slots=True)
class TagChapter:
    """A chapter as the tag tells it, in seconds."""

    name: str
    start: float
    end: float
    title: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What an MP3 turned out to be."""

    duration: float
    chapters: tuple[TagChapter, ...]
    findings: tuple[Finding, ...]


def check_mp3(path: Path, measure: Callable[[Path], Sound] | None) -> Seen:
    """Return what is amiss in an MP3; its sound is measured if ``measure`` is given."""
    where = path.name
    found = ascii_name(where, path.name)
    try:
        tag, audio = mp3file.load(path)
    except (OSError, ValueError) as error:
        what = f"it can't be read: {error}"
        return Seen(0.0, (), (*found, Finding(where, what, "nobody can play it", _AGAIN)))
    frames = list(mp3file.spans(audio))
    if not frames:
        told = Finding(where, "no MPEG frame is in it", "nobody can play it", _AGAIN)
        return Seen(0.0, (), (*found, told))
    chapters = tuple(_chapters(tag)) if tag else ()
    info = mp3file.info_at(bytes(audio[: frames[0][1].length])) is not None
    duration = (len(frames) - info) * mp3file.SAMPLES / frames[0][1].rate
    found += _tag(where, tag)
    found += _chapter_list(where, tag, chapters, duration)
    found += _frames(where, audio, frames)
    if measure:
        found += _sound(where, measure(path), duration, acx=_for_acx(path, frames))
    return Seen(duration, chapters, tuple(found))


def _tag(where: str, tag: Tag | None) -> Iterator[Finding]:
    if tag is None:
        yield Finding(where, "it has no ID3 tag", "players show a file name for a title", _AGAIN)
        return
    if tag.version != 3 and tag.first("CHAP"):  # noqa: PLR2004 - ID3v2.3
        yield Finding(
            where,
            f"its tag is ID3v2.{tag.version}",
            "ffmpeg and what is built on it can lose all chapters (long titles)",
            "write ID3v2.3",
        )
    for name, told, mend in _NAMED:
        body = tag.first(name)
        text = mp3file.text_of(body) if body else ""
        if not text.strip():
            yield Finding(
                where, f"its tag names no {told}", "listeners can't find it", mend, name != "TIT2"
            )
        yield from title_length(where, text)
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
    data = body[_picture_at(body) :]
    try:
        faults = [fault for fault in cover.faults(data) if "pixels" not in fault.what]
    except OSError:
        faults = [cover.Fault("the cover is no picture", fatal=True)]
    for fault in faults:
        yield Finding(
            where, fault.what, "players show a blank or a distorted cover", "publish it again"
        )


def _picture_at(body: bytes) -> int:
    """Return where an APIC frame's picture starts: after encoding, type, kind, description."""
    at = body.index(b"\0", 1) + 2
    if body[0] in (1, 2):
        while body[at : at + 2] not in (b"\0\0", b""):
            at += 2
        return at + 2
    return body.index(b"\0", at) + 1


def _chapters(tag: Tag) -> Iterator[TagChapter]:
    for frame in tag.frames:
        if frame.name == "CHAP":
            name, start, end, title = mp3file.chapter_of(frame.body, tag.version)
            yield TagChapter(name, start / 1000, end / 1000, title)


def _chapter_list(
    where: str, tag: Tag | None, chapters: tuple[TagChapter, ...], duration: float
) -> Iterator[Finding]:
    if not tag or not chapters:
        return
    starts = [chapter.start for chapter in chapters]
    whom = "players list chapters wrongly or not at all"
    if starts != sorted(starts):
        yield Finding(where, "its chapters don't stand in the order of time", whom, _AGAIN)
    if starts[0] != 0:
        yield Finding(
            where, f"its first chapter starts at {starts[0]:.1f} s", whom, "start it at 0"
        )
    if any(chapter.end <= chapter.start for chapter in chapters):
        yield Finding(where, "a chapter has no length", whom, _AGAIN)
    if any(one.end > two.start + 0.001 for one, two in pairwise(chapters)):
        yield Finding(where, "chapters overlap", whom, _AGAIN)
    if chapters[-1].end > duration + _AGREE or starts[-1] >= duration:
        yield Finding(where, "a chapter lies beyond the end of the audio", whom, _AGAIN)
    for chapter in chapters:
        yield from title_length(where, chapter.title)
        if not chapter.title.strip():
            yield Finding(where, f"the chapter at {chapter.start:.0f} s has no title", whom, _AGAIN)
    yield from _contents(where, tag, [chapter.name for chapter in chapters])


def _contents(where: str, tag: Tag, names: list[str]) -> Iterator[Finding]:
    tables = [mp3file.children_of(frame.body) for frame in tag.frames if frame.name == "CTOC"]
    tops = [table for table in tables if table[1]]
    if len(tops) != 1:
        yield Finding(
            where,
            "its tag has no table of contents (CTOC, top-level and ordered)",
            "Overcast and BookPlayer show no chapters",
            _AGAIN,
        )
        return
    nested = {name: children for name, _, children in tables}
    listed: list[str] = []
    for child in tops[0][2]:
        listed += nested.get(child, [child])
    if listed != names:
        yield Finding(
            where,
            "its table of contents does not list the chapters as they stand",
            "players miss chapters" if len(names) <= _MOST_CHILDREN else "a CTOC holds 255 at most",
            _AGAIN,
        )


def _frames(where: str, audio: memoryview, frames: list[tuple[int, Header]]) -> Iterator[Finding]:
    first = frames[0][1]
    at = mp3file.info_at(bytes(audio[: first.length]))
    sounding = frames[1:] if at is not None else frames
    if len({header.bit_rate for _, header in sounding}) > 1:
        yield Finding(
            where,
            "its bit rate varies (VBR)",
            "browsers seek to the wrong place, by seconds in a long book",
            "encode it at a constant bit rate",
        )
    if first.rate not in (44100, 48000):
        yield Finding(where, f"its sample rate is {first.rate} Hz", "Apple asks 44.1 kHz", _AGAIN)
    end = frames[-1][0] + frames[-1][1].length
    if len(audio) - end > _TAIL:
        yield Finding(
            where,
            f"{len(audio) - end} bytes in it are no MPEG frames",
            "players stop there",
            _AGAIN,
        )
    if at is None:
        yield Finding(
            where,
            "it has no Info header",
            "players guess its length, and start and end are not exact",
            _AGAIN,
        )
        return
    yield from _info(where, audio, at, len(sounding), end)


def _info(where: str, audio: memoryview, at: int, count: int, end: int) -> Iterator[Finding]:
    flags, told_count, told_bytes = (
        int.from_bytes(audio[at + place : at + place + 4], "big") for place in (4, 8, 12)
    )
    if flags & 1 and told_count != count:
        yield Finding(
            where,
            f"its Info header tells {told_count} frames, but there are {count}",
            "players show a wrong length; mp3val flags it",
            _AGAIN,
        )
    if flags & 2 and told_bytes not in (end, end - len(audio[:at])):
        yield Finding(
            where,
            f"its Info header tells {told_bytes} bytes, but there are {end}",
            "players seek to the wrong place",
            _AGAIN,
        )


def _for_acx(path: Path, frames: list[tuple[int, Header]]) -> bool:
    """Tell whether an MP3 is one of those that « build --profile acx » makes, by its company."""
    company = path.parent.name == CHAPTERS or (path.parent / CHAPTERS).is_dir()
    return company and frames[-1][1].bit_rate >= ACX_BIT_RATE


def _sound(where: str, sound: Sound, duration: float, *, acx: bool) -> Iterator[Finding]:
    suits = acx and ACX_POWER[0] <= sound.power <= ACX_POWER[1]
    if not suits and abs(sound.loudness - LOUDNESS) > LOUDNESS_OFF:
        yield Finding(
            where,
            f"its loudness is {sound.loudness:.1f} LUFS",
            f"Apple asks for {LOUDNESS:.0f} ± {LOUDNESS_OFF:.0f}; listeners reach for the volume",
            "build it with --profile podcast, which is the default",
        )
    if sound.peak > PEAK:
        yield Finding(
            where,
            f"its true peak is {sound.peak:.1f} dBTP",
            "it distorts in players and when stations encode it anew",
            f"keep it under {PEAK:.0f} dBTP",
        )
    if abs(sound.duration - duration) > _AGREE:
        yield Finding(
            where,
            f"it decodes to {sound.duration:.1f} s, but its frames tell {duration:.1f} s",
            "chapters and transcripts drift",
            _AGAIN,
        )


def disagreement(
    where: str, name: str, starts: list[float], chapters: tuple[TagChapter, ...]
) -> list[Finding]:
    """Return a finding if a chapter list is not the tag's."""
    tagged = [chapter.start for chapter in chapters]
    same = len(starts) == len(tagged) and all(
        abs(one - two) <= _AGREE for one, two in zip(starts, tagged, strict=False)
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
