"""A published feed as apps fetch it: HEAD, byte ranges, media types, CORS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import requests

from hautevoix.errors import NetworkError
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.preview import type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.publishing.checking.feed import Channel

_TIMEOUT = 20  # seconds, to connect and between two pieces of an answer
_LARGEST = 64 << 20  # bytes of a feed, a picture or a chapter list
_PARTIAL, _OK = 206, 200
_HOST = "ask your host, or choose another: GitHub Pages, Netlify, S3 and nginx all do it"
_XML = ("application/rss+xml", "application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered; ``headers`` have names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes = b""

    @property
    def type(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


def fetch(url: str, method: str = "GET", **headers: str) -> Answer:
    """Return what the host answers. Raises NetworkError if nothing, or far too much."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    told["Origin"] = "https://player.example"
    try:
        with requests.request(
            method, url, headers=told, timeout=_TIMEOUT, stream=True, allow_redirects=True
        ) as answer:
            body = b""
            for chunk in answer.iter_content(1 << 16) if method == "GET" else ():
                body += chunk
                if len(body) > _LARGEST:
                    raise NetworkError(f"{url}: the answer is over {_LARGEST >> 20} MiB.")
            names = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status_code, names, body)
    except (requests.RequestException, ValueError) as error:
        raise NetworkError(
            f"{url} can't be reached: {_reason(error)}.",
            advice="Check the address and the network.",
        ) from error


def _reason(error: Exception) -> str:
    reasons = {
        requests.exceptions.SSLError: "its certificate is not valid",
        requests.exceptions.Timeout: f"no answer within {_TIMEOUT} s",
        requests.exceptions.TooManyRedirects: "it redirects without end",
        requests.exceptions.ConnectionError: "no connection, or its name is unknown",
    }
    return next((told for kind, told in reasons.items() if isinstance(error, kind)), str(error))


def answered(url: str, method: str = "GET", **headers: str) -> Answer | Finding:
    """Return what the host answers, or the finding that it does not."""
    try:
        return fetch(url, method, **headers)
    except NetworkError as error:
        return Finding(url, error.message.rstrip("."), "apps get an error for it", _HOST)


def check_answers(url: str, feed: Answer, channel: Channel) -> Iterator[Finding]:
    """Yield what is amiss in how a feed and its files are served."""
    if feed.type not in _XML:
        yield Finding(url, f"the feed is served as « {feed.type} »", "some apps refuse it", _HOST)
    yield from _cors(url, feed)
    for item in channel.items:
        yield from check_audio(item.url, item.length)
        for address in (item.chapters_url, *(address for address, _ in item.transcripts)):
            if address:
                yield from _companion(address)


def check_audio(url: str, length: int | None) -> Iterator[Finding]:
    """Yield what is amiss in how an MP3 is served; ``length`` is what its feed tells of it."""
    head = answered(url, "HEAD", Accept_Encoding="identity")
    if isinstance(head, Finding):
        yield head
        return
    if head.status != _OK:
        yield Finding(url, f"HEAD is answered with {head.status}", "Apple rejects it", _HOST)
        return
    if head.type != "audio/mpeg":
        yield Finding(url, f"it is served as « {head.type} »", "apps refuse to play it", _HOST)
    told = head.headers.get("content-length", "")
    if length is None:
        length = int(told) if told.isdecimal() else 0
    if told != str(length):
        yield Finding(
            url,
            f"the feed tells {length} bytes, the host {told or 'none'}",
            "downloads break off or start again",
            "upload what « hautevoix publish » made, whole",
        )
    part = answered(url, Range="bytes=0-99", Accept_Encoding="identity") if length else head
    if isinstance(part, Finding):
        yield part
    elif part.status != _PARTIAL or not part.headers.get("content-range"):
        yield Finding(
            url,
            f"a byte range is answered with {part.status}, not 206",
            "nobody can seek without downloading it all; Apple rejects it",
            _HOST,
        )
    yield from _cors(url, head)


def _companion(url: str) -> Iterator[Finding]:
    head = answered(url, "HEAD")
    if isinstance(head, Finding):
        yield head
        return
    if head.status != _OK:
        yield Finding(url, f"it is answered with {head.status}", "apps show none", _HOST)
        return
    wanted = (type_of(url) or "").split(";")[0]
    loose = {wanted, "application/json"} if url.endswith(".json") else {wanted}
    if head.type not in loose:
        yield Finding(
            url,
            f"it is served as « {head.type} », not « {wanted} »",
            "apps skip it",
            _HOST,
            advice=True,
        )
    yield from _cors(url, head)


def _cors(url: str, answer: Answer) -> Iterator[Finding]:
    if answer.headers.get("access-control-allow-origin") not in ("*", "https://player.example"):
        yield Finding(
            url,
            "other sites may not read it (no Access-Control-Allow-Origin)",
            "players in web browsers show no chapters, transcripts or waveforms",
            "have your host send « Access-Control-Allow-Origin: * »",
            advice=True,
        )
