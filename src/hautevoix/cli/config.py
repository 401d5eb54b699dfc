"""``hautevoix config``: which options have which default, and where that was said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import defaults
from hautevoix.errors import Secret
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class _Held:
    """What holds for an option of a command where the command line says nothing.

    ``source`` is « environment », « file » or « default »; ``place`` the variable or the file.
    """

    command: str
    option: str
    value: Any
    source: str
    place: str = ""


@click.command("config")
@click.argument("name", metavar="[COMMAND]", required=False)
@click.option("--path", "as_paths", is_flag=True, help="Only say which files are looked for.")
@click.option("--json", "as_json", is_flag=True, help="For programs: an object a line.")
def command(name: str | None, *, as_paths: bool, as_json: bool) -> None:
    """Show which options were given other defaults, and where; of a COMMAND, every option.

    Defaults stand in hautevoix.toml, in your configuration folder and in the working folder, whose
    file goes before yours: under [build], voice = "ff_siwis", format = ["mp3", "m4b"].

    \b
    $ hautevoix config build
    """  # noqa: D301 - click wants the real backspace before an example
    if as_paths:
        for file in defaults.files():
            click.echo(str(file) if file.exists() else tr("{file} (not there)", file=file))
        return
    from hautevoix.cli.commands import COMMANDS  # noqa: PLC0415 - it imports the commands

    if name is not None and name not in COMMANDS:
        raise click.BadParameter(tr("there is no command « {name} ».", name=name))
    rows = [row for one in ([name] if name else COMMANDS) for row in _held(one, COMMANDS)]
    shown = rows if name else [row for row in rows if row.source != "default"]
    for row in shown:
        click.echo(_as_json(row) if as_json else _line(row))
    if not shown and not as_json:
        click.echo(tr("Nothing is set: see hautevoix config --help."), err=True)


def _held(name: str, known: Mapping[str, str]) -> Iterator[_Held]:
    """Yield what holds of each option of a command, and of those within it."""
    told: click.Command = import_module(f"hautevoix.cli.{name}").command
    yield from _of(told, name, defaults.settings(name, told, known))


def _of(told: click.Command, path: str, set_there: Mapping[str, Any]) -> Iterator[_Held]:
    context = click.Context(told)
    for option in defaults.options(told):
        long, name = defaults.long_name(option), str(option.name)
        variable = option.resolve_envvar_value(context)
        if variable is not None:
            place = option.envvar if isinstance(option.envvar, str) else ""
            yield _Held(path, long, Secret.redacted(str(variable)), "environment", place or "")
        elif name in set_there:
            setting = set_there[name]
            yield _Held(path, long, setting.written, "file", str(setting.file))
        else:
            yield _Held(path, long, _plain(option.get_default(context)), "default")
    for name, part in getattr(told, "commands", {}).items():
        yield from _of(part, f"{path}.{name}", set_there.get(name, {}))


def _plain(value: Any) -> Any:
    """Return a default as JSON has it."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _as_json(row: _Held) -> str:
    told = {
        "command": row.command,
        "option": row.option,
        "value": row.value,
        "source": row.source,
        "place": row.place or None,
    }
    return json.dumps(told, ensure_ascii=False, default=str)


def _line(row: _Held) -> str:
    value = "-" if row.value is None else json.dumps(row.value, ensure_ascii=False, default=str)
    return f"{row.command}\t--{row.option}\t{value}\t{row.place or tr('default')}"
