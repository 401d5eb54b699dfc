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
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(handle)
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as error:
        raise disk_error(target, error) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def disk_error(path: Path, error: OSError) -> DiskError:
    """Return what tells the user that ``path`` can't be written."""
    return DiskError(
        f"{path} can't be written: {error.strerror or error}.",
        advice="Free some space, or choose another folder with -o.",
    )
