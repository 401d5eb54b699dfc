"""Defaults of options, from files: ``hautevoix.toml`` of the user and of the working folder.

A table is a command (``[build]``, ``[store.gc]``), a key one of its options by its long name. What
is there to be set is asked of the commands themselves. The command line goes before the
environment, that before the folder's file, that before the user's.
"""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import platformdirs

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.parsing.bounded import LARGEST_TOML, file_bytes, toml_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NAME = "hautevoix.toml"
VARIABLE = "HAUTEVOIX_CONFIG"
"""The environment variable that names another file in the place of the user's."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A default that a file gives to an option: as click takes it, and as it stands there."""

    option: click.Option
    value: Any
    written: Any
    file: Path


def files() -> tuple[Path, Path]:
    """Return where the user's file is or would be, and the working folder's."""
    own = os.environ.get(VARIABLE)
    user = Path(own) if own else platformdirs.user_config_path("hautevoix") / NAME
    return user, Path(NAME)


def default_map(name: str, command: click.Command, known: Iterable[str]) -> dict[str, Any]:
    """Return click's defaults for the ``command`` called ``name``, of those ``known``.

    Raises InputError for a file that can't be read, a command or an option that there is not, and a
    value that the option doesn't take, with the file's name.
    """
    return _values(settings(name, command, known))


def settings(name: str, command: click.Command, known: Iterable[str]) -> dict[str, Any]:
    """Return what the files set of a command, by its parameters' names; by command in a group.

    Each is a Setting, or for a command within a group a dictionary of them. Raises as
    ``default_map``.
    """
    found: dict[str, Any] = {}
    for file in files():
        table = _read(file)
        for key, value in table.items():
            if not isinstance(value, dict):
                raise InputError(
                    tr("{file}: “{key}” stands in no table.", file=file, key=key),
                    advice=tr("Put it under its command: [build]."),
                )
            _check(key, known, f"{file}", tr("command"))
        _merge(found, _told(command, table.get(name, {}), file, name))
    return found


def _values(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: one.value if isinstance(one, Setting) else _values(one) for key, one in told.items()
    }


def _merge(under: dict[str, Any], over: Mapping[str, Any]) -> None:
    """Put what is ``over`` on what is ``under``, within the tables of groups too."""
    for key, value in over.items():
        if isinstance(value, dict) and key in under:
            _merge(under[key], value)
        else:
            under[key] = value


def _read(file: Path) -> dict[str, Any]:
    """Return the file's tables, none where it is not there. Raises InputError."""
    advice = tr("Correct it, or move it away.")
    try:
        return toml_table(file_bytes(file, 4 * LARGEST_TOML).decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):  # HOME=/dev/null, for one
        return {}
    except OSError as error:
        why = tr("{path}: {strerror}.", path=file, strerror=error.strerror)
        raise InputError(why, advice=advice) from None
    except UnicodeDecodeError:
        raise InputError(tr("{file}: not UTF-8.", file=file), advice=advice) from None
    except ValueError as error:
        raise InputError(
            tr("{file}: not valid TOML: {error}.", file=file, error=error), advice=advice
        ) from None


def _told(command: click.Command, table: Any, file: Path, path: str) -> dict[str, Any]:
    """Return what ``table`` sets of ``command``, which is called ``path``. Raises InputError."""
    where = f"{file}: [{path}]"
    parts = command.commands if isinstance(command, click.Group) else {}
    named = {long_name(option): option for option in options(command)}
    found: dict[str, Any] = {}
    for key, value in table.items():
        if parts and isinstance(value, dict):
            _check(key, parts, where, tr("command"))
            found[key] = _told(parts[key], value, file, f"{path}.{key}")
            continue
        _check(key, named, where, tr("option"))
        option = named[key]
        taken = _taken(option, value, f"{where} {key}")
        found[str(option.name)] = Setting(option, taken, value, file)
    return found


def options(command: click.Command) -> Iterator[click.Option]:
    """Yield the options of a command that may have a default: not --help and its like."""
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.is_eager:
            yield parameter


def long_name(option: click.Option) -> str:
    """Return an option's long name, without its dashes: « store-limit »."""
    return max(option.opts, key=len).lstrip("-")


def _check(key: str, known: Iterable[str], where: str, kind: str) -> None:
    known = list(known)
    if key not in known:
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        raise InputError(
            tr("{where}: there is no {kind} « {key} ».", where=where, kind=kind, key=key),
            advice=tr("Did you mean “{near}”?", near=near[0])
            if near
            else tr("Known: {known}.", known=", ".join(known)),
        )


def _taken(option: click.Option, value: Any, where: str) -> Any:
    """Return a value as a command line would give it to ``option``. Raises InputError."""
    given = _given(option, value, where)
    context = click.Context(click.Command(str(option.name)))
    try:
        option.type_cast_value(context, given)
    except click.BadParameter as error:
        raise InputError(
            tr("{path}: {why}", path=where, why=error.message),
            advice=tr("Correct it, or take it out."),
        ) from None
    return given


def _given(option: click.Option, value: Any, where: str) -> Any:
    """Return a TOML value as text, or as the truth of a flag. Raises InputError."""
    if option.is_flag != isinstance(value, bool) or isinstance(value, dict):
        wanted = tr("true or false") if option.is_flag else tr("a text, a number or a list")
        raise InputError(
            tr("{where} must be {wanted}.", where=where, wanted=wanted),
            advice=tr("Correct it, or take it out."),
        )
    if isinstance(value, bool):
        return value
    several = value if isinstance(value, list) else [value]
    told = [str(one) for one in several]
    return told if option.multiple else ",".join(told)
