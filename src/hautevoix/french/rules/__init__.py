"""The ordered table of rules: what stands earlier decides for what stands later."""

from __future__ import annotations

from hautevoix.french import typography
from hautevoix.french.rules import (
    addresses,
    amounts,
    dates,
    degrees,
    figures,
    fractions,
    letters,
    marks,
    money,
    punctuation,
    romans,
    scripture,
    shortened,
    signs,
    times,
)

TYPOGRAPHY = typography.RULES
"""First of all, and before the lexicon."""

READING = (
    *punctuation.BEFORE,
    *marks.RULES,
    *shortened.RULES,
    *addresses.RULES,
    *letters.BEFORE_FIGURES,
    *scripture.RULES,
    *dates.RULES,
    *times.RULES,
    *figures.BEFORE_AMOUNTS,
    *signs.BEFORE_AMOUNTS,
    *fractions.BEFORE_AMOUNTS,
    *romans.RULES,
    *amounts.BEFORE_MONEY,
    *money.RULES,
    *degrees.RULES,
    *amounts.RULES,
    *fractions.RULES,
    *figures.RULES,
    *letters.RULES,
    *signs.RULES,
    *punctuation.RULES,
    *letters.LAST,
)
"""What is read: marks and abbreviations, then figures from the particular to the plain, then the
rest; each rule sees what those before it left."""
