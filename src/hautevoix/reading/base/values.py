"""Values of a sidecar, each taken with its key and the place that errors name, or refused."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from hautevoix.errors import InputError
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def unknown(key: str, known: Iterable[str], near: list[str], where: str) -> InputError:
    """Return what tells that ``key`` is not ``known``, and which ones are ``near``."""
    return InputError(
        tr("{where}: unknown key “{key}”.", where=where, key=key),
        advice=tr("Did you mean “{near}”?", near=near[0])
        if near
        else tr("Known keys: {known}.", known=", ".join(known)),
    )


def check_keys(table: Iterable[str], known: Iterable[str], where: str) -> None:
    """Raise InputError for a key of ``table`` that is not ``known``, naming the nearest."""
    known = list(known)
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            raise unknown(key, known, near, where)


def wrong(where: str, key: str, wanted: str, value: object) -> InputError:
    """Return what tells that ``value`` is not what is ``wanted``, in words."""
    kind = _kind(value)
    return InputError(
        tr(
            "{where}: “{key}” must be {wanted}, not {kind}.",
            where=where,
            key=key,
            wanted=wanted,
            kind=kind,
        ),
        advice=tr("Correct it."),
    )


def _kind(value: object) -> str:
    """Return what a value of TOML is, as its readers call it."""
    kinds = {
        bool: tr("true or false"),
        str: tr("a string"),
        int: tr("a number"),
        float: tr("a decimal number"),
        list: tr("a list"),
        dict: tr("a table"),
    }
    return kinds.get(type(value), tr("a date or a time"))


def string(value: object, key: str, where: str) -> str:
    """Return a text without the spaces around it. Raises InputError for none, and an empty one."""
    if not isinstance(value, str):
        raise wrong(where, key, tr("a string"), value)
    if not value.strip():
        raise InputError(
            tr("{where}: “{key}” is empty.", where=where, key=key),
            advice=tr("Fill it in or take it out."),
        )
    return value.strip()


def table(value: object, key: str, where: str) -> dict[str, Any]:
    """Return a table. Raises InputError for what is none."""
    if not isinstance(value, dict):
        raise wrong(where, key, tr("a table"), value)
    return value


def flag(value: object, key: str, where: str) -> bool:
    """Return true or false. Raises InputError for anything else."""
    if not isinstance(value, bool):
        raise wrong(where, key, tr("true or false"), value)
    return value


def within(limits: tuple[float, float]) -> Callable[[object, str, str], float]:
    """Return what takes a number between ``limits``."""
    low, high = limits

    def take(value: object, key: str, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise wrong(where, key, tr("a number"), value)
        if not low <= value <= high:
            raise InputError(
                tr(
                    "{where}: “{key}” must be between {low:g} and {high:g}.",
                    where=where,
                    key=key,
                    low=low,
                    high=high,
                ),
                advice=tr("It says {value}.", value=value),
            )
        return float(value)

    return take


def whole(value: object, key: str, where: str) -> int:
    """Return a number from 1 up. Raises InputError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(where, key, tr("a whole number"), value)
    if value < 1:
        raise InputError(
            tr("{where}: “{key}” counts from 1 up.", where=where, key=key),
            advice=tr("It says {value}.", value=value),
        )
    return value


def entries(
    value: object, key: str, where: str, fields: dict[str, Callable[[object, str, str], Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each table of a list of tables: its place, for errors, and its values as taken."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise wrong(where, key, f"[[{key}]]", value)
    for number, one in enumerate(value, start=1):
        place = f"{where}: [[{key}]] {number}"
        check_keys(one, fields, place)
        yield place, {name: fields[name](told, name, place) for name, told in one.items()}
