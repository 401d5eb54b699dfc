"""What Python's zipfile raises where an archive is damaged: more than it documents."""

from __future__ import annotations

import zipfile
import zlib

try:
    from lzma import LZMAError
except ImportError:  # a Python that was built without it unpacks no such entry
    LZMAError = EOFError  # type: ignore[misc, assignment]

ZIP_ERRORS: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,  # of an entry that is deflated; of BZIP2 it is an OSError
    LZMAError,
    EOFError,
    OSError,
    ValueError,  # an offset before the file's start, a name that is no text
    RuntimeError,  # a password is asked for; a method that Python has not (NotImplementedError)
)
"""Of an archive in memory, where no disk can fail."""
