"""Dates in one calendar or two, years, eras."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.french.numbers import Counting, cardinal
from hautevoix.french.roman import roman_value
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DAY, DIGITS, MONTH, MONTH_WORDS, MONTHS, STOP, day, year

if TYPE_CHECKING:
    import re

_YEAR = r"\d{4}(?!\d)"


@rule(
    "two-calendars",
    rf"(?<![\w,.])(?P<d1>{DAY})(?: (?P<m1>{MONTH})(?: (?P<y1>{_YEAR}))?)?"
    rf" ?\((?P<d2>{DAY})(?: (?P<m2>{MONTH})(?: (?P<y2>{_YEAR}))?)?\)"
    rf"(?: (?P<m>{MONTH}))?(?: (?P<y>{_YEAR}))?(?P<stop>{STOP})?",
    why="A date in two calendars is said twice, then its year.",
    needs=(DIGITS, "("),
    starts="0-9",
)
def _two_calendars(match: re.Match[str], c: Counting) -> str | None:
    first, second, month = match["m1"], match["m2"], match["m"]
    if month and not first and not second:  # 12 (25) octobre 1917
        first, second, comma = month, month, ""
    elif first and second and not month:  # 24 octobre (6 novembre) 1917
        comma = "" if match["stop"] is not None else ","
    else:
        return None
    years = [f" {year(match[y], c)}" if match[y] else "" for y in ("y1", "y2")]
    last = f", {year(match['y'], c)}" if match["y"] else ""
    return (
        f"{day(match['d1'], c)} {first}{years[0]}, {day(match['d2'], c)} {second}{years[1]}"
        f"{last}{comma}"
    )


@rule(
    "slashed-calendars",
    rf"(?P<les>\b[LlDdCcAa](?:es|ux) )?(?<![\w,./])(?P<x>(?P<d1>{DAY})(?: (?P<m1>{MONTH}))? ?/ ?"
    rf"(?P<d2>{DAY}) (?P<m2>{MONTH}))",
    why="A date in two calendars is said twice.",
    needs="/",
)
def _slashed_calendars(match: re.Match[str], c: Counting) -> str:
    first = match["m1"] or match["m2"]
    if match["les"]:
        month = f" {match['m1']}" if match["m1"] else ""
        return f"{day(match['d1'], c)}{month} et {day(match['d2'], c)} {match['m2']}"
    return f"{day(match['d1'], c)} {first}, {day(match['d2'], c)} {match['m2']}"


@rule(
    "numeric-date",
    r"(?<![\w,./-])(?:(?P<d>1er|0?[1-9]|[12]\d|3[01])(?P<sign>[/.-])(?P<m>0?[1-9]|1[0-2])(?P=sign)"
    r"(?P<y>\d{4}|\d\d)|(?P<iy>[12]\d{3})-(?P<im>0[1-9]|1[0-2])-(?P<id>0[1-9]|[12]\d|3[01]))"
    r"(?![\w/-]|[.,]\d)",
    why="A date in figures is said with its month's name.",
    needs=(DIGITS, "/.-"),
    starts="0-9",
)
def _numeric_date(match: re.Match[str], c: Counting) -> str:
    name = MONTHS[int(match["m"] or match["im"]) - 1]
    return f"{day(match['d'] or match['id'], c)} {name} {year(match['y'] or match['iy'], c)}"


@rule(
    "month-and-year",
    r"(?<![\w,./-])(?P<m>0[1-9]|1[0-2])[-/](?P<y>1[5-9]\d\d|20\d\d)(?![\w/-]|[.,]\d)",
    why="A month and a year in figures are said with the month's name.",
    needs=(DIGITS, "/-"),
    starts="01",
)
def _month_and_year(match: re.Match[str], c: Counting) -> str:
    return f"{MONTHS[int(match['m']) - 1]} {year(match['y'], c)}"


@rule(
    "day-and-month",
    r"(?:\b(?:le|du|au|Le|Du|Au|(?i:lun|mar|mercre|jeu|vendre|same)di|[Dd]imanche) )"
    r"(?P<x>(?P<d>0?[1-9]|[12]\d|3[01])/(?P<m>0?[1-9]|1[0-2]))"
    r"(?![\w/-]|[.,]\d| (?:de|des|du|temps|finale?|arrière|centre|aile|plein|vide"
    r"|cuit|siècle|rue|avenue|av\.|bd|boulevard|place|quai|chemin|allée|impasse|cours)\b)"
    r"(?=[ ,;:.!?…)»]|$)",
    why="A day and a month in figures are said with the month's name.",
    needs=(DIGITS, "/"),
)
def _day_and_month(match: re.Match[str], c: Counting) -> str:
    return f"{day(match['d'], c)} {MONTHS[int(match['m']) - 1]}"


@rule(
    "days-of-a-month",
    rf"(?P<before>\b[Dd]u )?(?<![\w,.-])(?P<x>(?P<a>{DAY}) ?[-–—] ?(?P<b>{DAY})(?= {MONTH}\b))",
    why="Two days of a month are joined by « et » when they are neighbours, else by « au ».",
    needs=(DIGITS, "-–—"),
    words=MONTH_WORDS,
)
def _days_of_a_month(match: re.Match[str], c: Counting) -> str:
    a, b = day(match["a"], c), day(match["b"], c)
    days = [int(match[x].removesuffix("er")) for x in "ab"]
    if days[1] == days[0] + 1 and not match["before"]:
        return f"{a} et {b}"
    return f"{a} au {b}"


@rule(
    "first-of-a-month",
    rf"(?<![\w,.-])0?1(?= {MONTH}\b)",
    why="The first day of a month is « premier ».",
    needs="1",
    words=MONTH_WORDS,
    starts="01",
)
def _first_of_a_month(_match: re.Match[str], _: Counting) -> str:
    return "premier"


@rule(
    "day-with-zero",
    rf"(?<![\w,.-])0(?P<d>[2-9])(?= {MONTH}\b)",
    why="The zero before a day is not said.",
    needs="0",
    words=MONTH_WORDS,
    starts="0",
)
def _day_with_zero(match: re.Match[str], c: Counting) -> str:
    return day(match["d"], c)


@rule(
    "republican-year",
    r"\b(?i:an)(?:née)? (?P<x>[IVX]{1,4})(?!\w|\.[A-Z])",
    why="A year of the Republic is a number.",
    needs="IVX",
    words={"an", "An", "AN", "année", "Année"},
)
def _republican_year(match: re.Match[str], c: Counting) -> str | None:
    value = roman_value(match["x"])
    return cardinal(value, rank=True, counting=c) if value else None


@rule(
    "masked-year",
    r"\b(?:[Ee]n|[Aa]nnée|[Dd]e|[Vv]ers|[Dd]epuis|" + MONTH + r") (?P<x>(?P<y>1[5-9])"
    r"(?:\.\.\.?|\*\*|…|--)|(?P<z>1[5-9]\d)\.(?=,))(?![\w.*])",
    why="« 18.. » is a year that the author hides.",
    needs=(DIGITS, ".*…-"),
)
def _masked_year(match: re.Match[str], c: Counting) -> str:
    hidden = int(match["y"]) * 100 if match["y"] else int(match["z"]) * 10
    return f"{cardinal(hidden, counting=c)} et quelques"


@rule(
    "cut-year",
    r"(?<![\w'’])['’](?P<y>\d\d)(?!\w)(?=$|[^\w'’\"])",
    why="The apostrophe of a year without its century is silent.",
    needs=("'’", DIGITS),
    starts="'’",
)
def _cut_year(match: re.Match[str], c: Counting) -> str:
    return year(match["y"], c)


@rule(
    "days-to-days",
    r"(?<![\w,./-])(?P<d1>0?[1-9]|[12]\d|3[01])/(?P<m1>0[1-9]|1[0-2]) ?[-–—] ?"
    r"(?P<d2>0?[1-9]|[12]\d|3[01])/(?P<m2>0[1-9]|1[0-2])(?![\w/-]|[.,]\d)",
    why="« 01/04-30/09 » goes from a day to another.",
    needs=("/", "-–—"),
    starts="0-9",
)
def _days_to_days(match: re.Match[str], c: Counting) -> str:
    first = f"{day(match['d1'], c)} {MONTHS[int(match['m1']) - 1]}"
    return f"{first} au {day(match['d2'], c)} {MONTHS[int(match['m2']) - 1]}"


_WEEKDAY = "(?i:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"


@rule(
    "weekdays",
    rf"\b{_WEEKDAY}(?P<x> ?[-–—/] ?)(?={_WEEKDAY}\b)",
    why="« lundi-jeudi » goes from a day of the week to another.",
    needs="-–—/",
    hints=("di-", "di/", "di ", "di–", "di—", "DI", "dimanche", "Dimanche"),
)
def _weekdays(match: re.Match[str], _: Counting) -> str:
    return " et " if match["x"].strip() == "/" else " à "


@rule(
    "decades",
    r"\b(?P<les>[Ll]es|[Dd]es|[Aa]ux|[Ee]n|[Ff]in|[Dd]ébut|[Dd]ans les|[Ss]tyle|[Mm]usique"
    r"|[Dd]isco) (?P<x>['’]?(?:19|20)?(?P<n>[2-9]0)(?:['’]?s|ties))(?!\w)",
    why="« les 70s » are the years seventy to seventy-nine.",
    needs=("0", "s"),
)
def _decades(match: re.Match[str], c: Counting) -> str:
    article = "" if match["les"][-2:] in ("es", "ux") else "les "
    return f"{article}années {cardinal(int(match['n']), rank=True, counting=c)}"


RULES: tuple[Rule, ...] = (
    _decades,
    _days_to_days,
    _weekdays,
    _two_calendars,
    _slashed_calendars,
    _numeric_date,
    _month_and_year,
    _day_and_month,
    _days_of_a_month,
    _first_of_a_month,
    _day_with_zero,
    _republican_year,
    _masked_year,
    _cut_year,
)
