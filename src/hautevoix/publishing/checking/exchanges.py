"""Exchanges with a host: what it answers, a file by ranges of bytes, a file whole."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError, NetworkError
from hautevoix.localization import noop, tr
from hautevoix.network.http_client import Answer, Unanswered, answer_of, opened, prepared
from hautevoix.publishing.checking.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

OK, PARTIAL = 200, 206
GONE = (404, 410)
"""How a host answers for what is not there."""
HOST = noop("ask your host, or choose another: GitHub Pages, Netlify, S3 and nginx all do it")
"""What to do about a host that can't serve a podcast."""
_TIMEOUT = 20  # seconds, to connect and between two pieces of an answer
_LARGEST = 64 << 20  # bytes of a feed, a picture or a chapter list
_LARGEST_FILE = 8 << 30  # bytes of a book that is downloaded: 100 hours at 128 kb/s have 6 GB
_CHUNK = 1 << 16
_ORIGIN = "https://player.example"
_PRIVATE, _BROKEN = (401, 403), 500
_RANGE = re.compile(r"bytes [0-9]+-[0-9]+/([0-9]{1,18})")


def fetch(url: str, method: str = "GET", *, most: int | None = None, **headers: str) -> Answer:
    """Return what the host answers, its first ``most`` bytes where that is told.

    Raises NetworkError if nothing comes, or far too much.
    """
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    told["Origin"] = _ORIGIN
    body = most or _LARGEST + 1 if method == "GET" else 0
    try:
        with opened(prepared(method, url, told), _TIMEOUT, redirects=True) as response:
            answer = answer_of(response, body)
    except Unanswered as lost:
        raise _unreached(url, lost) from lost
    if len(answer.body) > _LARGEST:
        raise NetworkError(
            tr("{url}: the answer is over {largest} MiB.", url=url, largest=_LARGEST >> 20)
        )
    return answer


def _unreached(url: str, lost: Unanswered) -> NetworkError:
    return NetworkError(
        tr("{url} can't be reached: {reason}.", url=url, reason=lost.reason),
        advice=tr("Check the address and the network."),
    )


def answered(
    url: str, method: str = "GET", *, most: int | None = None, **headers: str
) -> Answer | Finding:
    """Return what the host answers, or the finding that it does not."""
    try:
        return fetch(url, method, most=most, **headers)
    except NetworkError as error:
        what = error.message.rstrip(".")
        mend = tr("check the address and the network; see that the host is up")
        return Finding("host-silent", url, what, tr("apps get an error for it"), mend)


def ranged(url: str, first: int, count: int) -> Answer | Finding:
    """Return the answer to a wish for ``count`` bytes from ``first`` on."""
    wish = f"bytes={first}-{first + count - 1}"
    return answered(url, most=count, Range=wish, Accept_Encoding="identity")


def size_told(answer: Answer) -> int:
    """Return how many bytes the whole file has, as a partial answer tells it; 0 if it does not."""
    found = _RANGE.fullmatch(answer.headers.get("content-range", ""))
    return int(found[1]) if found else 0


def refusal(url: str, status: int) -> Finding:
    """Return the finding that a file is answered with something else than itself."""
    what = tr("it is answered with {status}", status=status)
    why = tr("apps get an error for it")
    mend = tr(HOST)
    if status in GONE:
        what = tr("it is not there: answered with {status}", status=status)
        mend = tr("upload it: publish with --to, or copy the whole site to your host")
    elif status in _PRIVATE:
        mend = tr("make it public on your host: apps have no password")
    elif status >= _BROKEN:
        mend = tr("try again later; if it stays so, ask your host")
    return Finding("not-served", url, what, why, mend)


def download(url: str, path: Path) -> None:
    """Write the file at an address to ``path``. Raises NetworkError, DiskError."""
    try:
        with (
            opened(prepared("GET", url, {"Origin": _ORIGIN}), _TIMEOUT, redirects=True) as response,
            path.open("wb") as file,
        ):
            if response.status_code != OK:
                raise NetworkError(refusal(url, response.status_code).what + ".")
            for chunk in response.iter_content(_CHUNK):
                if file.tell() > _LARGEST_FILE:
                    raise NetworkError(
                        tr("{url}: the answer is over {largest} MiB.", url=url, largest=8192)
                    )
                file.write(chunk)
    except Unanswered as lost:
        raise _unreached(url, lost) from lost
    except OSError as error:
        raise DiskError(
            tr("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)
        ) from error


class RemoteFile(io.RawIOBase):
    """A file at an address, read by ranges of bytes. Reading raises OSError where none come."""

    def __init__(self, url: str, size: int) -> None:
        """Read nothing yet; the file has ``size`` bytes."""
        super().__init__()
        self._url = url
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that one can go anywhere in it."""
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place, as any file does."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill ``buffer`` with what comes next; return how many bytes that is."""
        count = min(len(buffer), self._size - self._at)
        if count <= 0:
            return 0
        part = ranged(self._url, self._at, count)
        if isinstance(part, Finding):
            raise OSError(part.what)
        if part.status != PARTIAL or len(part.body) != count:
            raise OSError(tr("a byte range is answered with {status}, not 206", status=part.status))
        buffer[:count] = part.body
        self._at += count
        return count
