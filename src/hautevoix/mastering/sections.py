"""Sections: pieces that become AAC together, cut where their content says, not their place.

MP3 frames hold 1152 samples, AAC's 1024, so what an edit moves falls on other AAC frames. A section
is therefore encoded as if it stood alone, in frames of its own, and put where the book's frames let
it stand: at most STRAY samples from its place in the timeline. Since it ends in silence, its last
frame may be left out, which brings the next one back; so nothing adds up.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.mastering.sound import RATE
from hautevoix.storage.store import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.mastering.pieces import Plan

FRAME = 1024
"""Samples in an AAC frame."""

LEAD = 64
"""Samples heard before the first section: half of 128, which divides both frames' lengths.

A section is thus an odd number of halves away from its place: 448 samples at most, not 512.
"""

STRAY = FRAME // 2 - LEAD
"""How far a section may stand from its place in the timeline, in samples: 10.2 ms."""

_USUAL = 60 * RATE  # samples between the ends of sections, on average
_QUIET = 4 * FRAME  # samples of pause that a section must end with


@dataclass(frozen=True, slots=True)
class AacSection:
    """Pieces that become AAC together, at ``bit_rate`` kb/s; they are ``length`` samples."""

    plans: tuple[Plan, ...]
    length: int
    bit_rate: int

    @property
    def frames(self) -> int:
        """How many AAC frames it fills."""
        return -(-self.length // FRAME)


@dataclass(frozen=True, slots=True)
class Placed:
    """A section in the book: the first ``frames`` of its frames are heard from ``heard`` on.

    ``start`` is its place in the timeline; both are in samples.
    """

    section: AacSection
    frames: int
    start: int
    heard: int


def sections(parts: list[Plan], lengths: list[int]) -> Iterator[AacSection]:
    """Yield the book in sections; ``lengths`` are the pieces', in samples."""
    group: list[Plan] = []
    length = 0
    for number, (plan, more) in enumerate(zip(parts, lengths, strict=True)):
        group.append(plan)
        length += more
        if number + 1 == len(parts) or _ends(plan, more):
            yield AacSection(tuple(group), length, plan.bit_rate)
            group, length = [], 0


def placed(book: list[AacSection]) -> list[Placed]:
    """Return where the sections stand, each as near to its place in the timeline as can be.

    The last one keeps all its frames.
    """
    result = []
    start, heard = 0, LEAD
    for number, section in enumerate(book):
        frames, following = section.frames, start + section.length
        if number + 1 < len(book) and heard + frames * FRAME - following > STRAY:
            frames -= 1
        result.append(Placed(section, frames, start, heard))
        start, heard = following, heard + frames * FRAME
    return result


def heard_at(position: int, book: list[Placed]) -> int:
    """Return where something is heard that stands at ``position`` in the timeline, in samples.

    The book's start is heard at 0, with what little comes before.
    """
    here = book[bisect_right(book, position, key=lambda part: part.start) - 1]
    return here.heard + position - here.start if position else 0


def _ends(plan: Plan, length: int) -> bool:
    """Tell whether a piece ends a section: by its clips' digest, oftener the longer it is."""
    drawn = int(key_of(*(stretch.clip for stretch in plan.stretches))[:8], 16)
    return plan.stretches[-1].pause >= _QUIET and drawn * _USUAL < length << 32
