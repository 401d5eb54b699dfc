"""Makes man/hautevoix.1 of what the commands say of themselves: script/man, after help has changed.

One page for all commands, as a reader searches it. (click-man makes a page for each, without the
paragraphs' breaks, exit codes or variables.)
"""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "man" / "hautevoix.1"


def manual() -> str:
    """Return the page, in roff."""
    from hautevoix.cli.commands import COMMANDS, cli  # noqa: PLC0415 - after the language is set

    commands = {name: import_module(f"hautevoix.cli.{name}").command for name in COMMANDS}
    lines = [
        '.TH HAUTEVOIX 1 "" "" "User Commands"',
        *(".SH NAME", r"hautevoix \- turns French texts into audiobooks"),
        *(".SH SYNOPSIS", r"\fBhautevoix\fR \fICOMMAND\fR [\fIOPTION\fR]... [\fIARGUMENT\fR]..."),
        *(".SH DESCRIPTION", *_prose(cli.help or "")),
        ".SH COMMANDS",
    ]
    for name, command in commands.items():
        lines += _command(command, f"hautevoix {name}")
    lines += [".SH EXIT STATUS", *_prose(_exit_codes())]
    lines += [".SH ENVIRONMENT"]
    for variable, option in sorted(_variables(commands).items()):
        lines += [".TP", rf"\fB{variable}\fR", f"The default of {_escaped(option)}."]
    lines += [".TP", r"\fBHAUTEVOIX_LANG\fR", "The language of messages: en or fr."]
    lines += [".SH FILES", ".TP", r"\fBTEXT.toml\fR", _escaped("What TEXT does not say of itself.")]
    lines += [".TP", r"\fBhautevoix.toml\fR"]
    lines += [_escaped("Defaults of options, here and where hautevoix config --path says.")]
    return "\n".join(lines) + "\n"


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
            yield _escaped(" ".join(record[1].split()))
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
    """Return what the README says of exit codes, which a test holds against the code."""
    readme = (ROOT / "README.md").read_text("utf-8")
    return "0 done" + readme.split("\n0 done", 1)[1].split("\n\n", 1)[0]


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
    """Write the page; with --print, show it."""
    os.environ["HAUTEVOIX_LANG"] = "en"
    page = manual()
    if "--print" in sys.argv[1:]:
        sys.stdout.write(page)
    else:
        PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
