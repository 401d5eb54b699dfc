"""What several rules share: pieces of patterns, and amounts in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.gender import counts_feminine
from hautevoix.french.numbers import Counting, cardinal, decimal, number
from hautevoix.french.units import RATES

if TYPE_CHECKING:
    from collections.abc import Iterable

DIGITS = "0123456789"
NUMBER = r"\d+(?:[,.]\d+)?"
LEFT = r"(?<![\w,./])"
"""What must not stand before an amount: it would be the rest of another."""

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_REPUBLICAN = (
    "vendémiaire", "brumaire", "frimaire", "nivôse", "pluviôse", "ventôse", "germinal",
    "floréal", "prairial", "messidor", "thermidor", "fructidor",
)  # fmt: skip
MONTH = f"(?i:{'|'.join((*MONTHS, 'fevrier', 'aout', 'decembre', *_REPUBLICAN))})"
_ALL_MONTHS = (*MONTHS, "fevrier", "aout", "decembre", *_REPUBLICAN)
MONTH_WORDS = frozenset(
    form for name in _ALL_MONTHS for form in (name, name.capitalize(), name.upper())
)
DAY = r"(?:1er|3[01]|[12]\d|0?[1-9])"
STOP = r"(?= ?[,;:.!?…)»\]]|$)"

DIVISION = (
    "(?:[Cc]hapitres?|CHAPITRES?|[Tt]omes?|TOMES?|[Ll]ivres?|LIVRES?|[Aa]ctes?|ACTES?|[Ss]cènes?"
    "|SC[ÈE]NES?|[Pp]arties?|PARTIES?|[Vv]olumes?|VOLUMES?|[Pp]ages?|[Aa]rticles?|ARTICLES?"
    "|[Ss]ections?|SECTIONS?|[Tt]itres?|TITRES?|[Cc]hants?|CHANTS?|[Ss]trophes?|[Pp]saumes?"
    "|PSAUMES?"
    "|[Ll]ettres?|LETTRES?|[Aa]nnexes?|[Aa]ppendices?|[Pp]lanches?|[Ff]igures?|[Tt]ableaux?"
    "|TABLEAUX?|[Nn]otes?|[Nn]uméros?|[Pp]aragraphes?|[Cc]ahiers?|[Dd]ialogues?|[Ee]ntretiens?"
    "|[Ll]eçons?|LEÇONS?|[ÉE]pîtres?|[Ss]atires?|[Oo]des?|[ÉEé]légies?|[ÉEé]glogues?|[Ss]onnets?"
    "|[Ff]ables?|[Dd]iscours|[Mm]éditations?|[Pp]ropositions?|[Tt]héorèmes?|[Pp]hases?"
    "|[ÉEé]pisodes?|ÉPISODES?|[Oo]pus|[Cc]hroniques?|[Ff]olios?|[Ff]ascicules?|[ÉEé]tapes?"
    "|[Vv]eillées?|[Jj]ournées?|[Nn]uits?|[Dd]ynasties?|[Cc]anons?|[Ss]eances?|[Ss]éances?)"
)
"""Words that a number follows as their name: the number is then a rank, and may be Roman."""


_DIVISION_NAMES = """
chapitre tome livre acte scène scene partie volume page article section titre chant strophe psaume
lettre annexe appendice planche figure tableau note numéro paragraphe cahier dialogue entretien
leçon épître satire ode élégie elegie églogue eglogue sonnet fable discour méditation proposition
théorème phase épisode episode opu chronique folio fascicule étape etape veillée journée nuit
dynastie canon seance séance
"""
DIVISION_WORDS = frozenset(
    form
    for name in _DIVISION_NAMES.split()
    for ending in ("", "s", "x")
    for form in (name + ending, (name + ending).capitalize(), (name + ending).upper())
)
"""The words that ``DIVISION`` matches, in the forms that print has."""


def any_of(symbols: Iterable[str]) -> str:
    """Return a pattern for any of these strings, the longest first."""
    return "|".join(map(re.escape, sorted(symbols, key=lambda s: (-len(s), s))))


RATE = rf"/(?:{any_of(RATES)}|100 ?km|[a-zà-ÿœ]{{3,14}})(?![\w'’²³])"
"""What follows an amount that goes by something: « /nuit », « /m² »."""


def amount(written: str, counting: Counting, *, feminine: bool = False, rank: bool = False) -> str:
    """Return the words for digits that may have a decimal comma (or point)."""
    whole, comma, fraction = written.replace(".", ",").partition(",")
    if comma:
        return decimal(whole, fraction, feminine=feminine, counting=counting)
    return number(whole, feminine=feminine, rank=rank, counting=counting)


def plural(written: str) -> bool:
    """Tell whether an amount puts its noun in the plural: in French, from two on."""
    return int(re.split("[,.]", written)[0].lstrip("0")[:9] or "0") > 1


def counted(
    written: str, one: str, many: str, counting: Counting, *, feminine: bool = False
) -> str:
    """Return an amount of something in words: « un franc », « deux millions de francs ».

    >>> counted("3000000", "euro", "euros", Counting.FRANCE)
    "trois millions d'euros"
    """
    noun = many if plural(written) else one
    words = amount(written, counting, feminine=feminine)
    return f"{words} {of(noun)}" if whole_millions(written) else f"{words} {noun}"


def whole_millions(written: str) -> bool:
    """Tell whether an amount ends with the noun « million », « milliard »… and so asks « de »."""
    return len(written) > 6 and written.isdigit() and written.endswith("000000")  # zeros


_ELIDES = re.compile(r"[aeéèêiïîoôuûyœæâh]", re.IGNORECASE)


def of(noun: str) -> str:
    """Return « de » and the noun, elided where it must (the words that we count have a mute h)."""
    return f"d'{noun}" if _ELIDES.match(noun) else f"de {noun}"


def day(written: str, counting: Counting) -> str:
    """Return a day of the month in words: the first alone is an ordinal."""
    plain = written.lstrip("0")
    return "premier" if plain in ("1", "1er") else cardinal(int(plain), counting=counting)


def year(written: str, counting: Counting) -> str:
    """Return a year in words: as a rank, it takes no s."""
    return number(written, rank=True, counting=counting)


_FUNCTION_WORDS = frozenset(
    (
        "et", "ou", "à", "a", "au", "aux", "de", "du", "des", "en", "le", "la", "les", "un", "une",
        "par", "pour", "sur", "sous", "dans", "avec", "sans", "que", "qui", "dont", "où", "il",
        "elle", "on", "ils", "elles", "ne", "se", "ce", "cette", "ces", "son", "sa", "ses", "est",
        "fut", "sont", "était", "furent", "avait", "ont", "eut", "vit", "mais", "puis", "donc",
        "car", "si", "lors", "jusqu", "comme", "contre", "entre", "vers", "après", "avant",
        "depuis", "pendant", "dès", "chez", "avaient", "étaient", "sera", "marque", "voit", "y",
        "bis", "ter", "quater", "environ", "peut", "doit", "dit", "fit", "lorsque", "quand", "tout",
    )
)  # fmt: skip
_NEXT_WORD = re.compile(r" ([a-zà-ÿœ]++)(?!['’])")


def next_noun(text: str, end: int) -> str:
    """Return the word after a number if it may be what the number counts, else nothing."""
    match = _NEXT_WORD.match(text, end, end + 40)
    return "" if match is None or match[1] in _FUNCTION_WORDS else match[1]


def feminine_after(written: str, text: str, end: int) -> bool:
    """Tell whether the number that ends at ``text[end]`` must be feminine: some end in « un »."""
    return written.endswith("1") and not written.endswith("11") and counts_feminine(text, end)


def spaced(match: re.Match[str], word: str) -> str:
    """Return a sign's word with the spaces that it needs where the sign stood."""
    text, start, end = match.string, match.start(), match.end()
    before = "" if start == 0 or text[start - 1] in " («“\"'’" else " "
    after = " " if text[end : end + 1].isalnum() or text[end : end + 1] == "(" else ""
    return f"{before}{word}{after}"
