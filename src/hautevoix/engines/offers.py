"""The voices that can be installed, of all the engines that come with the package."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from hautevoix.engines import catalogue, kokoro
from hautevoix.errors import EngineError
from hautevoix.localization import tr

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
        hint = (
            tr("Did you mean {near}?", near=near[0])
            if near
            else tr("Recommended: {next}.", next=next(iter(known)))
        )
        raise EngineError(
            tr("There is no voice called « {name} » to install.", name=name),
            advice=tr("{hint} See: hautevoix voices", hint=hint),
        )
    return known[name]
