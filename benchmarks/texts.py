"""Long texts for benchmarks: the letter's sentences over and over, no two of them the same."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTER = Path(__file__).parent.parent / "letters" / "lettre.txt"
_CHAPTER = 60  # paragraphs


def text(size: int) -> str:
    """Return ``size`` bytes of French prose (to a paragraph), always the same for a size."""
    paragraphs: list[str] = []
    written = 0
    for number, paragraph in enumerate(_paragraphs()):
        if number % _CHAPTER == 0:
            paragraphs.append(f"Chapitre {number // _CHAPTER + 1}")
        paragraphs.append(paragraph)
        written += len(paragraph.encode()) + 2
        if written >= size:
            return "\n\n".join(paragraphs) + "\n"
    raise AssertionError  # the paragraphs never end


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
