"""A file from the network: gone on with where it stopped, never more than it may be."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError, NetworkError
from hautevoix.localization import noop, tr
from hautevoix.network.http_client import Unanswered, opened, prepared

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import requests

    Progress = Callable[[int, int], None]

_CHUNK = 1 << 16  # bytes between two looks at how far it is
_STALL = 30.0  # seconds without a byte after which a connection is dead
_ATTEMPTS = 4  # with 0.5, 1 and 2 s between them
_LARGEST = 400 << 20  # bytes: the cap where a size is not known
_RESUMABLE = noop("What arrived is kept: the same command goes on from there.")


def download(url: str, part: Path, size: int | None, progress: Progress) -> None:
    """Fetch ``url`` into ``part``, going on where an earlier attempt ended.

    ``size`` is in bytes, None where it is not known; ``progress`` is told (bytes here, in all).
    Raises NetworkError when it can't be had, EngineError when more comes than it has.
    """
    for attempt in range(_ATTEMPTS):
        try:
            _download(url, part, size, progress)
        except _Broken as broken:
            if attempt + 1 == _ATTEMPTS:
                raise NetworkError(
                    tr(
                        "{url}: {broken} ({attempts} attempts).",
                        url=url,
                        broken=broken,
                        attempts=_ATTEMPTS,
                    ),
                    advice=tr(_RESUMABLE),
                ) from None
            time.sleep(_backoff(attempt))
        else:
            return


def _backoff(attempt: int) -> float:
    return 0.5 * float(2**attempt)


class _Broken(Exception):  # noqa: N818 - a signal to go on from where we are, not an error of ours
    """A download that ended too early."""


def _download(url: str, part: Path, size: int | None, progress: Progress) -> None:
    have = part.stat().st_size if part.exists() else 0
    if size is not None and have >= size:
        if have == size:
            return
        have = 0
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
    try:
        with opened(prepared("GET", url, headers), _STALL, redirects=True) as response:
            _refuse(url, response)
            if have and response.status_code != HTTPStatus.PARTIAL_CONTENT:
                have = 0  # it starts from the beginning, or has nothing past what we have
                if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    part.unlink()
                    raise _Broken(tr("it could not go on where it had stopped"))
            total = size or have + int(response.headers.get("Content-Length") or 0)
            with part.open("ab" if have else "wb") as file:
                for chunk in response.iter_content(_CHUNK):
                    file.write(chunk)
                    have += len(chunk)
                    progress(have, total)
                    if have > (size or _LARGEST):
                        raise EngineError(
                            tr("{url}: more arrives than this voice has; stopped.", url=url)
                        )
    except Unanswered as lost:
        if not lost.untrusted:
            raise _Broken(lost.reason) from lost
        raise NetworkError(
            tr("{path}: {why}.", path=url, why=lost.reason),
            advice=tr("Check this machine's clock and certificates. Nothing was accepted."),
        ) from lost
    if have < total:
        raise _Broken(tr("the connection ended too early"))


def _refuse(url: str, response: requests.Response) -> None:
    """Raise what a status that brings no file means."""
    status = response.status_code
    if url.startswith("https:") and not response.url.startswith("https:"):
        raise NetworkError(
            tr("{url}: redirected to an address without encryption; refused.", url=url)
        )
    if status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        if response.headers.get("Content-Type", "").startswith("text/html"):
            raise NetworkError(
                tr("{url}: a web page answered instead of the voice.", url=url),
                advice=tr("Is there a login page on this network?"),
            )
        return
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _Broken(tr("status {status}", status=status))
    raise NetworkError(
        tr("{url}: refused with status {status}.", url=url, status=status),
        advice=tr("Another source can be named: --base-url."),
    )
