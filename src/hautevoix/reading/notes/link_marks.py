"""The marks of linked notes: what a call reads, how a note opens, what goes with either."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.base.blocks import Link, Span

_MARK = re.compile(
    r"[\[(]?\s*(?:(?:foot)?notes? ?|n\. ?)?\*?(?P<label>\d{1,4}|[a-zA-Z]|[ivxlc]{1,7}|\*{1,6}"
    r"|[†‡§]{1,3}|[⁰¹²³⁴-⁹]{1,4})(?: ?bis| ?ter)?\s*[.)\]]?\s*[\])]?",
    re.IGNORECASE,
)
_SUPERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RETURN = re.compile(r"[\s↩↑⏎↵⇑^←↲\ufe0e\ufe0f]+|retour.{0,20}|back", re.IGNORECASE)
OPENING = re.compile(
    r"[\s\[(]*(?:(?:foot)?note ?|n\. ?)?(?:\*(?=\d))?(?P<label>\d{1,4}(?!\d|(?-i:[a-zà-ÿ]))"
    r"|[ivxlc]{1,7}(?!\w)|[a-z](?!\w)|\*{1,6}|[†‡§]{1,3}|[⁰¹²³⁴-⁹]{1,4})"
    r"(?:[\s\])]*[.:)]?[\s\xa0]*(?:[–—-](?=\s))?[\s\xa0]*)",
    re.IGNORECASE,
)
_BEFORE = " \xa0\u202f"
LONGEST_MARK = 16
_BETWEEN = re.compile(r"[\s,;]{0,3}")
_BRACKETS = {"[": "]", "(": ")"}


def mark_of(words: str) -> str | None:
    """Return the label that the ``words`` of a link are, None if they are something else."""
    words = words.strip()
    match = _MARK.fullmatch(words) if len(words) <= LONGEST_MARK else None
    return plain(match["label"]) if match else None


def plain(label: str) -> str:
    """Return a label with its raised figures as plain ones."""
    return label.translate(_SUPERS)


def bracketed(text: str, start: int, end: int) -> Span:
    """Widen a span over the brackets around it."""
    close = _BRACKETS.get(text[start - 1 : start])
    return (start - 1, end + 1) if close and text[end : end + 1] == close else (start, end)


def call_spans(text: str, links: Sequence[Link]) -> list[Span]:
    """Return what goes with each call: its brackets, the space before it, commas between two."""
    spans: list[Span] = []
    for link in links:
        start, end = bracketed(text, link.start, link.end)
        if spans and _BETWEEN.fullmatch(text, spans[-1][1], start):
            start = spans[-1][1]
        while start and text[start - 1] in _BEFORE and not text[end : end + 1].isalnum():
            start -= 1
        spans.append((start, end))
    return spans


def label_span(text: str, label: str | None, backs: Sequence[Span]) -> list[Span]:
    """Return the mark that opens a note's text, where it is no link back."""
    start = 0
    for one, two in sorted(backs):
        if not text[start:one].strip(" \xa0[("):
            start = two
    if label is None:
        return []
    opening = OPENING.match(text, start)
    if opening and plain(opening["label"]) == label:
        return [(0, opening.end())]
    rest = text[start:]
    return [(0, start + len(rest) - len(rest.lstrip(" \xa0.:)]–—-")))] if start else []
