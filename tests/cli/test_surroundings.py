"""Where a command is run: the folder, the home, the streams and the names that it finds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from commands import bound, hautevoix

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a text of a sentence."""
    (tmp_path / "livre.txt").write_text("Il pleut.\n", "utf-8")
    return tmp_path / "livre.txt"


@pytest.mark.skipif(os.name == "nt", reason="a folder where somebody is stays")
@pytest.mark.parametrize("arguments", ["build {text}", "outline livre.txt", "doctor"])
def test_a_folder_that_is_gone_under_one_s_feet(arguments: str, text: Path, tmp_path: Path) -> None:
    """One line says so, whatever the command: exit code 7. Help needs no folder."""
    program = (
        "import os, tempfile; folder = tempfile.mkdtemp(); os.chdir(folder); os.rmdir(folder)\n"
        "from hautevoix.cli import main; main()\n"
    )

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    done = run(*arguments.format(text=text).split())
    assert (done.returncode, done.stdout) == (7, "")
    assert done.stderr.startswith("hautevoix: The folder where you are is not there: ")
    assert run("--help").returncode == 0


def test_a_home_that_is_no_folder(text: Path) -> None:
    """As a service's may be (/dev/null): nothing is set there, and a text can be read."""
    nowhere = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), os.devnull)
    done = hautevoix("outline", text, env={**nowhere, "HAUTEVOIX_CONFIG": ""})
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_as_long_as_can_be(text: Path, tmp_path: Path) -> None:
    """The text of such a name is read; a sidecar, whose name is longer, is told as such."""
    long = text.rename(tmp_path / f"{'a' * 251}.txt")
    assert hautevoix("outline", long).returncode == 0
    done = hautevoix("init", long)
    assert done.returncode == 7
    assert done.stderr.endswith("can't be written: File name too long. Give it a shorter name.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        "proof locked/livre",
        "check locked/livre",
        "check locked/livre.mp3",
        "preview locked/livre",
        "init locked/livre.txt",
        "publish --config locked/podcast.toml",
        "store gc --store locked/store",
    ],
)
def test_what_may_not_be_entered_is_told(arguments: str, tmp_path: Path) -> None:
    """A path through another user's folder: one line with the path, exit code 7."""
    (tmp_path / "locked").mkdir(mode=0)
    done = hautevoix(*arguments.split(), cwd=tmp_path, before=bound())
    assert done.returncode == 7
    assert done.stderr.startswith("hautevoix: locked/")
    assert ": Permission denied. " in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_nothing_commands_the_terminal(tmp_path: Path) -> None:
    """Controls in a title, a file's name or what was typed are shown; elsewhere they stay."""
    import pty  # noqa: PLC0415 - Unix has it

    title = "a\x1b]0;taken\x07\x9b31m\u202eb\rc"
    (tmp_path / "livre.txt").write_text("Il pleut.\n", "utf-8")
    (tmp_path / "livre.toml").write_text(f"title = {json.dumps(title)}\n", "utf-8")

    def seen(*arguments: str) -> str:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-c", "from hautevoix.cli import main; main()", *arguments]
        subprocess.run(command, stdout=theirs, stderr=theirs, check=False, cwd=tmp_path)
        os.close(theirs)
        with os.fdopen(ours, "rb", buffering=0) as terminal:
            return terminal.read(1 << 14).decode("utf-8")

    for told in (seen("outline", "livre.txt"), seen("outline", f"{title}.txt"), seen(title)):
        assert "a?]0;taken??31m?b" in told.replace("\r\n", "\n").replace(" ?", "?")
        assert not {*told} & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "\u202e" in hautevoix("outline", "livre.txt", cwd=tmp_path).stdout
