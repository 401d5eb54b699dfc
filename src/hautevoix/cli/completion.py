"""``hautevoix completion``: what a shell is to be told once, so that it completes."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_HAUTEVOIX_COMPLETE"
"""The environment variable by which a shell asks what may come; click's form."""


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print what makes a SHELL complete commands, options, engines, voices, formats and files.

    \b
    $ hautevoix completion bash > ~/.local/share/bash-completion/completions/hautevoix
    $ hautevoix completion zsh > ~/.zfunc/_hautevoix    # a folder of your fpath
    $ hautevoix completion fish > ~/.config/fish/completions/hautevoix.fish
    """  # noqa: D301 - click wants the real backspace before an example
    from hautevoix.cli.commands import cli  # noqa: PLC0415 - it imports the commands

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click has these three
    script = ShellComplete.source(kind(cli, {}, "hautevoix", VARIABLE))
    click.echo(script, nl=False)
