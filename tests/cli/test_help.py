"""What ``--help`` tells of each command, option and example."""

from __future__ import annotations

import shlex
from importlib import import_module
from typing import TYPE_CHECKING

import click
import pytest

from hautevoix.cli.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator


def _parts(command: click.Command) -> Iterator[click.Command]:
    yield command
    for part in getattr(command, "commands", {}).values():
        yield from _parts(part)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_tells_what_it_does_and_what_it_takes(name: str) -> None:
    """None is without a help of its own, nor with a type's name for a word a user knows."""
    command = import_module(f"hautevoix.cli.{name}").command
    for part in _parts(command):
        for option in (one for one in part.params if isinstance(one, click.Option)):
            assert option.help, option.name
            named = option.metavar or option.is_flag or isinstance(option.type, click.Choice)
            assert named, option.name


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_is_understood(name: str) -> None:
    """What help shows behind a « $ » has options and values that its command takes."""
    help_of = import_module(f"hautevoix.cli.{name}").command.help or ""
    lines = [line.strip() for line in help_of.splitlines() if line.strip().startswith("$ ")]
    for line in lines:
        _, called, *arguments = shlex.split(line.removeprefix("$ ").partition(" > ")[0])
        command = import_module(f"hautevoix.cli.{called}").command
        assert command.make_context(called, arguments).params
