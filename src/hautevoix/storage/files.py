"""Files that are the old one or the new one, never a mixture."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

PART = ".hautevoix-part"
"""How the name of a file ends that is being written."""


@contextmanager
def whole(target: Path) -> Iterator[BinaryIO]:
    """Open a temporary file that becomes ``target`` only if all goes well, and durably.

    Raises DiskError.
    """
    temporary: Path | None = None
    try:
        with told(target):
            handle, temporary = open_temporary(target.parent, f".{target.name[:40]}-", PART)
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(handle)
            temporary.replace(target)
            temporary = None
            sync(target.parent)
    finally:
        if temporary is not None:
            with suppress(OSError):  # what can't be removed now is swept by the next
                temporary.unlink(missing_ok=True)


def open_temporary(folder: Path, start: str, end: str = "") -> tuple[int, Path]:
    """Return a new file in ``folder``, open for writing, and its path.

    Its mode is what the user's umask asks for: what it becomes may be shared, or be published.
    Raises OSError.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    path = folder / f"{start}{secrets.token_hex(8)}{end}"
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666), path


def sync(folder: Path) -> None:
    """Have the names in a folder reach the disk, where a folder can be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what a killed process left half-written under ``folder``; for who is alone there."""
    with told(folder):
        for stray in folder.rglob(f".*{PART}"):
            with suppress(OSError):  # it is in nobody's way
                stray.unlink(missing_ok=True)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise what the system has against writing ``path`` as a DiskError."""
    try:
        yield
    except OSError as error:
        raise DiskError(
            tr("{path} can't be written: {strerror}.", path=path, strerror=error.strerror or error),
            advice=tr("Free some space, or choose another folder with -o."),
        ) from error
