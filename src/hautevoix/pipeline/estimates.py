"""What a build would do, before it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.pipeline.casting import ready_engine
from hautevoix.pipeline.pace import recalled
from hautevoix.pipeline.steps import asked_for, cast, read
from hautevoix.pipeline.texts import narrate
from hautevoix.recording import durations, expected

if TYPE_CHECKING:
    from hautevoix.pipeline.orders import Order
    from hautevoix.pipeline.pace import Pace
    from hautevoix.storage.store import Store

_SAMPLE = 48  # clips by which a pace is measured


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a build would speak: clips in all and missing, and the missing ones' characters.

    ``seconds`` is how long the audiobook would be; ``measured`` whether anything was heard of this
    voice's pace, in books that it has read or in clips of this one, or it is the usual pace alone.
    """

    title: str | None
    clips: int
    missing: int
    characters: int
    seconds: float
    measured: bool


def estimate(order: Order) -> Estimate:
    """Return what building ``order`` would take; nothing is spoken. Raises as ``build`` does."""
    understood = read(order)
    chosen = cast(order, ready_engine(order.engine, order.provider), understood)
    script = narrate(understood, spelled=chosen.respelled, parted=chosen.parted)
    keys = expected(script, chosen.cast(script))
    encoding = replace(order.encoding, levels=chosen.levels(script))
    asked = asked_for(chosen, script, order.store, encoding, keys)
    said = [len(utterance.spoken) for utterance in script.utterances]
    unspoken = asked - order.store.held(asked)
    missing = [size for key, size in zip(keys, said, strict=True) if key in unspoken]
    known = _with_what_is_held(
        recalled(order.store, chosen), dict(zip(keys, said, strict=True)), order.store
    )
    pauses = encoding.profile.head + sum(utterance.pause_after for utterance in script.utterances)
    seconds = pauses / 1000 + known.of(order.source.path, sum(said)) * sum(said)
    title = understood.book.info.title
    return Estimate(title, len(said), len(missing), sum(missing), seconds, bool(known.books))


def _with_what_is_held(pace: Pace, said: dict[str, int], store: Store) -> Pace:
    """Return the pace with what a stopped build left, as of one book more: some of its clips."""
    held = [key for key in said if store.has(key)][:_SAMPLE]
    lengths = {
        key: length for key, length in zip(held, durations(held, store), strict=True) if length
    }
    if not lengths:
        return pace
    characters = sum(said[key] for key in lengths)
    return replace(pace, books={**pace.books, "": (sum(lengths.values()), characters)})
