"""How a process of ours begins and ends: no Ctrl-C in between, and no life after its parent."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Iterator

_PR_SET_PDEATHSIG = 1  # from linux/prctl.h
_EVERY = 1.0  # seconds between two looks at whether the parent is still there
_INTERRUPTION = {signal.SIGINT}
_HOLDS = hasattr(signal, "pthread_sigmask")


class Uninterrupted:
    """A context in which Ctrl-C waits, so that no child is lost sight of.

    It is masked, for a child that is born within, and only noted, as other threads of this
    process (an arithmetic library's) may take it in spite of the mask.
    """

    def __init__(self) -> None:
        self._came = False
        self._answers = signal.getsignal(signal.SIGINT)
        main = threading.current_thread() is threading.main_thread()
        self._handler = self._answers if main and callable(self._answers) else None

    def __enter__(self) -> Self:
        self._hold()
        return self

    def __exit__(self, *_: object) -> None:
        self._release()

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let Ctrl-C through for a while; one that has waited is raised here."""
        try:
            self._release()
            yield
        finally:
            self._hold()

    def _hold(self) -> None:
        if self._handler:
            signal.signal(signal.SIGINT, self._note)
        if _HOLDS:
            signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTION)

    def _release(self) -> None:
        if _HOLDS:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTION)
        if self._handler:
            signal.signal(signal.SIGINT, self._handler)
            if self._came:
                self._came = False
                self._handler(signal.SIGINT, None)

    def _note(self, *_: object) -> None:
        self._came = True


@contextlib.contextmanager
def spawning() -> Iterator[None]:
    """Have Ctrl-C wait while multiprocessing starts a process: for that one as well.

    Its helper is started before, as it lets Ctrl-C through while it is.
    """
    if hasattr(os, "fork"):
        resource_tracker.ensure_running()
    with Uninterrupted():
        yield


def ignore_interruption() -> None:
    """Leave Ctrl-C to this process's parent, for good."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _HOLDS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTION)


@functools.cache
def _libc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    import ctypes  # noqa: PLC0415 - not needed elsewhere

    return ctypes.CDLL(None)


def ready_to_follow() -> None:
    """Load what ``follow`` needs: a forked child should only call, not load."""
    _libc()


def follow(parent: int) -> None:
    """In a forked child: leave if ``parent`` is gone, and be killed when it goes (on Linux)."""
    _ask_kernel()
    if os.getppid() != parent:  # it died before we could ask
        os._exit(1)


def follow_spawner() -> None:
    """In a process that multiprocessing spawned: leave when its parent dies, even amid work.

    Without a thread wherever there is fork, as what a thread holds at a fork stays held in the
    child for ever: on Linux by the kernel, on other Unixes by a timer's signal.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if _ask_kernel():
        _leave_if_gone(parent.sentinel)  # it may have died before we could ask
    elif hasattr(signal, "setitimer"):
        follow_by_timer(parent.sentinel)
    else:
        threading.Thread(target=_leave_when_gone, args=(parent.sentinel,), daemon=True).start()


def follow_by_timer(sentinel: int) -> None:
    """Look every second, by SIGALRM, whether a parent is gone: its ``sentinel`` is then ready."""
    signal.signal(signal.SIGALRM, lambda *_: _leave_if_gone(sentinel))
    signal.setitimer(signal.ITIMER_REAL, _EVERY, _EVERY)  # no forked child inherits it


def _ask_kernel() -> bool:
    """Have the kernel kill this process when its parent dies; return whether it can.

    Linux means the *thread* that made it, which must live as long as there is work for it.
    """
    libc = _libc()
    return libc is not None and libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL) == 0


def _leave_if_gone(sentinel: int) -> None:
    if wait([sentinel], 0):
        os._exit(1)


def _leave_when_gone(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
