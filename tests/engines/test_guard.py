"""A stranger's engine that misbehaves is told by its name, and breaks nothing around it."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from fakes import HUM, Hummer
from hautevoix.engines.guard import Guarded
from hautevoix.errors import DiskError, EngineError, NetworkError
from hautevoix.model import Clip, WordMark, Words
from hautevoix.recording import speak
from standstill import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "Voici une phrase."
GOOD = """
import math, os, signal, struct, sys
from hautevoix.engines import Engine
from hautevoix.model import Clip, Voice


class Flute(Engine):
    name, version = "flute", "1"

    def voices(self):
        return (Voice("do"),)

    def speak(self, words, voice):
        count = 1500 * sum(map(str.isalnum, words.text))
        waves = (int(9000 * math.sin(i * 0.15)) for i in range(count))
        return Clip(b"".join(struct.pack("<h", wave) for wave in waves), 22050)
"""


class Rig:
    """A folder with a text and a plug-in called « flute », and the command run there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "texte.txt").write_text(f"Un début.\n\n{SENTENCE}\n\nUne fin.\n", "utf-8")
        told = folder / "lib" / "flute-1.dist-info"
        told.mkdir(parents=True)
        (told / "METADATA").write_text("Metadata-Version: 2.1\nName: flute\nVersion: 1\n")
        self.main = [sys.executable, "-B", "-c", "from hautevoix.cli import main; main()"]
        self.environment = {**os.environ, "PYTHONPATH": str(folder / "lib")}
        (told / "entry_points.txt").write_text("[hautevoix.engines]\nflute = flute:Flute\n")

    def run(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command where the plug-in is ``code``."""
        (self.folder / "lib" / "flute.py").write_text(code, "utf-8")
        return subprocess.run(
            [*self.main, *arguments],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def build(self, code: str, *options: str) -> subprocess.CompletedProcess[str]:
        """Build the text with it."""
        return self.run(code, "build", "texte.txt", "--engine", "flute", "--store", "s", *options)


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    """Return a rig."""
    return Rig(tmp_path)


BROKEN = {
    "import": "raise RuntimeError('ouille')",
    "start": GOOD + "    def __init__(self): raise RuntimeError('ouille')",
    "check": GOOD + "    def check(self): raise RuntimeError('ouille')",
    "check_none": GOOD + "    def check(self): return None",
}


@pytest.mark.parametrize("how", BROKEN)
def test_an_engine_that_can_t_start_is_listed_as_broken(rig: Rig, how: str) -> None:
    """``voices`` and ``doctor`` list all engines, this one with its error."""
    for command, mark in (("voices", "flute"), ("doctor", "engine flute")):
        done = rig.run(BROKEN[how], command)
        assert done.returncode == 0, done.stderr
        [row] = [line for line in done.stdout.splitlines() if line.strip().startswith(mark)]
        assert "ouille" in row or "None" in row
        assert "espeak" in done.stdout


def test_an_engine_that_can_t_start_is_named_by_build(rig: Rig) -> None:
    """Chosen all the same, it is an engine's failure (5), in one line that names it."""
    done = rig.build(BROKEN["start"])
    assert done.returncode == 5
    assert "« flute » failed to start (RuntimeError: ouille)" in done.stderr
    assert "bug" not in done.stderr


def test_another_engine_speaks_beside_a_broken_one(rig: Rig) -> None:
    """``say --all-voices`` tells of the broken one, and the others speak."""
    done = rig.run(BROKEN["import"], "say", "Oui.", "--all-voices", "--engine", "flute")
    assert done.returncode == 5
    done = rig.run(BROKEN["import"], "say", "Oui.", "-o", "x.wav", "--engine", "espeak")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("voices", ["raise ValueError('ouille')", "return None", "return ()"])
def test_an_engine_without_voices_is_named(rig: Rig, voices: str) -> None:
    """What raises, or gives no voice, is told as the engine's failure: 5."""
    done = rig.build(GOOD + f"    def voices(self): {voices}")
    assert done.returncode == 5
    assert "« flute »" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "fault",
    ["raise KeyError('ouille')", "raise SystemExit(0)", "raise KeyboardInterrupt", "return None"],
)
def test_a_sentence_that_a_strange_engine_fails_at_is_a_loss(rig: Rig, fault: str) -> None:
    """It is listed with the engine's name (1); the fallback says it, where one is named (0)."""
    code = GOOD.replace(
        "        count", f"        if 'phrase' in words.text: {fault}\n        count"
    )
    done = rig.build(code)
    assert done.returncode == 1, done.stderr
    assert f"« {SENTENCE} »: The engine « flute »" in done.stderr
    done = rig.build(code, "--fallback", "espeak")
    assert done.returncode == 0, done.stderr


def test_what_an_engine_prints_does_not_spoil_the_result(rig: Rig) -> None:
    """Neither Python's nor a library's words reach standard output."""
    code = GOOD.replace(
        "        count", "        print('la la'); os.write(1, b'lo lo')\n        count"
    )
    done = rig.build(code + "\nprint('coucou')", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["engine"] == "flute"
    assert "la la" in done.stderr


def test_an_engine_that_kills_its_process_is_named(rig: Rig) -> None:
    """Engine and sentence are told, and what to do about it."""
    code = GOOD.replace(
        "        count",
        "        if 'phrase' in words.text: os.kill(os.getpid(), signal.SIGKILL)\n        count",
    )
    done = rig.build(code)
    assert done.returncode == 1, done.stderr
    [told] = [line for line in done.stderr.splitlines() if "died or hung 3 times" in line]
    assert f"flute: its process died or hung 3 times on « {SENTENCE} »" in told
    assert "--fallback" in told


def test_ctrl_c_is_answered_at_once(rig: Rig) -> None:
    """While an engine takes its time, the user is told what is waited for, however quiet."""
    wait = (
        "        import time; open('asked', 'w').close()\n"
        "        while not os.path.exists('told'): time.sleep(0.01)\n"
        "        count"
    )
    code = GOOD.replace("        count", wait, 1)
    (rig.folder / "lib" / "flute.py").write_text(code, "utf-8")
    process = subprocess.Popen(
        [*rig.main, "build", "texte.txt", "--engine", "flute", "--store", "s", "--quiet"],
        cwd=rig.folder,
        env=rig.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + PATIENCE
    while not (rig.folder / "asked").exists():
        assert time.monotonic() < end, "the worker never started"
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.stderr
    assert "Ctrl-C again stops at once" in process.stderr.readline()
    (rig.folder / "told").touch()
    told = process.communicate()[1]
    assert process.returncode == 130
    assert "the same command resumes" in told


class Odd(Hummer):
    """Gives what it is told to give."""

    def __init__(self, given: object) -> None:
        self._given = given

    def speak(self, words: Words, voice: object) -> Clip:  # noqa: ARG002 - it does not listen
        """Give it, or raise it."""
        if isinstance(self._given, BaseException):
            raise self._given
        return self._given  # type: ignore[return-value] # that is what is tried


@pytest.mark.parametrize(
    "given",
    [
        None,
        "oui",
        Clip(b"odd", 22050),
        Clip(b"\0\0", 0),
        Clip(b"\0\0", -5),
        Clip(b"\0\0", 22050.5),  # type: ignore[arg-type] # that is what is tried
        Clip("oui", 22050),  # type: ignore[arg-type] # the same
        Clip(b"\0\0", 22050, (WordMark(0, -1, 0),)),
        KeyError("ouille"),
        RecursionError("ouille"),
        MemoryError(),
        SystemExit(3),
    ],
    ids=repr,
)
def test_what_is_no_clip_is_the_engine_s_failure(given: object) -> None:
    """The error names the engine and the sentence."""
    engine = Guarded("odd", lambda: Odd(given))
    with pytest.raises(EngineError, match=r"« odd » .*« Voici une phrase\. »"):
        speak(engine, Words(SENTENCE), HUM)


def test_foreseen_errors_and_ctrl_c_come_through() -> None:
    """An engine's own word stands, and the user's Ctrl-C is no failure of the engine's."""
    for error in (NetworkError("No network."), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            speak(Guarded("odd", partial(Odd, error)), Words(SENTENCE), HUM)


def test_what_the_system_lacks_is_not_the_engine_s_failure() -> None:
    """No more open files: nobody's author is to be told, and all that comes would fail too."""
    lacking = OSError(errno.EMFILE, "Too many open files")
    with pytest.raises(DiskError, match="End some other programs"):
        speak(Guarded("odd", partial(Odd, lacking)), Words(SENTENCE), HUM)
