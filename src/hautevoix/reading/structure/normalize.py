"""Blocks made ready: lines that markup broke are told apart, headings made whole, pages mended."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import reduce
from itertools import compress, pairwise
from typing import TYPE_CHECKING

from hautevoix.model import Kind
from hautevoix.reading.base.blocks import Block, LinkRole, erased, joined, lines
from hautevoix.reading.language.heading_words import Form, clean_title, is_notes, match_heading
from hautevoix.reading.language.phrases import is_dateline, is_dialogue, is_salutation
from hautevoix.reading.language.punctuation import ends_sentence, is_rule, starts_lower
from hautevoix.reading.text.layout import LAYOUT
from hautevoix.reading.text.lines import Line
from hautevoix.reading.text.verse import find_verse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_HEADING = 220  # characters: what is longer is a title as old books have, or a paragraph
_HEADED = 0.5  # share of a text that is in such headings: a program took paragraphs for them
_END = re.compile(r"FIN\b.{0,80}|(?:The )?End\.?", re.IGNORECASE)
_FULL = 0.7  # share of the longest line that lines broken by a width reach
_MARKS = re.compile(r"[\W_]+")
_FEW = 8  # blocks that say too little
_WIDEST = 140  # columns: nobody wraps wider
_RUN_ON = 0.3  # share of lines that start in mid-sentence, in wrapped prose
_WRAP = 45  # columns: nobody wraps prose narrower
_OUTER = frozenset({"tome", "volume", "partie", "époque", "journée", "livre"})


def is_wrapped(blocks: Sequence[Block]) -> bool:
    """Tell whether blocks are the lines of a wrapped text, as when Word opens one.

    Nothing is marked, no line is long, and many go on in mid-sentence.
    """
    # Pinned by notes-of-indesign, wrapped-lines-as-paragraphs.
    if len(blocks) < _FEW or any(_is_marked(block) for block in blocks):
        return False
    longest = max(len(block.text) for block in blocks)
    lower = sum(block.text[:1].islower() for block in blocks)
    return _WRAP <= longest <= _WIDEST and lower >= _RUN_ON * len(blocks)


def _is_marked(block: Block) -> bool:
    # Pinned by wrapped-lines-as-paragraphs.
    return bool(block.level or block.kind or block.note) or any(
        link.role is LinkRole.CALL for link in block.links
    )


def as_text(blocks: Sequence[Block]) -> str:
    """Return ``blocks`` as lines of plain text, empty paragraphs as blank lines."""
    return "\n".join("\n" * block.blank + block.text for block in blocks)


def normalize(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield ``blocks`` with their broken lines settled; rules and what is blank are gone."""
    ruled = False
    whole = list(_without_mistaken(list(blocks)))
    rows = [[Line(block.line, 0, row) for row in block.text.split("\n") if row] for block in whole]
    ornaments = _ornaments(whole)
    for block, verse in zip(whole, find_verse(rows, LAYOUT), strict=True):
        if is_rule(block.flat) or not block.text.strip() or block.text in ornaments:
            ruled = True
            continue
        yield from _normalized(replace(block, ruled=True) if ruled else block, verse=verse)
        ruled = False


def _without_mistaken(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield ``blocks``, long headings made paragraphs where most of the text is in them."""
    sizes = [len(block.text) for block in blocks]
    long = [
        bool(block.level) and size > _HEADING for block, size in zip(blocks, sizes, strict=True)
    ]
    mistaken = sum(compress(sizes, long)) > _HEADED * sum(sizes)
    for block, is_long in zip(blocks, long, strict=True):
        yield replace(block, text=block.flat, level=0) if mistaken and is_long else block


def _ornaments(blocks: Iterable[Block]) -> frozenset[str]:
    """Return the letters that stand alone again and again: an ornament in a font of its own."""
    alone = Counter(b.text for b in blocks if len(b.text) == 1 and b.text.islower())
    return frozenset(letter for letter, count in alone.items() if count > 1)


def _normalized(block: Block, *, verse: bool) -> list[Block]:
    if block.level:
        return [_heading(block)]
    if not verse and block.kind is not Kind.VERSE:
        block = _run_together(block)
    if "\n" not in block.text or block.kind is Kind.VERSE:
        return [block]
    rows = block.text.split("\n")
    if any(is_dateline(row) or is_salutation(row) for row in rows):
        return [piece for piece in lines(block) if piece.text.strip()]
    if verse:
        return [replace(block, kind=Kind.VERSE)]
    if any(is_dialogue(row) for row in rows[1:]) or not _is_wrapped(rows):
        return [piece for piece in lines(block) if piece.text.strip()]
    return [replace(block, text=block.flat)]


def _run_together(block: Block) -> Block:
    """Mend a break in mid-sentence; where most are, a poet set them (and no capital tells it)."""
    rows = block.text.split("\n")
    runs = [
        starts_lower(two.lstrip()) and bool(one.strip()) and not ends_sentence(one)
        for one, two in pairwise(rows)
    ]
    if sum(runs) > max(len(runs) // 2, 1):
        return block
    glues = (" " if run else "\n" for run in runs)
    return replace(
        block, text=rows[0] + "".join(g + row for g, row in zip(glues, rows[1:], strict=True))
    )


def _is_wrapped(rows: Sequence[str]) -> bool:
    """Tell lines that a width broke from lines that a person did."""
    # Pinned by marked-title-page.
    longest = max(map(len, rows))
    return longest >= _WRAP and min(map(len, rows[:-1])) >= _FULL * longest


def _heading(block: Block) -> Block:
    rows = [row.strip() for row in block.text.split("\n") if row.strip()]
    first = match_heading(rows[0]) if rows else None
    if first and first.stands_alone and len(rows) > 1:
        head, *rest = (piece for piece in lines(block) if piece.text.strip())
        return joined(_unstopped(head), _in_one(rest), ". ")
    return block


def _unstopped(block: Block) -> Block:
    """Take the full stop off a heading's number, and what else its title does not show."""
    kept = len(block.text.rstrip(" .:–—-"))
    return erased(block, [(kept, len(block.text))])


def _in_one(rows: Sequence[Block]) -> Block:
    return reduce(lambda one, two: joined(one, two, " "), rows)


def letters(text: str) -> str:
    """Return what two prints of one title share: its letters and figures.

    >>> letters("CHAPITRE Ier. — Le Pont") == letters("Chapitre ier, le pont")
    True
    """
    return _MARKS.sub(" ", text.casefold()).strip()


def title_of(block: Block) -> str:
    """Return a heading's text as it is shown."""
    return clean_title(" ".join(block.text.split()))


def join_headings(blocks: Sequence[Block]) -> list[Block]:
    """Make one heading of a number and the title under it, a paragraph of « FIN »."""
    whole: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.level and _END.fullmatch(block.text) and (following is None or following.level):
            whole.append(replace(block, level=0))
        elif whole and _completes(whole[-1], block, following):
            whole[-1] = joined(_unstopped(whole[-1]), block, ". ")
        else:
            whole.append(block)
    return whole


def _completes(one: Block, two: Block, following: Block | None) -> bool:
    """Tell whether the heading ``two`` is the title of the numbered heading ``one``."""
    # Pinned by notes-of-indesign, marked-title-page.
    if not (one.level and two.level) or two.level < one.level or is_notes(two.text):
        return False
    label, title = match_heading(one.text), match_heading(two.text)
    if label is None or not label.stands_alone or label.form is Form.NAMED or title is not None:
        return False
    if label.word in _OUTER:
        return following is not None and following.level >= two.level
    return True
