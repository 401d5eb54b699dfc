"""Slips of optical recognition: flagged with their line, never put right by a guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.model import Doubt
from hautevoix.reading.base.diagnostics import LEFT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.text.hyphens import Flow

_LOST = re.compile("\ufffd")
_MOJIBAKE = re.compile("Ã[©¨ª«®´»¢\xa0§]|â€[™œ¦“”]")
# Each with a look that finds at once, in most paragraphs, that there is nothing to look for.
_SLIPS = (
    (
        "a capital after a pronoun or « ne »",
        re.compile("e [A-ZÀ-ÖØ-Þ]"),
        re.compile(r"[snmtSN]e (?<![\w’'.-].{3})[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{2,}"),
    ),
    (
        "an acronym cut in two",
        re.compile(r"\.[A-Z] [A-Z]\."),
        re.compile(r"(?<![\w.])[A-Z](?:\.[A-Z])+ [A-Z]\.(?!\w)"),
    ),
    (
        "a digit within a word",
        re.compile("[0156][a-zà-ÿ]"),
        re.compile(r"(?<![\w.-])[a-zà-ÿ]{2,}[0156][a-zà-ÿ]+(?!\w)"),
    ),
    (
        "a full stop in mid-sentence",
        re.compile(r"\. [a-zà-ÿ]"),
        re.compile(
            r"(?<![\w.-])(?:une?|les?|la|des?|du|ces?|cette|mon|ma|mes|son|sa|ses|aux?)\. "
            r"[a-zà-ÿ]\w*"
        ),
    ),
    ("a character that was lost", _LOST, _LOST),
    ("UTF-8 read as another charset", _MOJIBAKE, _MOJIBAKE),
)
_UNACCENTED = re.compile(r"(?:^|(?<=[.!?…»] )|(?<=[—–] ))A (?=[a-zà-ÿ])[\w’']+")
_CAPITAL_A = re.compile("A ")
_THOU = re.compile(r"[tT](?<![\w’'-].)(?:[uUeE]|[oO][iI]|[’'])(?!\w)|-[tT](?:[uU]|[oO][iI])(?!\w)")
_THY = re.compile(r"t(?<![\w’'-].)(?:a|es) [\w’'-]+")
_WORD_TAIL = re.compile(r"[\w\ufffd]+$")
_WORD_HEAD = re.compile(r"[\w\ufffd]*")
_WIDEST = 20
_MANY = 5  # of one kind: then one doubt tells them all


def find_slips(flows: Sequence[Flow]) -> Iterator[Doubt]:
    """Yield a doubt for each likely slip in ``flows``; many of a kind are told together."""
    for what, hint, pattern in _SLIPS:
        yield from _told(what, _hits(flows, hint, pattern))
    yield from _told("« A » for « À »", _hits(flows, _CAPITAL_A, _UNACCENTED), "said as « À »")
    if not any(_THOU.search(flow.text) for flow in flows):
        told = "« ta » or « tes » in a text that never says « tu »"
        yield from _told(told, _hits(flows, _THY, _THY))


def settle(doubt: Doubt, corrections: Sequence[tuple[str, str]]) -> Doubt:
    """Return the ``doubt``, saying so where one of the (wrong, right) ``corrections`` mends it."""
    for wrong, right in corrections:
        if LEFT in doubt.message and f"“{wrong}”" in doubt.message:
            message = doubt.message.replace(LEFT, f"the sidecar reads it as “{right}”")
            return Doubt(doubt.line, message)
    return doubt


def _hits(
    flows: Sequence[Flow], hint: re.Pattern[str], pattern: re.Pattern[str]
) -> list[tuple[int, str]]:
    return [
        (flow.line_at(match.start()), _widened(flow.text, *match.span()))
        for flow in flows
        if hint.search(flow.text)
        for match in pattern.finditer(flow.text)
    ]


def _widened(text: str, start: int, end: int) -> str:
    """Return ``text[start:end]`` with the rest of the words that it cuts."""
    head = _WORD_TAIL.search(text[max(start - _WIDEST, 0) : start])
    tail = _WORD_HEAD.match(text[end : end + _WIDEST])
    return (head[0] if head else "") + text[start:end] + (tail[0] if tail else "")


def _told(what: str, hits: Sequence[tuple[int, str]], outcome: str = LEFT) -> Iterator[Doubt]:
    if len(hits) > _MANY:
        lines = ", ".join(str(line) for line, _ in hits[:_MANY])
        yield Doubt(
            hits[0][0],
            f"“{hits[0][1]}” and {len(hits) - 1} more look like {what} (lines {lines}…): {outcome}",
        )
        return
    for line, words in hits:
        yield Doubt(line, f"“{words}” looks like a slip ({what}): {outcome}")
