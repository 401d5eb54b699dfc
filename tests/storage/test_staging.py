"""A book on disk is the old one or the new one, whatever ends the process, and wherever."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hautevoix.errors import DiskError
from hautevoix.storage.files import PART, sweep
from hautevoix.storage.staging import JOURNAL, is_unfinished, recover, staged

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = {"livre.mp3": "old", "livre.m4b": "old", "chapters/01.mp3": "old", "chapters/02.mp3": "old"}
NEW = {"livre.mp3": "new", "livre.m4b": "new", "chapters/01.mp3": "new", "livre.json": "new"}

_PROGRAM = """
import os, signal, sys
from pathlib import Path
from hautevoix.storage.staging import staged

folder, at = Path(sys.argv[1]), int(sys.argv[2])
count = 0

def step(event, arguments):
    global count
    if event in ("open", "os.rename", "os.remove"):
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(step)
with staged(folder) as files:
    for name in ("livre.mp3", "livre.m4b", "chapters/01.mp3", "livre.json"):
        with files.whole(folder / name) as file:
            file.write(b"new")
    files.remove(folder / "chapters/02.mp3")
print(count)
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a folder with the old book in it."""
    folder = tmp_path / "livre"
    (folder / "chapters").mkdir(parents=True)
    for name, content in OLD.items():
        (folder / name).write_text(content)
    return folder


def held(folder: Path) -> dict[str, str]:
    """Return what lies in a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def renew(folder: Path, after: Callable[[str], object] = lambda _: None) -> None:
    """Put the new book in the place of the old one."""
    with staged(folder) as files:
        for name, content in NEW.items():
            files.put(folder / name, content.encode())
            after(name)
        files.remove(folder / "chapters/02.mp3")


def test_all_take_their_places_together(book: Path) -> None:
    """None before the end; then all, and nothing else is left."""
    renew(book, lambda _: [path for path in OLD if (book / path).read_text() == "old"] or 1 / 0)
    assert held(book) == NEW


def test_an_error_before_the_end_changes_nothing(book: Path) -> None:
    """Not even a stray file is left."""

    def fail(name: str) -> None:
        if name == "livre.json":
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="space"):
        renew(book, fail)
    assert held(book) == OLD


def test_killed_anywhere_it_is_the_old_book_or_becomes_the_new_one(book: Path) -> None:
    """SIGKILL at every opening, renaming and removal: at once, or after the next run, it is whole.

    What is neither the one nor the other says so until then.
    """
    at, seen = 1, set()
    while True:
        for name in set(held(book)) - set(OLD):
            (book / name).unlink()
        for name, content in OLD.items():
            (book / name).write_text(content)
        ended = subprocess.run([sys.executable, "-c", _PROGRAM, book, str(at)], check=False)
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
        now = {name: told for name, told in held(book).items() if not name.startswith(".")}
        mixed = {name: told for name, told in now.items() if PART not in name}
        assert mixed in (OLD, NEW) or is_unfinished(book)
        recover(book)
        sweep(book)
        assert held(book) in (OLD, NEW)
        seen.add("new" if held(book) == NEW else "old")
        at += 1
    assert seen == {"old", "new"}
    assert held(book) == NEW


@pytest.mark.parametrize(
    "journal",
    [
        "",
        "[]",
        "[" * 100_000,
        json.dumps({"place": [["../x", f".y{PART}"]], "remove": []}),
        json.dumps({"place": [["/tmp/x", f".y{PART}"]], "remove": []}),  # noqa: S108
        json.dumps({"place": [["x", "livre.mp3"]], "remove": []}),
        json.dumps({"place": [], "remove": ["../../secret"]}),
        json.dumps({"place": [[1, 2]], "remove": []}),
    ],
)
def test_a_journal_that_is_not_ours_is_told_and_not_followed(book: Path, journal: str) -> None:
    """Who can write into a book's folder can not have a build rename or remove files elsewhere."""
    (book / JOURNAL).write_text(journal)
    with pytest.raises(DiskError, match="Remove it"):
        recover(book)
    assert held(book) == {**OLD, JOURNAL: journal}


def test_what_is_the_same_is_not_touched(book: Path) -> None:
    """A player that streams it, or a copy that goes by times, sees no change."""
    os.utime(book / "livre.mp3", (1, 1))
    with staged(book) as files:
        files.put(book / "livre.mp3", b"old")
    assert (book / "livre.mp3").stat().st_mtime == 1


def test_what_waits_can_be_read(book: Path) -> None:
    """As it will be; what does not wait is as it is."""
    with staged(book) as files:
        files.put(book / "livre.mp3", b"new")
        assert files.latest(book / "livre.mp3").read_bytes() == b"new"
        assert files.latest(book / "livre.m4b").read_bytes() == b"old"


class Disk:
    """What a disk may hold after a power cut: of a folder's changes, only a sync assures one.

    Files' contents are there once they are synced; so are a folder's new, changed and lost names.
    Without that, any of them may have reached the disk, in any order.
    """

    def __init__(self, folder: Path, patched: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.names: dict[str, bytes] = {}  # what is on the disk for sure
        self.pending: list[tuple[str, str | None, str | None, bytes]] = []  # folder, gone, new
        self.states: list[dict[str, bytes]] = []
        self.contents: dict[str, bytes] = {}  # of files as they are synced, by path
        self._patched = patched
        self._real = os.replace, os.unlink, os.fsync

    def watch(self) -> None:
        """Note what the process does to the folder from now on."""
        self.names = {p.as_posix(): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}
        for name in ("replace", "unlink", "fsync"):
            self._patched.setattr(os, name, getattr(self, name))

    def replace(self, source: Path, target: Path) -> None:
        """Rename a file."""
        self._real[0](source, target)
        self._note(target.parent, str(source), str(target), self.contents.get(str(source), b"torn"))

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        self._real[1](path)
        self._note(Path(path).parent, str(path), None, b"")

    def fsync(self, handle: int) -> None:
        """Have a file's content, or a folder's names, reach the disk."""
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.is_dir():
            for change in [change for change in self.pending if change[0] == str(path)]:
                self._apply(self.names, change)
                self.pending.remove(change)
        else:
            self.contents[str(path)] = path.read_bytes()
            self._note(path.parent, None, str(path), path.read_bytes())

    def _note(self, folder: Path, gone: str | None, new: str | None, data: bytes) -> None:
        self.pending.append((str(folder), gone, new, data))
        for kept in itertools.product((False, True), repeat=len(self.pending)):
            state = dict(self.names)
            for change in itertools.compress(self.pending, kept):
                self._apply(state, change)
            if state not in self.states:
                self.states.append(state)

    @staticmethod
    def _apply(state: dict[str, bytes], change: tuple[str, str | None, str | None, bytes]) -> None:
        _, gone, new, data = change
        if gone:
            state.pop(gone, None)
        if new:
            state[new] = data


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells which file is synced")
def test_a_power_cut_at_any_moment_leaves_the_old_book_or_the_new(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever of the folders' changes had reached the disk; once told done, the new one stays."""
    with monkeypatch.context() as patched:
        disk = Disk(book, patched)
        disk.watch()
        renew(book)
    for state in (*disk.states, disk.names):
        shutil.rmtree(book)
        (book / "chapters").mkdir(parents=True)
        for name, data in state.items():
            Path(name).write_bytes(data)
        recover(book)
        sweep(book)
        assert held(book) in (OLD, NEW)
    assert held(book) == NEW
    assert len(disk.states) > 20
