"""Two builds at once: of one book one is told to wait, of two neither knows of the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from commands import hautevoix
from hautevoix.errors import LockedError
from hautevoix.storage.files import PART
from hautevoix.storage.locks import alone
from standstill import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, time
from pathlib import Path
from hautevoix.storage.files import PART
from hautevoix.storage.locks import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(1000)
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Return a folder with two texts; the first one's book folder is there."""
    for name in ("un", "deux"):
        (tmp_path / f"{name}.txt").write_text("Une phrase, une seule.\n", "utf-8")
    (tmp_path / "output" / "un").mkdir(parents=True)
    return tmp_path


def build(shelf: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Build a text."""
    options = ("--engine", "espeak", "--store", "store", "--quiet")
    return hautevoix("build", f"{name}.txt", *options, cwd=shelf)


def test_a_book_that_is_being_built_is_left_alone(shelf: Path) -> None:
    """Exit code 9 and one line; no file is touched, no other book hindered, none left behind."""
    with alone(shelf / "output" / "un"):
        done = build(shelf, "un")
        assert done.returncode == 9
        assert done.stderr.count("\n") == 1
        assert "another build" in done.stderr
        assert list((shelf / "output" / "un").iterdir()) == []
        assert build(shelf, "deux").returncode == 0
    assert build(shelf, "un").returncode == 0
    there = {path.suffix for path in (shelf / "output" / "un").iterdir()}
    assert there == {".mp3", ".json"}


def test_a_link_to_a_folder_is_that_folder(shelf: Path) -> None:
    """Whatever name a folder goes by, it is one."""
    link = shelf / "link"
    link.symlink_to(shelf / "output" / "un")
    with alone(link), pytest.raises(LockedError), alone(shelf / "output" / "un"):
        pass


def test_the_dead_hold_no_lock(shelf: Path) -> None:
    """A process that was killed keeps nobody out."""
    folder = shelf / "output" / "un"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError), alone(folder):
            pass
        holder.kill()
        holder.wait()
        with alone(folder):
            pass


def test_a_folder_that_can_t_be_opened_keeps_nobody_out(tmp_path: Path) -> None:
    """A lock is a help; where there can be none, work goes on without."""
    with alone(tmp_path / "none"):
        pass


def test_what_a_killed_build_left_is_swept_away(shelf: Path) -> None:
    """Half-written files of the book go with its next build; a user's own hidden files stay."""
    folder = shelf / "output" / "un"
    chapters = folder / "chapters"
    chapters.mkdir()
    half = [folder / f".un.mp3-ab12_xyz{PART}", chapters / f".01-un.mp3-abcdefgh{PART}"]
    own = [folder / ".gitkeep", folder / ".DS_Store", chapters / ".notes-du-livre", folder / ".un"]
    for path in (*half, *own):
        path.touch()
    assert build(shelf, "un").returncode == 0
    assert not any(path.exists() for path in half)
    assert all(path.exists() for path in own)


def test_two_builds_at_once_give_one_whole_book(shelf: Path) -> None:
    """Started together, one does it; the other says so, or finds it done."""
    codes: list[int] = []
    both = [
        threading.Thread(target=lambda: codes.append(build(shelf, "un").returncode))
        for _ in range(2)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert 0 in codes
    assert set(codes) <= {0, 9}
    assert not list((shelf / "output").rglob(".*"))


def test_a_build_that_was_killed_is_no_obstacle(shelf: Path) -> None:
    """The next one goes on at once, though the first one died with workers at work."""
    long = "\n\n".join(f"Voici le paragraphe {number}." for number in range(2000))
    (shelf / "un.txt").write_text(long, "utf-8")
    main = "from hautevoix.cli import main; main()"
    command = [sys.executable, "-c", main, "build", "un.txt", "--engine", "espeak"]
    with subprocess.Popen([*command, "--store", "store"], cwd=shelf, stderr=subprocess.PIPE) as one:
        assert one.stderr
        assert any(line.startswith(b"Speaking") for line in one.stderr)
        assert build(shelf, "un").returncode == 9
        os.kill(one.pid, signal.SIGKILL)
        one.wait()
    (shelf / "un.txt").write_text("Une phrase.\n", "utf-8")
    end = time.monotonic() + PATIENCE
    while (code := build(shelf, "un").returncode) == 9 and time.monotonic() < end:
        pass
    assert code == 0
