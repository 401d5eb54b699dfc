"""Several books in one command: what programs are told, and how it goes on after a stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hautevoix.cli.standing import Finished, standing

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS = ("a.txt", "vide.txt", "b.txt", "c.txt")
_AHEAD = "from hautevoix.pipeline import ahead\nahead._WORTH = 0\n"  # few words are worth it too
_TIME_UP = (
    "from datetime import datetime\n"
    "from hautevoix.cli import shelf\n"
    "real = shelf.Shelf.reach\n"
    "def reach(self, index, progress):\n"
    "    self.end = datetime.now().astimezone() if index == 1 else self.end\n"
    "    return real(self, index, progress)\n"
    "shelf.Shelf.reach = reach\n"
)


def command(
    folder: Path, store: str, *, texts: tuple[str, ...] = _TEXTS, before: str = ""
) -> subprocess.Popen[str]:
    """Begin to build the books, in a group of processes of their own; ``before`` is run before."""
    code = f"{_AHEAD}{before}from hautevoix.cli import main\nmain()\n"
    told = ["--engine", "espeak", "--quiet", "--events", "--store", store, "-o", f"of-{store}"]
    return subprocess.Popen(
        [sys.executable, "-c", code, "build", *texts, *told],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def sounds(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder's audiobooks."""
    return {path.name: path.read_bytes() for path in folder.glob("*/*.mp3")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three texts, an empty one among them, and what they become."""
    folder = tmp_path_factory.mktemp("shelf")
    for name in "abc":
        said = "\n\n".join(f"Le livre {name} en est à la page {page}." for page in range(9))
        (folder / f"{name}.txt").write_text(said + "\n", "utf-8")
    (folder / "vide.txt").touch()
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> tuple[list[dict[str, object]], dict[str, bytes]]:
    """Return what a build that nothing stops tells of the shelf, and its sounds."""
    building = command(folder, "whole")
    told, errors = building.communicate()
    assert building.returncode == 3, errors
    events = [json.loads(line) for line in told.splitlines()]
    return [event for event in events if event["event"] == "shelf"], sounds(folder / "of-whole")


def test_programs_are_told_how_far_a_shelf_is(
    whole: tuple[list[dict[str, object]], dict[str, bytes]],
) -> None:
    """After each book, one that failed too, which adds no sound; nothing is left in the end."""
    shelf, made = whole
    assert [(event["text"], event["done"], event["total"]) for event in shelf] == [
        (text, number, 4) for number, text in enumerate(_TEXTS, 1)
    ]
    assert shelf[0]["sound"] == shelf[1]["sound"]
    assert all(event["speed"] for event in shelf)
    assert [bool(event["left"]) for event in shelf] == [True, True, True, False]
    assert sorted(made) == ["a.mp3", "b.mp3", "c.mp3"]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no groups of processes")
def test_a_shelf_that_is_killed_goes_on(
    folder: Path, whole: tuple[list[dict[str, object]], dict[str, bytes]]
) -> None:
    """Every process of it at once, amid the work: the same command makes the same bytes."""
    killed = command(folder, "killed")
    assert killed.stdout
    assert any('"shelf"' in line for line in killed.stdout)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    again = command(folder, "killed")
    told, errors = again.communicate()
    assert again.returncode == 3, errors
    assert told.count('"event": "shelf"') == 4
    assert sounds(folder / "of-killed") == whole[1]


def test_a_shelf_whose_time_is_up_goes_on(
    folder: Path, whole: tuple[list[dict[str, object]], dict[str, bytes]]
) -> None:
    """Exit code 11, the books before are there; another time the same bytes are made."""
    good = tuple(text for text in _TEXTS if text != "vide.txt")
    stopped = command(folder, "stopped", texts=good, before=_TIME_UP)
    _, errors = stopped.communicate()
    assert stopped.returncode == 11, errors
    assert sorted(sounds(folder / "of-stopped")) == ["a.mp3"]
    again = command(folder, "stopped", texts=good)
    _, errors = again.communicate()
    assert again.returncode == 0, errors
    assert sounds(folder / "of-stopped") == whole[1]


def test_what_was_there_already_tells_nothing_of_speed() -> None:
    """A shelf taken up again: until a book is made, nobody says how long the rest takes."""
    there = [Finished(1000, 60.0, made=False)] * 2
    at_first = standing(there, [3000], 3, took=0.2)
    assert (at_first.speed, at_first.left) == (None, None)
    assert at_first.line() == "Shelf: 2 of 3 books, 2:00 of sound."
