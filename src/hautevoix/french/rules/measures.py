"""Measures whose unit is put together, or follows a power of ten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS, LEFT, amount, any_of, of, plural, whole_millions
from hautevoix.french.symbols import ATOMS, COMPOUND, LONE, SINGLE, feminine, unit_words

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_NUMBER = r"(?:[1-9]\d{0,2}(?: \d{3}){1,4}|\d+)(?:[,.]\d+)?"


@rule(
    "compound-units",
    rf"(?:{LEFT}(?:(?P<from>{_NUMBER}) ?[-–—] ?|(?P<sign>[-−+] ?))?(?<![-−+–—]\d)(?P<n>{_NUMBER})|"
    rf"(?P<power>\b10(?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|\^-?\d{{1,2}})|(?<=mille)|(?<=million de)|(?<=millions de)))"
    rf" ?(?P<u>{COMPOUND})(?![\w'’²³⁻¹/])",
    why="Units that are multiplied or divided are said one after the other.",
    needs=(DIGITS, "/·.⋅∙⁻^-"),
)
def _compound_units(match: re.Match[str], c: Counting) -> str | None:
    if "/" not in match["u"] and not re.search(r"[·⋅∙⁻^]|-\d", match["u"]):
        return None
    led = f"{amount(match['from'].replace(' ', ''), c)} à " if match["from"] else ""
    sign = {"": "", "+": "plus "}.get((match["sign"] or "").strip(), "moins ")
    return f"{led}{sign}{_said(match, c)}"


def _said(match: re.Match[str], c: Counting) -> str:
    n = match["n"] and match["n"].replace(" ", "")
    many = n is None or plural(n)
    unit = unit_words(match["u"], many=many)
    if n is None:
        return f"{match['power']} {unit}"
    words = amount(n, c, feminine=feminine(match["u"]))
    return f"{words} {of(unit)}" if whole_millions(n) else f"{words} {unit}"


@rule(
    "units-after-powers",
    rf"(?P<power>(?<![\w])10(?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|\^-?\d{{1,2}})) ?(?P<n>(?!))?(?P<u>{SINGLE})"
    rf"(?![\w'’²³⁻¹/·])",
    why="A unit after a power of ten is said in full.",
    needs="⁰¹²³⁴⁵⁶⁷⁸⁹^",
)
def _units_after_powers(match: re.Match[str], c: Counting) -> str:
    return _said(match, c)


@rule(
    "rare-units",
    rf"{LEFT}(?P<n>{_NUMBER}) ?(?P<u>{any_of(LONE)})(?![\w'’²³/·.-]\w|[\w'’²³/·])",
    why="A unit with its prefix is said in full.",
    needs=DIGITS,
    starts="0-9",
)
def _rare_units(match: re.Match[str], c: Counting) -> str:
    return _said(match, c)


_PHYSICS = (
    r"(?:force|poids|énergie|travail|tension|température|charge|champ|chaleur|capacité"
    r"|résistance|puissance|intensité|inductance|[=≈<>≤≥]|vaut|vaudra|égale?)"
)


@rule(
    "letter-units",
    rf"(?:{LEFT}(?P<n>\d+,\d+)|(?<![\w,./])(?<=[=≈<>≤≥] )(?P<m>\d+)|\b{_PHYSICS}"
    rf"(?: [a-zà-ÿ'’]{{1,12}}){{0,3}} ?(?P<o>(?<![\w,./])\d+))"
    r" (?P<u>[NJKTCAVWHSF])(?![\w'’²³/·]|\.\w|-)",
    why="A lone capital after a decimal number, or in a formula, is a unit.",
    needs=(DIGITS, "NJKTCAVWHSF"),
)
def _letter_units(match: re.Match[str], c: Counting) -> str | None:
    n, symbol = match["n"] or match["m"] or match["o"], match["u"]
    if symbol in _ELSEWHERE and not re.search(_ELSEWHERE[symbol], match.string):
        return None
    lead = match[0][: match[0].rindex(f"{n} {symbol}")]
    unit = ATOMS[symbol]
    return f"{lead}{amount(n, c, feminine=unit.feminine)} {unit.many if plural(n) else unit.one}"


_ELSEWHERE = {"F": "capacité|condensateur", "K": r"températ|[Kk]elvin|absolu|°C|\d,\d\d K"}
"""What else must be spoken of: « 1,5 F » is in francs, « 1,5 K » may be thousands."""

RULES: tuple[Rule, ...] = (_compound_units, _units_after_powers, _rare_units, _letter_units)
