"""How far a shelf of books is, and how long the rest may take, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.cli.summaries import clock
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Finished:
    """A book that is there: its text's ``size`` in bytes, its seconds of ``sound``.

    ``made`` tells whether it was made now, or nothing had changed since it was.
    """

    size: int
    sound: float
    made: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a shelf is: ``done`` of ``total`` books are over, with seconds of ``sound`` in all.

    ``speed`` is how many seconds of sound are made in one, ``left`` how many seconds the rest may
    take; both are None as long as no book was made.
    """

    done: int
    total: int
    sound: float
    speed: float | None = None
    left: float | None = None

    def line(self) -> str:
        """Return what a person is told.

        >>> Standing(3, 20, 3725.0, 54.31, 91.0).line()
        'Shelf: 3 of 20 books, 1:02:05 of sound, 54.3 × real time; some 1:31 left.'
        """
        told = {"built": self.done, "books": self.total, "length": clock(self.sound)}
        if self.speed is None or self.left is None:
            return tr("Shelf: {built} of {books} books, {length} of sound.", **told)
        return tr(
            "Shelf: {built} of {books} books, {length} of sound, {speed} × real time; "
            "some {left} left.",
            **told,
            speed=f"{self.speed:.1f}",
            left=clock(self.left),
        )

    def fields(self) -> dict[str, object]:
        """Return what a program is told."""
        return {
            "done": self.done,
            "total": self.total,
            "sound": round(self.sound, 3),
            "speed": None if self.speed is None else round(self.speed, 2),
            "left": None if self.left is None else round(self.left, 1),
        }


def standing(
    finished: Sequence[Finished], rest: Sequence[int], total: int, took: float
) -> Standing:
    """Return how far a shelf of ``total`` books is after ``took`` seconds.

    ``rest`` are the sizes of texts not tried yet. They are taken to sound, for a byte, as those
    that are finished, and to be made as fast as those that were made: books that were there
    already tell how long a text sounds, and nothing of how fast it is made.

    >>> there, made = Finished(1000, 60.0, made=False), Finished(1000, 60.0, made=True)
    >>> standing([there, made], [2000], 3, took=30.0)
    Standing(done=2, total=3, sound=120.0, speed=2.0, left=60.0)
    """
    sound = sum(book.sound for book in finished)
    made = sum(book.sound for book in finished if book.made)
    heard = sum(book.size for book in finished)
    done = total - len(rest)
    if not made or not heard or not took:
        return Standing(done, total, sound)
    speed = made / took
    return Standing(done, total, sound, speed, sum(rest) * sound / heard / speed)
