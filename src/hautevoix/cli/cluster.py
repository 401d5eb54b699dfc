"""Options that name a cluster."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli.options import together
from hautevoix.pipeline.clusters import cluster_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model.options import ClusterOptions

cluster = together(
    click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Have the workers of a Dask cluster speak: tls://scheduler:8786, or local:N for N "
        "workers on this machine.",
    ),
    click.option(
        "--cluster-ca",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The certificates that the scheduler's must come from (PEM).  "
        "[default: Dask's own settings, as for the next two]",
    ),
    click.option(
        "--cluster-cert",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Your certificate for the cluster.",
    ),
    click.option(
        "--cluster-key",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The key of your certificate, if it lies apart.",
    ),
)


@contextlib.contextmanager
def reached(given: dict[str, Any]) -> Iterator[ClusterOptions | None]:
    """Give the cluster that the options name, None where they name none; start a local one.

    Raises click.UsageError for an address that is none or not safe, else as ``cluster_at``.
    """
    address = given["cluster"]
    if address is None or given["dry_run"]:
        yield None
        return
    files = (given["cluster_ca"], given["cluster_cert"], given["cluster_key"])
    try:
        there = cluster_at(address, *files, shared=bool(given["shared_store"]))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with there as options:
        yield options
