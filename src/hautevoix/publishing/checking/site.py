"""A published site on this machine: its feed, and every file that feed and pages lead to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hautevoix.errors import InputError
from hautevoix.localization import noop, tr
from hautevoix.parsing.bounded import file_bytes
from hautevoix.publishing.checking import cover, page
from hautevoix.publishing.checking.epub import check_epub
from hautevoix.publishing.checking.feed import check_feed
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.mp3 import Seen, check_mp3
from hautevoix.publishing.checking.references import is_file, joined, lies_within
from hautevoix.publishing.checking.single import check_m4b_file, check_page, is_mp4
from hautevoix.publishing.checking.tags import disagreement, json_list
from hautevoix.publishing.checking.transcripts import check_transcript, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hautevoix.publishing.checking.cues import ReadCue
    from hautevoix.publishing.checking.feed import Channel, Enclosed
    from hautevoix.publishing.checking.hearing import Measurer

_ROUNDED = 1.5  # seconds that a length may be off: a feed tells whole ones
_LARGEST = 256 << 20  # bytes of a feed, a picture or a list that is looked at
_AGAIN = noop("publish it again: hautevoix publish")


class Site:
    """A site that is checked: what was seen of each MP3, the cues of each transcript."""

    def __init__(self, feed: Path, measure: Measurer | None) -> None:
        """Read the feed. Raises InputError if it can't be read."""
        self._feed = feed
        self._measure = measure
        self._channel: Channel = check_feed(_read(feed), feed.name, time.time())
        self._seen: dict[Path, Seen] = {}
        self._cues: dict[Path, tuple[str, list[ReadCue]]] = {}

    def findings(self) -> Iterator[Finding]:
        """Yield all that is amiss."""
        yield from self._channel.findings
        pictures = {self._channel.image, *(item.image for item in self._channel.items)} - {""}
        for picture in sorted(pictures):
            path = self._path(picture)
            yield from cover.named(path.name, _read(path)) if path else [_absent(picture)]
        for item in self._channel.items:
            yield from self._item(item)
        if (self._feed.parent / "index.html").is_file():
            yield from check_page(self._feed.parent / "index.html")[1]
        for index in sorted(self._feed.parent.glob("*/index.html")):
            yield from self._page(index)

    def _path(self, url: str) -> Path | None:
        """Return the file that an address of the site stands for, None if it is not there."""
        base = joined(self._channel.self_url, ".")
        if not base or not url.startswith(base):
            return None
        path = self._feed.parent / unquote(url.removeprefix(base))
        return path if lies_within(path, self._feed.parent) and is_file(path) else None

    def _item(self, item: Enclosed) -> Iterator[Finding]:
        for url in (item.chapters_url, *(url for url, _ in item.transcripts)):
            if url and not self._path(url):
                yield _absent(url)
        for url, length, _ in item.alternates:
            path = self._path(url)
            yield from _size(path, length) if path else [_absent(url)]
        if not item.url:  # said already
            return
        audio = self._path(item.url)
        if audio is None:
            yield _absent(item.url)
            return
        yield from _size(audio, item.length)
        if is_mp4(audio):
            yield from check_m4b_file(audio, self._measure)
            return
        seen, found = self._mp3(audio)
        yield from found
        if abs(seen.duration - item.duration) > _ROUNDED:
            what = tr(
                "the feed tells {duration:.0f} s, the file has {duration2:.0f} s",
                duration=item.duration,
                duration2=seen.duration,
            )
            why = tr("apps show a wrong length")
            yield Finding("duration-wrong", audio.name, what, why, tr(_AGAIN))
        yield from self._lists(item, seen)
        yield from self._transcripts(audio, item, seen)

    def _mp3(self, path: Path) -> tuple[Seen, tuple[Finding, ...]]:
        """Return an MP3 and, the first time, what is amiss in it."""
        if path in self._seen:
            return self._seen[path], ()
        self._seen[path] = check_mp3(path, self._measure)
        return self._seen[path], self._seen[path].findings

    def _lists(self, item: Enclosed, seen: Seen) -> Iterator[Finding]:
        """Yield where another chapter list than the tag's says otherwise."""
        if item.psc:
            yield from disagreement(item.title, "psc:chapters", list(item.psc), seen.chapters)
        path = self._path(item.chapters_url) if item.chapters_url else None
        if path:
            yield from json_list(path.name, _read(path), "startTime", seen.chapters)

    def _transcripts(self, audio: Path, item: Enclosed, seen: Seen) -> Iterator[Finding]:
        for url, _ in item.transcripts:
            path = self._path(url)
            if path is None:  # said already
                continue
            suffix = path.suffix.lower()
            cues, found = check_transcript(path.name, _read(path), suffix, seen.duration)
            yield from found
            if cues is None:
                continue
            name, first = self._cues.setdefault(audio, (path.name, cues))
            if first is not cues:
                yield from same_words(path.name, cues, name, first)

    def _page(self, index: Path) -> Iterator[Finding]:
        """Yield what is amiss in a book's page, and in the files that it leads to."""
        read, found = check_page(index)
        yield from found
        audio = index.parent / read.audio
        seen: Seen | None = None
        if read.audio and is_file(audio):
            seen, found_of_mp3 = self._mp3(audio)
            yield from found_of_mp3
        if audio in self._cues and read.sentences:
            where = f"{index.parent.name}/{index.name}"
            yield from page.against_transcript(where, read, *self._cues[audio])
        starts = [chapter.start for chapter in seen.chapters] if seen else None
        for path in (index.parent / link for link in read.links):
            if path.suffix.lower() == ".epub" and is_file(path):
                yield from check_epub(path)
            elif is_mp4(path) and is_file(path):
                yield from check_m4b_file(path, self._measure, starts)


def _size(path: Path, told: int) -> list[Finding]:
    size = path.stat().st_size
    if size == told:
        return []
    what = tr("the feed tells {length} bytes, the file has {size}", length=told, size=size)
    why = tr("downloads break off or start again")
    return [Finding("length-wrong", path.name, what, why, tr(_AGAIN))]


def _read(path: Path) -> bytes:
    try:
        return file_bytes(path, _LARGEST)
    except (OSError, ValueError) as error:  # of the disk; of what is no file, or too large
        why = error.strerror if isinstance(error, OSError) else error
        message = tr("{path} can't be read: {strerror}.", path=path, strerror=why)
        raise InputError(message) from error


def _absent(url: str) -> Finding:
    what = tr("the site has no such file")
    return Finding("file-absent", url, what, tr("apps get an error for it"), tr(_AGAIN))
