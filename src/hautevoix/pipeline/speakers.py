"""Who speaks for an order: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from hautevoix.model.messages import tell
from hautevoix.pipeline.diagnostics import WORKER_LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hautevoix.model import Diagnostic
    from hautevoix.pipeline.orders import Order
    from hautevoix.workers.pool import WorkerPool
    from hautevoix.workers.runner import Runner


@contextlib.contextmanager
def speakers_of(
    order: Order, pool: WorkerPool, told: Callable[[Diagnostic], None]
) -> Iterator[Runner]:
    """Give who speaks: ``pool``, or the cluster that is named, which is reached when needed.

    ``told`` is given what is found of the cluster meanwhile: who is left out.

    Raises EngineError where the extra « cluster » is missing.
    """
    if order.cluster is None:
        yield pool
        return
    from hautevoix.cluster.pool import ClusterPool  # noqa: PLC0415 - Dask, for who names a cluster

    def left_out(worker: str, why: str) -> None:
        told(tell(WORKER_LEFT_OUT, 0, worker=worker, why=why))

    with ClusterPool(order.cluster, pool, order.jobs, left_out) as cluster:
        yield cluster
