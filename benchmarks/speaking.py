"""A voice speaks, alone in a process of its own, so that what it takes can be told.

Each utterance goes through ``recording.speak``, as in a build: limits and cuts are ours.
"""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consumption import consumed
from hautevoix.engines import find_voice, load
from hautevoix.errors import EngineError, HautevoixError
from hautevoix.model import Words
from hautevoix.recording import speak

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_WARMING = Words("Bonjour à tous.")  # loads the model, which is not counted as speaking


@dataclass(frozen=True, slots=True)
class Performance:
    """What speaking took: seconds of ``sound``, of ``cpu``; the largest process's ``memory`` in MB.

    ``losses`` tells why an utterance, by its index, could not be spoken.
    """

    sound: float
    cpu: float
    memory: float | None
    losses: dict[int, str]


def clip_file(folder: Path, index: int) -> Path:
    """Return where in ``folder`` an utterance's clip lies."""
    return folder / f"{index}.clip"


def perform(
    engine: str, voice: str, said: Sequence[Words], folder: Path, progress: Callable[[int], None]
) -> Performance:
    """Have a voice speak, and return what it took; ``progress`` is told how many are done.

    Raises the error of an engine that can't speak at all, EngineError where its process dies.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    arguments = (theirs, engine, voice, tuple(said), folder)
    process = context.Process(target=_perform, args=arguments, daemon=False)
    process.start()
    theirs.close()
    try:
        while isinstance(told := ours.recv(), int):
            progress(told)
    except EOFError:
        raise EngineError(f"{engine}, {voice}: its process died while it spoke.") from None
    finally:
        ours.close()
        process.join()
    if isinstance(told, HautevoixError):
        raise told
    assert isinstance(told, Performance)  # noqa: S101 - what is told in the end
    return told


def _perform(
    pipe: Connection, engine: str, voice: str, said: Sequence[Words], folder: Path
) -> None:
    """Speak everything; tell how many are done, then the Performance or the error."""
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        pipe.send(_performed(pipe, engine, voice, said, folder))
    except HautevoixError as error:
        pipe.send(error)


def _performed(
    pipe: Connection, engine: str, voice: str, said: Sequence[Words], folder: Path
) -> Performance:
    speaker = load(engine)
    speaking = find_voice(speaker, voice)
    speak(speaker, _WARMING, speaking)
    before = consumed().cpu
    sound = 0.0
    losses: dict[int, str] = {}
    for index, words in enumerate(said):
        try:
            clip = speak(speaker, words, speaking)
        except EngineError as error:
            losses[index] = str(error)
        else:
            sound += clip.frames / clip.rate
            clip_file(folder, index).write_bytes(clip.to_bytes())
        pipe.send(index + 1)
    after = consumed()
    return Performance(sound, after.cpu - before, after.memory, losses)
