"""Formulas: powers, products and quotients, what multiplies what, indices."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS, spaced
from hautevoix.french.rules.terms import (
    ALL_RAISED,
    GREEK,
    IN_A_FORMULA,
    LOWERED,
    LOWERED_LETTERS,
    OPERATORS,
    PLAIN_DIGITS,
    RAISED,
    is_formula,
    is_variables,
    power,
)


@rule(
    "powers-of-ten",
    r"(?<![\w.])(?P<n>\d{1,9}(?:[.,]\d{1,12})?)[eE](?P<e>[-−+]?\d{1,3})(?![\w.,]\d|\w)",
    why="« 6,02e23 » is « six virgule zéro deux fois dix puissance vingt-trois ».",
    needs=(DIGITS, "eE"),
    starts="0-9",
)
def _powers_of_ten(match: re.Match[str], _: Counting) -> str | None:
    if match["n"].isdigit() and (
        match["e"][0] == "+" or (len(match["n"]) > 1 and match["e"].isdigit())
    ):
        return None  # « 12E5 » is a name, « 45e+2 » a minute of added time
    exponent = match["e"].replace("+", "").replace("−", "-")
    return f"{match['n'].replace('.', ',')} × 10^{exponent}"


@rule(
    "points-before-ten",
    r"(?<=\d)(?P<x> ?[.·*] ?)(?=10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹^])",
    why="The point between a number and a power of ten is « fois ».",
    needs=".·*",
    hints=("10",),
)
def _points_before_ten(_match: re.Match[str], _: Counting) -> str:
    return " × "


@rule(
    "raised",
    rf"(?P<base>\)|\]|\||[{GREEK}]|(?<![^\W_])(?:[0-9.,]{{0,24}}[0-9])?[a-zA-Z]{{1,3}}|(?<=[{GREEK}])[a-zA-Z]"
    rf"|(?<=[0-9₀-₉])[a-zA-Z]{{1,2}}|(?<![\d.,])10(?![\d])|[0-9₀-₉%]|[!∂∇])(?:(?P<raised>[{ALL_RAISED}]+)|\^(?P<plain>[-−+]?\d+|[a-zA-Z](?![\w])|[{{(](?P<in>[\w+−/-]{{1,12}})[}})]))",
    why="A raised figure after what can have a power is one.",
    needs=ALL_RAISED + "^",
)
def _raised(match: re.Match[str], c: Counting) -> str | None:
    if not _has_a_power(match):
        return None
    raised = match["in"] or (match["plain"] or match["raised"].translate(PLAIN_DIGITS))
    text, end = match.string, match.end()
    base = match["base"]
    if base[-1].isalpha() and len(base) > 1:
        base = re.sub(r"(?<=[^\W\d_])(?=[^\W\d_])", " ", base)
    if (
        base == "10"
        and raised in ("2", "3")
        and _TIMES.search(text, max(0, match.start() - 3), match.start())
    ):
        return f"10 puissance {raised}"
    glued = " " if text[end : end + 1].isalnum() or text[end : end + 1] in "(√" else ""
    return f"{base} {power(raised, c)}{glued if text[end : end + 1] else ''}"


_TIMES = re.compile(r"[×x·*] ?$")
_A_YEAR = re.compile(r"(?<![\d,.])(?:1[0-9]|20)\d\d$")
_INSIDE = re.compile(r"[(\[|](?P<inside>[^()\[\]]{0,60})[)\]|]$")


def _has_a_power(match: re.Match[str]) -> bool:
    """Tell whether what stands before the raised figure is a term, not a word with a note."""
    base, text, end = match["base"], match.string, match.end("base")
    raised = match["raised"]
    if raised is None or not set(raised) <= set(RAISED):
        return True
    if base in ")]|":
        held = _INSIDE.search(text, max(0, end - 64), end)
        return held is not None and is_formula(held["inside"])
    if base.isdigit():
        return not _A_YEAR.search(text[max(0, end - 5) : end]) or raised in _SQUARE_OR_CUBE
    return _is_a_term(base, raised) and not (base in ("a", "y") and _is_a_verb(text, end))


def _is_a_term(base: str, raised: str) -> bool:
    """Tell whether letters, with or without a number before, are a term: « 3x² », « mc² »."""
    letters = base.lstrip("0123456789.,")
    if letters in _LENGTHS and raised in _SQUARE_OR_CUBE:
        return False
    if letters != base or re.search(f"[{GREEK}]", base):
        return True
    if letters.isupper() and len(letters) > 1:
        return raised in _SQUARE_OR_CUBE and len(letters) < 3  # « AB² », no « ONU² »
    return is_variables(letters)


_SQUARE_OR_CUBE = ("²", "³")
_LENGTHS = ("m", "km", "hm", "dam", "dm", "cm", "mm", "μm", "nm", "Km")
"""Units whose square or cube is an area or a volume: « carré », not « au carré »."""


def _is_a_verb(text: str, end: int) -> bool:
    return (
        re.search(r"\b(?:il|elle|on|qui|y|n['’]|l['’]) ?[ay]$", text[max(0, end - 8) : end])
        is not None
    )


@rule(
    "quotients",
    r"(?P<plain>(?<=\d )/(?= \d))|(?<=[\w)] )/(?= [(√])|(?<=\) )/(?= \w)|(?<=[)\]])/(?=[\w(√])|"
    r"(?<=\w)/(?=[(√])|"
    r"(?P<a>(?<![\w’'-])(?:\d{0,3}∂?[²³]?[a-zA-Z]?[a-zA-Zα-ωΔΩħℏ]|\d{1,4})[₀-₉]?)(?P<x>/)(?="
    r"(?:\d{0,3}∂?[a-zA-Zα-ωΔΩħℏ]|\d{1,4})[₀-₉²³]?(?!\w|/|[.’'-]\w))",
    why="A slash in a formula is « sur ».",
    needs="/",
)
def _quotients(match: re.Match[str], _: Counting) -> str | None:
    text = match.string
    if match["plain"] and not IN_A_FORMULA.search(text):
        return None
    if match["x"] is None:
        return f"{' ' * (text[match.start() - 1] != ' ')}sur{' ' * (text[match.end()] != ' ')}"
    digits = match["a"].isdigit() and text[match.end() : match.end() + 1].isdigit()
    return " sur " if not digits and IN_A_FORMULA.search(text) else None


@rule(
    "reduced-constant",
    r"(?<![^\W\d_])[ħℏ](?![a-zà-ÿħ]{2})",
    why="« ħ » is « h barre ».",
    needs="ħℏ",
)
def _reduced_constant(match: re.Match[str], _: Counting) -> str:
    return spaced(match, "h barre")


@rule(
    "products",
    r"(?P<x> ?[·⋅∙] ?)(?=[\w(√])",
    why="A point in a formula is « fois ».",
    needs="·⋅∙",
)
def _products(match: re.Match[str], _: Counting) -> str | None:
    return " fois " if IN_A_FORMULA.search(match.string) else None


@rule(
    "factorials",
    r"(?<![\w])(?P<n>\d{1,3}|n|k|p)!(?= ?[=+×/−]|\)| et| ?$)",
    why="« 5! » is « factorielle cinq ».",
    needs="!",
    hints=tuple(f"{n}!" for n in "0123456789nkp"),
)
def _factorials(match: re.Match[str], _: Counting) -> str | None:
    formula = re.search(OPERATORS, match.string)
    return f"factorielle {match['n']}" if formula else None


@rule(
    "variables",
    rf"(?<=[=+−×(] )(?P<x2>[a-z]{{2}})(?= ?[=+−×)]|$)|(?<![\w'’.-])(?P<n>\d{{1,4}})"
    rf"(?P<x>[a-zA-Z{GREEK}]{{1,3}})(?![\w'’²³])(?=(?: ?{OPERATORS}| au (?:carré|cube)"
    rf"| puissance|$| ?[)\],;.]))",
    why="A figure and the letters that it multiplies are said apart: « 2xy ».",
    needs="=+×÷<>≤≥≠≈±−√∈/",
)
def _variables(match: re.Match[str], _: Counting) -> str | None:
    formula = re.search(r"[=+×÷<>≤≥≠≈±−√∈]", match.string)
    letters = match["x"] or match["x2"]
    plain = match["n"] is not None and letters not in _UNITS
    if (
        formula is None
        or not (is_variables(letters) or plain)
        or (letters in ("e", "h", "m", "x", "g", "s") and len(letters) > 1)
    ):
        return None
    if letters in ("h", "g", "m", "s", "l", "e", "L", "F", "W", "V") and "=" not in match.string:
        return None
    return " " * bool(match["n"]) + " ".join(letters)


_UNITS = frozenset(
    "km cm mm dm hm nm kg mg cg ml cl dl hl min mn ms kW MW GW Wh kV mA Hz Go Mo Ko To ha "
    "er re nd nde ème ans h g m s l e".split()
)


@rule(
    "indices",
    rf"(?P<base>[A-Za-z{GREEK}])(?P<x>[{LOWERED}{''.join(LOWERED_LETTERS)}₊₋]+(?:,[{LOWERED}]+)*|_(?:\{{(?P<in>[\w,+-]{{1,8}})\}}|(?P<one>[0-9a-z])(?![\w])))",
    why="A lowered figure is said after its letter.",
    needs=LOWERED + "".join(LOWERED_LETTERS) + "_",
)
def _indices(match: re.Match[str], c: Counting) -> str:
    written = (
        match["in"]
        or match["one"]
        or "".join(LOWERED_LETTERS.get(sign, sign) for sign in match["x"].translate(PLAIN_DIGITS))
    )
    pieces = re.findall(r"\d+|[^\W\d_]|[+-]", written)
    signs = {"+": "plus", "-": "moins"}
    said = [number(p, counting=c) if p.isdigit() else signs.get(p, p) for p in pieces]
    space = " " * match.string[match.end() : match.end() + 1].isalnum()
    return f" {' '.join(said)}{space}"


RULES: tuple[Rule, ...] = (
    _powers_of_ten,
    _points_before_ten,
    _quotients,
    _products,
    _reduced_constant,
    _raised,
    _factorials,
    _variables,
    _indices,
)
