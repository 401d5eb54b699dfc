"""What a clip depends on beside its words: to be told by processes that shall speak alike."""

from __future__ import annotations

import hashlib
import os
import secrets
from typing import TYPE_CHECKING

from hautevoix import __version__
from hautevoix.errors import EngineError
from hautevoix.model import Words
from hautevoix.recording.speaking import speak
from hautevoix.storage.store import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hautevoix.engines import Engine
    from hautevoix.model import Voice
    from hautevoix.storage.shared import SharedStore
    from hautevoix.storage.store import Store

_PROBE = Words("Portez ce vieux whisky au juge blond qui fume, dit-il ; et toi ?")
_MARK = key_of("a mark, by which a store is known")


def facts_of(
    voices: Iterable[Voice], store: Store | SharedStore, load: Callable[[], Engine], _keep: object
) -> dict[str, str]:
    """Return by name what tells whether another process would make the same clips, and keep them.

    That is the program and the engine, the sound of a sentence by each voice (a model or a
    processor that makes other bytes is seen in it), and which store they go to. An engine that
    another machine runs is not asked to speak. ``load`` and ``_keep`` are what a worker's job has.
    Raises EngineError, DiskError, StoreError.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as who speaks has it
    engine = load()
    facts = {"Hautevoix": __version__, "engine": f"{engine.name} {engine.version}"}
    for voice in () if engine.online else voices:
        facts[f"voice {voice.name}"] = _sound(engine, voice)
    return facts | {"store": _mark(store)}


def _sound(engine: Engine, voice: Voice) -> str:
    """Return a digest of a sentence's clip, or why there is none."""
    try:
        clip = speak(engine, _PROBE, voice).to_bytes()
    except EngineError as error:
        return error.message
    return hashlib.blake2b(clip, digest_size=6).hexdigest()


def _mark(store: Store | SharedStore) -> str:
    """Return what marks a store; who comes to one without a mark makes it."""
    mark = store.get(_MARK)
    if mark is None:
        mark = secrets.token_bytes(6)
        store.put(_MARK, mark)
    return mark.hex()
