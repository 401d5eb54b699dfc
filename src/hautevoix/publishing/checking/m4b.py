"""An M4B as audiobook players see it: boxes, sound, chapters, cover, tags; loudness."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.publishing.checking.cover import carried
from hautevoix.publishing.checking.findings import AGAIN, Finding, ascii_name
from hautevoix.publishing.checking.movie import read_movie
from hautevoix.publishing.checking.wording import check_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from hautevoix.publishing.checking.movie import Movie, Track

_BRANDS = {"M4B ", "M4A ", "mp42", "mp41", "isom", "iso2", "iso5", "iso6"}
_AGREE = 1.0  # seconds
_CODED = ("mp4a", "alac", "ac-3", "ec-3")
_NAMED = (
    ("\xa9nam", noop("title"), noop("build it with --title, or say title = … in the sidecar")),
    ("\xa9ART", noop("author"), noop("build it with --author, or say author = … in the sidecar")),
)
_COVER = noop("say cover = … in the sidecar, and build it again")
_PLAYERS = noop("players list chapters wrongly or not at all")


@dataclass(frozen=True, slots=True)
class SeenM4b:
    """What an M4B turned out to be: seconds, the chapters' starts, what is amiss."""

    duration: float
    starts: tuple[float, ...]
    findings: tuple[Finding, ...]


def check_m4b(path: Path) -> SeenM4b:
    """Return what is amiss in an M4B file, its sound left aside."""
    named = ascii_name(path.name, path.name)
    try:
        with path.open("rb") as file:
            seen = check_mp4(path.name, file, path.stat().st_size)
    except OSError as error:
        what = tr("it can't be read: {error}", error=error.strerror or error)
        told = Finding("m4b-unreadable", path.name, what, tr("nobody can play it"), tr(AGAIN))
        return SeenM4b(0.0, (), (told,))
    return SeenM4b(seen.duration, seen.starts, (*named, *seen.findings))


def check_mp4(where: str, file: BinaryIO, size: int) -> SeenM4b:
    """Return what is amiss in the M4B of ``size`` bytes that ``file`` holds. Raises OSError."""
    try:
        movie = read_movie(file, size)
    except ValueError as error:
        what = tr("it can't be read: {error}", error=error)
        told = Finding("m4b-unreadable", where, what, tr("nobody can play it"), tr(AGAIN))
        return SeenM4b(0.0, (), (told,))
    found = [
        *_boxes(where, movie),
        *_sound(where, movie),
        *_chapters(where, movie),
        *_tags(where, movie),
    ]
    return SeenM4b(movie.duration, tuple(start for start, _ in movie.chapters), tuple(found))


def _boxes(where: str, movie: Movie) -> Iterator[Finding]:
    if not _BRANDS & set(movie.brands):
        what = tr("its brand is « {brand} »", brand=movie.brands[0])
        yield Finding("m4b-brand", where, what, tr("players refuse it"), tr(AGAIN))
    kinds = [box.kind for box in movie.top]
    if "mdat" in kinds and kinds.index("mdat") < kinds.index("moov"):
        yield Finding(
            "m4b-index-last",
            where,
            tr("its index stands after the sound"),
            tr("on the web it starts only when all of it is there"),
            tr(AGAIN),
            advice=True,
        )


def _sound(where: str, movie: Movie) -> Iterator[Finding]:
    sound = movie.sound
    if sound is None or sound.coding not in _CODED or not sound.samples:
        what = tr("no sound that players know is in it")
        yield Finding("m4b-soundless", where, what, tr("nobody can play it"), tr(AGAIN))
        return
    yield from _placed(where, movie, sound)
    if abs(sound.duration - movie.duration) > _AGREE:
        what = tr(
            "its header tells {told:.1f} s, its sound has {there:.1f} s",
            told=movie.duration,
            there=sound.duration,
        )
        yield Finding("length-wrong", where, what, tr("players show a wrong length"), tr(AGAIN))


def _placed(where: str, movie: Movie, sound: Track) -> Iterator[Finding]:
    """Yield a finding if the index points to where no media are."""
    media = [(box.start, box.end) for box in movie.top if box.kind == "mdat"]
    for place, size in sound.samples:
        if not any(start <= place and place + size <= end for start, end in media):
            what = tr("its index points to sound that is not in it (byte {place})", place=place)
            yield Finding(
                "m4b-misplaced", where, what, tr("players stop or crackle there"), tr(AGAIN)
            )
            return


def _chapters(where: str, movie: Movie) -> Iterator[Finding]:
    if not movie.chapters:
        yield Finding(
            "chapters-missing",
            where,
            tr("it has no chapters"),
            tr("Audiobookshelf and Apple Books show one long stretch"),
            tr("build it again with Hautevoix: build TEXT --format mp3,m4b"),
        )
        return
    starts = [start for start, _ in movie.chapters]
    if starts[0] > _AGREE:
        what = tr("its first chapter starts at {starts:.1f} s", starts=starts[0])
        yield Finding("chapters-first", where, what, tr(_PLAYERS), tr("start it at 0"))
    if any(one > two for one, two in pairwise(starts)):
        what = tr("its chapters don't stand in the order of time")
        yield Finding("chapters-order", where, what, tr(_PLAYERS), tr(AGAIN))
    if any(one == two for one, two in pairwise(starts)):
        yield Finding(
            "chapters-empty", where, tr("a chapter has no length"), tr(_PLAYERS), tr(AGAIN)
        )
    if max(starts) >= movie.duration + _AGREE:
        what = tr("a chapter lies beyond the end of the audio")
        yield Finding("chapters-beyond", where, what, tr(_PLAYERS), tr(AGAIN))
    for start, title in movie.chapters:
        yield from check_title(where, title)
        if not title.strip():
            what = tr("the chapter at {start:.0f} s has no title", start=start)
            yield Finding("chapters-untitled", where, what, tr(_PLAYERS), tr(AGAIN))


def _tags(where: str, movie: Movie) -> Iterator[Finding]:
    for name, told, mend in _NAMED:
        text = movie.tags.get(name, b"").decode("utf-8", "replace")
        yield from check_title(where, text)
        if not text.strip():
            what = tr("its tags name no {told}", told=tr(told))
            advice = name != "\xa9nam"
            yield Finding(
                "tag-unnamed", where, what, tr("listeners can't find it"), tr(mend), advice=advice
            )
    yield from carried(where, movie.tags.get("covr"), _COVER)
