"""The command, run as a user does."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OFFLINE = "pico, fr-FR" if importlib.util.find_spec("py_nanotts") else "espeak, fr"
"""The engine and voice that a fresh installation takes, where there is a wheel of Pico or none."""


def hautevoix(
    *arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, with ``env`` over the variables that are set."""
    return subprocess.run(
        [sys.executable, "-c", "from hautevoix.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **(env or {})},
    )
