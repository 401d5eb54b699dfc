"""Ranges: two numbers that a dash joins, and what the voice says in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS, MONTH, next_noun

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_YEARS = range(1000, 2101)
WARS = frozenset((("14", "18"), ("39", "45"), ("70", "71"), ("40", "44"), ("40", "45")))
BEFORE_A_WAR = re.compile(r"\b(?:de|[Ee]n|la|des|depuis|d'avant|avant|après|années) $")
"""Wars that are named by their years: « la guerre de 14-18 »."""
_IN_A_YEAR = re.compile(
    r"(?:\b(?:[Ee]n|hivers?|saisons?|scolaires?|universitaires?|exercice|session|promotion) "
    r"|\([^()\d]{0,40})$"
)
_IN_PARENTHESES = re.compile(r"\([^()\d]{0,40}$")
_IN_PARENTHESES_ALL = re.compile(r"\([^()]{0,40}$")
_A_DATE = re.compile(rf" {MONTH} \d{{3,4}}\b")
_CODE = re.compile(r"(?:\b[Nn]uméro |\b[Nn]° ?|\b[LRDA]\.? ?)$")
_SPACED = re.compile(r"(?:\(|\b(?:pages?|articles?|numéros?|tomes?|années) )$")


@rule(
    "ranges",
    r"(?<![\w,.-])(?P<a>\d{1,9}(?:,\d+)?)(?P<dash> ?[-–—] ?)(?P<b>\d{1,9}(?:,\d+)?)(?![\d-]"
    r"|[,.]\d)",
    why="A range goes « à »; two years that name one time stand side by side.",
    needs=(DIGITS, "-–—"),
    starts="0-9",
)
def _ranges(match: re.Match[str], _: Counting) -> str | None:
    before = match.string[max(0, match.start() - 48) : match.start()]
    if match["dash"][0] == match["dash"][-1] == " " and not _is_spaced_range(match, before):
        following = match.string[match.end() : match.end() + 2].strip()
        return f"{match['a']} moins {match['b']}" if following[:1] == "=" else None
    b = match["b"] if _CODE.search(before) else _whole_year(match["a"], match["b"])
    return f"{match['a']}{_joint(match, b, before)}{b}"


def _is_spaced_range(match: re.Match[str], before: str) -> bool:
    """Tell whether a dash between spaces joins a range: it parts clauses far more often."""
    return len(match["a"]) == len(match["b"]) == 4 or bool(_SPACED.search(before))  # years


def _is_year(written: str) -> bool:
    return len(written) == 4 and written.isdigit() and int(written) in _YEARS  # the same


def _whole_year(a: str, b: str) -> str:
    """Give a second year the century that print left out: « 1870-71 »."""
    short = _is_year(a) and b.isdigit() and len(b) == 2 and b > a[2:]  # the same
    return a[:2] + b if short else b


def _joint(match: re.Match[str], b: str, before: str) -> str:
    """Return what stands between the two numbers: « à », a comma, a pause, or a hyphen's name."""
    a, text = match["a"], match.string
    if _CODE.search(before) and not _is_short_range(a, b):
        return " tiret "
    if (a, b) in WARS and BEFORE_A_WAR.search(before) and not next_noun(text, match.end()):
        return " "
    if _A_DATE.match(text, match.end()):
        return ", " if _IN_PARENTHESES_ALL.search(before) else " au "
    if len(a) == len(b) == 3 and b < a and b.endswith("00"):  # « Boeing 747-400 »
        return " "
    era = text.startswith((" av", " ap"), match.end()) and _IN_PARENTHESES.search(before)
    return ", " if era or (_is_year(a) and _is_year(b) and _IN_A_YEAR.search(before)) else " à "


def _is_short_range(a: str, b: str) -> bool:
    """Tell whether « n° 50-52 » is a range, not the number of a law: « n° 2016-1088 »."""
    return len(a) == len(b) <= 3 and b > a  # house numbers


@rule(
    "life",
    r"(?<=\()(?P<a>\d{3,4}) ?[-–—] ?(?P<b>\d{3,4}|\?)?(?=\))",
    why="The years of a life stand side by side.",
    needs=(DIGITS, "("),
)
def _life(match: re.Match[str], _: Counting) -> str:
    return f"{match['a']}, {match['b']}" if match["b"] else match["a"]


_SET = r"(?:[0-7]-[0-7]|1[0-9]-1[0-9])"


@rule(
    "sets-in-a-row",
    rf"(?<![\w,.-])(?P<x>(?P<a>\d{{1,2}})-(?P<b>\d{{1,2}}))(?=(?: ?\(\d{{1,2}}(?:-\d{{1,2}})?\))?"
    rf"(?:,| et|;) {_SET}(?![\w-]))"
    rf"|(?<=[0-7]-[0-7], )(?P<c>{_SET})(?![\w-])|(?<=[0-7]-[0-7] et )(?P<d>{_SET})(?![\w-])|"
    rf"(?<=\d \d, )(?P<e>{_SET})(?![\w-])|(?<=\d \d \(\d\), )(?P<f>{_SET})(?![\w-])",
    why="Sets that follow one another are the score of a match of tennis.",
    needs=(DIGITS, "-"),
)
def _sets_in_a_row(match: re.Match[str], _: Counting) -> str | None:
    around = match.string[max(0, match.start() - 24) : match.end() + 24]
    if not _WON_SET.search(around):
        return None
    return (match["x"] or match[0]).replace("-", " ")


_WON_SET = re.compile(r"(?<![\w,.-])(?:6[- ][0-4]|7[- ][56])(?![\w-])")


RULES: tuple[Rule, ...] = (_life, _sets_in_a_row, _ranges)
