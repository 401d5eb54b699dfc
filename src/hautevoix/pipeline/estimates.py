"""What a build would do, before it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.pipeline.builds import wishes
from hautevoix.pipeline.casting import casting, ready_engine
from hautevoix.pipeline.making import asked_for
from hautevoix.pipeline.results import recalled_pace
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.recording import expected, heard

if TYPE_CHECKING:
    from hautevoix.pipeline.builds import Order
    from hautevoix.store import Store

_SAMPLE = 48  # clips by which a pace is measured
_USUAL_PACE = 0.058  # seconds a character: eSpeak on the letter, and about what narrators take


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a build would speak: clips in all and missing, and the missing ones' characters.

    ``seconds`` is how long the audiobook would be; ``measured`` whether its pace was measured, on
    the last book of this voice or on clips of this one, or a usual pace had to be taken.
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
    engine = ready_engine(order.engine, order.provider)
    parts = wishes(order)
    chosen = casting(engine, understood.sidecar, parts, order.fallback, order.provider)
    script = narrate(understood)
    keys = expected(script, chosen.cast(script))
    pressing = replace(order.pressing, levels=chosen.levels(script))
    asked = asked_for(chosen, script, order.store, pressing, keys)
    said = [len(utterance.spoken) for utterance in script.utterances]
    missing = [
        size
        for key, size in zip(keys, said, strict=True)
        if key in asked and not order.store.has(key)
    ]
    pace = recalled_pace(order.store, chosen) or _heard_pace(
        dict(zip(keys, said, strict=True)), order.store
    )
    pauses = pressing.profile.head + sum(utterance.pause_after for utterance in script.utterances)
    seconds = pauses / 1000 + (pace or _USUAL_PACE) * sum(said)
    title = understood.book.info.title
    return Estimate(title, len(said), len(missing), sum(missing), seconds, pace is not None)


def _heard_pace(said: dict[str, int], store: Store) -> float | None:
    """Return the seconds that a character takes in some of the clips that a stopped build left."""
    held = [key for key in said if store.has(key)][:_SAMPLE]
    lengths = dict(zip(held, heard(held, store), strict=True))
    whole = {key: length for key, length in lengths.items() if length}
    return sum(whole.values()) / sum(said[key] for key in whole) if whole else None
