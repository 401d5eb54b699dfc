"""The command, run as a user does."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OFFLINE = "pico, fr-FR" if importlib.util.find_spec("py_nanotts") else "espeak, fr"
"""The engine and voice that a fresh installation takes, where there is a wheel of Pico or none."""


def hautevoix(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    return subprocess.run(
        [sys.executable, "-c", "from hautevoix.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )
