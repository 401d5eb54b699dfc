"""The voices that can be installed, of all the engines that come with the package."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from hautevoix.engines import catalogue, kokoro
from hautevoix.errors import EngineError

if TYPE_CHECKING:
    from hautevoix.engines.assets import Offer


def offers() -> tuple[Offer, ...]:
    """Return the voices of each catalogue, the recommended one first."""
    return (*kokoro.catalogue.offers(), *catalogue.entries())


def find(name: str) -> Offer:
    """Return the voice called ``name``. Raises EngineError, naming the nearest."""
    known = {offer.name: offer for offer in offers()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Recommended: {next(iter(known))}."
        raise EngineError(
            f"There is no voice called « {name} » to install.",
            advice=f"{hint} See: hautevoix voices",
        )
    return known[name]
