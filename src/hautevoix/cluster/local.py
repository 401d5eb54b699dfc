"""A cluster on this machine: what ``--cluster local:N`` speaks by.

It has a process of its own, so that this one stays without threads, and is encrypted by
certificates that live as long as it does: whoever reaches a scheduler has its workers run what he
likes, and other users of this machine reach its ports too.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from typing import TYPE_CHECKING, Self

from hautevoix.errors import DiskError
from hautevoix.localization import tr
from hautevoix.model.options import ClusterOptions
from hautevoix.runtime.processes import follow_spawner, ignore_interruption, spawning

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_STARTING = 120.0  # seconds for the scheduler and all workers to start
_PARTING = 60.0  # seconds for them to leave, however busy the machine
_SETTINGS = {
    "distributed.scheduler.worker-ttl": "60 s",  # how long a worker may give no sign of life
    "distributed.admin.low-level-log-length": 100,  # entries that nobody reads; Dask keeps 1,000
}
_context = multiprocessing.get_context("spawn")


class LocalCluster:
    """A scheduler and its workers; a context manager."""

    def __init__(self, workers: int) -> None:
        """Take how many workers there are, each with a thread."""
        self._workers = workers

    def __enter__(self) -> Self:
        """Start it. Raises DiskError where that fails."""
        with spawning():
            self._pipe, theirs = _context.Pipe()
            with theirs:
                self._process = _context.Process(target=_serve, args=(theirs, self._workers))
                self._process.start()
        try:
            self.options: ClusterOptions = self._told()
        except BaseException:
            self.__exit__()
            raise
        return self

    @property
    def pid(self) -> int | None:
        """The process in which its scheduler is."""
        return self._process.pid

    def _told(self) -> ClusterOptions:
        try:
            if self._pipe.poll(_STARTING):
                address, ca, cert, key = self._pipe.recv()
                return ClusterOptions(address, ca, cert, key)
        except EOFError:  # it has said why
            pass
        raise DiskError(
            tr("A cluster of {count} workers does not start here.", count=self._workers),
            advice=tr("What it printed tells why. Is memory short?"),
        )

    def __exit__(self, *_: object) -> None:
        try:
            with contextlib.suppress(
                OSError
            ):  # closing is not enough: a forked engine holds it too
                self._pipe.send(None)
            self._pipe.close()
            self._process.join(_PARTING)
        finally:
            self._process.kill()
            self._process.join()


def _serve(pipe: Connection, workers: int) -> None:
    """Run the cluster until the other end tells to leave: the whole life of its process."""
    ignore_interruption()
    follow_spawner()
    os.dup2(2, 1)
    # Nothing of who was slow to leave, or left first; what does not start is raised all the same.
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "critical")
    import dask  # noqa: PLC0415 - in this process alone
    import distributed  # noqa: PLC0415 - likewise

    security = distributed.Security.temporary()
    with (
        dask.config.set(_SETTINGS),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            security=security,
            memory_limit=0,
        ) as cluster,
    ):
        files = security.tls_ca_file, security.tls_client_cert, security.tls_client_key
        pipe.send((cluster.scheduler_address, *files))
        pipe.poll(None)
