"""``hautevoix init``: the sidecar of a text, to begin with."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from hautevoix.cli import options
from hautevoix.errors import RefusedError
from hautevoix.localization import tr
from hautevoix.model import Sidecar
from hautevoix.model.options import Source
from hautevoix.pipeline.naming import named
from hautevoix.pipeline.sidecar_draft import draft
from hautevoix.pipeline.sidecar_edits import sidecar_of
from hautevoix.pipeline.texts import understand
from hautevoix.storage.files import is_there, whole

if TYPE_CHECKING:
    from pathlib import Path


@click.command("init")
@click.argument("text", type=options.TEXT)
@click.option("--print", "printed", is_flag=True, help="Print it instead; so does « - », a pipe.")
@click.option("--force", is_flag=True, help="Write it in the place of one that is there.")
def command(text: Path, *, printed: bool, force: bool) -> None:
    """Write a text's sidecar, its settings: what was understood, what to put right.

    A sidecar is a file beside TEXT, with its name and .toml, that every command heeds. In it come
    title and author as they were found; as lines that a # keeps from being heeded: doubts of the
    segmenter as corrections, the names that are least sure with their sounds, who speaks, and a
    preface to leave out: take away the # of what you want. As it is, it changes nothing of what
    is heard.

    \b
    $ hautevoix init livre.epub
    """  # noqa: D301 - click wants the real backspace before an example
    printed = printed or str(text) == "-"
    path = None if printed else sidecar_of(text)
    if path and is_there(path) and not force:
        raise RefusedError(
            tr("{path} is there already: it is left as it is.", path=path),
            advice=tr("See what would be written with --print; replace it with --force."),
        )
    understood = understand(Source(text), Sidecar())
    told = draft(shlex.quote(text.name), understood.book, named(understood))
    if path is None:
        click.echo(told, nl=False)
        return
    with whole(path) as file:
        file.write(told.encode("utf-8"))
    click.echo(str(path))
