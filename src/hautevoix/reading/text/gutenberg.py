"""Project Gutenberg's wrapping taken off: header, licence and credits; its title page kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.reading.base.diagnostics import GUTENBERG, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.text.lines import Line

_START = re.compile(
    r"\*{3} ?START OF (?:THIS|THE) PROJECT GUTENBERG|(?<!\*)\*+END ?\*? ?THE SMALL PRINT"
)
_END = re.compile(
    r"\*{3} ?END OF (?:THIS|THE) PROJECT GUTENBERG|End of (?:the |this )?Project Gutenberg"
    r"|Fin d[eu] (?:ce )?(?:livre|projet) (?:électronique )?(?:du )?(?:projet )?Gutenberg",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(Title|Author|Language): +(.+)")
# Credits that stand between the header's end and the book, a paragraph each.
_CREDIT = re.compile(
    r"(?:E-text |This (?:e-?text|file) was )?(?:Produced|Prepared|Produit|Préparé) (?:by|par)\b"
    r"|E-text prepared|\(?This file was produced|\(?Ce fichier|We thank the|Nous remercions la Bib"
    r"|The Project Gutenberg E|Note (?:sur la|de) transcription|Notes? au lecteur de ce"
    r"|Online Distributed Proofreading|\[Illustration\]",
    re.IGNORECASE,
)
_SEARCHED = 80  # written lines in which the credits may stand


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a text says of itself before it starts."""

    title: str | None = None
    author: str | None = None


def unwrap(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Imprint, tuple[Diagnostic, ...]]:
    """Return the book's own lines, what the header says, and what was left out."""
    named = [i for i, line in enumerate(lines) if _names_it(line.text.lower())]
    start = next((i for i in named if _START.search(lines[i].text)), None)
    end = next((i for i in named if _END.search(lines[i].text)), len(lines))
    if start is None or end <= start:
        start = -1
    if start == -1 and end == len(lines):
        return tuple(lines), Imprint(), ()
    kept = _without_credits(lines[start + 1 : end])
    if not any(line.text for line in kept):
        return tuple(lines), Imprint(), ()
    return (
        kept,
        _imprint(lines[: start + 1]),
        (tell(GUTENBERG, lines[start if start > 0 else end].number),),
    )


def _names_it(text: str) -> bool:
    """Tell whether a line, in small letters, may be the header's or the licence's."""
    # Pinned by gutenberg.
    return "gutenberg" in text or "small print" in text


def _imprint(header: Sequence[Line]) -> Imprint:
    fields = {m[1]: m[2].strip() for line in header if (m := _FIELD.fullmatch(line.text))}
    return Imprint(fields.get("Title"), fields.get("Author"))


def _without_credits(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Drop the paragraphs at the head that open as a credit does, and all before them."""
    last, written, opening = 0, 0, True
    for index, line in enumerate(lines):
        written += bool(line.text)
        if written > _SEARCHED:
            break
        if opening and _CREDIT.match(line.text):
            last = _paragraph_end(lines, index)
        opening = not line.text
    return tuple(lines[last:])


def _paragraph_end(lines: Sequence[Line], index: int) -> int:
    while index < len(lines) and lines[index].text:
        index += 1
    return index
