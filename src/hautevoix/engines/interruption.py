"""Ctrl-C amid an engine's work: tried in a process of its own, with a deadline, for the contract.

In the process of the tests it could come amid anything else, and what it broke would be theirs.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import time
import traceback
import warnings
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.runtime.processes import follow, ready_to_follow

if TYPE_CHECKING:
    from collections.abc import Callable

_INSTANTS = (0.02, 0.1, 0.3)  # seconds after which Ctrl-C is pressed, trial by trial
_START = 150.0  # seconds for the task to be done a first time, and to be done well afterwards
_FORKS = 3  # trials; the child of one whose threads held a lock may wait for it for ever
_PATIENCE = 60.0  # seconds for Ctrl-C to come out
_PARTING = 20.0  # seconds for a child process to be gone after that
_LOST = 3  # presses; Python itself may lose one, that falls amid a destructor
_AGAIN, _OUT = b"\1", b"\2"  # what the child tells: press Ctrl-C (again); it came out


def interrupted(task: Callable[[], object], afterwards: Callable[[], str]) -> str:
    """Press Ctrl-C amid ``task``, at several instants; return what is wrong, if anything.

    The task is done over and over in a forked process until KeyboardInterrupt comes out of it;
    then no child process may be left that wasn't there before, and ``afterwards`` tells, in the
    same process, what is wrong by then. A process that says nothing at all is no verdict: it may
    have been born beside threads that held what it needs. Then there is another one.
    """
    for _ in range(_FORKS):
        with contextlib.suppress(_SilentError):
            return _trial(task, afterwards)
    return tr("the engine did not answer within {patience:.0f} s", patience=_START)


class _SilentError(Exception):
    """The child did not do the task in time, and nobody had pressed Ctrl-C."""


def _trial(task: Callable[[], object], afterwards: Callable[[], str]) -> str:
    """Have one child interrupted; return what is wrong. Raises _SilentError."""
    ready_to_follow()
    reading, writing = os.pipe()
    parent = os.getpid()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a test's process may have threads
        child = os.fork()
    if child == 0:
        gc.freeze()  # what was rubbish there must not be closed here, by threads that are not here
        _serve(task, afterwards, writing, parent)
    os.close(writing)
    try:
        return _press(child, reading)
    finally:
        for kill in (os.killpg, os.kill):  # its group, with whatever it left behind
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)


def _press(child: int, source: int) -> str:
    """Press Ctrl-C whenever the child asks for it; return its verdict. Raises _SilentError."""
    verdict = b""
    patience = _START
    trial = 0
    while select.select([source], [], [], patience)[0]:
        told = os.read(source, 1)
        if not told:
            return verdict.decode("utf-8", "replace")
        if told == _AGAIN:
            time.sleep(_INSTANTS[min(trial, len(_INSTANTS) - 1)])
            os.kill(child, signal.SIGINT)
            patience = _PATIENCE
        elif told == _OUT:
            trial += 1
            patience = _START
        else:
            verdict += told
    if patience == _START:
        raise _SilentError
    return tr("Ctrl-C did not come out within {patience:.0f} s", patience=patience)


def _serve(
    task: Callable[[], object], afterwards: Callable[[], str], writing: int, parent: int
) -> None:
    """In the child: be interrupted, tell the verdict, and leave without running anything else."""
    verdict = ""
    try:
        os.setpgid(0, 0)  # so that what it leaves behind can be found
        follow(parent)
        task()  # its start-up is no part of the trial
        helped = _has_children()  # an engine may keep a process for all of its life
        for _ in _INSTANTS:
            verdict = verdict or _tried(task, writing) or _left(helped=helped) or afterwards()
    except BaseException:  # noqa: BLE001 - all of it is for the one who runs the contract
        verdict = traceback.format_exc()
    finally:
        os.write(writing, verdict.encode("utf-8", "replace"))
        os._exit(0)


def _tried(task: Callable[[], object], writing: int) -> str:
    """Do the task until Ctrl-C comes out of it; return what is wrong with that."""
    presses = 0

    def handle(*_: object) -> None:
        nonlocal presses
        presses += 1
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, handle)
    seen = -1
    try:
        while presses < _LOST:
            if presses != seen:  # at first, and when one came to nothing
                seen = presses
                os.write(writing, _AGAIN)
            task()
    except KeyboardInterrupt:
        os.write(writing, _OUT)
        return ""
    except BaseException as error:  # noqa: BLE001 - told
        return tr("{error!r} came out instead of KeyboardInterrupt", error=error)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return tr("Ctrl-C was swallowed {lost} times", lost=_LOST)


def _left(*, helped: bool) -> str:
    end = time.monotonic() + _PARTING
    while not helped and _has_children():
        if time.monotonic() > end:
            return tr("a child process was left behind by Ctrl-C")
        time.sleep(0.01)
    return ""


def _has_children() -> bool:
    """Tell whether this process has a child; those that have ended are buried."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True
