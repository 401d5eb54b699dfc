"""A store of clips that several machines share: a folder, or a host that fsspec knows.

What lies in it is what lies in a store on one machine, under the same names: one may be copied
into the other, and ``hautevoix store verify --store FOLDER`` reads both.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from hautevoix.errors import DiskError, NetworkError
from hautevoix.localization import tr
from hautevoix.storage import hosts
from hautevoix.storage.blobs import UNFINISHED, BlobFolder, header, payload_of, place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_AT_ONCE = 32  # requests on their way to a host, each of some 50 ms; 5 MB of clips in memory
_MARK = "00" + b"shared store".hex()  # the key of the blob by which writing is tried


@dataclass(frozen=True, slots=True)
class SharedStore:
    """The store at ``address``: a folder's path, or what fsspec understands (s3://bucket/clips).

    A value that goes to other processes; each opens the host for itself when it first asks.
    Everything raises NetworkError where a host fails, and DiskError where a folder does, or where
    the host's package is not installed. No message holds a password that is in the address.
    """

    address: str

    @classmethod
    def named(cls, address: str) -> SharedStore:
        """Return the store that a user means: a folder by its full path, wherever it is asked.

        >>> SharedStore.named("s3://bucket/clips")
        SharedStore('s3://bucket/clips')
        """
        return cls(address if "://" in address else str(Path(address).absolute()))

    def __repr__(self) -> str:
        """Return what it is, without a password."""
        return f"SharedStore({hosts.shown(self.address)!r})"

    def check(self) -> None:
        """Raise what would keep clips from being shared, before time is spent on one."""
        self._backend.check()
        self.put(_MARK, b"")

    def get(self, key: str) -> bytes | None:
        """Return a blob's payload, None for one that is absent or damaged (then it is removed)."""
        return dict(self.fetched([key])).get(key)

    def fetched(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the keys and payloads of what ``get`` would give, many in one round trip."""
        for batch in _batches(keys):
            yield from self._backend.fetched(batch)

    def put(self, key: str, payload: bytes) -> None:
        """Keep ``payload``: others find all of it or nothing."""
        self._backend.put_all({key: payload})

    def put_all(self, keys: Sequence[str], get: Callable[[str], bytes | None]) -> None:
        """Keep what ``get`` gives of ``keys``, many in one round trip."""
        for batch in _batches(keys):
            payloads = {key: get(key) for key in batch}
            self._backend.put_all({key: held for key, held in payloads.items() if held is not None})

    def held(self, keys: Iterable[str]) -> set[str]:
        """Return which of ``keys`` are there (whether they are whole, only ``get`` can tell).

        Folders are listed, 256 at most: a book's ten thousand keys are not asked for one by one.
        """
        wanted = set(keys)
        shelves = {key[:2] for key in wanted}
        return wanted.intersection(self._backend.listed(shelves)) if shelves else set()

    @property
    def _backend(self) -> _Backend:
        return _backend_of(self.address, os.getpid())


class _Backend(Protocol):
    """What a store's address leads to; each raises as SharedStore does."""

    def check(self) -> None:
        """Raise what tells that nothing can be kept there."""

    def fetched(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield what is there and whole of ``keys``."""

    def put_all(self, payloads: Mapping[str, bytes]) -> None:
        """Keep payloads, by key."""

    def listed(self, shelves: set[str]) -> Iterator[str]:
        """Yield the keys on ``shelves``, which are keys' first two digits."""


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


@lru_cache(maxsize=8)
def _backend_of(address: str, _process: int) -> _Backend:
    """Open a store once in each process: what fsspec opened does not live through a fork."""
    folder = address.removeprefix("file://")
    if "://" not in folder:
        return _Folder(Path(folder))
    return _Host(*hosts.opened(address, DiskError), hosts.shown(address))


class _Folder(BlobFolder):
    """A folder that other machines see too."""

    option: ClassVar[str] = "--shared-store"

    def check(self) -> None:
        """Make the folder, not the one above it: where that lacks, a share may not be mounted."""
        try:
            self.folder.mkdir(exist_ok=True)
        except FileNotFoundError as error:
            raise DiskError(
                tr("{folder}: there is no such folder.", folder=self.folder.parent),
                advice=tr("Mount what should be there, or make it."),
            ) from error
        except OSError as error:
            raise self._trouble(self.folder, error) from error

    def fetched(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield what is there and whole of ``keys``."""
        for key in keys:
            if (payload := self.get(key)) is not None:
                yield key, payload

    def put_all(self, payloads: Mapping[str, bytes]) -> None:
        """Keep payloads, by key."""
        for key, payload in payloads.items():
            self.put(key, payload)

    def listed(self, shelves: set[str]) -> Iterator[str]:
        """Yield the keys on ``shelves``."""
        for shelf in shelves:
            yield from (shelf + name for name in self._names(self.folder / shelf))

    def _names(self, shelf: Path) -> list[str]:
        try:
            return [path.name for path in shelf.iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise self._trouble(shelf, error) from error


@dataclass(frozen=True, slots=True)
class _Host:
    """A folder of another machine: ``system`` is fsspec's, ``root`` the folder, ``where`` told."""

    system: Any
    root: str
    where: str

    def check(self) -> None:
        """Leave it to a first blob: hosts differ in what a folder is."""

    def fetched(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield what is there and whole of ``keys``."""
        for key, data in zip(keys, self._read(keys), strict=True):
            payload = None if data is None else payload_of(key, data)
            if payload is not None:
                yield key, bytes(payload)
            elif data is not None:
                self._remove(key)

    def _read(self, keys: Sequence[str]) -> list[bytes | None]:
        """Return blobs as they lie there, None where there is none."""
        with self._failing():
            found = self.system.cat_ranges([*map(self._path, keys)], None, None, on_error="return")
            return [self._blob(each) for each in found]

    @staticmethod
    def _blob(found: bytes | Exception) -> bytes | None:
        if isinstance(found, FileNotFoundError):
            return None
        if isinstance(found, Exception):
            raise found
        return found

    def _remove(self, key: str) -> None:
        with contextlib.suppress(*hosts.failures()):  # where it can't be, it is written over
            self.system.rm_file(self._path(key))

    def put_all(self, payloads: Mapping[str, bytes]) -> None:
        """Keep payloads, by key: object stores put each whole, others rename it when it is."""
        blobs = {self._path(key): header(key, held) + held for key, held in payloads.items()}
        with self._failing():
            if not hosts.renames(self.system):
                self.system.pipe(blobs)
                return
            for path, blob in blobs.items():
                shelf = path.rsplit("/", 1)[0]
                temporary = f"{shelf}/{UNFINISHED}{secrets.token_hex(8)}"
                self.system.makedirs(shelf, exist_ok=True)
                self.system.pipe_file(temporary, blob)
                self.system.mv(temporary, path)

    def listed(self, shelves: set[str]) -> Iterator[str]:
        """Yield the keys on ``shelves``; several are listed at once where the host takes that."""
        with self._failing():
            here = sorted(shelves & set(self._names(self.root)))
            at_once = _AT_ONCE if getattr(self.system, "async_impl", False) else 1
            with ThreadPoolExecutor(at_once) as threads:
                names = threads.map(lambda shelf: self._names(f"{self.root}/{shelf}"), here)
                for shelf, found in zip(here, names, strict=True):
                    yield from (shelf + name for name in found)

    def _names(self, folder: str) -> list[str]:
        """Return what lies in a folder, as it is now: others write there too."""
        self.system.invalidate_cache()
        try:
            found: list[str] = self.system.ls(folder, detail=False)
        except FileNotFoundError:
            return []
        return [path.rstrip("/").rsplit("/", 1)[-1] for path in found]

    def _path(self, key: str) -> str:
        return f"{self.root}/{place(key)}"

    @contextlib.contextmanager
    def _failing(self) -> Iterator[None]:
        """Raise what a back end raises when its host fails as a NetworkError."""
        try:
            yield
        except hosts.failures() as error:
            raise NetworkError(
                f"{self.where}: {hosts.why(error)}.",
                advice=tr("What was spoken is kept; the same command goes on from there."),
            ) from error
