"""The table of commands, and what their failures tell: one line, one exit code."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Any

import click

from hautevoix import __version__
from hautevoix.cli import stopping
from hautevoix.errors import BUG, DiskError, HautevoixError

COMMANDS = {
    "build": "Make the audiobook: an MP3 with chapters.",
    "publish": "Make a podcast and its pages, for any static host.",
    "preview": "Serve a published site on this machine.",
    "check": "Tell what a listener or a directory would reject.",
    "outline": "Show what the segmenter understood, and its doubts.",
    "script": "Show what will be said, sentence by sentence.",
    "spoken": "Show how lines are read aloud.",
    "say": "Speak one sentence to a WAV or MP3 file.",
    "doctor": "Say what is installed, what is missing, and how to get it.",
    "voices": "List the engines and their French voices; install more.",
}


_RESUMED = {
    "build": " What was spoken is kept: the same command resumes.",
    "voices": " What arrived is kept: the same command goes on from there.",
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


class _StoppedError(Exception):
    """The user stopped it; what to say is its text."""


class _UnheardError(Exception):
    """The reader of our output has gone, as « head » does."""


class _Commands(click.Group):
    """Commands that are imported only when they are asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; tell Ctrl-C and a closed pipe in ways that click does not settle."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, Exception) as error:
            if stopping.asked() or isinstance(error, KeyboardInterrupt | click.Abort):
                resumed = _RESUMED.get(ctx.invoked_subcommand or "", "")
                raise _StoppedError(f"stopped.{resumed}") from error
            if isinstance(error, BrokenPipeError):  # click leaves with 1: « with losses »
                raise _UnheardError from error
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if ctx.resilient_parsing or ctx.invoked_subcommand is None:
            return _described(cmd_name)
        return _imported(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Import the command that was asked for, and no other."""
        name = args[0]
        if name in COMMANDS:
            return name, _imported(name), args[1:]
        return super().resolve_command(ctx, args)


def _imported(name: str) -> click.Command:
    command = import_module(f"hautevoix.cli.{name}").command
    assert isinstance(command, click.Command)  # noqa: S101 - each command's module defines it
    return command


def _described(name: str) -> click.Command:
    """Return a stand-in that the list of commands can show without importing anything."""
    return click.Command(name, help=COMMANDS[name])


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="First steps: hautevoix outline letters/lettre.txt, then hautevoix build on the same.",
)
@click.version_option(__version__, prog_name="hautevoix")
def cli() -> None:
    """Turn French texts into audiobooks, read aloud as a narrator would.

    A text goes in; out comes an MP3 with chapters. Offline, with nothing else to install.
    """


def run() -> int:
    """Run the command that was asked for; return the exit code that errors.py tells."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without French letters gets « ? » for them
            stream.reconfigure(errors="replace")
    try:
        result = cli.main(prog_name="hautevoix", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except HautevoixError as error:
        click.echo(f"hautevoix: {error}", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort, _StoppedError) as error:
        told = str(error) if isinstance(error, _StoppedError) else "stopped."
        click.echo(f"hautevoix: {told}", err=True)
        return stopping.exit_code()
    except (BrokenPipeError, _UnheardError):
        _drop_output()
        return 128 + 13
    except Exception as error:  # the one place that may: it says so and shows where
        if "HAUTEVOIX_DEBUG" in os.environ:
            raise
        return _unforeseen(error)
    return result if isinstance(result, int) else 0


def _unforeseen(error: Exception) -> int:
    """Tell an error that nothing closer to it foresaw; return its exit code."""
    if isinstance(error, OSError) and error.errno in _FULL:  # « script … >/dev/full »
        _drop_output()
        click.echo(f"hautevoix: {_unwritten(error)}", err=True)
        return DiskError.exit_code
    click.echo(
        f"hautevoix: a bug of ours, sorry: {type(error).__name__}: {error}. "
        "Set HAUTEVOIX_DEBUG=1 to see where, and please report it.",
        err=True,
    )
    return BUG


def _unwritten(error: OSError) -> DiskError:
    where = str(error.filename or "The output")
    return DiskError(
        f"{where} can't be written: {error.strerror or error}.",
        advice="Free some space, or send it elsewhere.",
    )


def _drop_output() -> None:
    """Have nobody try again to write what could not be written."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
