"""The takes that a sidecar's [[retakes]] ask for: a sentence spoken in another way than the first.

The ways are those that proofing tries (recording/otherwise.py); here the user has chosen by ear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError
from hautevoix.model.messages import tell
from hautevoix.pipeline.diagnostics import NO_OTHER_TAKE
from hautevoix.recording.otherwise import Said, said_in, takes
from hautevoix.storage.store import key_of
from hautevoix.workers.pool import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hautevoix.engines import Engine
    from hautevoix.model import Diagnostic, Recording, Script
    from hautevoix.recording import Cast
    from hautevoix.storage.store import Store
    from hautevoix.workers.pool import WorkerPool

_SHAPE = "wished-take-1"


@dataclass(frozen=True, slots=True)
class _Wish:
    """A take to be spoken: the key that it goes to, the sentence, which of the ways (from 1)."""

    key: str
    said: Said
    take: int


def retaken(
    recording: Recording, cast: Cast, store: Store, pool: WorkerPool
) -> tuple[Recording, tuple[Diagnostic, ...]]:
    """Return the recording with the takes that are wished for, and what is wished for in vain.

    What the store lacks is spoken. Raises NetworkError, DiskError.
    """
    wishes = dict(_wishes(recording, cast))
    missing = {wish.key: wish for wish in wishes.values() if not store.has(wish.key)}
    for key in store.exchange(missing.keys()):
        del missing[key]
    job: Job[_Wish, None] = Job(_taker, (cast.load, store))
    for outcome in pool.run(job, list(missing.values())) if missing else ():
        if outcome.error and not isinstance(outcome.error, EngineError):
            raise outcome.error
    keys = list(recording.keys)
    vain = []
    for index, wish in wishes.items():
        if store.has(wish.key):
            keys[index] = wish.key
        else:
            words = recording.script.utterances[index].written
            vain.append(tell(NO_OTHER_TAKE, 0, words=words))
    return replace(recording, keys=tuple(keys)), tuple(vain)


def wished(script: Script) -> bool:
    """Tell whether any take is wished for."""
    return any(one.retake and one.retake.take for one in script.utterances)


def _wishes(recording: Recording, cast: Cast) -> Iterator[tuple[int, _Wish]]:
    for index, utterance in enumerate(recording.script.utterances):
        retake, clip = utterance.retake, recording.keys[index]
        if retake and retake.take and clip:
            said = said_in(recording, cast, index)
            yield index, _Wish(key_of(_SHAPE, clip, said.following, retake.take), said, retake.take)


def _taker(load: Callable[[], Engine], store: Store) -> Callable[[_Wish], None]:
    """Return what a worker does with a wish."""
    return partial(_take_into, store, load)


def _take_into(store: Store, load: Callable[[], Engine], wish: _Wish) -> None:
    """Keep the take that is wished for; after the last way comes the first again."""
    spoken = [clip for _, clip in takes(load(), wish.said)]
    if spoken:
        store.share(wish.key, spoken[(wish.take - 1) % len(spoken)].to_bytes())
