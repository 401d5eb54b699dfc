"""A book's sentences, heard on all cores: each is kept as soon as it has been heard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.model import Clip
from hautevoix.parsing.json_codec import decoded, encoded
from hautevoix.proofing import comparison
from hautevoix.proofing.comparison import Difference, compare
from hautevoix.proofing.listener import Listener, Model, sound
from hautevoix.storage.store import Store, key_of
from hautevoix.workers.pool import Job, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Task = tuple[str, str, str]
    """Where the outcome is kept, the clip's key, the words that were to be said."""

_DOUBTFUL = 0.6  # of what is suspect: heard again, as the listener was trained to hear
_VERSION = "heard-1"


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard of a sentence, and how that differs from what was to be said."""

    heard: str
    difference: Difference

    @property
    def suspect(self) -> bool:
        """Whether other words were heard than were to be said."""
        return self.difference.score >= 1


def hear(
    said: Sequence[tuple[str, str]],
    model: Model,
    store: Store,
    pool: WorkerPool,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Hearing | None]:
    """Return what is heard of each (clip's key, words that were to be said), None where it is gone.

    Only what ``model`` has not heard yet is listened to; ``progress`` is told (done, total).
    Raises EngineError where it can't hear.
    """
    keys = [_key(model, clip, words) for clip, words in said]
    found = {key: known for key in dict.fromkeys(keys) if (known := _recalled(store, key))}
    tasks = {key: (key, *one) for key, one in zip(keys, said, strict=True) if key not in found}
    done = len(found)
    total = done + len(tasks)
    progress(done, total)
    job: Job[Task, bool] = Job(_hearer, (model, store))
    for outcome in pool.run(job, tasks.values()):
        if outcome.error:
            raise outcome.error
        done += 1
        progress(done, total)
    found |= {key: known for key in tasks if (known := _recalled(store, key))}
    return [found.get(key) for key in keys]


def listen(listener: Listener, clip: Clip, words: str) -> Hearing:
    """Return what is heard of a clip: where that seems wrong, of a second and closer hearing."""
    samples = sound(clip)
    heard = listener.hear_quickly(samples)
    difference = compare(words, heard)
    if difference.score >= _DOUBTFUL:
        heard = listener.hear(samples)
        difference = compare(words, heard)
    return Hearing(heard, difference)


def _key(model: Model, clip: str, words: str) -> str:
    return key_of(_VERSION, comparison.VERSION, model.digest, clip, words)


def _recalled(store: Store, key: str) -> Hearing | None:
    stored = store.get(key)
    return None if stored is None else decoded(Hearing, stored)


def _hearer(model: Model, store: Store) -> Callable[[Task], bool]:
    """Return what a worker does with a sentence."""
    return partial(_hear_into, store, Listener(model.folder))


def _hear_into(store: Store, listener: Listener, task: Task) -> bool:
    """Keep what is heard; tell whether the clip was there."""
    key, clip, words = task
    stored = store.get(clip)
    if stored is None:
        return False
    store.put(key, encoded(listen(listener, Clip.from_bytes(stored), words)))
    return True
