"""Files that are the old one or the new one, never a mixture."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError

if TYPE_CHECKING:
    from collections.abc import Iterator
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
            start = f".{target.name[:40]}-"
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=start, suffix=PART)
            temporary = Path(name)
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(handle)
            temporary.chmod(0o644)
            temporary.replace(target)
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what a killed process left half-written under ``folder``; for who is alone there."""
    with told(folder):
        for stray in folder.rglob(f".*{PART}"):
            stray.unlink(missing_ok=True)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise what the system has against writing ``path`` as a DiskError."""
    try:
        yield
    except OSError as error:
        raise DiskError(
            f"{path} can't be written: {error.strerror or error}.",
            advice="Free some space, or choose another folder with -o.",
        ) from error
