"""Frozen values as JSON, and back with every one checked: files may be edited, damaged, hostile.

A dataclass is a table of its fields, a tuple a list, an enumeration its value.
"""

from __future__ import annotations

import json
import math
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from hautevoix.localization import tr
from hautevoix.parsing.bounded import json_value

T = TypeVar("T")
_Text = Callable[[str], str]
_EXACT = 1 << 53  # whole numbers below it are exact as floats; one of 400 digits is none at all


def encoded(value: object) -> bytes:
    r"""Return ``value`` as it is kept and passed on: in ASCII, lone surrogates too.

    >>> encoded(("été", 1, None))
    b'["\\u00e9t\\u00e9", 1, null]'
    """
    return json.dumps(value, default=_plain).encode("ascii")


def line(value: object) -> str:
    """Return ``value`` on one line, as people can read it.

    >>> line(("été", 1))
    '["été", 1]'
    """
    return json.dumps(value, ensure_ascii=False, default=_plain)


def document(value: object) -> bytes:
    """Return ``value`` as a file that people may look into: UTF-8, a value a line."""
    return (json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def decoded(kind: type[T], data: str | bytes, text: _Text = str) -> T:
    """Return what JSON holds as a ``kind``, as ``checked`` does.

    >>> decoded(tuple[int, ...], "[1, 2]")
    (1, 2)
    """
    return checked(kind, json_value(data), text)


def checked(kind: type[T], data: object, text: _Text = str) -> T:
    """Return ``data``, as JSON holds it, as a ``kind``: a dataclass of texts, numbers and tuples.

    ``text`` is done to each text. Raises ValueError for what is missing, unknown, of another type,
    or not finite.

    >>> checked(tuple[str, int], ["un", "2"])
    Traceback (most recent call last):
    ValueError: « it » is not what it should be
    """
    result: T = _value(kind, data, "it", text)
    return result


def _plain(value: Any) -> Any:
    """Return what json does not know as what it does."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _value(kind: Any, data: Any, name: str, text: _Text) -> Any:
    if is_dataclass(kind):
        return _dataclass(kind, data, name, text)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), data, name, text)
    if get_origin(kind) is dict:
        _, of = get_args(kind)
        table = _table(data, name)
        return {text(key): _value(of, value, key, text) for key, value in table.items()}
    if isinstance(kind, types.UnionType):  # a value that may be None
        return None if data is None else _value(get_args(kind)[0], data, name, text)
    if issubclass(kind, Enum):
        return kind(data)
    fits = type(data) is kind or (kind is float and type(data) is int and abs(data) < _EXACT)
    if not fits or (kind is float and not math.isfinite(data)):
        raise ValueError(tr("« {name} » is not what it should be", name=name))
    return text(data) if kind is str else data


def _table(data: Any, name: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError(tr("« {name} » holds no table", name=name))  # noqa: TRY004 - of the file, not of ours
    return data


def _dataclass(kind: Any, data: Any, name: str, text: _Text) -> Any:
    table = _table(data, name)
    hints, needed = _described(kind)
    for wrong in sorted(table.keys() - hints.keys()):
        raise ValueError(tr("« {wrong} » is unknown", wrong=wrong))
    for lacking in sorted(needed - table.keys()):
        raise ValueError(tr("« {lacking} » is missing", lacking=lacking))
    return kind(**{key: _value(hints[key], value, key, text) for key, value in table.items()})


@cache
def _described(kind: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the types of a dataclass's fields, and the names of those that have no default."""
    without = (
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    )
    return get_type_hints(kind), frozenset(without)


def _tuple(kinds: tuple[Any, ...], data: Any, name: str, text: _Text) -> tuple[Any, ...]:
    if not isinstance(data, (list, tuple)):
        raise ValueError(tr("« {name} » holds no list", name=name))  # noqa: TRY004 - of the file, not of ours
    if kinds[-1] is ...:
        return tuple(_value(kinds[0], each, name, text) for each in data)
    if len(kinds) != len(data):
        raise ValueError(tr("« {name} » does not hold {kinds} values", name=name, kinds=len(kinds)))
    return tuple(_value(kind, each, name, text) for kind, each in zip(kinds, data, strict=True))
