"""The engines that are installed, by name."""

from __future__ import annotations

import difflib
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, cast

from hautevoix.engines.guard import Guarded
from hautevoix.engines.protocol import Movable
from hautevoix.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.engines.protocol import Engine

GROUP = "hautevoix.engines"


def names() -> tuple[str, ...]:
    """Return the names of the installed engines, in alphabetical order."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load(name: str, provider: str = "") -> Engine:
    """Return the engine called ``name``, behind the boundary that ``guard`` is.

    ``provider`` is what its models shall run on, empty for its own choice. Raises EngineError: it
    is unknown (the nearest known one is named), it can't be made, or not run on that.
    """
    points = [point for point in entry_points(group=GROUP) if point.name == name]
    if not points:
        known = names()
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.7)  # « nope » is no slip
        hint = f"Did you mean {near[0]}?" if near else f"Known engines: {', '.join(known)}."
        raise EngineError(f"There is no engine called « {name} ».", advice=hint)
    return Guarded(name, partial(_build, points[0], provider))


def _build(point: EntryPoint, provider: str) -> Engine:
    try:
        factory = cast("Callable[[], Engine]", point.load())
    except ImportError as error:
        raise EngineError(
            f"The engine « {point.name} » can't be loaded: {error}.",
            advice="Install what it lacks, or choose another one with --engine.",
        ) from error
    engine = factory()
    if not provider:
        return engine
    if not isinstance(engine, Movable):
        raise EngineError(
            f"The engine « {point.name} » can't be run on « {provider} ».",
            advice="Leave --provider out, or choose another one with --engine.",
        )
    return engine.on(provider)
