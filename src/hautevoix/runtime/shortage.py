"""The system gives no more of something: nobody's bug, and no engine's failure."""

from __future__ import annotations

import errno
import os

from hautevoix.errors import DiskError
from hautevoix.localization import tr

_EXHAUSTED = {errno.ENOMEM, errno.EAGAIN, errno.EMFILE, errno.ENFILE}
_IN_WORDS = tuple(map(os.strerror, _EXHAUSTED))


def is_short(error: BaseException) -> bool:
    """Tell whether ``error`` is the system's: no more memory, processes or open files.

    A library that can't be loaded for that tells it in words alone.

    >>> is_short(OSError(errno.EMFILE, "Too many open files")), is_short(OSError(errno.ENOENT, ""))
    (True, False)
    >>> is_short(ImportError(f"numpy.so: cannot open: {os.strerror(errno.EMFILE)}"))
    True
    """
    return (
        isinstance(error, MemoryError)
        or (isinstance(error, ImportError) and any(why in str(error) for why in _IN_WORDS))
        or (isinstance(error, OSError) and error.errno in _EXHAUSTED)
        or (isinstance(error, RuntimeError) and "can't start new thread" in str(error))
    )


def shortage(error: BaseException) -> DiskError:
    """Return what tells the user so."""
    what = getattr(error, "strerror", None) or str(error) or tr("out of memory")
    return DiskError(
        tr("The system has no more memory, processes or open files to give: {what}.", what=what),
        advice=tr("End some other programs. Or build with --jobs 1."),
    )
