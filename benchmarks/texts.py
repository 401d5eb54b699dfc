"""Long texts for benchmarks: the letter's sentences over and over, no two of them the same."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LETTER = Path(__file__).parent.parent / "letters" / "lettre.txt"
_CHAPTER = 60  # paragraphs


def text(size: int) -> str:
    """Return ``size`` bytes of French prose (to a paragraph), always the same for a size."""
    return next(books([size]))


def books(sizes: Sequence[int]) -> Iterator[str]:
    """Yield a text of each of these ``sizes``, as ``text`` does, no paragraph of one in another."""
    paragraphs = _paragraphs()
    for size in sizes:
        yield _book(paragraphs, size)


def _book(paragraphs: Iterator[str], size: int) -> str:
    chosen: list[str] = []
    written = 0
    for number, paragraph in enumerate(paragraphs):
        if number % _CHAPTER == 0:
            chosen.append(f"Chapitre {number // _CHAPTER + 1}")
        chosen.append(paragraph)
        written += len(paragraph.encode()) + 2
        if written >= size:
            break
    return "\n\n".join(chosen) + "\n"


def _paragraphs() -> Iterator[str]:
    dice = random.Random(1917)  # noqa: S311 - repeatable, no secret
    body = LETTER.read_text("utf-8").split("Notes")[0]
    prose = " ".join(re.sub(r"\[\d\]", "", body).split())
    sentences = [
        part for part in re.split(r"(?<=[.!?]) (?=[A-ZÀÉ])", prose) if len(part) > 30
    ]  # sentences, not calls
    count = 0
    while True:
        chosen = []
        for sentence in dice.choices(sentences, k=dice.randint(1, 4)):
            count += 1
            chosen.append(f"Le {dice.randint(2, 30)} mai {1000 + count % 900}, {count} fois : ")
            chosen[-1] += sentence
        yield " ".join(chosen)
