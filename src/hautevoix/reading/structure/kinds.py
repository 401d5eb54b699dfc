"""What a paragraph is: salutation, dateline, signature, dialogue, verse, quote, list item."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.model import Kind
from hautevoix.reading.language.phrases import (
    BURDEN,
    LONGEST_NAME,
    is_dateline,
    is_dialogue,
    is_salutation,
    looks_like_name,
)
from hautevoix.reading.language.punctuation import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.model import Paragraph
    from hautevoix.reading.base.blocks import Block
    from hautevoix.reading.text.layout import Layout

_ITEM = re.compile(r"(?:\d{1,2}(?:[°º]|ᵒ|\)|\.(?= ))|[a-z]\)|[•·▪‣*-] ) ?(?=\S)")
_POSTSCRIPT = re.compile(
    r"(?:P\.[ -]?)+S\.|P\.?-?S\b|Post-?scriptum\b|N\. ?B\.|Nota bene\b", re.IGNORECASE
)
_END = re.compile(r"fin\b", re.IGNORECASE)
_MOST_LINES = 3
_LONGEST_POSTSCRIPT = 6  # paragraphs
_LONGEST_SPEECH = 1200  # characters: a longer quotation is a document
_ANSWER = 200  # characters: longer quotations, one after the other, are a document's paragraphs
_DEEP = 16
_SURE = frozenset({Kind.LIST_ITEM, Kind.EPIGRAPH, Kind.SALUTATION, Kind.SIGNATURE})


def _is_signature(block: Block, *, last: bool) -> bool:
    """Tell whether a block signs what was read: a name that ends a chapter, or set far right."""
    # Pinned by notes-of-indesign, caps-signature-is-no-heading.
    text = block.flat
    deep = block.indent >= _DEEP and len(text) <= LONGEST_NAME
    if _END.match(text) or BURDEN.fullmatch(text):
        return False
    name = looks_like_name(text) and not (block.ruled and " " not in text)
    return name and len(text) > 1 and (last or deep) and block.rows <= _MOST_LINES


def _is_closing(block: Block) -> bool:
    """« Votre / Jeanne Aubry »: a few short lines, the last one a name."""
    # Pinned by poem-that-speaks, postscript.
    rows = block.text.split("\n")
    short = max(map(len, rows)) <= LONGEST_NAME
    return short and len(rows) <= _MOST_LINES and looks_like_name(rows[-1])


def closing(texts: Sequence[str]) -> int:
    """Return how many of a chapter's ``texts`` there are without the postscript after them.

    >>> closing(["Adieu.", "Votre Jeanne.", "P.-S. — Le vin est arrivé.", "Il est bon."])
    2
    """
    start = max(len(texts) - _LONGEST_POSTSCRIPT, 1)
    found = (index for index in range(start, len(texts)) if _POSTSCRIPT.match(texts[index]))
    return next(found, len(texts))


def kind_of(block: Block, layout: Layout, *, first: bool, last: bool) -> Kind:
    """Return the kind of the paragraph ``block``; ``first`` and ``last`` within its chapter.

    What markup says for sure comes first, then its words, then what else markup says.
    """
    if block.kind in _SURE:
        return block.kind
    told = _told_kind(block, layout, first=first, last=last)
    return block.kind if block.kind and told is Kind.PARAGRAPH else told


def _told_kind(block: Block, layout: Layout, *, first: bool, last: bool) -> Kind:
    text = block.flat
    if block.speaks:
        return Kind.PARAGRAPH
    if block.kind is Kind.VERSE:
        return Kind.SIGNATURE if last and _is_closing(block) else Kind.VERSE
    if is_dateline(text):
        return Kind.DATELINE
    if first and is_salutation(text):
        return Kind.SALUTATION
    if _is_signature(block, last=last):
        return Kind.SIGNATURE
    return _by_opening(block, text, layout)


def _by_opening(block: Block, text: str, layout: Layout) -> Kind:
    if text.startswith("- ") and not ends_sentence(text):
        return Kind.LIST_ITEM
    if is_dialogue(text):
        return Kind.DIALOGUE
    if _ITEM.match(text):
        return Kind.LIST_ITEM
    inset = block.indent > layout.base + 1 and block.rows > 1
    if inset and block.indent not in layout.indents:
        return Kind.QUOTE
    return Kind.QUOTE if _is_quoted(text) else Kind.PARAGRAPH


def in_dialogue(paragraphs: Sequence[Paragraph], marked: Sequence[bool]) -> list[Paragraph]:
    """Return ``paragraphs``, what is said in « » among speech made dialogue, not a quotation.

    « Qui est là ? » — Moi. What markup says of a paragraph (``marked``) stays.
    """
    whole = list(paragraphs)
    for index in range(len(whole) - 1, -1, -1):
        one = whole[index]
        after = whole[index + 1] if index + 1 < len(whole) else None
        before = paragraphs[index - 1] if index else None
        if (
            not marked[index]
            and _may_speak(one)
            and any(_speaks_with(one, other) for other in (before, after))
        ):
            whole[index] = replace(one, kind=Kind.DIALOGUE)
    return whole


def _may_speak(one: Paragraph) -> bool:
    # Pinned by dialogue-opened-by-quotes.
    plain = one.kind in {Kind.PARAGRAPH, Kind.QUOTE} and not one.references
    return plain and one.text[:1] in "«“" and len(one.text) <= _LONGEST_SPEECH


def _speaks_with(one: Paragraph, other: Paragraph | None) -> bool:
    """Tell whether ``other``, beside ``one``, is dialogue, or answers it within « » too."""
    # Pinned by dialogue-opened-by-quotes.
    if other is None:
        return False
    both = all(_is_quoted(p.text) and len(p.text) <= _ANSWER for p in (one, other))
    return other.kind is Kind.DIALOGUE or both


def _is_quoted(text: str) -> bool:
    """Tell whether the whole of ``text`` is one quotation."""
    # Pinned by notes-of-indesign, epigraph-or-dialogue, chapters-of-an-extract.
    inner = text[1:-1]
    return (
        text.startswith("«")
        and text.rstrip(" .").endswith("»")
        and not {"«", "»"} & set(inner.rstrip(" .»"))
    )
