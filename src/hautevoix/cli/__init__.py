"""The command line: one file per command, each of which gathers, calls the pipeline and prints.

Light: what loads takes a while, and Ctrl-C must be answered meanwhile too.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from hautevoix.cli import stopping


def main() -> None:
    """Run the command line and leave with the exit code that errors.py tells."""
    try:
        stopping.listen()
        _open_what_is_closed()
        os.environ.setdefault("PATH", os.defpath)  # libraries look for programs there
        from hautevoix.cli.commands import run  # noqa: PLC0415 - see above

        code = run()
        stopping.deafen()
    except KeyboardInterrupt:  # while modules load, or once more while the first is answered
        stopping.deafen()
        code = stopping.exit_code()
        sys.stderr.write("hautevoix: stopped.\n")
    sys.exit(code)


def _open_what_is_closed() -> None:
    """Have no file of ours take the place of a closed standard stream, and what is said there.

    Where that can't be had (a jail without /dev/null, no file more to open), they stay as they are.
    """
    with suppress(OSError):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:  # 0, 1, 2 are theirs
            os.set_inheritable(number, True)  # noqa: FBT003 - it takes no name
        os.close(number)
        sys.stdout = sys.stdout or os.fdopen(1, "w")
        sys.stderr = sys.stderr or os.fdopen(2, "w")
