"""A voice by its name; and whose it is, for one who names a voice of another engine."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from hautevoix.engines import registry
from hautevoix.engines.protocol import Composing
from hautevoix.errors import EngineError, HautevoixError
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.engines.protocol import Engine
    from hautevoix.model import Voice


def find_voice(engine: Engine, name: str | None, *, whole: bool = True) -> Voice:
    """Return ``engine``'s voice called ``name`` (its first one for None).

    ``whole`` tells whether it is to speak the whole book, or a part of it beside others. Raises
    EngineError, which says whose voice it is and what to do to hear it so.
    """
    offered = engine.voices()
    if name is None:
        return offered[0]
    for voice in offered:
        if voice.name == name:
            return voice
    composed = engine.composed(name) if isinstance(engine, Composing) else None
    if composed:
        return composed
    other, advice = owner(name, engine.name, whole=whole)
    if other:
        message = tr(
            "« {name} » is a voice of the engine {other}, not of {engine}.",
            name=name,
            other=other,
            engine=engine.name,
        )
        raise EngineError(message, advice=advice)
    near = difflib.get_close_matches(name, [voice.name for voice in offered], n=1)
    hint = tr("Did you mean {near}?", near=near[0]) if near else ""
    raise EngineError(
        tr(
            "The engine « {engine} » has no voice called « {name} ».", engine=engine.name, name=name
        ),
        advice=tr("{hint} See: hautevoix voices", hint=hint).strip(),
    )


def owner(voice: str, but: str, *, whole: bool = True) -> tuple[str, str]:
    """Return the engine, other than ``but``, that has ``voice``, and what to do to hear it.

    Heard in a part of a book, it needs its engine alone: --voice is who speaks the rest. Two empty
    texts where none has. Nobody is asked but a server that the user named for its list; an engine
    that fails has no voices.
    """
    for name in registry.names():
        if name != but and voice in _voices(name):
            return name, tr("Say: {say}", say=_options(name, voice, whole=whole))
    from hautevoix.engines import offers  # noqa: PLC0415 - only who errs waits for it

    for offer in offers.offers():
        if offer.name == voice and offer.engine != but:
            say = _options(offer.engine, voice, whole=whole)
            return offer.engine, tr(
                "Get it: hautevoix voices install {voice}; then say: {say}", voice=voice, say=say
            )
    return "", ""


def _options(engine: str, voice: str, *, whole: bool) -> str:
    return f"--engine {engine} --voice {voice}" if whole else f"--engine {engine}"


def _voices(name: str) -> Iterator[str]:
    try:
        offered = registry.load(name).voices()
    except HautevoixError:  # not ready: whoever asks for it is told why
        return
    yield from (voice.name for voice in offered)
