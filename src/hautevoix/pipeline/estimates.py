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

_USUAL_PACE = 0.058  # seconds a character: eSpeak on the letter, and about what narrators take


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a build would speak: clips in all and missing, and the missing ones' characters.

    ``seconds`` is how long the audiobook would be; ``measured`` whether its pace was measured, on
    clips of this book or on the last book of this voice, or a usual pace had to be taken.
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
    chosen = casting(ready_engine(order.engine), understood.sidecar, wishes(order), order.fallback)
    script = narrate(understood)
    keys = expected(script, chosen.cast(script))
    pressing = replace(order.pressing, levels=chosen.levels(script))
    asked = asked_for(chosen, script, order.store, pressing, keys)
    lengths = heard(keys, order.store)
    said = [len(utterance.spoken) for utterance in script.utterances]
    known = [(length, size) for length, size in zip(lengths, said, strict=True) if length]
    spoken = sum(size for _, size in known)
    if spoken:
        pace = sum(length for length, _ in known) / spoken
    else:
        pace = recalled_pace(order.store, chosen) or _USUAL_PACE
    absent = [index for index, length in enumerate(lengths) if length is None]
    pauses = sum(utterance.pause_after for utterance in script.utterances) / 1000
    guessed = pace * sum(said[index] for index in absent)
    seconds = pauses + sum(length for length, _ in known) + guessed
    missing = [said[index] for index in absent if keys[index] in asked]
    title = understood.book.info.title
    return Estimate(title, len(said), len(missing), sum(missing), seconds, pace != _USUAL_PACE)
