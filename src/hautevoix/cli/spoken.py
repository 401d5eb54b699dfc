"""``hautevoix spoken``: how lines are read aloud."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from hautevoix import engines
from hautevoix.cli import completing, options
from hautevoix.errors import EngineError, InputError
from hautevoix.french import Counting, Narrator
from hautevoix.localization import tr
from hautevoix.model import Sidecar, Spoken, Unsure
from hautevoix.model.options import Liaisons
from hautevoix.pipeline.texts import over
from hautevoix.reading import read_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@click.command("spoken")
@click.argument("text", nargs=-1, type=options.WORDS, metavar="[TEXT]…")
@click.option("--explain", is_flag=True, help="Show which rules changed what, in order.")
@click.option(
    "--for",
    "book",
    type=options.TEXT,
    metavar="TEXT",
    help="Use the lexicon and the corrections of this text's sidecar.",
)
@click.option(
    "--sounds", is_flag=True, help="Show the sounds (IPA) that the engine is made to say instead."
)
@click.option(
    "--engine",
    default="espeak",
    show_default=True,
    metavar="NAME",
    shell_complete=completing.engine_names,
    help="Whose sounds: an engine that reads as eSpeak NG does (espeak, kokoro, piper).",
)
@options.counting
@options.liaisons
@options.habits
@options.lexicon
def command(
    text: tuple[str, ...],
    book: Path | None,
    counting: str,
    lexicons: tuple[Path, ...],
    *,
    explain: bool,
    sounds: bool,
    **given: Any,
) -> None:
    """Show how each TEXT is read aloud; without one, each line of standard input.

    \b
    $ hautevoix spoken "Louis XIV mourut le 1er sept. 1715."
    Louis quatorze mourut le premier septembre mille sept cent quinze.
    $ hautevoix spoken --sounds --explain "Jadis, à vingt heures."
    """  # noqa: D301 - click wants the real backspace before an example
    sidecar = _sidecar(book) if book else Sidecar()
    lexicon = over(sidecar.lexicon, options.entries(lexicons))
    narrator = Narrator(lexicon, sidecar.corrections, Counting(counting), options.habits_of(given))
    told = options.chosen_liaisons(given) or sidecar.liaisons or Liaisons.USUAL
    show = _sounding(str(given["engine"]), told) if sounds else _written
    for line in text or _lines():
        said, shown = show(narrator.say(line, explain=explain))
        click.echo(shown)
        if explain:
            for change in said.changes:
                click.echo(f"  · {options.change_line(change)}")
            for diagnostic in said.unsure:
                kind, token = diagnostic.kind, diagnostic.token
                click.echo(tr("  ? {kind}: « {token} »", kind=kind, token=token))


def _written(said: Spoken) -> tuple[Spoken, str]:
    return said, said.words.text


def _sounding(engine: str, liaisons: Liaisons) -> Callable[[Spoken], tuple[Spoken, str]]:
    """Return what tells the sounds of words, and adds to their story what pronunciation did.

    Raises EngineError for an engine whose sounds are not known.
    """
    from hautevoix.engines.transcription import Foreign, heard  # noqa: PLC0415 - only for sounds
    from hautevoix.pronunciation import Pronouncer  # noqa: PLC0415 - the same

    if not getattr(engines.load(engine), "respelled", False):
        raise EngineError(
            tr("The engine « {engine} » does not tell its sounds.", engine=engine),
            advice=tr("Those of espeak, kokoro and piper can be shown."),
        )
    pronouncer = Pronouncer(liaisons, Foreign())

    def sounded(said: Spoken) -> tuple[Spoken, str]:
        told = pronouncer.explained(said.words)
        doubts = tuple(Unsure("foreign", word) for word in told.foreign)
        changes, unsure = (*said.changes, *told.changes), (*said.unsure, *doubts)
        return Spoken(told.words, changes, unsure), heard([told.words])[0]

    return sounded


def _sidecar(book: Path) -> Sidecar:
    """Return what the sidecar of ``book`` says. Raises InputError where there is no such text."""
    if not book.is_file():
        what = tr("a folder, not a text") if book.is_dir() else tr("no such file")
        raise InputError(f"--for {book}: {what}.", advice=tr("Name the text, beside its sidecar."))
    return read_sidecar(book)


def _lines() -> Iterator[str]:
    if sys.stdin is None:
        raise InputError(
            tr("Standard input: it is closed."), advice=tr("Give the lines as arguments.")
        )
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError(
                tr("Standard input, line {number}: not UTF-8.", number=number),
                advice=tr("Convert it first: iconv"),
            ) from error
