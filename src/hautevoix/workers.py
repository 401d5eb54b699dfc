"""A crew of worker processes that survives the death of its members.

The standard pools don't: one killed worker fails everything queued, or hangs. Here each worker
has a pipe of its own; when one dies or exceeds its time, another takes its place and its task
is tried again, twice, then reported as lost while the rest goes on. Workers leave when their
parent does (on Linux: when the thread that started them does).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections import deque
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from hautevoix.errors import EngineError, HautevoixError
from hautevoix.processes import Uninterrupted, follow_spawner, ignore_interruption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.context import SpawnProcess

Task = TypeVar("Task")
Result = TypeVar("Result")

ATTEMPTS = 3
GRACE = 10.0  # seconds that tasks in hand may take after Ctrl-C
_FEW = 2  # tasks that are done sooner than a worker starts
PARTING = 5.0  # seconds for an idle worker to see that it may go
_context = multiprocessing.get_context("spawn")  # no surprise inherited, on every system


class WorkerLostError(EngineError):
    """A task took ATTEMPTS workers with it: they died or hung."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """A task's outcome: ``result``, or ``error`` where it failed for good."""

    index: int
    result: Result | None = None
    error: HautevoixError | None = None


@dataclass(frozen=True, slots=True)
class Job(Generic[Task, Result]):
    """A kind of task: ``prepare(*arguments)``, called once in each worker, gives what does one.

    Both travel by pickle. ``patience`` is how long a task may take, in seconds; ``at_once`` how
    many may be in hand (None: one a worker).
    """

    prepare: Callable[..., Callable[[Task], Result]]
    arguments: tuple[Any, ...] = ()
    patience: float = 600.0
    at_once: int | None = None


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    job: Job[Any, Any] | None = None  # the one that it has been told of
    index: int | None = None  # of the task in hand
    deadline: float = 0.0


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Up to ``size`` workers, who stay from job to job; a context manager.

    A foreseen error (HautevoixError) is a task's outcome; any other ends the work.
    """

    def __init__(self, size: int, stopping: Callable[[], None] = lambda: None) -> None:
        """Take how many they may be; ``stopping`` is called when Ctrl-C has to wait for them."""
        self._size = size
        self._stopping = stopping
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is not None and issubclass(kind, KeyboardInterrupt) and self._busy():
                self._stopping()
                self._let_finish(time.monotonic() + GRACE)
        finally:  # a second Ctrl-C waits for nobody
            for worker in self._workers:
                worker.pipe.close()
            for worker in self._workers:
                if worker.job and worker.index is None:
                    worker.process.join(PARTING)
                worker.process.kill()  # at work for nobody, not awake yet, or deaf
                worker.process.join()
            self._workers.clear()

    def _let_finish(self, end: float) -> None:
        """Wait until ``end`` for the tasks in hand, so that their work is not lost."""
        while busy := self._busy():
            ready = wait([worker.pipe for worker in busy], max(0.0, end - time.monotonic()))
            if not ready:
                return
            for worker in busy:
                if worker.pipe in ready:
                    with contextlib.suppress(EOFError, OSError):
                        worker.pipe.recv()
                    worker.index = None

    def wake(self) -> None:
        """Start a worker before there is work, so that it is ready when some comes."""
        if not self._workers:
            self._hire()

    def run(self, job: Job[Task, Result], tasks: Iterable[Task]) -> Iterator[Done[Result]]:
        """Yield each task's outcome as it comes, in any order.

        Tasks are drawn only as workers become free. If the caller is interrupted, the generator
        may be closed: nothing more is handed out.
        """
        for worker in self._busy():  # with a job that its caller gave up
            self._dismiss(worker)
        queue = _Queue(tasks)
        while True:
            self._hand_out(job, queue)
            busy = self._busy()
            if not busy:
                return
            timeout = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
            wait([worker.pipe for worker in busy], timeout)
            for worker in busy:
                done: Done[Result] | None = self._collect(worker, queue)
                if done:
                    yield done

    def results(
        self,
        job: Job[Task, Result],
        tasks: Sequence[Task],
        after: Callable[[int], None] = lambda _done: None,
    ) -> list[Result]:
        """Return what each task gives, in the tasks' order. Raises the first task's error.

        ``after`` is told how many are done. One or two tasks are done in this process.
        """
        if len(tasks) <= _FEW:
            do = job.prepare(*job.arguments)
            return [do(task) for task in tasks]
        found: dict[int, Any] = {}
        for outcome in self.run(job, tasks):
            if outcome.error:
                raise outcome.error
            found[outcome.index] = outcome.result
            after(len(found))
        return [found[index] for index in range(len(tasks))]

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.index is not None]

    def _hand_out(self, job: Job[Task, Result], queue: _Queue[Task]) -> None:
        most = min(self._size, job.at_once or self._size)
        while len(self._busy()) < most and queue.peek():
            idle = [worker for worker in self._workers if worker.index is None]
            _give(idle[0] if idle else self._hire(), job, queue)

    def _hire(self) -> _Worker:
        _start_tracker()
        with Uninterrupted():  # a worker is in the list, or it is not there
            worker = _start()
            self._workers.append(worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)

    def _collect(self, worker: _Worker, queue: _Queue[Task]) -> Done[Result] | None:
        """Take what ``worker`` has to say, if anything; bury it if it is dead or late."""
        assert worker.index is not None  # noqa: S101 - only busy workers come here
        index = worker.index
        late = time.monotonic() >= worker.deadline
        if not worker.pipe.poll():
            return self._lose(worker, index, queue) if late else None
        try:
            result, error = worker.pipe.recv()
        except (EOFError, OSError):  # closed, or killed amid its answer
            return self._lose(worker, index, queue)
        worker.index = None
        queue.finish(index)
        if error is not None and not isinstance(error, HautevoixError):
            raise error
        return Done(index, result, error)

    def _lose(self, worker: _Worker, index: int, queue: _Queue[Task]) -> Done[Result] | None:
        """Bury a worker that is dead or late; its task is queued again, or lost."""
        self._dismiss(worker)
        return queue.retry(index)


class _Queue(Generic[Task]):
    """Tasks in order, those to be tried again first; remembers only those in hand."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._fresh = enumerate(tasks)
        self._again: deque[tuple[int, Task]] = deque()
        self._in_hand: dict[int, tuple[Task, int]] = {}
        self._attempts: dict[int, int] = {}

    def peek(self) -> bool:
        if not self._again:
            self._again.extend([drawn for drawn in [next(self._fresh, None)] if drawn])
        return bool(self._again)

    def take(self) -> tuple[int, Task]:
        """Return the next task and its number; there must be one."""
        index, task = self._again.popleft()
        attempt = self._attempts.get(index, 0) + 1
        self._in_hand[index] = task, attempt
        return index, task

    def finish(self, index: int) -> None:
        del self._in_hand[index]
        self._attempts.pop(index, None)

    def retry(self, index: int) -> Done[Any] | None:
        """Queue a task whose worker died, or report it lost after ATTEMPTS."""
        task, attempt = self._in_hand.pop(index)
        if attempt < ATTEMPTS:
            self._attempts[index] = attempt
            self._again.append((index, task))
            return None
        self._attempts.pop(index, None)
        return Done(
            index,
            error=WorkerLostError(
                f"A worker process died or hung {ATTEMPTS} times on one task.",
                advice="Is memory short? Run it again with --jobs 1.",
            ),
        )


def _give(worker: _Worker, job: Job[Task, Result], queue: _Queue[Task]) -> None:
    """Hand the next task to ``worker``, and the job if it is new to it."""
    worker.index, task = queue.take()
    worker.deadline = time.monotonic() + job.patience
    told = None if worker.job is job else job
    worker.job = job
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        worker.pipe.send((told, task))  # if it is dead, _collect finds out and hands the task on


def _start() -> _Worker:
    ours, theirs = _context.Pipe()
    process = _context.Process(target=_work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _start_tracker() -> None:
    """Have multiprocessing's helper started, which lets Ctrl-C through while it is."""
    if hasattr(os, "fork"):
        resource_tracker.ensure_running()


def _work(pipe: Connection) -> None:
    """Serve until the parent closes its end: the whole life of a worker."""
    ignore_interruption()  # Ctrl-C is the parent's to answer
    follow_spawner()
    with contextlib.suppress(OSError):  # stdout is for results: what an engine prints goes beside
        os.dup2(2, 1)
    if hasattr(os, "register_at_fork"):  # else a child forked by a task would keep the pipe open
        os.register_at_fork(after_in_child=pipe.close)  # when its worker has been killed
    job: Job[Any, Any] | None = None
    function: Callable[[Any], Any] | None = None
    while True:
        try:
            told, task = pipe.recv()
        except EOFError:
            return
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
        except BrokenPipeError:
            return
