"""Whose voice is it? For one who names a voice of another engine than the one that speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix import engines
from hautevoix.engines import offers
from hautevoix.errors import HautevoixError

if TYPE_CHECKING:
    from collections.abc import Iterator


def owner(voice: str, but: str) -> tuple[str, str]:
    """Return the engine, other than ``but``, that has ``voice``, and what to do to hear it.

    Two empty texts where none has. Nobody is asked but a server that the user named for its list;
    an engine that fails has no voices.
    """
    for name in engines.names():
        if name != but and voice in _voices(name):
            return name, f"Say: --engine {name} --voice {voice}"
    for offer in offers.offers():
        if offer.name == voice and offer.engine != but:
            say = f"--engine {offer.engine} --voice {voice}"
            return offer.engine, f"Get it: hautevoix voices install {voice}; then say: {say}"
    return "", ""


def _voices(name: str) -> Iterator[str]:
    try:
        offered = engines.load(name).voices()
    except HautevoixError:  # not ready: whoever asks for it is told why
        return
    yield from (voice.name for voice in offered)
