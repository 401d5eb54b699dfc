"""A pool whose processes are a Dask cluster's: a ``Runner``, as the one of this machine is."""

from __future__ import annotations

import pickle
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from hautevoix import errors
from hautevoix.cluster.client import Connection
from hautevoix.cluster.node import BUG, DIFFERS, DONE, FAILED, Answer, ordered, packed, perform
from hautevoix.cluster.survey import Survey, wait_for_workers
from hautevoix.errors import EngineError, HautevoixError, NetworkError
from hautevoix.localization import tr
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
    from collections.abc import Callable, Iterable, Iterator

    from distributed import Future

    from hautevoix.model.options import ClusterOptions
    from hautevoix.workers.runner import Runner

AHEAD = 3
"""Tasks a thread that are given out: one in work, and two so that it never waits for us."""

_LOOK = 5.0  # seconds between two looks at how many workers there are, and whether there is any
_STARTING = 60.0  # seconds for a worker's process to start, however busy its machine
_OVER = {"finished", "error", "cancelled"}  # Dask's states of a task that does not go on
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
    able: frozenset[str] | None  # the workers to whom it was given; None: to all


class ClusterPool:
    """The workers of a cluster; a context manager that connects when there is a first task.

    Each is asked before work whether it would speak as this machine does, which ``local`` tells.
    """

    elsewhere = True

    def __init__(
        self,
        options: ClusterOptions,
        local: Runner,
        at_most: int | None = None,
        left_out: Callable[[str, str], None] = lambda _worker, _why: None,
    ) -> None:
        """Take where the cluster is; ``at_most`` tasks are given out at once (None: as is good).

        ``left_out`` is told of a worker that came later and differs, and how.
        """
        self._options = options
        self._local = local
        self._at_most = at_most
        self._left_out = left_out
        self._connection: Connection | None = None
        self._survey: Survey | None = None

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
            self._survey = self._survey or Survey(self._connection, self._local, self._left_out)
            hand = _Hand(self._connection, job, self._survey, waiting)
            yield from hand.emptied(self._at_most)


class _Hand:
    """The tasks of one job that are with the cluster."""

    def __init__(
        self, connection: Connection, job: Job[Any, Any], survey: Survey, waiting: Queue[Any]
    ) -> None:
        self._connection = connection
        self._job = job
        self._survey = survey
        self._expected = survey.agreed(job) if job.facts else None
        self._order = ordered(packed(job), self._expected)
        self._queue = waiting
        self._sent: dict[str, _Sent] = {}
        self._name = f"hautevoix-{secrets.token_hex(8)}"
        self._number = 0
        self._able: frozenset[str] | None = None  # who may be given a task; None: all
        self._room = 0
        self._batch = 1
        self._looked = 0.0  # when it was last known how many workers there are
        self._peopled = time.monotonic()  # when there was last any

    def emptied(self, at_most: int | None) -> Iterator[Done[Any]]:
        """Give out the tasks, a few at a time, and yield their outcomes."""
        while not self._queue.is_hopeless():
            self._look(at_most)
            self._give_out()
            if not self._sent and not self._queue.peek():
                return
            yield from self._take(self._next())
            yield from self._overdue()
        self._sent.clear()
        yield from self._queue.give_up()

    def _look(self, at_most: int | None) -> None:
        """Ask every now and then how many tasks may be out. Raises what ``nobody`` tells."""
        now = time.monotonic()
        if now < self._looked + _LOOK:
            return
        able = self._survey.able()
        threads = self._connection.threads() if able is None else sum(able.values())
        self._looked = now
        if threads:
            self._peopled = now
        elif now > self._peopled + _ABSENT:
            raise self._survey.nobody()
        limits = [at_most or AHEAD * max(threads, 1), self._job.at_once]
        self._room = min(limit for limit in limits if limit)
        self._batch = max(1, min(threads, self._room - threads))
        self._able = None if able is None else frozenset(able)
        self._call_back()

    def _call_back(self) -> None:
        """Queue tasks again that were given to workers none of whom is there any more."""
        for key, sent in [*self._sent.items()] if self._able else ():
            if sent.able and not sent.able & (self._able or frozenset()):
                del self._sent[key]
                self._queue.put_back(sent.index)

    def _give_out(self) -> None:
        """Give out as many tasks as there is room for, as soon as that is a batch."""
        if self._able == frozenset() or len(self._sent) > self._room - self._batch:
            return
        taken: dict[str, tuple[int, Any]] = {}
        while len(self._sent) + len(taken) < self._room and self._queue.peek():
            index, task = self._queue.take()
            self._number += 1  # so that nobody is given an answer to another question
            taken[f"{self._name}-{self._number}"] = index, task
        if taken:
            self._submit(taken)

    def _submit(self, taken: dict[str, tuple[int, Any]]) -> None:
        data = [pickle.dumps(task) for _, task in taken.values()]
        orders = [self._order] * len(data)
        futures = self._connection.submit_all(
            perform, orders, data, keys=[*taken], workers=self._able
        )
        for future, (index, task) in zip(futures, taken.values(), strict=True):
            # A thread may do what it was given before first, each as often as a pool tries it.
            patience = _STARTING + AHEAD * ATTEMPTS * self._job.limit(task)
            deadline = time.monotonic() + patience
            self._sent[future.key] = _Sent(index, future, deadline, self._able)

    def _next(self) -> list[_Sent]:
        """Return the tasks of which something has come, after a moment at most."""
        keys = self._connection.arrived(_LOOK)
        if not keys:  # nobody tells of those that are cancelled, as when the scheduler has gone
            keys = [key for key, sent in self._sent.items() if sent.future.status in _OVER]
        return [self._sent.pop(key) for key in keys if key in self._sent]

    def _take(self, arrived: list[_Sent]) -> Iterator[Done[Any]]:
        by_status: dict[str, list[_Sent]] = {}
        for sent in arrived:
            by_status.setdefault(sent.future.status, []).append(sent)
        if by_status.pop("cancelled", None):  # not by us: Dask does so when the scheduler has gone
            raise self._connection.lost()
        yield from self._lost(by_status.pop("error", []))
        finished = by_status.pop("finished", [])
        for sent in (each for others in by_status.values() for each in others):
            self._sent[sent.future.key] = sent  # its worker has died since: it is done again
        if not finished:
            return
        answers = self._connection.results([sent.future for sent in finished])
        if answers is None:
            yield from self._lost(finished)
            return
        for sent, answer in zip(finished, answers, strict=True):
            match answer:
                case [str(how), there] if how == DIFFERS:
                    self._refuse(sent, there)
                case _:
                    self._queue.finish(sent.index)
                    yield _outcome(sent.index, answer)

    def _refuse(self, sent: _Sent, there: Any) -> None:
        """Leave out a worker that differs, as what holds ``there`` tells; others do its task."""
        holders = self._connection.holders(sent.future)
        self._survey.leave_out(holders, self._expected or {}, there)
        self._looked = 0.0  # who may be given tasks is asked before the next are
        self._queue.put_back(sent.index)

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


def _outcome(index: int, answer: Answer) -> Done[Any]:
    """Return what a worker's answer means. Raises what ends the work."""
    match answer:
        case [str(kind), result] if kind == DONE:
            return Done(index, result)
        case [str(how), str(kind), str(message), str(advice)] if how == FAILED:
            return Done(index, error=_KINDS.get(kind, EngineError)(message, advice=advice))
        case [str(how), str(text)] if how == BUG:
            raise RuntimeError(text)
    raise EngineError(tr("A worker's answer is not understood."))
