"""``hautevoix build``: the audiobook."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from hautevoix.cli import cluster, encoding, excerpts, inputs, live, options, shelf, summaries
from hautevoix.cli.batch import Batch
from hautevoix.cli.events import Events
from hautevoix.cli.live import LivePages
from hautevoix.cli.notices import tell_where_words_go
from hautevoix.cli.progress import shown
from hautevoix.cli.shelf import Shelf
from hautevoix.cli.watching import Watch
from hautevoix.errors import DONE_WITH_LOSSES, HautevoixError
from hautevoix.localization import ntr, tr
from hautevoix.model.options import ListenerOptions
from hautevoix.pipeline.builds import build, check
from hautevoix.pipeline.casting import AUTO, better_than
from hautevoix.pipeline.drawing import draw
from hautevoix.pipeline.orders import Order
from hautevoix.storage.shared import SharedStore
from hautevoix.storage.store import USUAL_LIMIT, Store, usual_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@click.command("build")
@click.argument("texts", nargs=-1, required=True, type=options.TEXT, metavar="TEXT…")
@click.option(
    "-o",
    "--output",
    type=options.TEXT,
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="The folder in which each book gets a folder of its own.",
)
@options.voice
@options.roles
@options.reading
@excerpts.excerpt
@encoding.sound
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    metavar="NUMBER",
    help="How many processes work at once, with --cluster how many clips.  [default: one a core]",
)
@cluster.cluster
@shelf.until
@click.option(
    "--store",
    type=options.TEXT,
    default=None,
    envvar=options.STORE,
    metavar="DIR",
    help="Where spoken clips are kept for the next build.  [default: this user's cache]",
)
@click.option(
    "--shared-store",
    type=options.WORDS,
    callback=options.filled,
    envvar=options.SHARED_STORE,
    metavar="ADDRESS",
    help="Where several machines share clips: a folder, or s3://bucket/clips.  [default: nowhere]",
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
    help="How large the store may stay after a build; what was used longest ago goes.",
)
@click.option(
    "--proof",
    "proofed",
    is_flag=True,
    help="Have a program listen to each sentence (Whisper, from the extra « proof »); speak those "
    "again that it hears wrong.",
)
@options.listener
@click.option(
    "--force",
    is_flag=True,
    help="Build even if nothing has changed, and replace a whole book by one with gaps.",
)
@click.option(
    "--plot", "plotted", is_flag=True, help="Also draw <name>.svg: waveform, chapters, loudness."
)
@click.option(
    "--any-language",
    is_flag=True,
    help="Read a text as French although it looks like another language, which is refused else.",
)
@click.option(
    "--dry-run", is_flag=True, help="Only say what would be spoken, and how long it would last."
)
@click.option("--quiet", is_flag=True, help="No progress and no summary, errors only.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for programs.")
@click.option(
    "--events", is_flag=True, help="Print for programs what happens, as it does: JSON, a line each."
)
@click.option(
    "--watch", is_flag=True, help="Build again what changes while you write, until Ctrl-C."
)
@live.shown
def command(
    texts: tuple[Path, ...],
    output: Path,
    jobs: int | None,
    store: Path | None,
    **given: Any,
) -> int:
    """Make an audiobook of each TEXT: DIR/<name>/<name>.mp3, with chapters and a timeline.

    TEXT is an EPUB, a Word document (.docx), a PDF, HTML, Markdown or plain text. With --format
    also <name>.m4b and chapters/01-….mp3 are made. The path of each file is printed. A part
    (--chapters, --sample, --from) goes to DIR/<name>-sample and the like: the whole stays.

    Title, author, lexicon and corrections can stand in a sidecar, a file beside TEXT with its name
    and .toml (« hautevoix init » writes one). Stop it when you like: what was spoken is kept, and
    the same command goes on from there.

    Of several texts, one that can't be read does not stop the others: it is listed at the end, and
    the exit code is that of the gravest failure. A full disk or a lost network stops all.
    Sentences of later texts are spoken while earlier ones are mastered, so no core is idle.

    \b
    $ hautevoix build livre.epub
    $ hautevoix build livre.docx --format m4b --sample 2m
    """  # noqa: D301 - click wants the real backspace before an example
    inputs.check_apart(texts, output)
    inputs.check_there(texts)
    live.check(given)
    shared = SharedStore.named(given["shared_store"]) if given["shared_store"] else None
    kept = Store(store or usual_store(), round(given["limit"] * 1e9), shared)
    with cluster.reached(given) as given["cluster"]:
        if given["watch"]:
            _watch(texts, output, kept, jobs, given)
        return _build(_orders(texts, output, kept, jobs, given), given)


def _watch(
    texts: tuple[Path, ...], output: Path, store: Store, jobs: int | None, given: dict[str, Any]
) -> NoReturn:
    """Build all of ``texts``, then again what changes; what fails is told, and watched on.

    Ends by KeyboardInterrupt.
    """
    if Path("-") in texts:
        raise click.UsageError(tr("--watch needs a file: standard input comes only once."))
    watch = Watch(texts, given["lexicons"])
    orders = _orders(texts, output, store, jobs, given)
    with live.served(orders, given) as pages:
        due: Iterable[Path] = texts
        while True:
            try:
                _build(_orders(due, output, store, jobs, given), given, pages)
            except HautevoixError as error:
                click.echo(f"hautevoix: {error}", err=True)
                pages.failed(due, error)
            for text in texts if given["events"] else ():
                Events(str(text)).watching()
            if not given["quiet"]:
                click.echo(tr("Watching: what you save is built again. Ctrl-C ends it."), err=True)
            due = [texts[index] for index in watch.changed()]


def _orders(
    texts: Iterable[Path], output: Path, store: Store, jobs: int | None, given: dict[str, Any]
) -> list[Order]:
    """Return what the options order of each text."""
    wanted = excerpts.excerpt_of(given)
    asked = encoding.encoding(given, plotted=given["plotted"])
    return [
        Order(
            replace(options.source(text, given), excerpt=wanted),
            output,
            store,
            given["engine"],
            given["voice"],
            asked,
            jobs,
            options.parts(given),
            given["fallback"],
            given["provider"] or "",
            listener=ListenerOptions(given["model"], given["fetch"]) if given["proofed"] else None,
            force=given["force"],
            cluster=given["cluster"],
        )
        for text in texts
    ]


def _build(orders: list[Order], given: dict[str, Any], pages: LivePages | None = None) -> int:
    """Build each of ``orders``, tell of them (``pages`` too), and return the exit code."""
    if len(orders) > 1:
        check(orders[0])
    end = shelf.end_of(given["until"], datetime.now().astimezone())
    told = {"quiet": given["quiet"], "as_json": given["as_json"], "as_events": given["events"]}
    made = _Made(Shelf(orders, end), pages=pages or LivePages(), **told)
    batch = Batch([str(order.source.path) for order in orders], alike=True)
    try:
        if given["dry_run"]:
            made.plan_all(batch)
        else:
            made.build_all(batch, plotted=given["plotted"])
    finally:
        if not given["quiet"]:
            for line in (*made.advice(), *batch.lines(made.sums(dry=given["dry_run"]))):
                click.echo(line, err=True)
    return batch.exit_code(DONE_WITH_LOSSES if made.losses else 0)


@dataclass(slots=True)
class _Made:
    """What was made so far of a shelf: each book's length in seconds, and how much is lost."""

    shelf: Shelf
    quiet: bool
    as_json: bool
    as_events: bool = False
    pages: LivePages = field(default_factory=LivePages)
    lengths: list[float] = field(default_factory=list)
    losses: int = 0
    better: str = ""

    def plan_all(self, batch: Batch) -> None:
        """Tell what a build of each text would do."""
        for index in batch:
            order = self.shelf.orders[index]
            with batch.trying(index, partial(self.failed, order.source.path)):
                self.plan(order)

    def build_all(self, batch: Batch, *, plotted: bool) -> None:
        """Build all books in order; tell of each, and after each how far the shelf is."""
        with self.shelf.spoken_ahead():
            for index in batch:
                order = self.shelf.orders[index]
                with batch.trying(index, partial(self.failed, order.source.path)):
                    self.build(index, order, plotted=plotted)
                self.shelf.tell(index, quiet=self.quiet, as_events=self.as_events)

    def plan(self, order: Order) -> None:
        """Tell what a build would do."""
        from hautevoix.pipeline.estimates import estimate  # noqa: PLC0415 - see facades

        planned = estimate(order)
        self.lengths.append(planned.seconds)
        click.echo(summaries.planned(order.source.path, planned, as_json=self.as_json))

    def build(self, index: int, order: Order, *, plotted: bool) -> None:
        """Build one book, and tell of it."""
        notices = partial(tell_where_words_go, order.engine, order.fallback)
        events = Events(str(order.source.path)) if self.as_events else None
        with shown(quiet=self.quiet, before_speaking=notices) as progress:
            telling = events.after(progress) if events else progress
            telling = self.pages.after(telling, order.source.path)
            built = build(order, self.shelf.reach(index, telling))
            built = replace(built, diagnostics=(*built.diagnostics, *self.shelf.found()))
        if plotted:
            draw(order.store, built.master)
        self.lengths.append(built.master.timeline.frames / built.master.timeline.rate)
        self.shelf.finish(index, self.lengths[-1], made=built.fresh)
        self.losses += len(built.losses)
        self.pages.built(order.source.path, built)
        self.better = better_than(built.engine) if order.engine == AUTO else ""
        if events:
            events.diagnostics(built.diagnostics)
            events.done(summaries.result(order.source.path, built))
        else:
            files = "\n".join(map(str, built.master.files))
            click.echo(summaries.told(order.source.path, built) if self.as_json else files)
        if not self.quiet:
            for line in summaries.summary(built):
                click.echo(line, err=True)

    def failed(self, text: Path, error: HautevoixError) -> None:
        """Tell programs what failed, in the place of what they would be told of that text."""
        self.pages.failed([text], error)
        if self.as_events:
            Events(str(text)).failed(error)
        elif self.as_json:
            click.echo(summaries.failed(text, error))

    def advice(self) -> Iterator[str]:
        """Yield how to get a better voice, where there is one."""
        if self.better:
            yield tr("A more natural voice: {better}", better=self.better)

    def sums(self, *, dry: bool) -> str:
        """Return how many books there are, and how long they are in all."""
        count = len(self.lengths)
        books = ntr("{count} audiobook", "{count} audiobooks", count)
        length = summaries.clock(sum(self.lengths))
        if dry:
            return tr("{books} would be made, some {length} of sound", books=books, length=length)
        return tr("{books} made, {length} of sound", books=books, length=length)
