"""Tab in the shells that people have: what they type is what the program is given."""

from __future__ import annotations

import os
import select
import shlex
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from commands import hautevoix
from hautevoix.cli.completion import SHELLS, VARIABLE
from standstill import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux has these shells, and new")
_BEFORE = {  # what each shell reads before it asks, with its own script in ``{script}``
    "bash": ("rc", '. "{script}"\n', ("--noprofile", "--rcfile", "rc", "-i")),
    "zsh": (
        ".zshrc",
        'autoload -Uz compinit; compinit -u -D\nsource "{script}"\n',
        ("-i",),
    ),
    "fish": (".config/fish/config.fish", 'source "{script}"\n', ("-i",)),
}


def _program(folder: Path) -> None:
    """Write a ``hautevoix`` that completes as ours, and else keeps what it is given in a file."""
    path = folder / "bin" / "hautevoix"
    path.parent.mkdir()
    path.write_text(
        f"""#!/bin/sh
[ -z "${VARIABLE}" ] || exec {shlex.quote(sys.executable)} -m hautevoix "$@"
printf '%s\\n' "$@" > given.new
mv given.new given
""",
        "utf-8",
    )
    path.chmod(0o755)


def _given(folder: Path, shell: str, program: str, keys: str) -> list[str]:
    """Return what the program is given once ``keys`` were typed in a shell, by a terminal."""
    name, before, arguments = _BEFORE[shell]
    script = folder / "script"
    script.write_text(hautevoix("completion", shell).stdout, "utf-8")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(before.format(script=script), "utf-8")
    environment = {
        "PATH": f"{folder / 'bin'}:{os.defpath}",
        "HOME": str(folder),
        "ZDOTDIR": str(folder),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
    }
    given = folder / "given"
    ours, theirs = os.openpty()
    # Whoever opens a terminal first in a session of his own has it to himself, as a shell must.
    started = (
        "import os, sys; os.open(os.ttyname(0), os.O_RDWR); os.execv(sys.argv[1], sys.argv[1:])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", started, program, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        os.write(ours, keys.encode())
        end = time.monotonic() + PATIENCE
        while not given.exists() and time.monotonic() < end:
            if select.select([ours], [], [], 0.05)[0]:
                os.read(ours, 65536)  # what is shown: a shell waits till somebody reads it
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return given.read_text("utf-8").splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_completes(shell: str, tmp_path: Path, client: Callable[[str], str]) -> None:
    """Values after a comma, half of a value, names of files: each in the way of its shell."""
    _program(tmp_path)
    (tmp_path / "phare.txt").touch()
    keys = "hautevoix build --format mp3,m4\t--cast no\trate=2 pha\t\r"
    assert _given(tmp_path, shell, client(shell), keys) == [
        "build",
        "--format",
        "mp3,m4b",
        "--cast",
        "note=rate=2",
        "phare.txt",
    ]
