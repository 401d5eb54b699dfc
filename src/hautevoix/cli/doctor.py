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
from hautevoix.runtime.installation import getting
from hautevoix.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

# What some tasks need beyond what is always installed, for what, and the extra or how to get it.
_EXTRAS = (
    ("onnxruntime", noop("natural voices, offline"), "kokoro"),
    ("piper", noop("Piper's voices, offline"), "piper"),
    ("faster_whisper", noop("listening before you do"), "proof"),
    ("av", noop("M4B audiobooks"), "m4b"),
    ("fsspec", noop("upload of a site"), "upload"),
)
_PROGRAMS = (("pandoc", noop("texts in ODT, RTF, FB2 and more"), "install pandoc"),)


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
    for name, state, advice in _findings():
        click.echo(f"  {name:<28} {tr(state)}{': ' + advice if advice else ''}")
    store = Store(Path(os.environ.get(options.STORE) or options.usual_store()))
    click.echo(
        tr(
            "Spoken clips are kept in {folder} ({size:.1f} GB)",
            folder=store.folder,
            size=store.size() / 1e9,
        )
    )
    click.echo(
        tr(
            "Your own lexicon goes into {user_config_path}",
            user_config_path=platformdirs.user_config_path("hautevoix"),
        )
    )


def _findings() -> Iterator[tuple[str, str, str]]:
    for name in engines.names():
        try:
            readiness = engines.load(name).check()
        except HautevoixError as error:
            yield tr("engine {name}", name=name), noop("broken"), str(error)
        else:
            yield (
                tr("engine {name}", name=name),
                noop("ready") if readiness.ready else noop("missing"),
                readiness.missing,
            )
    for module, purpose, extra in _EXTRAS:
        there = find_spec(module) is not None
        yield (
            tr(purpose),
            noop("ready") if there else noop("missing"),
            "" if there else getting(extra),
        )
    for program, purpose, advice in _PROGRAMS:
        there = shutil.which(program) is not None
        yield tr(purpose), noop("ready") if there else noop("missing"), "" if there else advice
