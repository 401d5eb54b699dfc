"""blocks → headings: which blocks head chapters, at which level, and which only name the book."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.model import BookInfo, Diagnostic, Kind, TitleSource
from hautevoix.reading.base.diagnostics import TITLE_PAGE_LINE, tell
from hautevoix.reading.language.heading_words import RANK, Form, is_notes, match_heading
from hautevoix.reading.language.phrases import (
    BYLINE,
    is_dateline,
    is_dialogue,
    is_salutation,
    looks_like_name,
)
from hautevoix.reading.language.punctuation import ends_sentence
from hautevoix.reading.notes.unmarked import to_unit
from hautevoix.reading.structure.bold_headings import with_bold_headings
from hautevoix.reading.structure.contents import is_prose_block
from hautevoix.reading.structure.headings import find_headings
from hautevoix.reading.structure.normalize import join_headings, letters, title_of
from hautevoix.reading.structure.title_lines import is_title_page_line
from hautevoix.reading.text.layout import LAYOUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.base.blocks import Block

_INITIALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]\. ?-?){1,3}[A-ZÀ-ÖØ-Þ]\w+$")
_TO = re.compile(r"(?:[ÀA]|Aux?|Pour) ")  # whom a book is for, or what a recipe
# From a line's first dash or figure on: what an earlier one does not show, no later one does.
_PARTS = re.compile(
    r"(?m:^)(?>.*? [—–] ).*\d|(?m:^)(?>[^\d\n]*\d).* [—–] |\A[^:]{3,40}[ \xa0\u202f]?: \S.*\d"
)
_FEW = 3  # blocks or headings that may stand before the title
_PROSE = 160  # characters of a paragraph that no title page has
_FRONT = 40  # blocks that a title page has at most
_OR = 1  # the line that says « ou »
_SAME = 5  # letters that two titles must share to be the same


@dataclass(slots=True)
class Headed:
    """Blocks whose headings are settled, and what the title page said."""

    blocks: list[Block]
    info: BookInfo
    diagnostics: list[Diagnostic] = field(default_factory=list)


def find_headed(blocks: list[Block], *, styled: bool = True) -> list[Block]:
    """Return ``blocks`` with headings told by class or wording, where markup has none."""
    if any(block.level and not is_notes(block.text) for block in blocks):
        return with_bold_headings(blocks)
    if styled and sum(bool(block.styled) for block in blocks) > 1:
        whole = [replace(b, level=b.styled) if _may_head(b) else b for b in blocks]
        return join_headings(whole)
    return _worded(blocks)


def _may_head(block: Block) -> bool:
    # Pinned by notes-of-indesign.
    return bool(block.styled) and len(block.text) < _PROSE


def _worded(blocks: list[Block]) -> list[Block]:
    """Let the segmenter find the headings, as in a plain text."""
    found = find_headings([to_unit(i, block) for i, block in enumerate(blocks)], LAYOUT)
    whole: list[Block] = []
    done = 0
    for heading in found:
        over = blocks[heading.start : heading.stop]
        if any(block.level or block.part == "caption" for block in over):
            continue
        whole.extend(blocks[done : heading.start])
        first = blocks[heading.start]
        references = tuple(call for block in over for call in block.references)
        whole.append(
            replace(
                first, text=heading.title, level=heading.rank + 1, kind=None, references=references
            )
        )
        done = heading.stop
    return [*whole, *blocks[done:]]


def levels(blocks: Sequence[Block]) -> dict[int, int]:
    """Return the level of the heading at each index: 1 for the outermost in use, and so on."""
    heads = {i: block for i, block in enumerate(blocks) if block.level}
    depths = {index: block.level for index, block in heads.items()}
    if len(set(depths.values())) == 1:
        depths = {index: _depth(block) for index, block in heads.items()}
    order = {depth: level for level, depth in enumerate(sorted(set(depths.values()) - {0}), 1)}
    return {index: order.get(depth, 1) for index, depth in depths.items()}


def _depth(block: Block) -> int:
    """Return how deep the wording of a heading puts it; 0 for a preface, at the outermost."""
    heading = match_heading(block.text)
    if heading is None or heading.form is Form.NUMBER:
        return RANK["chapitre"]
    return RANK[heading.word] if heading.form is Form.DIVISION else 0


def name_book(blocks: list[Block], info: BookInfo, *, sure: bool, kept: bool = False) -> Headed:
    """Take title, author and date off the title page; ``sure``: ``info`` has the title for good.

    ``kept``: its other lines are read.
    """
    blocks = _titled(blocks)
    heads = [i for i, block in enumerate(blocks) if block.level and not is_notes(block.text)]
    at = _title_at(blocks, heads, info, sure=sure)
    headed = _named(blocks, heads, at, info, sure=sure, kept=kept)
    return headed if headed.blocks else Headed(blocks, headed.info)


def _named(
    blocks: list[Block],
    heads: Sequence[int],
    at: int | None,
    info: BookInfo,
    *,
    sure: bool,
    kept: bool,
) -> Headed:
    if at is None and _is_untagged(blocks[: heads[0]] if heads else [], info):
        at = 0
    if at is None:
        return _without_repeats(blocks, info)
    title = _title_lines(blocks[at])
    if not sure or not info.title:
        info = replace(info, title=title, title_source=TitleSource.TEXT)
    after = [i for i in heads if i > at and not _part_of(blocks[i], info)]
    if len(after) > 1 and after[1] == at + 2 and blocks[after[0]].level > blocks[after[1]].level:
        after = after[1:]  # a subtitle, marked as a heading because it looks like one
    following = next(iter(after), None)
    headed = _without_front(blocks, at, following, info)
    if kept and headed.diagnostics:
        lines = {told.line for told in headed.diagnostics}
        above = [block for block in blocks[: at + _FRONT] if block.line in lines]
        return Headed([*above, *headed.blocks], headed.info)
    return headed


def _titled(blocks: list[Block]) -> list[Block]:
    """Make a heading of the one paragraph that markup calls a title, at the head of the text."""
    marked = [i for i, block in enumerate(blocks) if block.part == "title"]
    if len(marked) != 1 or blocks[marked[0]].level or _INITIALS.match(blocks[marked[0]].text):
        return blocks
    at = marked[0]
    if at > _FEW or any(is_prose_block(block) or block.level for block in blocks[:at]):
        return blocks
    return [*blocks[:at], replace(blocks[at], level=1), *blocks[at + 1 :]]


def _title_at(
    blocks: Sequence[Block], heads: Sequence[int], info: BookInfo, *, sure: bool
) -> int | None:
    """Return the index of the heading that is the book's title, not a chapter's."""
    marked = [i for i in heads if blocks[i].part == "title"]
    if len(marked) == 1 and not any(is_prose_block(block) for block in blocks[: marked[0]]):
        return marked[0]
    if not heads or any(is_prose_block(block) for block in blocks[: heads[0]]):
        return None
    first = blocks[heads[0]]
    named = _named_by(blocks, heads, info.title)
    if named is not None:
        return named
    if match_heading(_first_line(first)) or (sure and info.title):
        return None
    others = [blocks[i] for i in heads[1:]]
    if all(other.level > first.level for other in others):
        return heads[0]
    direct = len(heads) > 1 and heads[1] == heads[0] + 1
    return heads[0] if direct and all(match_heading(o.text) for o in others) else None


def _named_by(blocks: Sequence[Block], heads: Sequence[int], title: str | None) -> int | None:
    """Return the heading at the head of the text that repeats the ``title`` known."""
    for at in heads[:_FEW] if title else ():
        if any(is_prose_block(block) for block in blocks[heads[0] : at]):
            return None
        if same_title(blocks[at].text, title or ""):
            return at
    return None


def _is_untagged(blocks: Sequence[Block], info: BookInfo) -> bool:
    """Tell a title page that no tag marks: few short lines before all headings, one « par … »."""
    # Pinned by notes-of-indesign.
    if info.title or not 1 < len(blocks) <= _FEW or any(map(is_prose_block, blocks)):
        return False
    by = any(BYLINE.fullmatch(block.flat) for block in blocks[1:])
    return by and all(_is_front(block) for block in blocks)


def _title_lines(block: Block) -> str:
    """Return the title alone: the first line, or « X ou Y » where that goes on."""
    rows = [row.strip() for row in block.text.split("\n") if row.strip()]
    if len(rows) > _OR + 1 and rows[_OR].lower().strip(" ,;") == "ou":
        return title_of(replace(block, text=" ".join(rows[: _OR + 2])))
    return _first_line(block)


def _first_line(block: Block) -> str:
    return title_of(replace(block, text=block.text.split("\n", 1)[0]))


def same_title(one: str, two: str) -> bool:
    """Tell whether two titles are the same, or one goes on where the other ends.

    >>> same_title("LE CID", "Le Cid"), same_title("Candide", "Candide, ou l’Optimisme")
    (True, True)
    """
    # Pinned by notes-of-indesign, publisher-in-a-page.
    first, second = sorted((letters(one), letters(two)), key=len)
    return first == second or (len(first) > _SAME and f"{second} ".startswith(f"{first} "))


def _without_repeats(blocks: list[Block], info: BookInfo) -> Headed:
    """Drop the title and author that stand once more at the head of the text."""
    start = 0
    for block in blocks[:_FRONT]:
        if not (is_named(block, info) or (start and is_title_page_line(block.flat))):
            break
        start += 1
    return Headed(blocks[start:], info)


def is_named(block: Block, info: BookInfo) -> bool:
    """Tell whether ``block`` says the title or the author that ``info`` has."""
    # Pinned by publisher-in-a-page, publisher-in-landmarks, title-page-in-a-page.
    by = BYLINE.fullmatch(block.text)
    known = {letters(name) for name in (info.title, info.author) if name}
    return letters(by["author"] if by else block.flat) in known


def _without_front(blocks: list[Block], at: int, following: int | None, info: BookInfo) -> Headed:
    """Take off what stands around the title; tell it where it was not understood."""
    stop = min(following if following is not None else len(blocks), at + _FRONT)
    diagnostics: list[Diagnostic] = []
    kept: list[Block] = []
    if not all(_is_front(block) or block.level for block in blocks[:at]):
        return Headed([*blocks[:at], *blocks[at + 1 :]], info)  # text stands before the title
    for index, block in enumerate(blocks[:stop]):
        part = _part_of(block, info)
        if index == at or (index < at and block.level):
            if index < at and looks_like_name(block.flat):
                info = _with(info, "author", block)
            continue
        under = index == at + 1 and " " in block.flat and looks_like_name(block.flat)
        part = part or ("author" if under and info.author is None else "")
        if part:
            info = _with(info, part, block)
        elif index < at or (following is not None and _is_front(block) and not _tells(block.flat)):
            diagnostics.append(tell(TITLE_PAGE_LINE, block.line, words=block.flat[:60]))
        else:
            kept.append(block)
            if index > at:
                kept.extend(blocks[index + 1 : stop])
                break
    rest = blocks[stop:]
    while rest and rest[0].level and info.title and letters(rest[0].text) == letters(info.title):
        rest = rest[1:]
    return Headed(kept + rest, info, diagnostics)


def _part_of(block: Block, info: BookInfo) -> str:
    if block.part == "title" and _INITIALS.match(block.text):
        return "author"
    if BYLINE.fullmatch(block.flat) and len(block.text) < _PROSE and block.part != "title":
        return "author"
    if block.part in {"author", "date", "subtitle", "title"}:
        return block.part
    known = {letters(name) for name in (info.title, info.author) if name}
    return "title" if letters(block.flat) in known else ""


def _with(info: BookInfo, part: str, block: Block) -> BookInfo:
    by = BYLINE.fullmatch(block.flat)
    if part == "author" and info.author is None:
        return replace(info, author=(by["author"] if by else block.flat).strip(" ."))
    if part == "date" and info.date is None:
        return replace(info, date=block.flat.strip(" ."))
    return info


def _tells(text: str) -> bool:
    """Tell « Pour 4 à 6 pers. — Cuisson 1 h », « Pour Lucie » from a line that names or dates."""
    # Pinned by line-under-a-title.
    if looks_like_name(text) or is_dateline(text) or is_title_page_line(text) or text.isupper():
        return False
    return _TO.match(text) is not None or _PARTS.search(text) is not None


def _is_front(block: Block) -> bool:
    """Tell a line of a title page from the first of the text."""
    # Pinned by marked-title-page, text-before-the-title.
    text = block.flat
    if block.kind in {Kind.EPIGRAPH, Kind.VERSE, Kind.QUOTE, Kind.SALUTATION} or block.references:
        return False
    if is_salutation(text) or is_dialogue(text) or len(text) > _PROSE or text[:1] in "«“":
        return False
    return looks_like_name(text) or is_dateline(text) or not ends_sentence(text) or text.isupper()
