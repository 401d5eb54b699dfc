"""A store that machines share: a folder, and a real S3-compatible server on loopback."""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fsspec.registry import _registry

import talking
from commands import hautevoix
from hautevoix.errors import DiskError, HautevoixError
from hautevoix.storage import shared
from hautevoix.storage.blobs import place
from hautevoix.storage.shared import SharedStore
from hautevoix.storage.store import key_of
from web import Service

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.storage.store import Store

KEYS = [key_of("a clip", number) for number in range(40)]
TEXT = "La première phrase.\n\nLa deuxième, que voici.\n"


class Rot:
    """A shared store, and a hand that damages what lies in it."""

    def __init__(self, address: str, write: Callable[[str, bytes], object]) -> None:
        self.address = address
        self.store = SharedStore(address)
        self.write = write


@pytest.fixture(params=["folder", "s3"])
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Rot:
    """Return an empty store: in a folder, in a bucket."""
    if request.param == "folder":
        folder = tmp_path / "share"
        return Rot(str(folder), lambda name, data: (folder / name).write_bytes(data))
    shared._backend_of.cache_clear()  # each test has a server of its own
    client: Any = request.getfixturevalue("bucket")
    return Rot(
        "s3://livres/clips",
        lambda name, data: client.put_object(Bucket="livres", Key=f"clips/{name}", Body=data),
    )


def test_what_one_machine_puts_another_gets(there: Rot) -> None:
    """Whole or not at all: what is absent is None, what has rotted goes, a value is its address."""
    there.store.check()
    assert there.store.get(KEYS[0]) is None
    assert there.store.held(KEYS) == set()
    there.store.put_all(KEYS, str.encode)
    other = pickle.loads(pickle.dumps(there.store))  # noqa: S301 - our own
    assert other == SharedStore(there.address)
    assert other.held([*KEYS, key_of("another")]) == set(KEYS)
    for key, damage in zip(KEYS, (b"", b"torn", b"x" * 100), strict=False):
        there.write(place(key), damage)
    assert dict(other.fetched(KEYS)) == {key: key.encode() for key in KEYS[3:]}
    assert other.held(KEYS) == set(KEYS[3:])
    other.put(KEYS[0], b"again")
    assert there.store.get(KEYS[0]) == b"again"


class Bench:
    """Machines, each with a folder of its own, and a voice that counts what it is asked."""

    def __init__(self, folder: Path, service: Service) -> None:
        self.folder = folder
        self.service = service

    def build(self, machine: str, *options: str) -> subprocess.CompletedProcess[str]:
        """Build the text on a machine."""
        home = self.folder / machine
        home.mkdir(exist_ok=True)
        (home / "livre.txt").write_text(TEXT, "utf-8")
        return hautevoix(
            "build", "livre.txt", "--store", "store", "--engine", "openai", "--quiet", *options,
            cwd=home,
        )  # fmt: skip

    def mp3(self, machine: str) -> bytes:
        """Return what was made on a machine."""
        return (self.folder / machine / "output" / "livre" / "livre.mp3").read_bytes()


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Return machines, none of which has built anything."""
    with Service(talking.speech).running() as service:
        monkeypatch.setenv("HAUTEVOIX_OPENAI_URL", f"{service.url}/v1")
        monkeypatch.setenv("HAUTEVOIX_OPENAI_VOICES", "alice")
        yield Bench(tmp_path, service)


def test_what_one_machine_spoke_another_does_not(bench: Bench, there: Rot) -> None:
    """A build fills the shared store; one with an empty store speaks nothing, to the same bytes."""
    for machine in ("a", "b"):
        done = bench.build(machine, "--shared-store", there.address)
        assert done.returncode == 0, done.stderr
        assert len(bench.service.asked) == 3
    assert bench.mp3("a") == bench.mp3("b")


def test_what_was_spoken_without_it_goes_there_when_it_is_needed(there: Rot, store: Store) -> None:
    """Each side gets what it lacks; what has rotted there is not brought, nor counted as there."""
    here, other = replace(store, shared=there.store), there.store
    other.check()
    for key in KEYS[:3]:
        store.put(key, key.encode())
    for key in KEYS[2:6]:
        other.put(key, key.encode())
    there.write(place(KEYS[5]), b"rotten")
    told: list[int] = []
    assert here.held(KEYS[:7]) == set(KEYS[:6])
    assert here.exchange(set(KEYS[3:7]), set(KEYS[:3]), told.append) == set(KEYS[3:5])
    assert told == [1, 2]
    assert {key for key in KEYS if store.get(key) == key.encode()} == set(KEYS[:5])
    assert other.held(KEYS) == set(KEYS[:5])
    here.share(KEYS[5], b"again")
    assert store.get(KEYS[5]) == other.get(KEYS[5]) == b"again"
    assert store.exchange(set(KEYS)) == set()


@pytest.mark.parametrize(
    ("address", "code", "told"),
    [
        ("nowhere/clips", 7, "Mount what should be there"),
        ("foo://bar", 7, "Protocol not known"),
        ("github://livres", 7, "can't be opened"),
        ("s3://nouvelle:p-4ss@livres/clips", 7, "Get it: "),
        ("sftp://moi:p-4ss@127.0.0.1:9/clips", 6, "Unable to connect"),
    ],
)
def test_a_store_that_can_t_be_reached_is_one_line(
    address: str, code: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What and where, how to get what is missing, and never the password."""
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(_registry, "s3", raising=False)
    with pytest.raises(HautevoixError, match=told) as caught:
        SharedStore(address).check()
    assert caught.value.exit_code == code
    assert "p-4ss" not in f"{caught.value}{SharedStore(address)!r}"


def test_without_fsspec_the_command_that_installs_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For a host; a folder needs no more than what is there."""
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(DiskError, match=r"Install it: .*fsspec"):
        SharedStore("s3://autre/clips").check()
