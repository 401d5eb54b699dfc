"""A forked child for each clip, for engines whose state leaks from one clip to the next.

Each child starts from the same untouched state, so identical words give identical bytes, and a
crash takes one clip with it. A fork costs some milliseconds.
"""

from __future__ import annotations

import os
import select
import signal
import time
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError
from hautevoix.processes import (
    follow,
    ignore_interruption,
    interruptible,
    ready_to_follow,
    uninterrupted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CAN_FORK = hasattr(os, "fork")
DEADLINE = 120.0  # seconds; a sentence takes a fraction of one


def in_child(
    work: Callable[[], Iterable[bytes]], what: str, *, deadline: float = DEADLINE
) -> bytes:
    """Return the bytes that ``work`` yields in a forked child.

    ``what`` names the engine and ``deadline`` is in seconds. Raises EngineError if the child
    fails, dies or exceeds its time; it never outlives this call, nor (on Linux) this process.
    """
    ready_to_follow()
    parent = os.getpid()
    with uninterrupted():
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _serve(work, writing, parent, deadline)
        os.close(writing)
        try:
            with interruptible():
                data = _read_all(reading, time.monotonic() + deadline, what, deadline)
        except BaseException:  # Ctrl-C included: leave no child behind
            os.kill(child, signal.SIGKILL)
            raise
        finally:
            os.close(reading)
            _, status = os.waitpid(child, 0)
    if status != 0:
        raise EngineError(f"{what} failed ({_told(os.waitstatus_to_exitcode(status))}).")
    return data


def _serve(work: Callable[[], Iterable[bytes]], writing: int, parent: int, deadline: float) -> None:
    """Work, write, and leave without running anything of the parent's."""
    status = 1
    try:
        ignore_interruption()  # the parent answers, and ends this process
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(int(deadline) + 1)  # should the parent be gone by then
        follow(parent)
        with os.fdopen(writing, "wb") as pipe:
            pipe.writelines(work())
        status = 0
    finally:
        os._exit(status)


def _read_all(source: int, end: float, what: str, deadline: float) -> bytes:
    chunks: list[bytes] = []
    while True:
        ready, _, _ = select.select([source], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            raise EngineError(f"{what} did not answer within {deadline:.0f} s.")
        chunk = os.read(source, 1 << 16)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)


def _told(code: int) -> str:
    """Return an exit code in words: a negative one is a signal's.

    >>> _told(-9), _told(1)
    ('killed by signal 9', 'exit code 1')
    """
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"
