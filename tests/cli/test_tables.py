from __future__ import annotations

import contextlib
import os
import subprocess
import sys

import pytest

from hautevoix.cli.tables import Column, lines

COLUMNS = (
    Column("engine"),
    Column("voice", wraps=True),
    Column("description", rank=1, wraps=True),
    Column("licence", rank=2),
    Column("state", wraps=True),
)
ROWS = (
    ("espeak", "fr", "French of France", "GPL-3.0-or-later", "ready"),
    ("piper", "fr_FR-a-medium", "a woman's voice", "CC-BY-4.0", "hautevoix voices install it"),
)


@pytest.mark.parametrize("room", range(40, 120, 7))
def test_no_line_is_wider_than_the_room(room: int) -> None:
    """Whatever the width; every word of the columns that stay is there."""
    shown = list(lines(COLUMNS, ROWS, room))
    assert max(map(len, shown)) <= room
    words = " ".join(shown).split()
    assert {"espeak", "fr_FR-a-medium", "install", "it", "ready"} <= set(words)


def test_what_matters_least_goes_first() -> None:
    """The licence before the description; neither where there is room, or nobody looks."""

    def titles(room: int | None) -> list[str]:
        return next(lines(COLUMNS, ROWS, room)).split()

    whole = ["engine", "voice", "description", "licence", "state"]
    assert titles(None) == titles(100) == whole
    assert titles(60) == ["engine", "voice", "description", "state"]
    assert titles(40) == ["engine", "voice", "state"]


def on_a_terminal(width: int) -> list[str]:
    """Return what ``hautevoix voices`` prints on a terminal of so many columns."""
    ours, theirs = os.openpty()
    with os.fdopen(ours, "rb", buffering=0) as screen:
        process = subprocess.Popen(
            [sys.executable, "-m", "hautevoix", "voices"],
            env={**os.environ, "COLUMNS": str(width)},
            stdout=theirs,
        )
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # how a terminal tells that nobody writes any more
            while read := screen.read(4096):
                shown += read
        assert process.wait() == 0
    return shown.decode().splitlines()


@pytest.mark.parametrize("width", [60, 80, 100])
def test_voices_fit_the_terminal(width: int) -> None:
    """The real table: all but the lines under it, to be copied. A pipe gets it whole."""
    rows = [line for line in on_a_terminal(width) if not line.startswith("[")]
    assert max(map(len, rows)) <= width
    assert any(row.startswith("espeak  fr ") and row.endswith("ready") for row in rows)
