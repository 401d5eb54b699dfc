"""Places in the Bible."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, cardinal, ordinal
from hautevoix.french.roman import roman_value
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS, year

_BOOK_NAMES = """
Genese Genèse Exode Lévitique Nombres Deutéronome Josué Juges Samuel Rois Job Psaume Psaumes
Proverbes Ecclésiaste Isaïe Jérémie Ézéchiel Daniel Matthieu Marc Luc Jean Actes Romains Corinthiens
Galates Éphésiens Philippiens Colossiens Hébreux Jacques Apocalypse
"""
_BOOKS = _BOOK_NAMES.split()
_BIBLE = {
    "Gn": "Genèse", "Ex": "Exode", "Lv": "Lévitique", "Nb": "Nombres", "Dt": "Deutéronome",
    "Jos": "Josué", "Jg": "Juges", "Is": "Isaïe", "Jr": "Jérémie", "Ez": "Ézéchiel",
    "Éz": "Ézéchiel", "Dn": "Daniel", "Ps": "psaume", "Pr": "Proverbes", "Qo": "Ecclésiaste",
    "Sg": "Sagesse", "Mt": "Matthieu", "Mc": "Marc", "Lc": "Luc", "Jn": "Jean", "Ac": "Actes",
    "Rm": "Romains", "Co": "Corinthiens", "Ga": "Galates", "Ep": "Éphésiens", "Ép": "Éphésiens",
    "He": "Hébreux", "Jc": "Jacques", "Ap": "Apocalypse", "Ct": "Cantique des Cantiques",
    "Jb": "Job", "Tb": "Tobie", "Lm": "Lamentations",
    "Tt": "Tite", "Gen": "Genèse", "Lév": "Lévitique",
    "Deut": "Deutéronome", "Matt": "Matthieu", "Matth": "Matthieu", "Rom": "Romains",
    "Gal": "Galates", "Éph": "Éphésiens", "Apoc": "Apocalypse", "Prov": "Proverbes",
    "Ezech": "Ézéchiel", "Dan": "Daniel", "Hébr": "Hébreux", "Act": "Actes",
}  # fmt: skip
"""The books of the Bible as theologians shorten them (Bible de Jérusalem, « Abréviations »)."""
_NUMBERED = {
    "S": "livre de Samuel", "R": "livre des Rois", "Ch": "livre des Chroniques",
    "M": "livre des Maccabées", "Co": "épître aux Corinthiens", "Cor": "épître aux Corinthiens",
    "Th": "épître aux Thessaloniciens", "Thess": "épître aux Thessaloniciens",
    "Tm": "épître à Timothée", "Tim": "épître à Timothée", "P": "épître de Pierre",
    "Jn": "épître de Jean",
}  # fmt: skip
"""Those of which there are two or three: « 1 Co »."""
_MEASURED = re.compile(r" [a-zà-ÿ]{2}")
_PSALMS = range(1, 151)


def _verses(match: re.Match[str], c: Counting) -> str:
    first = year(match["v"], c)
    if match["on"]:
        return f"versets {first} et suivants"
    if not match["w"]:
        return f"verset {first}"
    joint = "et" if match["joint"] == "." else "à"
    part = f" {match['part']}" if match["part"] else ""
    return f"versets {first} {joint} {year(match['w'], c)}{part}"


def _chapter(written: str, c: Counting) -> str | None:
    if written.isdigit():
        return year(written, c)
    value = roman_value(written)
    return cardinal(value, rank=True, counting=c) if value else None


_PLACE = (
    r"(?P<c>\d{1,3}|[IVXL]+|[ivxl]+)(?:, ?|:)(?P<v>\d{1,3})(?:(?P<joint>[-–.]| à )(?P<w>\d{1,3})"
    r"(?P<part>[a-d])?"
    r"|(?P<on> ?ss?\b\.?))?"
    r"(?![\w:]|[,.-]\d| ?[%€])"
)


@rule(
    "bible-numbered",
    rf"(?<![\w,.])(?P<n>[123]|I{{1,3}}) ?(?P<book>{'|'.join(_NUMBERED)})\.? {_PLACE}",
    why="« 1 Co 13, 4 » is in the first of the letters to the Corinthians.",
    needs=":,",
    words=_NUMBERED,
)
def _bible_numbered(match: re.Match[str], c: Counting) -> str | None:
    chapter, book = _chapter(match["c"], c), _NUMBERED[match["book"]]
    if chapter is None:
        return None
    n = int(match["n"]) if match["n"].isdigit() else len(match["n"])
    rank = ordinal(n, feminine=book.startswith("é"), counting=c)
    return f"{rank} {book}, chapitre {chapter}, {_verses(match, c)}"


@rule(
    "bible",
    rf"\b(?:(?P<short>{'|'.join(_BIBLE)})\.?|{'|'.join(_BOOKS)}),? {_PLACE}",
    why="A place in the Bible is a chapter and a verse.",
    needs=":,",
    words=(*_BIBLE, *_BOOKS),
)
def _bible(match: re.Match[str], c: Counting) -> str | None:
    opening = match.string[match.start() - 1 : match.start()]
    plain = not match["short"] and "," in match[0]
    if plain and match["c"].isdigit() and not match["w"] and opening != "(":
        return None  # « Jean 2,5 » may be a first name and a measure
    if plain and _MEASURED.match(match.string, match.end()):
        return None
    chapter = _chapter(match["c"], c)
    if chapter is None:
        return None
    book = _BIBLE.get(match["short"]) or match[0].partition(" ")[0]
    if book.lower().startswith("psaume"):
        psalm = "psaume" if opening == " " else "Psaume"
        return f"{psalm} {chapter}, {_verses(match, c)}"
    return f"{book} chapitre {chapter}, {_verses(match, c)}"


_SURE = ("Gn", "Lv", "Nb", "Dt", "Jos", "Jg", "Jr", "Dn", "Mt", "Mc", "Lc", "Jn", "Rm", "Ap")


@rule(
    "bible-chapters",
    rf"\b(?P<x>{'|'.join(_SURE)})\.?(?= \d{{1,3}}(?![\w:]|,\d| ?[%€°]| [a-zà-ÿ]{{2}}))",
    why="A book of the Bible before a chapter is said in full.",
    needs=DIGITS,
    words=_SURE,
)
def _bible_chapters(match: re.Match[str], _: Counting) -> str:
    return _BIBLE[match["x"]]


@rule(
    "psalms",
    r"\bPs\.? (?=(?P<n>\d{1,3})(?!\w))",
    why="« Ps 22 » is « psaume vingt-deux ».",
    needs=DIGITS,
    words=("Ps",),
)
def _psalms(match: re.Match[str], _: Counting) -> str | None:
    if int(match["n"]) not in _PSALMS:
        return None
    return "psaume " if match.start() else "Psaume "


RULES: tuple[Rule, ...] = (_bible_numbered, _bible, _bible_chapters, _psalms)
