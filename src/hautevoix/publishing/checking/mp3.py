"""An MP3 as the strictest players see it: tag, frames, Info header, loudness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.mpeg.frames import SAMPLES, spans
from hautevoix.mpeg.info_frame import read_info
from hautevoix.mpeg.mp3_file import load
from hautevoix.parsing.bounded import LARGEST_JSON, file_bytes, json_value
from hautevoix.publishing.checking.findings import AGAIN, Finding, Sound, ascii_name
from hautevoix.publishing.checking.tags import AGREE, TagChapter, check_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.mpeg.frames import Header
    from hautevoix.mpeg.info_frame import InfoHeader

CHAPTERS = "chapters"
"""The folder beside a book's MP3 where an MP3 for each chapter lies."""
TIMELINE = ".timeline.json"
"""How the name of the timeline beside an MP3 ends."""
ACX = "acx"
"""What a timeline calls the profile of ACX (Audible)."""
_LOUDNESS, _LOUDNESS_OFF, _PEAK = -16.0, 1.0, -1.0  # LUFS, LU, dBTP: Apple's
_ACX_BIT_RATE, _ACX_POWER, _ACX_PEAK = 192, (-23.0, -18.0), -3.0  # kb/s, dB of RMS, dB: Audible's
_ACX_AGAIN = noop("build it again with --profile acx")
_RATES = (44100, 48000)  # samples a second that Apple takes
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
        tag, audio = load(path)
    except (OSError, ValueError) as error:
        what = tr("it can't be read: {error}", error=error)
        return Seen(
            0.0,
            (),
            (*found, Finding("mp3-unreadable", where, what, tr("nobody can play it"), AGAIN)),
        )
    frames = list(spans(audio))
    if not frames:
        told = Finding(
            "mp3-no-frames", where, tr("no MPEG frame is in it"), tr("nobody can play it"), AGAIN
        )
        return Seen(0.0, (), (*found, told))
    info = read_info(audio)
    duration = (len(frames) - (info is not None)) * SAMPLES / frames[0][1].rate
    profile = profile_of(path)
    chapters, amiss = check_tag(where, tag, duration, pictured=profile != ACX)  # it takes it apart
    found += amiss
    found += _frames(where, audio, frames, info)
    bit_rate = frames[-1][1].bit_rate
    if profile == ACX and bit_rate < _ACX_BIT_RATE:
        what = tr("its bit rate is {bit_rate} kb/s", bit_rate=bit_rate)
        found.append(
            Finding(
                "acx-bit-rate",
                where,
                what,
                tr("ACX asks for {acx_bit_rate} at least", acx_bit_rate=_ACX_BIT_RATE),
                tr(_ACX_AGAIN),
            )
        )
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
            AGAIN,
        )
    end = frames[-1][0] + frames[-1][1].length
    if len(audio) - end > _TAIL:
        yield Finding(
            "stray-bytes",
            where,
            tr("{audio} bytes in it are no MPEG frames", audio=len(audio) - end),
            tr("players stop there"),
            AGAIN,
        )
    if info is None:
        yield Finding(
            "info-missing",
            where,
            tr("it has no Info header"),
            tr("players guess its length, and start and end are not exact"),
            AGAIN,
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
            AGAIN,
        )
    if info.size not in (None, end, end - info.place):
        yield Finding(
            "info-bytes",
            where,
            tr("its Info header tells {size} bytes, but there are {end}", size=info.size, end=end),
            tr("players seek to the wrong place"),
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
            "loudness",
            where,
            tr("its loudness is {loudness:.1f} LUFS", loudness=sound.loudness),
            tr(
                "Apple asks for {loudness:.0f} ± {loudness_off:.0f}; listeners reach "
                "for the volume",
                loudness=_LOUDNESS,
                loudness_off=_LOUDNESS_OFF,
            ),
            tr("build it with --profile podcast, which is the default"),
        )
    if sound.peak > _PEAK:
        yield Finding(
            "true-peak",
            where,
            tr("its true peak is {peak:.1f} dBTP", peak=sound.peak),
            tr("it distorts in players and when stations encode it anew"),
            tr("keep it under {peak:.0f} dBTP", peak=_PEAK),
        )


def _acx(where: str, sound: Sound) -> Iterator[Finding]:
    """Yield what ACX rejects (https://help.acx.com, audio submission requirements)."""
    low, high = _ACX_POWER
    if not _suits_acx(sound):
        what, why = (
            tr("its RMS is {power:.1f} dB", power=sound.power),
            tr("ACX takes {low:.0f} to {high:.0f}", low=low, high=high),
        )
        yield Finding("acx-rms", where, what, why, tr(_ACX_AGAIN))
    if sound.peak > _ACX_PEAK:
        what = tr("its peak is {peak:.1f} dB", peak=sound.peak)
        yield Finding(
            "acx-peak",
            where,
            what,
            tr("ACX takes {acx_peak:.0f} at most", acx_peak=_ACX_PEAK),
            tr(_ACX_AGAIN),
        )


def _length(where: str, sound: Sound, duration: float) -> Iterator[Finding]:
    if abs(sound.duration - duration) > AGREE:
        yield Finding(
            "length-decoded",
            where,
            tr(
                "it decodes to {duration:.1f} s, but its frames tell {duration2:.1f} s",
                duration=sound.duration,
                duration2=duration,
            ),
            tr("chapters and transcripts drift"),
            AGAIN,
        )
