"""Files that are untouched if nothing changed; what tells one's content; a site's lock."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hautevoix.errors import LockedError
from hautevoix.files import sweep, told, whole

try:
    import fcntl
except ImportError:  # Windows: nothing keeps two of them apart there
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1 << 20
DIGITS = 10  # of a digest in a name: enough that no two files of a site share it


def put(target: Path, data: bytes) -> bool:
    """Make ``target`` hold ``data``, whole and durably; return whether it had to be written.

    Raises DiskError.
    """
    with told(target):
        if target.is_file() and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole(target) as file:
            file.write(data)
    return True


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others out of ``folder`` until the context ends; a dead process holds no lock.

    What one that died left half-written there is removed.
    Raises LockedError if another is at work there, DiskError.
    """
    lock = folder / ".hautevoix.lock"
    with told(lock):
        folder.mkdir(parents=True, exist_ok=True)
        handle = lock.open("ab")
    with handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise LockedError(
                    f"Another process is publishing into {folder}.", advice="Wait until it is done."
                ) from error
            sweep(folder)
        yield


def digest(data: bytes) -> str:
    """Return the digits by which a file's name tells its content."""
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def digest_of(path: Path) -> str:
    """Return the same of a file, read in pieces. Raises OSError."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()[:DIGITS]


def ends_of(path: Path) -> str:
    """Return the digits that a file's length, start and end tell: quick, however long it is.

    An audiobook's start holds its tag, so chapters and duration count. Raises OSError.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(_CHUNK)
        file.seek(max(0, size - _CHUNK))
        return digest(b"%d " % size + start + file.read(_CHUNK))
