"""Help in the user's language: click's own words, and those of our commands and options."""

from __future__ import annotations

import gettext
import os
from inspect import cleandoc

import click

from hautevoix.localization import DOMAIN, LOCALES, SOURCE, language, noop, tr

_USAGE = noop("Usage:")  # click's, within an f-string
_PARTS = noop("COMMAND [ARGS]...")  # click's too


class _Formatter(click.HelpFormatter):
    """Writes headings as the language does: a space goes before a French colon."""

    def write_heading(self, heading: str) -> None:
        """Write a heading, and a colon after it."""
        indent = " " * self.current_indent
        self.write(indent + tr("{heading}:", heading=heading) + "\n")


def speak() -> None:
    """Have click, which asks the standard library's gettext, speak the user's language."""
    click.Context.formatter_class = _Formatter
    gettext.bindtextdomain(DOMAIN, LOCALES)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language()  # what gettext looks at first


def translated(command: click.Command) -> click.Command:
    """Return the ``command``, its help in the user's language, that of its options too."""
    if language() == SOURCE:
        return command
    for name in ("help", "short_help", "epilog"):
        setattr(command, name, _in_language(getattr(command, name)))
    if isinstance(command, click.Group):
        command.subcommand_metavar = tr(_PARTS)
    for parameter in command.params:
        if hasattr(parameter, "help"):
            parameter.help = _in_language(parameter.help)
        if shown := metavar(parameter):
            parameter.metavar = tr(shown)
    for part in getattr(command, "commands", {}).values():
        translated(part)
    return command


def metavar(parameter: click.Parameter) -> str | None:
    """Return the word that stands in help for a parameter's value; None for click's own forms."""
    if isinstance(parameter, click.Argument) and not isinstance(parameter.type, click.Choice):
        return parameter.metavar or str(parameter.name).upper()
    return parameter.metavar


def _in_language(text: str | None) -> str | None:
    return text and tr(cleandoc(text))
