"""A published site served on this machine, as a static host would: ranges, ETag, MIME types.

Python's own http.server knows no byte ranges, so browsers can't seek in what it serves.
"""

from __future__ import annotations

import os
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from hautevoix.errors import DiskError, InputError
from hautevoix.localization import tr
from hautevoix.publishing.files import type_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import Scope

LOOPBACK = "127.0.0.1"


_SPAN = re.compile(rb"(?P<first>\d{1,18})-(?P<last>\d{0,18})|-\d{1,18}")


class _Files(StaticFiles):
    """Files with our types, whatever this system's tables say; hidden ones are not served."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        without_invalid_range(scope)
        response = super().file_response(full_path, stat_result, scope, status_code)
        kind = type_of(str(full_path))
        if kind and isinstance(response, FileResponse):
            response.headers["content-type"] = kind
            response.media_type = kind
        return response

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        if any(part.startswith(".") and part != "." for part in path.split("/")):
            return "", None
        return super().lookup_path(path)


def without_invalid_range(scope: Scope) -> None:
    """Drop a Range header that must be ignored: the whole file is the answer then."""
    scope["headers"] = [pair for pair in scope["headers"] if not _is_invalid(*pair)]


def _is_invalid(name: bytes, value: bytes) -> bool:
    """Tell whether a header is a Range that must be ignored (RFC 9110, 14.2).

    >>> [_is_invalid(b"range", told) for told in (b"bytes=0-9", b"bytes=5-, -2", b"bytes=9-3")]
    [False, False, True]
    >>> _is_invalid(b"range", b"bytes=abc"), _is_invalid(b"range", b"lines=1-2")
    (True, True)
    """
    if name.lower() != b"range":
        return False
    unit, _, asked = value.partition(b"=")
    spans = [_SPAN.fullmatch(span.strip()) for span in asked.split(b",")]
    return unit.strip().lower() != b"bytes" or not all(
        span and not (span["last"] and int(span["first"]) > int(span["last"])) for span in spans
    )


def application(folder: Path) -> Starlette:
    """Return what serves a site: to its own pages, by this machine's name.

    What is not published yet is nobody else's: no page of another site that the user happens to
    have open can read it, neither from its own origin nor by a name that leads here.
    """
    return private([Mount("/", _Files(directory=folder, html=True))])


def private(routes: Sequence[BaseRoute]) -> Starlette:
    """Return what serves ``routes`` to those alone who come by this machine's name."""
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])]
    return Starlette(routes=routes, middleware=middleware)


@dataclass(slots=True)
class Preview:
    """A site being served: ``url`` tells where, ``run`` serves until it is interrupted."""

    url: str
    _server: uvicorn.Server
    _socket: socket.socket

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM, be it while all starts, or ``stop``."""
        with self._server.capture_signals():
            self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Have ``run`` return soon."""
        self._server.should_exit = True

    def close(self) -> None:
        """Free the port without having served."""
        self._socket.close()


def preview(folder: Path, port: int = 0) -> Preview:
    """Return a server for ``folder`` on loopback; port 0 is any that is free.

    Raises InputError if there is no such folder or no page in it, DiskError if the port is taken.
    """
    if not (folder / "index.html").is_file():
        what = tr("no site is in it") if folder.is_dir() else tr("no such folder")
        raise InputError(
            f"{folder}: {what}.", advice=tr("Make it first: hautevoix publish output/…")
        )
    listening = listen(port)
    config = uvicorn.Config(application(folder), log_level="error", access_log=False)
    return Preview(address_of(listening), uvicorn.Server(config), listening)


def address_of(listening: socket.socket) -> str:
    """Return the address of what is served through a socket on loopback."""
    return f"http://{LOOPBACK}:{listening.getsockname()[1]}/"


def listen(port: int) -> socket.socket:
    """Return a socket on loopback that listens; port 0 is any that is free.

    Raises DiskError if the port is taken.
    """
    listening = socket.socket()
    if os.name == "posix":  # elsewhere it would let two servers share a port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise DiskError(
            tr("Port {port} can't be opened: {strerror}.", port=port, strerror=error.strerror),
            advice=tr("Choose another with --port."),
        ) from error
    return listening
