"""Several texts in one command: the good ones are made, the bad ones listed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from commands import hautevoix
from hautevoix.cli.batch import Batch
from hautevoix.errors import InputError, NetworkError, gravest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two good texts, an empty one and one of pictures' bytes."""
    (tmp_path / "a.txt").write_text("Une phrase.\n", "utf-8")
    (tmp_path / "vide.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("Une autre phrase.\n", "utf-8")
    (tmp_path / "c.txt").write_text("Voici.\n", "utf-8")
    (tmp_path / "c.toml").write_text('[voices]\nnote = "personne"\n', "utf-8")
    return tmp_path


def build(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build with a store of its own."""
    return hautevoix("build", *arguments, "--engine", "espeak", "--store", "s", cwd=folder)


def test_a_bad_text_does_not_stop_the_others(folder: Path) -> None:
    """What failed is told at once and in the end, with why; the exit code is the gravest."""
    done = build(folder, "a.txt", "vide.txt", "c.txt", "b.txt")
    assert done.returncode == 5
    assert done.stdout.split() == ["output/a/a.mp3", "output/b/b.mp3"]
    *_, sums, first, second = done.stderr.splitlines()
    assert sums.startswith("2 audiobooks made, 0:")
    assert sums.endswith(" of sound; 2 failed:")
    assert first == "  vide.txt: empty. Give a file with a text."
    assert second.startswith("  c.txt: The engine « espeak » has no voice called « personne »")
    assert "hautevoix: vide.txt: empty" in done.stderr


def test_programs_get_a_line_for_each_text(folder: Path) -> None:
    """In the order of the texts, each valid JSON that names its text; errors alone on stderr."""
    done = build(folder, "a.txt", "vide.txt", "b.txt", "--json", "--quiet")
    assert done.returncode == 3
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["text"] for row in rows] == ["a.txt", "vide.txt", "b.txt"]
    assert rows[1] == {
        "text": "vide.txt",
        "error": "vide.txt: empty. Give a file with a text.",
        "exit_code": 3,
    }
    assert rows[2]["mp3"] == "output/b/b.mp3"
    assert done.stderr == "hautevoix: vide.txt: empty. Give a file with a text.\n"


def test_a_dry_run_sums_up_too(folder: Path) -> None:
    """The good texts' lengths, and what would fail."""
    done = build(folder, "a.txt", "vide.txt", "b.txt", "--dry-run")
    assert done.returncode == 3
    assert done.stdout.count("\n") == 2
    assert "2 audiobooks would be made, some 0:" in done.stderr
    assert not (folder / "output").exists()


@pytest.mark.parametrize("wrong", [("--voice", "personne"), ("--fallback", "rien")])
def test_what_concerns_all_stops_before_any_work(folder: Path, wrong: tuple[str, str]) -> None:
    """An unknown voice or engine is told once, and nothing is made."""
    done = build(folder, "a.txt", "b.txt", *wrong)
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.count("\n") == 1
    assert not (folder / "output").exists()


def test_a_disk_that_takes_no_more_ends_it(folder: Path) -> None:
    """The rest is not tried, and listed as such."""
    (folder / "plein").touch()
    done = build(folder, "a.txt", "b.txt", "-o", "plein")
    assert done.returncode == 7
    assert "0 audiobooks made, 0:00 of sound; 1 failed, 1 not tried:" in done.stderr
    assert done.stderr.endswith("  b.txt: not tried\n")


def test_ctrl_c_ends_it_and_tells_what_is_made(folder: Path) -> None:
    """Stopped in the second book: the first is counted, the third was never tried."""
    code = (
        "import os, signal\n"
        "from hautevoix.pipeline import texts\n"
        "from hautevoix.cli import build, main\n"
        "real = build.build\n"
        "def stopped(order, progress):\n"
        "    if order.source.path.name == 'b.txt':\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    return real(order, progress)\n"
        "build.build = stopped\n"
        "main()\n"
    )
    texts = ("a.txt", "b.txt", "c.txt")
    done = subprocess.run(
        [sys.executable, "-c", code, "build", *texts, "--engine", "espeak", "--store", "s"],
        cwd=folder, capture_output=True, text=True, check=False, env=os.environ,
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
    assert "1 audiobook made, 0:" in done.stderr
    assert "  c.txt: not tried\n" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("hautevoix: stopped.")


def test_check_goes_on_to_the_next(folder: Path) -> None:
    """What can't be checked is listed; the others' findings are told, and stay valid JSON."""
    build(folder, "a.txt", "--quiet")
    done = hautevoix("check", "rien.mp3", "output/a", "--json", cwd=folder)
    assert done.returncode == 3
    assert {row["where"] for row in json.loads(done.stdout)} == {"a.mp3"}
    assert "hautevoix: rien.mp3: no such file or folder" in done.stderr


def test_the_gravest_is_what_would_stop_the_others() -> None:
    """One text's failure is graver than a loss, the network's than any text's."""
    assert gravest([1, 3, 9]) == 3
    assert gravest([3, 6, 5]) == 6
    assert gravest([0, 0]) == gravest([]) == 0


def test_inputs_that_are_not_alike_all_have_their_turn() -> None:
    """Addresses of several hosts: one that is down says nothing of the next."""
    for alike, tried in ((True, [0]), (False, [0, 1])):
        batch, seen = Batch(["a", "b"], alike=alike), []
        for index in batch:
            seen.append(index)
            with batch.trying(index):
                raise NetworkError("The network is down.")
        assert seen == tried


def test_a_single_input_fails_as_a_command_does() -> None:
    """Its error comes through, and no list follows."""
    batch = Batch(["a"], alike=True)
    with pytest.raises(InputError), batch.trying(0):
        raise InputError("a: empty.")
    assert list(batch.lines("nothing")) == []
