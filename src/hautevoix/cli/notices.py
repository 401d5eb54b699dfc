"""What a user must know before words leave the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import platformdirs

from hautevoix.pipeline.casting import ready_engine

if TYPE_CHECKING:
    from hautevoix.engines import Engine


def tell_where_words_go(*names: str | None) -> None:
    """Tell, the first time, where each of these engines sends a text. Raises EngineError."""
    for name in names:
        if name:
            tell(ready_engine(name))


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
    click.echo(f"{engine.notice} (Said once.)", err=True)
    try:
        seen.parent.mkdir(parents=True, exist_ok=True)
        seen.write_text(engine.notice, "utf-8")
    except OSError:
        pass  # it will be told again
