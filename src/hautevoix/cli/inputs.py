"""The texts of one command, before it begins: they are there, and none takes another's folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.pipeline.orders import folder_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def check_there(texts: Sequence[Path]) -> None:
    """Raise InputError where a text is missing: not an hour later, after those before it."""
    for text in texts:
        if str(text) != "-" and not os.path.lexists(text):
            raise InputError(tr("{text}: no such file.", text=text), advice=tr("Check the name."))


def check_apart(texts: Sequence[Path], output: Path) -> None:
    """Raise UsageError where two texts would go into one folder."""
    homes: dict[str, Path] = {}
    for text in texts:
        other = homes.setdefault(folder_name(text), text)
        if other is not text and other == text:
            raise click.UsageError(tr("{text} is named twice: once is enough.", text=text))
        if other is not text:
            raise click.UsageError(
                tr(
                    "{other} and {text} would both become {output}. Rename one of "
                    "them, or build each into a folder of its own with -o.",
                    other=other,
                    text=text,
                    output=output / folder_name(text),
                )
            )
