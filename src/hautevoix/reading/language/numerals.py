"""Numbers as French headings write them: Roman, Arabic, in words."""

from __future__ import annotations

import re

_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,4})(XC|XL|L?X{0,4})(IX|IV|V?I{0,4})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ONES = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_DIGITS = 4
_RAISABLE = re.compile(r"[-−–+]?\d+")
_RAISED = str.maketrans("0123456789-−–+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")
_SUFFIX = re.compile(r"(?:er|re|ère|ere|e|è|ème|eme|de|nd|nde|ième)$", re.IGNORECASE)


def raised(text: str) -> str:
    """Return a whole number as it is written high up; other text as it is.

    >>> raised("12"), raised(" -3 "), raised("e")
    ('¹²', '⁻³', 'e')
    """
    number = text.strip()
    return number.translate(_RAISED) if _RAISABLE.fullmatch(number) else text


def _cardinals() -> dict[str, int]:
    below = {word: value for value, word in enumerate(_ONES.split(), 1)}
    below |= {f"dix-{word}": 10 + below[word] for word in ("sept", "huit", "neuf")} | {"une": 1}
    found = dict(below)
    for ten, value in _TENS.items():
        top = 20 if ten == "soixante" else 10
        found[ten] = value
        for word, unit in below.items():
            if unit < top:
                found[f"{ten}-et-{word}" if unit in {1, 11} else f"{ten}-{word}"] = value + unit
    found |= {f"quatre-vingt-{word}": 80 + unit for word, unit in below.items()}
    return found | {"quatre-vingts": 80, "cent": 100}


def _ordinal(word: str) -> str:
    stem = word.removesuffix("s") if word.endswith("vingts") else word
    if stem.endswith("cinq"):
        return f"{stem}uième"
    if stem.endswith("neuf"):
        return f"{stem[:-1]}vième"
    return f"{stem.removesuffix('e')}ième"


def _ordinals() -> dict[str, int]:
    regular = {_ordinal(word): value for word, value in _CARDINALS.items() if value > 1}
    first = {"premier": 1, "première": 1, "second": 2, "seconde": 2}
    return regular | first | {"dernier": 0, "dernière": 0}


_CARDINALS = _cardinals()
_ORDINALS = _ordinals()
_WITHOUT_ACCENTS = str.maketrans("èéÈÉ", "eeEE")
_WORDS = {
    word.translate(_WITHOUT_ACCENTS): value for word, value in (_CARDINALS | _ORDINALS).items()
}
_JOINED = re.compile(r"[\s-]+")


def roman(text: str) -> int | None:
    """Return the value of a Roman numeral in capitals, None for anything else.

    >>> roman("XIV"), roman("IIII"), roman("IC"), roman("")
    (14, 4, None, None)
    """
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_VALUES[char] for char in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < two else one for one, two in pairs)


def number(text: str) -> int | None:
    """Return the value of a heading's number; 0 for « dernier », None for what is no number.

    >>> number("IV"), number("12"), number("PREMIER"), number("vingt et unième"), number("Ier")
    (4, 12, 1, 21, 1)
    """
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= _DIGITS else None
    value = roman(text)
    if value is None:
        value = _WORDS.get(_JOINED.sub("-", text.lower()).translate(_WITHOUT_ACCENTS))
    return value if value is not None else _suffixed(text)


def _suffixed(text: str) -> int | None:
    """« Ier », « 2e », « IIIème »."""
    stem = _SUFFIX.sub("", text)
    return number(stem) if stem != text and (stem.isdigit() or stem.isupper()) else None
