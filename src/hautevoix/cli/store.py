"""``hautevoix store``: what was spoken and is kept, whether it is sound, and how to make room."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hautevoix.cli import options
from hautevoix.cli.progress import shown
from hautevoix.errors import DONE_WITH_LOSSES, DiskError, HautevoixError
from hautevoix.localization import noop, ntr, tr
from hautevoix.storage.locks import alone
from hautevoix.storage.store import USUAL_LIMIT, Store, usual_store

if TYPE_CHECKING:
    from collections.abc import Callable

_GB = 1e9
_AT_WORK = noop("a build that uses this store")


def _which(function: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--store",
        "folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        envvar=options.STORE,
        help="The store's folder.  [default: the one that builds use]",
    )(function)


@click.group("store")
def command() -> None:
    """Tell what is kept of what was spoken, look for damage, make room.

    Builds keep every clip, so that only what has changed is spoken again. All of it can be made
    again: the folder may be removed at any time while nothing is built.
    """


@command.command("info")
@_which
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def info(*, folder: Path | None, as_json: bool) -> None:
    """Say where the store is, how much it holds, and what builds leave of it."""
    store = _store(folder)
    sizes = [size for _, size in store.blobs()]
    if as_json:
        told = {"folder": str(store.folder), "blobs": len(sizes), "bytes": sum(sizes)}
        click.echo(json.dumps({**told, "limit": store.limit}, ensure_ascii=False))
        return
    click.echo(
        tr(
            "{folder}: {amount} in {count}.",
            folder=store.folder,
            amount=_amount(sum(sizes)),
            count=_count(len(sizes)),
        )
    )
    click.echo(
        tr(
            "The last build to end leaves {amount} (build --store-limit).",
            amount=_amount(store.limit),
        )
    )


@command.command("verify")
@_which
@click.option("--repair", is_flag=True, help="Remove what is damaged: builds make it again.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def verify(*, folder: Path | None, repair: bool, quiet: bool) -> None:
    """Read everything that is kept and tell what is damaged; exit code 1 if that stays.

    A build finds damage by itself and speaks again what was lost: this is for who wonders about
    a disk.
    """
    store = _store(folder)
    keys = [key for key, _ in store.blobs()]
    damaged, unread = [], []
    with shown(quiet=quiet) as progress:
        for done, key in enumerate(keys):
            progress("Verifying", done, len(keys))
            try:
                if not store.is_sound(key) and store.has(key):
                    damaged.append(key)
            except HautevoixError as error:  # one of another user's, or a folder in its place
                unread.append(error.message)
        progress("Verifying", len(keys), len(keys))
    for key in damaged:
        gone = repair and store.remove(key)
        path = store.path(key)
        click.echo(
            tr("{path}: damaged, or of another version, removed", path=path)
            if gone
            else tr("{path}: damaged, or of another version", path=path)
        )
    for why in unread:
        click.echo(why)
    click.echo(tr("{count}, {damaged:,} damaged.", count=_count(len(keys)), damaged=len(damaged)))
    staying = [key for key in damaged if store.has(key)]
    if staying:
        told = (
            tr("They can't be removed: builds that can write there make them again.")
            if repair
            else tr("To remove them: hautevoix store verify --repair")
        )
        click.echo(told, err=True)
    if staying or unread:
        raise click.exceptions.Exit(DONE_WITH_LOSSES)


@command.command("gc")
@_which
@click.option(
    "--limit",
    type=click.FloatRange(min=0),
    default=USUAL_LIMIT / _GB,
    show_default=True,
    metavar="GB",
    help="How many gigabytes may stay; what was used longest ago goes.",
)
def gc(*, folder: Path | None, limit: float) -> None:
    """Make room now: remove what was used longest ago.

    Nothing is removed while a build uses the store: that is told, and the exit code is 9.
    """
    store = replace(_store(folder), limit=round(limit * _GB))
    if not store.folder.is_dir():
        click.echo(tr("{folder}: nothing is there.", folder=store.folder))
        return
    with alone(store.folder, tr(_AT_WORK)):
        before = store.size()
        removed = store.prune(time.time())
        after = store.size()
        full = sum(size for _, size in store.blobs()) > store.limit
    freed = _amount(before - after)
    click.echo(
        tr(
            "{count} removed, {freed}; {amount} stay.",
            count=_count(removed),
            freed=freed,
            amount=_amount(after),
        )
    )
    if full:
        raise DiskError(
            tr("{folder}: the rest can't be removed.", folder=store.folder),
            advice=tr("Its folders belong to another user, or can only be read."),
        )


def _store(folder: Path | None) -> Store:
    return Store(folder or Path(os.environ.get(options.STORE) or usual_store()))


def _amount(size: int) -> str:
    """Return a number of bytes as people read it.

    >>> _amount(1_234), _amount(12_345_678), _amount(3_000_000_000)
    ('1 kB', '12.3 MB', '3.0 GB')
    """
    if size < 1e6:  # a megabyte
        return tr("{size:.0f} kB", size=size / 1e3)
    if size < _GB:
        return tr("{size:.1f} MB", size=size / 1e6)
    return tr("{size:.1f} GB", size=size / _GB)


def _count(pieces: int) -> str:
    return ntr("{count:,} piece", "{count:,} pieces", pieces)
