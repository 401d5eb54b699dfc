"""Before work: whether each worker would give what this machine gives."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, cast

from hautevoix.cluster.node import DONE, FAILED, SURVEY_PATIENCE, Facts, asking, packed, survey
from hautevoix.errors import EngineError, NetworkError
from hautevoix.localization import ntr, tr

if TYPE_CHECKING:
    from distributed import Future

    from hautevoix.cluster.client import Connection
    from hautevoix.workers.runner import Runner
    from hautevoix.workers.tasks import Job

_FIRST = 60.0  # seconds for a first worker to come
_EVERY = 0.1  # seconds between two looks
_NAMED = 4  # workers that a message names


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


def agreed(connection: Connection, job: Job[Any, Any], local: Runner) -> Facts:
    """Return the facts of a job, which hold here and on every worker.

    Raises EngineError where the engine fails here, or telling which workers differ, and in what.
    """
    [here] = local.run(asking(job), [None])
    if here.error:
        raise here.error
    expected = cast("Facts", here.result)
    answers = _told(connection, packed(job))
    others = {address: _difference(expected, answer) for address, answer in answers.items()}
    others = {address: text for address, text in others.items() if text}
    if others:
        raise _refused(others)
    return expected


def differing(worker: str, expected: Facts, facts: Facts) -> EngineError:
    """Return what tells that a worker would give something else."""
    return _refused({worker: _difference(expected, [DONE, facts])})


def _told(connection: Connection, order: bytes) -> dict[str, Any]:
    """Return what each worker answers, by its address; None where it can't, or not in time."""
    asked = {
        address: connection.submit(survey, order, workers=[address], allow_other_workers=False)
        for address in connection.workers()
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


def _refused(others: dict[str, str]) -> EngineError:
    listed = "; ".join(f"{address}: {text}" for address, text in [*others.items()][:_NAMED])
    more = len(others) - _NAMED
    return EngineError(
        ntr(
            "{count} worker would not speak as this machine does ({listed}{more}).",
            "{count} workers would not speak as this machine does ({listed}{more}).",
            len(others),
            listed=listed,
            more="; …" if more > 0 else "",
        ),
        advice=tr("Install the same there, or leave them out."),
    )
