"""Script → Recording: every utterance spoken, on all cores, each clip kept in the store."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.engines.spelled import taken
from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.model import Clip, Recording, Voice, Words
from hautevoix.recording.probing import facts_of
from hautevoix.recording.speaking import shortened, speak
from hautevoix.storage.store import Store, key_of
from hautevoix.workers.pool import ATTEMPTS, Job, WorkerLostError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hautevoix.engines import Engine
    from hautevoix.model import Script
    from hautevoix.workers.runner import Runner

    Load = Callable[[], Engine]
    Keep = Callable[[str, bytes], None]
    Wanted = Callable[[list[str]], set[str]]
    Progress = Callable[[int, int], None]

__all__ = ["Cast", "Fallback", "record", "speak"]

Request = tuple[str, Words, Voice]
"""What a worker is asked: the clip's key, the words, the voice."""

_SHAPE = "clip-3"  # changes with how clips lie in the store, and with what is told of words
_SERVICE = 600.0  # seconds for a sentence of another machine, whose client has its own limits
_BROUGHT = 32  # clips that are brought at once from where a cluster left them
_LOADING = 60.0  # seconds for an engine to load its model, however busy the machine
_CHARACTER = 1.6  # seconds for each, at the slowest


@dataclass(frozen=True, slots=True)
class Fallback:
    """Who says what the engine of choice can't: ``load`` makes that engine."""

    load: Load
    voice: Voice


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks: ``load`` makes the engine, in each process; ``voices`` align with utterances."""

    load: Load
    voices: Sequence[Voice]
    fallback: Fallback | None = None


def record(
    script: Script,
    cast: Cast,
    store: Store,
    pool: Runner,
    *,
    wanted: Wanted = set,
    verify: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> Recording:
    """Have ``pool`` speak what the store does not hold yet; return every utterance's clip.

    ``wanted`` tells which of the clips' keys anyone will ask for: no other is spoken. ``verify``
    reads every stored clip to find the damaged ones; ``progress`` is told (done, total) in clips.
    A sentence that the engine can't say is said by the fallback, else a
    loss; the recording tells both. When none can be said, the EngineError is raised. NetworkError
    and DiskError end the work at once; clips made before stay in the store.
    """
    studio = _Studio(store, pool, verify)
    words = [utterance.words for utterance in script.utterances]
    keys: list[str | None] = list(studio.speak(cast.load, words, cast.voices, wanted, progress))
    failed = [index for index, key in enumerate(keys) if key in studio.lost]
    reasons = [(index, str(studio.lost[str(keys[index])])) for index in failed]
    for index in failed:
        keys[index] = None
    if failed and cast.fallback:
        again = [words[index] for index in failed]
        spare = [cast.fallback.voice] * len(failed)
        spares = studio.speak(cast.fallback.load, again, spare, set, progress)
        for index, key in zip(failed, spares, strict=True):
            keys[index] = None if key in studio.lost else key
    if studio.lost and not any(keys):
        raise next(iter(studio.lost.values()))
    return Recording(
        script,
        tuple(keys),
        losses=tuple((index, why) for index, why in reasons if keys[index] is None),
        substitutes=tuple((index, why) for index, why in reasons if keys[index] is not None),
    )


def expected(script: Script, cast: Cast) -> list[str]:
    """Return each utterance's clip's key, as it is where the engine can say them all."""
    return _keys(cast.load(), [utterance.words for utterance in script.utterances], cast.voices)


def durations(keys: Iterable[str], store: Store) -> list[float | None]:
    """Return how long each stored clip lasts, in seconds; None for those not there."""
    return [_duration(store, key) for key in keys]


def _duration(store: Store, key: str) -> float | None:
    stored = store.view(key)
    if stored is None:
        return None
    clip = Clip.from_bytes(bytes(stored))
    return clip.frames / clip.rate


def _keys(engine: Engine, words: Iterable[Words], voices: Iterable[Voice]) -> list[str]:
    version = engine.version
    return [
        key_of(_SHAPE, engine.name, version, voice, taken(engine, said))
        for said, voice in zip(words, voices, strict=True)
    ]


@dataclass(slots=True)
class _Studio:
    """Where clips are made: the store they go to, and what could not be said, by key."""

    store: Store
    pool: Runner
    verify: bool
    lost: dict[str, EngineError] = field(default_factory=dict)

    def speak(
        self,
        load: Load,
        words: Sequence[Words],
        voices: Sequence[Voice],
        wanted: Wanted,
        progress: Progress,
    ) -> list[str]:
        """Have a pool speak what is wanted and the store lacks; return all the clips' keys."""
        engine = load()
        keys = _keys(engine, words, voices)
        requests: dict[str, Request] = {
            request[0]: request for request in zip(keys, words, voices, strict=True)
        }
        asked = wanted(keys)
        held = self.store.holds_whole if self.verify else self.store.has
        missing = [requests[key] for key in requests if key in asked and not held(key)]
        missing = self._exchanged(missing, asked, len(requests), progress)
        patience = _SERVICE if engine.speakers else _patience
        there = self.pool.elsewhere and self.store.shared
        speaking = sorted({voice for _, _, voice in missing}, key=repr)  # alike for all books
        facts = partial(facts_of, tuple(speaking), there or self.store)
        keep = there.put if there else self.store.share
        job = Job(_speaker, (load, keep), patience, engine.speakers, facts)
        self._run(missing, len(requests), job, engine.name, progress)
        return keys

    def _exchanged(
        self, missing: list[Request], asked: set[str], total: int, progress: Progress
    ) -> list[Request]:
        """Give the shared store what it lacks, bring what it has; return what is missing still."""
        lacking = {key for key, _, _ in missing}
        known = total - len(missing)
        brought = self.store.exchange(
            lacking, asked - lacking, lambda count: progress(known + count, total)
        )
        return [request for request in missing if request[0] not in brought]

    def _run(
        self,
        missing: list[Request],
        total: int,
        job: Job[Request, None],
        engine: str,
        progress: Progress,
    ) -> None:
        """Have the pool speak what is missing; note what ``engine`` can't say as lost."""
        done = total - len(missing)
        progress(done, total)
        left_there: list[str] = []  # clips that were spoken elsewhere, to be brought
        for outcome in self.pool.run(job, missing):
            request = missing[outcome.index]
            if isinstance(outcome.error, EngineError):
                self.lost[request[0]] = _named(outcome.error, engine, request)
            elif outcome.error:
                raise outcome.error
            elif self.pool.elsewhere:
                left_there.append(request[0])
            if len(left_there) == _BROUGHT:
                self._bring(left_there)
            done += 1
            progress(done, total)
        self._bring(left_there)

    def _bring(self, keys: list[str]) -> None:
        """Take home what a cluster left in the shared store, if anything."""
        for _ in self.store.bring(keys):
            pass
        keys.clear()


def _named(error: EngineError, engine: str, request: Request) -> EngineError:
    """Return the error; one that only tells of a lost worker says who was to speak, and what."""
    if not isinstance(error, WorkerLostError):
        return error
    said = shortened(request[1].text)
    return EngineError(
        tr(
            "{engine}: its process died or hung {attempts} times on « {said} ».",
            engine=engine,
            attempts=ATTEMPTS,
            said=said,
        ),
        advice=tr("Write that sentence otherwise. Or have another engine say it, with --fallback."),
    )


def _patience(request: Request) -> float:
    """Return how many seconds a sentence may take that is spoken on this machine.

    A model on an old processor, beside other work, takes some 0.4 s a character after it is
    loaded: this is four times as much, so an engine that hangs is found in minutes.
    """
    return min(_SERVICE, _LOADING + _CHARACTER * len(request[1].text))


def _speaker(load: Load, keep: Keep) -> Callable[[Request], None]:
    """Return what a worker does with a request."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers share the cores already
    return partial(_speak_into, keep, load())


def _speak_into(keep: Keep, engine: Engine, request: Request) -> None:
    key, words, voice = request
    keep(key, speak(engine, words, voice).to_bytes())
