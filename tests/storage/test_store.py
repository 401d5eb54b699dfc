from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hautevoix.errors import DiskError, StoreError
from hautevoix.storage.files import whole
from hautevoix.storage.ready_folder import ready
from hautevoix.storage.staging import staged
from hautevoix.storage.store import Store, key_of
from standstill import PATIENCE

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


def test_a_blob_under_another_s_name_is_found(store: Store) -> None:
    """Whole as it is, it is not what was asked for: another sentence, or another kind of thing."""
    store.put(KEY, b"payload")
    other = key_of("another", "clip")
    store.put(other, b"another")
    store.path(other).write_bytes(store.path(KEY).read_bytes())
    assert store.get(other) is None
    assert store.get(KEY) == b"payload"


@pytest.mark.parametrize(("umask", "mode"), [(0o027, 0o640), (0o002, 0o664)])
def test_what_is_made_is_as_open_as_the_user_wants(
    store: Store, tmp_path: Path, umask: int, mode: int
) -> None:
    """A store or a book that a group shares can be read (and written) by it: folders, files."""
    before = os.umask(umask)
    book = tmp_path / "out" / "book"
    try:
        with ready(book), store.in_use(), staged(book) as files:
            store.put(KEY, b"payload")
            files.put(book / "file", b"x")
        with whole(tmp_path / "file") as file:
            file.write(b"x")
    finally:
        os.umask(before)
    for path in (store.path(KEY), tmp_path / "file", book / "file"):
        assert path.stat().st_mode & 0o777 == mode
    for path in (store.folder, store.path(KEY).parent, book, book.parent):
        assert path.stat().st_mode & 0o777 == 0o777 & ~umask


def test_a_damaged_blob_that_can_t_be_removed_is_absent(store: Store) -> None:
    """A store on a disk that can only be read: nothing is given back, and no bug is told."""
    store.put(KEY, b"payload")
    store.path(KEY).write_bytes(b"torn")
    assert Undeletable(store.folder).get(KEY) is None
    assert store.path(KEY).exists()


class Undeletable(Store):
    """A store from which the system lets nothing be removed."""

    def path(self, key: str) -> Path:
        """Return a place in which nothing can be removed: a folder is no file."""
        return super().path(key).parent


def test_who_builds_keeps_others_from_pruning(store: Store) -> None:
    """The last to leave prunes; not the first, and not while anybody is there."""
    store = Store(store.folder, limit=0)
    with store.in_use():
        store.put(KEY, b"payload")
        with store.in_use():
            pass
        assert store.has(KEY)
    assert not store.has(KEY)


def test_a_build_that_was_killed_keeps_nobody_from_pruning(store: Store) -> None:
    """The system frees what it held."""
    store = Store(store.folder, limit=0)
    program = (
        "import os, sys; from pathlib import Path; from hautevoix.storage.store import Store\n"
        "with Store(Path(sys.argv[1])).in_use(): os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, store.folder], check=False)
    store.put(KEY, b"payload")
    with store.in_use():
        pass
    assert not store.has(KEY)


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


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="root alone becomes two users")
def test_another_user_s_folder_is_named_with_its_owner(store: Store) -> None:
    """Where the first user's umask keeps the second one out: whose it is, and what helps."""
    store.put(KEY, b"payload")
    store.folder.chmod(0o2775)
    program = (
        "import os, pwd, sys; from pathlib import Path; from hautevoix.storage.store import Store\n"
        "folder, key = sys.argv[1:]; os.chdir(folder); os.setgroups([]); os.setgid(65534)\n"
        "os.setuid(65534); store = Store(Path('.'))\n"
        "assert store.get(key) == b'payload'\n"
        "try: store.put(key, b'x')\n"
        "except Exception as error: print(error)\n"
    )
    with tempfile.TemporaryDirectory() as place:  # which others may enter
        shutil.copytree(store.folder, f"{place}/store")
        Path(place).chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-c", program, f"{place}/store", KEY],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    assert f"{KEY[:2]} belongs to root, and you may not use it" in done.stdout
    assert "umask 002" in done.stdout


def test_where_nothing_can_be_written_that_is_told(store: Store) -> None:
    """Prune passes over what stays, and counts what went; nothing ends without a word."""
    keys = [key_of(number) for number in range(2)]
    for key in keys:
        store.put(key, b"payload")
    blob = store.path(keys[0])
    blob.unlink()
    blob.mkdir()  # which no unlink removes, root's neither
    (blob / "file").touch()
    assert Store(store.folder, limit=0).prune(time.time()) == 1
    assert [store.has(key) for key in keys] == [False, False]
    assert blob.is_dir()


_BUILDING = """
import sys; from pathlib import Path; from hautevoix.storage.store import Store, key_of
store, own = Store(Path(sys.argv[1]), limit=0), sys.argv[2]
for number in range(30):
    with store.in_use():
        keys = [key_of("all", number), key_of(own, number)]
        for key in keys:
            store.put(key, key.encode())
        assert [store.get(key) for key in keys] == [key.encode() for key in keys], number
"""


def test_six_at_once_lose_nothing_though_each_would_prune_all(store: Store) -> None:
    """What one has put is there until it leaves; who leaves last makes room, and no sooner."""
    builds = [
        subprocess.Popen([sys.executable, "-c", _BUILDING, store.folder, str(number)])
        for number in range(6)
    ]
    assert [build.wait(PATIENCE) for build in builds] == [0] * 6
    assert list(store.blobs()) == []
