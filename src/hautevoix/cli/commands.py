"""The table of commands, and what their failures tell: one line, one exit code."""

from __future__ import annotations

import contextlib
import difflib
import errno
import os
import re
import shlex
import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO

import click

from hautevoix import __version__
from hautevoix.cli import stopping, terminal
from hautevoix.cli.defaults import default_map
from hautevoix.cli.help_language import speak, translated
from hautevoix.errors import BUG, DiskError, HautevoixError, Secret, on_one_line
from hautevoix.localization import noop, tr
from hautevoix.runtime.memory import check_memory
from hautevoix.runtime.shortage import is_short, shortage
from hautevoix.runtime.working_folder import check_working_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMANDS = {
    "build": "Make the audiobook: an MP3 with chapters.",
    "proof": "Listen to an audiobook, by program: which sentences are suspect.",
    "init": "Write a text's sidecar, its settings: what was understood, what to put right.",
    "retake": "Have a sentence said otherwise: another take, pace, voice or spelling.",
    "publish": "Make a podcast and its pages, for any static host.",
    "preview": "Serve a published site on this machine.",
    "check": "Tell what a listener or a directory would reject.",
    "outline": "Show what the segmenter understood, and its doubts.",
    "script": "Show what will be said, sentence by sentence.",
    "spoken": "Show how lines are read aloud.",
    "names": "List a text's proper names, how each is said, and what is doubted.",
    "say": "Speak one sentence to a WAV or MP3 file.",
    "config": "Show which options were given other defaults, and where.",
    "completion": "Print what makes bash, zsh or fish complete commands by Tab.",
    "doctor": "Say what is installed, what is missing, and how to get it.",
    "voices": "List the engines and their French voices; install more.",
    "store": "Tell what is kept of what was spoken; look for damage; make room.",
}


_RESUMED = {
    "build": noop(" What was spoken is kept: the same command resumes."),
    "proof": noop(" What was heard is kept: the same command goes on from there."),
    "voices": noop(" What arrived is kept: the same command goes on from there."),
}
_NO_OPTION = re.compile(r"-[^A-Za-z-]")  # « -40 °C », « -- » being for words like that
_NUMERICAL = {"build", "say", "publish", "check"}  # those that load numerical libraries
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
_OUT_OF_REACH = {errno.EACCES, errno.EPERM, errno.EROFS, getattr(errno, "ESTALE", errno.EACCES)}


class _StoppedError(Exception):
    """The user stopped it; what to say is its text."""


class _UnheardError(Exception):
    """The reader of our output has gone, as « head » does."""


class _Commands(click.Group):
    """Commands that are imported only when they are asked for."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Understand the command line; ``--version`` and ``--help`` are answered here."""
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError as error:  # as below
            raise _UnheardError from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; tell Ctrl-C and a closed pipe in ways that click does not settle."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, Exception) as error:
            if stopping.asked() or isinstance(error, KeyboardInterrupt | click.Abort):
                resumed = tr(_RESUMED.get(ctx.invoked_subcommand or "", ""))
                raise _StoppedError(tr("stopped.") + resumed) from error
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
            if ctx.resilient_parsing:  # a shell that completes has no command at hand
                return name, _imported(name), args[1:]
            check_working_folder()
            command = _imported(name)
            HautevoixError.options = _options(command, args[1:])
            if name != "config":  # it tells what is wrong with them
                ctx.default_map = {name: default_map(name, command, COMMANDS)}
            return name, command, args[1:]
        if ctx.resilient_parsing:  # a shell asks what may come
            return None, None, args
        raise click.UsageError(
            tr("No such command: « {name} ». {meant}", name=name, meant=_meant(name)).strip(), ctx
        )


def _options(command: click.Command, arguments: Sequence[str]) -> set[str]:
    """Return the names of a command's options, or of that one's of a group that is asked for."""
    part = getattr(command, "commands", {}).get(arguments[0]) if arguments else None
    return {name for one in (part or command).params for name in (*one.opts, *one.secondary_opts)}


def _meant(name: str) -> str:
    """Return what one who asks for a command called ``name`` may have meant."""
    if os.path.isfile(name):  # noqa: PTH113 - Path.is_file raises on a name that is too long
        return tr("For the audiobook of a text: hautevoix build {quote}", quote=shlex.quote(name))
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    return tr("Did you mean {near}?", near=near[0]) if near else ""


def _imported(name: str) -> click.Command:
    if name in _NUMERICAL:
        check_memory()
    command = import_module(f"hautevoix.cli.{name}").command
    assert isinstance(command, click.Command)  # noqa: S101 - each command's module defines it
    return translated(command)


def _described(name: str) -> click.Command:
    """Return a stand-in that the list of commands can show without importing anything."""
    return click.Command(name, help=tr(COMMANDS[name]))


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="First steps, with a text of yours: hautevoix outline livre.epub, then hautevoix build "
    "livre.epub. Each command tells its options: hautevoix build --help.",
)
@click.version_option(__version__, prog_name="hautevoix")
def cli() -> None:
    """Turn French texts into audiobooks, read aloud as a narrator would.

    A text goes in; out comes an MP3 with chapters. Offline, with nothing else to install.
    """


def run() -> int:
    """Run the command that was asked for; return the exit code that errors.py tells."""
    terminal.guard()
    try:
        return _run()
    finally:
        HautevoixError.options = None


def _run() -> int:
    try:
        speak()
        translated(cli)
        result = cli.main(prog_name="hautevoix", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        return _misused(error)
    except HautevoixError as error:
        return _tell(str(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort, _StoppedError) as error:
        told = str(error) if isinstance(error, _StoppedError) else tr("stopped.")
        return _tell(told, stopping.exit_code())
    except (BrokenPipeError, _UnheardError):
        _drop(sys.stdout, sys.stderr)
        return 128 + 13
    except Exception as error:  # noqa: BLE001 - the one place that may: it says so and shows where
        if "HAUTEVOIX_DEBUG" in os.environ:
            with _if_heard():
                click.echo(Secret.redacted(traceback.format_exc()), err=True)
        return _unforeseen(error)
    return result if isinstance(result, int) else 0


def _misused(error: click.ClickException) -> int:
    """Tell what is wrong with a command, on one line, and where its use is told."""
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):  # click 8.2
        with _if_heard():
            error.show()
        return error.exit_code
    told = on_one_line(error.format_message())
    if isinstance(error, click.NoSuchOption) and _NO_OPTION.match(error.option_name):
        told = tr("{told}. Words that begin with a hyphen come after « -- ».", told=told)
    context = getattr(error, "ctx", None)
    return _tell(
        tr("{told} See: {command} --help", told=told, command=context.command_path)
        if context
        else told,
        error.exit_code,
    )


def _unforeseen(error: Exception) -> int:
    """Tell an error that nothing closer to it foresaw; return its exit code."""
    if isinstance(error, OSError) and error.errno in _FULL:  # « script … >/dev/full »
        _drop(sys.stdout)
        return _tell(str(_unwritten(error)), DiskError.exit_code)
    if isinstance(error, OSError) and error.errno in _OUT_OF_REACH and error.filename:
        return _tell(str(_out_of_reach(error)), DiskError.exit_code)
    if is_short(error):
        return _tell(str(shortage(error)), DiskError.exit_code)
    if isinstance(error, ImportError) and not isinstance(error, ModuleNotFoundError):
        return _tell(str(_unloaded(error)), DiskError.exit_code)
    what = f"{type(error).__name__}: {error}".rstrip(".")
    return _tell(
        tr(
            "a bug of ours, sorry: {what}. Set HAUTEVOIX_DEBUG=1 to see where, and "
            "please report it.",
            what=what,
        ),
        BUG,
    )


def _tell(line: str, exit_code: int) -> int:
    """Tell why we leave, and return the exit code, which stands even if nobody can be told."""
    with _if_heard():
        click.echo(f"hautevoix: {Secret.redacted(line)}", err=True)
    return exit_code


@contextlib.contextmanager
def _if_heard() -> Iterator[None]:
    try:
        yield
    except OSError:  # stderr is on a full disk, or its reader has gone
        _drop(sys.stderr)


def _unloaded(error: ImportError) -> DiskError:
    """Return what tells of a library that can't be loaded: the disk fails, or it is torn."""
    told = " ".join(str(error).split())[:300].rstrip(".")
    return DiskError(
        tr("A part of what is installed can't be loaded: {told}.", told=told),
        advice=tr("Check the disk, or install Hautevoix again."),
    )


def _out_of_reach(error: OSError) -> DiskError:
    """Return what tells of a file or folder that the system keeps from this user."""
    return DiskError(
        tr("{path}: {strerror}.", path=os.fsdecode(error.filename), strerror=error.strerror),
        advice=tr("Get the right to it, or name another."),
    )


def _unwritten(error: OSError) -> DiskError:
    where = str(error.filename or tr("The output"))
    return DiskError(
        tr("{where} can't be written: {strerror}.", where=where, strerror=error.strerror or error),
        advice=tr("Free some space, or send it elsewhere."),
    )


def _drop(*streams: TextIO | None) -> None:
    """Have nobody try again to write what could not be written."""
    for stream in streams:
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
