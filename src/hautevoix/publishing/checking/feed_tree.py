"""Values of a feed's tree, trimmed as apps trim them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.publishing.feed import ATOM, CONTENT, ITUNES, PODCAST, PSC

if TYPE_CHECKING:
    from lxml import etree

NS = {"atom": ATOM, "content": CONTENT, "itunes": ITUNES, "podcast": PODCAST, "psc": PSC}
"""The prefixes by which elements are named here, whatever a feed calls them."""
_NUMBER = re.compile(r"[0-9]{1,18}")


def text(element: etree._Element, name: str) -> str:
    """Return what the first element called ``name`` says, empty without one."""
    return (element.findtext(name, namespaces=NS) or "").strip()


def attribute(element: etree._Element, name: str, attribute: str) -> str:
    """Return an attribute of the first element called ``name``, empty without one."""
    found = element.find(name, namespaces=NS)
    return "" if found is None else (found.get(attribute) or "").strip()


def count(told: str) -> int:
    """Return a whole number, 0 for what is none.

    >>> count("12"), count("-1"), count("²")
    (12, 0, 0)
    """
    return int(told) if _NUMBER.fullmatch(told) else 0


def seconds(told: str) -> float:
    """Return a duration in seconds: « 3725 », « 1:02:05 », « 00:01:02.500 ».

    >>> seconds("1:02:05.5"), seconds("x")
    (3725.5, 0.0)
    """
    total = 0.0
    for part in told.split(":"):
        try:
            total = total * 60 + float(part)
        except ValueError:
            return 0.0
    return total
