"""``hautevoix preview``: a published site on this machine."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from hautevoix.cli import options
from hautevoix.localization import tr
from hautevoix.publishing.preview import preview


@click.command("preview")
@click.argument("folder", type=options.TEXT, default=Path("site"), metavar="[DIR]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="NUMBER",
    help="At which port of this machine; 0 is any that is free.",
)
@click.option("--open", "in_browser", is_flag=True, help="Show it in the browser.")
def command(folder: Path, port: int, *, in_browser: bool) -> None:
    """Serve a published site (DIR, default: site) to this machine alone, until Ctrl-C.

    As a static host would: with byte ranges, so that seeking works, ETag and the right types.
    """
    served = preview(folder, port)
    click.echo(served.url)
    click.echo(tr("Ctrl-C stops it."), err=True)
    if in_browser:
        click.launch(served.url)
    with contextlib.suppress(KeyboardInterrupt):  # the way it is meant to end
        served.run()
