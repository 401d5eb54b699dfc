"""What crews are given to do in tests: functions that worker processes can import."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import espeakng_loader

from hautevoix.engines import espeak, libespeak
from hautevoix.errors import NetworkError
from hautevoix.model import Voice, Words
from hautevoix.runtime import processes
from hautevoix.workers.pool import Job, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable


def giving(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the function: what a pool's ``prepare`` does."""
    return function


def square(number: int) -> int:
    """Return its square."""
    return number**2


def refuse_three(number: int) -> int:
    """Fail on 3 in a foreseen way."""
    if number == 3:
        raise NetworkError("No three.", advice="Wait.")
    return number


def divide(number: int) -> float:
    """Fail on 0 in a way that nobody foresaw."""
    return 1 / number


def die_once(task: tuple[int, str]) -> int:
    """Kill the worker the first time a marker is named and not there yet."""
    number, marker = task
    if marker and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def lock_and_die(_task: object) -> None:
    """Make a lock as libraries do, and be killed while it is there."""
    lock = multiprocessing.RLock()
    with lock:
        os.kill(os.getpid(), signal.SIGKILL)


def die_on_two(number: int) -> int:
    """Kill every worker that is given 2."""
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_always(file: str) -> None:
    """Kill the worker, and leave a trace of it."""
    with Path(file).open("a") as out:
        out.write(".")
    os.kill(os.getpid(), signal.SIGKILL)


def take_a_while(marker: str) -> None:
    """Tell that the work has begun, then that it is done."""
    Path(marker).touch()
    time.sleep(0.5)
    Path(marker).with_suffix(".done").touch()


def hang_on_one(number: int) -> int:
    """Never come back from 1."""
    if number == 1:
        time.sleep(1000)
    return number


def tell_pid(_: object) -> int:
    """Return the worker's process id."""
    return os.getpid()


def tell_pid_and_wait(file: str) -> None:
    """Append the worker's process id to a file, then never come back."""
    with Path(file).open("a") as out:
        out.write(f"{os.getpid()} ")
    time.sleep(1000)


def speak(sentence: str) -> bytes:
    """Return what eSpeak makes of ``sentence`` in the worker."""
    return espeak.engine().speak(Words(sentence), Voice("fr")).pcm


def asked_with_library_kept(sentence: str) -> bool:
    """Return whether a process in which eSpeak's library can't leave would be asked again."""
    kept = ctypes.CDLL(espeakng_loader.get_library_path())._handle
    clip, again = libespeak.answer(libespeak.Order(sentence, "fr", 140, 42).to_bytes())
    assert kept
    assert clip
    return again


def count_threads(_: object) -> int:
    """Return how many threads the worker has, of Python's or of others."""
    speak("Bonjour.")
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def die_childed(file: str) -> None:
    """Kill the worker, which leaves a child behind, whose process id goes into a file."""
    child = os.fork()
    if child == 0:
        time.sleep(120)
        os._exit(0)
    with Path(file).open("a") as out:
        out.write(f"{child} ")
    os.kill(os.getpid(), signal.SIGKILL)


def tell_pid_and_wait_by_timer(file: str) -> None:
    """Do the same in a worker that follows its parent as on a Unix that is not Linux."""
    parent = multiprocessing.parent_process()
    assert parent
    libc = processes._libc()
    assert libc
    libc.prctl(processes._PR_SET_PDEATHSIG, 0)  # the kernel is to do nothing
    processes.follow_by_timer(parent.sentinel)
    tell_pid_and_wait(file)


if __name__ == "__main__":  # a parent to be killed
    with WorkerPool(2) as pool:
        list(pool.run(Job(giving, (globals()[sys.argv[2]],)), [sys.argv[1]] * 2))
        time.sleep(1000)


def ten(_task: int) -> float:
    """Give every task ten seconds."""
    return 10.0
