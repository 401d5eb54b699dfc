"""Words → Clip: the voices, one Protocol, one entry-point group.

An engine comes in through the entry-point group ``hautevoix.engines``, ours as a stranger's:
the entry point's name is the engine's, its value a callable without arguments that returns an
``Engine``.
"""

from __future__ import annotations

import difflib
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from hautevoix.engines.guard import Guarded
from hautevoix.errors import EngineError
from hautevoix.model import Readiness

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.model import Clip, Voice, Words

GROUP = "hautevoix.engines"


class Engine(Protocol):
    """What can speak.

    A class that names this one as its base inherits what is below for an offline engine without
    limits; it adds ``name``, ``version``, ``voices`` and ``speak``.
    """

    @property
    def name(self) -> str:
        """The name that ``--engine`` takes."""
        ...

    @property
    def version(self) -> str:
        """The engine's version, as far as its audio depends on it.

        It goes into each clip's key: it must change whenever the same words and voice may give
        other audio.
        """
        ...

    @property
    def online(self) -> bool:
        """Whether the words are sent to someone else's machine."""
        return False

    @property
    def notice(self) -> str:
        """What a user must know before words leave the machine; empty for an offline engine."""
        return ""

    @property
    def speakers(self) -> int | None:
        """How many clips may be spoken at once; None: one a core."""
        return None

    @property
    def limit(self) -> int | None:
        """How many characters ``speak`` takes at a time; None: any number.

        A longer sentence is cut at its best inner boundaries and joined again.
        """
        return None

    @property
    def paced(self) -> bool:
        """Whether a voice's rate changes how fast it speaks; if not, a build says so."""
        return True

    def check(self) -> Readiness:
        """Tell whether this engine can speak now. Never raises, opens no socket."""
        return Readiness(ready=True)

    def voices(self) -> tuple[Voice, ...]:
        """Return the French voices, the default one first. Raises EngineError if there is none."""
        ...

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Speak ``words`` with ``voice``; the same words and voice give the same clip.

        Words without a letter or a digit give an empty clip. An engine that knows where words begin
        tells it in the clip's ``words``; none is right too. Raises EngineError (or NetworkError,
        for an online engine) if it can't speak.
        """
        ...


@runtime_checkable
class Composing(Protocol):
    """What an engine may add: voices that are not listed, but that a name describes."""

    def composed(self, name: str) -> Voice | None:
        """Return the voice that ``name`` describes, such as a blend; None where it describes none.

        Raises EngineError where it can't be made.
        """
        ...


@runtime_checkable
class Respelled(Protocol):
    """What an engine may add: that it reads French as eSpeak NG does, and takes spellings for it.

    Its words then have spans of the manner RESPELLED; another engine never sees one.
    """

    @property
    def respelled(self) -> bool:
        """Whether it takes such spans."""
        ...


@runtime_checkable
class Movable(Protocol):
    """What an engine may add: models that can be run on an accelerator."""

    @property
    def provider(self) -> str:
        """What its models run on, as ``--provider`` names it."""
        ...

    def on(self, provider: str) -> Engine:
        """Return the engine whose models run on ``provider``, whether that is there or not.

        The provider belongs to that engine's version, as sound may differ by it.
        """
        ...


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


def find_voice(engine: Engine, name: str | None) -> Voice:
    """Return ``engine``'s voice called ``name`` (its first one for None). Raises EngineError."""
    offered = engine.voices()
    if name is None:
        return offered[0]
    for voice in offered:
        if voice.name == name:
            return voice
    composed = engine.composed(name) if isinstance(engine, Composing) else None
    if composed:
        return composed
    from hautevoix.engines.owners import owner  # noqa: PLC0415 - it asks this module in turn

    other, advice = owner(name, engine.name)
    if other:
        message = f"« {name} » is a voice of the engine {other}, not of {engine.name}."
        raise EngineError(message, advice=advice)
    near = difflib.get_close_matches(name, [voice.name for voice in offered], n=1)
    hint = f"Did you mean {near[0]}?" if near else ""
    raise EngineError(
        f"The engine « {engine.name} » has no voice called « {name} ».",
        advice=f"{hint} See: hautevoix voices".strip(),
    )
