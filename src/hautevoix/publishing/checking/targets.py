"""What there is to check at a path or an address, and all findings on it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from hautevoix.errors import InputError, NetworkError
from hautevoix.localization import noop, tr
from hautevoix.parsing.bounded import file_bytes
from hautevoix.publishing import cover
from hautevoix.publishing.checking.feed import check_feed
from hautevoix.publishing.checking.findings import Finding, Sound
from hautevoix.publishing.checking.mp3 import (
    ACX,
    CHAPTERS,
    TIMELINE,
    Seen,
    check_mp3,
    profile_of,
)
from hautevoix.publishing.checking.tags import disagreement, json_list
from hautevoix.publishing.checking.web import answered, check_answers, check_audio, fetch
from hautevoix.publishing.state import FEED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.publishing.checking.feed import Channel, Enclosed

    Measurer = Callable[[Path], Sound]

_OK = 200
_ROUNDED = 1.5  # seconds that a length may be off: a feed tells whole ones
_LARGEST = 256 << 20  # bytes of a feed, a picture or a list that is looked at
_AGAIN = noop("publish it again: hautevoix publish")


def check_path(path: Path, measure: Measurer | None) -> list[Finding]:
    """Return what is amiss in an MP3, a feed's file, a built folder or a published site.

    Raises InputError if there is nothing to check.
    """
    if path.is_file() and path.suffix.lower() == ".mp3":
        seen = check_mp3(path, measure)
        return [*seen.findings, *_timeline(path, seen)]
    if path.is_file() and path.suffix.lower() in (".xml", ".rss"):
        return list(_site(path, measure))
    if (path / FEED).is_file():
        return list(_site(path / FEED, measure))
    mp3s = sorted(path.glob("*.mp3")) or sorted(path.glob("*/*.mp3")) if path.is_dir() else []
    if not mp3s:
        raise _unchecked(path)
    mp3s += [mp3 for book in mp3s if profile_of(book) == ACX for mp3 in _parts(book)]
    return [finding for mp3 in mp3s for finding in check_path(mp3, measure)]


def _parts(book: Path) -> list[Path]:
    """Return the MP3s of a book's chapters, which are what ACX is given."""
    return sorted((book.parent / CHAPTERS).glob("*.mp3"))


def _unchecked(path: Path) -> InputError:
    m4b = path.suffix.lower() == ".m4b" or (path.is_dir() and any(path.rglob("*.m4b")))
    if m4b and path.exists():
        return InputError(
            tr("{path}: an M4B is not checked, an MP3 is.", path=path),
            advice=tr("Make both and name the MP3: hautevoix build TEXT --format mp3,m4b"),
        )
    return InputError(
        tr("{path}: nothing in it can be checked.", path=path),
        advice=tr("Name an MP3, a folder with one, a published site, or a feed's address."),
    )


def check_url(url: str) -> list[Finding]:
    """Return what is amiss in a published feed or MP3.

    Raises NetworkError if it is not there, InputError for what is no address.
    """
    try:
        path = urlsplit(url).path
    except ValueError as error:
        raise InputError(
            tr("« {url} » is no address: {error}.", url=url, error=error), advice=tr("Correct it.")
        ) from None
    if path.lower().endswith(".mp3"):
        return list(check_audio(url, None))
    answer = fetch(url)
    if answer.status != _OK:
        raise NetworkError(
            tr("{url} is answered with {status}.", url=url, status=answer.status),
            advice=tr("Check the address."),
        )
    channel = check_feed(answer.body, url, time.time())
    found = list(channel.findings)
    if channel.self_url and channel.self_url != url:
        what = tr("the feed says that it is at {self_url}", self_url=channel.self_url)
        found.append(
            Finding(url, what, tr("apps follow that address"), tr("publish with that --base-url"))
        )
    found += check_answers(url, answer, channel)
    for picture in sorted({channel.image, *(item.image for item in channel.items)} - {""}):
        got = answered(picture)
        found += [got] if isinstance(got, Finding) else _cover(picture, got.body)
    return found


def _site(feed: Path, measure: Measurer | None) -> Iterator[Finding]:
    channel = check_feed(_read(feed), feed.name, time.time())
    yield from channel.findings
    pictures = {channel.image, *(item.image for item in channel.items)} - {""}
    for picture in sorted(pictures):
        path = _path(feed, channel, picture)
        if path:
            yield from _cover(path.name, _read(path))
        else:
            yield _absent(picture)
    for item in channel.items:
        yield from _item(feed, channel, item, measure)


def _read(path: Path) -> bytes:
    try:
        return file_bytes(path, _LARGEST)
    except OSError as error:
        raise InputError(
            tr("{path} can't be read: {strerror}.", path=path, strerror=error.strerror)
        ) from error
    except ValueError as error:
        raise InputError(
            tr("{path} can't be read: {strerror}.", path=path, strerror=error)
        ) from None


def _path(feed: Path, channel: Channel, url: str) -> Path | None:
    """Return the file that an address of the site stands for, None if it is not there."""
    base = urljoin(channel.self_url, ".")
    if not base or not url.startswith(base):
        return None
    path = feed.parent / unquote(url.removeprefix(base))
    inside = path.resolve().is_relative_to(feed.parent.resolve())
    return path if inside and path.is_file() else None


def _absent(url: str) -> Finding:
    return Finding(url, tr("the site has no such file"), tr("apps get an error for it"), tr(_AGAIN))


def _item(
    feed: Path, channel: Channel, item: Enclosed, measure: Measurer | None
) -> Iterator[Finding]:
    for url in (item.chapters_url, *(url for url, _ in item.transcripts)):
        if url and not _path(feed, channel, url):
            yield _absent(url)
    if not item.url:  # said already
        return
    mp3 = _path(feed, channel, item.url)
    if mp3 is None:
        yield _absent(item.url)
        return
    size = mp3.stat().st_size
    if size != item.length:
        what = tr(
            "the feed tells {length} bytes, the file has {size}", length=item.length, size=size
        )
        yield Finding(mp3.name, what, tr("downloads break off or start again"), tr(_AGAIN))
    seen = check_mp3(mp3, measure)
    yield from seen.findings
    if abs(seen.duration - item.duration) > _ROUNDED:
        what = tr(
            "the feed tells {duration:.0f} s, the file has {duration2:.0f} s",
            duration=item.duration,
            duration2=seen.duration,
        )
        yield Finding(mp3.name, what, tr("apps show a wrong length"), tr(_AGAIN))
    yield from _lists(feed, channel, item, seen)


def _lists(feed: Path, channel: Channel, item: Enclosed, seen: Seen) -> Iterator[Finding]:
    """Yield where another chapter list than the tag's says otherwise."""
    if item.psc:
        yield from disagreement(item.title, "psc:chapters", list(item.psc), seen.chapters)
    path = _path(feed, channel, item.chapters_url) if item.chapters_url else None
    if path:
        yield from json_list(path.name, _read(path), "startTime", seen.chapters)


def _timeline(mp3: Path, seen: Seen) -> Iterator[Finding]:
    path = mp3.with_suffix(TIMELINE)
    if path.is_file():
        yield from json_list(path.name, _read(path), "start", seen.chapters)


def _cover(where: str, data: bytes) -> Iterator[Finding]:
    try:
        faults = list(cover.faults(data))
    except (OSError, ValueError) as error:
        faults = [cover.Fault(tr("it is no picture: {error}", error=error), fatal=True)]
    for fault in faults:
        mend = tr(
            "give a square JPEG or PNG, RGB, {smallest} to {side} pixels a side",
            smallest=cover.SMALLEST,
            side=cover.SIDE,
        )
        yield Finding(where, fault.what, tr("Apple rejects the feed"), mend)
