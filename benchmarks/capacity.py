"""What a shelf of books takes: simulated, and the simulation beside real builds.

A build of two books by one worker tells what each step costs; with that, shelves of other books are
simulated for one worker and for all cores, and built for real. Seconds are those of a machine at
rest: what others on it took is left out (see ``busyness``), so it can be run beside them.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.workers.pool import cores
from shelf import Way, built, written
from simulation import Costs, Site, simulate

if TYPE_CHECKING:
    from collections.abc import Sequence

_CALIBRATING = 4000  # bytes of a usual book of the two
_KOKORO = Costs(speaking=1 / 2.57, mastering=9.1 / 3600, closing=2.0, reading=1.0)
"""Core-seconds by docs/capacity.md, in seconds of sound; a ten-hour book's own."""
_BOOK, _SENTENCE = 36_000.0, 5.0  # seconds of sound of a usual book, and of its sentences
_SCHEDULER, _NETWORK = 1_000.0, 125e6  # clips and bytes a second, assumed: see docs/capacity.md


@dataclass(frozen=True, slots=True)
class _Step:
    """An event of a build: what it tells, and its seconds, core-seconds since the beginning."""

    told: dict[str, object]
    at: float
    ran: float


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What was measured: each step's costs, and how many seconds a character sounds."""

    costs: Costs
    pace: float


def main() -> None:
    """Measure, simulate, compare; then simulate what no machine here can build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="pico")
    parser.add_argument(
        "--shelves", nargs="*", default=["3x6000", "10x2000"], metavar="BOOKSxBYTES"
    )
    asked = parser.parse_args()
    for shelf in asked.shelves:
        books, size = map(int, shelf.split("x"))
        with tempfile.TemporaryDirectory() as name:
            _compare(Path(name), asked.engine, books, size)
    for count in (2, 16, 64, 256, 1024):
        _foresee(count)


def _compare(folder: Path, engine: str, books: int, size: int) -> None:
    known = _calibrated(folder, engine)
    print(f"{engine}: {known}", flush=True)
    (folder / "texts").mkdir()
    texts = written(folder / "texts", books, size)
    said = [_sentences(text, known.pace) for text in texts]
    for workers in sorted({1, cores()}):
        foreseen = simulate(said, known.costs, Site(workers, ahead=workers > 1))
        way = built(folder, engine, f"by {workers}", texts, "--jobs", str(workers))
        took = way.seen.at_rest(cores(), way.seen.moments[-1].at)
        error = foreseen.wall / took - 1
        print(
            f"{books} books of {size} bytes, {workers} workers: {foreseen.wall:.1f} s simulated, "
            f"{took:.1f} s measured ({error:+.0%}); busy {foreseen.busy:.2f} simulated, "
            f"{way.seen.busy(workers, way.last):.2f} measured",
            flush=True,
        )


def _sentences(text: Path, pace: float) -> list[float]:
    """Return how many seconds each sentence of a text will sound."""
    said = re.split(r"(?<=[.!?…»])\s+|\n\n", text.read_text("utf-8"))
    return [len(sentence) * pace for sentence in said if sentence.strip()]


def _calibrated(folder: Path, engine: str) -> Calibrated:
    """Build two books by one worker, and return what their steps took."""
    (folder / "two").mkdir()
    texts = written(folder / "two", 2, _CALIBRATING)
    way = built(folder, engine, "calibrating", texts, "--jobs", "1")
    said, mastering, done = (_steps(way, *which) for which in _WHICH)
    sound = [float(str(step.told["duration"])) for step in done]
    spoken = sum(after.at - before.at for before, after in zip(said, mastering, strict=True))
    mastered = [after.at - before.at for before, after in zip(mastering, done, strict=True)]
    rise = (mastered[1] - mastered[0]) / (sound[1] - sound[0])
    each = [took / long for took, long in zip(mastered, sound, strict=True)]
    slope = min(max(rise, 0.0), *each)
    reading = said[1].at - done[0].at
    costs = Costs(
        start=max(said[0].at - reading, 0.0),
        reading=reading,
        hiring=max(said[1].ran - done[0].ran - reading, 0.0),
        speaking=spoken / sum(sound),
        mastering=slope,
        closing=sum(mastered) / 2 - slope * sum(sound) / 2,
    )
    return Calibrated(costs, sum(sound) / sum(len(text.read_text("utf-8")) for text in texts))


_WHICH = (("stage", "Speaking"), ("stage", "Mastering"), ("event", "done"))


def _steps(way: Way, key: str, value: str) -> Sequence[_Step]:
    """Return the events of a build whose ``key`` is ``value``, the first of each text."""
    found: dict[object, _Step] = {}
    for at, line in way.seen.lines:
        told = json.loads(line)
        if told.get(key) == value and told["text"] not in found:
            rest = way.seen.at_rest(cores(), at)
            found[told["text"]] = _Step(told, rest, way.seen.ran(at))
    return list(found.values())


def _foresee(count: int) -> None:
    """Simulate two ten-hour books by Kokoro on ``count`` cores, and tell what is the limit."""
    book = [_SENTENCE] * round(_BOOK / _SENTENCE)
    site = Site(count, _SCHEDULER, _NETWORK, rate=48_000.0)
    seen = simulate([book] * 2, _KOKORO, site)
    print(
        f"kokoro, 2 books of 10 h, {count} cores: {seen.wall / 3600:.2f} h, "
        f"{2 * _BOOK / seen.wall:.0f} × real time, {seen.busy:.2f} busy"
    )


if __name__ == "__main__":
    main()
