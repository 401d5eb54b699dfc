"""Notes in brackets within a sentence, without a label: « le gobe-mouches [Badaud.] riait »."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.model import NoteReference
from hautevoix.reading.base.blocks import Block, erased
from hautevoix.reading.language.speech_marks import find

if TYPE_CHECKING:
    from collections.abc import Iterator

# A word that an editor put in (« l[a] », « [sic] ») is none, nor whose a note is (« [N.D.T.] »).
_ASIDE = re.compile(r"(?: |(?<!\w))\[(?P<text>[^\[\]\n]{4,600})\]")
_WORD = re.compile(r"[^\W\d_]{3}")
_NONE = re.compile(r"sic\b.*|(?:\w\. ?)+|\.{3}.*|….*", re.IGNORECASE)


def asides(block: Block) -> list[re.Match[str]]:
    """Return the words in brackets in ``block`` that may be notes; ``text`` is what they say."""
    if "[" not in block.text:
        return []
    return [one for one in _ASIDE.finditer(block.text) if _is_aside(one["text"])]


def _is_aside(text: str) -> bool:
    # Pinned by speech-marks-off, speech-marks-gone-wrong.
    if not _WORD.search(text) or _NONE.fullmatch(text):
        return False
    return next(find(f"[{text}]"), None) is None  # « [voix Anne] » is a mark, or was meant for one


def without_asides(block: Block, first: int) -> tuple[Block, list[Block]]:
    """Return ``block`` with calls in place of its asides, and these: ``first`` is their index."""
    found = asides(block)
    calls = tuple(_calls(found, first))
    whole = sorted((*block.references, *calls), key=lambda call: call.position)
    bare = erased(replace(block, references=tuple(whole)), [aside.span() for aside in found])
    return bare, [Block(aside["text"].strip(), block.line) for aside in found]


def _calls(found: list[re.Match[str]], first: int) -> Iterator[NoteReference]:
    for index, aside in enumerate(found, first):
        yield NoteReference(str(index + 1), aside.start(), index)
