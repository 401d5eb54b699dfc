"""Drop caps that stand in a box, a paragraph or a table of their own: « L » over « a brume »."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.base.blocks import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.reading.base.blocks import Block
    from hautevoix.reading.text.lines import Line

_CAP = re.compile(r"(?:[«“] ?|[—–] ?)?(?P<letter>[A-ZÀ-ÖØ-ÞŒ])[’']?")
_GOES_ON = re.compile(r"[a-zà-öø-ÿœ’']")
_SMALL_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]{1,}[’' ,]?[A-ZÀ-ÖØ-ÞŒ ]")
_WORDS = frozenset("AÀOÔY")  # letters that are words too
_NUMERALS = frozenset("IVXLCDM")
_BLANK = 2  # lines that may part the letter from its text
_FRAGMENT = re.compile(r"[^\W\d_]+")


def join_drop_caps(blocks: Sequence[Block]) -> list[Block]:
    """Return ``blocks``, each letter alone joined to the paragraph whose first letter it is."""
    alone = [i for i, block in enumerate(blocks[:-1]) if _is_cap(block, blocks[i + 1])]
    if not alone:
        return list(blocks)
    words = _counted(block.text for block in blocks)
    whole: list[Block] = []
    for index, block in enumerate(blocks):
        if index - 1 in alone:
            cap = whole.pop()
            glue = _glue(cap.text, block.text, words)
            whole.append(replace(joined(cap, block, glue), kind=block.kind))
        else:
            whole.append(block)
    return whole


def join_drop_cap_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines``, each letter alone on its line joined to the text that it opens.

    « L », a blank line or two, « a brume tombait »: programs that take a text out of a page write
    it so.
    """
    below = {one: two for one, two in pairwise(_written(lines)) if two - one <= _BLANK + 1}
    alone = [i for i, two in below.items() if _opens(lines[i].text, lines[two].text)]
    if not alone:
        return tuple(lines)
    words = _counted(line.text for line in lines)
    whole: list[Line | None] = list(lines)
    for index in alone:
        cap, rest = lines[index], lines[below[index]].text
        whole[index : below[index] + 1] = [None] * (below[index] - index) + [
            replace(cap, text=cap.text + _glue(cap.text, rest, words) + rest)
        ]
    return tuple(line for line in whole if line is not None)


def _written(lines: Sequence[Line]) -> Iterator[int]:
    return (index for index, line in enumerate(lines) if line.text)


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _FRAGMENT.findall(text.casefold()))


def _is_cap(block: Block, following: Block) -> bool:
    # Pinned by drop-caps.
    if block.level or following.level or block.unit != following.unit:
        return False
    return _opens(block.text.strip(), following.text)


def _opens(letter: str, text: str) -> bool:
    """Tell « L » over « a brume » from « A » over « abeille », as a list of words has it."""
    # Pinned by drop-caps, drop-cap-lines.
    cap = _CAP.fullmatch(letter)
    if cap is None or text[:1] == cap["letter"].lower():
        return False
    if _GOES_ON.match(text):
        return True
    return _SMALL_CAPITALS.match(text) is not None and cap["letter"] not in _NUMERALS


def _glue(cap: str, text: str, words: Counter[str]) -> str:
    """Return what parts the letter from the rest: a space where it is a word (« À travers »)."""
    letter = cap.strip()[-1]
    rest = _FRAGMENT.match(text)
    if letter not in _WORDS or rest is None:
        return ""
    fragment = rest[0].casefold()
    return " " if words[fragment] > 1 and not words[letter.casefold() + fragment] else ""
