"""What formulas are made of: exponents, indices, letters, names of functions."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, number

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
ALL_RAISED = RAISED + "⁺⁻ⁿⁱ"
LOWERED = "₀₁₂₃₄₅₆₇₈₉"
LOWERED_LETTERS = dict(zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "aehijklmnoprstuvx", strict=True))
PLAIN_DIGITS = str.maketrans(
    ALL_RAISED + LOWERED + "₊₋", "0123456789" + "+-ni" + "0123456789" + "+-"
)
GREEK = "α-ωΑ-Ωϑϕϵ"
FUNCTIONS = {
    "sin": "sinus", "cos": "cosinus", "tan": "tangente", "cot": "cotangente", "ln": "L N",
    "log": "log", "exp": "exponentielle", "arcsin": "arc sinus", "arccos": "arc cosinus",
    "arctan": "arc tangente", "sinh": "sinus hyperbolique", "cosh": "cosinus hyperbolique",
    "tanh": "tangente hyperbolique", "lim": "limite", "min": "minimum", "max": "maximum",
    "det": "déterminant", "dim": "dimension", "card": "cardinal", "pgcd": "P G C D",
    "ppcm": "P P C M",
}  # fmt: skip
_SHORT_WORDS = frozenset(
    """
an as au ça ce ci de du eu en et il je là la le lu ma me mu ne né ni nu on or os où ou pu sa se si
su ta te tu un us va vu y a à dû
""".split()
)
OPERATORS = r"[=+×÷·⋅<>≤≥≠≈±−√∞∑∫∂∈∪∩|^/]"


def power(raised: str, c: Counting) -> str:
    """Return how an exponent is said: « au carré », « puissance moins trois ».

    >>> power("2", Counting.FRANCE), power("-3", Counting.FRANCE), power("n+1", Counting.FRANCE)
    ('au carré', 'puissance moins trois', 'puissance n plus un')
    """
    if raised in ("2", "3"):
        return "au carré" if raised == "2" else "au cube"
    return f"puissance {' '.join(_exponent(raised, c))}"


def _exponent(raised: str, c: Counting) -> list[str]:
    signs = {"-": "moins", "−": "moins", "+": "plus", "/": "sur"}
    pieces = re.findall(r"\d+|[^\W\d_]|[-−+/]", raised)
    return [number(p, counting=c) if p.isdigit() else signs.get(p, p) for p in pieces]


def is_formula(text: str) -> bool:
    """Tell whether a text is made of figures, single letters and signs, with no word in it.

    >>> is_formula("2x − y"), is_formula("7"), is_formula("ou non")
    (True, True, False)
    """
    words = re.findall(r"[^\W\d_]+", text)
    plain = [w for w in words if w not in FUNCTIONS and not is_variables(w)]
    return not plain and bool(re.search(r"\w|√|∞", text))


_LONGEST = 3


def is_variables(word: str) -> bool:
    """Tell whether letters stand for quantities, not for a word: « x », « mc », no « de »."""
    if re.search(f"[{GREEK}]", word):
        return True
    return len(word) == 1 or (
        len(word) <= _LONGEST
        and word not in _SHORT_WORDS
        and word.isascii()
        and not _VOWEL_INSIDE.search(word)
    )


_VOWEL_INSIDE = re.compile(r"[a-z][aeiou]|[aeiou][a-z]")


IN_A_FORMULA = re.compile(
    r"[πα-ω∂=≈≤≥√²³×·⋅]|[\w)] ?[+−] ?[\w(]|\b(?:égale|au carré|au cube|puissance|fonction|fraction"
    r"|rapport|quotient|return)\b"
)
