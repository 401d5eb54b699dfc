"""``build --watch --preview``: what became of each text, told to the pages that play them."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from hautevoix.cli import summaries
from hautevoix.localization import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from hautevoix.errors import HautevoixError
    from hautevoix.pipeline.orders import Order
    from hautevoix.pipeline.results import Built
    from hautevoix.publishing.live_server import LiveServer

    Progress = Callable[[str, int, int], None]

PORT = 8010
"""Where the pages are, unless another port is asked for: not where ``preview`` shows a site, whose
service worker would answer in their place."""
_EVERY = 0.5  # seconds between two lines that tell how far a stage is


def shown(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that show a page."""
    for option in (
        click.option(
            "--port",
            type=click.IntRange(0, 65535),
            default=PORT,
            show_default=True,
            metavar="NUMBER",
            help="At which port of this machine --preview shows it; 0 is any that is free.",
        ),
        click.option(
            "--preview",
            "previewed",
            is_flag=True,
            help="With --watch: a page on this machine that plays the newest build.",
        ),
    ):
        command = option(command)
    return command


def check(given: dict[str, Any]) -> None:
    """Raise UsageError where the options can't go together."""
    if given["previewed"] and not given["watch"]:
        raise click.UsageError(
            tr("--preview goes with --watch. A published site: hautevoix preview SITE.")
        )
    if given["previewed"] and given["dry_run"]:
        raise click.UsageError(tr("--preview plays what is built, and --dry-run builds nothing."))


@dataclass(slots=True)
class LivePages:
    """Who is told of each text, if anybody; ``books`` are the texts' numbers in the server."""

    server: LiveServer | None = None
    books: dict[Path, int] = field(default_factory=dict)
    _builds: dict[Path, str] = field(default_factory=dict)

    def after(self, told: Progress, text: Path) -> Progress:
        """Return what tells of progress to ``told``, and then to the page, now and then."""
        if not self.server:
            return told
        last: tuple[str, float] = ("", 0.0)

        def both(stage: str, done: int, total: int) -> None:
            nonlocal last
            told(stage, done, total)
            if stage != last[0] or time.monotonic() - last[1] > _EVERY:
                last = stage, time.monotonic()
                line = tr("{stage}: {done} of {total}", stage=tr(stage), done=done, total=total)
                self._tell(text, line, working=True)

        return both

    def built(self, text: Path, built: Built) -> None:
        """Tell what a build came to; only what is new is a new build."""
        if built.fresh or text not in self._builds:
            self._builds[text] = uuid4().hex
        length = summaries.clock(built.master.timeline.frames / built.master.timeline.rate)
        heading = tr("To check: {count}", count=summaries.count_to_check(built))
        now = time.strftime("%H:%M:%S")
        line = tr("Built at {now}, {length}", now=now, length=length)
        if built.losses:
            line = ntr(
                "Built at {now}, {length}; {count} sentence is missing",
                "Built at {now}, {length}; {count} sentences are missing",
                len(built.losses),
                now=now,
                length=length,
            )
        doubts = tuple(summaries.to_check(built))
        self._tell(text, line, doubts, failed=bool(built.losses), heading=heading)

    def failed(self, texts: Iterable[Path], error: HautevoixError) -> None:
        """Tell why there is no new build; the page goes on with the one before."""
        for text in texts:
            self._tell(text, str(error), failed=True)

    def _tell(
        self,
        text: Path,
        line: str,
        told: tuple[str, ...] = (),
        *,
        working: bool = False,
        failed: bool = False,
        heading: str = "",
    ) -> None:
        if self.server:
            from hautevoix.publishing.live import Status  # noqa: PLC0415 - as serve is

            status = Status(self._builds.get(text, ""), line, told, working, failed, heading)
            self.server.tell(self.books[text], status)


@contextmanager
def served(orders: Sequence[Order], given: dict[str, Any]) -> Iterator[LivePages]:
    """Give the pages of what is ordered, served until the context ends; none unless asked for.

    Prints where they are. Raises DiskError where the port is taken.
    """
    if not given["previewed"]:
        yield LivePages()
        return
    from hautevoix.publishing.live_server import serve  # noqa: PLC0415 - loads a web server

    server = serve([order.folder for order in orders], given["port"])
    try:
        click.echo(tr("To listen while you write: {url}", url=server.url), err=True)
        yield LivePages(server, {order.source.path: at for at, order in enumerate(orders)})
    finally:
        server.close()
