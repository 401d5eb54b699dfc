"""Which cluster a user names, and what is refused before it is reached."""

from __future__ import annotations

import contextlib
import ipaddress
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hautevoix.errors import EngineError, InputError
from hautevoix.localization import tr
from hautevoix.model.options import ClusterOptions
from hautevoix.runtime.installation import getting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

_LOCAL = "local:"
_MOST = 1024  # workers on one machine; a slip of the finger starts no more


def cluster_at(
    address: str,
    ca: Path | None = None,
    cert: Path | None = None,
    key: Path | None = None,
    *,
    shared: bool,
) -> AbstractContextManager[ClusterOptions]:
    """Return a context with the cluster at ``address``; one on this machine lives as long as it.

    ``ca``, ``cert`` and ``key`` are files of certificates; ``shared`` tells whether its workers
    share a store with this machine. Raises ValueError for an address that is none or not safe,
    InputError where a certificate's file is missing, EngineError where the extra is.
    """
    if find_spec("distributed") is None:
        raise EngineError(
            tr("--cluster needs Dask's distributed, which is not installed."),
            advice=tr("Get it: {getting}", getting=getting("cluster")),
        )
    if address.startswith(_LOCAL):
        return _started(_workers(address))
    return contextlib.nullcontext(_remote(address, (ca, cert, key), shared=shared))


@contextlib.contextmanager
def _started(workers: int) -> Iterator[ClusterOptions]:
    from hautevoix.cluster.local import LocalCluster  # noqa: PLC0415 - with the extra only

    with LocalCluster(workers) as local:
        yield local.options


def _workers(address: str) -> int:
    """Return how many workers « local:N » asks for.

    >>> _workers("local:4")
    4
    """
    count = address.removeprefix(_LOCAL)
    if not (count.isascii() and count.isdigit() and 1 <= int(count) <= _MOST):
        raise ValueError(
            tr(
                "--cluster {address}: after local: goes how many workers, from 1 to {most}.",
                address=address,
                most=_MOST,
            )
        )
    return int(count)


def _remote(address: str, files: Iterable[Path | None], *, shared: bool) -> ClusterOptions:
    _check(address)
    if not (shared or _is_loopback(str(urlsplit(address).hostname))):
        raise ValueError(
            tr(
                "--cluster {address}: its workers need a store that they share with this machine. "
                "Name it with --shared-store: a folder that all see, or s3://bucket/clips.",
                address=address,
            )
        )
    options = ClusterOptions(address, *map(_file, files))
    from hautevoix.cluster.client import problem_of  # noqa: PLC0415 - with the extra only

    problem = problem_of(options)
    if problem:
        raise ValueError(
            tr(
                "--cluster {address} can't be reached safely ({problem}). Name the certificates "
                "with --cluster-ca, --cluster-cert and --cluster-key, or in Dask's own settings "
                "(distributed.comm.tls).",
                address=address,
                problem=problem,
            )
        )
    return options


def _file(path: Path | None) -> str | None:
    if path and not path.is_file():
        raise InputError(tr("{path}: no such file.", path=path), advice=tr("Check the name."))
    return str(path) if path else None


def _check(address: str) -> None:
    """Raise ValueError unless this is a scheduler's address, and what is said there is secret."""
    try:
        parts = urlsplit(address)
        there = parts.scheme in {"tls", "tcp"} and parts.hostname and parts.port
    except ValueError:
        there = None
    if not there:
        raise ValueError(
            tr(
                "--cluster {address}: that is no scheduler's address. "
                "Write tls://host:8786, or local:4 for four workers on this machine.",
                address=address,
            )
        )
    if parts.scheme == "tcp" and not _is_loopback(str(parts.hostname)):
        raise ValueError(
            tr(
                "--cluster {address}: refused, as anybody on the way could read what is said and "
                "run programs on the workers. Start the scheduler and its workers with "
                "certificates and write tls://.",
                address=address,
            )
        )


def _is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, whatever a name server says.

    >>> [_is_loopback(host) for host in ("localhost", "127.0.0.1", "::1", "10.0.0.1", "grid.lan")]
    [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False
