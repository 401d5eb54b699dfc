"""``hautevoix spoken``: how lines are read aloud."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import options
from hautevoix.errors import InputError
from hautevoix.french import Counting, Narrator
from hautevoix.model import Sidecar
from hautevoix.pipeline.texts import over
from hautevoix.reading import read_sidecar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command("spoken")
@click.argument("text", nargs=-1, type=options.WORDS)
@click.option("--explain", is_flag=True, help="Show which rules changed what, in order.")
@click.option(
    "--for",
    "book",
    type=options.TEXT,
    metavar="TEXT",
    help="Use the lexicon and the corrections of this text's sidecar.",
)
@options.counting
@options.habits
@options.lexicon
def command(
    text: tuple[str, ...],
    book: Path | None,
    counting: str,
    lexicons: tuple[Path, ...],
    *,
    explain: bool,
    **habits: Any,
) -> None:
    """Show how each TEXT is read aloud; without one, each line of standard input.

    \b
    $ hautevoix spoken "Louis XIV mourut le 1er sept. 1715."
    Louis quatorze mourut le premier septembre mille sept cent quinze.
    """  # noqa: D301 - click wants the real backspace before an example
    sidecar = _sidecar(book) if book else Sidecar()
    lexicon = over(sidecar.lexicon, options.entries(lexicons))
    narrator = Narrator(lexicon, sidecar.corrections, Counting(counting), options.habits_of(habits))
    for line in text or _lines():
        said = narrator.say(line, explain=explain)
        click.echo(said.words.text)
        if explain:
            for change in said.changes:
                click.echo(f"  · {options.change_line(change)}")
            for diagnostic in said.unsure:
                click.echo(f"  ? {diagnostic.kind}: « {diagnostic.token} »")


def _sidecar(book: Path) -> Sidecar:
    """Return what the sidecar of ``book`` says. Raises InputError where there is no such text."""
    if not book.is_file():
        what = "a folder, not a text" if book.is_dir() else "no such file"
        raise InputError(f"--for {book}: {what}.", advice="Name the text, beside its sidecar.")
    return read_sidecar(book)


def _lines() -> Iterator[str]:
    if sys.stdin is None:
        raise InputError("Standard input: it is closed.", advice="Give the lines as arguments.")
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError(
                f"Standard input, line {number}: not UTF-8.", advice="Convert it first: iconv"
            ) from error
