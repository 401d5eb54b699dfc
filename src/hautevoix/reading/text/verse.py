"""lines → verse or prose: whether the poet, not the width, ends each line."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import Form, match_heading
from hautevoix.reading.language.note_marks import body_label
from hautevoix.reading.language.punctuation import ends_sentence, is_rule
from hautevoix.reading.text.layout import Breaks, Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.text.lines import Line

_COUPLET = 2  # lines: fewer are no stanza
TITLE_LINES = 4
"""Lines that a title set as one block has at most."""
_VERSE_SHARE = 0.7
_VERSE_WIDTH = 75
_MOSTLY_VERSE = 0.4  # share of the characters of a poem that its surest stanzas hold
_FIRST = re.compile(r"[«“\"'’(\[—–… -]*[A-ZÀ-ÖØ-Þ]")


def is_shouted(block: Sequence[Line]) -> bool:
    """Tell whether all is in capitals, as titles are and poems are not."""
    # Pinned by poem-that-speaks, title-on-two-lines.
    return all(line.text.isupper() for line in block)


def find_verse(blocks: Sequence[Sequence[Line]], layout: Layout) -> list[bool]:
    """Tell of each of the ``blocks`` of a text whether it is verse.

    In a text that mostly is, so is a stanza whose every line ends a sentence, or is spoken.
    """
    found = [is_verse(block, layout) for block in blocks]
    if not any(found):
        return found
    sizes = [sum(line.width for line in block) for block in blocks]
    if sum(itertools.compress(sizes, found)) < _MOSTLY_VERSE * sum(sizes):
        return [found[0] and not _is_unstopped(blocks[0]), *found[1:]]
    return [verse or _is_set(block, layout) for verse, block in zip(found, blocks, strict=True)]


def _is_unstopped(block: Sequence[Line]) -> bool:
    """Tell the lines of a title page from a stanza: few, and no stop in any."""
    # Pinned by notes-marks-alone.
    few = len(block) <= TITLE_LINES
    return few and all(line.text[-1].isalnum() and line.text[0].isupper() for line in block)


def is_verse(block: Sequence[Line], layout: Layout) -> bool:
    """Tell whether the lines of ``block`` end where the poet, not the width, says.

    Nearly all begin with a capital and had room for the next line's first word, and some
    run on: a list of sentences, a line each, is no verse.
    """
    # Pinned by only-notes, poem-that-speaks.
    if not _is_set(block, layout):
        return False
    runs = sum(not ends_sentence(line.text) for line in block[:-1])
    return runs * 3 >= len(block) - 1


def _is_set(block: Sequence[Line], layout: Layout) -> bool:
    """Tell whether ``block`` is set as verse is, whatever its lines say."""
    # Pinned by only-notes, poem-that-speaks.
    if len(block) < _COUPLET or max(line.width for line in block) > _VERSE_WIDTH:
        return False
    if is_shouted(block):
        return False
    heads = sum(_FIRST.match(line.text) is not None for line in block)
    if heads < 0.8 * len(block) or any(is_special(line.text) for line in block):
        return False
    pairs = list(itertools.pairwise(block))
    free = sum(not _is_pressed(one, two, layout) for one, two in pairs)
    return free >= max(_VERSE_SHARE * len(pairs), 1)


def is_special(text: str) -> bool:
    """Tell a rule, a heading or a note's label: no line of a poem."""
    # Pinned by poem-that-speaks, contents-folded.
    heading = match_heading(text)
    return (
        is_rule(text)
        or bool(heading and (heading.stands_alone or heading.form is Form.DIVISION))
        or bool(body_label(text, strict=True))
    )


def _is_pressed(one: Line, two: Line, layout: Layout) -> bool:
    # Pinned by poem-that-speaks, enumeration-beside-calls.
    if layout.breaks is Breaks.PARAGRAPH:
        return False
    word = two.text.split(" ", 1)[0]
    return len(one.text) + len(word) + 1 > layout.width - layout.base - 1
