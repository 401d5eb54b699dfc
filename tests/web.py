"""Fake services on loopback, with every fault of a real network."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from standstill import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(slots=True)
class Reply:
    """What a service answers: ``promised`` bytes are announced where fewer are sent."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    promised: int | None = None
    how: str = "at once"  # or: drip, hang, reset


@dataclass(slots=True)
class Asked:
    """What a service was asked."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float


class Service:
    """A server that answers as ``answer`` says and notes what it was asked.

    It closes each connection after an answer unless it ``keeps`` them; ``connections`` counts.
    """

    def __init__(
        self,
        answer: Callable[[Asked], Reply],
        certificate: Path | None = None,
        *,
        keeps: bool = False,
    ) -> None:
        self.answer = answer
        self.keeps = keeps
        self.asked: list[Asked] = []
        self.connections = 0
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
            self.url = self.url.replace("http:", "https:")

    @contextlib.contextmanager
    def running(self) -> Iterator[Service]:
        """Serve until the end of the block."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.over.set()
            self._server.shutdown()
            self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1" if service.keeps else "HTTP/1.0"

            def setup(self) -> None:
                service.connections += 1
                super().setup()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.path, headers, body, time.monotonic())
                service.asked.append(asked)
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    self.reply(service.answer(asked))

            do_GET = do_POST  # noqa: N815 - http.server looks for this name

            def reply(self, reply: Reply) -> None:
                if reply.how == "reset":
                    # Linger 0: the connection is reset instead of closed.
                    self.connection.setsockopt(
                        socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0"
                    )
                    self.connection.close()
                    return
                if reply.how == "hang":
                    service.over.wait(PATIENCE)
                    return
                self.send_response(reply.status)
                size = len(reply.body) if reply.promised is None else reply.promised
                for name, value in {"Content-Length": str(size), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                step = 1 if reply.how == "drip" else 1 << 16
                for start in range(0, len(reply.body), step):
                    self.wfile.write(reply.body[start : start + step])
                    if reply.how == "drip" and service.over.wait(0.02):
                        return

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

        return Handler
