"""JSON back into frozen dataclasses, every value checked: files may be edited, damaged, hostile."""

from __future__ import annotations

import math
import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from hautevoix.publishing.typography import clean

T = TypeVar("T")


def decoded(kind: type[T], data: object) -> T:
    """Return ``data``, as JSON holds it, as a ``kind``: a dataclass of texts, numbers and tuples.

    Texts come back clean. Raises ValueError for what is missing, unknown, of another type, or not
    finite.

    >>> decoded(tuple[int, ...], [1, 2])
    (1, 2)
    """
    result: T = _value(kind, data, "it")
    return result


def _value(kind: Any, data: Any, name: str) -> Any:
    if is_dataclass(kind):
        return _dataclass(kind, data, name)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), data, name)
    if isinstance(kind, types.UnionType):  # a value that may be None
        return None if data is None else _value(get_args(kind)[0], data, name)
    fits = type(data) is kind or (kind is float and type(data) is int)
    if not fits or (kind is float and not math.isfinite(data)):
        raise ValueError(f"« {name} » is not what it should be")
    return clean(data) if kind is str else data


def _dataclass(kind: Any, data: Any, name: str) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"« {name} » holds no table")  # noqa: TRY004 - of the file, not of ours
    hints, needed = _described(kind)
    for wrong in sorted(data.keys() - hints.keys()):
        raise ValueError(f"« {wrong} » is unknown")
    for lacking in sorted(needed - data.keys()):
        raise ValueError(f"« {lacking} » is missing")
    return kind(**{key: _value(hints[key], value, key) for key, value in data.items()})


@cache
def _described(kind: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the types of a dataclass's fields, and the names of those that have no default."""
    without = (
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    )
    return get_type_hints(kind), frozenset(without)


def _tuple(kinds: tuple[Any, ...], data: Any, name: str) -> tuple[Any, ...]:
    if not isinstance(data, (list, tuple)):
        raise ValueError(f"« {name} » holds no list")  # noqa: TRY004 - of the file, not of ours
    if kinds[-1] is ...:
        return tuple(_value(kinds[0], each, name) for each in data)
    if len(kinds) != len(data):
        raise ValueError(f"« {name} » does not hold {len(kinds)} values")
    return tuple(_value(kind, each, name) for kind, each in zip(kinds, data, strict=True))
