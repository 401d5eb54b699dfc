"""Slips of optical recognition: flagged with their line, never put right by a guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.reading.base.diagnostics import (
    SLIP_ACCENT,
    SLIP_ACRONYM,
    SLIP_CAPITAL,
    SLIP_CHARSET,
    SLIP_DIGIT,
    SLIP_LOST,
    SLIP_STOP,
    SLIP_THOU,
    tell_all,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.base.diagnostics import Hit
    from hautevoix.reading.text.hyphens import Flow

_LOST = re.compile("\ufffd")
_MOJIBAKE = re.compile("Ã[©¨ª«®´»¢\xa0§]|â€[™œ¦“”]")
# Each with a look that finds at once, in most paragraphs, that there is nothing to look for.
_SLIPS = (
    (
        SLIP_CAPITAL,
        re.compile("e [A-ZÀ-ÖØ-Þ]"),
        re.compile(r"[snmtSN]e (?<![\w’'.-].{3})[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{2,}"),
    ),
    (
        SLIP_ACRONYM,
        re.compile(r"\.[A-Z] [A-Z]\."),
        re.compile(r"(?<![\w.])[A-Z](?:\.[A-Z])+ [A-Z]\.(?!\w)"),
    ),
    (
        SLIP_DIGIT,
        re.compile("[0156][a-zà-ÿ]"),
        re.compile(r"(?<![\w.-])[a-zà-ÿ]{2,}[0156][a-zà-ÿ]+(?!\w)"),
    ),
    (
        SLIP_STOP,
        re.compile(r"\. [a-zà-ÿ]"),
        re.compile(
            r"(?<![\w.-])(?:une?|les?|la|des?|du|ces?|cette|mon|ma|mes|son|sa|ses|aux?)\. "
            r"[a-zà-ÿ]\w*"
        ),
    ),
    (SLIP_LOST, _LOST, _LOST),
    (SLIP_CHARSET, _MOJIBAKE, _MOJIBAKE),
)
_UNACCENTED = re.compile(r"(?:^|(?<=[.!?…»] )|(?<=[—–] ))A (?=[a-zà-ÿ])[\w’']+")
_CAPITAL_A = re.compile("A ")
_THOU = re.compile(r"[tT](?<![\w’'-].)(?:[uUeE]|[oO][iI]|[’'])(?!\w)|-[tT](?:[uU]|[oO][iI])(?!\w)")
_THY = re.compile(r"t(?<![\w’'-].)(?:a|es) [\w’'-]+")
_WORD_TAIL = re.compile(r"[\w\ufffd]+$")
_WORD_HEAD = re.compile(r"[\w\ufffd]*")
_WIDEST = 20


def find_slips(flows: Sequence[Flow]) -> Iterator[Diagnostic]:
    """Yield a doubt for each likely slip in ``flows``; many of a kind are told together."""
    for message, hint, pattern in _SLIPS:
        yield from tell_all(message, _hits(flows, hint, pattern))
    yield from tell_all(SLIP_ACCENT, _hits(flows, _CAPITAL_A, _UNACCENTED))
    if not any(_THOU.search(flow.text) for flow in flows):
        yield from tell_all(SLIP_THOU, _hits(flows, _THY, _THY))


def _hits(flows: Sequence[Flow], hint: re.Pattern[str], pattern: re.Pattern[str]) -> list[Hit]:
    return [
        (flow.line_at(match.start()), {"words": _widened(flow.text, *match.span())})
        for flow in flows
        if hint.search(flow.text)
        for match in pattern.finditer(flow.text)
    ]


def _widened(text: str, start: int, end: int) -> str:
    """Return ``text[start:end]`` with the rest of the words that it cuts."""
    head = _WORD_TAIL.search(text[max(start - _WIDEST, 0) : start])
    tail = _WORD_HEAD.match(text[end : end + _WIDEST])
    return (head[0] if head else "") + text[start:end] + (tail[0] if tail else "")
