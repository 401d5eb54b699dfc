"""One command on files that may be hostile: run in a fork, watched from outside."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.cli.commands import COMMANDS
from hautevoix.errors import BUG

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 30.0
"""Seconds of processor time that any text may cost before it is spoken."""

LARGEST = 1 << 30
"""Bytes of memory that it may cost."""

_ENDED = 4 * LONGEST  # seconds by the clock, on a busy machine, after which a command is ended
_MOST_MEMORY = 6 << 30  # bytes of addresses: past this, the harm to the machine is not worth it
_LONGEST_LINE = 2_000  # characters of a message that is still « one line »


@dataclass(frozen=True, slots=True)
class Trial:
    """What is run: the ``arguments`` of the command, in a folder of ``files`` (path: content)."""

    name: str
    arguments: tuple[str, ...]
    files: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What it came to: exit code (minus the signal), seconds of processor, bytes, what was said."""

    code: int
    seconds: float
    memory: int
    said: str

    @property
    def faults(self) -> list[str]:
        """Return what is wrong with it, in the words of the tally."""
        found = []
        if "Traceback" in self.said or self.code == BUG:
            found.append("traceback")
        elif not 0 <= self.code < BUG:
            found.append(f"ended by signal {-self.code}")
        elif self.code > 1 and len(self.said.strip().splitlines()[-1:]) != 1:
            found.append("silent")
        elif self.code > 1 and len(self.said.strip().splitlines()[-1]) > _LONGEST_LINE:
            found.append("endless line")
        if self.seconds > LONGEST:
            found.append("over time")
        if self.memory > LARGEST:
            found.append("over memory")
        return found


def prepare() -> None:
    """Import every command once, so that each fork begins with it."""
    for name in COMMANDS:
        import_module(f"hautevoix.cli.{name}")


def undergo(trial: Trial) -> Outcome:
    """Run a trial in a folder of its own and return what came of it."""
    folder = Path(tempfile.mkdtemp())
    try:
        for name, content in trial.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        child = os.fork()
        if child == 0:
            _be_the_command(folder, trial.arguments)
        try:
            code, used = _awaited(child)
        except KeyboardInterrupt:  # it has a group of its own, which no terminal stops
            os.kill(child, signal.SIGKILL)
            raise
        said = (folder / ".said").read_text("utf-8", "replace")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Outcome(code, used.ru_utime + used.ru_stime, used.ru_maxrss << 10, said)


def _be_the_command(folder: Path, arguments: tuple[str, ...]) -> None:
    """Run the command in this process, which ends with it."""
    os.setsid()
    os.chdir(folder)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    said = os.open(".said", os.O_CREAT | os.O_WRONLY, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(said, 2)
    sys.argv = ["hautevoix", *arguments]
    code = BUG
    try:
        import_module("hautevoix.cli").main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    finally:
        sys.stderr.flush()
        os._exit(code)


def _awaited(child: int) -> tuple[int, resource.struct_rusage]:
    """Wait for the command, but not forever; its own children count where it waited for them."""
    until = time.monotonic() + _ENDED
    while True:
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), used
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            _, status, used = os.wait4(child, 0)
            return os.waitstatus_to_exitcode(status), used
        time.sleep(0.005)
