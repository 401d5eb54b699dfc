"""The other end of a pool's pipe: the whole life of a worker process."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from typing import TYPE_CHECKING, Any

from hautevoix.runtime.processes import follow_spawner, ignore_interruption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from hautevoix.workers.tasks import Job


def work(pipe: Connection) -> None:
    """Serve until the parent closes its end: the whole life of a worker."""
    ignore_interruption()  # Ctrl-C is the parent's to answer
    follow_spawner()
    _leave_no_semaphores()
    with contextlib.suppress(OSError):  # stdout is for results: what an engine prints goes beside
        os.dup2(2, 1)
    if hasattr(os, "register_at_fork"):  # else a child forked by a task would keep the pipe open
        os.register_at_fork(after_in_child=pipe.close)  # when its worker has been killed
    job: Job[Any, Any] | None = None
    function: Callable[[Any], Any] | None = None
    for told, task in _orders(pipe):
        if told:
            job, function = told, None
        assert job is not None  # noqa: S101 - the first task comes with its job
        outcome: tuple[Any, Exception | None]
        try:
            function = function or job.prepare(*job.arguments)
            outcome = function(task), None
        except Exception as error:  # noqa: BLE001 - it is raised again in the parent
            outcome = None, error
        try:
            pipe.send(outcome)
        except OSError:  # as below
            return


def _leave_no_semaphores() -> None:
    """Have locks that a library makes (tqdm's, for one) bear no name in the system.

    multiprocessing names them unless it forks; one of a worker that was killed would stay, until a
    line at the very end told of it. A worker starts no process by multiprocessing.
    """
    if "fork" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("fork", force=True)


def _orders(pipe: Connection) -> Iterator[tuple[Job[Any, Any] | None, Any]]:
    """Tell that we live; yield what we are told to do until it is to leave."""
    try:
        pipe.send(None)
        while order := pipe.recv():
            yield order
    except (EOFError, OSError):  # the parent has closed its end
        return
