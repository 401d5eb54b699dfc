"""How an EPUB is read along: each SMIL's fragments are there, its times in order, in the sound.

https://www.w3.org/TR/epub-33/#sec-media-overlays
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.mpeg.id3 import stacked_tags
from hautevoix.mpeg.info_frame import read_info
from hautevoix.publishing.checking.archive import target
from hautevoix.publishing.checking.boxes import boxes
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.package import SMIL_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from hautevoix.publishing.checking.archive import Archive
    from hautevoix.publishing.checking.package import Item, Package

_SMIL = "{http://www.w3.org/ns/SMIL}"
_CLOCK = re.compile(r"(?:(?:(\d+):)?([0-5]?\d):)?(\d+(?:\.\d+)?)(h|min|ms|s)?")
_UNITS = {"h": 3600.0, "min": 60.0, "ms": 0.001, "s": 1.0}
_AGREE = 1.0  # seconds: a clip may end in the sound's last frame, sums are rounded
_OPENING = 4 << 20  # bytes of a sound in which its Info frame is looked for: a cover comes before
_AGAIN = noop("publish it again: hautevoix publish")
_WHOM = noop("reading along stops there, or lights the wrong sentence")


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence (``text``, « file#id ») and its sound, from ``start`` to ``end`` in seconds."""

    text: tuple[str, str]
    audio: str
    start: float
    end: float


def seconds_of(clock: str) -> float | None:
    """Return a clock value of SMIL's in seconds, None if it is none.

    >>> seconds_of("1:02:05.5"), seconds_of("250ms"), seconds_of("12.5s"), seconds_of("soon")
    (3725.5, 0.25, 12.5, None)
    """
    found = _CLOCK.fullmatch(clock.strip())
    if not found or (found[2] and found[4]):
        return None
    clocked = int(found[1] or 0) * 3600 + int(found[2] or 0) * 60
    return clocked + float(found[3]) * _UNITS[found[4] or "s"]


def check_overlays(where: str, archive: Archive, package: Package) -> Iterator[Finding]:
    """Yield what is amiss in how the text is read along. Raises ValueError if it can't be read."""
    smils = [item for item in package.items if item.media_type == SMIL_TYPE]
    owners = {item.overlay: item for item in package.items if item.overlay}
    lengths: dict[str, float] = {}
    total = 0.0
    for smil in smils:
        at = tr("{where}, {name}", where=where, name=smil.name)
        if smil.id not in owners:
            yield _amiss("overlay-orphan", at, tr("no document has it for its overlay"))
        if smil.name not in archive.names:
            continue  # said of the manifest
        clips, found = _clips(at, archive, smil)
        yield from found
        yield from _texts(at, archive, clips)
        yield from _times(at, archive, clips, lengths)
        total += sum(clip.end - clip.start for clip in clips)
        yield from _sum(at, package, smil, sum(clip.end - clip.start for clip in clips))
    for overlay in sorted(owners.keys() - {smil.id for smil in smils}):
        what = tr("its manifest has no overlay « {overlay} »", overlay=overlay)
        yield _amiss("overlay-absent", where, what)
    if smils:
        yield from _sum(where, package, None, total)


def _amiss(code: str, where: str, what: str) -> Finding:
    return Finding(code, where, what, tr(_WHOM), tr(_AGAIN))


def _clips(at: str, archive: Archive, smil: Item) -> tuple[list[Clip], list[Finding]]:
    clips, found = [], []
    for par in archive.xml(smil.name).iter(f"{_SMIL}par"):
        clip = _clip(smil.name, par)
        if clip:
            clips.append(clip)
        else:
            name = par.get("id") or ""
            what = tr("« {name} » lacks its text, its sound or their times", name=name)
            found.append(_amiss("overlay-incomplete", at, what))
    return clips, found


def _clip(base: str, par: etree._Element) -> Clip | None:
    text, audio = par.find(f"{_SMIL}text"), par.find(f"{_SMIL}audio")
    if text is None or audio is None:
        return None
    start = seconds_of(audio.get("clipBegin") or "0s")
    end = seconds_of(audio.get("clipEnd") or "")
    if start is None or end is None:
        return None
    sound = target(base, audio.get("src") or "")[0]
    return Clip(target(base, text.get("src") or ""), sound, start, end)


def _texts(at: str, archive: Archive, clips: list[Clip]) -> Iterator[Finding]:
    """Yield the first fragment that a SMIL names and no document has."""
    ids: dict[str, set[str | None]] = {}
    for clip in clips:
        name, fragment = clip.text
        if name not in ids and name in archive.names:
            ids[name] = {found.get("id") for found in archive.xml(name).iterfind(".//*[@id]")}
        if fragment not in ids.get(name, ()):
            what = tr(
                "it names « {name}#{fragment} », which is not there", name=name, fragment=fragment
            )
            yield _amiss("overlay-fragment", at, what)
            return


def _times(
    at: str, archive: Archive, clips: list[Clip], lengths: dict[str, float]
) -> Iterator[Finding]:
    empty = next((clip for clip in clips if clip.end <= clip.start), None)
    if empty:
        what = tr("the sentence at {start:.1f} s has no length", start=empty.start)
        yield _amiss("overlay-empty", at, what)
    for one, two in pairwise(clips):
        if one.audio == two.audio and two.start < one.end - _AGREE / 100:
            what = tr(
                "the sentence at {start:.1f} s begins before the one before it ends",
                start=two.start,
            )
            yield _amiss("overlay-order", at, what)
            break
    for audio in dict.fromkeys(clip.audio for clip in clips):
        if audio not in archive.names:
            what = tr("its sound « {audio} » is not there", audio=audio)
            yield _amiss("overlay-sound", at, what)
            continue
        if audio not in lengths:
            lengths[audio] = _length(archive, audio)
        last = max(clip.end for clip in clips if clip.audio == audio)
        if lengths[audio] and last > lengths[audio] + _AGREE:
            what = tr(
                "a sentence ends at {last:.1f} s, the sound at {length:.1f} s",
                last=last,
                length=lengths[audio],
            )
            yield _amiss("overlay-beyond", at, what)


def _length(archive: Archive, audio: str) -> float:
    """Return how long a sound in the archive lasts, 0 if its first bytes don't tell."""
    data = archive.head(audio, _OPENING)
    if data[4:8] == b"ftyp":
        return _movie_length(data)
    info = read_info(data[stacked_tags(data)[1] :])
    return (info.duration if info else None) or 0.0


def _movie_length(data: bytes) -> float:
    file = io.BytesIO(data)
    try:
        for box in boxes(file, 0, len(data)):
            if box.kind == "moov":
                head = next(boxes(file, box.start, box.end))
                scale, ticks = (
                    int.from_bytes(data[head.start + at :][:4], "big") for at in (12, 16)
                )
                return ticks / scale if scale else 0.0
    except (ValueError, StopIteration):  # only its beginning is here: its length is not known
        pass
    return 0.0


def _sum(at: str, package: Package, smil: Item | None, total: float) -> Iterator[Finding]:
    """Yield a finding if a told duration is not the sum of what is heard."""
    told = package.meta("media:duration", smil.id if smil else None)
    length = seconds_of(told)
    if length is None:
        what = tr("its package tells no media:duration of it")
        yield _amiss("overlay-duration", at, what)
    elif abs(length - total) > _AGREE:
        what = tr(
            "its media:duration is {told}, but its sentences last {total:.1f} s",
            told=told,
            total=total,
        )
        yield _amiss("overlay-duration", at, what)
