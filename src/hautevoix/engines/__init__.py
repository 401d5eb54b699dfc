"""Words → Clip: the voices, one Protocol, one entry-point group.

An engine comes in through the entry-point group ``hautevoix.engines``, ours as a stranger's:
the entry point's name is the engine's, its value a callable without arguments that returns an
``Engine``.
"""

from __future__ import annotations

import difflib
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Protocol, cast

from hautevoix.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.model import Clip, Readiness, Voice, Words

GROUP = "hautevoix.engines"


class Engine(Protocol):
    """What can speak.

    ``version`` goes into each clip's key: it must change whenever the same words and voice may
    give other audio. ``online`` says that words leave this machine; ``speakers`` how many clips
    may be spoken at once, None for as many as there are cores.
    """

    @property
    def name(self) -> str:
        """The name that ``--engine`` takes."""
        ...

    @property
    def version(self) -> str:
        """The engine's version, as far as its audio depends on it."""
        ...

    @property
    def online(self) -> bool:
        """Whether the words are sent to someone else's machine."""
        ...

    @property
    def speakers(self) -> int | None:
        """How many clips may be spoken at once; None: one a core."""
        ...

    def check(self) -> Readiness:
        """Tell whether this engine can speak now. Never raises, opens no socket."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """Return the French voices, the default one first. Raises EngineError if there is none."""
        ...

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Speak ``words`` with ``voice``; the same words and voice give the same clip.

        Raises EngineError (or NetworkError, for an online engine) if it can't.
        """
        ...


def names() -> tuple[str, ...]:
    """Return the names of the installed engines, in alphabetical order."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load(name: str) -> Engine:
    """Return the engine called ``name``. Raises EngineError, naming the nearest known one."""
    points = [point for point in entry_points(group=GROUP) if point.name == name]
    if not points:
        known = names()
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known engines: {', '.join(known)}."
        raise EngineError(f"There is no engine called « {name} ».", advice=hint)
    return _build(points[0])


def _build(point: EntryPoint) -> Engine:
    try:
        factory = cast("Callable[[], Engine]", point.load())
    except ImportError as error:
        raise EngineError(
            f"The engine « {point.name} » can't be loaded: {error}.",
            advice="Install what it lacks, or choose another one with --engine.",
        ) from error
    return factory()


def find_voice(engine: Engine, name: str | None) -> Voice:
    """Return ``engine``'s voice called ``name`` (its first one for None). Raises EngineError."""
    offered = engine.voices()
    if name is None:
        return offered[0]
    for voice in offered:
        if voice.name == name:
            return voice
    near = difflib.get_close_matches(name, [voice.name for voice in offered], n=1)
    hint = f"Did you mean {near[0]}?" if near else ""
    raise EngineError(
        f"The engine « {engine.name} » has no voice called « {name} ».",
        advice=f"{hint} See: hautevoix voices".strip(),
    )
