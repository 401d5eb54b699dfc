"""All voices say one sentence, on all cores, each to a file of its own."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import click

from hautevoix import engines
from hautevoix.cli.notices import tell
from hautevoix.cli.progress import shown
from hautevoix.errors import DONE_WITH_LOSSES, EngineError
from hautevoix.localization import tr
from hautevoix.mastering import write_sample
from hautevoix.pipeline.casting import AUTO, best_first, ready_engine
from hautevoix.recording import speak
from hautevoix.workers.pool import Job, WorkerPool, cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.model import Voice, Words

    Load = Callable[[], Engine]


@dataclass(frozen=True, slots=True)
class _Try:
    """A voice that shall speak, and where to."""

    engine: Engine
    voice: Voice
    target: Path


def say_with_all(words: Words, output: Path, engine: str, rate: float, *, quiet: bool) -> int:
    """Write a file for each French voice of ``engine``, and print the files, in a terminal a table.

    What can't speak is told on stderr and the next one goes on. Returns the exit code.
    """
    speakers, failures = _speakers(engine)
    several = [_tries(speaker, output, rate) for speaker in speakers]
    tries = [one for of_engine in several for one in of_engine]
    why: dict[Path, str] = {}
    with shown(quiet=quiet) as progress, WorkerPool(cores()) as pool:
        for of_engine in filter(None, several):
            for one, problem in _said(pool, words, of_engine):
                why[one.target] = problem
                progress("Trying", len(why), len(tries))
    done = [one for one in tries if not why[one.target]]
    failures += [
        tr(
            "{engine}, {voice}: {why}",
            engine=one.engine.name,
            voice=one.voice.name,
            why=why[one.target],
        )
        for one in tries
        if why[one.target]
    ]
    for line in _table(done) if sys.stdout.isatty() else [str(one.target) for one in done]:
        click.echo(line)
    for failure in failures:
        click.echo(failure, err=True)
    return DONE_WITH_LOSSES if failures else 0


def _speakers(engine: str) -> tuple[list[Engine], list[str]]:
    """Return the engines that shall speak, the most natural first, and what is wrong with others.

    Raises EngineError where the one that was asked for is not ready.
    """
    if engine != AUTO:
        speaker = ready_engine(engine)
        speaker.voices()
        tell(speaker)
        return [speaker], []
    speakers, broken = [], []
    for name in best_first(engines.names()):
        try:
            speaker = engines.load(name)
            if not speaker.online and speaker.check().ready:
                speaker.voices()
                speakers.append(speaker)
        except EngineError as error:
            broken.append(str(error))
    return speakers, broken


def _tries(speaker: Engine, output: Path, rate: float) -> list[_Try]:
    """Return an engine's French voices (all, if none is), each with its file."""
    voices = speaker.voices()
    french = [voice for voice in voices if voice.language.lower().startswith("fr")]
    return [
        _Try(speaker, replace(voice, rate=rate), _target(output, speaker, voice))
        for voice in french or voices
    ]


def _target(output: Path, speaker: Engine, voice: Voice) -> Path:
    name = re.sub(r"[^\w.+-]", "_", f"{output.stem}-{speaker.name}-{voice.name}")
    return output.with_name(name + output.suffix)


def _said(pool: WorkerPool, words: Words, several: Sequence[_Try]) -> Iterator[tuple[_Try, str]]:
    """Yield each of one engine's voices as it is done, and why it could not speak, if so."""
    engine = several[0].engine
    load = partial(engines.load, engine.name)
    job = Job(_trying, (load, words), at_once=engine.speakers)
    told: set[int] = set()
    try:
        for index, problem in pool.outcomes(job, [(one.voice, one.target) for one in several]):
            told.add(index)
            yield several[index], problem
    except EngineError as error:  # its processes die: the next engine goes on
        yield from ((one, str(error)) for index, one in enumerate(several) if index not in told)


def _trying(load: Load, words: Words) -> Callable[[tuple[Voice, Path]], str]:
    """Return what a worker does with a voice."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # workers share the cores already
    return partial(_tried, load(), words)


def _tried(speaker: Engine, words: Words, task: tuple[Voice, Path]) -> str:
    """Write a voice's file; return why it can't speak, nothing if it does."""
    voice, target = task
    try:
        write_sample(speak(speaker, words, voice), target)
    except EngineError as error:
        return str(error)
    return ""


def _table(done: Sequence[_Try]) -> Iterator[str]:
    rows = [
        (
            str(one.target),
            one.engine.name,
            tr(one.voice.description),
            tr(one.voice.sex),
            one.voice.licence,
        )
        for one in done
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()
