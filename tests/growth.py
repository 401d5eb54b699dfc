"""How time grows with size: told by ratios, as machines are of all speeds and busy."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TRIES = 3  # what other programs and the collector of rubbish cost at one of them is not counted


def grows_slowly(
    work: Callable[[int], object], small: int, large: int, *, times: float, least: float = 0.01
) -> bool:
    """Tell whether ``large`` takes ``work`` less than so many ``times`` what ``small`` does.

    It is processor time; ``small`` counts as ``least`` seconds at least. What grows with the square
    fails at each of several tries.
    """
    work(10)  # what is loaded and compiled once
    return any(
        _seconds(work, large) < times * max(_seconds(work, small), least) for _ in range(_TRIES)
    )


def _seconds(work: Callable[[int], object], count: int) -> float:
    start = time.process_time()
    work(count)
    return time.process_time() - start
