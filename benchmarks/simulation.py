"""A shelf of books being built, simulated: what each step costs, on how many cores.

The steps are those of ``hautevoix.pipeline.ahead``: a speaker reads and speaks book after book, and
each book that is spoken is mastered, which goes first. Work on a core is not interrupted.
"""

from __future__ import annotations

import heapq
import itertools
import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Then = Callable[[], None]

_MASTERED, _SPOKEN = 0, 1  # which work goes first
_PIECE = 30.0  # seconds of sound that a worker encodes at once: a paragraph


@dataclass(frozen=True, slots=True)
class Costs:
    """What steps take, in seconds of one core; ``speaking`` and ``mastering`` a second of sound.

    ``start`` is a command's, ``reading`` a book's, ``hiring`` a worker's start, for each book anew;
    ``clip`` is what a sentence takes beside being spoken, ``closing`` what one core does alone for
    a book, after its pieces.
    """

    start: float = 0.0
    reading: float = 0.0
    hiring: float = 0.0
    speaking: float = 0.0
    clip: float = 0.0
    mastering: float = 0.0
    closing: float = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """Where it is built: ``cores``, clips a second that a scheduler hands out, the store's bytes.

    ``bandwidth`` is the store's, in bytes a second, ``rate`` how many bytes a second of sound has.
    ``ahead`` tells whether later books are spoken while earlier ones are mastered.
    """

    cores: int
    scheduler: float = math.inf
    bandwidth: float = math.inf
    rate: float = 32_000.0
    ahead: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: seconds in all, core-seconds worked, and the share of cores busy.

    ``busy`` is until the last book is mastered.
    """

    wall: float
    worked: float
    busy: float


def simulate(books: Sequence[Sequence[float]], costs: Costs, site: Site) -> Outcome:
    """Build ``books``, each the seconds of its sentences, and tell what it takes.

    >>> simulate([[1.0, 1.0]], Costs(speaking=1.0), Site(cores=2)).wall
    1.0
    >>> simulate([[1.0, 1.0]] * 2, Costs(speaking=1.0, mastering=0.5), Site(cores=2)).wall
    4.0
    >>> simulate([[1.0, 1.0]], Costs(speaking=1.0), Site(cores=2, scheduler=1.0)).wall
    3.0
    """
    shelf = _Shelf(books, costs, site)
    shelf.begin()
    return shelf.outcome()


class _Cores:
    """Cores that do what is ready, what goes first first; time passes by events."""

    def __init__(self, count: int) -> None:
        self.now = 0.0
        self.worked = 0.0
        self._free = count
        self._count = itertools.count()
        self._ready: list[tuple[int, int, float, Then]] = []
        self._events: list[tuple[float, int, Then]] = []

    def ask(self, first: int, seconds: float, then: Then) -> None:
        """Have a core work for some seconds, then go on."""
        heapq.heappush(self._ready, (first, next(self._count), seconds, then))

    def at(self, time: float, then: Then) -> None:
        """Go on at a time to come."""
        heapq.heappush(self._events, (time, next(self._count), then))

    def run(self) -> None:
        """Let time pass until nothing is left to do."""
        while self._ready or self._events:
            while self._ready and self._free:
                _, _, seconds, then = heapq.heappop(self._ready)
                self._free -= 1
                self.worked += seconds
                self.at(self.now + seconds, partial(self._leave, then))
            self.now, _, then = heapq.heappop(self._events)
            then()

    def _leave(self, then: Then) -> None:
        self._free += 1
        then()


class _Shelf:
    """The books on their way: what is spoken, what is being mastered, what waits for the store."""

    def __init__(self, books: Sequence[Sequence[float]], costs: Costs, site: Site) -> None:
        self._books, self._costs, self._site = books, costs, site
        self._cores = _Cores(site.cores)
        self._spoken = -1  # the last book that is
        self._waiting = -1  # the book whose build waits for it
        self._handed = self._stored = 0.0  # when the scheduler, the store have time again
        self._last = 0.0, 0.0  # when the last book began to be mastered, and what was worked then

    def begin(self) -> None:
        start = self._costs.start
        if self._site.ahead:
            self._cores.ask(_SPOKEN, 2 * start, partial(self._speak, 0))
        self._cores.ask(_MASTERED, start, partial(self._build, 0))
        self._cores.run()

    def outcome(self) -> Outcome:
        at, worked = self._last
        busy = worked / (at * self._site.cores) if at else 1.0
        return Outcome(self._cores.now, self._cores.worked, busy)

    def _speak(self, book: int) -> None:
        if book < len(self._books):
            then = partial(self._say, book, partial(self._speak, book + 1))
            self._cores.ask(_SPOKEN, self._costs.reading, then)

    def _say(self, book: int, then: Then) -> None:
        """Have a book's sentences spoken, as the scheduler hands them out; then go on."""
        clips = self._books[book]
        told = _all_of(len(clips), partial(self._said, book, then))
        for seconds in clips:
            self._handed = max(self._handed, self._cores.now) + 1 / self._site.scheduler
            spoken = self._costs.clip + seconds * self._costs.speaking
            stored = partial(self._store, seconds, told)
            if math.isinf(self._site.scheduler):
                self._cores.ask(_SPOKEN, spoken, stored)
            else:
                self._cores.at(self._handed, partial(self._cores.ask, _SPOKEN, spoken, stored))

    def _store(self, seconds: float, then: Then) -> None:
        if math.isinf(self._site.bandwidth):
            then()
            return
        took = seconds * self._site.rate / self._site.bandwidth
        self._stored = max(self._stored, self._cores.now) + took
        self._cores.at(self._stored, then)

    def _said(self, book: int, then: Then) -> None:
        self._spoken = book
        if self._waiting == book:
            self._read(book)
        then()

    def _build(self, book: int) -> None:
        if book == len(self._books):
            return
        self._waiting = book
        if not self._site.ahead:
            said = partial(self._say, book, lambda: None)
            self._cores.ask(_MASTERED, self._costs.reading, said)
        elif self._spoken >= book:
            self._read(book)

    def _read(self, book: int) -> None:
        """Have a spoken book read again by its own build, where another has spoken it."""
        reading = self._costs.reading if self._site.ahead else 0.0
        if self._site.ahead:  # elsewhere workers start on another core, while the text is read
            for _ in range(self._site.cores):
                self._cores.ask(_MASTERED, self._costs.hiring, lambda: None)
        self._cores.ask(_MASTERED, reading, partial(self._master, book))

    def _master(self, book: int) -> None:
        self._last = self._cores.now, self._cores.worked
        sound = sum(self._books[book])
        count = max(1, round(sound / _PIECE))
        closing = partial(self._build, book + 1)
        close = partial(self._cores.ask, _MASTERED, self._costs.closing, closing)
        told = _all_of(count, close)
        for _ in range(count):
            self._cores.ask(_MASTERED, sound / count * self._costs.mastering, told)


def _all_of(count: int, then: Then) -> Then:
    """Return what goes on with ``then`` once it was called ``count`` times."""
    left = itertools.count(count - 1, -1)

    def one() -> None:
        if next(left) == 0:
            then()

    return one
