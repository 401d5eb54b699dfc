"""What a user must know before words leave the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import platformdirs

from hautevoix import engines
from hautevoix.localization import tr
from hautevoix.pipeline.casting import AUTO

if TYPE_CHECKING:
    from hautevoix.engines import Engine


def tell_where_words_go(*names: str | None) -> None:
    """Tell, the first time, where each of these engines sends a text; ``auto`` sends none.

    Raises EngineError for one that is unknown.
    """
    for name in names:
        if name and name != AUTO:
            tell(engines.load(name))


def tell(engine: Engine) -> None:
    """Print the engine's notice on stderr, unless this user has seen that very notice."""
    if not engine.notice:
        return
    seen = platformdirs.user_state_path("hautevoix") / f"told-{engine.name}"
    try:
        if seen.read_text("utf-8") == engine.notice:
            return
    except (OSError, UnicodeDecodeError):
        pass  # not told yet, or not readable: better twice than never
    click.echo(tr("{notice} (Said once.)", notice=tr(engine.notice)), err=True)
    try:
        seen.parent.mkdir(parents=True, exist_ok=True)
        seen.write_text(engine.notice, "utf-8")
    except OSError:
        pass  # it will be told again
