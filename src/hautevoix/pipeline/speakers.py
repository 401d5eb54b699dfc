"""Who speaks for an order: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.pipeline.orders import Order
    from hautevoix.workers.pool import WorkerPool
    from hautevoix.workers.runner import Runner


@contextlib.contextmanager
def speakers_of(order: Order, pool: WorkerPool) -> Iterator[Runner]:
    """Give who speaks: ``pool``, or the cluster that is named, which is reached when needed.

    Raises EngineError where the extra « cluster » is missing.
    """
    if order.cluster is None:
        yield pool
        return
    from hautevoix.cluster.pool import ClusterPool  # noqa: PLC0415 - Dask, for who names a cluster

    with ClusterPool(order.cluster, pool, order.jobs) as cluster:
        yield cluster
