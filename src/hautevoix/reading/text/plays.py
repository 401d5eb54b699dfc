"""Plays whose people are named on a line of their own, in capitals, over what they say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import match_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.text.lines import Line

    Block = tuple[tuple[Line, ...], int]

# « ORPHISE », « LE VALET, à part. », « PREMIER GARDE (bas) »
_SPEAKER = re.compile(
    r"([A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ .'’-]{1,40}?)\.?(?:, [^.,]{2,60}\.?| ?\([^()]{2,60}\)\.?)?"
)
_PERSON = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]{2}[A-ZÀ-ÖØ-ÞŒ .’'-]{0,40}, [a-zà-ÿ].{2,60}[.;,]")
_REPLIES = 4  # replies that make a play


def by_speaker(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield ``blocks``, lines with the blank lines before them, a name cut from what is said.

    No blank line is counted between the two.
    """
    names = _speakers(blocks)
    for block, gap in blocks:
        name = _SPEAKER.fullmatch(block[0].text) if len(block) > 1 and names else None
        if name and name[1] in names:
            yield block[:1], gap
            yield block[1:], 0
        else:
            yield block, gap


def _speakers(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the names over what several blocks say, in a text that has enough of them."""
    found = Counter(
        name[1]
        for block, _ in blocks
        if len(block) > 1 and not block[1].text.isupper()
        if (name := _SPEAKER.fullmatch(block[0].text)) and match_heading(block[0].text) is None
    )
    again = sum(count > 1 for count in found.values())
    return frozenset(found) if again and sum(found.values()) >= _REPLIES else frozenset()


def is_cast(before: str, line: str) -> bool:
    """Tell two lines of a cast: « HARPAGON, père de Cléante. » over « CLÉANTE, son fils. »."""
    # Pinned by english, cast.
    return _PERSON.fullmatch(before) is not None and _PERSON.fullmatch(line) is not None
