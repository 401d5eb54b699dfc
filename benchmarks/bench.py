"""How fast, beside what users write today, and how near the machine's limit: script/bench.

Everything is measured in one run, side by side, and told as ratios, since machines are noisy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hautevoix.engines import espeak, find_voice, load
from hautevoix.mastering import mp3
from hautevoix.mastering.sound import prepared
from hautevoix.model.options import Source
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.workers.pool import cores
from texts import text

HERE = Path(__file__).parent
COMMAND = [sys.executable, "-c", "from hautevoix.cli import main; main()"]
_NEVER_COMPILED = "PYTHONDONTWRITEBYTECODE"  # would have each start compile the sources anew
SAMPLE = 8  # every how many-th utterance stands for the rest when a stage is measured alone


@dataclass(frozen=True)
class Run:
    """What a command took: seconds of wall clock and of CPU, and its largest process in MB."""

    wall: float
    cpu: float
    memory: float
    finished: bool = True


def run(arguments: list[str], patience: float | None = None) -> Run:
    """Run a command with its children, watched from a process of its own.

    What runs before left to be written is written first: the disk is at rest.
    """
    if hasattr(os, "sync"):
        os.sync()
    watcher = [sys.executable, str(HERE / "watch.py"), str(patience or 0), *arguments]
    compiled = {name: value for name, value in os.environ.items() if name != _NEVER_COMPILED}
    done = subprocess.run(watcher, check=True, capture_output=True, text=True, env=compiled)  # noqa: S603 - our own
    told = json.loads(done.stdout)
    return Run(**told)


class Bench:
    """The measurements, in a folder that is removed in the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def source(self, size: int, edited: str = "") -> Path:
        """Write a text; ``edited`` goes into its middle as a paragraph."""
        path = self.folder / f"texte-{size}.txt"
        whole = text(size)
        if edited:
            middle = whole.index("\n\n", len(whole) // 2)
            whole = f"{whole[:middle]}\n\n{edited}{whole[middle:]}"
        path.write_text(whole, "utf-8")
        return path

    def build(self, path: Path, store: str, jobs: int | None = None) -> Run:
        """Build the text with a store of its own."""
        out = ["-o", str(self.folder / "out"), "--store", str(self.folder / store)]
        more = ["--jobs", str(jobs)] if jobs else []
        return run([*COMMAND, "build", str(path), "--engine", "espeak", "--quiet", *out, *more])

    def naive(self, path: Path, patience: float) -> Run:
        """Build it as users do today, for at most so many seconds."""
        return run(
            [sys.executable, str(HERE / "naive.py"), str(path), str(self.folder / "n.mp3")],
            patience,
        )

    def hours(self, path: Path) -> float:
        """Return how long the audiobook is."""
        told = self.folder / "out" / path.stem / f"{path.stem}.timeline.json"
        return float(json.loads(told.read_text("utf-8"))["duration"]) / 3600

    def naive_hours(self) -> float:
        """Return how long the naive one is: 96 kb/s are 12,000 bytes a second."""
        return (self.folder / "n.mp3").stat().st_size / 12_000 / 3600

    def digest(self, path: Path) -> str:
        """Return what tells audiobooks apart."""
        return hashlib.sha256(
            (self.folder / "out" / path.stem / f"{path.stem}.mp3").read_bytes()
        ).hexdigest()


def alone(path: Path) -> tuple[float, float, float]:
    """Return CPU seconds of synthesis and of encoding alone, and the seconds of audio.

    One process, nothing else, on every SAMPLE-th utterance, scaled to the whole.
    """
    script = narrate(understand(Source(path)))
    engine = load("espeak")
    voice = find_voice(engine, None)
    chosen = script.utterances[::SAMPLE]
    before = sum(os.times()[:4])
    clips = [engine.speak(utterance.words, voice) for utterance in chosen]
    espeak._worker().close()  # noqa: SLF001 - a child's time is told when it has left
    synthesis = sum(os.times()[:4]) - before
    sounds = [np.pad(prepared(clip, 8.0), (0, mp3.FRAME * 8)) for clip in clips]
    whole = [sound[: sound.size // mp3.FRAME * mp3.FRAME].tobytes() for sound in sounds]
    before = sum(os.times()[:4])
    for samples in whole:
        mp3.encode(samples, 96)
    encoding = sum(os.times()[:4]) - before
    scale = len(script.utterances) / len(chosen)
    audio = sum(clip.frames / clip.rate for clip in clips)
    return synthesis * scale, encoding * scale, audio * scale


def size_report(bench: Bench, size: int, naive_factor: float) -> None:
    """Measure one size: full build, nothing changed, one paragraph edited, the limit, naive."""
    path = bench.source(size)
    full = bench.build(path, f"store-{size}")
    ours = bench.hours(path)
    same = bench.build(path, f"store-{size}")
    bench.source(size, "Ce paragraphe est nouveau. Il n'était pas là ce matin.")
    edit = bench.build(path, f"store-{size}")
    bench.source(size)
    synthesis, encoding, audio = alone(path)
    limit = (synthesis + encoding) / cores()
    print(f"\n{size / 1000:.0f} KB, {audio / 3600:.2f} h of speech, {cores()} cores")
    print(
        f"  full build        {full.wall:8.1f} s wall  {full.cpu:8.1f} s CPU  {full.memory:6.0f} MB"
    )
    print(f"  nothing changed   {same.wall:8.2f} s       {100 * same.wall / full.wall:.2f} % of it")
    print(f"  one paragraph     {edit.wall:8.2f} s       {100 * edit.wall / full.wall:.2f} % of it")
    print(f"  synthesis alone   {synthesis:8.1f} s CPU   {audio / synthesis:.0f} × real time")
    print(f"  encoding alone    {encoding:8.1f} s CPU   {audio / encoding:.0f} × real time")
    print(f"  wall ÷ ((synthesis + encoding) ÷ cores): {full.wall / limit:.2f}")
    if naive_factor:
        naive = bench.naive(path, naive_factor * full.wall)
        sign = "" if naive.finished else "more than "
        wall, cpu = naive.wall / full.wall, naive.cpu / full.cpu
        took = f"{naive.wall:8.1f} s wall  {naive.cpu:8.1f} s CPU  {naive.memory:6.0f} MB"
        print(f"  naive script      {took}")
        print(f"  naive ÷ ours: {sign}{wall:.1f} in wall time, {sign}{cpu:.1f} in CPU time")
        if naive.finished:  # it reads faster, so it makes less sound of the same text
            theirs = bench.naive_hours()
            print(f"  hours of sound    {ours:.2f} ours, {theirs:.2f} naive")
            print(f"  naive ÷ ours, an hour of sound: {wall * ours / theirs:.1f} in wall time")
    sys.stdout.flush()


def workers_report(bench: Bench, size: int) -> None:
    """Measure one worker beside all, and compare the bytes."""
    path = bench.source(size)
    one = bench.build(path, "store-one", jobs=1)
    first = bench.digest(path)
    many = bench.build(path, "store-many")
    same = "identical" if first == bench.digest(path) else "DIFFERENT"
    gain = one.wall / many.wall
    print(
        f"\n1 worker {one.wall:.1f} s, {cores()} workers {many.wall:.1f} s: {gain:.2f} times faster"
    )
    print(f"{same} bytes")


def start_report() -> None:
    """Measure what --help takes beside importing click."""
    best = {}
    for name, arguments in {
        "help": [*COMMAND, "--help"],
        "click": [sys.executable, "-c", "import click"],
    }.items():
        best[name] = min(run(arguments).wall for _ in range(7))
    ratio = best["help"] / best["click"]
    print(f"\n--help {best['help']:.3f} s, import click {best['click']:.3f} s: {ratio:.2f}")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sizes", nargs="*", type=int, default=[100_000, 1_000_000], help="bytes of text"
    )
    parser.add_argument(
        "--naive",
        type=float,
        default=13.0,
        help="give the naive script up after so many times our time (0: leave it out)",
    )
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hautevoix-bench-"))
    started = time.monotonic()
    try:
        bench = Bench(folder)
        start_report()
        workers_report(bench, min(options.sizes))
        for size in options.sizes:
            size_report(bench, size, options.naive if shutil.which("espeak-ng") else 0)
    finally:
        shutil.rmtree(folder)
    print(f"\nmeasured in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
