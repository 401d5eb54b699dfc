"""Headings that a person set in bold or centred, in a document that tags a few others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import RANK, Form, Heading, match_heading

if TYPE_CHECKING:
    from hautevoix.reading.base.blocks import Block


def with_bold_headings(blocks: list[Block]) -> list[Block]:
    """Make headings of « CHAPITRE I », « Section 2 : Le phare » in bold where no tag has such.

    A person sets most headings in bold, and gives a style to the last two.
    """
    tagged = [match_heading(block.flat) for block in blocks if block.level]
    if any(heading and heading.form is Form.DIVISION for heading in tagged):
        return blocks
    found = {i: h for i, b in enumerate(blocks) if b.apart and (h := _division(b))}
    if not found:
        return blocks
    ranks = sorted({RANK[heading.word] for heading in found.values()})
    outer = min(block.level for block in blocks if block.level) - 1
    whole = [replace(b, level=b.level - outer) if b.level else b for b in blocks]
    for index, heading in found.items():
        level = ranks.index(RANK[heading.word]) + 1
        whole[index] = replace(whole[index], level=level, kind=None)
    return whole


def _division(block: Block) -> Heading | None:
    heading = None if block.level or block.part == "caption" else match_heading(block.flat)
    return heading if heading and heading.form is Form.DIVISION else None
