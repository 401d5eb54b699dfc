"""Whether this process may have the memory that it needs: numerical libraries end it if not."""

from __future__ import annotations

import contextlib

from hautevoix.errors import DiskError
from hautevoix.localization import tr

_LEAST = 512 << 20
"""Bytes of address space for a build by eSpeak on one core: it takes some 300 MB."""


def check_memory() -> None:
    """Raise DiskError where the user's limit (``ulimit -v``) is too low to begin.

    A library that gets no memory as it loads (OpenBLAS) ends the process by itself, with the exit
    code 1, which tells of a book with gaps.
    """
    with contextlib.suppress(ImportError):  # where the system has no such limits
        import resource  # noqa: PLC0415 - Unix only

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        if limit != resource.RLIM_INFINITY and limit < _LEAST:
            raise DiskError(
                tr(
                    "This process may have {limit} MiB of memory, and a build needs {least}.",
                    limit=limit >> 20,
                    least=_LEAST >> 20,
                ),
                advice=tr("Raise the limit: ulimit -v unlimited"),
            )
