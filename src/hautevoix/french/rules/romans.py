"""Roman numerals: centuries, ranks, kings, parts of a book; and what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.french.gender import is_feminine
from hautevoix.french.names import NOT_NUMERALS, QUEENS, SOVEREIGN, SOVEREIGN_WORDS
from hautevoix.french.numbers import Counting, cardinal, ordinal
from hautevoix.french.roman import roman_value
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIVISION, DIVISION_WORDS, next_noun

if TYPE_CHECKING:
    import re

_ROMAN = "IVXLCDM"
CENTURY_WORDS = frozenset(
    ("siècle", "siècles", "s", "millénaire", "millénaires", "dynastie", "dynasties")
)
_LEFT = r"(?<![\w.'’-])"
_LEFT_ELIDED = r"(?<![\w.-])"


def _cardinal(written: str, c: Counting) -> str | None:
    value = roman_value(written)
    return cardinal(value, rank=True, counting=c) if value else None


@rule(
    "centuries-range",
    r"(?<![\w.])(?P<a>[IVX]+|[ivx]+)(?:e|er|ème)?(?P<x> ?[-–—/] ?)(?=(?P<b>[IVX]+|[ivx]+)(?:e"
    r"|ème) (?:siècle|s\.|millénaire|dynastie))",
    why="Two centuries are joined by « et » when they are neighbours, else by « au ».",
    needs="-–—/",
    words=CENTURY_WORDS,
)
def _centuries_range(match: re.Match[str], _: Counting) -> str | None:
    a, b = roman_value(match["a"]), roman_value(match["b"])
    if not a or not b:
        return None
    return " et " if b == a + 1 else " au "


@rule(
    "small-centuries",
    r"(?<![\w.'’-])(?P<x>(?P<n>[ivx][ivxl]*)(?:e|er|ème|ième|°))(?= (?:et|ou|au"
    r"|-) [ivxl]+e siècles?| siècles?\b| millénaires?\b)",
    why="A century in small capitals that lost their size is a rank.",
    words={"siècle", "siècles", "millénaire", "millénaires"},
)
def _small_centuries(match: re.Match[str], c: Counting) -> str | None:
    value = roman_value(match["n"])
    return ordinal(value, counting=c) if value else None


@rule(
    "centuries",
    rf"{_LEFT_ELIDED}(?P<x>[IVX]+)(?= siècles?\b)",
    why="A Roman number before « siècle » is a rank.",
    needs="IVX",
    words={"siècle", "siècles"},
)
def _centuries(match: re.Match[str], c: Counting) -> str | None:
    value = roman_value(match["x"])
    return ordinal(value, counting=c) if value else None


@rule(
    "roman-ordinals",
    rf"(?<![\w.])(?P<n>[{_ROMAN}]+) ?(?P<end>ers?\b|res?\b|ères?\b|(?<! )(?:e|es|è|ème|èmes|eme"
    r"|ième|ièmes)\b"
    r"|(?<! )nde?s?\b|(?<! )de?s?\b|(?<! )°)",
    why="A Roman number with an ordinal's ending is a rank.",
    needs="IVX",
    starts=_ROMAN,
)
def _roman_ordinals(match: re.Match[str], c: Counting) -> str | None:
    written, end = match["n"], match["end"]
    spaced = " " in match[0]
    if written in ("C", "D", "L", "M") or (spaced and written != "I"):
        return None
    value = roman_value(written)
    if not value or written + end in NOT_NUMERALS:
        return None
    if value == 1 and end in ("e", "è", "ème", "eme", "ième", "°"):
        end = "re" if is_feminine(next_noun(match.string, match.end())) else "er"
    return ranked(value, end, c)


def ranked(value: int, end: str, c: Counting) -> str | None:
    """Return a rank in words, as its written ending tells gender and number."""
    many = "s" if end.endswith("s") else ""
    if end.startswith(("er", "re", "èr")):
        if value != 1:
            return None
        return ("première" if end[0] != "e" else "premier") + many
    if end.startswith(("nd", "d")):
        return ("seconde" if "e" in end else "second") + many if value == 2 else None
    return ordinal(value, counting=c) + many


@rule(
    "sovereigns",
    rf"\b(?:{SOVEREIGN})s?(?:,? (?:[{_ROMAN}]+,? )*(?:et |ou )?)(?P<x>[{_ROMAN}]+)(?![\w'’]"
    r"|\.[A-Z])",
    why="A sovereign's number is said after the name; the first is « premier ».",
    needs="IVX",
    words=SOVEREIGN_WORDS,
)
def _sovereigns(match: re.Match[str], c: Counting) -> str | None:
    written = match["x"]
    if written in ("C", "D", "L", "M"):
        return None
    if written == "I":
        return "première" if match[0].startswith(QUEENS) else "premier"
    return _cardinal(written, c)


@rule(
    "roman-range",
    r"(?<![\w.'’-])(?P<a>[IVXLC]+|[ivxl]+)(?P<x> ?[-–—] ?)(?=(?P<b>[IVXLC]+|[ivxl]+)(?![\w'’-]))",
    why="A range of Roman numbers goes « à ».",
    needs=("-–—", "IVXLCivxl"),
)
def _roman_range(match: re.Match[str], _: Counting) -> str | None:
    a, b = roman_value(match["a"]), roman_value(match["b"])
    if not a or not b or a >= b or len(match["a"] + match["b"]) < 3:  # « C-D »
        return None
    return " à "


@rule(
    "divisions",
    rf"(?<!\w){DIVISION}(?: [nN]°)? (?:(?:[IVXLC]+|[ivxl]+)(?:,| et| à| ou) )*(?P<x>[{_ROMAN}]+"
    r"|[ivxl]+)(?![\w'’°]|-[^\W\d_]|\.[A-Z])",
    why="The number of a part of a book may be Roman, in capitals or small letters.",
    words=DIVISION_WORDS,
)
def _divisions(match: re.Match[str], c: Counting) -> str | None:
    written = match["x"]
    if written in ("C", "D", "L", "M", "l", "mi", "li", "il"):
        return None
    if len(written) == 1 and match[0].startswith("lettre "):
        return None  # « la lettre I »; a heading has a capital
    return _cardinal(written, c)


@rule(
    "alone",
    r"(?:\A|(?<=[.!?…;:] ))(?P<before>[(«]? ?)(?P<x>[IVXLC]+)(?=\.? ?[)»]?\Z|\.? ?[—–-] | ?[.)] "
    r"(?![A-Z]\.)[^\W\d_])",
    why="A Roman number at the head of a text numbers it.",
    needs="IVXLC",
)
def _alone(match: re.Match[str], c: Counting) -> str | None:
    written, text, start = match["x"], match.string, match.start()
    if written in ("C", "L", "CC", "CI", "LI", "MI") or written in NOT_NUMERALS:
        return None
    if len(written) == 1 and text[start - 2 : start] in (": ", "; "):
        return None  # « il signa d'une croix : X. »
    return _cardinal(written, c)


@rule(
    "books",
    r"(?:(?<=[^\W\d_]{3}, )|(?<=\d, et )|(?<=\d et )|(?<=\d; )|(?<=\d ; ))"
    r"(?P<x>[IVX], [IVX](?=[ .;:)]|$)|[IVX](?=, (?:\d{1,3}|[ivxl]{1,6}|[IVXL]{2,6})(?![\w'’])))",
    why="The letter between a work and its chapter numbers a book: « Fables, I, 2 ».",
    needs="IVX",
    hints=(" I, ", " V, ", " X, "),
)
def _books(match: re.Match[str], c: Counting) -> str | None:
    said = [_cardinal(written, c) for written in match["x"].split(", ")]
    return ", ".join(word or "" for word in said)


@rule(
    "romans",
    rf"{_LEFT}(?P<x>[{_ROMAN}]{{2,}})(?![\w'’]|\.[A-Z]|-[A-Z])",
    why="A Roman number is a number.",
    needs="IVX",
    starts=_ROMAN,
)
def _romans(match: re.Match[str], c: Counting) -> str | None:
    written = match["x"]
    if written in NOT_NUMERALS or not set(written) & set("IVX"):
        return None
    if len(written) == 2 and set(written) & set("LCDM"):  # « LI », « CV », « XL »
        return None
    return _cardinal(written, c)


@rule(
    "paragraphs-of-articles",
    r"\b(?:[Dd]u|[Aa]u|[Ll]e) (?P<x>[IVX]{1,5})(?= (?:de l['’](?:article|annexe|art\.)|du "
    r"(?:présent|même|[A-Z]\b)|bis\b|ter\b))",
    why="« le 1° du I de l'article 8 »: paragraphs of an article may have Roman numbers.",
    words=("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
)
def _paragraphs_of_articles(match: re.Match[str], c: Counting) -> str | None:
    return _cardinal(match["x"], c)


RULES: tuple[Rule, ...] = (
    _paragraphs_of_articles,
    _centuries_range,
    _small_centuries,
    _roman_ordinals,
    _centuries,
    _sovereigns,
    _roman_range,
    _divisions,
    _alone,
    _books,
    _romans,
)
