"""The first bytes of an MP3 at an address: its tag and Info header, and what its feed says of it.

They tell as much as a player learns before the first sound, at the cost of a small request.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.mpeg import frames
from hautevoix.mpeg.id3 import read_tag, stacked_tags, tag_length
from hautevoix.mpeg.info_frame import read_info
from hautevoix.publishing.checking.findings import AGAIN, Finding
from hautevoix.publishing.checking.tags import check_tag, disagreement, several_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.publishing.checking.feed import Enclosed
    from hautevoix.publishing.checking.tags import TagChapter

MOST = 1 << 20
"""Bytes of an MP3 that are looked at, at most."""
_TAIL = 128 + 4096  # bytes after the last frame that other tags (ID3v1, APE) may take
_OFF = 1.5  # seconds: a feed tells whole ones
_AGAIN = noop("publish it again, and upload it whole")


def needed(data: bytes) -> int:
    """Return how many bytes of an MP3 that starts with ``data`` tell what is looked at here."""
    return tag_length(data) + frames.LONGEST


def check_opening(
    url: str, data: bytes, size: int, item: Enclosed | None
) -> tuple[tuple[TagChapter, ...], list[Finding]]:
    """Return the chapters and what is amiss in an MP3 of ``size`` bytes that starts with ``data``.

    ``item`` is what a feed says of it.
    """
    if len(data) < min(needed(data), size):
        what = tr(
            "its tag takes {tag_length} KiB, too many to look at", tag_length=tag_length(data) >> 10
        )
        return (), [
            Finding(
                "tag-large",
                url,
                what,
                tr("apps fetch it before the first sound"),
                tr(AGAIN),
                advice=True,
            )
        ]
    file = io.BytesIO(data)
    try:
        tag = read_tag(file)
    except ValueError as error:
        return (), [
            Finding(
                "mp3-unreadable",
                url,
                tr("it can't be read: {error}", error=error),
                tr("nobody can play it"),
                tr(AGAIN),
            )
        ]
    audio = data[file.tell() :]
    stacked, taken = stacked_tags(audio)
    audio = audio[taken:]
    told = read_info(audio)
    if told is None:
        what = tr("no MPEG frame with an Info header follows its tag")
        return (), [
            Finding(
                "info-missing",
                url,
                what,
                tr("players guess its length, or can't play it"),
                tr(AGAIN),
            )
        ]
    chapters, found = check_tag(url, tag, told.duration or 0.0)
    found += _whole(url, told.size or 0, size - file.tell() - taken)
    if stacked:
        found.append(several_tags(url, 1 + stacked))
    if item:
        found += _agreed(url, item, told.duration or 0.0)
        if item.psc:
            found += disagreement(url, "psc:chapters", list(item.psc), chapters)
    return chapters, found


def _whole(url: str, told: int, there: int) -> Iterator[Finding]:
    if told and not 0 <= there - told <= _TAIL:
        what = tr(
            "its Info header tells {told} bytes of sound, the host has {there}",
            told=told,
            there=there,
        )
        yield Finding(
            "upload-partial",
            url,
            what,
            tr("it breaks off, or players seek to the wrong place"),
            tr(_AGAIN),
        )


def _agreed(url: str, item: Enclosed, duration: float) -> Iterator[Finding]:
    if duration and abs(duration - item.duration) > _OFF:
        what = tr(
            "the feed tells {duration:.0f} s, its Info header {duration2:.0f} s",
            duration=item.duration,
            duration2=duration,
        )
        yield Finding("duration-wrong", url, what, tr("apps show a wrong length"), tr(_AGAIN))
