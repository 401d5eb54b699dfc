"""What an engine is given of words: what it would say wrong, spelled as it says it right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.model import Manner, Words

if TYPE_CHECKING:
    from hautevoix.engines.protocol import Engine

_HEEDED = {Manner.RESPELLED: "respelled", Manner.EMPHASIS: "stresses"}
"""The manners that few engines heed, and the attribute of the engine that tells that it does."""


def taken(engine: Engine, words: Words) -> Words:
    """Return the words as ``engine`` takes them: without what it has no use for."""
    if not words.spans:
        return words
    idle = {manner for manner, heeds in _HEEDED.items() if not getattr(engine, heeds, False)}
    return Words(words.text, tuple(span for span in words.spans if span.manner not in idle))


def spelled(words: Words) -> Words:
    """Return the words with their spellings in place; other spans stand where that moves them.

    As many words come out as went in, so that times can be told by their number.
    """
    parts: list[str] = []
    spans = []
    done = length = 0
    for span in sorted(words.spans, key=lambda span: span.start):
        if span.start < done:
            continue  # overlaps the one before
        text = words.text[span.start : span.end]
        told = span.spelling if span.manner is Manner.RESPELLED else text
        length += span.start - done
        parts += words.text[done : span.start], told
        if span.manner is not Manner.RESPELLED:
            spans.append(replace(span, start=length, end=length + len(told)))
        length += len(told)
        done = span.end
    return Words("".join((*parts, words.text[done:])), tuple(spans))
