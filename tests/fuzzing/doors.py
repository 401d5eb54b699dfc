"""What every fuzzer asks of a door: a result, or one line of ours, and soon."""

from __future__ import annotations

import os
import signal
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from hypothesis import HealthCheck, settings

from hautevoix.errors import HautevoixError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
"""Whether chance is to be given its time, as ``script/fuzz --grammars`` does."""
_MORE = 100  # times as many examples then
_SLOWEST = 20.0  # seconds of processor: what small input costs more is a hang
_LONGEST = 2_500  # characters of an error's line, its advice included


def fuzzed(examples: int) -> settings:
    """Return how a fuzzer runs: always the same few ``examples`` in the suite, many on demand."""
    return settings(
        max_examples=examples * (_MORE if LONG else 1),
        derandomize=not LONG,
        deadline=None,
        print_blob=LONG,
        suppress_health_check=list(HealthCheck),
    )


def told(call: Callable[..., T], *arguments: object) -> T | None:
    """Return what ``call`` returns; None where it raises an error of ours, which is one line.

    Any other exception fails the fuzzer, as does what takes too long.
    """
    with _soon(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries, about what they were given
        try:
            return call(*arguments)
        except HautevoixError as error:
            line = str(error)
            assert line.strip(), "an error that says nothing"
            assert len(line.splitlines()) == 1, "an error of several lines"
            assert len(line) <= _LONGEST, "an endless line"
            return None


@contextmanager
def _soon() -> Iterator[None]:
    """Fail what takes over ``_SLOWEST`` seconds of processor, where the system can tell."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _hung)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SLOWEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _hung(*_: object) -> None:
    raise AssertionError(f"still at it after {_SLOWEST:.0f} seconds of processor")
