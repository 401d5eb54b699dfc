"""What a cluster costs and gains: clips that do nothing, then the same text by one worker and two.

Run it on a machine that does nothing else: other programs take cores from all.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from hautevoix.cluster.local import LocalCluster
from hautevoix.cluster.pool import ClusterPool
from hautevoix.workers.pool import Job, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.workers.runner import Runner


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=2_000, help="that do nothing")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sentences", type=int, default=40, help="to be spoken; 0: none")
    parser.add_argument("--engine", default="auto")
    asked = parser.parse_args()
    _measure_overhead(asked.clips, asked.workers)
    if asked.sentences:
        _measure_speaking(asked.sentences, asked.engine, asked.workers)


def _measure_overhead(clips: int, workers: int) -> None:
    with WorkerPool(workers) as pool:
        alone = _took(pool, clips)
        print(f"a pool of {workers}: {1000 * alone / clips:.2f} ms a clip that does nothing")
        with LocalCluster(workers) as local, ClusterPool(local.options, pool) as cluster:
            _took(cluster, 10 * workers)  # who connects and starts is not measured
            scheduler = psutil.Process(local.pid)
            watched = {"scheduler": scheduler, "client": psutil.Process()}
            watched |= _largest(scheduler.children(recursive=True), workers)
            before = {name: _busy(process) for name, process in watched.items()}
            there = _took(cluster, clips, lambda done: _tell_memory(done, clips, watched))
            took = {name: _busy(process) - before[name] for name, process in watched.items()}
    print(f"a cluster of {workers}: {1000 * there / clips:.2f} ms a clip, {there:.0f} s in all")
    for name, busy in took.items():
        print(f"its {name}: {1000 * busy / clips:.2f} ms of processor time a clip")


def _took(runner: Runner, clips: int, after: Callable[[int], None] = lambda _done: None) -> float:
    begun = time.monotonic()
    for count, done in enumerate(runner.run(Job(_nothing), range(clips)), 1):
        if done.error:
            raise done.error
        after(count)
    return time.monotonic() - begun


def _largest(processes: list[psutil.Process], count: int) -> dict[str, psutil.Process]:
    """Return a cluster's workers, by a name: beside them are those that start and serve them."""
    by_memory = sorted(processes, key=lambda process: process.memory_info().rss, reverse=True)
    return {f"worker {n}": process for n, process in enumerate(by_memory[:count], 1)}


def _busy(process: psutil.Process) -> float:
    """Return how many seconds of a processor a process has taken so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _tell_memory(done: int, clips: int, watched: dict[str, psutil.Process]) -> None:
    """Print at each tenth how much memory is held.

    The client's may not grow with the clips that are done. Dask keeps the names of its last 100,000
    tasks, in the scheduler and in each worker, and of the last hour how busy it was.
    """
    if done % max(1, clips // 10) == 0:
        held = (f"{name} {p.memory_info().rss / 1e6:.0f} MB" for name, p in watched.items())
        print(f"after {done} clips: {', '.join(held)}", flush=True)


def _nothing() -> Callable[[int], None]:
    """Return what does nothing with a clip."""
    return _do_nothing


def _do_nothing(_: int) -> None:
    pass


def _measure_speaking(sentences: int, engine: str, workers: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = folder / "livre.txt"
        said = (f"Le jardin attend près du moulin, et c'est la page {n}." for n in range(sentences))
        text.write_text("\n\n".join(said) + "\n", "utf-8")
        took = {count: _spoken(text, engine, count) for count in (1, workers)}
        sounds = {path.read_bytes() for path in folder.glob("*/livre/livre.mp3")}
    speed_up = took[1] / took[workers]
    print(
        f"{sentences} sentences by one worker: {took[1]:.0f} s, by {workers}: {took[workers]:.0f} s"
    )
    print(f"speed-up: {speed_up:.2f}; same bytes: {len(sounds) == 1}")


def _spoken(text: Path, engine: str, workers: int) -> float:
    """Build a text by a cluster on this machine; return for how many seconds it spoke."""
    home = text.parent / f"by-{workers}"
    command = [sys.executable, "-m", "hautevoix", "build", str(text), "-o", str(home), "--events"]
    options = ["--store", f"{home}-store", "--engine", engine, "--cluster", f"local:{workers}"]
    everything = [*command, *options, "--quiet"]
    with subprocess.Popen(everything, stdout=subprocess.PIPE, text=True) as build:  # noqa: S603 - ours
        assert build.stdout  # noqa: S101 - it is a pipe
        times = [time.monotonic() for line in build.stdout if '"Speaking"' in line]
    # From the first clips on: connecting, and loading a model, are another matter.
    return times[-1] - times[2 + workers]


if __name__ == "__main__":
    main()
