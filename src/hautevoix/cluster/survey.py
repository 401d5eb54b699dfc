"""Whether each worker would give what this machine gives: asked before work, and of who joins."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, cast

from hautevoix.cluster.node import DONE, FAILED, SURVEY_PATIENCE, Facts, asking, packed, survey
from hautevoix.errors import EngineError, HautevoixError, NetworkError
from hautevoix.localization import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from distributed import Future

    from hautevoix.cluster.client import Connection
    from hautevoix.workers.runner import Runner
    from hautevoix.workers.tasks import Job

_FIRST = 60.0  # seconds for a first worker to come
_EVERY = 0.1  # seconds between two looks
_NAMED = 4  # workers that a message names


class DifferingError(EngineError):
    """Workers would not speak as this machine does: no book of a shelf would fare better."""

    for_all = True


def wait_for_workers(connection: Connection) -> None:
    """Return as soon as there is a worker. Raises NetworkError where none comes."""
    end = time.monotonic() + _FIRST
    while not connection.threads():
        if time.monotonic() > end:
            raise NetworkError(
                tr("The cluster has no worker, and none came within {limit:.0f} s.", limit=_FIRST),
                advice=tr("Start some (dask worker), then the same command again."),
            )
        time.sleep(_EVERY)


class Survey:
    """What is known of a cluster's workers: on what they agree, and who is left out."""

    def __init__(
        self, connection: Connection, local: Runner, tell: Callable[[str, str], None]
    ) -> None:
        """Take who tells how it is here; ``tell`` is told once who is left out, and why."""
        self._connection = connection
        self._local = local
        self._tell = tell
        self._agreed: dict[bytes, Facts] = {}
        self._left_out: dict[str, str] = {}

    def agreed(self, job: Job[Any, Any]) -> Facts:
        """Return the facts of a job, which hold here and on every worker; asked once for a job.

        Raises EngineError where the engine fails here, or telling which workers differ, and how.
        """
        order = packed(job)
        if order not in self._agreed:
            [here] = self._local.run(asking(job), [None])
            if here.error:
                raise here.error
            self._agreed[order] = self._confirmed(cast("Facts", here.result), order)
        return self._agreed[order]

    def _confirmed(self, expected: Facts, order: bytes) -> Facts:
        answers = _told(self._connection, order, self._left_out)
        others = {address: _difference(expected, answer) for address, answer in answers.items()}
        others = {address: text for address, text in others.items() if text}
        if others:
            raise _refused(others)
        return expected

    def leave_out(self, workers: Iterable[str], expected: Facts, answer: Any) -> None:
        """Give no more work to workers of which one gave ``answer``; it is told once."""
        for worker in workers:
            if worker not in self._left_out:
                self._left_out[worker] = _difference(expected, answer)
                self._tell(worker, self._left_out[worker])

    def able(self) -> dict[str, int] | None:
        """Return who may be given work, and how much at once; None where all may."""
        if not self._left_out:
            return None
        there = self._connection.workers()
        return {worker: there[worker] for worker in there if worker not in self._left_out}

    def nobody(self) -> HautevoixError:
        """Return what tells that there is nobody left who may be given work."""
        if self._left_out:
            return _refused(self._left_out)
        return NetworkError(
            tr("The cluster has no workers left."),
            advice=tr("What was spoken is kept; the same command goes on from there."),
        )


def _told(connection: Connection, job: bytes, left_out: Collection[str]) -> dict[str, Any]:
    """Return what each worker answers, by its address; None where it can't, or not in time."""
    asked = {
        address: connection.submit(survey, job, workers=[address])
        for address in connection.workers()
        if address not in left_out
    }
    end = time.monotonic() + SURVEY_PATIENCE
    while any(future.status == "pending" for future in asked.values()):
        if time.monotonic() > end:
            break
        time.sleep(_EVERY)
        here = set(connection.workers())  # who has left since, or was given up, is not waited for
        asked = {address: future for address, future in asked.items() if address in here}
    return {address: _answer(connection, future) for address, future in asked.items()}


def _answer(connection: Connection, future: Future) -> Any:
    answers = connection.results([future]) if future.status == "finished" else None
    return answers[0] if answers else None


def _difference(expected: Facts, answer: Any) -> str:
    """Return how a worker differs, nothing if it does not.

    >>> _difference({"engine": "pico 1", "on": "2"}, ["done", {"engine": "pico 0", "on": "2"}])
    'engine pico 0, here pico 1'
    """
    match answer:
        case [str(how), dict(facts)] if how == DONE:
            absent = tr("none")
            return ", ".join(
                tr(
                    "{name} {there}, here {here}",
                    name=name,
                    there=facts.get(name, absent),
                    here=expected.get(name, absent),
                )
                for name in {**expected, **facts}
                if facts.get(name) != expected.get(name)
            )
        case [str(how), _, str(message), _] if how == FAILED:
            return message
        case [_, str(text)]:
            return text
    return tr("no answer: is the same Hautevoix installed there, and with the scheduler?")


def _refused(others: Mapping[str, str]) -> DifferingError:
    listed = "; ".join(f"{address}: {text}" for address, text in [*others.items()][:_NAMED])
    more = len(others) - _NAMED
    return DifferingError(
        ntr(
            "{count} worker would not speak as this machine does ({listed}{more}).",
            "{count} workers would not speak as this machine does ({listed}{more}).",
            len(others),
            listed=listed,
            more="; …" if more > 0 else "",
        ),
        advice=tr("Install the same there, or leave them out."),
    )
