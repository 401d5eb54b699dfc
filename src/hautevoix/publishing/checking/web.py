"""A published feed as apps fetch it: HEAD, byte ranges, media types, CORS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hautevoix.errors import NetworkError
from hautevoix.localization import noop, tr
from hautevoix.network.http_client import Answer, Unanswered, answer_of, opened, prepared
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.opening import MOST, check_opening, needed
from hautevoix.publishing.checking.tags import json_list
from hautevoix.publishing.files import type_of
from hautevoix.publishing.preview import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.publishing.checking.feed import Channel, Enclosed

_TIMEOUT = 20  # seconds, to connect and between two pieces of an answer
_FIRST = 1 << 16  # bytes of an MP3 that are asked for at first: with a small cover they suffice
_LARGEST = 64 << 20  # bytes of a feed, a picture or a chapter list
_PARTIAL, _OK = 206, 200
_HOST = noop("ask your host, or choose another: GitHub Pages, Netlify, S3 and nginx all do it")
_NUMBER = re.compile(r"[0-9]{1,18}")
_XML = ("application/rss+xml", "application/xml", "text/xml")


def fetch(url: str, method: str = "GET", *, most: int | None = None, **headers: str) -> Answer:
    """Return what the host answers, its first ``most`` bytes where that is told.

    Raises NetworkError if nothing comes, or far too much.
    """
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    told["Origin"] = "https://player.example"
    body = most or _LARGEST + 1 if method == "GET" else 0
    try:
        with opened(prepared(method, url, told), _TIMEOUT, redirects=True) as response:
            answer = answer_of(response, body)
    except Unanswered as lost:
        raise NetworkError(
            tr("{url} can't be reached: {reason}.", url=url, reason=lost.reason),
            advice=tr("Check the address and the network."),
        ) from lost
    if len(answer.body) > _LARGEST:
        raise NetworkError(
            tr("{url}: the answer is over {largest} MiB.", url=url, largest=_LARGEST >> 20)
        )
    return answer


def answered(
    url: str, method: str = "GET", *, most: int | None = None, **headers: str
) -> Answer | Finding:
    """Return what the host answers, or the finding that it does not."""
    try:
        return fetch(url, method, most=most, **headers)
    except NetworkError as error:
        return Finding(url, error.message.rstrip("."), tr("apps get an error for it"), tr(_HOST))


def check_answers(url: str, feed: Answer, channel: Channel) -> Iterator[Finding]:
    """Yield what is amiss in how a feed and its files are served."""
    if feed.type not in _XML:
        yield Finding(
            url,
            tr("the feed is served as « {type} »", type=feed.type),
            tr("some apps refuse it"),
            tr(_HOST),
        )
    yield from _cors(url, feed)
    for item in channel.items:
        yield from check_audio(item.url, item)
        for address in (item.chapters_url, *(address for address, _ in item.transcripts)):
            if address:
                yield from _companion(address)


def check_audio(url: str, item: Enclosed | None) -> Iterator[Finding]:
    """Yield what is amiss in an MP3 and how it is served; ``item`` is what its feed tells of it.

    Its first bytes are fetched, not the whole.
    """
    head = answered(url, "HEAD", Accept_Encoding="identity")
    if isinstance(head, Finding):
        yield head
        return
    if head.status != _OK:
        yield Finding(
            url,
            tr("HEAD is answered with {status}", status=head.status),
            tr("Apple rejects it"),
            tr(_HOST),
        )
        return
    if head.type != "audio/mpeg":
        yield Finding(
            url,
            tr("it is served as « {type} »", type=head.type),
            tr("apps refuse to play it"),
            tr(_HOST),
        )
    told = head.headers.get("content-length", "")
    size = int(told) if _NUMBER.fullmatch(told) else 0
    if not size or (item and item.length != size):
        there = told or tr("none")
        yield Finding(
            url,
            tr("the feed tells {length} bytes, the host {there}", length=item.length, there=there)
            if item
            else tr("the host tells {there} as its length", there=there),
            tr("downloads break off or start again"),
            tr("upload what « hautevoix publish » made, whole"),
        )
    yield from _cors(url, head)
    if size:
        yield from _opening(url, size, item)


def _opening(url: str, size: int, item: Enclosed | None) -> Iterator[Finding]:
    """Yield what is amiss in the first bytes, and in how a range of bytes is answered."""
    part = _ranged(url, _FIRST)
    if isinstance(part, Answer) and len(part.body) == _FIRST < needed(part.body) <= MOST:
        part = _ranged(url, needed(part.body))
    if isinstance(part, Finding):
        yield part
        return
    told = part.headers.get("content-range", "")
    if part.status != _PARTIAL or not told:
        yield Finding(
            url,
            tr("a byte range is answered with {status}, not 206", status=part.status),
            tr("nobody can seek without downloading it all; Apple rejects it"),
            tr(_HOST),
        )
    elif told != f"bytes 0-{len(part.body) - 1}/{size}":
        what = tr("a byte range is answered with « {told} », of {size} bytes", told=told, size=size)
        yield Finding(url, what, tr("players seek to the wrong place"), tr(_HOST))
    chapters, found = check_opening(url, part.body, size, item)
    yield from found
    if item and item.chapters_url:
        listed = answered(item.chapters_url, most=MOST)
        if isinstance(listed, Answer) and listed.status == _OK:  # otherwise told with the others
            yield from json_list(item.chapters_url, listed.body, "startTime", chapters)


def _ranged(url: str, count: int) -> Answer | Finding:
    return answered(url, most=count, Range=f"bytes=0-{count - 1}", Accept_Encoding="identity")


def _companion(url: str) -> Iterator[Finding]:
    head = answered(url, "HEAD")
    if isinstance(head, Finding):
        yield head
        return
    if head.status != _OK:
        yield Finding(
            url,
            tr("it is answered with {status}", status=head.status),
            tr("apps show none"),
            tr(_HOST),
        )
        return
    wanted = (type_of(url) or "").split(";")[0]
    loose = {wanted, "application/json"} if url.endswith(".json") else {wanted}
    if head.type not in loose:
        yield Finding(
            url,
            tr("it is served as « {type} », not « {wanted} »", type=head.type, wanted=wanted),
            tr("apps skip it"),
            tr(_HOST),
            advice=True,
        )
    yield from _cors(url, head)


def _cors(url: str, answer: Answer) -> Iterator[Finding]:
    if urlsplit(url).hostname in (LOOPBACK, "localhost"):  # a preview, which is nobody else's
        return
    if answer.headers.get("access-control-allow-origin") not in ("*", "https://player.example"):
        yield Finding(
            url,
            tr("other sites may not read it (no Access-Control-Allow-Origin)"),
            tr("players in web browsers show no chapters, transcripts or waveforms"),
            tr("have your host send « Access-Control-Allow-Origin: * »"),
            advice=True,
        )
