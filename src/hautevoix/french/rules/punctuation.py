"""Punctuation: what is a pause for the ear, once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting


@rule(
    "stars-line",
    # Blanks and points, then the first mark: a mark in both parts would take time with the square.
    r"\A[ .]*[*⁂~_=#-][ *⁂.~_=#-]*\Z",
    why="A line of stars is a silence.",
    needs="*⁂~_=#-",
)
def _stars_line(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "bullets",
    r"\A(?!-\d)(?:[•◦▪●■□◆◇➢✓➤‣·]|[-–—*] ?[-–—*]?) ?(?=\S)",
    why="A dash or a bullet at the head of a line is not said.",
    needs="•◦▪●■□◆◇➢✓➤‣·-–—*",
)
def _bullets(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "list-items",
    r"(?:\A|(?<=[.;:,] ))(?P<n>\d{1,2}|[a-zA-Z])(?P<x> ?\))(?= [^\W_])",
    why="The parenthesis after an item's number is a pause.",
    needs=")",
)
def _list_items(match: re.Match[str], _: Counting) -> str | None:
    before = match.string[max(0, match.start() - 80) : match.start()]
    return None if before.rfind("(") > before.rfind(")") else ","


@rule(
    "dialogue",
    r"(?<=[.!?…:] )[-–—] ?(?=[«“\"…'’]|[^\W\d_])|(?<=[»”] )[-–—] ?(?=[A-ZÀ-ÖØ-ÞŒ«“\"…])|"
    r"(?<=[«“(\[] )[-–—] ?|(?<=[«“(\[])[-–—] ?",
    why="The dash that gives someone the word is not said.",
    needs="-–—",
)
def _dialogue(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "dashes",
    r" ?[—–](?:[—– ]*[—–])? ?| -(?:-)? | --+ ?|--+",
    why="A dash between two clauses is a pause, like a comma.",
    needs="-–—",
)
def _dashes(match: re.Match[str], _: Counting) -> str:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if match[0] == "–" and before.isalpha() and after.isalpha():
        return "-"
    if not before or not after:
        return ""
    if after in ".,;:!?…»)”":
        return "" if after in ".,)" else " "
    if before in ".,;:!?…«(“":
        return " " if before not in "(“" else ""
    return ", "


@rule(
    "dots",
    r"\.{4,}|\.(?: \.)+|…(?:[.… ]*[.…])|\.\.(?!\.)(?<!\.\.\.)",
    why="However many points, one silence.",
    hints=("..", ". .", "…"),
)
def _dots(match: re.Match[str], _: Counting) -> str:
    if match[0] != "..":
        return "…"
    return "" if match.string[max(0, match.start() - 1) : match.start()] in _STRONGER else "."


_STRONGER = ("!", "?")
"""What ends a sentence already, before the two points of old texts: « Voilà !.. »."""


@rule(
    "stops",
    r"(?: ?[!?]){2,}",
    why="« ! ! » is one exclamation; with a question it is a question.",
    needs="!?",
)
def _stops(match: re.Match[str], _: Counting) -> str:
    mark = "?" if "?" in match[0] else "!"
    return f" {mark}" if match[0].startswith(" ") else mark


@rule(
    "commas",
    r",(?: ?,)+|,(?= ?[.;:!?](?!\.\.))",
    why="One comma is enough, and none beside a stronger stop.",
    hints=(",,", ", ,", ",.", ",;", ",:", ",!", ",?", ", .", ", ;", ", :", ", !", ", ?"),
)
def _commas(match: re.Match[str], _: Counting) -> str:
    return "," if len(match[0]) > 1 else ""


@rule(
    "space-before-stop",
    r"(?<=\S) +(?=[,.](?![.\w]))|(?<=\() +|(?<! ) +(?=\))",
    why="No space stands before a comma or a full stop.",
    hints=(" ,", " .", "( ", " )"),
)
def _space_before_stop(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "guillemets",
    r"«(?=[^\s»])|(?<=[^\s«])»|« ?» ?",
    why="French quotation marks stand off by a space.",
    needs="«»",
)
def _guillemets(match: re.Match[str], _: Counting) -> str:
    return {"«": "« ", "»": " »"}.get(match[0], "")


@rule("empty", r" ?\( ?[.,;:]? ?\)", why="Empty parentheses say nothing.", needs="(")
def _empty(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "capital-a",
    r"(?:\A|(?<=[.!?…«] )|(?<=[—–] ))A(?= "
    r"(?!(?:de|du|van|von) [A-ZÀ-Þ]|d['’][A-ZÀ-Þ]|été\b|eu\b|(?:inter|union|égale|plus|moins|fois"
    r"|appartient|inclus|sur|donne|puissance|au carré|supérieur|inférieur)\b|priori|posteriori"
    r"|fortiori|contrario"
    r"|minima|maxima"
    r"|cappella|capella|bien |toujours |ainsi |déjà |jamais |aussi |donc |voté"
    r"|[^\W\d_]*é[es]?\b)[a-zà-ÿœ])",
    why="« A » at a sentence's start is « À » without its accent, as capitals once were.",
    doubt="capital-a",
    words={"A"},
)
def _capital_a(match: re.Match[str], _: Counting) -> str | None:
    sentence = _TO_ITS_END.match(match.string, match.end())
    words = sentence[0].split() if sentence else []
    return None if any(word.strip(",;:’'") in _ENGLISH for word in words[:12]) else "À"


_TO_ITS_END = re.compile(r"[^.!?…»”\"]{0,120}")
_ENGLISH_WORDS = """
the of and is was were be been had have his her its their our your my you we they she it this that
these those which who what when where why how not with without for from by to into upon some than
then there here will would shall should can could might does did man men woman women boy girl child
children friend father mother brother sister king queen day night year time life death world war
peace house home room book story tale history song dream heart love hope mind word thing way good
great little young old new big black white red green blue dead dear poor rich high low true wild
dark bright few very own man's woman's king's doll's
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
"""English words that no French sentence holds: « A brave man » has no « À »."""


BEFORE: tuple[Rule, ...] = (_stars_line, _bullets, _list_items)
RULES: tuple[Rule, ...] = (
    _dialogue,
    _dots,
    _dashes,
    _stops,
    _guillemets,
    _commas,
    _empty,
    _space_before_stop,
    _capital_a,
)
