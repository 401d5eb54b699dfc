"""One command in a fork of this process, done harm to from outside, and watched.

Each run begins with every command imported, so that what is harmed is the work and not Python's
start. ``strace`` attaches to the fork before it goes on, and counts its calls from there.
"""

from __future__ import annotations

import contextlib
import os
import pkgutil
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

import hautevoix
from hautevoix.errors import BUG
from hautevoix.model.options import Source
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.workers import pool
from ordeal import LARGEST, LONGEST, Outcome

if TYPE_CHECKING:
    import resource
    from collections.abc import Sequence

PATIENCE = 240.0
"""Seconds by the clock, on a busy machine, after which a command is ended: it hangs."""

_ATTACHED = re.compile(r"^TracerPid:\t[1-9]", re.MULTILINE)
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)", re.MULTILINE)  # a line of strace's log
_FORKS = ("-f", "-b", "execve")  # our own, but not a Python that multiprocessing starts anew
_CHANGES = ("signal=KILL", "error=EIO", "error=ENOSPC")
_LOOKS = ("error=EIO",)
HARMS = {
    "openat": (*_CHANGES, "error=EMFILE"),
    **dict.fromkeys(("write", "fsync", "rename", "unlink", "mkdir"), _CHANGES),
    **dict.fromkeys(("rmdir", "ftruncate", "pwrite64", "utimensat"), _CHANGES),
    "close": ("error=EIO", "error=ENOSPC"),
    **dict.fromkeys(("read", "getdents64", "stat", "lstat", "newfstatat", "flock"), _LOOKS),
}
"""What is done to a call that concerns our files: what the system might answer there.

To kill at one that changes nothing is the same as to kill at the next that does.
"""


@dataclass(frozen=True, slots=True)
class Injection:
    """The ``number``-th ``call`` fails: of the command itself, or of each of its helpers too."""

    call: str
    number: int
    how: str
    everywhere: bool = False

    def __str__(self) -> str:
        """Return its name in the record."""
        return f"{self.call} {self.number}{' everywhere' if self.everywhere else ''} {self.how}"

    @property
    def options(self) -> tuple[str, ...]:
        """What strace is told."""
        wide = _FORKS if self.everywhere else ()
        return (
            *wide, "-qq", "-o", os.devnull, "-e", f"trace={self.call}",
            "-e", f"inject={self.call}:{self.how}:when={self.number}",
        )  # fmt: skip


def warm_up(text: Path) -> None:
    """Load what commands load, and what they read of our own, once: forks begin with it."""
    for module in pkgutil.walk_packages(hautevoix.__path__, "hautevoix."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):  # of an engine that is not installed
                import_module(module.name)
    narrate(understand(Source(text)))


def run(
    arguments: Sequence[str],
    clock: float,
    *,
    tracing: Sequence[str] = (),
    kill_after: float | None = None,
    fork: bool = True,
) -> Outcome:
    """Run a command and return what came of it.

    ``clock`` is the time that it believes (seconds since the epoch), ``tracing`` what strace is
    told, ``kill_after`` after how many seconds its whole group is killed. Workers begin as a fork
    too, or as users' do.
    """
    waiting, going = os.pipe()
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            os.close(going)
            _be_the_command(arguments, clock, waiting, said.fileno(), fork=fork)
        os.close(waiting)
        tracer = _attached(child, tracing) if tracing else None
        os.close(going)  # it goes on
        try:
            status, used = _awaited(child, PATIENCE if kill_after is None else kill_after)
        finally:
            _kill_group(child)  # none of its helpers is left, as it should be
        if tracer:
            tracer.wait()
        said.seek(0)
        told = said.read().decode("utf-8", "replace")
    seconds = used.ru_utime + used.ru_stime
    return Outcome(os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss << 10, told)


def _be_the_command(
    arguments: Sequence[str], clock: float, waiting: int, said: int, *, fork: bool
) -> NoReturn:
    """Run the command in this process, which ends with it."""
    code = BUG
    try:
        _enter(waiting, said)
        time.time = lambda: clock
        sys.modules["__main__"] = ModuleType("__main__")  # workers need not load ours
        if fork:
            pool._context = get_context("fork")  # type: ignore[assignment]  # noqa: SLF001
        sys.argv = ["hautevoix", *arguments]
        import_module("hautevoix.cli").main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:  # noqa: BLE001 - what gets here is a traceback
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(OSError):
            sys.stderr.flush()
        os._exit(code)


def _enter(waiting: int, said: int) -> None:
    """Be a group of its own, with its own streams, and wait until it may go on."""
    os.setsid()
    os.chdir("/")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number, standard in ((nothing, 0), (nothing, 1), (said, 2)):
        os.dup2(number, standard)
    select.select([waiting], [], [])  # a call that nobody harms


def _awaited(child: int, seconds: float) -> tuple[int, resource.struct_rusage]:
    """Wait for the command to end, and kill its group when its time is up."""
    until = time.monotonic() + seconds
    while True:
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            return status, used
        if time.monotonic() >= until:
            _kill_group(child)
            os.kill(child, signal.SIGKILL)  # it may not have made its group yet
            _, status, used = os.wait4(child, 0)
            return status, used
        time.sleep(0.002)


def _kill_group(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


def _attached(child: int, tracing: Sequence[str]) -> subprocess.Popen[bytes]:
    """Have strace watch the child; return once it does."""
    tracer = subprocess.Popen(  # noqa: S603 - told by us
        ["strace", *tracing, "-p", str(child)],  # noqa: S607
        stderr=subprocess.DEVNULL,
    )
    status = Path(f"/proc/{child}/status")
    while not _ATTACHED.search(status.read_text("ascii")):
        if tracer.poll() is not None:
            raise SystemExit("strace can't attach to a process of ours.")
        time.sleep(0.001)
    return tracer


def occasions(
    arguments: Sequence[str], clock: float, watched: Path, log: Path
) -> list[tuple[str, int, bool]]:
    """Return which calls concern files under ``watched``: name, number, whether of a helper.

    What else a process opens (Python's own modules) is not ours to answer for.
    """
    outcome = run(arguments, clock, tracing=(*_FORKS, "-y", "-o", str(log)))
    if outcome.code:
        raise SystemExit(f"{arguments[0]}: {outcome.code} {outcome.said}")
    counts: Counter[tuple[str, str]] = Counter()
    found = set()
    main = ""
    for process, call, rest in _CALL.findall(log.read_text("utf-8", "replace")):
        main = main or process
        counts[process, call] += 1
        if call in HARMS and str(watched) in rest:
            found.add((call, counts[process, call], process != main))
    return sorted(found)


def faults(outcome: Outcome, *, killed: bool = False) -> dict[str, str]:
    """Return what is wrong with how a command ended: each fault and what shows it."""
    found = {}
    last = outcome.said.strip()[-300:]
    if "Traceback" in outcome.said:
        found["traceback"] = last
    if outcome.code in {1, BUG} or not (killed or 0 <= outcome.code < BUG):
        found[f"exit {outcome.code}"] = last
    elif outcome.code > 1 and not last:
        found["silent"] = f"exit {outcome.code}"
    if outcome.seconds > LONGEST:
        found["over time"] = f"{outcome.seconds:.0f} s"
    if outcome.memory > LARGEST:
        found["over memory"] = f"{outcome.memory >> 20} MiB"
    return found
