"""Anchors in the places of marks: their keys tell which mark it is."""

from __future__ import annotations

_KEY = "speech mark "  # how such a key begins: no link leads there


def key_of(number: int) -> str:
    """Return the key of the anchor that holds the place of the mark of that number."""
    return f"{_KEY}{number}"


def number_of(key: str) -> int | None:
    """Return the number of the mark whose place an anchor holds, None for any other anchor.

    >>> number_of(key_of(3)), number_of("page.xhtml#a")
    (3, None)
    """
    return int(key.removeprefix(_KEY)) if key.startswith(_KEY) else None
