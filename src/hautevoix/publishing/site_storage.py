"""Where published files go: a folder, or what only tells what would change there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from hautevoix.publishing.files import digest
from hautevoix.publishing.state import File

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO


class SiteStorage(Protocol):
    """A place for files; paths are relative to it."""

    def get(self, path: str) -> bytes | None:
        """Return what a file holds, None if it is not there."""
        ...

    def put(self, path: str, data: bytes) -> None:
        """Make a file hold ``data``."""
        ...

    def make(self, path: str, write: Callable[[BinaryIO], None]) -> int:
        """Have a file written, unless it is there; return its size. Its name tells its content."""
        ...


def named(site: SiteStorage, stem: str, suffix: str, kind: str, data: bytes) -> File:
    """Put a file whose name tells its content: ``stem``, a digest, ``suffix``."""
    path = f"{stem}-{digest(data)}{suffix}"
    site.put(path, data)
    return File(path, len(data), kind)
