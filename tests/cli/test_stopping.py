"""Ctrl-C and other requests to stop: always an exit code and a line, never a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from hautevoix.cli import main, stopping
from standstill import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix's")

MAIN = "from hautevoix.cli import main; main()"
PRESSED = """
import os, signal, sys

class Pressed:
    def find_spec(self, name, *_):
        if name == {name!r}:
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                {answer}

sys.meta_path.insert(0, Pressed())
"""
BUILD = ("build", "text.txt", "--engine", "espeak", "--store", "store", "--jobs", "1")


def python(code: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``code`` as the command with ``arguments``."""
    (cwd / "text.txt").write_text("Une phrase.\n", "utf-8")
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def handlers_kept() -> Iterator[None]:
    """Have what ``main`` does to this process's signals undone."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    stopping._came.clear()
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers_kept")
def test_ctrl_c_speaks_of_what_was_under_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Publishing speaks nothing, so nothing spoken is said to be kept."""

    def interrupted(_path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hautevoix.publishing.config.read_podcast", interrupted)
    monkeypatch.setattr(sys, "argv", ["hautevoix", "publish", "x"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 130
    assert capsys.readouterr().err == "hautevoix: stopped.\n"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("click", "raise"),  # before the commands are there
        ("hautevoix.cli.build", "raise ImportError('it failed')"),  # as numpy has it
        ("hautevoix.mastering.session", "pass"),  # as a destructor has it
    ],
)
def test_ctrl_c_is_told_whatever_happens_to_it(name: str, answer: str, tmp_path: Path) -> None:
    """While modules load, turned into another failure, or swallowed: exit code 130, one line."""
    done = python(PRESSED.format(name=name, answer=answer) + MAIN, *BUILD, cwd=tmp_path)
    assert done.returncode == 130, done.stderr
    assert done.stderr.splitlines()[-1].startswith("hautevoix: stopped.")
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.mp3"))


def test_ctrl_c_amid_the_goodbye_changes_nothing(tmp_path: Path) -> None:
    """What is done is done: Python's own tidying up does not die of it, with a raw signal."""
    late = (
        "import os, signal\n"
        "class Late:\n"
        "    def __del__(self, kill=os.kill, pid=os.getpid(), number=signal.SIGINT):\n"
        "        kill(pid, number)\n"
        "late = Late()\n"
    )
    done = python(late + MAIN, "spoken", "Le 3 mai.", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Le trois mai.\n", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_system_that_shuts_down_is_heard(number: signal.Signals, tmp_path: Path) -> None:
    """SIGTERM and SIGHUP end a build as Ctrl-C does, with 128 and their number."""
    text = tmp_path / "long.txt"
    text.write_text("\n\n".join(f"Voici le paragraphe {i} du texte." for i in range(3000)), "utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, "build", text, *BUILD[2:]],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stderr
        assert any(line.startswith("Speaking") for line in process.stderr)
        process.send_signal(number)
        told = process.stderr.read()
    assert process.returncode == 128 + number, told
    assert told.splitlines()[-1].endswith("the same command resumes.")
    assert not list((tmp_path / "output").rglob(".*"))
    end = time.monotonic() + PATIENCE
    while at_work(process.pid):
        assert time.monotonic() < end, "somebody outlives it"
        time.sleep(0.05)


def at_work(session: int) -> bool:
    """Tell whether a session has a process that is not merely waiting to be buried."""
    ps = ["ps", "-s", str(session), "-o", "stat="]
    told = subprocess.run(ps, capture_output=True, text=True, check=False)
    return any(not state.startswith("Z") for state in told.stdout.split())


def test_what_nohup_ignores_is_ignored(tmp_path: Path) -> None:
    """Under nohup a closing terminal ends nothing."""
    code = "import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + PRESSED.format(
        name="hautevoix.cli.spoken", answer="raise"
    ).replace("SIGINT", "SIGHUP")
    done = python(code + MAIN, "spoken", "Le 3 mai.", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Le trois mai.\n")
