"""Roman numerals: their value, and which strings of letters are one at all."""

from __future__ import annotations

import re
from itertools import pairwise

LETTERS = "IVXLCDM"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

# Standard form, and the four strokes that printers used until the 19th century (XIIII, LXXXX).
_SHAPE = re.compile(
    r"M{0,4}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})",
)


def roman_value(numeral: str) -> int | None:
    """Return the value of a Roman numeral in capitals or small letters, None if it is none.

    >>> roman_value("XIV"), roman_value("xviij"), roman_value("MDCCCXLVIII"), roman_value("VIL")
    (14, 18, 1848, None)
    """
    letters = numeral.upper()
    if letters.endswith("IJ"):  # the last stroke had a tail in old prints: xviij
        letters = letters[:-1] + "I"
    if not letters or not _SHAPE.fullmatch(letters):
        return None
    values = [_VALUES[letter] for letter in letters]
    return values[-1] + sum(
        value if value >= following else -value for value, following in pairwise(values)
    )
