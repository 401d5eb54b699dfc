r"""What the patterns of the package repeat: each may take time with the square of a run of it.

A pattern that looks for « \s*$ » from each of a thousand blanks takes a million steps. So every
compiled pattern is taken apart, and what stands under a star or a plus is a shape for the fuzzer:
alone, and after what comes before it in the pattern.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING, Any

import hautevoix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_parser = importlib.import_module("re._parser")
_codes = importlib.import_module("re._constants")

_MANY = 50  # repetitions that are as good as no bound
_CHOICES = 3  # of what fits where several things do
_DEEPEST = 4  # of tables and values in which patterns are looked for
_BESIDE = "a1 A.\n,é'-<\"("  # one of these is not in a class that excludes some
_OF_KIND = {"DIGIT": "1", "SPACE": " ", "WORD": "a"}
_LONGEST = 60  # characters of a shape's beginning, and of what is repeated

Tree = Any
"""What the standard library makes of a pattern: a list of operations and their arguments."""


def patterns() -> dict[re.Pattern[str], str]:
    """Return every compiled pattern of the package, and the name that leads to it."""
    found: dict[re.Pattern[str], str] = {}
    for module in pkgutil.walk_packages(hautevoix.__path__, "hautevoix."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in _within(value, _DEEPEST):
                    found.setdefault(pattern, f"{module.name}.{name}")
    return found


def atoms(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Return (beginning, repeated) of every repetition without bound in a pattern."""
    found = set()
    for before, repeated in _repeated(list(_parsed(pattern)), ""):
        if repeated and len(repeated) <= _LONGEST:
            found |= {("", repeated), (before[-_LONGEST:], repeated)}
    return found


def samples(pattern: re.Pattern[str]) -> set[str]:
    """Return some texts that a pattern fits, roughly."""
    return {_sample(_parsed(pattern), choice) for choice in range(_CHOICES)} - {""}


def _parsed(pattern: re.Pattern[str]) -> Tree:
    return _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)


def _within(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    """Yield the patterns in a value: a table, a rule."""
    inner: Sequence[object] = ()
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        inner = [*value, *value.values()]
    elif isinstance(value, (tuple, list, set, frozenset)):
        inner = list(value)
    elif type(value).__module__.startswith("hautevoix") and not isinstance(value, type):
        names = getattr(type(value), "__slots__", ()) or vars(value)
        inner = [getattr(value, name, None) for name in names]
    for part in inner if depth else ():
        yield from _within(part, depth - 1)


def _repeated(tree: Tree, before: str) -> Iterator[tuple[str, str]]:
    for index, (code, argument) in enumerate(tree):
        start = before + _sample(tree[:index])
        name = str(code)
        if name.endswith("REPEAT"):
            if argument[1] > _MANY:
                yield from ((start, _sample(argument[2], choice)) for choice in range(_CHOICES))
            yield from _repeated(list(argument[2]), start)
        for inner in _inner(name, argument):
            yield from _repeated(list(inner), start)


def _inner(name: str, argument: Any) -> Sequence[Tree]:
    """Return the patterns within an operation that is no repetition."""
    return {
        "SUBPATTERN": lambda: [argument[3]],
        "BRANCH": lambda: argument[1],
        "ASSERT": lambda: [argument[1]],
        "ASSERT_NOT": lambda: [argument[1]],
        "ATOMIC_GROUP": lambda: [argument],
    }.get(name, list)()


def _sample(tree: Tree, choice: int = 0) -> str:
    """Return a text that a pattern fits, roughly; ``choice`` tells which of several."""
    text = ""
    for code, argument in tree:
        name = str(code)
        if name == "LITERAL":
            text += chr(argument)
        elif name == "IN":
            signs = _members(argument)
            text += signs[choice % len(signs)] if signs else ""
        elif name.endswith("REPEAT"):
            text += _sample(argument[2], choice) * max(1, min(argument[0], 3))
        elif name in ("ANY", "NOT_LITERAL"):
            text += "a"
        elif not name.startswith("ASSERT"):
            inner = _inner(name, argument)
            text += _sample(inner[choice % len(inner)], choice) if inner else ""
    return text


def _members(parts: Sequence[tuple[Any, Any]]) -> list[str]:
    """Return some characters of a class: the first of each of its ranges."""
    excluded = str(parts[0][0]) == "NEGATE"
    found = [_first(str(code), argument) for code, argument in parts[excluded:]]
    return [sign for sign in _BESIDE if sign not in found] if excluded else found


def _first(name: str, argument: Any) -> str:
    if name == "CATEGORY":
        kind = str(argument).rsplit("_", 1)[-1]
        return _OF_KIND[kind] if "NOT" not in str(argument) else "."
    return chr(argument if name == "LITERAL" else argument[0])
