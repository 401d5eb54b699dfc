"""The picture of an audiobook, drawn anew only where its sound or the drawing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix import mastering
from hautevoix.pipeline.memory import code_stamp, fingerprint
from hautevoix.storage.store import key_of

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.mastering import Master
    from hautevoix.storage.store import Store


def draw(store: Store, master: Master) -> Path:
    """Draw ``master``'s MP3 beside it, unless that drawing is there; return where it is.

    To draw it decodes the whole book; what was drawn of which MP3 is remembered in the ``store``.
    Raises InputError if there is no MP3, DiskError.
    """
    target = master.folder / f"{master.folder.name}.svg"
    sound = fingerprint([master.mp3]) if master.mp3 else None
    key = key_of("drawn", code_stamp(), sound, master.titles, target.absolute())
    there = _seal(target)
    if there is None or store.get(key) != there:
        mastering.plot(master, target)
        store.put(key, _seal(target) or b"")
    return target


def _seal(drawing: Path) -> bytes | None:
    """Return what tells a drawing from any other; None where there is none."""
    seen = fingerprint([drawing])
    return repr(seen).encode() if seen else None
