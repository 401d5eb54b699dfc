"""Trials of what lives in real time, as sound that plays in a browser does.

A machine that stands still for a second (it was paused, others had it to themselves) plays on
after that as if nothing had been: what was seen meanwhile says nothing of what is tried.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 300.0  # seconds that a test waits for what must come, longer than machines stand still
_Seen = TypeVar("_Seen")
_LOOKING = 0.05  # seconds between two looks at the clock
_STILL = 0.5  # seconds more than that between two looks are a standstill
_TRIALS = 5


def undisturbed(trial: Callable[[], _Seen]) -> _Seen:
    """Return what a trial gave during which the machine did not stand still; else its last."""
    for _ in range(_TRIALS):
        with _watched() as standstills:
            seen = trial()
        if not standstills:
            break
    return seen


@contextmanager
def _watched() -> Iterator[list[float]]:
    """Yield a list that comes to hold how many seconds each standstill took."""
    standstills: list[float] = []
    over = threading.Event()

    def look() -> None:
        before = time.monotonic()
        while not over.wait(_LOOKING):
            now = time.monotonic()
            if now - before > _LOOKING + _STILL:
                standstills.append(now - before)
            before = now

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield standstills
    finally:
        over.set()
        thread.join()
