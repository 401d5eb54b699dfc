"""Suspect sentences, spoken again in other ways; the best take stays, and all is remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.parsing.json_codec import decoded, encoded
from hautevoix.proofing import comparison, measures
from hautevoix.proofing.faults import Sounding, sound_faults
from hautevoix.proofing.hearing import hear, listen
from hautevoix.proofing.listener import Listener, Model
from hautevoix.proofing.measuring import measured
from hautevoix.recording.otherwise import Said, Way, said_in, takes
from hautevoix.storage.store import Store, key_of
from hautevoix.workers.pool import Job, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.model import Clip, Recording
    from hautevoix.recording import Cast

_VERSION = "retake-1"
_OF_SOUND = 2.0  # what a fault of sound weighs beside words that are heard wrong, from 1


@dataclass(frozen=True, slots=True)
class Retake:
    """What became of a suspect sentence, by its index in the script.

    ``before`` tells how suspect it was (from 1), ``after`` how the best take is. ``way`` names how
    that was spoken, empty where none was better and the first stays. ``takes`` is their number.
    """

    index: int
    before: float
    after: float
    way: str = ""
    takes: int = 0

    @property
    def told(self) -> tuple[str, str]:
        """How the best take was spoken (empty: the first stays), and what became of it."""
        return self.way, tr("heard right") if self.after < 1 else tr("still suspect")


@dataclass(frozen=True, slots=True)
class Best:
    """The best take of a sentence: its clip's key, how it was spoken, how suspect it is."""

    clip: str
    way: str
    score: float
    takes: int


def retake(
    recording: Recording,
    cast: Cast,
    model: Model,
    book: str,
    store: Store,
    pool: WorkerPool,
    progress: Callable[[str, int, int], None],
) -> tuple[Recording, tuple[Retake, ...]]:
    """Return the recording with the best take of each suspect sentence, and what was done.

    ``book`` tells which book it is. ``progress`` is told (stage, done, total). Raises as ``hear``.
    """
    scores = _scores(recording, cast, model, book, store, pool, partial(progress, "Hearing"))
    suspect = [index for index, score in enumerate(scores) if score >= 1]
    said = {index: said_in(recording, cast, index) for index in suspect}
    found = _taken(said, recording, cast, model, store, pool, partial(progress, "Retakes"))
    keys = list(recording.keys)
    substitutes = list(recording.substitutes)
    told = []
    for index in suspect:
        best = found.get(index)
        better = best is not None and best.score < scores[index]
        if best and better:
            keys[index] = best.clip
            if best.way == Way.FALLBACK:
                substitutes.append((index, tr("it was heard wrong")))
        after = best.score if best and better else scores[index]
        way = best.way if best and better else ""
        told.append(Retake(index, scores[index], after, way, best.takes if best else 0))
    changed = replace(recording, keys=tuple(keys), substitutes=tuple(sorted(substitutes)))
    return changed, tuple(told)


def _scores(
    recording: Recording,
    cast: Cast,
    model: Model,
    book: str,
    store: Store,
    pool: WorkerPool,
    progress: Callable[[int, int], None],
) -> list[float]:
    """Return how suspect each sentence is: 0 for those that can't be judged."""
    utterances = recording.script.utterances
    there = [index for index, key in enumerate(recording.keys) if key]
    pairs = [(str(recording.keys[index]), utterances[index].spoken) for index in there]
    heard = hear(pairs, model, store, pool, progress)
    sounds = measured(recording.keys, book, store, pool)
    soundings = {
        index: Sounding(
            utterances[index].spoken, cast.voices[index].name, told, cast.voices[index].rate
        )
        for index, told in enumerate(sounds)
        if told
    }
    scores = [0.0] * len(utterances)
    for index, hearing in zip(there, heard, strict=True):
        scores[index] = hearing.difference.score if hearing else 0.0
    for index, faults in zip(soundings, sound_faults(list(soundings.values())), strict=True):
        scores[index] = max(scores[index], _OF_SOUND if faults else 0.0)
    return scores


def _taken(
    said: dict[int, Said],
    recording: Recording,
    cast: Cast,
    model: Model,
    store: Store,
    pool: WorkerPool,
    progress: Callable[[int, int], None],
) -> dict[int, Best]:
    """Return the best take of each sentence, by its index; none for one that can't be said again.

    What was tried before is remembered, as long as the store has that take.
    """
    keys = {index: _key(recording, cast, model, index, one) for index, one in said.items()}
    both = {kept for key in keys.values() for kept in (key, _place(key))}
    store.exchange({kept for kept in both if not store.has(kept)})
    known = {index: best for index, key in keys.items() if (best := _recalled(store, key))}
    missing = list({keys[index]: said[index] for index in said if index not in known}.items())
    job: Job[tuple[str, Said], None] = Job(_taker, (cast, model, store))
    if missing:
        progress(0, len(missing))
    for done, outcome in enumerate(pool.run(job, missing), 1):
        if outcome.error and not isinstance(outcome.error, EngineError):
            raise outcome.error
        progress(done, len(missing))
    return {index: best for index, key in keys.items() if (best := _recalled(store, key))}


def _key(recording: Recording, cast: Cast, model: Model, index: int, said: Said) -> str:
    spare = cast.fallback
    fallback = (spare.load().name, spare.load().version, spare.voice) if spare else ()
    versions = comparison.VERSION, measures.VERSION
    clip = recording.keys[index]
    return key_of(_VERSION, versions, model.digest, clip, said.following, fallback)


def _place(key: str) -> str:
    """Return the key of the best take itself, beside that of what is told of it."""
    return key_of(key, "take")


def _recalled(store: Store, key: str) -> Best | None:
    stored = store.get(key)
    if stored is None:
        return None
    best = decoded(Best, stored)
    return best if store.has(best.clip) else None


def _taker(cast: Cast, model: Model, store: Store) -> Callable[[tuple[str, Said]], None]:
    """Return what a worker does with a sentence."""
    return partial(_take_into, store, cast, Listener(model.folder))


def _take_into(store: Store, cast: Cast, listener: Listener, task: tuple[str, Said]) -> None:
    """Keep the best take of a sentence, and which it is; the first that is right ends it."""
    key, said = task
    spare = cast.fallback
    fallback = (spare.load(), spare.voice) if spare else None
    best: tuple[float, Way, Clip] | None = None
    count = 0
    for way, clip in takes(cast.load(), said, fallback):
        count += 1
        score = _score(listener, clip, said)
        if best is None or score < best[0]:
            best = score, way, clip
        if score < 1:
            break
    if best:
        score, way, clip = best
        place = _place(key)
        store.share(place, clip.to_bytes())
        store.share(key, encoded(Best(place, way.value, score, count)))


def _score(listener: Listener, clip: Clip, said: Said) -> float:
    """Return how suspect a take is, by what is heard of it and by its sound alone."""
    text = said.words.text
    sounding = Sounding(text, said.voice.name, measures.measure(clip))
    [faults] = sound_faults([sounding])
    return max(listen(listener, clip, text).difference.score, _OF_SOUND if faults else 0.0)
