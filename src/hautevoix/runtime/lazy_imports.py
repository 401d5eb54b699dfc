"""Packages that offer names of their modules, each imported when it is asked for.

A command that needs one light name does not wait for the heavy modules beside it (numpy, lxml…).
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def lazy_imports(package: str, **modules: tuple[str, ...]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of ``package``; ``modules`` tell what is offered of each.

    >>> lazy_imports("hautevoix.french", numbers=("cardinal", "ordinal"))("cardinal")(21)
    'vingt et un'
    """
    homes = {name: module for module, names in modules.items() for name in names}

    def offered(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return offered
