"""The signs of family trees: ° born, x married, † dead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS
from hautevoix.french.rules.parts import MONTH as FULL_MONTH

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_SIGNS = {
    "°": "né", "*": "né", "o": "né", "x": "marié", "X": "marié", "×": "marié", "⚭": "marié",
    "∞": "marié", "oo": "marié", "†": "mort", "✝": "mort", "+": "mort", ")(": "divorcé",
}  # fmt: skip
MONTH = rf"(?:{FULL_MONTH}|(?:janv|f[ée]vr?|avr|juill?|sept|oct|nov|d[ée]c)\.)"
_DATE = (
    rf"(?:(?:le |v\. ?|vers |ca |c\. ?|en |av\. ?|ap\. ?|avant |après )?(?:\d{{1,2}}"
    rf"(?:er)? {MONTH} )?(?:1[0-9]|20)\d\d\b"
    rf"|(?:le )?\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}|{MONTH} \d{{4}}|\d{{1,2}}(?:er)? {MONTH})"
)
_PLACE = r"(?:(?:à )?[A-ZÀ-Þ][\w’'-]{1,30}(?: [A-ZÀ-Þ(][\w’')-]{1,30}){0,3}(?:,? |(?=[.,;)]|$)))"


_LED = r" ?(?P<led>le |à |en |vers |v\. ?|avant |après |ca |c\. ?)?"
_THEN = rf"(?=(?P<place>{_PLACE})?(?P<date>{_DATE})?)"


@rule(
    "births-and-deaths",
    rf"(?P<sign>(?<![\w°])(?:[°⚭]|[†✝](?![A-ZÀ-Þ]))(?!\d)|(?:(?<=[,;(] )|(?<=\())[*+]"
    rf"(?= ?{_PLACE}?{_DATE})){_LED}{_THEN}",
    why="In a family tree « ° » is a birth, « † » a death.",
    needs="°†✝⚭*+",
)
def _births_and_deaths(match: re.Match[str], _: Counting) -> str | None:
    sign, text, start = match["sign"], match.string, match.start()
    if not (match["date"] or match["place"] or match["led"]) or (
        sign == "°" and text[start - 1 : start] == " " and text[start - 2 : start - 1].isdigit()
    ):
        return None
    if sign == "+" and not _GENEALOGY.search(text[:start]):
        return None
    said = _SIGNS[sign]
    said += "e" * (
        _SHE.search(text[:24] if said.startswith("mar") else text[max(0, start - 30) : start])
        is not None
    )
    opens = not start or text[start - 2 : start] == ". "
    return (said.capitalize() if opens else said) + _joint(match)


@rule(
    "marriages",
    rf"(?:\A|(?<=\w )|(?<=, )|(?<=; )|(?<=\) ))(?P<sign>[xX×])(?= "
    rf"(?:{_PLACE})?{_DATE}){_LED}{_THEN}",
    why="In a family tree « x » before a place or a date is a marriage.",
    needs=DIGITS,
    hints=("x ", "X ", "× "),
)
def _marriages(match: re.Match[str], c: Counting) -> str | None:
    sure = not match.start() or _GENEALOGY.search(match.string)
    return _births_and_deaths.say(match, c) if sure else None


_GENEALOGY = re.compile(r"[°†✝*⚭]|\bn[ée]e?\b|\bfil[sl]e? d|\bmariage|\bépouse|\bdécéd")
_SHE = re.compile(
    r"\b(?:[Mm]arie|[Jj]eanne|[Aa]nne|[Ll]ouise|[Mm]arguerite|[Cc]atherine|fille|épouse|veuve|Mme|[Ff]rançoise|[Nn]ée|[ÉE]lisabeth|Rose|Julie|Claire|Lucie|Sophie)\b[^†*]{0,24}$"
)


def _joint(match: re.Match[str]) -> str:
    """Return what leads to a place or a date: « à Lyon », « en 1820 », « le 3 mai »."""
    if match["led"]:
        return f" {match['led']}"
    if match["place"]:
        return " " if match["place"].startswith("à ") else " à "
    date = match["date"] or ""
    if re.match(r"\d{4}\b", date) or re.match(MONTH, date):
        return " en "
    return " le " if date[:1].isdigit() else " "


@rule(
    "to-a-date",
    rf"(?:\b(?:[Nn]ée?s?|[Mm]orte?s?|[Mm]arié(?:e|s|es)?|[Dd]écédée?s?) à (?:{_PLACE}))(?P<x>)"
    rf"(?=\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}})",
    why="The date of a birth or a death after its place is led to by « le ».",
    words=(
        "né",
        "née",
        "mort",
        "morte",
        "marié",
        "mariée",
        "décédé",
        "décédée",
        "Né",
        "Née",
        "Mort",
        "Marié",
    ),
)
def _to_a_date(_match: re.Match[str], _: Counting) -> str:
    return "le "


@rule(
    "late",
    r"(?<!\w)[†✝](?=[A-ZÀ-Þ][a-zà-ÿ])",
    why="A dagger that touches a name is « feu ».",
    needs="†✝",
)
def _late(_match: re.Match[str], _: Counting) -> str:
    return "feu "


RULES: tuple[Rule, ...] = (_late, _births_and_deaths, _marriages, _to_a_date)
