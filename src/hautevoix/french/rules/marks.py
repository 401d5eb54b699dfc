"""What editors put into a text: marks of their notes, calls, cuts."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, cardinal
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS, MONTH
from hautevoix.french.rules.shortened import say_abbreviation
from hautevoix.french.shortening import heads, pattern


@rule(
    "marks",
    rf"\[ ?(?P<bracketed>{pattern('marks')}) ?\]|(?<![\w.])(?P<plain>{pattern('marks')})(?!\w)",
    why="An editor's mark is said in full, without its brackets.",
    words=heads("marks"),
)
def _marks(match: re.Match[str], _: Counting) -> str | None:
    group = "bracketed" if match["bracketed"] else "plain"
    said = say_abbreviation("marks", match.string, *match.span(group))
    if said is None or group == "plain":
        return said
    return said.removesuffix(".")


@rule(
    "cuts",
    r"\[ ?(?:\.\.\.|…|\. \. \.) ?\]|\( ?(?:\.\.\.|…|\. \. \.) ?\)",
    why="What an editor cut out is a silence.",
    needs="[(",
)
def _cuts(_match: re.Match[str], _: Counting) -> str:
    return "…"


@rule(
    "bracket-calls",
    r" ?\[ ?(?:(?:[Nn]otes?|[Nn]\.?) ?)?(?:[0-9]{1,4}|\*{1,3}|[a-z]|[A-Z]|[ivx]{1,5})"
    r"(?: ?[,-] ?[0-9]{1,4})* ?\](?P<stop>\.(?= ))?",
    why="The call of a note is not read.",
    needs="[",
    doubt="note call",
)
def _bracket_calls(match: re.Match[str], _: Counting) -> str | None:
    if _is_supplied(match):
        return f" {match[0].strip(' []')}"
    if match["stop"] and match.start() == 0:
        return ""
    return match["stop"] or ""


_YEAR = re.compile(r" \[ ?(?:1[0-9]|20)\d\d ?\]$")
_LEADS_TO_A_YEAR = re.compile(
    rf"(?:,|{MONTH}|(?:janv|f[ée]vr?|avr|juill?|sept|oct|nov|d[ée]c)\.|[789X]bre|\b[Ee]n|[Vv]ers|\])$"
)
_DAY = re.compile(r" \[ ?\d{1,2} ?\]$")
_A_MONTH = re.compile(rf" {MONTH}\b")


def _is_supplied(match: re.Match[str]) -> bool:
    """Tell whether an editor supplied what a date lacked: « 5 juin [1757] », « le [12] mai »."""
    text, start = match.string, match.start()
    if _YEAR.match(match[0]):
        return bool(_LEADS_TO_A_YEAR.search(text[max(0, start - 12) : start]))
    return bool(_DAY.match(match[0]) and _A_MONTH.match(text, match.end()))


@rule(
    "raised-calls",
    r"(?<=[^\W\d_])(?P<word>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?<=[.,;:!?…»”\"')\]\d])(?P<stop> ?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?<= )(?P<alone>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\A[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?= )",
    why="A raised number after a word calls a note, which is not read.",
    needs="⁰¹²³⁴⁵⁶⁷⁸⁹",
    doubt="note call",
)
def _raised_calls(match: re.Match[str], _: Counting) -> str | None:
    text, start = match.string, match.start()
    if match["word"] and match["word"] in "²³":
        before = re.search(r"[^\W_]*$", text[max(0, start - 8) : start])
        unit = before[0] if before else ""
        if re.fullmatch(r"(?:[0-9]*[kdcmhM]?m|[0-9]+[A-Za-z]{1,2})", unit):
            return None
    return ""


@rule(
    "rated-stars",
    r"(?<=\d)(?P<x> ?[*★](?![\w*]))|(?<=[a-zé] )(?P<y>\*{2,5}|[★☆]{1,5})(?!\w)",
    why="The stars of a hotel, or of a mark, are counted.",
    needs="*★☆",
)
def _rated_stars(match: re.Match[str], c: Counting) -> str | None:
    if not _RATED.search(match.string):
        return None
    if match["x"]:
        return " étoiles"
    return f"{cardinal(match['y'].count('*') + match['y'].count('★'), counting=c)} étoiles"


_RATED = re.compile(
    r"(?i:hôtel|camping|restaurant|résidence|gîte|note|avis|noté|catégorie|table|guide|critique|étoile)"
)


@rule(
    "stars",
    r"(?P<x> ?\( ?[*†‡]{1,3} ?\)| ?(?<![\w*] )(?<=[\w.,;!?»’'] )[*†‡]{1,2}(?=[ ,.;:)]|$)"
    r"|(?<=[^\W\d_.,;!?»])[*†‡]{1,2}(?=[ ,.;:!?)»]|$)|\A[*†‡]{1,2} (?=\S))",
    why="A star or a dagger after a word calls a note, which is not read.",
    needs="*†‡",
    doubt="note call",
)
def _stars(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "glued-calls",
    r"(?<![\w@./-])(?P<word>[^\W\d_]?[a-zà-ÿœ]{4,40})(?P<x>[0-9]{1,3})(?=[ ,;:.!?»)]|$)",
    why=(
        "Digits at the end of a word may be a note's call that lost its place: they are told, and "
        "said."
    ),
    doubt="note call",
    needs=DIGITS,
)
def _glued_calls(match: re.Match[str], _: Counting) -> str | None:
    return f" {match['x']}"


RULES: tuple[Rule, ...] = (
    _marks,
    _cuts,
    _bracket_calls,
    _raised_calls,
    _rated_stars,
    _stars,
    _glued_calls,
)
