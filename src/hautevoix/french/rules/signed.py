"""Signs before numbers: « moins » and « plus », and the dash that is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting


@rule(
    "minus",
    r"(?<![\w)»−-])(?<!\d )[-−](?=\d)|(?<=\d )−(?= ?\d)",
    why="A sign before a number is « moins ».",
    needs=(DIGITS, "-−"),
    starts="−-",
)
def _minus(match: re.Match[str], _: Counting) -> str:
    return "moins " if match.string[match.end() : match.end() + 1] != " " else "moins"


_DEGREES = r" ?(?:°|degrés?\b)"
_VARIES = r" ?(?:%|‰|p\. ?100|pour cent\b|€|\$|£|points?\b|F\b)"
_NEXT = r"(?:,| et| à| ou|;|/) ?[+−–-]? ?\d+(?:[,.]\d+)?"


@rule(
    "loose-minus",
    r"(?<![−–-])(?:(?<=[^\s\d.!?…»—–-] )|(?<=\())(?P<x>[-–] )(?=(?P<n>\d+(?:[,.]\d+)?)"
    rf"(?P<degrees>(?: ?{_NEXT}){{0,2}}{_DEGREES})?(?P<varies>{_VARIES})?)",
    why="A sign that stands off a temperature or a change is « moins » all the same.",
    needs=(DIGITS, "-–"),
    hints=("- ", "– "),
)
def _loose_minus(match: re.Match[str], _: Counting) -> str | None:
    text, end = match.string, match.end()
    if not (match["degrees"] or match["varies"]) or _CLOSING_DASH.match(text, end, end + 120):
        return None
    before = text[max(0, match.start() - 24) : match.start()]
    signed = _SIGNED.search(text, max(0, match.start() - 60), match.start())
    signed = signed or _SIGNED.search(text, end, end + 60)
    sure = match["degrees"] and (match["x"] == "- " or _BEFORE_DEGREES.search(before))
    return "moins " if sure or signed or _BEFORE_A_CHANGE.search(before) else None


_CLOSING_DASH = re.compile(r"[^.!?;:()—–-]{1,110} [—–-](?=[ ,](?! ?\d))")
"""A second dash: what stands between the two is said by the way."""
_SIGNED = re.compile(r"(?<!\w)[+−](?= ?\d)")
_BEFORE_A_CHANGE = re.compile(
    r"(?:[:(=≈,/]|\b(?i:de|à|et|ou|entre|par|est|était|soit|affiche|affichait|perd|perdait|recule"
    r"|reculait|baisse|variation|solde)) ?$"
)
_BEFORE_DEGREES = re.compile(
    r"(?:[;,]|\b(?:fai(?:t|sait|saient)|fit|fera|a|eut|avait|mar(?:que|quait|qua)"
    r"|indiqu(?:e|ait|a)|tomb(?:e|ait|a|ent)|descen(?:d|dait|dit|du)|attein(?:t|gnait|gnit)"
    r"|montr(?:e|ait|a)|pass(?:e|ait|a|é)|sous|vers|jusqu['’]à|environ|presque|seulement|avec"
    r"|par|dehors|puis|température)) $"
)
"""What leads to a minus as long as a dash: « Il faisait chaud – 30 °C » has none."""


@rule(
    "less-than",
    r"(?<=\w )(?P<x>[-–])(?= de \d)",
    why="« les - de 25 ans » are « les moins de vingt-cinq ans ».",
    needs=(DIGITS, "-–"),
    hints=("- de ", "– de "),
)
def _less_than(match: re.Match[str], _: Counting) -> str | None:
    text, end = match.string, match.end()
    return None if _CLOSING_DASH.match(text, end, end + 120) else "moins"


@rule(
    "loose-plus",
    r"(?<=[\s(])\+ ?(?=\d)",
    why="A sign that stands off its number is « plus » all the same.",
    needs="+",
)
def _loose_plus(_match: re.Match[str], _: Counting) -> str:
    return "plus "


@rule(
    "younger-than",
    r"(?<![\w)»])(?<!\d )[-−](?=\d{1,2} ans\b)",
    why="« -26 ans » are those who are less than twenty-six.",
    needs=(DIGITS, "-−"),
    words=("ans",),
)
def _younger_than(_match: re.Match[str], _: Counting) -> str:
    return "moins de "


@rule(
    "countdowns",
    r"(?<![\w-])[JH](?P<x> ?- ?)(?=\d{1,3}(?![\w-]))",
    why="« J-3 » is « J moins trois ».",
    needs=(DIGITS, "-"),
    hints=("J-", "H-", "J -", "H -"),
)
def _countdowns(_match: re.Match[str], _: Counting) -> str:
    return " moins "


@rule(
    "give-or-take",
    r"\+ ?/ ?[-−–] ?",
    why="« +/- » is « plus ou moins ».",
    needs="+",
)
def _give_or_take(_match: re.Match[str], _: Counting) -> str:
    return "± "


_LETTER = r"[a-zA-Zα-ωΑ-Ω](?![^\W\d_²³⁴-⁹ⁿ₀-₉]|['’])"
_TERM = r"(?:\d{1,4}(?:[,.]\d{1,6})?)?[a-zA-Zα-ωΑ-Ω]?[₀-₉]?[²³⁴-⁹ⁿ]?"
_UNIT = r"(?<=\d )(?![xyz](?!\w))|[\d,]{0,8}[cdkm]?m[²³]"
_OPERAND = (
    rf"(?:\d|{_LETTER}(?! [^\W\d_]{{2}})|[b-xzB-Zα-ω](?![\w'’])|[(√|∂]"
    r"|(?:sin|cos|tan|ln|log|exp)\b)"
)
"""What can be taken away; « a », « y » or « A » before a word is a word itself."""
_SUM = re.compile(
    r"(?:(?<![^\W\d_])[a-zA-Zα-ωΑ-Ω]|[\d)²³⁴-⁹ⁿ₀-₉|]) ?[=+<>≤≥≠≈] ?[-−]? ?"
    rf"(?:\d|{_LETTER}|[(√|])|(?<![\w ])[a-zα-ω][²³](?!\w)"
)
"""What a line of mathematics holds: a sign between two terms, or the square of a letter."""


@rule(
    "formula-minus",
    rf"(?:(?<![\w'’.,-])(?!{_UNIT}){_TERM}(?<=\w)|\)[²³⁴-⁹ⁿ]?|\|)(?P<two> - )(?={_OPERAND})"
    rf"|(?:[=<>≤≥≠(] ?|, |\b(?:si|alors|et|donc|que|où) )(?P<one>-)(?=\d{{0,4}}{_LETTER}|\()"
    r"|[=<>≤≥≠] ?(?P<off>- )(?=\d)",
    why="A hyphen between the terms of a formula, or before one, is a minus.",
    needs=("-", "=+<>≤≥≠≈²³"),
)
def _formula_minus(match: re.Match[str], _: Counting) -> str | None:
    text, start = match.string, match.start()
    summed = _SUM.search(text, max(0, start - _NEAR), match.end() + _NEAR)
    if summed is None or _YEARS.match(text, start):
        return None
    group = match.lastgroup or "two"
    return match[0].removesuffix(match[group]) + (" − " if group == "two" else "−")


_NEAR = 120
"""How far from a hyphen the formula that it stands in can show, in characters."""
_YEARS = re.compile(r"(?:1\d|20)\d\d - (?:1\d|20)\d\d(?!\d)")
IN_FORMULAS: tuple[Rule, ...] = (_formula_minus,)
RULES: tuple[Rule, ...] = (
    _younger_than,
    _countdowns,
    _give_or_take,
    _minus,
    _loose_minus,
    _less_than,
    _loose_plus,
)
