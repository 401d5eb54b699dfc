"""``hautevoix doctor``: what is installed, what is missing, how to get it."""

from __future__ import annotations

import os
import platform
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click
import platformdirs

from hautevoix import __version__, engines
from hautevoix.cli import options
from hautevoix.errors import HautevoixError
from hautevoix.localization import noop, tr
from hautevoix.proofing.listener import check
from hautevoix.runtime.installation import getting
from hautevoix.storage.store import Store, usual_store

if TYPE_CHECKING:
    from collections.abc import Iterator

# What some tasks need beyond what is always installed, for what, and the extra or how to get it.
_EXTRAS = (
    ("av", noop("M4B audiobooks"), "m4b"),
    ("fsspec", noop("upload of a site; clips shared on a host"), "upload"),
    ("distributed", noop("clips spoken by the workers of a Dask cluster"), "cluster"),
)
_PROGRAMS = (("pandoc", noop("texts in ODT, RTF, FB2 and more"), noop("install pandoc")),)


@click.command("doctor")
def command() -> None:
    """Say what is installed, what is missing, and how to get it."""
    click.echo(
        tr(
            "Hautevoix {version}, Python {python_version}, {system}",
            version=__version__,
            python_version=platform.python_version(),
            system=platform.system(),
        )
    )
    findings = list(_findings())
    width = max(len(name) for name, *_ in findings)
    for name, state, advice in findings:
        told = tr("{state}: {advice}", state=tr(state), advice=advice) if advice else tr(state)
        click.echo(f"  {name:<{width}}  {told}")
    click.echo(_kept(Store(Path(os.environ.get(options.STORE) or usual_store()))))
    click.echo(
        tr(
            "Your own lexicon goes into {user_config_path}",
            user_config_path=platformdirs.user_config_path("hautevoix"),
        )
    )


def _kept(store: Store) -> str:
    """Return where spoken clips are kept, or why they can't be, on a line."""
    try:
        size = store.size() / 1e9
    except HautevoixError as error:
        return tr(
            "{message} Another folder can be named: {variable}.",
            message=error.message,
            variable=options.STORE,
        )
    if store.folder.exists() and not os.access(store.folder, os.W_OK):
        return tr(
            "Spoken clips can't be kept in {folder}: you may not write there. "
            "Another one can be named: {variable}.",
            folder=store.folder,
            variable=options.STORE,
        )
    return tr("Spoken clips are kept in {folder} ({size:.1f} GB)", folder=store.folder, size=size)


def _findings() -> Iterator[tuple[str, str, str]]:
    for name in engines.names():
        what = tr("engine {name}", name=name)
        try:
            readiness = engines.load(name).check()
        except HautevoixError as error:
            yield what, noop("broken"), str(error)
        else:
            yield _finding(what, readiness.missing, there=readiness.ready)
    listener = check()
    yield _finding(tr("listening before you do"), listener.missing, there=listener.ready)
    for module, purpose, extra in _EXTRAS:
        yield _finding(tr(purpose), getting(extra), there=find_spec(module) is not None)
    for program, purpose, advice in _PROGRAMS:
        yield _finding(tr(purpose), tr(advice), there=shutil.which(program) is not None)


def _finding(what: str, advice: str, *, there: bool) -> tuple[str, str, str]:
    return (what, noop("ready"), "") if there else (what, noop("missing"), advice)
