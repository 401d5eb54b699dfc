"""``hautevoix voices``: what can speak, whether it is ready, and how to get more."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from hautevoix import engines
from hautevoix.cli import options, tables
from hautevoix.cli.progress import shown
from hautevoix.cli.tables import Column
from hautevoix.engines import catalogue
from hautevoix.engines.installing import install as fetch
from hautevoix.engines.installing import install_from
from hautevoix.errors import HautevoixError
from hautevoix.installation import getting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.model import Readiness, Voice

_COLUMNS = (
    Column("engine"),
    Column("voice", wraps=True),
    Column("description", rank=2, wraps=True),
    Column("sex", rank=3),
    Column("quality", rank=1),
    Column("licence", rank=4),
    Column("state", wraps=True),
)
_AFTER = ", after [1]"  # what all of Piper's voices need first, told once under the table
_MOST_SPEAKERS = 8  # of one model that are listed; a model may have over a hundred


@click.group("voices", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the engines, whether each is ready, and their French voices; install more."""
    if context.invoked_subcommand is None:
        context.invoke(show)


@command.command("list")
def show() -> None:
    """List the engines, whether each is ready, and their French voices."""
    rows = [row for name in engines.names() for row in _rows(name)]
    for line in tables.lines(_COLUMNS, rows, tables.width()):
        click.echo(line)
    if any(row[0] == "piper" and row[-1].endswith(_AFTER) for row in rows):
        click.echo(f"[1] {getting('piper')}")


def _address(_context: click.Context, _parameter: click.Parameter, url: str) -> str:
    """Refuse what is no address, before anything is tried."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise click.BadParameter(f"« {url} » is no address; give one such as https://…")
    return url


@command.command("install")
@click.argument("name", metavar="NAME")
@click.option(
    "--base-url",
    default=catalogue.BASE_URL,
    callback=_address,
    metavar="URL",
    help="A mirror of Piper's voices.  [default: the project's own, on huggingface.co]",
)
@click.option(
    "--from",
    "source",
    type=options.TEXT,
    metavar="FILE",
    help="A model that you have already: NAME.onnx, with NAME.onnx.json beside it.",
)
@click.option("--quiet", is_flag=True, help="No progress, errors only.")
def install(name: str, base_url: str, source: Path | None, *, quiet: bool) -> None:
    """Install a Piper voice, verified.

    Some 60 MB; a download that was stopped goes on where it stopped.

    \b
    $ hautevoix voices install fr_FR-siwis-medium
    """  # noqa: D301 - click wants the real backspace before an example
    if source:
        made = install_from(name, source)
    else:
        with shown(quiet=quiet) as progress:
            made = fetch(name, base_url, partial(progress, "Fetching"))
    click.echo(made.model)
    for doubt in made.unverified:
        click.echo(f"Not verified: {doubt}; it was loaded and looks right.", err=True)
    readiness = engines.load("piper").check()
    if not readiness.ready:
        click.echo(f"To speak with it: {readiness.missing}", err=True)


def _rows(name: str) -> list[tuple[str, ...]]:
    try:
        engine = engines.load(name)
        rows = list(_voices(engine))
    except HautevoixError as error:
        rows = [(name, "-", "", "", "", "", str(error))]
    return rows


def _voices(engine: Engine) -> Iterator[tuple[str, ...]]:
    """Yield a row for each voice, and for each that could be installed."""
    readiness = engine.check()
    state = "ready" if readiness.ready else readiness.missing
    state += ", online: sends the text away" if engine.online else ""
    if engine.name == "piper":
        yield from _piper(readiness)
        return
    offered = engine.voices()
    for voice in offered if readiness.ready else offered[:1]:
        yield _row(engine.name, voice, state)
    if not readiness.ready and len(offered) > 1:
        yield (engine.name, f"… {len(offered) - 1} more", "", "", "", "", "")


def _row(engine: str, voice: Voice, state: str) -> tuple[str, ...]:
    about = (voice.description, voice.sex, voice.quality, voice.licence)
    return (engine, voice.name, *about, state)


def _piper(readiness: Readiness) -> Iterator[tuple[str, ...]]:
    """Yield Piper's rows: what is installed, the first few speakers of each, and what may be."""
    there = catalogue.installed()
    speakers: Counter[str] = Counter()
    for voice in there:
        model, _, speaker = voice.name.partition("+")
        speakers[model] += bool(speaker)
        if speakers[model] <= _MOST_SPEAKERS:
            yield _row("piper", voice, "ready" if readiness.ready else readiness.missing)
    for model, count in speakers.items():
        if count > _MOST_SPEAKERS:
            more = f"… {count - _MOST_SPEAKERS} more of {model}+…"
            yield ("piper", more, "", "", "", "", "")
    yield from _to_install({voice.name for voice in there}, readiness.missing)


def _to_install(there: set[str], missing: str) -> Iterator[tuple[str, ...]]:
    after = _AFTER if missing.startswith("not") else ""
    for entry in catalogue.entries():
        if entry.name not in there:
            size = f" ({round(entry.model.size / 1e6)} MB)" if entry.model.size else ""
            sex = entry.sex or "/".join(sex for _, sex in entry.speakers)
            about = (entry.description, sex, entry.quality, entry.licence)
            state = f"hautevoix voices install {entry.name}{size}{after}"
            yield ("piper", entry.name, *about, state)
