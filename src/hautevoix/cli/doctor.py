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
from hautevoix.runtime.installation import getting
from hautevoix.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

# What some tasks need beyond what is always installed, for what, and the extra or how to get it.
_EXTRAS = (
    ("onnxruntime", "natural voices, offline", "kokoro"),
    ("piper", "Piper's voices, offline", "piper"),
    ("faster_whisper", "listening before you do", "proof"),
    ("av", "M4B audiobooks", "m4b"),
    ("fsspec", "upload of a site", "upload"),
)
_PROGRAMS = (("pandoc", "texts in ODT, RTF, FB2 and more", "install pandoc"),)


@click.command("doctor")
def command() -> None:
    """Say what is installed, what is missing, and how to get it."""
    click.echo(f"Hautevoix {__version__}, Python {platform.python_version()}, {platform.system()}")
    for name, state, advice in _findings():
        click.echo(f"  {name:<28} {state}{': ' + advice if advice else ''}")
    store = Store(Path(os.environ.get(options.STORE) or options.usual_store()))
    click.echo(f"Spoken clips are kept in {store.folder} ({store.size() / 1e9:.1f} GB)")
    click.echo(f"Your own lexicon goes into {platformdirs.user_config_path('hautevoix')}")


def _findings() -> Iterator[tuple[str, str, str]]:
    for name in engines.names():
        try:
            readiness = engines.load(name).check()
        except HautevoixError as error:
            yield f"engine {name}", "broken", str(error)
        else:
            yield f"engine {name}", "ready" if readiness.ready else "missing", readiness.missing
    for module, purpose, extra in _EXTRAS:
        there = find_spec(module) is not None
        yield purpose, "ready" if there else "missing", "" if there else getting(extra)
    for program, purpose, advice in _PROGRAMS:
        there = shutil.which(program) is not None
        yield purpose, "ready" if there else "missing", "" if there else advice
