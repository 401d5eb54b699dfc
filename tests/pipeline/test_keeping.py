"""What a build leaves in place: a whole book, and one that is what was built."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import talking
from commands import hautevoix
from hautevoix.storage.staging import JOURNAL
from web import Asked, Reply, Service

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

UNSAYABLE = "Celle-ci, non."


def _answer(asked: Asked) -> Reply:
    if UNSAYABLE.encode() in asked.body:
        return Reply(b"no such words", 400, {"Content-Type": "text/plain"})
    return talking.speech(asked)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Build]:
    """Return what builds a text by a server that can't say one sentence."""
    with Service(_answer).running() as service:
        monkeypatch.setenv("HAUTEVOIX_OPENAI_URL", f"{service.url}/v1")
        monkeypatch.setenv("HAUTEVOIX_OPENAI_VOICES", "alice")
        yield _Build(tmp_path)


class _Build:
    def __init__(self, folder: Path) -> None:
        self.text = folder / "livre.txt"
        self.book = folder / "out" / "livre"

    def __call__(self, *sentences: str, **options: bool) -> subprocess.CompletedProcess[str]:
        self.text.write_text("\n\n".join(sentences), "utf-8")
        wanted = [f"--{name}" for name in options]
        folder = self.text.parent
        return hautevoix(
            "build", self.text, "-o", folder / "out", "--store", folder / "store", "--engine",
            "openai", "--jobs", "1", "--quiet", *wanted,
        )  # fmt: skip

    def files(self) -> dict[str, bytes]:
        """Return what lies in the book's folder."""
        return {path.name: path.read_bytes() for path in self.book.iterdir()}


def test_a_whole_book_stays_where_the_new_one_would_have_gaps(build: _Build) -> None:
    """It is told with the sentence and how to go on; --force replaces it, with exit code 1."""
    assert build("La première.", "La deuxième.").returncode == 0
    before = build.files()
    told = build("La première.", UNSAYABLE)
    assert told.returncode == 5
    assert f"« {UNSAYABLE} »" in told.stderr
    assert "keeps the whole book" in told.stderr
    assert "--force" in told.stderr
    assert build.files() == before
    assert build("La première.", UNSAYABLE, force=True).returncode == 1
    assert build.files() != before


def test_a_book_with_gaps_is_replaced_by_another(build: _Build) -> None:
    """There is nothing whole to keep."""
    assert build("La première.", UNSAYABLE).returncode == 1
    assert b'"missing": 1' in build.files()["livre.timeline.json"]
    assert build("La dernière.", UNSAYABLE).returncode == 1
    assert "La dernière." in build.files()["livre.timeline.json"].decode()
    assert build("La dernière.").returncode == 0
    assert b'"missing"' not in build.files()["livre.timeline.json"]


def test_rot_that_no_time_tells_is_found_by_publish_and_mended_by_force(build: _Build) -> None:
    """Bytes that a disk changed, behind size and time: the advice that is given helps."""
    build("Une phrase.", *(f"La phrase numéro {number}." for number in range(2_2)))
    mp3 = build.book / "livre.mp3"
    told, data = mp3.stat(), bytearray(mp3.read_bytes())
    whole = bytes(data)
    data[len(data) // 2] ^= 4
    mp3.write_bytes(data)
    os.utime(mp3, ns=(told.st_atime_ns, told.st_mtime_ns))
    address = ("--base-url", "https://x.example/", "-o", build.book.parent / "site")
    refused = hautevoix("publish", build.book, *address)
    assert refused.returncode == 8
    assert "--force" in refused.stderr
    assert hautevoix("publish", build.book, *address).returncode == 8
    again = build(*build.text.read_text("utf-8").split("\n\n"), force=True)
    assert again.returncode == 0
    assert mp3.read_bytes() == whole


def test_a_build_that_died_within_its_burst_is_ended_by_the_next(build: _Build) -> None:
    """Until then nobody publishes what may be a mixture."""
    build("Une phrase.")
    (build.book / JOURNAL).write_text('{"place": [], "remove": []}')
    refused = hautevoix("publish", build.book, "-o", build.book.parent / "site")
    assert refused.returncode == 8
    assert "put its files in place" in refused.stderr
    assert build("Une autre phrase.").returncode == 0
    assert not (build.book / JOURNAL).exists()
