"""Exit codes that no other test has met in a real command; each is one line on stderr."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from commands import hautevoix

if TYPE_CHECKING:
    from pathlib import Path

KEY = "sk-4711-abc"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a text of a sentence."""
    (tmp_path / "livre.txt").write_text("Il pleut.\n", "utf-8")
    return tmp_path / "livre.txt"


def test_a_store_that_is_no_store(text: Path, tmp_path: Path) -> None:
    """10: files in the place of its folders; which, and what to do."""
    store = tmp_path / "store"
    store.mkdir()
    for number in range(256):
        (store / f"{number:02x}").touch()
    where = ("--store", store, "-o", tmp_path / "out")
    done = hautevoix("build", text, "--engine", "espeak", "--quiet", *where)
    assert done.returncode == 10
    assert "The store of clips is damaged: " in done.stderr
    assert done.stderr.endswith("Remove it: what it held is spoken again.\n")


@pytest.mark.parametrize("debug", [{}, {"HAUTEVOIX_DEBUG": "1"}])
def test_a_bug(debug: dict[str, str], text: Path) -> None:
    """70, on one line; where it is only for who asks, and no key in either."""
    program = (
        "from hautevoix.cli import outline, main; from hautevoix.errors import Secret\n"
        f"def bug(**options): raise ZeroDivisionError('for ' + Secret('{KEY}').revealed())\n"
        "outline.command.callback = bug; main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "outline", text],
        capture_output=True, text=True, check=False, env={**os.environ, **debug},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (70, "")
    *before, last = done.stderr.splitlines()
    assert last.startswith("hautevoix: a bug of ours, sorry: ZeroDivisionError: for •••. ")
    assert any("Traceback" in line for line in before) == bool(debug) == bool(before)
    assert KEY not in done.stderr
