"""A content-addressed store on disk: what was costly once is there next time.

A blob's name is the digest of what it was made from (engine, voice, words…), never a position.
Every blob carries a checksum of its key and payload, so a torn or rotten one, or one under
another's name, is found on reading and made again; writing goes to a temporary file that is renamed
when whole. There is no index: any number of processes may share one store. Only ``prune`` waits
until nobody builds from it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import struct
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from hautevoix.errors import DiskError, StoreError
from hautevoix.localization import tr
from hautevoix.storage.files import open_temporary
from hautevoix.storage.locks import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEADER = struct.Struct("<4sQI")  # what it is, the payload's length, the CRC-32 of both
_MAGIC = b"HVX3"
_MISPLACED = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP}
_HOUR = 3600
_UNFINISHED = ".tmp-"  # how the name of a file begins that is being written
USUAL_LIMIT = 8_000_000_000
"""Bytes: the clips of some fifty hours."""
_STALE_SECONDS = 24 * _HOUR  # a temporary file older than this belongs to nobody


def usual_store() -> Path:
    """Return where clips are kept unless somebody says otherwise: in this user's cache."""
    return platformdirs.user_cache_path("hautevoix") / "store"


def key_of(*parts: object) -> str:
    """Return the key of what ``parts`` (texts, numbers, bytes) determine: 40 hexadecimal digits.

    >>> key_of("a", "b") == key_of("ab")
    False
    """
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """Blobs in ``folder``, by key. ``limit`` is what ``prune`` leaves, in bytes.

    When a blob was used last stands in its time of change, to the hour.
    """

    folder: Path
    limit: int = USUAL_LIMIT

    def path(self, key: str) -> Path:
        """Return where the blob of ``key`` lies or would lie."""
        return self.folder / key[:2] / key[2:]

    def _place(self, key: str) -> str:
        """Return what ``path`` does, as text: a book asks ten thousand times."""
        return f"{self.folder}/{key[:2]}/{key[2:]}"

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
            raise _trouble(self.folder, self.path(key), error) from error
        payload = memoryview(data)[_HEADER.size :]
        return (payload if data[: _HEADER.size] == _header(key, payload) else None), used

    def _note_use(self, key: str) -> None:
        """Have ``prune`` spare a blob longest; not where the store can only be read."""
        with contextlib.suppress(OSError):
            os.utime(self._place(key))

    def holds_whole(self, key: str) -> bool:
        """Tell whether a blob is there and undamaged, by reading it."""
        return self.view(key) is not None

    def expect(self, keys: Iterable[str]) -> None:
        """Have the system read blobs ahead, where it can: they will be asked for soon."""
        if not hasattr(os, "posix_fadvise"):
            return
        for key in keys:
            with contextlib.suppress(OSError):
                handle = os.open(self._place(key), os.O_RDONLY)
                try:
                    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_WILLNEED)
                finally:
                    os.close(handle)

    def put(self, key: str, payload: bytes) -> None:
        """Keep ``payload``. Raises DiskError if the disk is full, StoreError for a mess."""
        path = self.path(key)
        try:
            handle, temporary = _temporary(path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_header(key, payload))
                    file.write(payload)
                temporary.replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise _trouble(self.folder, path, error) from error

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep other processes from pruning until the context ends; the last to leave prunes.

        So no build finds that another one has removed what it spoke an hour ago. Where the file
        system knows no locks, nothing is ever pruned but by ``hautevoix store gc``.
        """
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
        with shared(self.folder) as last:
            yield
            if last():
                self.prune(time.time())

    def size(self) -> int:
        """Return how many bytes it holds."""
        total = 0
        for entry in self._entries():
            with contextlib.suppress(OSError):
                total += entry.stat().st_size
        return total

    def blobs(self) -> Iterator[tuple[str, int]]:
        """Yield the key and the size in bytes of every blob."""
        for entry in self._entries():
            if not entry.name.startswith(_UNFINISHED):
                with contextlib.suppress(OSError):
                    if entry.is_file():
                        yield Path(entry.path).parent.name + entry.name, entry.stat().st_size

    def remove(self, key: str) -> bool:
        """Remove a blob; return whether it could be."""
        with contextlib.suppress(OSError):
            self.path(key).unlink(missing_ok=True)
            return True
        return False

    def is_sound(self, key: str) -> bool:
        """Tell whether a blob is there and undamaged; one that isn't is left where it is.

        Raises DiskError, StoreError where that can't be told.
        """
        return self._read(key)[0] is not None

    def prune(self, now: float) -> int:
        """Remove the blobs used longest ago until ``limit`` holds; return how many went.

        ``now`` is the time in seconds since the epoch, by which stale temporary files are told.
        """
        blobs = []
        for entry in self._entries():
            with contextlib.suppress(OSError):
                status = entry.stat()
                if not entry.name.startswith(_UNFINISHED):
                    blobs.append((status.st_mtime, status.st_size, entry.path))
                elif now - status.st_mtime > _STALE_SECONDS:
                    Path(entry.path).unlink(missing_ok=True)
        excess = sum(size for _, size, _ in blobs) - self.limit
        removed = 0
        for _, size, path in sorted(blobs):
            if excess <= 0:
                break
            with contextlib.suppress(OSError):
                Path(path).unlink()
            excess -= size
            removed += 1
        return removed

    def _entries(self) -> list[os.DirEntry[str]]:
        entries: list[os.DirEntry[str]] = []
        with contextlib.suppress(OSError):
            for shelf in [entry.path for entry in os.scandir(self.folder) if entry.is_dir()]:
                entries += os.scandir(shelf)
        return entries


def _temporary(shelf: Path) -> tuple[int, Path]:
    """Open a file on a shelf, which is made if it is not there."""
    try:
        return open_temporary(shelf, _UNFINISHED)
    except FileNotFoundError:
        shelf.mkdir(parents=True, exist_ok=True)
        return open_temporary(shelf, _UNFINISHED)


def _header(key: str, payload: bytes | memoryview) -> bytes:
    """Return what stands before ``payload``; a CRC finds rot at a fifth of a digest's cost."""
    return _HEADER.pack(_MAGIC, len(payload), zlib.crc32(payload, zlib.crc32(key.encode())))


def _trouble(folder: Path, blob: Path, error: OSError) -> DiskError | StoreError:
    """Return what tells why ``blob`` can't be read or written: the disk, or what lies there."""
    if error.errno in _MISPLACED and folder.is_dir():
        culprit = blob if blob.parent.is_dir() else blob.parent
        return StoreError(
            tr(
                "The store of clips is damaged: {culprit} is not what it should be ({strerror}).",
                culprit=culprit,
                strerror=error.strerror,
            ),
            advice=tr("Remove it: what it held is spoken again."),
        )
    return DiskError(
        tr(
            "The store of clips in {folder} can't be used: {strerror}.",
            folder=folder,
            strerror=error.strerror or error,
        ),
        advice=tr("Free some space, or name another folder with --store."),
    )
