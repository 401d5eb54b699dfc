"""A Dask worker's side: each task is done in a process apart, and comes back as plain data.

That process is the same as on a single machine: an engine that crashes or hangs costs the clip in
hand, never the Dask worker, whose heartbeat goes on however busy its processor is.
"""

from __future__ import annotations

import functools
import multiprocessing
import pickle
import threading
from typing import TYPE_CHECKING, Any, cast

from hautevoix.errors import HautevoixError
from hautevoix.workers.pool import WorkerPool
from hautevoix.workers.tasks import Job

if TYPE_CHECKING:
    from collections.abc import Callable

SURVEY_PATIENCE = 180.0  # seconds for a process to start, load an engine and say a few words

DONE, FAILED, DIFFERS, BUG = "done", "failed", "differs", "bug"
"""How an answer begins: with the result; an error's kind, message and advice; a survey's answer; a
text."""

Facts = dict[str, str]
Answer = list[Any]
"""What msgpack can carry: nobody who reads it runs code of ours."""

_thread = threading.local()


def packed(job: Job[Any, Any]) -> bytes:
    """Return a job as ``survey`` takes it."""
    return pickle.dumps(job)


def ordered(job: bytes, expected: Facts | None = None) -> bytes:
    """Return a packed job as ``perform`` takes it; ``expected`` are the facts that must hold."""
    return pickle.dumps((job, expected))


def survey(job: bytes) -> Answer:
    """Return the facts of a job as they are here, or why they can't be told."""
    return _told(lambda: [DONE, _facts(job)])


def perform(order: bytes, task: bytes) -> Answer:
    """Return what comes of a (pickled) task, or of a survey where other facts hold here."""
    return _told(lambda: _performed(order, task))


def _performed(order: bytes, task: bytes) -> Answer:
    job, expected = _opened(order)
    if expected is not None:
        there = survey(job)
        if there != [DONE, expected]:
            return [DIFFERS, there]
    return [DONE, _result(_unpacked(job), pickle.loads(task))]  # noqa: S301 - from the client, whom a Dask worker obeys in everything


def _told(work: Callable[[], Answer]) -> Answer:
    """Return the answer, or why there is none."""
    try:
        return work()
    except HautevoixError as error:
        return [FAILED, type(error).__name__, error.message, error.advice]
    except Exception as error:  # noqa: BLE001 - a bug is raised again where the user is
        return [BUG, f"{type(error).__name__}: {error}"]


@functools.lru_cache(maxsize=8)
def _opened(order: bytes) -> tuple[bytes, Facts | None]:
    return cast("tuple[bytes, Facts | None]", pickle.loads(order))  # noqa: S301 - as above


@functools.lru_cache(maxsize=8)
def _unpacked(job: bytes) -> Job[Any, Any]:
    """Return a job, the same one for the same bytes: its process goes on with what it loaded."""
    return cast("Job[Any, Any]", pickle.loads(job))  # noqa: S301 - as above


@functools.lru_cache(maxsize=8)
def _facts(job: bytes) -> Facts:
    return cast("Facts", _result(asking(_unpacked(job)), None))


def asking(job: Job[Any, Any]) -> Job[None, Facts]:
    """Return the job of telling the facts of another one."""
    return Job(_teller, (job.facts, job.arguments), SURVEY_PATIENCE)


def _teller(facts: Callable[..., Facts], arguments: tuple[Any, ...]) -> Callable[[None], Facts]:
    return lambda _: facts(*arguments)


def _result(job: Job[Any, Any], task: Any) -> Any:
    """Return what this thread's process makes of a task. Raises what that raises."""
    [done] = _pool().run(job, [task])
    if done.error:
        raise done.error
    return done.result


def _pool() -> WorkerPool:
    """Return this thread's pool, of one process; it ends with the thread, which Dask keeps."""
    if not hasattr(_thread, "pool"):
        # Dask's nanny marks its worker as one that may have no children; ours end with it.
        multiprocessing.current_process().daemon = False
        _thread.pool = WorkerPool(1)
    return cast("WorkerPool", _thread.pool)
