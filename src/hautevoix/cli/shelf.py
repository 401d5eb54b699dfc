"""Several books in one build: what is spoken ahead, how far it is, until when it may work."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import click

from hautevoix.cli import summaries
from hautevoix.errors import TimeUpError
from hautevoix.localization import tr
from hautevoix.pipeline.ahead import Ahead, text_size, worthwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hautevoix.pipeline.orders import Order

    Progress = Callable[[str, int, int], None]

until = click.option(
    "--until",
    type=click.DateTime(["%H:%M"]),
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

    def line(self, built: int, seconds: float) -> str:
        """Return how far the shelf is: ``built`` books of it, ``seconds`` of sound in all."""
        took = time.monotonic() - self._begun
        sizes = [text_size(order) for order in self.orders]
        done, total = sum(sizes[:built]), sum(sizes)
        speed = f"{seconds / max(took, 1e-3):.1f}"
        return tr(
            "Shelf: {built} of {books} books, {length} of sound, {speed} × real time; "
            "some {left} left.",
            built=built,
            books=len(sizes),
            length=summaries.clock(seconds),
            speed=speed,
            left=summaries.clock(took * (total - done) / max(done, 1)),
        )


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
