"""What a paragraph is: salutation, dateline, signature, dialogue, verse, quote, list item."""

from __future__ import annotations

import re
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

    from hautevoix.reading.text.layout import Layout
    from hautevoix.reading.text.units import Unit

_ITEM = re.compile(r"(?:\d{1,2}(?:[°º]|ᵒ|\)|\.(?= ))|[a-z]\)|[•·▪‣*-] ) ?(?=\S)")
_POSTSCRIPT = re.compile(
    r"(?:P\.[ -]?)+S\.|P\.?-?S\b|Post-?scriptum\b|N\. ?B\.|Nota bene\b", re.IGNORECASE
)
_END = re.compile(r"fin\b", re.IGNORECASE)
_MOST_LINES = 3
_LONGEST_POSTSCRIPT = 6  # paragraphs
_DEEP = 16


def is_signature(unit: Unit, text: str, *, last: bool) -> bool:
    """Tell whether ``text`` signs what was read: a name that ends a chapter, or set far right."""
    deep = min(line.indent for line in unit.lines) >= _DEEP and len(text) <= LONGEST_NAME
    if _END.match(text) or BURDEN.fullmatch(text):
        return False
    name = looks_like_name(text) and not (unit.parted and " " not in text)
    return name and len(text) > 1 and (last or deep) and len(unit.lines) <= _MOST_LINES


def _is_closing(unit: Unit) -> bool:
    """« Votre / Jeanne Aubry »: a few short lines, the last one a name."""
    short = max(len(line.text) for line in unit.lines) <= LONGEST_NAME
    return short and len(unit.lines) <= _MOST_LINES and looks_like_name(unit.lines[-1].text)


def closing(texts: Sequence[str]) -> int:
    """Return how many of a chapter's ``texts`` there are without the postscript after them.

    >>> closing(["Adieu.", "Votre Jeanne.", "P.-S. — Le vin est arrivé.", "Il est bon."])
    2
    """
    start = max(len(texts) - _LONGEST_POSTSCRIPT, 1)
    found = (index for index in range(start, len(texts)) if _POSTSCRIPT.match(texts[index]))
    return next(found, len(texts))


def kind_of(unit: Unit, text: str, layout: Layout, *, first: bool, last: bool) -> Kind:
    """Return the kind of the paragraph ``text``; ``first`` and ``last`` within its chapter."""
    if unit.speaks:
        return Kind.PARAGRAPH
    if unit.verse:
        return Kind.SIGNATURE if last and _is_closing(unit) else Kind.VERSE
    if is_dateline(text):
        return Kind.DATELINE
    if first and is_salutation(text):
        return Kind.SALUTATION
    if is_signature(unit, text, last=last):
        return Kind.SIGNATURE
    return _by_opening(unit, text, layout)


def _by_opening(unit: Unit, text: str, layout: Layout) -> Kind:
    if text.startswith("- ") and not ends_sentence(text):
        return Kind.LIST_ITEM
    if is_dialogue(text):
        return Kind.DIALOGUE
    if _ITEM.match(text):
        return Kind.LIST_ITEM
    inset = unit.indent > layout.base + 1 and len(unit.lines) > 1
    if inset and unit.indent not in layout.indents:
        return Kind.QUOTE
    return Kind.QUOTE if _is_quoted(text) else Kind.PARAGRAPH


def _is_quoted(text: str) -> bool:
    """Tell whether the whole of ``text`` is one quotation."""
    inner = text[1:-1]
    return (
        text.startswith("«")
        and text.rstrip(" .").endswith("»")
        and not {"«", "»"} & set(inner.rstrip(" .»"))
    )
