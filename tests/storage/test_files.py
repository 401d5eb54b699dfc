"""Files that are the old one or the new one; what a killed process left of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hautevoix.errors import DiskError
from hautevoix.storage.files import PART, is_there, whole

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


def test_a_folder_that_went_meanwhile_is_no_full_disk(tmp_path: Path) -> None:
    """The advice is what helps: the same command makes the folder anew."""
    folder = tmp_path / "book"
    folder.mkdir()

    def put() -> None:
        with whole(folder / "a.mp3"):
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()

    with pytest.raises(DiskError, match="Its folder has gone"):
        put()


def test_a_disk_that_fails_is_no_absence(tmp_path: Path) -> None:
    """What can't be told is raised: a sidecar must not be passed over, a journal not missed."""
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "file").touch()
    assert is_there(tmp_path / "dangling")
    assert not is_there(tmp_path / "none")
    assert not is_there(tmp_path / "file" / "none")
    assert not is_there(tmp_path / ("n" * 300))
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OSError, match="symbolic links"):
        is_there(tmp_path / "loop" / "none")
