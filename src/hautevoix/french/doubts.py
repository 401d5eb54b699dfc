"""What the rules could not settle, for a person to look at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.model import Unsure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.french.rule import Held

_SIGNS = re.compile(r"\d+")


def doubts(text: str, held: Sequence[Held]) -> list[Unsure]:
    """Return what is still open in words as said."""
    settled = {(stretch.start, stretch.end) for stretch in held}
    return [
        Unsure("digits", match[0]) for match in _SIGNS.finditer(text) if match.span() not in settled
    ]
