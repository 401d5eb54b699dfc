"""A shelf of books: one pool speaks them in order, ahead of the book that is being mastered.

The pool has a process of its own, the speaker, which is polite to the others on this machine: what
is mastered goes first, and sentences of later books fill the cores that are idle. What it speaks
goes into the store, where each book's build finds it. So a book has the same bytes as alone, and a
speaker that dies costs time only.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Self

from hautevoix.errors import HautevoixError, TimeUpError
from hautevoix.model import Diagnostic
from hautevoix.pipeline.casting import ready_engine
from hautevoix.pipeline.results import Record
from hautevoix.pipeline.speakers import speakers_of
from hautevoix.runtime.processes import follow_spawner, ignore_interruption, spawning
from hautevoix.workers.pool import GRACE, PARTING, WorkerPool, cores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from hautevoix.pipeline.orders import Order
    from hautevoix.workers.runner import Runner

    Progress = Callable[[str, int, int], None]
    Told = tuple[int, int, int] | int | Diagnostic | HautevoixError
    """What the speaker tells: a book's number, clips done and in all; which book is over; what it
    found of who speaks; what ends the work on all books."""

_POLITE = 10  # of nice(2): mastering gets nine tenths of a core that both want
_EVERY = 0.5  # seconds between two looks at whether the user wants to stop
_CLIP = 160_000  # bytes of a usual sentence's clip: five seconds at 16 kHz
_WORTH = 10_000  # bytes of text, below which all is spoken sooner than a speaker starts
_context = multiprocessing.get_context("spawn")


def worthwhile(orders: Sequence[Order]) -> bool:
    """Tell whether later books should be spoken ahead.

    Not where fewer jobs than cores are wanted (there are none to fill), where another machine
    speaks, whose limits are those of one build, or where it is hardly any text. A cluster is always
    worth it: one connection serves all books, and who masters waits for none of its workers.
    Raises EngineError.
    """
    if len(orders) == 1 or not hasattr(os, "nice"):
        return False
    first = orders[0]
    if not first.cluster and (first.processes < cores() or cores() == 1):
        return False
    if ready_engine(first.engine, first.provider).speakers:
        return False
    return bool(first.cluster) or sum(map(text_size, orders[1:])) >= _WORTH


def text_size(order: Order) -> int:
    """Return how many bytes a text has; 0 for one that comes through a pipe, or isn't there."""
    with contextlib.suppress(OSError, ValueError):
        path = order.source.path
        return path.stat().st_size if path.is_file() else 0
    return 0


class Ahead:
    """The speaker of a shelf, at work from the beginning of the context to its end."""

    def __init__(self, orders: Sequence[Order]) -> None:
        """Take the books, in the order in which they will be built."""
        self._orders = tuple(orders)
        self._over: set[int] = set()
        self._gone = False
        self._found: list[Diagnostic] = []

    def __enter__(self) -> Self:
        with spawning():
            self._pipe, theirs = _context.Pipe()
            with theirs:
                self._speaker: SpawnProcess = _context.Process(
                    target=_speak_ahead, args=(theirs, self._orders)
                )
                self._speaker.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Let the speaker go; where the user stops, what it has in hand is finished and stored."""
        try:
            self._pipe.close()
            stopped = kind is not None and issubclass(kind, (KeyboardInterrupt, TimeUpError))
            self._speaker.join(GRACE if stopped else PARTING)
        finally:
            self._speaker.kill()  # its workers go with it
            self._speaker.join()

    def reach(self, index: int, progress: Progress) -> bool:
        """Wait until a book is spoken as far as it can be; return whether anything was told of it.

        ``progress`` is called every now and then, and may raise what ends the waiting. Raises what
        ended the speaker's work, as no build would fare better.
        """
        self._hear_of(index)
        done, total = 0, 0
        while index not in self._over and not self._gone:
            for told in self._heard():
                if isinstance(told, HautevoixError):
                    raise told
                if isinstance(told, Diagnostic):
                    self._found.append(told)
                elif isinstance(told, int):
                    self._over.add(told)
                elif told[0] == index:
                    _, done, total = told
            if total:
                progress("Speaking", done, total)
        return total > 0

    def found(self) -> tuple[Diagnostic, ...]:
        """Return what the speaker has found of who speaks, each once."""
        found = tuple(self._found)
        self._found.clear()
        return found

    def _hear_of(self, index: int) -> None:
        """Tell the speaker which book is next to be built."""
        try:
            self._pipe.send(index)
        except OSError:
            self._gone = True

    def _heard(self) -> list[Told]:
        """Return what the speaker has told since, after a moment at most."""
        told: list[Told] = []
        try:
            while self._pipe.poll(0 if told else _EVERY):
                told.append(self._pipe.recv())
        except (EOFError, OSError):
            self._gone = True
        return told


class _Desk:
    """The speaker's end of the pipe: what it tells, and how far ahead it may go."""

    def __init__(self, pipe: Connection, most: int) -> None:
        """Take the pipe, and how many sentences may wait in the store for their build."""
        self._pipe = pipe
        self._most = most
        self._built = 0  # the book that is being built
        self._spoken: dict[int, int] = {}  # sentences of the books that are over

    def wait_for_turn(self, index: int) -> None:
        """Return as soon as a book may be begun: else the store would lose it before its build."""
        while index > self._built and self._waiting() > self._most:
            self._take_up()

    def tell(self, index: int, stage: str, done: int, total: int) -> None:
        """Tell how far a book is; raises KeyboardInterrupt where nobody listens any more."""
        while self._pipe.poll():
            self._take_up()
        if stage == "Speaking":
            self.say((index, done, total))

    def close_book(self, index: int, sentences: int) -> None:
        """Tell that a book is over."""
        self._spoken[index] = sentences
        self.say(index)

    def _waiting(self) -> int:
        return sum(count for index, count in self._spoken.items() if index >= self._built)

    def _take_up(self) -> None:
        try:
            self._built = self._pipe.recv()
        except (EOFError, OSError):
            raise KeyboardInterrupt from None

    def say(self, told: Told) -> None:
        """Tell; raises KeyboardInterrupt where nobody listens any more."""
        try:
            self._pipe.send(told)
        except OSError:
            raise KeyboardInterrupt from None


def _speak_ahead(pipe: Connection, orders: Sequence[Order]) -> None:
    """Speak the books in order: the whole life of the speaker."""
    ignore_interruption()  # the builder answers Ctrl-C, by closing its end
    follow_spawner()
    first = orders[0]
    if not first.cluster:  # whose workers would be idle while who feeds them waits for a core
        os.nice(_POLITE)
    desk = _Desk(pipe, first.store.limit // 2 // _CLIP)
    with (
        contextlib.suppress(KeyboardInterrupt),
        WorkerPool(first.processes) as pool,
        speakers_of(first, pool, desk.say) as speakers,
    ):
        pool.wake()  # it takes as long as reading does
        for index, order in enumerate(orders):
            desk.wait_for_turn(index)
            try:
                sentences = _speak_book(order, pool, speakers, partial(desk.tell, index))
            except HautevoixError as error:  # its build meets it again, and tells
                if error.for_all:
                    desk.say(error)
                    return
                sentences = 0
            desk.close_book(index, sentences)


def _speak_book(order: Order, pool: WorkerPool, speakers: Runner, progress: Progress) -> int:
    """Have what a book needs spoken into the store; return how many sentences it has.

    Nothing for a book that is there, or comes through a pipe, which can be read only once. What its
    engine can't say is left to its build, which tells before it asks a fallback.
    """
    from hautevoix.pipeline.steps import prepare, recorded  # noqa: PLC0415 - loads all the stages

    if not text_size(order):
        return 0
    engine = ready_engine(order.engine, order.provider)
    if not order.force and Record.of(order, engine).recalled():
        return 0
    _, speaking = prepare(order, engine, pool, speakers, progress)
    recorded(replace(speaking, chosen=replace(speaking.chosen, fallback=None)))
    return len(speaking.script.utterances)
