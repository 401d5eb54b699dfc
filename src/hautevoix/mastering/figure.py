"""A picture of an audiobook: waveform, chapters and loudness over time, as SVG."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import miniaudio
import numpy as np

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.mastering.loudness import TARGET, integrated
from hautevoix.mastering.sound import FULL_SCALE, RATE
from hautevoix.storage.files import whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from hautevoix.mastering.encoding import Master
    from hautevoix.mastering.sound import Samples

WIDTH, HEIGHT = 1200, 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 56, 28
_BARS = 560  # columns of the waveform
_WINDOW = 3 * RATE  # EBU R 128's short-term loudness: 3 s
_SOFTEST = -40.0  # LUFS at the bottom of the scale
_INK, _WAVE, _PEAKS, _LINE, _FAINT = "#1d2733", "#6d8db1", "#cbd8e6", "#b3402e", "#c9d1da"


def plot(master: Master, target: Path) -> None:
    """Draw the decoded MP3 of ``master`` into ``target``.

    Raises InputError if it has none, DiskError.
    """
    if master.mp3 is None:
        raise InputError(tr("There is no MP3 to draw."), advice=tr("Add mp3 to --format."))
    duration = master.timeline.frames
    step = max(1, -(-duration // _BARS))
    peaks = np.zeros(_BARS)
    powers = np.zeros(_BARS)
    loudness = []
    position = 0
    for samples in _windows(master.mp3):
        columns = np.minimum((position + np.arange(samples.size)) // step, _BARS - 1)
        np.maximum.at(peaks, columns, np.abs(samples))
        powers += np.bincount(columns, np.square(samples), _BARS)
        loudness.append((position + samples.size // 2, integrated([samples])))
        position += samples.size
    with whole(target) as file:
        waves = ((peaks, _PEAKS), (np.sqrt(powers / step), _WAVE))
        file.write(_svg(master, waves, loudness).encode())


def _windows(mp3: Path) -> Iterator[Samples]:
    """Yield the decoded sound, three seconds at a time."""
    stream = miniaudio.stream_file(
        str(mp3), miniaudio.SampleFormat.SIGNED16, 1, RATE, frames_to_read=_WINDOW
    )
    for chunk in stream:
        samples: Samples = np.asarray(chunk, np.float32)
        samples /= np.float32(FULL_SCALE)
        yield samples


def _svg(
    master: Master,
    waves: tuple[tuple[NDArray[np.float64], str], ...],
    loudness: list[tuple[int, float]],
) -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        f' font-family="Georgia, serif" font-size="13" fill="{_INK}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_scale(),
        *(line for heights, colour in waves for line in _wave(heights, colour)),
        *_chapters(master),
        _loudness_line(loudness, master.timeline.frames),
        *_clock(master.timeline.frames),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(position: float, whole_length: int) -> float:
    return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * position / max(1, whole_length), 1)


def _y(lufs: float) -> float:
    """Return the height of a loudness: 0 LUFS on top, _SOFTEST at the bottom."""
    share = min(1.0, max(0.0, lufs / _SOFTEST))
    return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * share, 1)


def _scale() -> Iterator[str]:
    for lufs in (-10, TARGET, -30):
        y = _y(lufs)
        dashes = "" if lufs == TARGET else ' stroke-dasharray="2 5"'
        yield f'<path d="M{_LEFT} {y}H{WIDTH - _RIGHT}" stroke="{_FAINT}"{dashes}/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{lufs:.0f}</text>'
    yield f'<text x="{_LEFT - 6}" y="{_TOP - 4}" text-anchor="end" font-size="11">LUFS</text>'


def _wave(heights: NDArray[np.float64], colour: str) -> Iterator[str]:
    middle = (_TOP + HEIGHT - _BOTTOM) / 2
    reach = (HEIGHT - _TOP - _BOTTOM) / 2
    for column, height in enumerate(heights):
        x = _x(column + 0.5, _BARS)
        size = max(0.5, round(float(height) * reach, 1))
        line = f"M{x} {middle - size:.1f}V{middle + size:.1f}"
        yield f'<path d="{line}" stroke="{colour}" stroke-width="2"/>'


def _chapters(master: Master) -> Iterator[str]:
    shown_to = -1000.0
    for title, mark in zip(master.titles, master.timeline.chapters, strict=True):
        x = _x(mark.start, master.timeline.frames)
        yield f'<path d="M{x} {_TOP - 26}V{HEIGHT - _BOTTOM}" stroke="{_INK}"/>'
        if x > shown_to:  # titles that would cover one another are left out
            yield f'<text x="{x + 5}" y="{_TOP - 16}">{escape(title)}</text>'
            shown_to = x + 7 * len(title) + 10


def _loudness_line(loudness: list[tuple[int, float]], length: int) -> str:
    points = " ".join(f"{_x(at, length)},{_y(lufs)}" for at, lufs in loudness if lufs > _SOFTEST)
    return f'<polyline points="{points}" fill="none" stroke="{_LINE}" stroke-width="1.5"/>'


def _clock(length: int) -> Iterator[str]:
    seconds = length / RATE
    step = next(
        (s for s in (30, 60, 300, 600, 1800, 3600) if seconds / s <= 14), 7200
    )  # labels that fit
    for second in range(0, int(seconds) + 1, step):
        hours, rest = divmod(second, 3600)
        label = (
            f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
        )
        x = _x(second * RATE, length)
        yield f'<text x="{x}" y="{HEIGHT - 8}" text-anchor="middle">{label}</text>'
