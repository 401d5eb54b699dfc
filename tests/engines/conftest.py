"""What the tests of engines share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import picofake


@pytest.fixture
def pico_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a command called pico2wave on the path, which buzzes."""
    fake = tmp_path / "bin" / "pico2wave"
    fake.parent.mkdir()
    # -S and -E: a bare interpreter, which starts in no time.
    fake.write_text(f'#!/bin/sh\nexec {sys.executable} -S -E {Path(picofake.__file__)} "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent), prepend=os.pathsep)
