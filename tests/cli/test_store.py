"""``hautevoix store``: what is kept, what is damaged, and making room."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import bound, hautevoix
from hautevoix.storage.locks import shared
from hautevoix.storage.store import Store, key_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def filled(tmp_path: Path) -> Store:
    """Return a store of three blobs of 1,000 bytes."""
    store = Store(tmp_path / "store")
    for number in range(3):
        store.put(key_of(number), bytes(1_000))
    return store


def test_info_tells_where_it_is_and_how_much_it_holds(filled: Store) -> None:
    """For people, and for programs."""
    told = hautevoix("store", "info", "--store", filled.folder)
    assert f"{filled.folder}: 3 kB in 3 pieces." in told.stdout
    told = hautevoix("store", "info", "--json", "--store", filled.folder)
    assert json.loads(told.stdout) == {
        "folder": str(filled.folder),
        "blobs": 3,
        "bytes": 3 * 1_016,
        "limit": 8_000_000_000,
    }


def test_a_store_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    """It is no error, and none is made."""
    for what in (["info"], ["verify", "--quiet"], ["gc"]):
        told = hautevoix("store", *what, "--store", tmp_path / "none")
        assert (told.returncode, told.stderr) == (0, "")
    assert not (tmp_path / "none").exists()


def test_verify_finds_damage_and_repair_removes_it(filled: Store) -> None:
    """Sound blobs stay; what is damaged is named, exit code 1 until it is gone."""
    bad = filled.path(key_of(1))
    bad.write_bytes(bad.read_bytes()[:-1] + b"x")
    where = ("--quiet", "--store", filled.folder)
    told = hautevoix("store", "verify", *where)
    assert told.returncode == 1
    assert f"{bad}: damaged" in told.stdout
    assert "--repair" in told.stderr
    assert bad.exists()
    told = hautevoix("store", "verify", "--repair", *where)
    assert (told.returncode, bad.exists()) == (0, False)
    told = hautevoix("store", "verify", *where)
    assert (told.returncode, told.stdout) == (0, "2 pieces, 0 damaged.\n")


def test_gc_makes_room(filled: Store) -> None:
    """Down to the limit."""
    told = hautevoix("store", "gc", "--limit", "0.0000021", "--store", filled.folder)
    assert (told.returncode, told.stdout) == (0, "1 piece removed, 1 kB; 2 kB stay.\n")


def test_gc_leaves_a_build_its_clips(filled: Store) -> None:
    """While one is at work nothing is removed: exit code 9."""
    with shared(filled.folder):
        told = hautevoix("store", "gc", "--limit", "0", "--store", filled.folder)
    assert told.returncode == 9
    assert "a build that uses this store is at work" in told.stderr
    assert len(list(filled.blobs())) == 3


def test_what_can_t_be_removed_is_told(filled: Store) -> None:
    """A folder that can only be read, or not at all: one line each, never a bug or a wrong sum."""
    bad = filled.path(key_of(1))
    bad.write_bytes(bad.read_bytes()[:-1] + b"x")
    where = ("--store", filled.folder)

    def run(*what: str) -> tuple[int, str]:
        done = hautevoix("store", *what, *where, before=bound())
        assert len(done.stderr.splitlines()) <= 1
        return done.returncode, done.stdout + done.stderr

    for shelf in filled.folder.iterdir():
        shelf.chmod(0o555)
    code, told = run("verify", "--repair", "--quiet")
    assert (code, bad.exists()) == (1, True)
    assert "can't be removed" in told
    code, told = run("gc", "--limit", "0")
    assert code == 7
    assert "0 pieces removed, 0 kB; 3 kB stay." in told
    bad.chmod(0)
    code, told = run("verify", "--quiet")
    assert code == 1
    assert "Permission denied" in told
    bad.parent.chmod(0)
    code, told = run("info")
    assert (code, "Permission denied" in told) == (7, True)
    for shelf in filled.folder.iterdir():
        shelf.chmod(0o755)
