"""What there is at an address: a feed with its files, a sound, a page, an EPUB, a transcript."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from posixpath import basename
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hautevoix.errors import InputError, NetworkError
from hautevoix.localization import tr
from hautevoix.publishing.checking import cover, page, single, web
from hautevoix.publishing.checking.exchanges import GONE, OK, answered, download, fetch, refusal
from hautevoix.publishing.checking.feed import check_feed
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.references import joined, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hautevoix.network.http_client import Answer
    from hautevoix.publishing.checking.feed import Channel
    from hautevoix.publishing.checking.hearing import Measurer

_HTML = "text/html"
_LONGEST_NAME = 60  # characters of a name that every disk takes, whatever they are
_FETCHED = (".epub", ".vtt", ".srt", ".json")  # small enough to be had whole


def check_url(url: str, measure: Measurer | None = None) -> list[Finding]:
    """Return what is amiss in what is published at an address.

    With ``measure``, sound is downloaded whole and heard; without, its beginning or index is read.
    Raises NetworkError if it is not there, InputError for what is no address, DiskError.
    """
    try:
        path = urlsplit(url).path.lower()
    except ValueError as error:
        raise InputError(
            tr("« {url} » is no address: {error}.", url=url, error=error),
            advice=tr("Correct it."),
        ) from None
    if path.endswith(".mp3"):
        return _with_sound(web.check_audio(url, None), [url], measure)
    if web.is_mp4(url):
        return _with_sound(web.check_m4b(url, 0), [url], measure)
    if path.endswith(_FETCHED):
        return list(_whole(url, None))
    answer = fetch(url)
    if answer.status != OK:
        raise NetworkError(
            tr("{url} is answered with {status}.", url=url, status=answer.status),
            advice=f"{refusal(url, answer.status).mend.capitalize()}.",
        )
    if answer.type == _HTML:
        return list(_page(url, answer))
    channel = check_feed(answer.body, url, time.time())
    sounds = [item.url for item in channel.items if item.url]
    sounds += [alternate for item in channel.items for alternate, _, _ in item.alternates]
    return _with_sound(_feed(url, answer, channel), list(dict.fromkeys(sounds)), measure)


def _feed(url: str, answer: Answer, channel: Channel) -> Iterator[Finding]:
    """Yield what is amiss in a feed, in how it is served, and in its pictures."""
    yield from channel.findings
    if channel.self_url and channel.self_url != url:
        what = tr("the feed says that it is at {self_url}", self_url=channel.self_url)
        why = tr("apps follow that address")
        yield Finding("self-elsewhere", url, what, why, tr("publish with that --base-url"))
    yield from web.check_answers(url, answer, channel)
    for picture in sorted({channel.image, *(item.image for item in channel.items)} - {""}):
        got = answered(picture)
        if isinstance(got, Finding):
            yield got
        elif got.status != OK:
            yield refusal(picture, got.status)
        else:
            yield from cover.named(picture, got.body)


def _with_sound(
    found: Iterable[Finding], sounds: list[str], measure: Measurer | None
) -> list[Finding]:
    """Return findings, and those on sounds that are downloaded if they are to be measured."""
    told = list(found)
    lost = {finding.where for finding in told if finding.code in ("not-served", "host-silent")}
    for url in sounds if measure else ():
        if url not in lost:
            known = {(finding.where, finding.code) for finding in told}
            more = _whole(url, measure)
            told += [finding for finding in more if (finding.where, finding.code) not in known]
    return told


def _whole(url: str, measure: Measurer | None) -> Iterator[Finding]:
    """Yield what is amiss in a file that is downloaded, its sound measured with ``measure``."""
    with tempfile.TemporaryDirectory(prefix="hautevoix-check-") as folder:
        name = basename(path_of(url)).replace("\0", "").strip(".")[-_LONGEST_NAME:]
        path = Path(folder) / (name or "file")
        download(url, path)
        suffix = path.suffix.lower()
        check = single.CHECKS.get(suffix)
        found = check(path) if check else single.check_audio(path, measure)
        for finding in found:
            yield replace(finding, where=url)


def _page(url: str, answer: Answer) -> Iterator[Finding]:
    """Yield what is amiss in a page, and in the files that it names."""

    def exists(link: str) -> bool:
        got = answered(joined(url, link), "HEAD")
        return not isinstance(got, Finding) and got.status not in GONE

    with tempfile.TemporaryDirectory(prefix="hautevoix-check-") as folder:
        path = Path(folder) / "index.html"
        path.write_bytes(answer.body)
        read, found = page.read_page(path, exists)
    yield from (replace(finding, where=url) for finding in found)
    yield from page.against_sound(url, read, 0.0)
