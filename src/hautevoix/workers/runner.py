"""Who does tasks: processes of this machine, or those of a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hautevoix.workers.tasks import Done, Job, Result, Task


class Runner(Protocol):
    """What does many tasks at once, and survives those who do them."""

    elsewhere: bool
    """Whether tasks may be done on other machines, which don't see the folders of this one."""

    def run(self, job: Job[Task, Result], tasks: Iterable[Task]) -> Iterator[Done[Result]]:
        """Yield each task's outcome as it comes, in any order.

        Tasks are drawn only as somebody becomes free for them. Raises HautevoixError where nobody
        gets as far as to do a task, and what a task raises that nobody foresaw.
        """
        ...
