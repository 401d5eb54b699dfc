"""Which voices are asked to speak."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from hautevoix import engines
from hautevoix.errors import EngineError
from hautevoix.pipeline.casting import ready_engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.engines import Engine
    from hautevoix.model import Voice


def chosen(named: Sequence[str]) -> list[tuple[Engine, Voice]]:
    """Return the engine and the voice of each « engine/voice », or the first that each has.

    Without names, of every engine that is ready offline. Raises EngineError.
    """
    found = []
    for name in named or _ready():
        engine, _, voice = name.partition("/")
        speaker = ready_engine(engine)
        found.append((speaker, engines.find_voice(speaker, voice or None)))
    return found


def _ready() -> Iterator[str]:
    for name in engines.names():
        with contextlib.suppress(EngineError):  # what can't be loaded is not ready
            engine = engines.load(name)
            if not engine.online and engine.check().ready:
                yield name
