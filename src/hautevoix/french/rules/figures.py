"""Plain figures: groups of thousands, signs, ranges, ranks, and every number that is left."""

from __future__ import annotations

import re

from hautevoix.french.gender import is_feminine
from hautevoix.french.numbers import Counting, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules import ranges, signed
from hautevoix.french.rules.parts import (
    DIGITS,
    DIVISION,
    MONTH,
    feminine_after,
    next_noun,
    of,
)
from hautevoix.french.rules.romans import ranked


@rule(
    "thousands",
    r"(?<![\w.,])(?<!\d )[1-9]\d{0,2}(?:(?: \d{3})++(?!\d)|(?:\.\d{3})++(?!\d|\.\d|,\d{3})|"
    r"(?:['’]\d{3})++(?!\d)"
    r"|(?:,\d{3}){2,}+(?!\d))",
    why="Groups of thousands make one number, with any kind of space or point between.",
    needs=(DIGITS, " .'’,"),
    starts="1-9",
)
def _thousands(match: re.Match[str], _: Counting) -> str:
    return re.sub(r"\D", "", match[0])


_COUNTED_IN_THOUSANDS = (
    "francs|livres|roubles|dollars|piastres|sesterces|écus|florins|hommes|femmes|habitants|soldats"
    "|personnes|âmes|lieues|milles|ouvriers|exemplaires|volumes|morts|blessés|prisonniers|chevaux"
    "|fantassins|cavaliers|voix|années|ans|acres|arpents|toises|pieds|yards|paysans|familles"
)


@rule(
    "english-thousands",
    r"(?<![\w.,])(?:[1-9]\d{0,2}(?:,000|(?:,\d{3}){2,}|,\d{3}(?= (?:"
    + _COUNTED_IN_THOUSANDS
    + r")\b|\.\d\d\b))(?![\d,]))(?:\.\d\d?(?!\d))?",
    why="A comma before three figures parts thousands where nothing is so counted to a thousandth.",
    needs=(DIGITS, ","),
    starts="1-9",
)
def _english_thousands(match: re.Match[str], _: Counting) -> str:
    return match[0].replace(",", "").replace(".", ",")


@rule(
    "book-formats",
    r"\b[Ii]n-(?P<x>(?:8|4|f|12|16|18|24|32)[°ºo]?)(?![\w-])",
    why="A book's format has its Latin name.",
    words={"in", "In"},
)
def _book_formats(match: re.Match[str], _: Counting) -> str:
    plain = match["x"].rstrip("°ºo")
    return {"8": "octavo", "4": "quarto", "f": "folio"}.get(plain, plain)


_YEARS = range(1000, 2101)


_MISSPELT = {
    "ere": "ère", "eres": "ères", "ier": "er", "iers": "ers", "iere": "ère", "ieres": "ères",
    "ière": "ère", "ières": "ères", "ime": "ème", "imes": "èmes",
}  # fmt: skip


@rule(
    "ordinals",
    r"(?<![\w,.])(?P<n>\d{1,15})(?P<end>ers?|res?|ères?|eres?|iers?|ières?|ieres?|e|es|è|èmes?|emes?|ièmes?|iemes?|imes?"
    r"|nde?s?|de?s?)(?![\w'’²])"
    r"|(?<![\w,.])(?P<one>1) (?P<er>er)(?= [^\W\d_])",
    why="« 1er », « 2nde », « 80e » are ranks.",
    needs=DIGITS,
    starts="0-9",
)
def _ordinals(match: re.Match[str], c: Counting) -> str | None:
    value = int(match["n"] or match["one"])
    end = _MISSPELT.get(match["end"] or match["er"], match["end"] or match["er"])
    if value == 1 and end in ("e", "ème", "ième", "eme", "è"):
        noun = next_noun(match.string, match.end())
        return "première" if noun and is_feminine(noun) else "premier"
    return ranked(value, end, c)


@rule(
    "number-signs",
    r"(?<!\w)(?P<n>[nN])(?:°s?|o\.?|(?<=[Ll]es n)os|(?<=[Dd]es n)os|(?<=aux n)os|(?<=\(n)os"
    r"|(?<=n|N)os(?= \d+(?: ?(?:,|-|–|et|à|ou) ?\d+){1,9}(?: ?[;:.!?)»]|,|$))) ?"
    r"(?=\d|[IVXLC]+\b|[A-Z]\b)|(?<!\w)#(?=\d)|(?<![\w])(?P<ns>[nN])°s? ?(?=[^\W\d_])",
    why="« n° » is « numéro ».",
    hints=("n°", "N°", "no ", "No ", "nos ", "Nos ", "no.", "No.", "n° ", "#", "n °"),
)
def _number_signs(match: re.Match[str], _: Counting) -> str | None:
    sign = match["n"] or match["ns"] or "n"
    many = "s" if match[0].rstrip().endswith("s") else ""
    return f"{'N' if sign == 'N' else 'n'}uméro{many} "


@rule(
    "paragraphs",
    r"§(?P<many>§)? ?",
    why="« § » is « paragraphe ».",
    needs="§",
)
def _paragraphs(match: re.Match[str], _: Counting) -> str:
    space = " " if match.string[match.end() : match.end() + 1].strip() else ""
    before = match.string[match.start() - 1 : match.start()]
    many = match["many"] or _SEVERAL.match(match.string, match.end())
    return (" " if before.isalnum() else "") + ("paragraphes" if many else "paragraphe") + space


_SEVERAL = re.compile(r"\d+ ?(?:[-–]|et|à) ?\d")


@rule(
    "version-numbers",
    r"(?<![\w.,])\d+(?:\.\d+){2,}(?![\w])",
    why="Numbers between points are said one by one.",
    needs=(DIGITS, "."),
    starts="0-9",
)
def _version_numbers(match: re.Match[str], c: Counting) -> str:
    return " point ".join(number(piece, counting=c) for piece in match[0].split("."))


@rule(
    "appeal-numbers",
    r"(?<=uméro )(?P<year>\d\d)-(?P<a>\d\d)\.(?P<b>\d{3})(?!\d)",
    why="The number of an appeal is said by its parts: « n° 02-13.456 ».",
    needs=(DIGITS, "-"),
    hints=("-",),
)
def _appeal_numbers(match: re.Match[str], c: Counting) -> str:
    return " ".join(number(match[part], counting=c) for part in ("year", "a", "b"))


@rule(
    "chains",
    r"(?<![\w.,])\d+(?:-\d+){2,}(?![\w])|(?<![\w.,])(?P<by>\d{1,2})[xX×](?P=by)(?!\w)",
    why="Numbers chained by hyphens are said one by one.",
    needs=(DIGITS, "-xX×"),
    starts="0-9",
)
def _chains(match: re.Match[str], _: Counting) -> str:
    return re.sub(r"[-xX×]", " ", match[0])


@rule(
    "letters-and-figures",
    r"(?<=[^\W\d_])(?P<dash>-(?=\d))|(?<=\d)(?P<hyphen>-(?=[^\W\d_]))|(?<=[^\W\d_])(?=\d)|(?<=\d)"
    r"(?=[^\W\d_])",
    why="Letters and figures that touch are said apart.",
    needs=DIGITS,
)
def _letters_and_figures(match: re.Match[str], _: Counting) -> str | None:
    if match["dash"] and match.string[max(0, match.start() - 2) : match.start()].lower() in (
        "mi",
        "in",
    ):
        return None
    return " "


_LEAVES = re.compile(r"\b(?:folios?|feuillets?|ff?\.) [\d rvà-]{0,20}$")


@rule(
    "sides-of-a-leaf",
    r"(?<=\d)(?P<x>[rv])(?![\w'’])",
    why="« folio 12r » is the leaf's right side: « recto ».",
    needs=(DIGITS, "rv"),
    words=("folio", "folios", "feuillet", "feuillets", "f.", "ff."),
)
def _sides_of_a_leaf(match: re.Match[str], _: Counting) -> str | None:
    before = match.string[max(0, match.start() - 32) : match.start()]
    if not _LEAVES.search(before):
        return None
    return " recto" if match["x"] == "r" else " verso"


@rule(
    "thousand-and-one",
    r"(?<!\d)1001(?= [Nn]uits\b)",
    why="The thousand and one nights keep their « et ».",
    needs="1",
    words={"nuits", "Nuits"},
)
def _thousand_and_one(_match: re.Match[str], _: Counting) -> str:
    return "mille et une"


_RANKED_BY = re.compile(
    rf"(?:\b(?:{DIVISION}|{MONTH}|[Aa]ns?|[Aa]nnées?|[Ee]n|[Dd]epuis|[Dd]ès|[Ll]ignes?"
    r"|[Cc]olonnes?|[Vv]ers"
    r"|[Vv]ersets?|[Nn]°|[Nn]uméros?|[Jj]usqu['’]en|[Aa]nno|[Cc]hambre|[Ss]alle|[Rr]ègle|[Cc]ode"
    r"|[Mm]ai)"
    r" (?:\d+(?:, | et | à | ou ))*)$"
)
_SCALES = frozenset(
    ("mille", "million", "millions", "milliard", "milliards", "billion", "billions")
)


@rule(
    "millions-of",
    r"(?<![\d,.])(?P<n>[1-9]\d{0,11}000000) (?=(?P<noun>[a-zà-ÿœ]+))",
    why="A million is a noun: it asks « de » before what it counts.",
    hints=("000000",),
    starts="1-9",
)
def _millions_of(match: re.Match[str], c: Counting) -> str | None:
    if not next_noun(match.string, match.end() - 1) or match["noun"] in _SCALES:
        return None
    elided = of(match["noun"]).removesuffix(match["noun"])
    return f"{number(match['n'], counting=c)} {elided}"


@rule(
    "cardinals",
    r"\d+",
    why="A number is said in words.",
    needs=DIGITS,
)
def _cardinals(match: re.Match[str], c: Counting) -> str:
    written, text = match[0], match.string
    start, end = match.span()
    noun = next_noun(text, end)
    rank = noun == "mille" or _is_rank(written, noun, text[max(0, start - 60) : start])
    return number(written, feminine=feminine_after(written, text, end), rank=rank, counting=c)


def _is_rank(written: str, noun: str, before: str) -> bool:
    if _RANKED_BY.search(before):
        return not noun or noun == "à"
    return len(written) == 4 and int(written) in _YEARS and not noun  # a year


BEFORE_AMOUNTS: tuple[Rule, ...] = (
    _number_signs,
    _appeal_numbers,
    _thousands,
    _english_thousands,
    _book_formats,
    _version_numbers,
    _paragraphs,
    _sides_of_a_leaf,
    *ranges.RULES,
    _chains,
    *signed.RULES,
)
RULES: tuple[Rule, ...] = (
    _ordinals,
    _thousand_and_one,
    _letters_and_figures,
    _millions_of,
    _cardinals,
)
