"""Measures whose unit is put together, or follows a power of ten."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS, LEFT, amount, any_of, plural, whole_millions, of
from hautevoix.french.symbols import ATOMS, COMPOUND, LONE, SINGLE, unit_words

_NUMBER = r"(?:[1-9]\d{0,2}(?: \d{3}){1,4}|\d+)(?:[,.]\d+)?"


@rule(
    "compound-units",
    rf"(?:{LEFT}(?:(?P<from>{_NUMBER}) ?[-–—] ?|(?P<sign>[-−+] ?))?(?<![-−+–—]\d)(?P<n>{_NUMBER})|(?P<power>\b10(?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|\^-?\d{{1,2}})|(?<=mille)|(?<=million de)|(?<=millions de)))"
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
    feminine = ATOMS[re.match(r"°?[^\W\d_]+|°|Å", match["u"])[0]].feminine if _first(match["u"]) else False
    words = amount(n, c, feminine=feminine)
    return f"{words} {of(unit)}" if whole_millions(n) else f"{words} {unit}"


def _first(written: str) -> bool:
    found = re.match(r"°?[^\W\d_]+|°", written)
    return found is not None and found[0] in ATOMS


@rule(
    "units-after-powers",
    rf"(?P<power>(?<![\w])10(?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|\^-?\d{{1,2}})) ?(?P<n>(?!))?(?P<u>{SINGLE})(?![\w'’²³⁻¹/·])",
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


_PHYSICS = r"(?:force|poids|énergie|travail|tension|température|charge|champ|chaleur|capacité|résistance|puissance|intensité|inductance|[=≈<>≤≥]|vaut|vaudra|égale?)"


@rule(
    "letter-units",
    rf"(?:{LEFT}(?P<n>\d+,\d+)|(?<![\w,./])(?<=[=≈<>≤≥] )(?P<m>\d+)|\b{_PHYSICS}(?: [a-zà-ÿ'’]{{1,12}}){{0,3}} ?(?P<o>(?<![\w,./])\d+))"
    r" (?P<u>[NJKTCAVWHSF])(?![\w'’²³/·]|\.\w|-)",
    why="A lone capital after a decimal number, or in a formula, is a unit.",
    needs=(DIGITS, "NJKTCAVWHSF"),
)
def _letter_units(match: re.Match[str], c: Counting) -> str | None:
    n = match["n"] or match["m"] or match["o"]
    if match["u"] == "F" and not re.search("capacité", match[0]):
        return None
    if match["u"] == "K" and match["n"] and len(match["n"].partition(",")[2]) < 2 and not re.search("températ|kelvin|absolu", match.string):
        return None
    lead = match[0][: match[0].rindex(f"{n} {match['u']}")]
    unit = ATOMS[match["u"]]
    return f"{lead}{amount(n, c, feminine=unit.feminine)} {unit.many if plural(n) else unit.one}"


RULES: tuple[Rule, ...] = (_compound_units, _units_after_powers, _rare_units, _letter_units)
