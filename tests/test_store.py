from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hautevoix.errors import DiskError, StoreError
from hautevoix.storage.store import Store, key_of

if TYPE_CHECKING:
    from pathlib import Path

KEY = key_of("a", "clip")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary())
def test_what_is_put_comes_back(store: Store, payload: bytes) -> None:
    """Any bytes come back as they were."""
    key = key_of(payload)
    store.put(key, payload)
    assert store.has(key)
    assert store.get(key) == payload


def test_nothing_is_nothing(store: Store) -> None:
    """A key never put is not there."""
    assert not store.has(KEY)
    assert store.get(KEY) is None


@pytest.mark.parametrize("length", [0, 3, 15, 16, 20])
def test_a_torn_blob_is_found_and_forgotten(store: Store, length: int) -> None:
    """A blob cut short anywhere is never given back, and the next look finds it gone."""
    store.put(KEY, b"payload")
    whole = store.path(KEY).read_bytes()
    store.path(KEY).write_bytes(whole[:length])
    assert store.get(KEY) is None
    assert not store.has(KEY)


def test_a_flipped_bit_is_found(store: Store) -> None:
    """Rot anywhere in a blob is found."""
    store.put(KEY, b"payload")
    for position in range(store.path(KEY).stat().st_size):
        store.put(KEY, b"payload")
        data = bytearray(store.path(KEY).read_bytes())
        data[position] ^= 4
        store.path(KEY).write_bytes(data)
        assert store.get(KEY) is None


def test_what_is_expected_is_as_it_was(store: Store) -> None:
    """Reading ahead changes no blob, and a key of nothing is no error."""
    store.put(KEY, b"payload")
    store.expect([KEY, key_of("nothing")])
    assert store.get(KEY) == b"payload"
    assert not store.has(key_of("nothing"))


def test_prune_removes_what_was_used_longest_ago(tmp_path: Path) -> None:
    """The limit holds, and what was read last stays."""
    store = Store(tmp_path, limit=2 * 120)
    keys = [key_of(number) for number in range(4)]
    for age, key in enumerate(keys):
        store.put(key, bytes(100))
        os.utime(store.path(key), (1000 + age, 1000 + age))
    store.get(keys[0])
    assert store.prune(time.time()) == 2
    assert [store.has(key) for key in keys] == [True, False, False, True]


def test_use_is_noted_once_an_hour(store: Store) -> None:
    """An edit of a large book does not change thousands of files that it wrote just now."""
    store.put(KEY, b"x")
    for age, noted in ((60, False), (7200, True)):
        then = time.time() - age
        os.utime(store.path(KEY), (then, then))
        store.get(KEY)
        assert (store.path(KEY).stat().st_mtime > then + 1) == noted


def test_prune_sweeps_what_a_killed_process_left(store: Store) -> None:
    """A temporary file goes when it is a day old, not while someone may be writing it."""
    store.put(KEY, b"x")
    stray = store.path(KEY).parent / ".tmp-stray"
    stray.write_bytes(b"torn")
    store.prune(time.time())
    assert stray.exists()
    store.prune(time.time() + 2 * 24 * 3600)
    assert not stray.exists()
    assert store.has(KEY)


def test_a_store_that_can_t_be_written_says_so(tmp_path: Path) -> None:
    """A file in the folder's place is a DiskError that names the folder and the option."""
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(DiskError, match="--store"):
        Store(blocked).put(KEY, b"x")


def test_keys_tell_their_parts_apart() -> None:
    """Parts never run together."""
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of(b"abc", "")}) == 4


@pytest.mark.parametrize("where", ["blob", "shelf", "dangling"])
def test_what_stands_in_a_blob_s_place_is_named(store: Store, where: str) -> None:
    """A folder, a file or a dangling link there is damage (10), not a full disk."""
    blob = store.path(KEY)
    store.folder.mkdir()
    if where == "blob":
        blob.mkdir(parents=True)
    elif where == "shelf":
        blob.parent.write_bytes(b"x")
    else:
        blob.parent.symlink_to("nowhere")
    culprit = blob if where == "blob" else blob.parent
    with pytest.raises(StoreError, match=f"{culprit.name} .*Remove it"):
        store.put(KEY, b"payload")
