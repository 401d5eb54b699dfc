"""What a build would do, before it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.pipeline.builds import voice_settings
from hautevoix.pipeline.casting import casting, ready_engine
from hautevoix.pipeline.making import asked_for
from hautevoix.pipeline.pace import recalled
from hautevoix.pipeline.texts import narrate, refuse_foreign, understand
from hautevoix.recording import expected, heard

if TYPE_CHECKING:
    from hautevoix.pipeline.builds import Order
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
    understood = understand(order.source)
    refuse_foreign(understood)
    engine = ready_engine(order.engine, order.provider)
    parts = voice_settings(order)
    chosen = casting(engine, understood.sidecar, parts, order.fallback, order.provider)
    script = narrate(understood)
    keys = expected(script, chosen.cast(script))
    encoding = replace(order.encoding, levels=chosen.levels(script))
    asked = asked_for(chosen, script, order.store, encoding, keys)
    said = [len(utterance.spoken) for utterance in script.utterances]
    missing = [
        size
        for key, size in zip(keys, said, strict=True)
        if key in asked and not order.store.has(key)
    ]
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
    lengths = {key: length for key, length in zip(held, heard(held, store), strict=True) if length}
    if not lengths:
        return pace
    characters = sum(said[key] for key in lengths)
    return replace(pace, books={**pace.books, "": (sum(lengths.values()), characters)})
