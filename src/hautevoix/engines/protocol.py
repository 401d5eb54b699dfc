"""What an engine is: the Protocol that ours and a stranger's keep alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from hautevoix.model import Readiness

if TYPE_CHECKING:
    from hautevoix.model import Clip, Voice, Words


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
class Stressing(Protocol):
    """What an engine may add: that it can stress words amid a sentence.

    Its words then have spans of the manner EMPHASIS, which may hold others.
    """

    @property
    def stresses(self) -> bool:
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
