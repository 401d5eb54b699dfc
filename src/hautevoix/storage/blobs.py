"""Blobs in a folder: bytes by key, each a file that is whole or not there.

Every blob carries a checksum of its key and payload, so a torn or rotten one, or one under
another's name, is found on reading. Writing goes to a temporary file that is renamed when whole.
There is no index: any number of processes, on any number of machines, may share one folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import struct
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from hautevoix.errors import DiskError, StoreError
from hautevoix.localization import tr
from hautevoix.storage.files import open_temporary

if TYPE_CHECKING:
    from collections.abc import Iterator

UNFINISHED = ".tmp-"
"""How the name of a file begins that is being written."""

_HEADER = struct.Struct("<4sQI")  # what it is, the payload's length, the CRC-32 of both
_MAGIC = b"HVX3"
_MISPLACED = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
_HOUR = 3600


def place(key: str) -> str:
    """Return where the blob of ``key`` lies under its store, as a path or as an object's name.

    >>> place("0a1b2c")
    '0a/1b2c'
    """
    return f"{key[:2]}/{key[2:]}"


def header(key: str, payload: bytes | memoryview) -> bytes:
    """Return what stands before ``payload``; a CRC finds rot at a fifth of a digest's cost."""
    return _HEADER.pack(_MAGIC, len(payload), zlib.crc32(payload, zlib.crc32(key.encode())))


def payload_of(key: str, data: bytes) -> memoryview | None:
    """Return the payload of the blob that ``data`` should be, None for one that is damaged."""
    payload = memoryview(data)[_HEADER.size :]
    return payload if data[: _HEADER.size] == header(key, payload) else None


@dataclass(frozen=True, slots=True)
class BlobFolder:
    """Blobs in ``folder``, by key.

    When a blob was used last stands in its time of change, to the hour.
    """

    option: ClassVar[str] = "--store"
    """What names another folder on the command line."""

    folder: Path

    def path(self, key: str) -> Path:
        """Return where the blob of ``key`` lies or would lie."""
        return Path(self._place(key))

    def _place(self, key: str) -> str:
        """Return what ``path`` does, as text: a book asks ten thousand times."""
        return f"{self.folder}/{place(key)}"

    def has(self, key: str) -> bool:
        """Tell whether a blob is there (whether it is whole, only ``get`` can tell)."""
        return os.path.isfile(self._place(key))  # noqa: PTH113 - see _place

    def get(self, key: str) -> bytes | None:
        """Return the payload, or None if there is none or it is damaged (then it is removed)."""
        payload = self.view(key)
        return None if payload is None else bytes(payload)

    def view(self, key: str) -> memoryview | None:
        """Return what ``get`` does, without a copy: for large blobs."""
        payload, used = self._read(key)
        if payload is not None:
            if used < time.time() - _HOUR:
                self._note_use(key)
            return payload
        self.remove(key)  # where it can't be, it is written over, or that is told
        return None

    def _read(self, key: str) -> tuple[memoryview | None, float]:
        """Return a blob's payload, None if it is absent or damaged, and when it was used last."""
        try:
            with open(self._place(key), "rb", buffering=0) as file:  # noqa: PTH123 - see _place
                data = file.readall()
                used = os.fstat(file.fileno()).st_mtime
        except FileNotFoundError:
            return None, 0.0
        except OSError as error:
            raise self._trouble(self.path(key), error) from error
        return payload_of(key, data), used

    def _note_use(self, key: str) -> None:
        """Have ``prune`` spare a blob longest; not where the store can only be read."""
        with contextlib.suppress(OSError):
            os.utime(self._place(key))

    def holds_whole(self, key: str) -> bool:
        """Tell whether a blob is there and undamaged, by reading it; a damaged one is removed."""
        return self.view(key) is not None

    def is_sound(self, key: str) -> bool:
        """Tell whether a blob is there and undamaged; one that isn't is left where it is.

        Raises DiskError, StoreError where that can't be told.
        """
        return self._read(key)[0] is not None

    def put(self, key: str, payload: bytes | memoryview) -> None:
        """Keep ``payload``. Raises DiskError if the disk is full, StoreError for a mess."""
        path = self.path(key)
        try:
            handle, temporary = _temporary(path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(header(key, payload))
                    file.write(payload)
                temporary.replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise self._trouble(path, error) from error

    def remove(self, key: str) -> bool:
        """Remove a blob; return whether it could be."""
        with contextlib.suppress(OSError):
            self.path(key).unlink(missing_ok=True)
            return True
        return False

    def blobs(self) -> Iterator[tuple[str, int]]:
        """Yield the key and the size in bytes of every blob.

        Raises DiskError where a folder can't be looked into: what is in it would be passed over.
        """
        for entry in self._entries():
            if not entry.name.startswith(UNFINISHED):
                with contextlib.suppress(OSError):
                    if entry.is_file():
                        yield Path(entry.path).parent.name + entry.name, entry.stat().st_size

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        """Yield the files of all shelves, those that are being written too. Raises DiskError."""
        for shelf in self._scanned(self.folder):
            if shelf.is_dir():
                yield from self._scanned(Path(shelf.path))

    def _scanned(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except FileNotFoundError:  # never made, or removed meanwhile
            return []
        except OSError as error:
            raise self._trouble(folder, error) from error

    def _trouble(self, blob: Path, error: OSError) -> DiskError | StoreError:
        """Return what tells why a blob can't be read or written: the disk, or what lies there."""
        if error.errno in _FORBIDDEN and (owned := _other_owner(error.filename or blob)):
            return self._forbidden(*owned, error)
        if error.errno in _MISPLACED and self.folder.is_dir():
            culprit = blob if blob.parent.is_dir() else blob.parent
            return StoreError(
                tr(
                    "The store of clips is damaged: {culprit} is not what it should be "
                    "({strerror}).",
                    culprit=culprit,
                    strerror=error.strerror,
                ),
                advice=tr("Remove it: what it held is spoken again."),
            )
        return DiskError(
            tr(
                "The store of clips in {folder} can't be used: {strerror}.",
                folder=self.folder,
                strerror=error.strerror or error,
            ),
            advice=tr(
                "Get the right to write there. Or name another folder with {option}.",
                option=self.option,
            )
            if error.errno in {*_FORBIDDEN, errno.EROFS}
            else tr("Free some space. Or name another folder with {option}.", option=self.option),
        )

    def _forbidden(self, path: Path, owner: str, error: OSError) -> DiskError:
        """Return what tells that another user keeps ``path`` to himself."""
        return DiskError(
            tr(
                "The store of clips: {path} belongs to {owner}, and you may not use it "
                "({strerror}).",
                path=path,
                owner=owner,
                strerror=error.strerror,
            ),
            advice=tr(
                "Users who share a store work with umask 002. Or name another folder with "
                "{option}.",
                option=self.option,
            ),
        )


def _other_owner(name: str | Path) -> tuple[Path, str] | None:
    """Return the nearest thing there is on a path and whose it is, if that is another user's."""
    path = Path(name)
    with contextlib.suppress(OSError, StopIteration):
        there = next(each for each in (path, *path.parents) if os.path.lexists(each))
        user = there.lstat().st_uid
        if hasattr(os, "getuid") and user != os.getuid():
            return there, _name_of(user)
    return None


def _name_of(user: int) -> str:
    """Return a user's name, or his number where he has none here."""
    import pwd  # noqa: PLC0415 - Unix has it

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def _temporary(shelf: Path) -> tuple[int, Path]:
    """Open a file on a shelf, which is made if it is not there."""
    try:
        return open_temporary(shelf, UNFINISHED)
    except FileNotFoundError:
        shelf.mkdir(parents=True, exist_ok=True)
        return open_temporary(shelf, UNFINISHED)
