"""Each voice's utterances, heard: on all cores, by the project's own pool of workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING

from folding import Errors, errors, spoken, together, words
from hautevoix.model import Clip
from hautevoix.proofing.listener import RATE, Listener, sound
from hautevoix.proofing.phonemes import phonemes
from hautevoix.workers.pool import Job, WorkerPool
from naturalness import Judge
from speaking import Performance, clip_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from listening import Weights

HEADING = "heading"
_SHORTEST = 2.0  # seconds that a judge of naturalness needs: both were trained on sentences


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of a clip, and how natural it sounded (None for a word or two)."""

    text: str = ""
    plcmos: float | None = None
    dnsmos: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An utterance of the benchmark: its kind, as it is written, as a narrator says it."""

    kind: str
    written: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """An utterance as a voice said it and as it was heard; ``loss`` tells why it was not said."""

    asked: Asked
    heard: Heard
    words: Errors
    phonemes: Errors
    loss: str = ""

    @property
    def right(self) -> bool:
        """Whether every sound was heard as it is: spelling is no matter of the voice's."""
        return not self.phonemes.wrong


@dataclass(frozen=True, slots=True)
class Report:
    """A voice's figures."""

    engine: str
    voice: str
    performance: Performance
    rows: tuple[Row, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """The voice's name with its engine's, as options have it."""
        return f"{self.engine}/{self.voice}"

    @property
    def words(self) -> Errors:
        """Words heard wrong."""
        return together(row.words for row in self.rows)

    @property
    def phonemes(self) -> Errors:
        """Phonemes heard wrong."""
        return together(row.phonemes for row in self.rows)

    @property
    def headings(self) -> tuple[int, int]:
        """How many headings were heard right, of how many."""
        right = [row.right for row in self.rows if row.asked.kind == HEADING]
        return sum(right), len(right)

    @property
    def plcmos(self) -> float | None:
        """The mean of PLCMOS."""
        return _mean([row.heard.plcmos for row in self.rows])

    @property
    def dnsmos(self) -> float | None:
        """The mean of DNSMOS, overall."""
        return _mean([row.heard.dnsmos for row in self.rows])

    @property
    def times_real_time(self) -> float | None:
        """Seconds of sound in a second of CPU, so on one core; None where it took no time."""
        return self.performance.sound / self.performance.cpu if self.performance.cpu else None


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def hear(
    pool: WorkerPool, ears: Weights, folder: Path, count: int, progress: Callable[[int], None]
) -> list[Heard]:
    """Return what is heard of each of ``count`` clips in ``folder``; nothing of those missing."""
    job: Job[Path, Heard] = Job(_listener, (ears,))
    tasks = [clip_file(folder, index) for index in range(count)]
    return pool.results(job, tasks, progress)


def row(asked: Asked, heard: Heard, loss: str = "") -> Row:
    """Return an utterance with what was heard of it, compared."""
    said, told = spoken(asked.said), spoken(heard.text)
    return Row(
        asked,
        heard,
        errors(words(said), words(told)),
        errors(phonemes(said), phonemes(told)),
        loss,
    )


def report(
    name: tuple[str, str], performance: Performance, asked: Sequence[Asked], heard: Sequence[Heard]
) -> Report:
    """Return the figures of the voice called ``name`` (engine and voice)."""
    rows = (
        row(one, what, performance.losses.get(index, ""))
        for index, (one, what) in enumerate(zip(asked, heard, strict=True))
    )
    return Report(*name, performance, tuple(rows))


def _listener(ears: Weights) -> Callable[[Path], Heard]:
    """Return what a worker does with a clip's file."""
    return partial(_heard, Listener(ears.folder), Judge())


def _heard(listener: Listener, judge: Judge, file: Path) -> Heard:
    if not file.exists():
        return Heard()
    samples = sound(Clip.from_bytes(file.read_bytes()))
    text = listener.hear(samples)
    if len(samples) < _SHORTEST * RATE:
        return Heard(text)
    return Heard(text, judge.plcmos(samples), judge.dnsmos(samples))
