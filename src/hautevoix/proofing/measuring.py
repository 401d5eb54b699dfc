"""A book's clips, measured on all cores; what was measured of it last time is remembered."""

from __future__ import annotations

from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.model import Clip
from hautevoix.parsing.json_codec import decoded, encoded
from hautevoix.proofing.measures import VERSION, Measures, measure
from hautevoix.storage.store import Store, key_of
from hautevoix.workers.pool import Job, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_AT_ONCE = 24  # clips: some tenth of a second
_DIGITS = 4


def measured(
    clips: Sequence[str | None], book: str, store: Store, pool: WorkerPool
) -> list[Measures | None]:
    """Return the measures of clips by their keys, None for those that aren't in the store.

    ``book`` tells of which book they are: what is known of its clips is one blob.
    """
    key = key_of(VERSION, book)
    stored = store.get(key)
    known = decoded(dict[str, tuple[float, ...]], stored) if stored else {}
    wanted = [clip for clip in dict.fromkeys(clips) if clip]
    missing = [clip for clip in wanted if clip not in known]
    parts = [missing[start : start + _AT_ONCE] for start in range(0, len(missing), _AT_ONCE)]
    job: Job[list[str], dict[str, tuple[float, ...]]] = Job(_measurer, (store,))
    for new in pool.results(job, parts):
        known |= new
    kept = {clip: known[clip] for clip in wanted if clip in known}
    if missing:
        store.put(key, encoded(kept))
    return [Measures(*kept[clip]) if clip in kept else None for clip in clips]


def _measurer(store: Store) -> Callable[[list[str]], dict[str, tuple[float, ...]]]:
    """Return what a worker does with clips."""
    return partial(_measured, store)


def _measured(store: Store, clips: list[str]) -> dict[str, tuple[float, ...]]:
    found = {}
    for clip in clips:
        stored = store.view(clip)
        if stored is not None:
            values = astuple(measure(Clip.from_bytes(bytes(stored))))
            found[clip] = tuple(round(value, _DIGITS) for value in values)
    return found
