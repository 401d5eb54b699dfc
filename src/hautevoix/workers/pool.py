"""A pool of worker processes that survives the death of its members.

The standard pools don't: one killed worker fails everything queued, or hangs. Here each worker
has a pipe of its own; when one dies or exceeds its time, another takes its place and its task
is tried again, twice, then reported as lost while the rest goes on; unless none has ever done
anything: then a handful of deaths ends the work. Workers leave when their parent does (on Linux:
when the thread that started them does).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Self, cast

from hautevoix.errors import DiskError, HautevoixError, TimeUpError
from hautevoix.localization import tr
from hautevoix.runtime.processes import spawning
from hautevoix.workers.serving import work
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
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.context import SpawnProcess

__all__ = ["ATTEMPTS", "Done", "Job", "PoolLostError", "WorkerLostError", "WorkerPool", "cores"]

_STILLBORN = 3  # workers in a row that die before they can be given anything
_STARTING = 60.0  # seconds for a worker to start, however busy the machine
GRACE = 10.0  # seconds that tasks in hand may take after Ctrl-C
_PATIENT = KeyboardInterrupt, TimeUpError  # what lets tasks in hand finish
_TOO_FEW_TO_SHARE = 2  # tasks that are done sooner than a worker starts
PARTING = 5.0  # seconds for an idle worker to see that it may go
_CHUNK = 1 << 16  # bytes read at once from a worker's pipe
_context = multiprocessing.get_context("spawn")  # no surprise inherited, on every system


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    job: Job[Any, Any] | None = None  # the one that it has been told of
    index: int | None = None  # of the task in hand
    limit: float = 0.0  # seconds for the task in hand
    deadline: float = 0.0
    awake: bool = False  # it has told that it lives


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerPool:
    """Up to ``size`` workers, who stay from job to job; a context manager.

    A foreseen error (HautevoixError) is a task's outcome; any other ends the work.
    """

    elsewhere = False

    def __init__(self, size: int, stopping: Callable[[], None] = lambda: None) -> None:
        """Take how many they may be; ``stopping`` is called when Ctrl-C has to wait for them."""
        self._size = size
        self._stopping = stopping
        self._workers: list[_Worker] = []
        self._stillborn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is not None and issubclass(kind, _PATIENT) and self._busy():
                self._stopping()
                self._let_finish(time.monotonic() + GRACE)
        finally:  # a second Ctrl-C waits for nobody
            self.part()
            for worker in self._workers:
                if worker.job and worker.index is None:
                    worker.process.join(PARTING)
                worker.process.kill()  # at work for nobody, not awake yet, or deaf
                worker.process.join()
            self._workers.clear()

    def _let_finish(self, end: float) -> None:
        """Wait until ``end`` for the tasks in hand, so that their work is not lost.

        Workers are told to leave: one that had been given nothing yet, or whose answer was just
        being read when Ctrl-C came, is not waited for in vain.
        """
        busy = self._busy()
        for worker in busy:
            with contextlib.suppress(OSError):
                worker.pipe.send(None)
        while busy:
            ready = wait([worker.pipe for worker in busy], max(0.0, end - time.monotonic()))
            if not ready:
                return
            busy = [worker for worker in busy if worker.pipe not in ready or _says(worker.pipe)]

    def wake(self) -> None:
        """Start a worker before there is work, so that it is ready when some comes."""
        if not self._workers:
            self._hire()

    def part(self) -> None:
        """Let the workers go: there is no more work, and leaving takes them a moment.

        Each is told so: a process forked meanwhile (eSpeak's) holds our end of the pipe as well, so
        that to close it tells nothing.
        """
        for worker in self._workers:
            with contextlib.suppress(OSError):  # it is dead, or was told before
                worker.pipe.send(None)
            worker.pipe.close()

    def run(self, job: Job[Task, Result], tasks: Iterable[Task]) -> Iterator[Done[Result]]:
        """Yield each task's outcome as it comes, in any order.

        Tasks are drawn only as workers become free. If the caller is interrupted, the generator
        may be closed: nothing more is handed out. Raises CrewLostError where workers die as they
        start; where all die of their tasks, the rest of those are lost untried.
        """
        for worker in self._busy():  # with a job that its caller gave up
            self._dismiss(worker)
        queue = Queue(tasks)
        while not queue.is_hopeless():
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
        yield from queue.give_up()

    def outcomes(
        self, job: Job[Task, Result], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Result]]:
        """Yield each task's number and what it gives, as it comes. Raises the first task's error.

        One or two tasks are done in this process.
        """
        if len(tasks) <= _TOO_FEW_TO_SHARE:
            do = job.prepare(*job.arguments)
            yield from ((index, do(task)) for index, task in enumerate(tasks))
            return
        for outcome in self.run(job, tasks):
            if outcome.error:
                raise outcome.error
            yield outcome.index, cast("Result", outcome.result)

    def results(
        self,
        job: Job[Task, Result],
        tasks: Sequence[Task],
        after: Callable[[int], None] = lambda _done: None,
    ) -> list[Result]:
        """Return the tasks' results in the tasks' order; ``after`` is told how many are done."""
        found: dict[int, Result] = {}
        for index, result in self.outcomes(job, tasks):
            found[index] = result
            after(len(found))
        return [found[index] for index in range(len(tasks))]

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.index is not None]

    def _hand_out(self, job: Job[Task, Result], queue: Queue[Task]) -> None:
        most = min(self._size, job.at_once or self._size)
        while len(self._busy()) < most and queue.peek():
            idle = [worker for worker in self._workers if worker.index is None]
            _give(idle[0] if idle else self._hire(), job, queue)

    def _hire(self) -> _Worker:
        with spawning():  # a worker is in the list, or it is not there
            worker = _start()
            self._workers.append(worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)

    def _collect(self, worker: _Worker, queue: Queue[Task]) -> Done[Result] | None:
        """Take what ``worker`` has to say, if anything; bury it if it is dead or late."""
        assert worker.index is not None  # noqa: S101 - only busy workers come here
        index = worker.index
        late = time.monotonic() >= worker.deadline
        if not worker.pipe.poll():
            return self._lose(worker, index, queue) if late else None
        try:
            told = worker.pipe.recv()
        except (EOFError, OSError):  # closed, or killed amid its answer
            return self._lose(worker, index, queue)
        if told is None:
            worker.awake = True
            worker.deadline = time.monotonic() + worker.limit
            self._stillborn = 0
            return None
        result, error = told
        worker.index = None
        queue.finish(index)
        if error is not None and not isinstance(error, HautevoixError):
            raise error
        return Done(index, result, error)

    def _lose(self, worker: _Worker, index: int, queue: Queue[Task]) -> Done[Result] | None:
        """Bury a worker that is dead or late; its task is queued again, or lost."""
        self._dismiss(worker)
        self._stillborn += not worker.awake
        if self._stillborn == _STILLBORN:
            raise PoolLostError(
                tr(
                    "Worker processes die as they start, {stillborn} in a row.",
                    stillborn=_STILLBORN,
                ),
                advice=tr(
                    "What they printed tells why. Is memory short, or the installation broken?"
                ),
            )
        return queue.retry(index)


def _says(pipe: Connection) -> bool:
    """Take what has come through a pipe, whatever it is; return whether its end is still open."""
    try:
        if os.name == "posix":  # where a message may be cut, as Ctrl-C came while it was read
            return bool(os.read(pipe.fileno(), _CHUNK))
        pipe.recv_bytes()
    except (EOFError, OSError):
        return False
    return True


def _give(worker: _Worker, job: Job[Task, Result], queue: Queue[Task]) -> None:
    """Hand the next task to ``worker``, and the job if it is new to it."""
    worker.index, task = queue.take()
    worker.limit = job.limit(task)
    worker.deadline = time.monotonic() + worker.limit + (0 if worker.awake else _STARTING)
    told = None if worker.job is job else job
    worker.job = job
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        worker.pipe.send((told, task))  # if it is dead, _collect finds out and hands the task on


def _start() -> _Worker:
    try:
        ours, theirs = _context.Pipe()
        with theirs:
            process = _context.Process(target=work, args=(theirs,), daemon=True)
            process.start()
    except OSError as error:  # too many processes or open files, or no memory for more
        raise DiskError(
            tr("A worker process can't be started: {strerror}.", strerror=error.strerror or error),
            advice=tr("End some other programs. Or start fewer with --jobs 1."),
        ) from error
    return _Worker(process, ours)
