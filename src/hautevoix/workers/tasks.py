"""Tasks on their way through a pool: what one is, how it comes out, and who is next."""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from hautevoix.errors import EngineError, HautevoixError
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Task = TypeVar("Task")
Result = TypeVar("Result")

ATTEMPTS = 3
_FRUITLESS = 10  # workers that die in a job before any task of it is done: of four tasks at least


class WorkerLostError(EngineError):
    """A task took ATTEMPTS workers with it: they died or hung."""


class PoolLostError(EngineError):
    """No worker gets as far as to do a task: each dies or hangs before."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """A task's outcome: ``result``, or ``error`` where it failed for good."""

    index: int
    result: Result | None = None
    error: HautevoixError | None = None


@dataclass(frozen=True, slots=True)
class Job(Generic[Task, Result]):
    """A kind of task: ``prepare(*arguments)``, called once in each worker, gives what does one.

    Both travel by pickle. ``patience`` is how long a task may take, in seconds, or what tells that
    of a task; ``at_once`` how many may be in hand (None: one a worker). ``facts(*arguments)``
    tells, by name, on what results depend beside the task: where workers elsewhere tell other
    facts, they are given none.
    """

    prepare: Callable[..., Callable[[Task], Result]]
    arguments: tuple[Any, ...] = ()
    patience: float | Callable[[Task], float] = 600.0
    at_once: int | None = None
    facts: Callable[..., dict[str, str]] | None = None

    def limit(self, task: Task) -> float:
        """Return how long a task may take, in seconds."""
        return self.patience(task) if callable(self.patience) else self.patience


class Queue(Generic[Task]):
    """Tasks in order, those to be tried again first; remembers only those in hand."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._fresh = enumerate(tasks)
        self._again: deque[tuple[int, Task]] = deque()
        self._in_hand: dict[int, tuple[Task, int]] = {}
        self._attempts: dict[int, int] = {}
        self._fruitless: int | None = 0  # workers lost; None as soon as a task is done

    def peek(self) -> bool:
        """Tell whether there is a task to be taken."""
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
        """Note that a task has been done."""
        self._fruitless = None
        del self._in_hand[index]
        self._attempts.pop(index, None)

    def put_back(self, index: int) -> None:
        """Queue a task that whoever had it did not try."""
        task, attempt = self._in_hand.pop(index)
        self._attempts[index] = attempt - 1
        self._again.append((index, task))

    def retry(self, index: int) -> Done[Any] | None:
        """Queue a task whose worker died, or report it lost after ATTEMPTS."""
        if self._fruitless is not None:
            self._fruitless += 1
        task, attempt = self._in_hand.pop(index)
        if attempt < ATTEMPTS:
            self._attempts[index] = attempt
            self._again.append((index, task))
            return None
        self._attempts.pop(index, None)
        return Done(
            index,
            error=WorkerLostError(
                tr(
                    "A worker process died or hung {attempts} times on one task.", attempts=ATTEMPTS
                ),
                advice=tr("Memory may be short: end other programs. Or run it with --jobs 1."),
            ),
        )

    def is_hopeless(self) -> bool:
        """Tell whether workers die of whatever task they are given."""
        return self._fruitless is not None and self._fruitless >= _FRUITLESS

    def give_up(self) -> Iterator[Done[Any]]:
        """Report all tasks that are left as lost."""
        error = PoolLostError(
            tr(
                "{fruitless} worker processes died or hung, and none had done anything.",
                fruitless=self._fruitless,
            ),
            advice=tr(
                "Choose another engine with --engine. Or see what is amiss: hautevoix doctor"
            ),
        )
        left = [*self._in_hand, *(index for index, _ in self._again)]
        for index in itertools.chain(left, (index for index, _ in self._fresh)):
            yield Done(index, error=error)
