"""A recording mastered, its files in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix import mastering
from hautevoix.storage.staging import staged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.mastering import EncodingOptions, Master
    from hautevoix.model import Recording
    from hautevoix.storage.store import Store
    from hautevoix.workers.pool import WorkerPool


def master(
    recording: Recording,
    voices: tuple[str, ...],
    store: Store,
    folder: Path,
    pool: WorkerPool,
    *,
    encoding: EncodingOptions | None = None,
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Master:
    """Master a recording into ``folder`` and put its files in place, as a build does."""
    with staged(folder) as files:
        return mastering.master(
            recording, voices, store, files, pool, encoding=encoding, progress=progress
        )
