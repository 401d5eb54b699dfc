"""What it costs to have each clip reach the disk before the next one: see docs/reliability.md.

``python benchmarks/syncs.py [FOLDER]``: a store is made in it, of clips as long as a sentence.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.storage.files import sync
from hautevoix.storage.store import Store, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

CLIP = os.urandom(160_000)  # five seconds at 16 kHz
CLIPS = 200
ROUNDS = 5  # each way takes its turn in each, so that a busy moment meets all


def kept(_store: Store, _key: str) -> None:
    """Leave it to the system, as builds do."""


def file_synced(store: Store, key: str) -> None:
    """Have the content reach the disk."""
    with store.path(key).open("rb") as file:
        os.fsync(file.fileno())


def all_synced(store: Store, key: str) -> None:
    """Have the content and the name reach the disk."""
    file_synced(store, key)
    sync(store.path(key).parent)


def milliseconds(folder: Path, then: Callable[[Store, str], None]) -> float:
    """Return how long a clip takes to be kept, and what comes ``then``."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        store = Store(Path(place))
        began = time.perf_counter()
        for number in range(CLIPS):
            key = key_of(number)
            store.put(key, CLIP)
            then(store, key)
        return (time.perf_counter() - began) / CLIPS * 1000


def main() -> None:
    """Print the median of each way, and how it compares with what builds do."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    ways = (kept, file_synced, all_synced)
    taken = [[milliseconds(folder, way) for way in ways] for _ in range(ROUNDS)]
    medians = [sorted(each)[ROUNDS // 2] for each in zip(*taken, strict=True)]
    for way, median in zip(ways, medians, strict=True):
        print(f"{way.__name__:12} {median:7.2f} ms a clip   × {median / medians[0]:.1f}")


if __name__ == "__main__":
    main()
