"""``hautevoix proof``: an audiobook heard by program, before anyone listens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import options
from hautevoix.cli.batch import Batch
from hautevoix.cli.progress import shown
from hautevoix.cli.summaries import clock
from hautevoix.errors import DONE_WITH_LOSSES, InputError
from hautevoix.localization import ntr, tr
from hautevoix.model.options import ListenerOptions
from hautevoix.pipeline.orders import folder_name
from hautevoix.storage.store import Store, usual_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.pipeline.proofs import ProofedBook
    from hautevoix.proofing.report import Proofed

_SHOWN = 10  # suspect sentences that a summary lists; the page has them all
_LENGTH = 70  # characters of a sentence that is shown there


@click.command("proof")
@click.argument("targets", nargs=-1, required=True, type=options.TEXT, metavar="DIR|TEXT…")
@click.option(
    "-o",
    "--output",
    type=options.TEXT,
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="Where the audiobook of a TEXT was built.",
)
@options.listener
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    metavar="NUMBER",
    help="How many processes listen at once.  [default: one a core]",
)
@click.option(
    "--store",
    type=options.TEXT,
    default=None,
    envvar=options.STORE,
    metavar="DIR",
    help="Where the book's clips are.  [default: this user's cache]",
)
@click.option("--quiet", is_flag=True, help="No progress and no summary, errors only.")
@click.option("--json", "as_json", is_flag=True, help="Print the reports for programs.")
def command(
    targets: tuple[Path, ...], output: Path, *, quiet: bool, as_json: bool, **given: Any
) -> int:
    """Listen to audiobooks that were built, and tell which sentences are suspect.

    Each sentence is heard by a program (Whisper) and compared, by sound, with what was to be said;
    its sound is looked at too: cut ends, silences, noise. What is found lies beside the book:
    proof.html, to listen and decide, and proof.json. Exit code 1 where a sentence is suspect.

    Stop it when you like: what was heard is kept, and an edited book costs its own sentences.

    \b
    $ hautevoix proof output/livre
    $ hautevoix proof livre.epub --model small --fetch
    """  # noqa: D301 - click wants the real backspace before an example
    from hautevoix.pipeline.proofs import ProofOrder, proof  # noqa: PLC0415 - loads the stages

    kept = Store(given["store"] or usual_store())
    listener = ListenerOptions(given["model"], given["fetch"])
    batch = Batch([str(target) for target in targets], alike=True)
    suspect = 0
    for index in batch:
        with batch.trying(index):
            order = ProofOrder(_folder(targets[index], output), kept, listener, given["jobs"])
            with shown(quiet=quiet) as progress:
                made = proof(order, progress)
            suspect += len(made.report.suspect)
            click.echo(_told(made) if as_json else str(made.page))
            if not quiet:
                for line in _summary(made):
                    click.echo(line, err=True)
    for line in batch.lines(ntr("{count} sentence suspect", "{count} sentences suspect", suspect)):
        click.echo(line, err=True)
    return batch.exit_code(DONE_WITH_LOSSES if suspect else 0)


def _folder(target: Path, output: Path) -> Path:
    """Return the folder of the audiobook that is meant. Raises InputError where there is none."""
    if target.is_dir():
        return target
    if not target.exists():
        raise InputError(
            tr("{target}: no such file or folder.", target=target), advice=tr("Check the name.")
        )
    folder = output / folder_name(target)
    if not folder.is_dir():
        raise InputError(
            tr("{target}: its audiobook is not in {folder}.", target=target, folder=folder),
            advice=tr(
                "Build it first: hautevoix build {target}, or name its folder.", target=target
            ),
        )
    return folder


def _told(made: ProofedBook) -> str:
    """Return the report for programs, on a line."""
    return json.dumps(json.loads(made.json.read_bytes()), ensure_ascii=False)


def _summary(made: ProofedBook) -> Iterator[str]:
    """Yield what a person wants to know of a book that was proofed."""
    report = made.report
    suspect = report.suspect
    count = len(report.sentences)
    right = count - len(suspect) - report.unheard
    yield tr(
        "{title}: {right} of {count} sentences right, {suspect} suspect",
        title=report.title,
        right=right,
        count=count,
        suspect=len(suspect),
    )
    if report.unheard:
        yield (
            tr(
                "Not heard, as their clips are no longer in the store: {unheard}. A "
                "build with --proof speaks and hears them again.",
                unheard=report.unheard,
            )
        )
    for one in suspect[:_SHOWN]:
        yield from _line(one)
    if len(suspect) > _SHOWN:
        yield tr("  … {suspect} more in {page}", suspect=len(suspect) - _SHOWN, page=made.page)


def _line(one: Proofed) -> Iterator[str]:
    yield f"  {clock(one.start)}  « {_shortened(one.sentence.written)} »: {'; '.join(one.reasons)}"
    if one.hearing and one.hearing.suspect:
        yield tr("        heard: « {shortened} »", shortened=_shortened(one.hearing.heard))


def _shortened(text: str) -> str:
    return text if len(text) <= _LENGTH else text[: _LENGTH - 1] + "…"
