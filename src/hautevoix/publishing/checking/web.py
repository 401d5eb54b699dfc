"""Published files as apps fetch them: HEAD, byte ranges, media types, CORS."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hautevoix.localization import noop, tr
from hautevoix.network.http_client import Answer
from hautevoix.publishing.checking.exchanges import (
    HOST,
    OK,
    PARTIAL,
    RemoteFile,
    answered,
    ranged,
    refusal,
    size_told,
)
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.m4b import check_mp4
from hautevoix.publishing.checking.opening import MOST, check_opening, needed
from hautevoix.publishing.checking.references import path_of
from hautevoix.publishing.checking.tags import json_list
from hautevoix.publishing.files import type_of
from hautevoix.publishing.preview import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.publishing.checking.feed import Channel, Enclosed

_FIRST = 1 << 16  # bytes of an MP3 that are asked for at first: with a small cover they suffice
_NUMBER = re.compile(r"[0-9]{1,18}")
_XML = ("application/rss+xml", "application/xml", "text/xml")
_NO_HEAD = (400, 403, 405, 501)  # how hosts answer HEAD that know only GET
_AUDIO = {"mp3": ("audio/mpeg",), "mp4": ("audio/mp4", "audio/x-m4b", "audio/x-m4a")}
_WHOLE = noop("upload what « hautevoix publish » made, whole")


def check_answers(url: str, feed: Answer, channel: Channel) -> Iterator[Finding]:
    """Yield what is amiss in how a feed and its files are served."""
    if feed.type not in _XML:
        what = tr("the feed is served as « {type} »", type=feed.type)
        yield Finding("feed-type", url, what, tr("some apps refuse it"), tr(HOST))
    yield from _cors(url, feed)
    for item in channel.items:
        if item.url and not is_mp4(item.url):
            yield from check_audio(item.url, item)
        elif item.url:
            yield from check_m4b(item.url, item.length)
        for address, length, _ in item.alternates:
            if is_mp4(address):
                yield from check_m4b(address, length)
        for address in (item.chapters_url, *(address for address, _ in item.transcripts)):
            if address:
                yield from _companion(address)


def is_mp4(url: str) -> bool:
    """Tell whether an address is an M4B's or another MP4's."""
    return path_of(url).lower().endswith((".m4b", ".m4a", ".mp4"))


def check_audio(url: str, item: Enclosed | None) -> Iterator[Finding]:
    """Yield what is amiss in an MP3 and how it is served; ``item`` is what its feed tells of it.

    Its first bytes are fetched, not the whole.
    """
    size, found = _served(url, "mp3", item.length if item else 0)
    yield from found
    if size:
        yield from _opening(url, size, item)


def check_m4b(url: str, length: int) -> Iterator[Finding]:
    """Yield what is amiss in an M4B and how it is served; ``length`` is what its feed tells, or 0.

    Its index is fetched by ranges of bytes, not the sound.
    """
    size, found = _served(url, "mp4", length)
    yield from found
    if not size:
        return
    first = ranged(url, 0, 1)
    if isinstance(first, Finding):
        yield first
    elif first.status != PARTIAL:
        yield _rangeless(url, first.status)
    else:
        try:
            with io.BufferedReader(RemoteFile(url, size), _FIRST) as file:
                yield from check_mp4(url, file, size).findings
        except OSError as error:
            yield Finding("range-refused", url, str(error), tr("nobody can seek in it"), tr(HOST))


def _served(url: str, kind: str, length: int) -> tuple[int, list[Finding]]:
    """Return how many bytes a file has and what is amiss in how it is served.

    0 bytes if it can't be had. ``length`` is what its feed tells, 0 for nothing.
    """
    head = answered(url, "HEAD", Accept_Encoding="identity")
    if isinstance(head, Finding):
        return 0, [head]
    found: list[Finding] = []
    told = head.headers.get("content-length", "")
    if head.status in _NO_HEAD:
        answer = ranged(url, 0, 1)
        if isinstance(answer, Finding):
            return 0, [answer]
        if answer.status not in (OK, PARTIAL):
            return 0, [refusal(url, answer.status)]
        found.append(_headless(url, head.status))
        told = str(size_told(answer) or answer.headers.get("content-length", ""))
        head = answer
    elif head.status != OK:
        return 0, [refusal(url, head.status)]
    if head.type not in _AUDIO[kind]:
        what = tr("it is served as « {type} »", type=head.type)
        found.append(Finding("media-type", url, what, tr("apps refuse to play it"), tr(HOST)))
    size = int(told) if _NUMBER.fullmatch(told) else 0
    if not size or (length and length != size):
        found.append(_wrong_length(url, length, told))
    return size, [*found, *_cors(url, head)]


def _headless(url: str, status: int) -> Finding:
    what = tr("HEAD is answered with {status}, though GET is answered", status=status)
    why = tr("Apple and Spotify ask by HEAD for type and length, and reject it")
    mend = tr("have your host answer HEAD as it answers GET; behind a CDN, allow the method")
    return Finding("head-refused", url, what, why, mend)


def _wrong_length(url: str, length: int, told: str) -> Finding:
    there = told or tr("none")
    what = (
        tr("the feed tells {length} bytes, the host {there}", length=length, there=there)
        if length
        else tr("the host {there}", there=there)
    )
    return Finding("length-wrong", url, what, tr("downloads break off or start again"), tr(_WHOLE))


def _rangeless(url: str, status: int) -> Finding:
    what = tr("a byte range is answered with {status}, not 206", status=status)
    why = tr("nobody can seek without downloading it all; Apple rejects it")
    return Finding("range-refused", url, what, why, tr(HOST))


def _opening(url: str, size: int, item: Enclosed | None) -> Iterator[Finding]:
    """Yield what is amiss in the first bytes, and in how a range of bytes is answered."""
    part = ranged(url, 0, _FIRST)
    if isinstance(part, Answer) and len(part.body) == _FIRST < needed(part.body) <= MOST:
        part = ranged(url, 0, needed(part.body))
    if isinstance(part, Finding):
        yield part
        return
    told = part.headers.get("content-range", "")
    if part.status != PARTIAL or not told:
        yield _rangeless(url, part.status)
    elif told != f"bytes 0-{len(part.body) - 1}/{size}":
        what = tr("a byte range is answered with « {told} », of {size} bytes", told=told, size=size)
        yield Finding("range-wrong", url, what, tr("players seek to the wrong place"), tr(HOST))
    chapters, found = check_opening(url, part.body, size, item)
    yield from found
    if item and item.chapters_url:
        listed = answered(item.chapters_url, most=MOST)
        if isinstance(listed, Answer) and listed.status == OK:  # otherwise told with the others
            yield from json_list(item.chapters_url, listed.body, "startTime", chapters)


def _companion(url: str) -> Iterator[Finding]:
    head = answered(url, "HEAD")
    if isinstance(head, Finding):
        yield head
        return
    if head.status in _NO_HEAD:
        head = ranged(url, 0, 1)
        if isinstance(head, Finding):
            yield head
            return
    if head.status not in (OK, PARTIAL):
        yield refusal(url, head.status)
        return
    wanted = (type_of(url) or "").split(";")[0]
    loose = {wanted, "application/json"} if url.endswith(".json") else {wanted}
    if head.type not in loose:
        what = tr("it is served as « {type} », not « {wanted} »", type=head.type, wanted=wanted)
        yield Finding("media-type", url, what, tr("apps skip it"), tr(HOST), advice=True)
    yield from _cors(url, head)


def _cors(url: str, answer: Answer) -> Iterator[Finding]:
    if urlsplit(url).hostname in (LOOPBACK, "localhost"):  # a preview, which is nobody else's
        return
    if answer.headers.get("access-control-allow-origin") not in ("*", "https://player.example"):
        yield Finding(
            "cors-missing",
            url,
            tr("other sites may not read it (no Access-Control-Allow-Origin)"),
            tr("players in web browsers show no chapters, transcripts or waveforms"),
            tr("have your host send « Access-Control-Allow-Origin: * »"),
            advice=True,
        )
