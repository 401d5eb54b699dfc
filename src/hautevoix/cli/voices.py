"""``hautevoix voices``: what can speak, whether it is ready, and how to get more."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from hautevoix import engines
from hautevoix.cli import completing, options, tables
from hautevoix.cli.progress import shown
from hautevoix.cli.tables import Column
from hautevoix.engines import offers
from hautevoix.engines.heard import heard
from hautevoix.engines.installing import Local, Web, Wheels
from hautevoix.engines.installing import install as fetch
from hautevoix.errors import EngineError, HautevoixError
from hautevoix.localization import noop, tr
from hautevoix.pipeline.casting import best_first
from hautevoix.runtime.installation import getting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.engines.assets import Offer
    from hautevoix.engines.installing import Source
    from hautevoix.model import Readiness, Voice

# How our engines and their catalogues describe voices.
_WORDS = (
    noop("female"),
    noop("male"),
    noop("natural"),
    noop("fair"),
    noop("robotic"),
    noop("French of France"),
    noop("French of Belgium"),
    noop("French of Switzerland"),
    noop("French of Canada"),
    noop("a blend"),
)
_COLUMNS = (
    Column(noop("engine")),
    Column(noop("voice"), wraps=True),
    Column(noop("heard wrong"), rank=1),
    Column(noop("natural"), rank=2),
    Column(noop("× real time"), rank=3),
    Column(noop("description"), rank=5, wraps=True),
    Column(noop("sex"), rank=6),
    Column(noop("quality"), rank=4),
    Column(noop("licence"), rank=7),
    Column(noop("state"), wraps=True),
)
_MOST_SPEAKERS = 8  # of one model that are listed; a model may have over a hundred


@click.group("voices", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the engines, whether each is ready, and their French voices; install more."""
    if context.invoked_subcommand is None:
        context.invoke(show)


@command.command("list")
@click.option("--all", "every", is_flag=True, help="Also the voices of other languages.")
def show(*, every: bool = False) -> None:
    """List the engines, the best first, whether each is ready, and their French voices."""
    names = sorted(best_first(engines.names()), key=_is_online)
    rows = [row for name in names for row in _rows(name, every=every)]
    for line in tables.lines(_COLUMNS, rows, tables.width()):
        click.echo(line)
    for engine in dict.fromkeys(row[0] for row in rows if f"[{row[0]}]" in row[-1]):
        click.echo(f"[{engine}] {getting(engine)}")


def _is_online(name: str) -> bool:
    try:
        return engines.load(name).online
    except HautevoixError:  # told in its row
        return False


def _address(_context: click.Context, _parameter: click.Parameter, url: str | None) -> str | None:
    """Refuse what is no address, before anything is tried."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise click.BadParameter(tr("« {url} » is no address; give one such as https://…", url=url))
    return url


@command.command("install")
@click.argument(
    "names", metavar="NAME…", nargs=-1, required=True, shell_complete=completing.offered_names
)
@click.option(
    "--base-url",
    default=None,
    callback=_address,
    metavar="URL",
    help="A mirror of the voices.  [default: their publishers' addresses]",
)
@click.option(
    "--from",
    "source",
    type=options.TEXT,
    metavar="PATH",
    help="What you have already: a folder with the voice's files, or one of them, others beside.",
)
@click.option("--quiet", is_flag=True, help="No progress, errors only.")
def install(
    names: tuple[str, ...], base_url: str | None, source: Path | None, *, quiet: bool
) -> None:
    """Install voices, verified by their SHA-256: natural ones, of Kokoro and of Piper.

    A download that was stopped goes on where it stopped; what is here already is not fetched
    again. Kokoro's voices share one model of 92 MB; a voice of Piper's has some 60 MB.

    \b
    $ hautevoix voices install ff_siwis
    $ hautevoix voices install ff_siwis if_sara --from ~/Downloads
    """  # noqa: D301 - click wants the real backspace before an example
    wanted = [offers.find(name) for name in names]
    for offer in wanted:
        with shown(quiet=quiet) as progress:
            made = fetch(offer, _sources(base_url, source), partial(progress, "Fetching"))
        click.echo(made.files[-1])
        for diagnostic in made.unverified:
            click.echo(
                tr(
                    "Not verified: {diagnostic}; it was loaded and looks right.",
                    diagnostic=diagnostic,
                ),
                err=True,
            )
    for engine in sorted({offer.engine for offer in wanted}):
        readiness = engines.load(engine).check()
        if not readiness.ready:
            click.echo(tr("To speak with it: {missing}", missing=readiness.missing), err=True)


def _sources(base_url: str | None, local: Path | None) -> tuple[Source, ...]:
    """Return where files may come from, in order: what the user names is not gone beyond."""
    if local:
        return Local(local), Wheels()
    return (Web(base_url),) if base_url else (Wheels(), Web())


def _rows(name: str, *, every: bool) -> list[tuple[str, ...]]:
    try:
        engine = engines.load(name)
        rows = list(_voices(engine, every=every))
    except HautevoixError as error:
        rows = [_filled(name, "-", str(error))]
    return rows


def _voices(engine: Engine, *, every: bool) -> Iterator[tuple[str, ...]]:
    """Yield a row for each voice, and for each that could be installed."""
    readiness = engine.check()
    state = tr("ready") if readiness.ready else readiness.missing
    state += tr(", online: sends the text away") if engine.online else ""
    offered = tuple(offer for offer in offers.offers() if offer.engine == engine.name)
    if offered:
        yield from _installable(engine, offered, readiness, every=every)
        return
    voices = engine.voices()
    french = [voice for voice in voices if voice.language.lower().startswith("fr")]
    shown = voices if every else french or voices
    for voice in shown if readiness.ready else shown[:1]:
        yield _row(engine.name, voice, state)
    if not readiness.ready and len(voices) > 1:
        yield _more(engine.name, tr("{voices} more", voices=len(voices) - 1))
    elif len(shown) < len(voices):
        yield _more(
            engine.name,
            tr("{voices} more: hautevoix voices list --all", voices=len(voices) - len(shown)),
        )


def _row(engine: str, voice: Voice | Offer, state: str) -> tuple[str, ...]:
    """Return a voice's row, with how it was heard where that was measured."""
    told = heard(engine, voice.name)
    figures = (
        (f"{told.wrong:.0%}", f"{told.naturalness:.1f}", f"{told.times_real_time:.3g}")
        if told
        else ("", "", "")
    )
    best = tr(", recommended") if voice.name == offers.offers()[0].name else ""
    about = (*map(tr, (voice.description, voice.sex, voice.quality)), voice.licence)
    return (engine, voice.name, *figures, *about, state + best)


def _more(engine: str, what: str) -> tuple[str, ...]:
    return _filled(engine, f"… {what}")


def _filled(engine: str, voice: str, state: str = "") -> tuple[str, ...]:
    """Return a row that tells nothing of a voice."""
    return (engine, voice, *[""] * (len(_COLUMNS) - 3), state)


def _installable(
    engine: Engine, offered: tuple[Offer, ...], readiness: Readiness, *, every: bool
) -> Iterator[tuple[str, ...]]:
    """Yield what is installed, the first few speakers of each model, and what may be."""
    there = _installed(engine)
    speakers: Counter[str] = Counter()
    for voice in there:
        model, _, speaker = voice.name.partition("+")
        speakers[model] += bool(speaker)
        if speakers[model] <= _MOST_SPEAKERS:
            yield _row(engine.name, voice, tr("ready") if readiness.ready else readiness.missing)
    for model, count in speakers.items():
        if count > _MOST_SPEAKERS:
            yield _more(
                engine.name,
                tr("{count} more of {model}+…", count=count - _MOST_SPEAKERS, model=model),
            )
    names = {voice.name for voice in there}
    others = [offer for offer in offered if offer.name not in names]
    shown = others if every else [offer for offer in others if not offer.minor]
    yield from _to_install(engine.name, shown, lacks_library=bool(readiness.extra))
    if len(shown) < len(others):
        yield _more(
            engine.name,
            tr("{others} more: hautevoix voices list --all", others=len(others) - len(shown)),
        )


def _installed(engine: Engine) -> tuple[Voice, ...]:
    try:
        return engine.voices()
    except EngineError:
        return ()  # none yet


def _to_install(
    engine: str, offered: Sequence[Offer], *, lacks_library: bool
) -> Iterator[tuple[str, ...]]:
    after = tr(", after [{engine}]", engine=engine) if lacks_library else ""
    for offer in offered:
        size = tr(" ({size:g} MB)", size=round(offer.size / 1e6, 1)) if offer.size else ""
        yield _row(engine, offer, f"hautevoix voices install {offer.name}{size}{after}")
