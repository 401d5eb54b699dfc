"""A time by which a build is to stop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from commands import hautevoix
from hautevoix.cli.shelf import Shelf
from hautevoix.errors import TimeUpError
from hautevoix.model.options import Source
from hautevoix.pipeline.orders import Order
from hautevoix.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_no_work_is_given_out_when_the_time_is_up(tmp_path: Path) -> None:
    """Neither amid a book nor for the next one; what goes on is told, and the exit code is 11."""
    order = Order(Source(tmp_path / "a.txt"), tmp_path, Store(tmp_path / "s"))
    told: list[tuple[str, int, int]] = []
    shelf = Shelf([order], datetime.now(UTC) + timedelta(hours=1))
    progress = shelf.reach(0, lambda *stage: told.append(stage))
    progress("Speaking", 1, 2)
    assert told == [("Speaking", 1, 2)]
    shelf.end = datetime.now(UTC)
    with pytest.raises(TimeUpError, match="the same command goes on") as up:
        shelf.reach(0, progress)
    assert up.value.exit_code == 11
    assert up.value.for_all


def test_a_time_that_is_none_is_told_in_words() -> None:
    """The line names what was written and shows how a time is, with no sign of a program's."""
    told = hautevoix("build", "livre.txt", "--until", "99:99")
    assert told.returncode == 2
    assert "« 99:99 » is no time of day: write 06:00" in told.stderr
    assert "%" not in told.stderr
