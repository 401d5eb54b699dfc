"""The process that serves books being written: apart, as whoever builds has no time to answer."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from hautevoix.errors import DiskError
from hautevoix.localization import tr
from hautevoix.publishing.live import LiveBook, Status, live_site
from hautevoix.publishing.preview import address_of, listen
from hautevoix.runtime.processes import follow_spawner, ignore_interruption, spawning

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

_context = multiprocessing.get_context("spawn")  # no surprise inherited, on every system
_PATIENCE = 3  # seconds that it may take to end


@dataclass(slots=True)
class LiveServer:
    """Pages being served: ``url`` tells where; ``tell`` says what became of a book."""

    url: str
    _process: SpawnProcess
    _pipe: Connection

    def tell(self, book: int, status: Status) -> None:
        """Have a book's page say its status, and show its newest build; no matter who looks."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it was ended
            self._pipe.send((book, status))

    def close(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def serve(folders: Sequence[Path], port: int = 0) -> LiveServer:
    """Return what serves the books built into ``folders``, each under its folder's name.

    Raises DiskError if the port is taken, or no process can be started.
    """
    listening = listen(port)
    with listening:
        ours, theirs = _context.Pipe()
        books = [LiveBook(folder.name, folder) for folder in folders]
        process = _context.Process(target=_serve, args=(listening, theirs, books), daemon=True)
        try:
            with theirs, spawning():
                process.start()
        except OSError as error:
            raise DiskError(
                tr(
                    "What serves the page can't be started: {strerror}.",
                    strerror=error.strerror or error,
                ),
                advice=tr("End some other programs. Or build without --preview."),
            ) from error
        return LiveServer(address_of(listening), process, ours)


def _serve(listening: socket.socket, pipe: Connection, books: list[LiveBook]) -> None:
    """Serve ``books`` until nobody tells of them any more."""
    ignore_interruption()
    follow_spawner()
    config = uvicorn.Config(
        live_site(books), log_level="error", access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_hear, args=(pipe, books, server), daemon=True).start()
    server.run(sockets=[listening])


def _hear(pipe: Connection, books: list[LiveBook], server: uvicorn.Server) -> None:
    """Hand on what is told, until the pipe is closed: then the server ends."""
    try:
        while told := _received(pipe):
            book, status = told
            books[book].tell(status)
    finally:
        server.should_exit = True


def _received(pipe: Connection) -> tuple[int, Status] | None:
    """Return what is told next of which book, None when nobody tells any more."""
    try:
        book, status = pipe.recv()
    except (EOFError, OSError):
        return None
    return book, status
