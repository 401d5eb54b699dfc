"""``hautevoix voices``: engines, whether each is ready, their French voices."""

from __future__ import annotations

import click

from hautevoix import engines
from hautevoix.errors import EngineError

_COLUMNS = ("engine", "voice", "description", "sex", "quality", "licence", "state")


@click.group("voices", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the engines, whether each is ready, and their French voices."""
    if context.invoked_subcommand is None:
        context.invoke(show)


@command.command("list")
def show() -> None:
    """List the engines, whether each is ready, and their French voices."""
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for name in engines.names():
        rows += _rows(name)
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    for row in rows:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def _rows(name: str) -> list[tuple[str, ...]]:
    try:
        engine = engines.load(name)
        readiness = engine.check()
        state = "ready" if readiness.ready else readiness.missing
        state += ", online: sends the text away" if engine.online else ""
        return [
            (name, voice.name, voice.description, voice.sex, voice.quality, voice.licence, state)
            for voice in engine.voices()
        ]
    except EngineError as error:
        return [(name, "-", "", "", "", "", str(error))]
