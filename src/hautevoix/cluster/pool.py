"""A pool whose processes are a Dask cluster's: a ``Runner``, as the one of this machine is."""

from __future__ import annotations

import pickle
import queue
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from hautevoix import errors
from hautevoix.cluster.client import Connection
from hautevoix.cluster.node import BUG, DIFFERS, DONE, FAILED, Answer, Facts, packed, perform
from hautevoix.cluster.survey import agreed, differing, wait_for_workers
from hautevoix.errors import EngineError, HautevoixError, NetworkError
from hautevoix.localization import tr
from hautevoix.storage.store import key_of
from hautevoix.workers.tasks import (
    ATTEMPTS,
    Done,
    Job,
    PoolLostError,
    Queue,
    Result,
    Task,
    WorkerLostError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from distributed import Future

    from hautevoix.model.options import ClusterOptions
    from hautevoix.workers.runner import Runner

AHEAD = 3
"""Tasks a thread that are given out: one in work, and two so that it never waits for us."""

_LOOK = 5.0  # seconds between two looks at how many workers there are, and whether there is any
_STARTING = 60.0  # seconds for a worker's process to start, however busy its machine
_ABSENT = 60.0  # seconds without any worker after which the work ends
_KINDS: dict[str, type[HautevoixError]] = {
    kind.__name__: kind
    for kind in (
        EngineError,
        NetworkError,
        PoolLostError,
        WorkerLostError,
        errors.DiskError,
        errors.InputError,
        errors.StoreError,
    )
}


@dataclass(slots=True)
class _Sent:
    """A task that was given out, until when its answer is waited for."""

    index: int
    future: Future
    deadline: float


class ClusterPool:
    """The workers of a cluster; a context manager that connects when there is a first task.

    Each is asked before work whether it would speak as this machine does, which ``local`` tells.
    """

    elsewhere = True

    def __init__(self, options: ClusterOptions, local: Runner, at_most: int | None = None) -> None:
        """Take where the cluster is; ``at_most`` tasks are given out at once (None: as is good)."""
        self._options = options
        self._local = local
        self._at_most = at_most
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()

    def run(self, job: Job[Task, Result], tasks: Iterable[Task]) -> Iterator[Done[Result]]:
        """Yield each task's outcome as it comes, in any order; results are plain data.

        Raises EngineError where workers would give other results than this machine, NetworkError
        where the scheduler or all workers are lost; what workers stored stays.
        """
        waiting = Queue(tasks)
        if waiting.peek():
            self._connection = self._connection or Connection(self._options)
            wait_for_workers(self._connection)
            expected = agreed(self._connection, job, self._local) if job.facts else None
            hand = _Hand(self._connection, job, expected, waiting)
            yield from hand.emptied(self._at_most)


class _Hand:
    """The tasks of one job that are with the cluster."""

    def __init__(
        self,
        connection: Connection,
        job: Job[Any, Any],
        expected: Facts | None,
        waiting: Queue[Any],
    ) -> None:
        self._connection = connection
        self._job = job
        self._expected = expected
        self._order = packed(job, expected)
        self._queue = waiting
        self._sent: dict[str, _Sent] = {}
        self._arrived: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._number = 0
        self._room = 0
        self._looked = 0.0  # when it was last known how many workers there are
        self._peopled = time.monotonic()  # when there was last any

    def emptied(self, at_most: int | None) -> Iterator[Done[Any]]:
        """Give out the tasks, a few at a time, and yield their outcomes."""
        while not self._queue.is_hopeless():
            self._look(at_most)
            self._give_out()
            if not self._sent:
                return
            yield from self._take(self._next())
            yield from self._overdue()
        self._sent.clear()
        yield from self._queue.give_up()

    def _look(self, at_most: int | None) -> None:
        """Ask every now and then how many tasks may be out. Raises NetworkError if all left."""
        now = time.monotonic()
        if now < self._looked + _LOOK:
            return
        threads = self._connection.threads()
        self._looked = now
        if threads:
            self._peopled = now
        elif now > self._peopled + _ABSENT:
            raise _nobody()
        limits = [at_most or AHEAD * max(threads, 1), self._job.at_once]
        self._room = min(limit for limit in limits if limit)

    def _give_out(self) -> None:
        while len(self._sent) < self._room and self._queue.peek():
            index, task = self._queue.take()
            data = pickle.dumps(task)
            self._number += 1  # so that nobody is given an answer to another question
            key = f"hautevoix-{key_of(self._order, data)}-{self._number}"
            future = self._connection.submit(perform, self._order, data, key=key)
            # A thread may do what it was given before first, each as often as a pool tries it.
            patience = _STARTING + AHEAD * ATTEMPTS * self._job.limit(task)
            self._await(key, _Sent(index, future, time.monotonic() + patience))

    def _await(self, key: str, sent: _Sent) -> None:
        self._sent[key] = sent
        sent.future.add_done_callback(lambda done: self._arrived.put(done.key))

    def _next(self) -> list[_Sent]:
        """Return the tasks of which something has come, after a moment at most."""
        keys = []
        try:
            keys.append(self._arrived.get(timeout=_LOOK))
            while True:
                keys.append(self._arrived.get_nowait())
        except queue.Empty:
            return [self._sent.pop(key) for key in dict.fromkeys(keys) if key in self._sent]

    def _take(self, arrived: list[_Sent]) -> Iterator[Done[Any]]:
        by_status: dict[str, list[_Sent]] = {}
        for sent in arrived:
            by_status.setdefault(sent.future.status, []).append(sent)
        if by_status.pop("cancelled", None):  # not by us: Dask does so when the scheduler has gone
            raise self._connection.lost()
        yield from self._lost(by_status.pop("error", []))
        finished = by_status.pop("finished", [])
        for sent in (each for others in by_status.values() for each in others):
            self._await(sent.future.key, sent)  # its worker has died since: it is done again
        if not finished:
            return
        answers = self._connection.results([sent.future for sent in finished])
        if answers is None:
            yield from self._lost(finished)
            return
        for sent, answer in zip(finished, answers, strict=True):
            self._queue.finish(sent.index)
            yield _outcome(sent.index, answer, self._expected or {})

    def _overdue(self) -> Iterator[Done[Any]]:
        """Give up those of which nothing has come for long: their worker hangs, or is cut off."""
        now = time.monotonic()
        yield from self._lost(
            [self._sent.pop(key) for key, sent in [*self._sent.items()] if now > sent.deadline]
        )

    def _lost(self, lost: list[_Sent]) -> Iterator[Done[Any]]:
        """Queue tasks again whose workers were lost; yield those that lost too many."""
        for sent in lost:
            outcome: Done[Any] | None = self._queue.retry(sent.index)
            if outcome:
                yield outcome


def _outcome(index: int, answer: Answer, expected: Facts) -> Done[Any]:
    """Return what a worker's answer means. Raises what ends the work."""
    match answer:
        case [str(kind), result] if kind == DONE:
            return Done(index, result)
        case [str(how), str(kind), str(message), str(advice)] if how == FAILED:
            return Done(index, error=_KINDS.get(kind, EngineError)(message, advice=advice))
        case [str(how), dict(facts)] if how == DIFFERS:
            raise differing(tr("a worker that came later"), expected, facts)
        case [str(how), str(text)] if how == BUG:
            raise RuntimeError(text)
    raise EngineError(tr("A worker's answer is not understood."))


def _nobody() -> NetworkError:
    return NetworkError(
        tr("The cluster has no workers left."),
        advice=tr("What was spoken is kept; the same command goes on from there."),
    )
