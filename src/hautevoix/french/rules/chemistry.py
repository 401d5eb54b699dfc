"""Chemistry: isotopes, ions, formulas, reactions."""

from __future__ import annotations

import re

from hautevoix.french.elements import ELEMENTS
from hautevoix.french.numbers import Counting, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import any_of
from hautevoix.french.rules.terms import PLAIN_DIGITS, RAISED

_SYMBOL = f"(?:{any_of(ELEMENTS)})"
_LOWERED = "₀-₉"
_FORMULA = (
    rf"(?:(?:{_SYMBOL}|\("
    rf"(?:{_SYMBOL}[0-9{_LOWERED}]{{0,2}}){{1,4}}\))[0-9{_LOWERED}]{{0,2}}){{1,8}}"
)
_TOKEN = re.compile(r"([A-Z][a-z]?)|([0-9]+)|[()]")


def spelled_formula(formula: str, c: Counting) -> str:
    """Return a formula's symbols letter by letter, and its figures.

    >>> spelled_formula("Ca(OH)₂", Counting.FRANCE)
    'C A O H deux fois'
    """
    said: list[str] = []
    after_group = False
    for match in _TOKEN.finditer(formula.translate(PLAIN_DIGITS)):
        symbol, figure = match.groups()
        if symbol:
            said += symbol.upper()
        elif figure:
            said.append(number(figure, counting=c) + " fois" * after_group)
        after_group = match[0] == ")"
    return " ".join(said)


@rule(
    "isotopes",
    rf"(?<![\w])(?P<n>[{RAISED}]{{1,3}})(?P<z>[{_LOWERED}]{{1,3}})?(?P<e>{_SYMBOL})(?![a-z])",
    why="« ¹⁴C » is « carbone quatorze ».",
    needs=RAISED,
)
def _isotopes(match: re.Match[str], c: Counting) -> str:
    symbol, n = match["e"], match["n"].translate(PLAIN_DIGITS)
    name = ELEMENTS[symbol]
    before = match.string[max(0, match.start() - 14) : match.start()].lower().rstrip(" (")
    own = (name, "tritium", "deutérium") if symbol == "H" else (name,)
    said = " ".join(symbol.upper()) if before.endswith(own) else name
    return f"{said} {number(n, counting=c)}"


@rule(
    "ions",
    rf"(?<![\w])(?P<f>{_FORMULA})(?:(?P<n>[{RAISED}]{{0,2}})(?P<s>[⁺⁻])|\^(?P<pn>\d?)(?P<ps>[-+−]))(?!\w)",
    why="« Mg²⁺ » is « M G deux plus ».",
    needs="⁺⁻^",
)
def _ions(match: re.Match[str], c: Counting) -> str:
    n = (match["n"] or match["pn"] or "").translate(PLAIN_DIGITS)
    sign = "plus" if (match["s"] or match["ps"]) in "⁺+" else "moins"
    charge = f"{number(n, counting=c)} {sign}" if n else sign
    return f"{spelled_formula(match['f'], c)} {charge}"


@rule(
    "charges",
    r"(?<=[^\W_])(?P<n>[⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2})(?P<s>[⁺⁻])(?![⁰¹²³⁴⁵⁶⁷⁸⁹])",
    why="A raised plus or minus is said.",
    needs="⁺⁻",
)
def _charges(match: re.Match[str], c: Counting) -> str:
    n = match["n"].translate(PLAIN_DIGITS)
    counted = f" {number(n, counting=c)}" if n else ""
    return counted + (" plus" if match["s"] == "⁺" else " moins")


_REACTS = {
    "→": "donne",
    "⟶": "donne",
    "⇌": "en équilibre avec",
    "⇄": "en équilibre avec",
    "⇆": "en équilibre avec",
}


@rule(
    "reactions",
    rf"(?: ?[→⟶⇌⇄⇆] ?)(?=(?:(?:\d{{1,2}}|un|deux|trois|quatre|cinq|six|huit|dix) ?)?(?:{_FORMULA}"
    rf"(?![a-z])|[A-Z] [A-Z]))",
    why="The arrow of a reaction is « donne ».",
    needs="→⟶⇌⇄⇆",
)
def _reactions(match: re.Match[str], _: Counting) -> str:
    return f" {_REACTS[match[0].strip()]} "


@rule(
    "compounds",
    rf"(?<![\w.,-])(?:(?P<n>[1-9]\d?) ?)?(?P<f>{_FORMULA})(?P<state>\((?:aq|s|l|g)\))?(?![\w-]"
    rf"| ?[.'’][A-Z])",
    why="A chemical formula is said by its symbols and figures.",
    needs="0123456789₀₁₂₃₄₅₆₇₈₉→⟶⇌⇄",
    starts="A-Z0-9(",
)
def _compounds(match: re.Match[str], c: Counting) -> str | None:
    formula = match["f"]
    if not _is_a_compound(formula) and not _reacts(match):
        return None
    counted = f"{number(match['n'], counting=c)} " if match["n"] else ""
    states = {"(aq)": "aqueux", "(s)": "solide", "(l)": "liquide", "(g)": "gaz"}
    state = f" {states[match['state']]}" if match["state"] else ""
    return counted + spelled_formula(formula, c) + state


def _reacts(match: re.Match[str]) -> bool:
    """Tell whether symbols without a figure stand in a reaction: « 2 Fe + 3 CO₂ », « → CO »."""
    text, start, end = match.string, match.start(), match.end()
    beside = re.search(r"[+→⟶⇌⇄] ?$", text[max(0, start - 3) : start]) or re.match(
        r" ?[+→⟶⇌⇄]", text[end : end + 2]
    )
    return beside is not None and re.search("[→⟶⇌⇄]", text) is not None


def _is_a_compound(formula: str) -> bool:
    """Tell whether symbols and figures make a formula: « CO₂ », no « A4 » and no « B12 »."""
    symbols = re.findall(r"[A-Z][a-z]?", formula)
    figures = re.findall(rf"[0-9{_LOWERED}]", formula)
    if len(symbols) != 1:
        return bool(figures)
    plain = formula[-1] in "0123456789"
    return len(figures) == 1 and (
        not plain or (symbols[0] in ("O", "N", "H") and figures[0] in "23")
    )


_SALTS = """
NaCl KCl HCl NaOH KOH CaO CuO ZnO FeO MgO NaF AgCl LiCl HBr NaBr KBr GaN GaAs FeS ZnS CuS NaI AgBr
SiC BaO PbO HgO HgS PbS CdS MnO NiO LiH NaH CdTe InP
""".split()


@rule(
    "salts",
    rf"(?<![\w.,-])(?:(?P<n>[1-9]\d?) )?(?P<f>{'|'.join(_SALTS)})(?![\w-])",
    why="A well-known formula without a figure is said by its symbols.",
    words=_SALTS,
)
def _salts(match: re.Match[str], c: Counting) -> str:
    counted = f"{number(match['n'], counting=c)} " if match["n"] else ""
    return counted + spelled_formula(match["f"], c)


RULES: tuple[Rule, ...] = (_isotopes, _ions, _charges, _compounds, _salts, _reactions)
