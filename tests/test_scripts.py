"""The scripts that set a checkout up: what is there is used, what is half there is made anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts of a Unix shell")

ROOT = Path(__file__).parent.parent
PYTHON = """#!/bin/sh
# A Python that makes environments with a copy of itself, and tells in « log » what it was asked.
echo "$*" >>"$LOG"
case "$1 $2" in "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;; esac
"""
FAILING = """#!/bin/sh
# A Python with which the step that « FAILS » names does, having said « SAYS ».
echo "$*" >>"$LOG"
case "$*" in *$FAILS*) echo "$SAYS"; exit 1 ;; esac
case "$1 $2" in "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;; esac
"""
BROKEN = PYTHON + 'case "$1 $2" in "-m pip") exit 1 ;; esac\n'


class Checkout:
    """A checkout with the real scripts and a Python that installs nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.venv = folder / ".venv"
        shutil.copytree(ROOT / "script", folder / "script")
        (folder / "requirements").mkdir()
        (folder / "requirements" / "run.txt").touch()
        (folder / "pyproject.toml").touch()
        self.python = folder / "python"
        executable(self.python, PYTHON)

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a script with this Python; return how it ended and what it printed."""
        (self.folder / "log").write_text("", "utf-8")
        return subprocess.run(
            [self.folder / "script" / command[0], *command[1:]],
            env={
                **os.environ,
                "LOG": str(self.folder / "log"),
                "PYTHON": str(self.folder / "python"),
                **environment,
            },
            check=False,
            capture_output=True,
            text=True,
        )

    def asked(self, script: str = "bootstrap", *arguments: str) -> list[str]:
        """Run a script; return what Python was asked to do, but for its version."""
        self.run(script, *arguments).check_returncode()
        log = (self.folder / "log").read_text("utf-8")
        return [line for line in log.splitlines() if line.startswith("-m")]


def executable(path: Path, program: str) -> None:
    """Write a program."""
    path.write_text(program, "utf-8")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Return a checkout in a folder with a name that shells stumble over."""
    folder = tmp_path / "un dossier à moi"
    folder.mkdir()
    return Checkout(folder)


def test_a_second_set_up_does_nothing(checkout: Checkout) -> None:
    """What was installed from the same files, here, is still good."""
    assert checkout.asked("bootstrap", "run")[0] == "-m venv .venv"
    assert checkout.asked("bootstrap", "run") == []


def test_a_changed_lock_is_installed_into_what_is_there(checkout: Checkout) -> None:
    """A new version of the project costs an installation, not an environment."""
    checkout.asked("bootstrap", "run")
    (checkout.folder / "pyproject.toml").write_text("[project]\n", "utf-8")
    asked = checkout.asked("bootstrap", "run")
    assert "-m venv .venv" not in asked
    assert any("pip" in line and "install" in line for line in asked)


def test_a_set_up_cut_short_is_done_again(checkout: Checkout) -> None:
    """An environment without pip, as Ctrl-C leaves it, is made anew."""
    (checkout.venv / "bin").mkdir(parents=True)
    executable(checkout.venv / "bin" / "python", BROKEN)
    assert "-m venv .venv" in checkout.asked("bootstrap", "run")


def test_a_moved_checkout_is_set_up_again(checkout: Checkout, tmp_path: Path) -> None:
    """Programs in an environment name the folder that they were installed in."""
    checkout.asked("bootstrap", "run")
    checkout.folder = checkout.folder.rename(tmp_path / "ailleurs")
    assert "-m venv .venv" in checkout.asked("bootstrap", "run")


def test_build_renews_the_set_up_that_is_there(checkout: Checkout) -> None:
    """Where the developer's set-up is, a build keeps that one up to date."""
    (checkout.folder / "requirements" / "dev.txt").touch()
    checkout.asked("bootstrap", "dev")
    executable(checkout.venv / "bin" / "hautevoix", "#!/bin/sh\n")
    assert checkout.asked("build", "x.txt") == []
    (checkout.folder / "requirements" / "dev.txt").write_text("x==1\n", "utf-8")
    assert any("requirements/dev.txt" in line for line in checkout.asked("build", "x.txt"))


@pytest.mark.parametrize(
    ("fails", "says", "code", "told"),
    [
        (
            "-m venv",
            "not created successfully because ensurepip is not available.",
            2,
            "apt install python3-venv",
        ),
        (
            "requirements/",
            "Retrying: Failed to establish a new connection\nERROR: No version satisfies click==8",
            6,
            "Once online, the same command goes on.",
        ),
        (
            "requirements/",
            "ERROR: Could not install packages due to an OSError: No space left on device",
            7,
            "The disk is full",
        ),
        (
            "requirements/",
            "Collecting x\nERROR: No matching distribution found for x==1\nx",
            1,
            "installed: ERROR: No matching distribution found for x==1 (.venv/set-up.log",
        ),
        (
            "requirements/",
            "Connection broken, again\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES",
            1,
            "DO NOT MATCH THE HASHES",
        ),
        ("--editable", "the last line", 1, "the last line"),
    ],
)
def test_a_failure_is_told_in_a_line(
    checkout: Checkout, fails: str, says: str, code: int, told: str
) -> None:
    """What pip prints stays in a log; what to do next is said, and once mended it goes on."""
    executable(checkout.python, FAILING)
    failed = checkout.run("bootstrap", "run", FAILS=fails, SAYS=says)
    begun, line = failed.stderr.splitlines()
    assert (failed.returncode, failed.stdout) == (code, "")
    assert begun == "Setting up in .venv (once)…"
    assert told in line
    assert checkout.run("bootstrap", "run", FAILS="nothing").returncode == 0


def test_an_unknown_kind_is_refused(checkout: Checkout) -> None:
    """There are two set-ups, and a slip of the fingers makes neither."""
    failed = checkout.run("bootstrap", "devel")
    assert (failed.returncode, len(failed.stderr.splitlines())) == (2, 1)
    assert not checkout.venv.exists()
