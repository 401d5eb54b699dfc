"""A folder to work in: made, nobody else's, put in order, and known to take files."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from hautevoix.storage.files import PART, sweep, told
from hautevoix.storage.locks import alone
from hautevoix.storage.staging import recover

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def ready(folder: Path) -> Iterator[None]:
    """Have ``folder`` for oneself, before time is spent. Raises DiskError, LockedError.

    What was made goes if nothing comes of it.
    """
    with made(folder), alone(folder):
        recover(folder)
        sweep(folder)
        _try(folder)
        yield


@contextlib.contextmanager
def made(folder: Path) -> Iterator[None]:
    """Make the folder, and those above it; what was made goes if nothing comes of it.

    Raises DiskError.
    """
    with told(folder):
        new = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):  # as soon as one is not empty
            for path in new:
                path.rmdir()
        raise


def _try(folder: Path) -> None:
    """Try to write into the folder. Raises DiskError."""
    probe = folder / f".probe{PART}"
    with told(folder):
        probe.touch()
        probe.unlink()
