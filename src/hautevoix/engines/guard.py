"""The boundary to an engine: whatever goes wrong beyond it is told as that engine's failure.

An engine may be a stranger's program. What it raises, what it gives that is not what the
Protocol says, and what it prints must neither end our work nor pass for a bug of ours.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any

from hautevoix.errors import EngineError, HautevoixError, Secret
from hautevoix.localization import noop, tr
from hautevoix.model import Clip, Readiness, Voice, WordMark
from hautevoix.runtime.shortage import is_short, shortage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hautevoix.engines.protocol import Engine
    from hautevoix.model import Words

SLOWEST_RATE, FASTEST_RATE = 8_000, 192_000
"""Samples a second that a clip may have."""

_ADVICE = noop("Tell its author. Or choose another one with --engine.")
_SHOWN = 60  # characters of a sentence
_MOST_QUOTED = 300  # characters of what an exception says


@contextlib.contextmanager
def blamed(name: str, doing: str) -> Iterator[None]:
    """Have what an engine raises become EngineError; what it prints goes to stderr.

    ``doing`` says what it failed at: « failed to … ». A HautevoixError is the engine's own word.
    Where the system gives no more processes or open files, that is told (DiskError).
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except HautevoixError:
        raise
    # A foreign program's errors have no common base, and it may even try to exit: all are told
    # as its failure, with type and text, so nothing is hidden.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not _deaf():
            raise  # the user's
        if isinstance(error, OSError) and is_short(error):  # of memory, a sentence may be guilty
            raise shortage(error) from error
        raise failure(
            name, tr("failed to {doing} ({named})", doing=doing, named=_named(error))
        ) from error


def failure(name: str, what: str) -> EngineError:
    """Return what tells that the engine called ``name`` did ``what``."""
    return EngineError(
        tr("The engine « {name} » {what}.", name=name, what=what), advice=tr(_ADVICE)
    )


class Guarded:
    """An engine behind the boundary: it does what the Protocol says, or raises EngineError."""

    def __init__(self, name: str, make: Callable[[], Engine]) -> None:
        """Make the engine called ``name``. Raises EngineError."""
        self._name = name
        with blamed(name, "start"):
            self._engine = make()
        if self._engine is None:
            raise failure(name, tr("failed to start: its entry point gives none"))

    @property
    def name(self) -> str:
        """See ``Engine``; it is the entry point's."""
        return self._name

    @property
    def version(self) -> str:
        """See ``Engine``."""
        return str(self._told("version", lambda told: isinstance(told, str) and bool(told)))

    @property
    def online(self) -> bool:
        """See ``Engine``."""
        return bool(self._told("online", lambda told: isinstance(told, bool)))

    @property
    def paced(self) -> bool:
        """See ``Engine``."""
        return bool(self._told("paced", lambda told: isinstance(told, bool)))

    @property
    def notice(self) -> str:
        """See ``Engine``."""
        return str(self._told("notice", lambda told: isinstance(told, str)))

    @property
    def speakers(self) -> int | None:
        """See ``Engine``."""
        count: int | None = self._told("speakers", _is_count)
        return count

    @property
    def limit(self) -> int | None:
        """See ``Engine``."""
        count: int | None = self._told("limit", _is_count)
        return count

    @property
    def respelled(self) -> bool:
        """See ``Respelled``; False where the engine is not."""
        return self._tells("respelled")

    @property
    def stresses(self) -> bool:
        """See ``Stressing``; False where the engine does not."""
        return self._tells("stresses")

    def _tells(self, what: str) -> bool:
        """Return what an engine may tell of itself; False where it doesn't."""
        if not hasattr(self._engine, what):
            return False
        return bool(self._told(what, lambda told: isinstance(told, bool)))

    def _told(self, what: str, fits: Callable[[object], bool]) -> Any:
        with blamed(self._name, tr("tell its {what}", what=what)):
            told = getattr(self._engine, what)
        if not fits(told):
            raise failure(self._name, tr("tells {told!r:.40} as its {what}", told=told, what=what))
        return told

    def check(self) -> Readiness:
        """See ``Engine``; here EngineError is raised if it fails."""
        with blamed(self._name, tr("tell whether it is ready")):
            told: object = self._engine.check()
        if not isinstance(told, Readiness):
            raise failure(
                self._name, tr("answers {told!r:.40} when asked whether it is ready", told=told)
            )
        return told

    def voices(self) -> tuple[Voice, ...]:
        """See ``Engine``."""
        with blamed(self._name, tr("list its voices")):
            told: object = self._engine.voices()
            voices = tuple(told) if isinstance(told, list | tuple) else ()
        if not voices or not all(isinstance(voice, Voice) for voice in voices):
            raise failure(self._name, tr("offers no voice (it gave {told!r:.40})", told=told))
        return voices

    def composed(self, name: str) -> Voice | None:
        """See ``Composing``; None where the engine is not."""
        compose = getattr(self._engine, "composed", None)
        if compose is None:
            return None
        with blamed(self._name, tr("compose the voice « {name} »", name=name)):
            told: object = compose(name)
        if told is not None and not isinstance(told, Voice):
            raise failure(
                self._name, tr("gives {told!r:.40} as the voice « {name} »", told=told, name=name)
            )
        return told

    def speak(self, words: Words, voice: Voice) -> Clip:
        """See ``Engine``."""
        said = words.text if len(words.text) <= _SHOWN else words.text[: _SHOWN - 1] + "…"
        with blamed(self._name, tr("say « {said} »", said=said)):
            clip: object = self._engine.speak(words, voice)
        problem = _fault(clip)
        if problem or not isinstance(clip, Clip):
            raise failure(
                self._name, tr("gave {problem} for « {said} »", problem=problem, said=said)
            )
        return clip


def _fault(clip: object) -> str:
    """Return why ``clip`` is none, in words; nothing if it is one.

    >>> _fault(Clip(b"..", 22050)), _fault(Clip(b"...", 22050)), _fault(Clip(b"", 0))
    ('', '3 bytes, which are no whole samples,', 'a clip at 0 Hz')
    >>> _fault("oui")
    "no clip ('oui')"
    """
    if not isinstance(clip, Clip):
        return tr("no clip ({clip!r:.40})", clip=clip)
    pcm: object = clip.pcm
    rate: object = clip.rate
    if not isinstance(pcm, bytes):
        return tr("samples of the type {name}, not bytes,", name=type(pcm).__name__)
    if len(pcm) % 2:
        return tr("{pcm} bytes, which are no whole samples,", pcm=len(pcm))
    if type(rate) is not int or not SLOWEST_RATE <= rate <= FASTEST_RATE:
        return tr("a clip at {rate!r:.40} Hz", rate=rate)
    return "" if _are_marks(clip.words) else tr("word marks that are none")


def _are_marks(words: object) -> bool:
    return isinstance(words, tuple) and all(
        isinstance(word, WordMark)
        and all(type(at) is int and 0 <= at < 1 << 32 for at in (word.start, word.end, word.frame))
        for word in words
    )


def _is_count(told: object) -> bool:
    return told is None or (type(told) is int and told > 0)


def _deaf() -> bool:
    """Tell whether this process ignores Ctrl-C, as workers do: then none is the user's."""
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def _named(error: BaseException) -> str:
    """Return an exception's type and text.

    >>> _named(KeyError("x")), _named(MemoryError())
    ("KeyError: 'x'", 'MemoryError')
    """
    told = traceback.format_exception_only(error)[-1].strip()
    return Secret.redacted(told)[:_MOST_QUOTED]
