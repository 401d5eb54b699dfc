"""Files that are the old one or the new one; what a killed process left of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hautevoix.storage.files import PART, whole

if TYPE_CHECKING:
    from pathlib import Path


def test_what_a_killed_process_left_beside_a_text_goes(tmp_path: Path) -> None:
    """An hour later, when the same file is written again; what others are writing stays."""
    left, fresh, other = (
        tmp_path / f".{name}{PART}" for name in ("a.toml-01", "a.toml-02", "b.toml-01")
    )
    for path in (left, fresh, other):
        path.touch()
    for path in (left, other):
        os.utime(path, (1, 1))
    with whole(tmp_path / "a.toml") as file:
        file.write(b"new")
    assert (tmp_path / "a.toml").read_bytes() == b"new"
    assert sorted(tmp_path.glob(f".*{PART}")) == [fresh, other]
