"""``hautevoix completion``: what a shell is to be told once, so that it completes."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

VARIABLE = "_HAUTEVOIX_COMPLETE"
"""The environment variable by which a shell asks what may come; click's form."""


class _Bash(BashComplete):
    """click's, but no space comes after « note= », which is half of a value."""

    source_template = BashComplete.source_template.replace(
        "COMPREPLY+=($value)", "COMPREPLY+=($value); [[ $value == *= ]] && compopt -o nospace"
    )


class _Zsh(ZshComplete):
    """click's, but for a file of fpath: after its first call it is a function like any other.

    No space comes after « note= » here either.
    """

    source_template = ZshComplete.source_template.replace(
        "== loadautofunc ]]", "== (loadautofunc|shfunc) ]]"
    ).replace(
        "compadd -U",
        """local -a bare; [[ $completions[1] == *= ]] && bare=(-S '')
        compadd "${bare[@]}" -U""",
    )


class _Fish(FishComplete):
    """click's, but a value may hold commas: « mp3,m4b »."""

    source_template = FishComplete.source_template.replace(
        'string split ","', 'string split --max 1 ","'
    )


SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}
"""What each shell is told, by its name."""


@click.command("completion")
@click.argument("shell", type=click.Choice(tuple(SHELLS)))
def command(shell: str) -> None:
    """Print what makes a SHELL complete commands, options, engines, voices, formats and files.

    \b
    $ hautevoix completion bash > ~/.local/share/bash-completion/completions/hautevoix
    $ hautevoix completion zsh > ~/.zfunc/_hautevoix    # a folder of your fpath
    $ hautevoix completion fish > ~/.config/fish/completions/hautevoix.fish
    """  # noqa: D301 - click wants the real backspace before an example
    from hautevoix.cli.commands import cli  # noqa: PLC0415 - it imports the commands

    script = ShellComplete.source(SHELLS[shell](cli, {}, "hautevoix", VARIABLE))
    click.echo(script, nl=False)
