"""Two processes at work on one folder: the second one is told, and nothing is left behind.

The folder itself is locked, not a file in it, so nothing lies about and what can't be written can
be locked too. The system frees what a dead process held.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.errors import LockedError
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def alone(folder: Path, other: str = "") -> Iterator[None]:
    """Keep other processes that ask the same out of ``folder`` until the context ends.

    ``other`` is how whoever is there is called: a build of this book, unless told. Raises
    LockedError if someone is. Where the file system knows no locks (some network shares), nobody
    is kept out.
    """
    handle = _opened(folder)
    try:
        _lock(handle, folder, other or tr("another build of this book"))
        yield
    finally:
        if handle is not None:
            _release(handle)


@contextmanager
def shared(folder: Path) -> Iterator[Callable[[], bool]]:
    """Tell others that ``folder`` is in use; any number of processes may say so at once.

    Who has it alone, for the moment that pruning takes, is waited for.

    What the context gives tells whether nobody else does, and from then on keeps out who would
    begin. Where the file system knows no locks it says no: nobody can tell.
    """
    handle = _opened(folder)
    try:
        known = handle is not None and _share(handle)
        yield lambda: handle is not None and known and _share(handle, alone=True)
    finally:
        if handle is not None:
            _release(handle)


def _lock(handle: int | None, folder: Path, other: str) -> None:
    if handle is None:
        return
    try:
        _claim(handle)
    except (BlockingIOError, PermissionError) as error:
        raise LockedError(
            tr("{folder}: {other} is at work.", folder=folder, other=other),
            advice=tr("Wait until it is done. Or choose another folder with -o."),
        ) from error
    except OSError:  # no locks here
        return


if sys.platform == "win32":  # where a folder can't be opened: a file that stands for it
    import msvcrt

    def _opened(folder: Path) -> int | None:
        name = f"hautevoix-{zlib.crc32(os.fsencode(folder.absolute())):08x}.lock"
        with contextlib.suppress(OSError):
            return os.open(Path(tempfile.gettempdir()) / name, os.O_RDWR | os.O_CREAT)
        return None

    def _claim(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _share(handle: int, *, alone: bool = False) -> bool:  # noqa: ARG001 - it has no shared locks
        return False

    def _release(handle: int) -> None:
        os.close(handle)
else:
    import fcntl

    def _opened(folder: Path) -> int | None:
        with contextlib.suppress(OSError):
            return os.open(folder, os.O_RDONLY)
        return None

    def _claim(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _share(handle: int, *, alone: bool = False) -> bool:
        """Lock a folder with others, or without if nobody else does; return whether it is locked.

        Who has it alone is waited for: to go on without a lock would be to be pruned.
        """
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
        except OSError:
            return False
        return True

    def _release(handle: int) -> None:
        """Free the folder, although a process that was forked meanwhile may hold it open too."""
        with contextlib.suppress(OSError):  # no locks here
            fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)
