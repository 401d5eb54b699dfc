"""How busy a command keeps the cores, told by Linux's scheduler: also on a machine others use.

A thread that runs, or waits for a core that somebody else has, is busy; one that waits for its
like or for a disk is not. /proc/PID/task/TID/schedstat tells both times in nanoseconds.
"""

from __future__ import annotations

import bisect
import contextlib
import itertools
import os
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_EVERY = 0.05  # seconds between two looks
_NEVER_COMPILED = "PYTHONDONTWRITEBYTECODE"  # would have each start compile the sources anew
_PROC = Path("/proc")
_GROUP = 2  # in /proc/…/stat behind the name: proc(5), field 5

Spent = tuple[float, float]
"""Seconds that threads have run, and that they were ready to run and had to wait."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A look: seconds since the beginning, and what all processes have spent up to then."""

    at: float
    ran: float
    waited: float

    def plus(self, later: Moment) -> Moment:
        """Return a moment of what began where this one is."""
        return Moment(self.at + later.at, self.ran + later.ran, self.waited + later.waited)


@dataclass(slots=True)
class Watched:
    """A command that has ended: what was seen, and its lines of output with their moments."""

    moments: list[Moment] = field(default_factory=lambda: [Moment(0.0, 0.0, 0.0)])
    lines: list[tuple[float, str]] = field(default_factory=list)

    def busy(self, cores: int, end: float) -> float:
        """Return the share of all cores that were asked for, up to ``end``.

        >>> watched = Watched([Moment(0, 0, 0), Moment(1, 1, 2), Moment(2, 2, 2)])
        >>> watched.busy(2, 1.0), watched.busy(2, 2.0)
        (1.0, 0.75)
        """
        return sum(self.demand(cores, end)) / max(self._until(end)[-1].at * cores, _EVERY)

    def demand(self, cores: int, end: float) -> list[float]:
        """Return the core-seconds asked for between each two looks, never more than there are."""
        seen = self._until(end)
        return [
            min(after.ran + after.waited - before.ran - before.waited, cores * length)
            for before, after in itertools.pairwise(seen)
            for length in [after.at - before.at]
        ]

    def at_rest(self, cores: int, end: float) -> float:
        """Return how long it would have taken up to ``end``, had nobody else used the cores.

        >>> Watched([Moment(0, 0, 0), Moment(1, 1, 0), Moment(2, 1.5, 0.5)]).at_rest(2, 2.0)
        1.5
        """
        seen = self._until(end)
        asked = self.demand(cores, end)
        return sum(
            (after.at - before.at) * (min((after.ran - before.ran) / want, 1.0) if want else 1.0)
            for (before, after), want in zip(itertools.pairwise(seen), asked, strict=True)
        )

    def ran(self, end: float) -> float:
        """Return the core-seconds that were got, up to ``end``."""
        return self._until(end)[-1].ran

    def _until(self, end: float) -> list[Moment]:
        return self.moments[: bisect.bisect_right(self.moments, end, key=lambda seen: seen.at)]


def watch(command: Sequence[str]) -> Watched:
    """Run a command and watch its process group. Raises CalledProcessError where it fails."""
    begun = time.monotonic()
    seen = Watched()
    compiled = {name: value for name, value in os.environ.items() if name != _NEVER_COMPILED}
    with subprocess.Popen(  # noqa: S603 - what the benchmark asks
        command, stdout=subprocess.PIPE, text=True, env=compiled, process_group=0
    ) as process:
        reader = threading.Thread(target=_read, args=(process, begun, seen.lines))
        reader.start()
        spent: dict[str, Spent] = {}
        while process.poll() is None:
            spent.update(_spent(process.pid))
            ran, waited = (sum(times) for times in zip((0.0, 0.0), *spent.values(), strict=True))
            seen.moments.append(Moment(time.monotonic() - begun, ran, waited))
            time.sleep(_EVERY)
        reader.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return seen


def _read(process: subprocess.Popen[str], begun: float, lines: list[tuple[float, str]]) -> None:
    assert process.stdout  # noqa: S101 - it is a pipe
    lines.extend((time.monotonic() - begun, line) for line in process.stdout)


def _spent(group: int) -> dict[str, Spent]:
    """Return what each living thread of a process group has spent, by its folder in /proc."""
    found: dict[str, Spent] = {}
    for folder in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has just left
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(fields[_GROUP]) == group:
                found.update(_threads(folder / "task"))
    return found


def _threads(folder: Path) -> dict[str, Spent]:
    found = {}
    for thread in folder.iterdir():
        ran, waited, _ = (thread / "schedstat").read_text("ascii").split()
        found[str(thread)] = int(ran) / 1e9, int(waited) / 1e9
    return found
