"""``hautevoix build``: the audiobook."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

import click

from hautevoix import mastering
from hautevoix.cli import options, pressing, summaries
from hautevoix.cli.notices import tell_where_words_go
from hautevoix.cli.progress import shown
from hautevoix.errors import DONE_WITH_LOSSES, InputError
from hautevoix.pipeline.builds import Order, build, slug
from hautevoix.pipeline.casting import AUTO, better_than
from hautevoix.store import USUAL_LIMIT, Store


@click.command("build")
@click.argument("texts", nargs=-1, required=True, type=options.TEXT, metavar="TEXT…")
@click.option(
    "-o",
    "--output",
    type=options.TEXT,
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="Where each book gets a folder of its own.",
)
@options.voice
@options.roles
@options.reading
@pressing.sound
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    help="How many processes work at once.  [default: one a core]",
)
@click.option(
    "--store",
    type=options.TEXT,
    default=None,
    envvar=options.STORE,
    metavar="DIR",
    help="Where spoken clips are kept for the next build.  [default: this user's cache]",
)
@click.option(
    "--store-limit",
    "limit",
    type=click.FloatRange(0, 1e6),
    callback=options.finite,
    default=USUAL_LIMIT / 1e9,
    envvar="HAUTEVOIX_STORE_LIMIT",
    show_default=True,
    metavar="GB",
    help="How much of it stays after a build; what was used longest ago goes.",
)
@click.option("--plot", "plotted", is_flag=True, help="Also draw it: waveform, chapters, loudness.")
@click.option(
    "--dry-run", is_flag=True, help="Only say what would be spoken, and how long it would last."
)
@click.option("--quiet", is_flag=True, help="No progress and no summary, errors only.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for programs.")
def command(
    texts: tuple[Path, ...],
    output: Path,
    jobs: int | None,
    store: Path | None,
    *,
    plotted: bool,
    quiet: bool,
    as_json: bool,
    **given: Any,
) -> int:
    """Make an audiobook of each TEXT: DIR/<name>/<name>.mp3, with chapters and a timeline.

    With --format also <name>.m4b and chapters/01-….mp3. The path of each file is printed.

    Title, author, lexicon and corrections can stand in a sidecar: TEXT's name with .toml.
    Stop it when you like: what was spoken is kept, and the same command goes on from there.
    """
    _check_apart(texts, output)
    _check_there(texts)
    kept = Store(store or options.usual_store(), round(given["limit"] * 1e9))
    asked = pressing.pressing(given, plotted=plotted)
    losses = 0
    for text in texts:
        order = Order(
            options.source(text, given),
            output,
            kept,
            given["engine"],
            given["voice"],
            asked,
            jobs,
            options.parts(given),
            given["fallback"],
            given["provider"] or "",
        )
        if given["dry_run"]:
            from hautevoix.pipeline.estimates import estimate  # noqa: PLC0415 - see facades

            click.echo(summaries.planned(estimate(order), as_json=as_json))
            continue
        with shown(quiet=quiet, before_speaking=partial(_notices, given)) as progress:
            built = build(order, progress)
        if plotted:
            mastering.plot(built.master, built.master.folder / f"{built.master.folder.name}.svg")
        losses += len(built.losses)
        files = "\n".join(map(str, built.master.files))
        click.echo(summaries.told(built) if as_json else files)
        if not quiet:
            for line in summaries.summary(built):
                click.echo(line, err=True)
            if given["engine"] == AUTO and (better := better_than(built.engine)):
                click.echo(f"A more natural voice: {better}", err=True)
    return DONE_WITH_LOSSES if losses else 0


def _notices(given: dict[str, Any]) -> None:
    tell_where_words_go(given["engine"], given["fallback"])


def _check_there(texts: tuple[Path, ...]) -> None:
    """Raise InputError where a text is missing: not an hour later, after those before it."""
    for text in texts:
        if str(text) != "-" and not os.path.lexists(text):
            raise InputError(f"{text}: no such file.", advice="Check the name.")


def _check_apart(texts: tuple[Path, ...], output: Path) -> None:
    """Raise UsageError where two texts would go into one folder."""
    homes: dict[str, Path] = {}
    for text in texts:
        other = homes.setdefault(slug(text), text)
        if other is not text and other == text:
            raise click.UsageError(f"{text} is named twice: once is enough.")
        if other is not text:
            raise click.UsageError(
                f"{other} and {text} would both become {output / slug(text)}. "
                "Rename one of them, or build each into a folder of its own with -o."
            )
