"""Measures, rates and percentages."""

from __future__ import annotations

import re

from hautevoix.french.boundaries import closes
from hautevoix.french.numbers import Counting, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import (
    DIGITS,
    LEFT,
    NUMBER,
    RATE,
    amount,
    any_of,
    counted,
)
from hautevoix.french.units import ALONE, COUNTED, MEASURES, RATES


@rule(
    "metres-and-centimetres",
    rf"{LEFT}(?P<n>\d+) ?(?P<u>m|km|kg|k)(?: (?=\d)|(?=\d\d))(?P<c>\d{{2,3}})(?![\w,.]| ?(?:m|cm"
    r"|mm|km|g)\b)",
    why="« 1 m 80 » is « un mètre quatre-vingts ».",
    needs=(DIGITS, "mk"),
    starts="0-9",
)
def _metres(match: re.Match[str], c: Counting) -> str | None:
    if match["u"] == "k":
        return None
    unit = MEASURES[match["u"]]
    rest = number(match["c"].lstrip("0") or "0", counting=c)
    return f"{counted(match['n'], unit.one, unit.many, c)} {rest}"


@rule(
    "amperes",
    rf"{LEFT}(?P<n>\d+,\d+|\d+(?=\xa0?k?A sous| A (?:sous|et|/) \d+ k?V))(?: A)(?![\w'’.]\w|\w)"
    r"|\b(?:[Cc]ourants?|[Ii]ntensité|[Ff]usibles?|[Pp]rises?|[Dd]isjoncteurs?|[Cc]hargeurs?) "
    r"(?:de )?(?P<x>(?P<m>\d+) A)(?![\w'’])",
    why="An electric current is in amperes.",
    needs=(DIGITS, "A"),
)
def _amperes(match: re.Match[str], c: Counting) -> str:
    return counted(match["n"] or match["m"], "ampère", "ampères", c)


_SHELVED = re.compile(r"\b(?:[Aa]rchives|Arch\.|A\.? ?[DMN]|[Ss]éries?|[Cc]otes?)\b[^.;]{0,40}$")
_LA = re.compile(r"\b(?:la|une|ma|sa) $")


@rule(
    "measures",
    rf"{LEFT}(?P<n>{NUMBER}) ?(?P<u>{any_of(MEASURES)})(?P<dot>\.)?(?!(?<=\.)[^\W\d_]|\.-?[^\W\d_]"
    rf"|[\w'’²³⁻]|(?!{RATE})/"
    r"|-[^\W\d_])",
    why="A measure is said with its unit's name.",
    needs=DIGITS,
    starts="0-9",
)
def _measures(match: re.Match[str], c: Counting) -> str | None:
    symbol, text = match["u"], match.string
    if (
        symbol in ("s", "m", "t", "l", "j", "V", "W", "L")
        and match["n"].startswith("0")
        and "," not in match["n"]
    ):
        return None
    if symbol == "L" and _SHELVED.search(text[max(0, match.start() - 60) : match.start()]):
        return None  # « Archives du Rhône, 1 L 543 »
    if symbol == "L" and match["n"] + symbol in match[0] and _LA.search(text[: match.start()][-4:]):
        return None
    unit = MEASURES[symbol]
    words = counted(match["n"], unit.one, unit.many, c, feminine=unit.feminine)
    return words + "." * (match[0][-1] == "." and closes(text, match.end() - 1, words))


@rule(
    "units-alone",
    rf"(?<=[a-zéè'’] )(?P<x>{any_of(ALONE)})(?![\w'’²³/.-])|(?<=[a-zé] )(?P<end>{any_of(ALONE)})"
    r"(?=\.(?:\s|$))",
    why="A unit is said in full even without a number.",
    words=(
        "km",
        "kg",
        "cm",
        "mm",
        "ha",
        "kWh",
        "C",
        "m²",
        "m³",
        "km²",
        "km³",
        "Km",
        "Km²",
        "cm²",
        "cm³",
        "m",
    ),
)
def _units_alone(match: re.Match[str], _: Counting) -> str | None:
    before = match.string[max(0, match.start() - 12) : match.start()]
    unit = MEASURES[match[0]]
    if re.search(
        r"\b(?:des|les|aux|ces|ses|nos|vos|leurs|plusieurs|quelques|cents|mille|vingts"
        r"|millions de|en) $",
        before,
    ):
        return unit.many
    return unit.one


@rule(
    "per-count",
    rf"(?<=[\d€$£%])(?P<x>{RATE})(?!/\w?\d)",
    why="« 120/min » is « cent vingt par minute », « 2 €/l » is « deux euros par litre ».",
    needs="/",
    starts="/",
)
def _per_count(match: re.Match[str], _: Counting) -> str | None:
    symbol, before = match[0][1:], match.string[max(0, match.start() - 1) : match.start()]
    if before.isdigit() and symbol not in _OFTEN and symbol[-1] not in "²³23":
        return None
    words = (
        " aux cent kilomètres" if symbol.startswith("100") else f" par {RATES.get(symbol, symbol)}"
    )
    return words + "." * (symbol[-1] == "." and closes(match.string, match.end() - 1, words))


_OFTEN = frozenset(("min", "mn", "j", "jour", "an", "mois", "semaine", "sem", "sem.", "minute"))
"""What a bare number goes by: « 120/min », « 3/j »; « 5/h » and « 3/l » might be anything."""


_NOUN = 3  # letters of a word that may count something
_EVERYWHERE = frozenset(
    (
        *ALONE,
        "min",
        "mn",
        "pers.",
        "pers",
        "nuit",
        "h",
        "j",
        "an",
        "mois",
        "jour",
        "heure",
        "semaine",
        "personne",
    )
)
"""What goes after a slash and any noun: « habitants/km² »."""
_LAST_WORD = re.compile(r"[^\W\d_]{1,24}$")


@rule(
    "per-unit",
    rf"(?:(?<=[a-zà-ÿ]{{2}})|(?<=TTC)|(?<=HT))(?P<x>{RATE})(?!/\w?\d)",
    why="« habitants/km² » is « habitants par kilomètre carré ».",
    needs="/",
)
def _per_unit(match: re.Match[str], _: Counting) -> str | None:
    symbol, text = match[0][1:], match.string
    before = _LAST_WORD.search(text, max(0, match.start() - 24), match.start())
    counts = before is not None and (
        before[0] in COUNTED or (before[0] in RATES and symbol in RATES)
    )
    seconds = symbol == "s" and before is not None and before[0].endswith("s")
    if (
        not counts
        and not seconds
        and (symbol not in _EVERYWHERE or before is None or len(before[0]) < _NOUN)
    ):
        return None
    if symbol.startswith("100"):
        return " aux cent kilomètres"
    words = f" par {RATES.get(symbol, symbol)}"
    return words + "." * (symbol[-1] == "." and closes(text, match.end() - 1, words))


@rule(
    "percent",
    rf"{LEFT}(?P<n>{NUMBER}) ?(?P<u>%|‰|p\. ?(?:100|cent|c\.|%)|pour 100(?!\d))|(?<=\w )"
    r"(?P<alone>[%‰])",
    why="« % » is « pour cent ».",
    needs="%‰p",
    hints=("%", "‰", "pour 100", "p.", "p 100"),
)
def _percent(match: re.Match[str], c: Counting) -> str:
    sign = match["alone"] or match["u"]
    name = "pour mille" if sign == "‰" else "pour cent"
    return name if match["alone"] else f"{amount(match['n'], c)} {name}"


@rule(
    "thousands-of",
    rf"{LEFT}(?P<n>\d{{1,3}}) ?[kK] (?=(?:vues|avis|abonnés|likes|followers|habitants|exemplaires"
    r"|visites)\b)",
    why="« 12 k vues » are twelve thousand.",
    needs=(DIGITS, "kK"),
    starts="0-9",
)
def _thousands_of(match: re.Match[str], c: Counting) -> str:
    return f"{number(match['n'] + '000', counting=c)} "


@rule(
    "courses",
    r"(?<=[^\W_] )(?P<x>[x×] ?(?P<n>\d{1,3}) ?(?P<u>jours?|j|semaines?|sem\.?|mois)\b\.?)",
    why="« x 7 j » is how long a treatment lasts.",
    needs=(DIGITS, "x×"),
    starts="x×",
)
def _courses(match: re.Match[str], c: Counting) -> str:
    noun = {"j": "jour", "s": "semaine", "m": "mois"}[match["u"][0]]
    many = "s" * (int(match["n"]) > 1 and noun != "mois")
    stop = "." * (match["x"][-1] == "." and closes(match.string, match.end() - 1, noun))
    feminine = noun == "semaine"
    return f"pendant {number(match['n'], feminine=feminine, counting=c)} {noun}{many}{stop}"


@rule(
    "doses",
    r"(?<=[^\W_] )(?P<x>[x×] ?(?P<n>\d{1,2}) ?(?:/ ?j(?:our)?\b|(?:fois )?par jour\b|fois\b))",
    why="« 1 g x 3/j » is so much, three times a day.",
    needs=(DIGITS, "x×"),
    starts="x×",
)
def _doses(match: re.Match[str], c: Counting) -> str:
    day = " par jour" if "j" in match["x"] else ""
    return f"{number(match['n'], counting=c)} fois{day}"


BEFORE_MONEY: tuple[Rule, ...] = (_thousands_of, _courses, _doses, _per_count)
RULES: tuple[Rule, ...] = (
    _percent,
    _metres,
    _amperes,
    _measures,
    _units_alone,
    _per_unit,
)
