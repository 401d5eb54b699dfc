"""Values that a shell completes: those that click can't tell by an option's type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.errors import HautevoixError
from hautevoix.model import VOICE_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import click

_AUTO = "auto"


def engine_names(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """Return the engines whose names begin so."""
    from hautevoix.engines import registry  # noqa: PLC0415 - only a shell that asks waits for it

    return _beginning(begun, (_AUTO, *registry.names()))


def voice_names(context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """Return the voices that begin so: of the engine that was named, else of all those offline."""
    from hautevoix.engines import registry  # noqa: PLC0415 - see above

    engine = context.params.get("engine") or _AUTO
    names = registry.names() if engine == _AUTO else (engine,)
    return _beginning(begun, (voice for name in names for voice in _voices(name)))


def offered_names(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """Return the voices that begin so, of those that can be installed."""
    from hautevoix.engines import offers  # noqa: PLC0415 - see above

    return _beginning(begun, (offer.name for offer in offers.offers()))


def role_names(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """Return the roles that begin so, as --cast has them."""
    return _beginning(begun, (f"{role}=" for role in VOICE_ROLES))


def _voices(name: str) -> Iterator[str]:
    """Yield an engine's voices: none of one that is not ready, nor that a network must be asked."""
    from hautevoix.engines import registry  # noqa: PLC0415 - see above

    try:
        engine = registry.load(name)
        offered = () if engine.online else engine.voices()
    except HautevoixError:  # whoever runs the command is told why
        return
    yield from (voice.name for voice in offered)


def _beginning(begun: str, names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name.startswith(begun)]
