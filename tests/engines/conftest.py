"""What the tests of engines share."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

import picofake
from conftest import NO_SKIP
from hautevoix.engines import pico


@pytest.fixture
def pico_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a pico2wave that buzzes on the path, as if there were no library."""
    monkeypatch.setattr(pico, "_embedded", lambda: False)
    fake = tmp_path / "bin" / "pico2wave"
    fake.parent.mkdir()
    # -S and -E: a bare interpreter, which starts in no time.
    fake.write_text(f'#!/bin/sh\nexec {sys.executable} -S -E {Path(picofake.__file__)} "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent), prepend=os.pathsep)


@pytest.fixture
def pico_library() -> None:
    """Skip (fail, where no skip is allowed) where Pico's library is not installed."""
    if importlib.util.find_spec("py_nanotts") is None:
        wheel = "py-nanotts is not installed: there is no wheel for this system"
        (pytest.fail if os.environ.get(NO_SKIP) else pytest.skip)(wheel)
