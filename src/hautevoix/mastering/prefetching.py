"""What the system is told before a book is mastered again, so that it can be ready."""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING

from hautevoix.storage.store import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hautevoix.storage.store import Store


def note_pieces(store: Store, folder: Path, keys: Iterable[str]) -> None:
    """Keep which pieces the book in ``folder`` is made of, for ``prefetch``."""
    store.put(_pieces_of(folder), " ".join(keys).encode())


def prefetch(store: Store, folder: Path) -> None:
    """Have the pieces of the book as it was read from the disk, in a thread of its own.

    Of the MP3 that a new one will replace nothing more is read: its memory is given back.
    """
    pieces = store.get(_pieces_of(folder))
    if pieces and hasattr(os, "posix_fadvise"):
        told = folder / f"{folder.name}.mp3", store, pieces.decode().split()
        threading.Thread(target=_advise, args=told, daemon=True).start()


def _advise(outdated: Path, store: Store, keys: list[str]) -> None:
    with contextlib.suppress(OSError), outdated.open("rb", buffering=0) as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    store.expect(keys)


def _pieces_of(folder: Path) -> str:
    return key_of("pieces", folder.absolute())
