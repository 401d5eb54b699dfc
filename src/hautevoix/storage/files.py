"""Files that are the old one or the new one, never a mixture."""

from __future__ import annotations

import errno
import os
import secrets
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError
from hautevoix.localization import tr
from hautevoix.runtime.shortage import is_short, shortage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
_MISPLACED = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ELOOP}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_STALE = 3600.0  # seconds
PART = ".hautevoix-part"
"""How the name of a file ends that is being written."""


@contextmanager
def whole(target: Path) -> Iterator[BinaryIO]:
    """Open a temporary file that becomes ``target`` only if all goes well, and durably.

    What killed processes left of the same target goes, be the folder nobody's to ``sweep``.
    Raises DiskError.
    """
    temporary: Path | None = None
    start = f".{target.name[:40]}-"
    try:
        with told(target):
            _sweep_beside(target.parent, start)
            handle, temporary = open_temporary(target.parent, start, PART)
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


def is_there(path: Path) -> bool:
    """Tell whether something is called so, be it a link that leads nowhere.

    Not what ``os.path.lexists`` tells, for which nothing is there when a disk fails. Raises
    OSError.
    """
    try:
        path.lstat()
    except OSError as error:
        if error.errno in _ABSENT:
            return False
        raise
    return True


def open_temporary(folder: Path, start: str, end: str = "") -> tuple[int, Path]:
    """Return a new file in ``folder``, open for writing, and its path.

    Its mode is what the user's umask asks for: what it becomes may be shared, or be published.
    Raises OSError.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    path = folder / f"{start}{secrets.token_hex(8)}{end}"
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666), path


def _sweep_beside(folder: Path, start: str) -> None:
    """Remove temporary files whose names begin so, and in which nobody has written for an hour."""
    with suppress(OSError):  # they are in nobody's way
        for entry in os.scandir(folder):
            ours = entry.name.startswith(start) and entry.name.endswith(PART)
            if ours and entry.stat(follow_symlinks=False).st_mtime < time.time() - _STALE:
                os.unlink(entry.path)  # noqa: PTH108 - an entry's


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
            advice=_advice(error),
        ) from error


def _advice(error: OSError) -> str:
    """Return what to do about what the system has against writing a file."""
    if error.errno in _MISPLACED:
        return tr("Something else has its place: move it away. Or choose another folder with -o.")
    if error.errno == errno.ENAMETOOLONG:
        return tr("Give it a shorter name.")
    if error.errno == errno.ENOENT:
        return tr("Its folder has gone: the same command makes it anew. Or choose another with -o.")
    if is_short(error):
        return shortage(error).advice
    if error.errno in _FORBIDDEN:
        return tr("Get the right to write there. Or choose another folder with -o.")
    return tr("Free some space. Or choose another folder with -o.")
