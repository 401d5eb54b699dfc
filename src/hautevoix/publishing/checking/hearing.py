"""What is heard of an audio file, as directories judge it: loudness, peak, length, silences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.localization import noop, tr
from hautevoix.publishing.checking.findings import AGAIN, Finding, Sound
from hautevoix.runtime.installation import getting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Measurer = Callable[[Path], Sound | None]
"""What measures an audio file; None where this installation can't decode it."""
ACX = "acx"
"""What a timeline calls the profile of ACX (Audible)."""
AGREE = 1.0
"""Seconds that lengths may be off: AntennaPod drops chapter lists that differ by more."""
_LOUDNESS, _LOUDNESS_OFF, _PEAK = -16.0, 1.0, -1.0  # LUFS, LU, dBTP: Apple's
_ACX_BIT_RATE, _ACX_POWER, _ACX_PEAK = 192, (-23.0, -18.0), -3.0  # kb/s, dB of RMS, dB: Audible's
_ACX_AGAIN = noop("build it again with --profile acx")
_LONG = 10.0  # seconds: four times our longest pause, and ACX takes 5 at the end of a file
_WORD = 0.3  # seconds of a sentence: a shorter one may be an interjection, hardly heard


@dataclass(frozen=True, slots=True)
class Judged:
    """How a sound is judged: the profile that it was made for, its kb/s (0 if not known).

    ``in_company``: it lies among files of chapters, as ACX's do. ``rows`` are when each sentence is
    to be heard, in seconds.
    """

    profile: str | None = None
    bit_rate: int = 0
    in_company: bool = False
    rows: Sequence[tuple[float, float]] = ()


def check_sound(path: Path, measure: Measurer, duration: float, judged: Judged) -> list[Finding]:
    """Return what is amiss in what is heard of a file that is told to last ``duration`` seconds."""
    where = path.name
    try:
        sound = measure(path)
    except InputError as error:
        what = error.message.removeprefix(f"{path} ").rstrip(".")
        return [Finding("undecodable", where, what, tr("nobody can play it"), tr(AGAIN))]
    if sound is None:
        told = tr("its loudness is not measured: AAC can't be decoded here")
        why = tr("Apple asks for -16 LUFS, whatever the format")
        mend = tr("install what decodes it: {command}", command=getting("m4b"))
        return [Finding("not-measured", where, told, why, mend, advice=True)]
    quiet = judged.profile is None and judged.in_company
    quiet = quiet and judged.bit_rate >= _ACX_BIT_RATE and _suits_acx(sound)
    for_acx = judged.profile == ACX
    return [
        *_length(where, sound, duration),
        *(_acx(where, sound) if for_acx else _apple(where, sound, quiet=quiet)),
        *_silences(where, sound, judged.rows),
    ]


def acx_bit_rate(where: str, judged: Judged) -> list[Finding]:
    """Return a finding if ACX takes no file of so few bits."""
    if judged.profile != ACX or judged.bit_rate >= _ACX_BIT_RATE:
        return []
    what = tr("its bit rate is {bit_rate} kb/s", bit_rate=judged.bit_rate)
    why = tr("ACX asks for {acx_bit_rate} at least", acx_bit_rate=_ACX_BIT_RATE)
    return [Finding("acx-bit-rate", where, what, why, tr(_ACX_AGAIN))]


def _silences(where: str, sound: Sound, rows: Sequence[tuple[float, float]]) -> Iterator[Finding]:
    """Yield where nothing is heard for long, and sentences of which nothing is heard at all."""
    for start, end in sound.silences:
        if end - start >= _LONG:
            what = tr("from {start:.0f} s to {end:.0f} s nothing is heard", start=start, end=end)
            why = tr("listeners take it for the end; stations and ACX refuse it")
            mend = tr("shorten the pause there ([pauses] in the sidecar), and build it again")
            yield Finding("silence-long", where, what, why, mend)
    for start, end in rows:
        if end - start >= _WORD and _within(sound, start, end):
            what = tr("nothing is heard of the sentence at {start:.1f} s", start=start)
            mend = tr("build it again, its clips anew: hautevoix build TEXT --force")
            yield Finding("sentence-silent", where, what, tr("a part of the text is lost"), mend)


def _within(sound: Sound, start: float, end: float) -> bool:
    at = bisect_right(sound.silences, (start, float("inf")))
    return at > 0 and end <= sound.silences[at - 1][1]


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
            tr(AGAIN),
        )
