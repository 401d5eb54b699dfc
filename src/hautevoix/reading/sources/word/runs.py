"""What a Word document has at hand while it is walked: a field, a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element


@dataclass(slots=True)
class Field:
    """A field at hand: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False


@dataclass(slots=True)
class Run:
    """What the run at hand is like, and where it started."""

    start: int = 0
    sloping: bool = False
    bold: bool = False
    raised: bool = False


def steps(root: Element, is_unread: Callable[[Element], bool]) -> Iterator[tuple[bool, Element]]:
    """Yield (True, element) where each opens and (False, element) where it closes."""
    path = [(root, iter(root))]
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            if path:
                yield False, element
        elif not is_unread(child):
            yield True, child
            path.append((child, iter(child)))
