"""What a build notes of a book for those who proof it: each sentence's words and its clip."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from hautevoix.parsing.bounded import json_value
from hautevoix.parsing.json_codec import encoded
from hautevoix.storage.store import Store, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHAPE = "spoken-book-1"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is heard in a book: its clip's key, its words, its role and voice.

    ``spoken`` are the words that were to be said. ``voice`` is « engine/voice »,
    ``chapter`` its chapter's title, ``rate`` a factor of the engine's pace.
    """

    clip: str
    written: str
    spoken: str
    role: str
    voice: str
    chapter: str
    rate: float = 1.0


def note(store: Store, timeline: bytes, sentences: Sequence[Sentence]) -> None:
    """Keep the sentences of the book whose timeline file holds ``timeline``, a row each."""
    store.put(_key(timeline), encoded([astuple(sentence) for sentence in sentences]))


def recalled(store: Store, timeline: bytes) -> tuple[Sentence, ...] | None:
    """Return what ``note`` kept of that book; None where nothing is known of it."""
    stored = store.get(_key(timeline))
    if stored is None:
        return None
    rows = json_value(stored)
    most = len(fields(Sentence))
    if not all(most - 1 <= len(row) <= most for row in rows):  # the rate came in later
        return None
    return tuple(Sentence(*row) for row in rows)


def _key(timeline: bytes) -> str:
    return key_of(_SHAPE, timeline)
