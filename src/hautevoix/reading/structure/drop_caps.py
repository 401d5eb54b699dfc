"""Drop caps that stand in a box, a paragraph or a table of their own: « L » over « a brume »."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.reading.base.blocks import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.base.blocks import Block

_CAP = re.compile(r"(?:[«“] ?|[—–] ?)?(?P<letter>[A-ZÀ-ÖØ-ÞŒ])[’']?")
_GOES_ON = re.compile(r"[a-zà-öø-ÿœ’']")
_SMALL_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]{1,}[’' ,]?[A-ZÀ-ÖØ-ÞŒ ]")
_WORDS = frozenset("AÀOÔY")  # letters that are words too
_NUMERALS = frozenset("IVXLCDM")
_FRAGMENT = re.compile(r"[^\W\d_]+")


def join_drop_caps(blocks: Sequence[Block]) -> list[Block]:
    """Return ``blocks``, each letter alone joined to the paragraph whose first letter it is."""
    alone = [i for i, block in enumerate(blocks[:-1]) if _is_cap(block, blocks[i + 1])]
    if not alone:
        return list(blocks)
    words = Counter(w for b in blocks for w in _FRAGMENT.findall(b.text.casefold()))
    whole: list[Block] = []
    for index, block in enumerate(blocks):
        if index - 1 in alone:
            cap = whole.pop()
            whole.append(replace(joined(cap, block, _glue(cap, block, words)), kind=block.kind))
        else:
            whole.append(block)
    return whole


def _is_cap(block: Block, following: Block) -> bool:
    # Pinned by drop-caps.
    cap = _CAP.fullmatch(block.text.strip())
    if cap is None or block.level or following.level or block.unit != following.unit:
        return False
    if _GOES_ON.match(following.text):
        return True
    small = _SMALL_CAPITALS.match(following.text) is not None
    return small and cap["letter"] not in _NUMERALS


def _glue(cap: Block, block: Block, words: Counter[str]) -> str:
    """Return what parts the letter from the rest: a space where it is a word (« À travers »)."""
    letter = cap.text.strip()[-1]
    rest = _FRAGMENT.match(block.text)
    if letter not in _WORDS or rest is None:
        return ""
    fragment = rest[0].casefold()
    return " " if words[fragment] > 1 and not words[letter.casefold() + fragment] else ""
