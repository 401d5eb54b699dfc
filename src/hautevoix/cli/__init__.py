"""The commands: gather what the user gave, call the pipeline, print."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from hautevoix import __version__
from hautevoix.errors import BUG, INTERRUPTED, HautevoixError

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


class _Commands(click.Group):
    """Commands that are imported only when they are asked for."""

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


def main() -> None:
    """Run the command line and leave with the exit code that errors.py tells."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without French letters gets « ? » for them
            stream.reconfigure(errors="replace")
    sys.exit(_run())


def _run() -> int:
    try:
        result = cli.main(prog_name="hautevoix", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except HautevoixError as error:
        click.echo(f"hautevoix: {error}", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(
            "hautevoix: stopped. What was spoken is kept: the same command resumes.", err=True
        )
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as « head » does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + 13
    except Exception as error:  # the one place that may: it says so and shows where
        if "HAUTEVOIX_DEBUG" in os.environ:
            raise
        click.echo(
            f"hautevoix: a bug of ours, sorry: {type(error).__name__}: {error}. "
            "Set HAUTEVOIX_DEBUG=1 to see where, and please report it.",
            err=True,
        )
        return BUG
    return result if isinstance(result, int) else 0
