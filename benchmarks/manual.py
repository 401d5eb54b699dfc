"""Makes the man pages of what the commands say of themselves: script/man, after help has changed.

``man/hautevoix.1`` is English, ``man/fr/hautevoix.1`` French: each is made by a process of its own,
as a command's help is translated once. One page for all commands, as a reader searches it.
(click-man makes a page for each, without the paragraphs' breaks, exit codes or variables.)
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hautevoix.errors import on_one_line
from hautevoix.localization import language, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PAGES = {"en": ROOT / "man" / "hautevoix.1", "fr": ROOT / "man" / "fr" / "hautevoix.1"}


def manual() -> str:
    """Return the page in the user's language, in roff."""
    from hautevoix.cli.commands import COMMANDS, cli  # noqa: PLC0415 - after the language is set
    from hautevoix.cli.help_language import speak, translated  # noqa: PLC0415 - the same

    speak()
    commands = {
        name: translated(import_module(f"hautevoix.cli.{name}").command) for name in COMMANDS
    }
    about = tr("turns French texts into audiobooks")
    lines = [
        f'.TH HAUTEVOIX 1 "" "" "{tr("User Commands")}"',
        *(f".SH {tr('NAME')}", rf"hautevoix \- {about}"),
        *(".SH SYNOPSIS", rf"\fBhautevoix\fR {_escaped(tr('COMMAND [OPTION]... [ARGUMENT]...'))}"),
        *(".SH DESCRIPTION", *_prose(translated(cli).help or "")),
        f".SH {tr('COMMANDS')}",
    ]
    for name, command in commands.items():
        lines += _command(command, f"hautevoix {name}")
    lines += [f".SH {tr('EXIT STATUS')}", *_prose(_exit_codes())]
    lines += [f".SH {tr('ENVIRONMENT')}"]
    for variable, option in sorted(_variables(commands).items()):
        lines += _entry(variable, tr("The default of {option}.", option=option))
    lines += _entry("HAUTEVOIX_LANG", tr("The language of messages: en or fr."))
    lines += [f".SH {tr('FILES')}"]
    lines += _entry(tr("TEXT.toml"), tr("What TEXT does not say of itself."))
    where = tr("Defaults of options, here and where hautevoix config --path says.")
    lines += _entry("hautevoix.toml", where)
    return "\n".join(lines) + "\n"


def _entry(name: str, about: str) -> tuple[str, ...]:
    return (".TP", rf"\fB{_escaped(name)}\fR", _escaped(about))


def _command(command: click.Command, path: str) -> Iterator[str]:
    """Yield the section of a command, and those of the commands within it."""
    context = click.Context(command, info_name=path, terminal_width=1000, max_content_width=1000)
    usage = command.collect_usage_pieces(context)
    yield f".SS {_escaped(path)}"
    yield ".PP"
    yield rf"\fB{_escaped(path)}\fR {_escaped(' '.join(usage))}"
    yield from _prose(command.help or "")
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record:
            yield ".TP"
            yield rf"\fB{_escaped(record[0])}\fR"
            yield _escaped(on_one_line(record[1]))
    for name, part in getattr(command, "commands", {}).items():
        yield from _command(part, f"{path} {name}")


def _prose(text: str) -> Iterator[str]:
    """Yield a help's paragraphs; those that click leaves as they are stay so."""
    for paragraph in re.split(r"\n\s*\n", cleandoc(text)):
        lines = [line.strip() for line in paragraph.splitlines()]
        if lines[0] == "\b":
            yield from (".PP", ".nf", *map(_escaped, lines[1:]), ".fi")
        else:
            yield from (".PP", _escaped(" ".join(lines)))


def _exit_codes() -> str:
    """Return what README or guide say of exit codes, which a test holds against the code."""
    french = language() == "fr"
    page = ROOT / ("docs/guide.fr.md" if french else "README.md")
    start = "0 fait" if french else "0 done"
    return start + page.read_text("utf-8").split(f"\n{start}", 1)[1].split("\n\n", 1)[0]


def _variables(commands: dict[str, click.Command]) -> dict[str, str]:
    """Return each variable of the environment that gives an option its default, with the option."""
    return {
        parameter.envvar: f"{max(parameter.opts, key=len)} ({name})"
        for name, command in reversed(commands.items())
        for parameter in command.params
        if isinstance(parameter.envvar, str)
    }


def _escaped(text: str) -> str:
    r"""Return text as roff prints it.

    >>> print(_escaped(".so --force\\"))
    \&.so \-\-force\e
    """
    told = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{told}" if told[:1] in {".", "'"} else told


def main() -> None:
    """Write the pages; with --print, show the one of the user's language."""
    if "--print" in sys.argv[1:]:
        sys.stdout.write(manual())
        return
    for code, page in PAGES.items():
        page.parent.mkdir(exist_ok=True)
        page.write_bytes(printed(code))


def printed(code: str) -> bytes:
    """Return the page in the language called ``code``."""
    shown = [sys.executable, __file__, "--print"]
    environment = {**os.environ, "HAUTEVOIX_LANG": code, "PYTHONUTF8": "1"}
    done = subprocess.run(shown, stdout=subprocess.PIPE, env=environment, check=True)  # noqa: S603 - ours
    return done.stdout


if __name__ == "__main__":
    main()
