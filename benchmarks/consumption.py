"""What a process and those that it has started have taken: CPU time and memory, as Linux tells."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_PARENT, _TIMES = 1, slice(11, 15)  # in /proc/…/stat behind the name: proc(5), fields 4, 14–17


@dataclass(frozen=True, slots=True)
class Consumption:
    """CPU seconds of the whole family, and the peak of its largest process in MB (None: unknown).

    Children that have left count too.
    """

    cpu: float
    memory: float | None = None


def consumed() -> Consumption:
    """Return what this process and its descendants have taken up to now.

    Where there is no /proc, living children are not seen.
    """
    if not (_PROC / "self" / "stat").exists():
        return Consumption(sum(os.times()[:4]))
    stats = _stats()
    family = {os.getpid()}
    grown = True
    while grown:
        children = {pid for pid, stat in stats.items() if int(stat[_PARENT]) in family}
        grown = not children <= family
        family |= children
    import resource  # noqa: PLC0415 - where there is a /proc, there is this

    left = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ticks = sum(int(field) for pid in family & stats.keys() for field in stats[pid][_TIMES])
    return Consumption(ticks / os.sysconf("SC_CLK_TCK"), max(left, *map(_peak, family)))


def _stats() -> dict[int, list[str]]:
    """Return the fields of each process's stat behind its name."""
    found = {}
    for folder in _PROC.glob("[0-9]*"):
        try:
            text = (folder / "stat").read_text("utf-8", "replace")
        except OSError:  # it has just left
            continue
        found[int(folder.name)] = text.rpartition(")")[2].split()
    return found


def _peak(pid: int) -> float:
    """Return the most memory that a process has held, in MB."""
    try:
        status = (_PROC / str(pid) / "status").read_text("utf-8", "replace")
    except OSError:
        return 0.0
    lines = (line.split() for line in status.splitlines() if line.startswith("VmHWM:"))
    return next((int(fields[1]) / 1024 for fields in lines), 0.0)
