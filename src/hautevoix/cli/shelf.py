"""Several books in one build: what is spoken ahead, how far it is, until when it may work."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli.events import Events
from hautevoix.cli.standing import Finished, standing
from hautevoix.errors import TimeUpError
from hautevoix.localization import tr
from hautevoix.pipeline.ahead import Ahead, text_size, worthwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hautevoix.cli.standing import Standing
    from hautevoix.model import Diagnostic
    from hautevoix.pipeline.orders import Order

    Progress = Callable[[str, int, int], None]


class _TimeOfDay(click.DateTime):
    """« 06:00 »: what is none is told in words, not by strftime's signs."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            told: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(tr("« {value} » is no time of day: write 06:00.", value=value), param, ctx)
        return told


until = click.option(
    "--until",
    type=_TimeOfDay(["%H:%M"]),
    default=None,
    metavar="HH:MM",
    help="Give out no new work from then on; the same command goes on another time.",
)


def end_of(until: datetime | None, now: datetime) -> datetime | None:
    """Return when a time of day comes next.

    >>> end_of(datetime(1900, 1, 1, 6, 0), datetime(2026, 5, 1, 22, 30)).isoformat()
    '2026-05-02T06:00:00'
    """
    if until is None:
        return None
    end = now.replace(hour=until.hour, minute=until.minute, second=0, microsecond=0)
    return end if end > now else end + timedelta(days=1)


@dataclass(slots=True)
class Shelf:
    """The books of one command, in order; ``end`` is when it may give out no more work."""

    orders: Sequence[Order]
    end: datetime | None = None
    _ahead: Ahead | None = None
    _begun: float = field(default_factory=time.monotonic)
    _finished: list[Finished] = field(default_factory=list)

    @contextlib.contextmanager
    def spoken_ahead(self) -> Iterator[None]:
        """Have later books spoken while earlier ones are mastered, where that saves time."""
        if not worthwhile(self.orders):
            yield
            return
        with Ahead(self.orders) as self._ahead:
            yield

    def reach(self, index: int, progress: Progress) -> Progress:
        """Wait until a book is spoken, if somebody speaks ahead; return what its build tells.

        That leaves out what has been told. Raises TimeUpError, here or from what is returned.
        """
        if self.end:
            _check_time(self.end)
            progress = _until(self.end, progress)
        if self._ahead and self._ahead.reach(index, progress):
            return partial(_news, progress)
        return progress

    def found(self) -> tuple[Diagnostic, ...]:
        """Return what was found since of those who speak ahead."""
        return self._ahead.found() if self._ahead else ()

    def finish(self, index: int, sound: float, *, made: bool) -> None:
        """Note that a book is there, with so many seconds of ``sound``; see ``Finished``."""
        self._finished.append(Finished(text_size(self.orders[index]), sound, made))

    def tell(self, index: int, *, quiet: bool, as_events: bool) -> None:
        """Tell how far a shelf is, now that a book of it is over."""
        if len(self.orders) == 1:
            return
        standing = self.standing(index + 1)
        if as_events:
            Events(str(self.orders[index].source.path)).shelf(standing.fields())
        if not quiet and standing.done < standing.total:
            click.echo(standing.line(), err=True)

    def standing(self, done: int) -> Standing:
        """Return how far the shelf is, of which the first ``done`` books are over."""
        rest = [text_size(order) for order in self.orders[done:]]
        took = time.monotonic() - self._begun
        return standing(self._finished, rest, len(self.orders), took)


def _until(end: datetime, progress: Progress) -> Progress:
    """Return what tells as ``progress`` does, and raises TimeUpError from ``end`` on."""

    def tell(stage: str, done: int, total: int) -> None:
        if stage != "Stopping":  # which comes of it
            _check_time(end)
        progress(stage, done, total)

    return tell


def _check_time(end: datetime) -> None:
    if datetime.now().astimezone() >= end:
        clock = end.strftime("%H:%M")
        raise TimeUpError(
            tr("It is {clock}: the time is up.", clock=clock),
            advice=tr("What was made is kept, and the same command goes on from there."),
        )


def _news(progress: Progress, stage: str, done: int, total: int) -> None:
    """Tell what has not been told while the book was spoken ahead."""
    if stage != "Reading" and (stage != "Speaking" or done < total):
        progress(stage, done, total)
