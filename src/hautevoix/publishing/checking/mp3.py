"""An MP3 as the strictest players see it: tag, frames, Info header, loudness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.parsing.bounded import LARGEST_JSON, file_bytes, json_value
from hautevoix.publishing import mp3file
from hautevoix.publishing.checking.findings import AGAIN, Finding, Sound, ascii_name
from hautevoix.publishing.checking.tags import AGREE, TagChapter, check_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.publishing.mp3file import Header

CHAPTERS = "chapters"
"""The folder beside a book's MP3 where an MP3 for each chapter lies."""
TIMELINE = ".timeline.json"
"""How the name of the timeline beside an MP3 ends."""
ACX = "acx"
"""What a timeline calls the profile of ACX (Audible)."""
_LOUDNESS, _LOUDNESS_OFF, _PEAK = -16.0, 1.0, -1.0  # LUFS, LU, dBTP: Apple's
_ACX_BIT_RATE, _ACX_POWER, _ACX_PEAK = 192, (-23.0, -18.0), -3.0  # kb/s, dB of RMS, dB: Audible's
_ACX_AGAIN = "build it again with --profile acx"
_TAIL = 128 + 4096  # bytes after the last frame that other tags (ID3v1, APE) may take


@dataclass(frozen=True, slots=True)
class Seen:
    """What an MP3 turned out to be."""

    duration: float
    chapters: tuple[TagChapter, ...]
    findings: tuple[Finding, ...]


def check_mp3(path: Path, measure: Callable[[Path], Sound] | None) -> Seen:
    """Return what is amiss in an MP3; its sound is measured if ``measure`` is given.

    It is judged by the figures of the profile that the timeline beside it tells.
    """
    where = path.name
    found = ascii_name(where, path.name)
    try:
        tag, audio = mp3file.load(path)
    except (OSError, ValueError) as error:
        what = f"it can't be read: {error}"
        return Seen(0.0, (), (*found, Finding(where, what, "nobody can play it", AGAIN)))
    frames = list(mp3file.spans(audio))
    if not frames:
        told = Finding(where, "no MPEG frame is in it", "nobody can play it", AGAIN)
        return Seen(0.0, (), (*found, told))
    info = mp3file.info_at(bytes(audio[: frames[0][1].length])) is not None
    duration = (len(frames) - info) * mp3file.SAMPLES / frames[0][1].rate
    profile = profile_of(path)
    chapters, amiss = check_tag(where, tag, duration, pictured=profile != ACX)  # it takes it apart
    found += amiss
    found += _frames(where, audio, frames)
    bit_rate = frames[-1][1].bit_rate
    if profile == ACX and bit_rate < _ACX_BIT_RATE:
        what = f"its bit rate is {bit_rate} kb/s"
        found.append(Finding(where, what, f"ACX asks for {_ACX_BIT_RATE} at least", _ACX_AGAIN))
    if measure:
        sound = measure(path)
        found += _length(where, sound, duration)
        quiet = profile is None and _in_company(path) and bit_rate >= _ACX_BIT_RATE
        quiet = quiet and _suits_acx(sound)
        found += _acx(where, sound) if profile == ACX else _apple(where, sound, quiet=quiet)
    return Seen(duration, chapters, tuple(found))


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
        yield Finding(where, f"its sample rate is {first.rate} Hz", "Apple asks 44.1 kHz", AGAIN)
    end = frames[-1][0] + frames[-1][1].length
    if len(audio) - end > _TAIL:
        yield Finding(
            where,
            f"{len(audio) - end} bytes in it are no MPEG frames",
            "players stop there",
            AGAIN,
        )
    if at is None:
        yield Finding(
            where,
            "it has no Info header",
            "players guess its length, and start and end are not exact",
            AGAIN,
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
            AGAIN,
        )
    if flags & 2 and told_bytes not in (end, end - len(audio[:at])):
        yield Finding(
            where,
            f"its Info header tells {told_bytes} bytes, but there are {end}",
            "players seek to the wrong place",
            AGAIN,
        )


def _in_company(path: Path) -> bool:
    """Tell whether an MP3 lies among those that « build --profile acx » makes."""
    return path.parent.name == CHAPTERS or (path.parent / CHAPTERS).is_dir()


def _suits_acx(sound: Sound) -> bool:
    return _ACX_POWER[0] <= sound.power <= _ACX_POWER[1]


def _apple(where: str, sound: Sound, *, quiet: bool) -> Iterator[Finding]:
    """Yield what Apple rejects; ``quiet``: it is as quiet as ACX wants, and seems meant for it."""
    if not quiet and abs(sound.loudness - _LOUDNESS) > _LOUDNESS_OFF:
        yield Finding(
            where,
            f"its loudness is {sound.loudness:.1f} LUFS",
            f"Apple asks for {_LOUDNESS:.0f} ± {_LOUDNESS_OFF:.0f}; listeners reach for the volume",
            "build it with --profile podcast, which is the default",
        )
    if sound.peak > _PEAK:
        yield Finding(
            where,
            f"its true peak is {sound.peak:.1f} dBTP",
            "it distorts in players and when stations encode it anew",
            f"keep it under {_PEAK:.0f} dBTP",
        )


def _acx(where: str, sound: Sound) -> Iterator[Finding]:
    """Yield what ACX rejects (https://help.acx.com, audio submission requirements)."""
    low, high = _ACX_POWER
    if not _suits_acx(sound):
        what, why = f"its RMS is {sound.power:.1f} dB", f"ACX takes {low:.0f} to {high:.0f}"
        yield Finding(where, what, why, _ACX_AGAIN)
    if sound.peak > _ACX_PEAK:
        what = f"its peak is {sound.peak:.1f} dB"
        yield Finding(where, what, f"ACX takes {_ACX_PEAK:.0f} at most", _ACX_AGAIN)


def _length(where: str, sound: Sound, duration: float) -> Iterator[Finding]:
    if abs(sound.duration - duration) > AGREE:
        yield Finding(
            where,
            f"it decodes to {sound.duration:.1f} s, but its frames tell {duration:.1f} s",
            "chapters and transcripts drift",
            AGAIN,
        )
