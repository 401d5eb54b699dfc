"""The ordered table of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.french import typography
from hautevoix.french.numbers import Counting, cardinal, number, ordinal
from hautevoix.french.roman import roman_value
from hautevoix.french.rule import Rule, rule

if TYPE_CHECKING:
    import re

TYPOGRAPHY: tuple[Rule, ...] = typography.RULES
DIGITS = "0123456789"
MONTH = "(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
END = r"(?= ?[,;:.!?…)»\]]|$)"


@rule("editor", r"\[?\bN\.E\.\]?", needs=".")
def editor(_m: re.Match[str], _: Counting) -> str:
    """« [N.E.] » is a note of the editor."""
    return "note de l'éditeur"


@rule("calls", r" ?\[\d{1,3}\]", needs="[")
def calls(_m: re.Match[str], _: Counting) -> str:
    """A note call is not read."""
    return ""


@rule("etc", r"\betc\.", needs=".")
def etc(m: re.Match[str], _: Counting) -> str:
    """« etc. » is « et cetera »."""
    from hautevoix.french.boundaries import closes

    return "et cetera" + "." * closes(m.string, m.end() - 1, "")


@rule("company", r"(?:et|&) Cie\b")
def company(_m: re.Match[str], _: Counting) -> str:
    """« et Cie » is « et compagnie »."""
    return "et compagnie"


def day(text: str, c: Counting) -> str:
    return "premier" if text in ("1", "1er") else cardinal(int(text), counting=c)


@rule(
    "two-calendars",
    rf"\b(?P<d1>\d{{1,2}}|1er)(?P<m1> {MONTH})? \((?P<d2>\d{{1,2}}|1er)(?P<m2> {MONTH})?\)"
    rf"(?P<m> {MONTH})?(?P<y> \d{{4}}\b)?(?P<stop>{END})?",
    needs="(",
)
def two_calendars(m: re.Match[str], c: Counting) -> str | None:
    """A date in two calendars is said twice."""
    year = f", {number(m['y'].strip(), rank=True, counting=c)}" if m["y"] else ""
    if m["m1"] and m["m2"] and not m["m"]:
        comma = "" if m["stop"] is not None else ","
        return f"{day(m['d1'], c)}{m['m1']}, {day(m['d2'], c)}{m['m2']}{year}{comma}"
    if m["m"] and not m["m1"] and not m["m2"]:
        return f"{day(m['d1'], c)}{m['m']}, {day(m['d2'], c)}{m['m']}{year}"
    return None


@rule("life", r"\((\d{4})-(\d{4})\)", needs="(")
def life(m: re.Match[str], c: Counting) -> str:
    """Years of a life."""
    return f"({number(m[1], rank=True, counting=c)}, {number(m[2], rank=True, counting=c)})"


@rule("roman-ordinal", r"\b(?P<n>(?![CDLM]e)[IVXLCDM]+)e\b", needs="IVXLCDM")
def roman_ordinal(m: re.Match[str], c: Counting) -> str | None:
    """« IIe » is an ordinal."""
    value = roman_value(m["n"])
    return ordinal(value, counting=c) if value else None


ROMAN_ORDINAL = roman_ordinal


@rule("cardinal", r"\d+", needs=DIGITS)
def cardinals(m: re.Match[str], c: Counting) -> str:
    """A number is said in words."""
    return number(m[0], counting=c)


@rule("stops", r"(?P<x>(?: ?!){2,})", needs="!")
def stops(m: re.Match[str], _: Counting) -> str:
    """« ! ! » is one exclamation."""
    return " !" if m[0].startswith(" ") else "!"


@rule("guillemets", r"«(?=\S)|(?<=\S)»", needs="«»")
def guillemets(m: re.Match[str], _: Counting) -> str:
    """Guillemets stand off by a space."""
    return "« " if m[0] == "«" else " »"


@rule("capital-a", r"(?:^|(?<=[.!?…] ))A(?= [a-zà-ÿ])", doubt="capital-a", needs="A")
def capital_a(_m: re.Match[str], _: Counting) -> str:
    """« A » at a sentence's start is « À » without its accent."""
    return "À"


READING: tuple[Rule, ...] = (
    editor,
    calls,
    etc,
    company,
    two_calendars,
    life,
    roman_ordinal,
    cardinals,
    stops,
    guillemets,
    capital_a,
)
