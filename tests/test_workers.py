from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import crews
from hautevoix.errors import DiskError, EngineError, NetworkError
from hautevoix.workers import pool as workers
from hautevoix.workers.pool import Job, WorkerPool
from standstill import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection


SQUARES = Job(crews.giving, (crews.square,))


"""How long something that is sure to come is waited for, on a machine however busy."""


def outcomes(
    function: object,
    tasks: Sequence[object],
    *,
    size: int = 2,
    patience: float | Callable[[Any], float] = 60,
) -> dict[int, Any]:
    """Run a pool to its end; return outcomes by index."""
    with WorkerPool(size) as pool:
        job = Job(crews.giving, (function,), patience=patience)
        return {done.index: done for done in pool.run(job, tasks)}


def test_every_task_is_done_once() -> None:
    """Results come back under their task's index, whatever the order of the work."""
    done = outcomes(crews.square, list(range(20)))
    assert {index: outcome.result for index, outcome in done.items()} == {
        number: number**2 for number in range(20)
    }


def test_no_task_starts_no_process() -> None:
    """Nothing to do costs nothing."""
    with WorkerPool(2) as pool:
        assert list(pool.run(SQUARES, [])) == []
        assert pool._workers == []


def test_workers_stay_for_the_next_job() -> None:
    """Another kind of task needs no new processes, nor do the tasks that its caller gave up."""
    with WorkerPool(2) as pool:
        pool.wake()
        assert {done.result for done in pool.run(SQUARES, [1, 2, 3])} == {1, 4, 9}
        there = [worker.process.pid for worker in pool._workers]
        told = Job(crews.giving, (crews.tell_pid,))
        assert {done.result for done in pool.run(told, [None] * 6)} <= set(there)
        next(pool.run(Job(crews.giving, (crews.hang_on_one,)), [0, 1]))
        assert [done.result for done in pool.run(SQUARES, [4])] == [16]


@pytest.mark.parametrize("count", [1, 12])
def test_results_come_in_order_and_the_first_error_ends_them(count: int) -> None:
    """Results stand as their tasks do, few or many; a task that fails raises its own error."""
    told: list[int] = []
    with WorkerPool(2) as pool:
        assert pool.results(SQUARES, range(count), told.append) == [n**2 for n in range(count)]
        assert told == [*range(1, count + 1)]
        assert bool(pool._workers) == (count > 2)
        refusing = Job(crews.giving, (crews.refuse_three,))
        with pytest.raises(NetworkError, match="No three"):
            pool.results(refusing, range(3, 3 + count))


def test_a_job_may_want_fewer_than_there_are() -> None:
    """Of an engine that speaks one clip at a time, no second one is asked for meanwhile."""
    with WorkerPool(3) as pool:
        list(pool.run(SQUARES, range(9)))
        alone = Job(crews.giving, (crews.tell_pid,), at_once=1)
        assert len({done.result for done in pool.run(alone, [None] * 6)}) == 1


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
    done = outcomes(crews.hang_on_one, [0, 1, 2], patience=10)
    assert isinstance(done[1].error, EngineError)
    assert done[2].result == 2


def test_how_long_a_task_may_take_can_be_its_own() -> None:
    """A long sentence has more time than a short one."""
    job = Job(crews.giving, (crews.square,), patience=float)
    assert [job.limit(task) for task in (1, 20)] == [1.0, 20.0]
    done = outcomes(crews.hang_on_one, [0, 1, 2], patience=crews.ten)
    assert isinstance(done[1].error, EngineError)
    assert done[2].result == 2


def test_a_worker_killed_beside_its_child_is_missed_at_once(tmp_path: Path) -> None:
    """A child that a task forked does not keep its dead worker's pipe open."""
    children = tmp_path / "children"
    done = outcomes(crews.die_childed, [str(children)], patience=3600)
    assert isinstance(done[0].error, EngineError)
    for child in map(int, children.read_text("utf-8").split()):
        os.kill(child, signal.SIGKILL)  # it is still there: nobody waited for its end


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_idle_workers_leave_though_a_fork_holds_their_pipes() -> None:
    """A process forked while they live (eSpeak's) has our ends too: no book's end waits for it."""
    with WorkerPool(1) as pool:
        list(pool.run(SQUARES, [1]))
        processes = [worker.process for worker in pool._workers]
        held, release = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(release)
            os.read(held, 1)
            os._exit(0)
        pool.part()
        for process in processes:
            process.join(PATIENCE)
        assert [process.exitcode for process in processes] == [0]
    os.close(release)
    os.close(held)
    os.waitpid(child, 0)


def test_workers_that_die_of_everything_are_not_hired_for_ever(tmp_path: Path) -> None:
    """Where no task is ever done the rest is lost untried; a few that kill are no such case."""
    trace = tmp_path / "trace"
    done = outcomes(crews.die_always, [str(trace)] * 500)
    assert len(done) == 500
    assert all(isinstance(outcome.error, EngineError) for outcome in done.values())
    assert "--engine" in done[499].error.advice
    assert len(trace.read_text()) <= 12
    few = outcomes(crews.die_on_two, [2, 2, 2, 5], size=1)
    assert few[3].result == 5


def _told_by(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Return what a program of its own, which has the crews, prints; it ends well."""
    program = folder / "program.py"
    program.write_text(source)
    environment = {**os.environ, "PYTHONPATH": str(Path(crews.__file__).parent)}
    return subprocess.run(
        [sys.executable, program], env=environment, capture_output=True, text=True, check=True
    )


def test_workers_that_can_t_start_end_the_work(tmp_path: Path) -> None:
    """A main program without its guard: one error, after three workers, not after three a task."""
    told = _told_by(
        tmp_path,
        "import crews\n"
        "from hautevoix.workers.pool import WorkerPool, PoolLostError, Job\n"
        "try:\n"
        "    with WorkerPool(1) as pool:\n"
        "        list(pool.run(Job(crews.giving, (crews.square,)), range(100)))\n"
        "except PoolLostError as error:\n"
        "    print(error)\n",
    )
    assert told.stdout.startswith("Worker processes die as they start, 3 in a row.")
    assert told.stdout.count("\n") == 1
    assert told.stderr.count("\nRuntimeError:") == 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_ctrl_c_waits_until_a_process_is_what_it_shall_be(tmp_path: Path) -> None:
    """The first process that is started is deaf from its birth as well: it imports in peace."""
    told = _told_by(
        tmp_path,
        "import multiprocessing, signal\n"
        "from hautevoix.runtime.processes import spawning\n"
        "def tell():\n"
        "    print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))\n"
        "if __name__ == '__main__':\n"
        "    process = multiprocessing.get_context('spawn').Process(target=tell)\n"
        "    with spawning():\n"
        "        process.start()\n"
        "    process.join()\n",
    )
    assert told.stdout == "True\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nobody_tells_of_a_killed_worker_s_locks(tmp_path: Path) -> None:
    """A library's lock (tqdm's, as a listener is loaded) leaves no name behind to warn of."""
    told = _told_by(
        tmp_path,
        "import crews\n"
        "from hautevoix.workers.pool import WorkerPool, Job\n"
        "if __name__ == '__main__':\n"
        "    with WorkerPool(1) as pool:\n"
        "        [done] = pool.run(Job(crews.giving, (crews.lock_and_die,)), [1])\n"
        "    print(done.error)\n",
    )
    assert "worker" in told.stdout
    assert told.stderr == ""


def test_a_system_that_gives_no_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has no process left to give is no bug of ours: one error, with advice."""

    def refuse(_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(workers._context.Process, "start", refuse)
    with pytest.raises(DiskError, match="temporarily unavailable"):
        outcomes(crews.square, [1])


def test_ctrl_c_waits_for_the_tasks_in_hand_and_for_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is under way is finished; a worker that only seems busy is not waited for."""
    monkeypatch.setattr(workers, "GRACE", float(PATIENCE))
    marker = tmp_path / "begun"
    presser = threading.Thread(target=interrupt_when, args=(marker,))
    presser.start()
    with pytest.raises(KeyboardInterrupt):
        outcomes(crews.take_a_while, [str(marker)])
    presser.join()
    assert marker.with_suffix(".done").exists()
    waits = []

    def noted(pipes: list[Connection], timeout: float | None = None) -> list[Any]:
        waits.append(wait(pipes, timeout))
        return waits[-1]

    monkeypatch.setattr(workers, "wait", noted)
    with pytest.raises(KeyboardInterrupt):
        interrupt_beside_an_idle_worker()
    assert waits[-1], "the worker was waited for in vain"


def interrupt_beside_an_idle_worker() -> None:
    """Raise KeyboardInterrupt where a worker is noted as busy, but has not been told yet."""
    with WorkerPool(1) as pool:
        list(pool.run(SQUARES, [1]))
        pool._workers[0].index = 1
        raise KeyboardInterrupt


def interrupt_when(marker: Path) -> None:
    """Press Ctrl-C as soon as a file is there."""
    wait_until(marker.exists)
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_a_worker_has_no_thread_beside_its_forks() -> None:
    """What a second thread holds at a fork would stay held in the child for ever."""
    assert outcomes(crews.count_threads, [0])[0].result == 1


def test_ctrl_c_loses_sight_of_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that was being started when Ctrl-C came is ended with the others."""
    started: list[Any] = []

    def interrupted(*arguments: object) -> object:
        worker = start(*arguments)
        started.append(worker.process)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        return worker

    start = workers._start
    monkeypatch.setattr(workers, "_start", interrupted)
    with pytest.raises(KeyboardInterrupt), WorkerPool(2) as pool:
        list(pool.run(SQUARES, [1, 2]))
    assert [process.is_alive() for process in started] == [False]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("task", ["tell_pid_and_wait", "tell_pid_and_wait_by_timer"])
def test_no_worker_outlives_its_parent(tmp_path: Path, task: str) -> None:
    """When the parent is killed its workers leave by themselves, even amid a task."""
    pids = tmp_path / "pids"
    parent = subprocess.Popen(
        [sys.executable, Path(crews.__file__), pids, task],
        env={**os.environ, "PYTHONPATH": str(Path(crews.__file__).parent)},
    )
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    parent.kill()
    parent.wait()
    left = [int(pid) for pid in pids.read_text().split()]
    wait_until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in left))


def wait_until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something to become true; fail if it does not."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
