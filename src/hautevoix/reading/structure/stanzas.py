"""Verse whose every line is a paragraph of its own, as many programs save it → stanzas."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING

from hautevoix.model import Kind
from hautevoix.reading.base.blocks import joined
from hautevoix.reading.language.heading_words import match_heading
from hautevoix.reading.language.phrases import is_dateline, is_dialogue, is_salutation
from hautevoix.reading.text.layout import LAYOUT
from hautevoix.reading.text.lines import Line
from hautevoix.reading.text.verse import is_verse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.base.blocks import Block

_LONGEST = 75  # characters of a line
_FEWEST = 4  # lines: fewer may be anything
_WORDS = 4  # of most lines of verse; a list or a title page has fewer
_MOSTLY = 0.6
_STOPS = 0.25  # share of the lines that some stop ends: names in a list have none
_STOP = re.compile(r"[,;:.!?…»]$")


def join_stanzas(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield ``blocks``, the lines of a poem joined to stanzas where an empty one parts them."""
    for lined, group in groupby(blocks, _may_be_line):
        run = list(group)
        if lined and len(run) >= _FEWEST and _is_poem(run):
            yield from (_stanza(lines) for lines in _stanzas(run))
        else:
            yield from run


def _may_be_line(block: Block) -> bool:
    # Pinned by verse-a-paragraph-a-line.
    text = block.text
    if block.level or block.kind or block.note or block.part or "\n" in text:
        return False
    other = is_dialogue(text) or is_dateline(text) or is_salutation(text) or text.isupper()
    return len(text) <= _LONGEST and not other and match_heading(text) is None


def _is_poem(run: Sequence[Block]) -> bool:
    """Tell verse from a list, a title page, short paragraphs: lines run on, words are many."""
    # Pinned by verse-a-paragraph-a-line.
    full = sum(len(block.text.split()) >= _WORDS for block in run)
    stopped = sum(_STOP.search(block.text) is not None for block in run)
    if full < _MOSTLY * len(run) or stopped < _STOPS * len(run):
        return False
    return is_verse([Line(block.line, 0, block.text) for block in run], LAYOUT)


def _stanzas(run: Sequence[Block]) -> list[list[Block]]:
    found: list[list[Block]] = []
    for block in run:
        if block.blank or block.ruled or block.unit != (found[-1][-1].unit if found else 0):
            found.append([])
        found[-1].append(block)
    return found


def _stanza(lines: Sequence[Block]) -> Block:
    whole = reduce(lambda one, two: joined(one, two, "\n"), lines)
    return replace(whole, kind=Kind.VERSE, ruled=False)
