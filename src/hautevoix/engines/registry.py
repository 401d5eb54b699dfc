"""The engines that are installed, by name."""

from __future__ import annotations

import difflib
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, cast

from hautevoix.engines.guard import Guarded
from hautevoix.engines.protocol import Movable
from hautevoix.errors import EngineError
from hautevoix.localization import tr

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
        hint = (
            tr("Did you mean {near}?", near=near[0])
            if near
            else tr("Known engines: {known}.", known=", ".join(known))
        )
        raise EngineError(tr("There is no engine called « {name} ».", name=name), advice=hint)
    return Guarded(name, partial(_build, points[0], provider))


def _build(point: EntryPoint, provider: str) -> Engine:
    try:
        factory = cast("Callable[[], Engine]", point.load())
    except ImportError as error:
        raise EngineError(
            tr("The engine « {point} » can't be loaded: {error}.", point=point.name, error=error),
            advice=tr("Install what it lacks. Or choose another one with --engine."),
        ) from error
    engine = factory()
    if not provider:
        return engine
    if not isinstance(engine, Movable):
        raise EngineError(
            tr(
                "The engine « {point} » can't be run on « {provider} ».",
                point=point.name,
                provider=provider,
            ),
            advice=tr("Leave --provider out. Or choose another one with --engine."),
        )
    return engine.on(provider)
