"""Files that are the old one or the new one, never a mixture, and untouched if nothing changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError, LockedError

try:
    import fcntl
except ImportError:  # Windows: nothing keeps two of them apart there
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_CHUNK = 1 << 20
PART = ".hautevoix-part"
"""How the name of a file ends that is being written."""
DIGITS = 10  # of a digest in a name: enough that no two files of a site share it


def put(target: Path, data: bytes) -> bool:
    """Make ``target`` hold ``data``, whole and durably; return whether it had to be written.

    Raises DiskError.
    """
    with _told(target):
        if target.is_file() and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole(target) as file:
            file.write(data)
    return True


@contextmanager
def whole(target: Path) -> Iterator[BinaryIO]:
    """Open a temporary file that becomes ``target`` only if all goes well. Raises DiskError."""
    temporary = None
    try:
        with _told(target):
            handle, temporary = tempfile.mkstemp(
                dir=target.parent, prefix=f".{target.name[:40]}-", suffix=PART
            )
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskError(
            f"{target} can't be written: {error.strerror or error}.",
            advice="Free some space, or choose another folder with -o.",
        ) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others out of ``folder`` until the context ends; a dead process holds no lock.

    What one that died left half-written there is removed.
    Raises LockedError if another is at work there, DiskError.
    """
    lock = folder / ".hautevoix.lock"
    with _told(lock):
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
            for stray in folder.rglob(f".*{PART}"):
                stray.unlink(missing_ok=True)
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
