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


@contextmanager
def whole(target: Path) -> Iterator[BinaryIO]:
    """Open a temporary file that becomes ``target`` only if all goes well, and durably."""
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-")
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except OSError as error:
        raise DiskError(
            f"{target} can't be written: {error.strerror or error}.",
            advice="Free some space, or choose another folder with -o.",
        ) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
