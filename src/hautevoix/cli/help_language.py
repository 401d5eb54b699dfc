"""Help in the user's language: click's own words, and those of our commands and options."""

from __future__ import annotations

import gettext
import os
from inspect import cleandoc
from typing import TYPE_CHECKING

from hautevoix.localization import DOMAIN, LOCALES, SOURCE, language, tr

if TYPE_CHECKING:
    import click


def speak() -> None:
    """Have click, which asks the standard library's gettext, speak the user's language."""
    gettext.bindtextdomain(DOMAIN, LOCALES)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language()  # what gettext looks at first


def translated(command: click.Command) -> click.Command:
    """Return the ``command``, its help in the user's language, that of its options too."""
    if language() == SOURCE:
        return command
    for name in ("help", "short_help", "epilog"):
        setattr(command, name, _in_language(getattr(command, name)))
    for parameter in command.params:
        if hasattr(parameter, "help"):
            parameter.help = _in_language(parameter.help)
    for part in getattr(command, "commands", {}).values():
        translated(part)
    return command


def _in_language(text: str | None) -> str | None:
    return text and tr(cleandoc(text))
