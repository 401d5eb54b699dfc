"""The ordered table of rules: what stands earlier decides for what stands later."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hautevoix.french import typography
from hautevoix.french.rules import (
    addresses,
    amounts,
    chemistry,
    codes,
    computing,
    dates,
    degrees,
    emojis,
    figures,
    fractions,
    functions,
    genealogy,
    inclusive,
    letters,
    marks,
    mathematics,
    measures,
    money,
    music,
    punctuation,
    ratios,
    relations,
    romans,
    scripts,
    scripture,
    shortened,
    signed,
    signs,
    times,
    unknown,
)

if TYPE_CHECKING:
    from hautevoix.french.rule import Rule
    from hautevoix.model.options import Habits

TYPOGRAPHY = typography.RULES
"""First of all, and before the lexicon."""

_READING = (
    *signed.IN_FORMULAS,
    *punctuation.BEFORE,
    *genealogy.RULES,
    *computing.RULES,
    *chemistry.RULES,
    *measures.RULES,
    *functions.RULES,
    *mathematics.RULES,
    *marks.RULES,
    *shortened.RULES,
    *addresses.RULES,
    *codes.RULES,
    *letters.BEFORE_FIGURES,
    *music.BEFORE_FIGURES,
    *scripture.RULES,
    *ratios.BEFORE_DATES,
    *dates.RULES,
    *times.RULES,
    *ratios.RULES,
    *figures.BEFORE_AMOUNTS,
    *relations.BEFORE_AMOUNTS,
    *signs.BEFORE_AMOUNTS,
    *fractions.BEFORE_AMOUNTS,
    *romans.RULES,
    *amounts.BEFORE_MONEY,
    *money.RULES,
    *degrees.RULES,
    *amounts.RULES,
    *unknown.RULES,
    *fractions.RULES,
    *figures.RULES,
    *letters.RULES,
    *scripts.RULES,
    *music.RULES,
    *relations.RULES,
    *signs.RULES,
    *punctuation.RULES,
    *letters.LAST,
)
"""What is read: marks and abbreviations, then figures from the particular to the plain, then the
rest; each rule sees what those before it left."""


@cache
def reading(habits: Habits) -> tuple[Rule, ...]:
    """Return the rules that read as a listener wants it, in order."""
    return (
        *inclusive.inclusive(habits.inclusive),
        *emojis.emojis(said=habits.emoji),
        *_READING,
        *TYPOGRAPHY,
    )
