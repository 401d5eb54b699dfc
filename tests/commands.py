"""The command, run as a user does."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MAIN = "from hautevoix.cli import main; main()"
OFFLINE = "pico, fr-FR" if importlib.util.find_spec("py_nanotts") else "espeak, fr"
"""The engine and voice that a fresh installation takes, where there is a wheel of Pico or none."""


def bound() -> list[str]:
    """Return what runs a command so that modes bind it, as they do all users but root."""
    if os.name == "nt":
        pytest.skip("modes don't bind here")
    if os.getuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("modes don't bind root, and setpriv is missing")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown"]


def hautevoix(
    *arguments: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, with ``env`` over the variables that are set.

    ``before`` is the command that runs it, as ``bound`` gives one.
    """
    return subprocess.run(
        [
            *before,
            sys.executable,
            "-c",
            "from hautevoix.cli import main; main()",
            *map(str, arguments),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **(env or {})},
    )
