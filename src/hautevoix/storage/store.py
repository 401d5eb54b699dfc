"""The store of clips on this machine: what was costly once is there next time.

A blob's name is the digest of what it was made from (engine, voice, words…), never a position.
Any number of processes may share one store; only ``prune`` waits until nobody builds from it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from hautevoix.errors import DiskError
from hautevoix.storage.blobs import UNFINISHED, BlobFolder
from hautevoix.storage.locks import shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from hautevoix.storage.shared import SharedStore

USUAL_LIMIT = 8_000_000_000
"""Bytes: the clips of some fifty hours."""

_STALE_SECONDS = 24 * 3600  # a temporary file older than this belongs to nobody


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
class Store(BlobFolder):
    """Blobs in a folder of this machine. ``limit`` is what ``prune`` leaves, in bytes.

    ``shared`` is where clips go besides, and come from: another machine may have spoken them.
    """

    limit: int = USUAL_LIMIT
    shared: SharedStore | None = None

    def share(self, key: str, payload: bytes) -> None:
        """Keep a clip here, and in the shared store. Raises DiskError, NetworkError, StoreError."""
        self.put(key, payload)
        if self.shared:
            self.shared.put(key, payload)

    def held(self, keys: Iterable[str]) -> set[str]:
        """Return which of the clips are here or in the shared store. Raises as ``share`` does."""
        here = set(filter(self.has, keys := set(keys)))
        return here | self.shared.held(keys - here) if self.shared else here

    def exchange(
        self,
        lacking: AbstractSet[str],
        here: AbstractSet[str] = frozenset(),
        arrived: Callable[[int], None] = lambda _count: None,
    ) -> set[str]:
        """Bring of the clips ``lacking`` what the shared store has; return the keys of those.

        And give it what it lacks of those ``here``: they were spoken when it could not be reached.
        ``arrived`` is told how many have come. Raises as ``share`` does.
        """
        brought: set[str] = set()
        if not self.shared:
            return brought
        there = self.shared.held(here | lacking)
        for key in self.bring(sorted(lacking & there)):
            brought.add(key)
            arrived(len(brought))
        self.shared.put_all(sorted(here - there), self.get)
        return brought

    def bring(self, keys: Sequence[str]) -> Iterator[str]:
        """Bring clips from the shared store, if there is one; yield each key that has come."""
        for key, payload in self.shared.fetched(keys) if self.shared else ():
            self.put(key, payload)
            yield key

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
                with contextlib.suppress(DiskError):  # ``hautevoix store gc`` tells
                    self.prune(time.time())

    def size(self) -> int:
        """Return how many bytes it holds. Raises DiskError where that can't be seen."""
        total = 0
        for entry in self._entries():
            with contextlib.suppress(OSError):
                total += entry.stat().st_size
        return total

    def prune(self, now: float) -> int:
        """Remove the blobs used longest ago until ``limit`` holds; return how many went.

        ``now`` is the time in seconds since the epoch, by which stale temporary files are told.
        What can't be removed is passed over. Raises DiskError where the store can't be looked into.
        """
        blobs = []
        for entry in self._entries():
            with contextlib.suppress(OSError):
                status = entry.stat()
                if not entry.name.startswith(UNFINISHED):
                    blobs.append((status.st_mtime, status.st_size, entry.path))
                elif now - status.st_mtime > _STALE_SECONDS:
                    Path(entry.path).unlink(missing_ok=True)
        excess = sum(size for _, size, _ in blobs) - self.limit
        removed = 0
        for _, size, path in sorted(blobs):
            if excess <= 0:
                break
            with contextlib.suppress(OSError):
                Path(path).unlink(missing_ok=True)
                excess -= size
                removed += 1
        return removed
