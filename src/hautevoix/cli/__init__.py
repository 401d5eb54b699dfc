"""The command line: one file per command, each of which gathers, calls the pipeline and prints.

Light: what loads takes a while, and Ctrl-C must be answered meanwhile too.
"""

from __future__ import annotations

import sys

from hautevoix.cli import stopping


def main() -> None:
    """Run the command line and leave with the exit code that errors.py tells."""
    try:
        stopping.listen()
        from hautevoix.cli.commands import run  # noqa: PLC0415 - see above

        code = run()
        stopping.deafen()
    except KeyboardInterrupt:  # while modules load, or once more while the first is answered
        stopping.deafen()
        code = stopping.exit_code()
        if sys.stderr is not None:
            sys.stderr.write("hautevoix: stopped.\n")
    sys.exit(code)
