"""Signs between two terms: sums, comparisons, proportions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import spaced

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_BETWEEN = {
    "&": "et", "=": "égale", "+": "plus", "×": "fois", "÷": "divisé par", "±": "plus ou moins",
    "≈": "environ", "≃": "environ", "≠": "différent de", "≤": "inférieur ou égal à",
    "≥": "supérieur ou égal à", "−": "moins", "<": "inférieur à", ">": "supérieur à",
    "∈": "appartient à", "∪": "union", "∩": "inter", "⊂": "inclus dans", "≡": "équivaut à",
    "∉": "n'appartient pas à", "⊆": "inclus dans", "⊃": "contient", "∧": "et", "∨": "ou",
    "⇔": "équivaut à", "∝": "proportionnel à", "⊥": "perpendiculaire à", "∥": "parallèle à",
    "↦": "donne", "⇌": "en équilibre avec", "⇄": "en équilibre avec", "∘": "rond", "≅": "environ",
    "≪": "très inférieur à", "≫": "très supérieur à", "∗": "fois",
}  # fmt: skip


@rule(
    "comparison",
    r"[<>](?= ?[-−+]?[\d(√∞])|(?<=[\w)%°²³] )[<>](?= ?[\w(])|(?<=[\w)])[<>](?=\w)|[≤≥≠≈≃]"
    r"(?= ?[-−+]?[\w(√∞])|(?<=[\w)])[≤≥≠≈≃]",
    why="A comparison is said, whatever stands before it.",
    needs="<>≤≥≠≈≃",
)
def _comparison(match: re.Match[str], _: Counting) -> str | None:
    if match[0] == ">" and match.start() == 0 and match.string[1:2] == " ":
        return None  # the mark of a quotation in a letter: « > 3 jours plus tard… »
    return spaced(match, _BETWEEN[match[0]])


_ALWAYS = "".join(sign for sign in _BETWEEN if sign not in "&+-<>=")


@rule(
    "programs-signs",
    r"(?<![=!<>])(?:!=|<>|==={0,1}|<=|>=|=>|->)(?![=>])",
    why="A comparison in a program is said like one in a formula.",
    hints=("!=", "==", "<=", ">=", "=>", "->", "<>"),
)
def _programs_signs(match: re.Match[str], _: Counting) -> str | None:
    said = {"!=": "≠", "<>": "≠", "==": "=", "===": "=", "<=": "≤", ">=": "≥", "=>": "→", "->": "→"}
    return said[match[0]]


@rule(
    "sums",
    rf"[{_ALWAYS}]|(?<=[\w)\]}}²³%°'’] )=(?! ?[=>])|(?<=[\w)\]}}²³%°'’])=(?![=>])|=(?= ?[-−+]?[\w"
    rf"(√∞∅\[{{])"
    r"|(?<=[\w)\]} ])\+(?= ?[\w(\[√∞])|(?<![^\s(])\+(?=\w)",
    why="A sign between two terms is said.",
    needs=_ALWAYS + "=+",
)
def _sums(match: re.Match[str], _: Counting) -> str:
    return spaced(match, _BETWEEN[match[0]])


@rule(
    "proportions",
    r"(?<=\d)(?P<x> ?: ?)(?=\d)(?!\d{1,4}[ .]?000)",
    why="Two numbers that a colon parts are a proportion, or said one after the other.",
    needs=":",
)
def _proportions(match: re.Match[str], _: Counting) -> str | None:
    before = match.string[max(0, match.start() - 40) : match.start()]
    if _PROPORTION.search(before):
        return " pour "
    return " " if match["x"] == ":" else None


_PROPORTION = re.compile(
    r"\b(?:[Rr]atio|[Rr]apport|[Pp]roportions?|[Dd]ilu|[Cc]ontre|[Cc]ote|[Mm]élange)\w*\b[^.;]{0,24}$"
)


@rule(
    "suras",
    r"\b(?:Coran|Sourate|sourate|Cor\.),? (?P<s>\d{1,3})(?P<x> ?: ?)(?=\d)",
    why="« Coran 2:255 » is a sura and a verse.",
    needs=":",
    words=("Coran", "Sourate", "sourate"),
)
def _suras(_match: re.Match[str], _: Counting) -> str:
    return ", verset "


@rule(
    "about",
    r"[~≈≃] ?(?=\d)",
    why="A tilde before a number is « environ ».",
    needs="~≈≃",
)
def _about(_match: re.Match[str], _: Counting) -> str:
    return "environ "


BEFORE_AMOUNTS: tuple[Rule, ...] = (_programs_signs, _comparison, _suras, _proportions, _about)
RULES: tuple[Rule, ...] = (_sums,)
