"""Tables of contents made of links: found among the blocks, and left out of the reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.model import Doubt
from hautevoix.reading.language.heading_words import is_contents
from hautevoix.reading.language.punctuation import ends_sentence
from hautevoix.reading.structure.normalize import title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.base.blocks import Block

_ENTRY = 0.6  # share of its words that an entry of a table of contents links
_FEWEST_ENTRIES = 3
_NUMBERS = re.compile(r"[\d\s.…·:;,()\[\]–—_-]+")
_PROSE = 160  # characters of a paragraph that no title page has


def drop_contents(blocks: Sequence[Block]) -> tuple[list[Block], list[Doubt]]:
    """Leave out the tables of contents: runs of links to headings, and what stands over them."""
    heads = _heading_keys(blocks)
    linked = [_is_entry(block, heads) for block in blocks]
    dropped = {i for run in _runs(linked) if len(run) >= _FEWEST_ENTRIES for i in run}
    for index, block in enumerate(blocks):
        if is_contents(title_of(block)):
            dropped.update(_announced(blocks, index, dropped))
    if not dropped:
        return list(blocks), []
    first = blocks[min(dropped)].line
    kept = [block for index, block in enumerate(blocks) if index not in dropped]
    return kept, [Doubt(first, f"table of contents left out of the reading ({len(dropped)} lines)")]


def _heading_keys(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the anchors that stand at, or right before, a heading or a document's start."""
    keys: set[str] = set()
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else block
        opens = not index or blocks[index - 1].unit != block.unit
        if block.level or block.styled or following.level or opens:
            keys.update(anchor for _, anchor in block.anchors)
    return frozenset(keys)


def _is_entry(block: Block, heads: frozenset[str]) -> bool:
    linked = sum(link.end - link.start for link in block.links if link.target in heads)
    return linked > 0 and linked >= _ENTRY * len(_NUMBERS.sub("", block.text)) and not block.level


def _runs(flags: Sequence[bool]) -> list[range]:
    runs: list[range] = []
    start = None
    for index, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            runs.append(range(start, index))
            start = None
    return runs


def _announced(blocks: Sequence[Block], index: int, dropped: set[int]) -> range:
    """Return the heading of a table at ``index`` and what of it is left, up to a heading."""
    stop = index + 1
    while stop < len(blocks) and not blocks[stop].level and not is_prose(blocks[stop]):
        stop += 1
    inside = range(index + 1, stop)
    if any(i in dropped for i in inside) or len(inside) > 1:
        return range(index, stop)
    return range(index, index + 1) if blocks[index].level and not inside else range(0)


def is_prose(block: Block) -> bool:
    """Tell whether ``block`` is a paragraph of prose, as no title page or table has."""
    return len(block.text) > _PROSE and ends_sentence(block.text)
