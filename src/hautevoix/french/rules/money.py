"""Money, old and new."""

from __future__ import annotations

import re

from hautevoix.french.boundaries import closes
from hautevoix.french.numbers import Counting, cardinal
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import (
    DIGITS,
    LEFT,
    NUMBER,
    amount,
    any_of,
    counted,
    of,
    plural,
)
from hautevoix.french.units import MONEY, MULTIPLES, Unit

_CURRENCY = any_of(MONEY)


def _money(written: str, unit: Unit, c: Counting) -> str:
    """Say an amount: two decimals are hundredths where the currency has any."""
    whole, comma, cents = written.replace(".", ",").partition(",")
    if not (comma and unit.cents and len(cents) == 2):  # hundredths
        return counted(written, unit.one, unit.many, c, feminine=unit.feminine)
    if not int(cents):
        return counted(whole, unit.one, unit.many, c, feminine=unit.feminine)
    if not int(whole):
        many = {"penny": "pence"}.get(unit.cents, f"{unit.cents}s")
        return f"{cardinal(int(cents), counting=c)} {many if int(cents) > 1 else unit.cents}"
    pounds = counted(whole, unit.one, unit.many, c, feminine=unit.feminine)
    return f"{pounds} {cardinal(int(cents), counting=c)}"


@rule(
    "money-multiples",
    rf"{LEFT}(?P<n>{NUMBER}) ?(?P<m>{any_of(MULTIPLES)}) ?"
    r"(?:(?P<u>€|\$|£|F|FF|EUR|USD|CHF)(?!\w)|\.? "
    r"(?P<de>d(?:e |['’])))",
    why="« 3 M€ » is « trois millions d'euros ».",
    needs=(DIGITS, "kKMG"),
    starts="0-9",
)
def _money_multiples(match: re.Match[str], c: Counting) -> str | None:
    one, many = MULTIPLES[match["m"]]
    if match["de"]:
        if match["m"] in "kKG":
            return None
        return f"{amount(match['n'], c)} {many if plural(match['n']) else one} {match['de']}"
    words = f"{amount(match['n'], c)} {many if plural(match['n']) else one}"
    name = MONEY[match["u"]].many
    return f"{words.removeprefix('un ') if one == 'mille' else words} " + (
        name if one == "mille" else of(name)
    )


@rule(
    "money-and-cents",
    rf"{LEFT}(?P<n>\d+) ?(?P<u>F|frs?\.?|Frs?|€|\$|£|f\.) ?(?P<c>\d\d?)(?: ?(?:c\.|cent\."
    r"|cts?\.?|centimes|c)(?=[ ,;:.)]|$))?(?![\w/]|[.,]\d)",
    why="What follows the currency is hundredths: « 3 fr. 50 ».",
    needs=(DIGITS, "Ffr€$£"),
    starts="0-9",
)
def _money_and_cents(match: re.Match[str], c: Counting) -> str | None:
    unit = MONEY[match["u"]]
    text, end = match.string, match.end()
    if int(match["n"]):
        words = counted(match["n"], unit.one, unit.many, c, feminine=unit.feminine)
        words += f" {cardinal(int(match['c']), counting=c)}"
    else:
        words = _money(f"0,{match['c']:0>2}", unit, c)
    return words + "." * (match[0].endswith(".") and closes(text, end - 1, words))


@rule(
    "money",
    rf"{LEFT}(?P<n>{NUMBER}) ?(?P<u>{_CURRENCY})(?![\w'’])(?:\.(?= ?[,;:]))?",
    why="An amount is said with its currency's name.",
    needs=(DIGITS, "".join({symbol[0] for symbol in MONEY})),
    starts="0-9",
)
def _money_after(match: re.Match[str], c: Counting) -> str | None:
    symbol = match["u"]
    if symbol in ("f", "c.", "fl.") and not _is_small_currency(match):
        return None
    words = _money(match["n"], MONEY[symbol], c)
    return words + "." * (symbol[-1] == "." and closes(match.string, match.end() - 1, words))


def _is_small_currency(match: re.Match[str]) -> bool:
    """Tell whether « 12 f » or « 50 c. » can be money: « le f » and « page 12 c. » can't."""
    return match["n"].isdigit() and not match.string[: match.start()][-6:].endswith(
        ("page ", "note ")
    )


@rule(
    "money-before",
    rf"(?<!\w)(?:(?P<u>[€$£¥])|(?P<code>EUR|USD|CHF|FRF) ) ?(?P<n>{NUMBER})(?![\w]|[,.]\d)",
    why="A currency before its amount is said after it.",
    needs=(DIGITS, "€$£¥ECUF"),
)
def _money_before(match: re.Match[str], c: Counting) -> str:
    return _money(match["n"], MONEY[match["u"] or match["code"]], c)


_CODES = {
    "EUR": "euro",
    "USD": "dollar",
    "GBP": "livre",
    "JPY": "yen",
    "CHF": "franc suisse",
    "CAD": "dollar canadien",
    "CNY": "yuan",
}


@rule(
    "currency-pairs",
    rf"(?<![\w/])(?P<a>{any_of(_CODES)})/(?P<b>{any_of(_CODES)})(?![\w/])",
    why="« EUR/USD » is the rate of the euro in dollars.",
    needs="/",
)
def _currency_pairs(match: re.Match[str], _: Counting) -> str:
    return f"{_CODES[match['a']]} {_CODES[match['b']]}"


@rule(
    "currency-alone",
    r"(?<=[^\W\d_] )(?P<x>[€£¥₽])(?!\w)",
    why="A currency's sign alone is its name.",
    needs="€£¥₽",
)
def _currency_alone(match: re.Match[str], _: Counting) -> str:
    return MONEY[match["x"]].many


@rule(
    "old-money",
    rf"{LEFT}(?P<l>\d+) ?(?:l|liv|livres|₶)\.?,? (?P<s>\d+) ?(?:s|(?P<sol>sol)s|sous)\.?"
    r"(?:,? (?:et )?(?P<d>\d+) ?(?:d|den|deniers)\.?)?(?![\w'’])",
    why="« 45 l. 10 s. 6 d. » is in pounds, « sous » and « deniers ».",
    needs=(DIGITS, "l₶", "s"),
    starts="0-9",
)
def _old_money(match: re.Match[str], c: Counting) -> str:
    sou = match["sol"] or "sou"
    words = counted(match["l"], "livre", "livres", c, feminine=True)
    words += f" {counted(match['s'], sou, f'{sou}s', c)}"
    if match["d"]:
        words += f" {counted(match['d'], 'denier', 'deniers', c)}"
    return words + "." * (match[0][-1] == "." and closes(match.string, match.end() - 1, words))


_OF_OLD_MONEY = (
    r"\b(?:\d+ (?:sous|sols|livres|louis)|deniers?|écus?|assignats?|tournois|parisis|setiers?"
    r"|boisseaux?|gages|rentes?|cens)\b"
)
_AMONG_OLD_MONEY = re.compile(rf"{_OF_OLD_MONEY}|\b\d+ ?(?:liv\.|l\. \d)")
_WORTH = re.compile(r" (?:de (?:rente|pension|revenu|gages|dot|capital|cens)|par an|tournois)\b")


_OLD_COINS = {"l": ("livre", "livres"), "s": ("sou", "sous"), "d": ("denier", "deniers")}


@rule(
    "sous-and-deniers",
    rf"{LEFT}(?P<s>\d+) ?s\.,? (?P<d>\d+) ?d\.(?![\w'’])",
    why="« 12 s. 6 d. » is in « sous » and « deniers ».",
    needs=(DIGITS, "s", "d"),
    starts="0-9",
    words=("s.",),
)
def _sous_and_deniers(match: re.Match[str], c: Counting) -> str:
    sous, deniers = (counted(match[u], *_OLD_COINS[u], c) for u in "sd")
    return f"{sous} {deniers}" + "." * closes(match.string, match.end() - 1, deniers)


@rule(
    "old-coins",
    rf"{LEFT}(?P<n>\d+) ?(?P<u>[lsd])\.(?![\w'’.])",
    why="Beside other old money, « 40 s. » is no seconds, « 12 l. » no litres.",
    needs=(DIGITS, "lsd"),
    starts="0-9",
    words=("l.", "s.", "d."),
)
def _old_coins(match: re.Match[str], c: Counting) -> str | None:
    text, (start, end) = match.string, match.span()
    if match["u"] == "l":
        sure = _WORTH.match(text, end)
        if sure is None and text[end : end + 2] in ("", ", ", " ;", ";", "),", ")"):
            sure = _AMONG_OLD_MONEY.search(text[max(0, start - 80) : start])
    else:
        around = text[max(0, start - 80) : start], text[end : end + 40]
        sure = next(filter(None, map(_AMONG_OLD_MONEY.search, around)), None)
    if sure is None:
        return None
    words = counted(match["n"], *_OLD_COINS[match["u"]], c, feminine=match["u"] == "l")
    return words + "." * closes(text, end - 1, words)


RULES: tuple[Rule, ...] = (
    _old_money,
    _sous_and_deniers,
    _old_coins,
    _money_multiples,
    _money_and_cents,
    _money_after,
    _money_before,
    _currency_pairs,
    _currency_alone,
)
