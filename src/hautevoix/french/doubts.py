"""What the rules could not settle, for a person to look at: a lexicon entry will."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from hautevoix.french.abbreviations import UPPER
from hautevoix.french.names import WORD_ACRONYMS
from hautevoix.model import Unsure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.french.rule import Held

_LOOKS = (
    # (kind, pattern): what is left in words as they will be said
    ("abbreviation", re.compile(r"(?<![\w.'’-])[^\W\d_]{1,6}\.(?= [a-zà-ÿœ])")),
    ("roman", re.compile(r"(?<=[^\W\d_] )[IVX](?=[ ,;:!?)]|\.?$)")),
    ("capitals", re.compile(rf"(?<![\w'’-])[{UPPER}]{{3,}}(?![\w'’-])")),
    ("digits", re.compile(r"\d+")),
    ("script", re.compile(r"[^\W\d_a-zA-ZÀ-ɏ]+")),
)


def doubts(text: str, held: Sequence[Held]) -> Iterator[Unsure]:
    """Yield what is still open in words as they will be said, outside what is settled."""
    starts = [stretch.start for stretch in held]
    shouting = text.isupper()
    for kind, pattern in _LOOKS:
        if kind == "capitals" and shouting:
            continue
        for match in pattern.finditer(text):
            position = bisect_right(starts, match.start()) - 1
            settled = position >= 0 and match.start() < held[position].end
            if not settled and match[0] not in WORD_ACRONYMS:
                yield Unsure(kind, match[0])
