from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import crews
from hautevoix.errors import EngineError, NetworkError
from hautevoix.workers import Crew


def outcomes(function: object, tasks: list[object], *, size: int = 2, patience: float = 60) -> dict:
    """Run a crew to its end; return outcomes by index."""
    with Crew(crews.giving, (function,), size=size, patience=patience) as crew:
        return {done.index: done for done in crew.run(tasks)}


def test_every_task_is_done_once() -> None:
    """Results come back under their task's index, whatever the order of the work."""
    done = outcomes(crews.square, list(range(20)))
    assert {index: outcome.result for index, outcome in done.items()} == {
        number: number**2 for number in range(20)
    }


def test_no_task_starts_no_process() -> None:
    """Nothing to do costs nothing."""
    with Crew(crews.giving, (crews.square,), size=2) as crew:
        assert list(crew.run([])) == []
        assert crew._workers == []


def test_a_foreseen_error_is_an_outcome_with_its_advice() -> None:
    """A task that fails in a foreseen way does not stop the others."""
    done = outcomes(crews.refuse_three, [1, 3, 5])
    assert isinstance(done[1].error, NetworkError)
    assert done[1].error.advice == "Wait."
    assert done[2].result == 5


def test_a_bug_ends_the_work() -> None:
    """An error that nobody foresaw is raised, not swallowed."""
    with pytest.raises(ZeroDivisionError):
        outcomes(crews.divide, [1, 0])


def test_a_killed_worker_is_replaced_and_its_task_done(tmp_path: Path) -> None:
    """A task whose worker dies once is done by another worker; nothing else is lost."""
    marker = tmp_path / "died"
    tasks = [(number, str(marker) if number == 2 else "") for number in range(6)]
    done = outcomes(crews.die_once, tasks)
    assert sorted(outcome.result for outcome in done.values()) == list(range(6))


def test_a_task_that_always_kills_is_given_up() -> None:
    """After three deaths a task is an error; the others are done all the same."""
    done = outcomes(crews.die_on_two, list(range(5)))
    assert isinstance(done[2].error, EngineError)
    assert [done[index].result for index in (0, 1, 3, 4)] == [0, 1, 3, 4]


def test_a_task_that_hangs_is_given_up() -> None:
    """A worker that exceeds its time is killed; its task is an error after three tries."""
    done = outcomes(crews.hang_on_one, [0, 1, 2], patience=1.0)
    assert isinstance(done[1].error, EngineError)
    assert done[2].result == 2


def test_no_worker_outlives_its_parent(tmp_path: Path) -> None:
    """When the parent is killed its workers leave by themselves."""
    pids = tmp_path / "pids"
    parent = subprocess.Popen(
        [sys.executable, Path(crews.__file__), pids],
        env={**os.environ, "PYTHONPATH": str(Path(crews.__file__).parent)},
    )
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    parent.kill()
    parent.wait()
    workers = [int(pid) for pid in pids.read_text().split()]
    wait_until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in workers))


def wait_until(true: object, seconds: float = 20) -> None:
    """Wait for something to become true; fail if it does not."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
