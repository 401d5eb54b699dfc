"""Fractions, powers, decimals."""

from __future__ import annotations

import re

from hautevoix.french.gender import counts_feminine
from hautevoix.french.numbers import Counting, cardinal, decimal, number, ordinal
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS, of
from hautevoix.french.rules.ranges import BEFORE_A_WAR, WARS
from hautevoix.french.units import MEASURES

_PARTS = {2: "demi", 3: "tiers", 4: "quart"}
_ORDINAL_PARTS = frozenset((5, 6, 7, 8, 9, 10, 12, 16, 32, 64, 100, 1000, 10000))


def _fraction(over: int, under: int, c: Counting) -> str | None:
    """Say a fraction as one, or None where « sur » is said: « douze sur vingt »."""
    if not over or not under or under in (1, over):
        return None
    if under not in _PARTS and under not in _ORDINAL_PARTS and over != 1:
        return None
    part = _PARTS.get(under) or ordinal(under, counting=c)
    many = "" if over == 1 or part == "tiers" else "s"
    return f"{cardinal(over, counting=c)} {part}{many}"


@rule(
    "part-of-a-unit",
    r"(?<![\w,./])(?P<a>\d)/(?P<b>\d) ?(?P<u>l|L|kg|km|m|h|cl|ha|g)(?![\w'’²³/]| [a-z] (?:au"
    r"|puissance)\b)",
    why="« 1/4 l » is « un quart de litre ».",
    needs="/",
    starts="0-9",
)
def _part_of_a_unit(match: re.Match[str], c: Counting) -> str | None:
    noun = "heure" if match["u"] == "h" else MEASURES[match["u"]].one
    if (
        match["a"] + match["b"] == "12"
        and match.string[max(0, match.start() - 4) : match.start()] == "les "
    ):
        return f"demi-{noun}s"
    if match["a"] + match["b"] == "12":
        return f"{'une' if noun == 'heure' else 'un'} demi-{noun}"
    part = _fraction(int(match["a"]), int(match["b"]), c)
    return part and f"{part} {of(noun)}"


@rule(
    "slash-range",
    r"(?<![\w,./])(?P<a>\d\d+|[2-9](?=/(?:[3-9]|10) ?(?:min|mn|minutes|jours|secondes|semaines|mois"
    r"|personnes|pages|pers\.?|fois|ans)\b))/(?P<b>\d\d?\d?)(?= ?(?:kg|km|cm|mm|m|g|l|cl|ans|°C?|ha"
    r"|F|€|h"
    r"|min|mn|minutes|heures|jours|secondes|semaines|mois|personnes|pages|pers\.?)"
    r"(?![\w'’]))",
    why="Two amounts of one unit, joined by a slash, make a range.",
    needs="/",
    starts="0-9",
)
def _slash_range(match: re.Match[str], _: Counting) -> str | None:
    return f"{match['a']} à {match['b']}" if int(match["a"]) < int(match["b"]) else None


@rule(
    "scales",
    r"(?<![\w,./:])1 ?: ?(?P<n>[1-9]\d{0,4})[ .]?000(?!\d)",
    why="A map's scale is a fraction: « 1:50 000 ».",
    needs=":",
    hints=("000",),
    starts="1",
)
def _scales(match: re.Match[str], _: Counting) -> str:
    return f"1/{match['n']}000"


_WON_SET = re.compile(r"(?<![\w,./])(?:6/[0-4]|7/[56])(?![\w/])")


@rule(
    "sets",
    r"(?<![\w,./])[0-7]/[0-7](?=(?: ?\(\d\))?, [0-7]/[0-7](?![\w/]))"
    r"|(?<=[0-7]/[0-7], )[0-7]/[0-7](?![\w/])",
    why="« 6/4, 3/6 » is the score of a match of tennis.",
    needs="/",
    starts="0-7",
)
def _sets(match: re.Match[str], _: Counting) -> str | None:
    around = match.string[max(0, match.start() - 24) : match.end() + 24]
    return match[0].replace("/", " ") if _WON_SET.search(around) else None


@rule(
    "noun-and-half",
    r"(?<![\w,./])(?P<n>\d{1,4}) 1/2 (?P<noun>(?:heure|journée|livre|lieue|douzaine|tasse|tonne"
    r"|bouteille|page|pinte|jour|mètre|kilo|litre|siècle|pouce|arpent|toise|once|sachet|paquet"
    r"|verre|citron|oignon|gousse|botte|cuillère|cuillerée|pot|boîte|plaquette|baguette|pomme"
    r"|poivron|an|semaine|année)s?|mois)\b",
    why="« 2 1/2 tasses » is « deux tasses et demie ».",
    hints=(" 1/2 ",),
    starts="0-9",
)
def _noun_and_half(match: re.Match[str], c: Counting) -> str:
    noun = match["noun"]
    feminine = noun.startswith("livre") or counts_feminine(f" {noun}", 0)
    half = "demie" if feminine else "demi"
    return f"{number(match['n'], feminine=feminine, counting=c)} {noun} et {half}"


@rule(
    "half-before-noun",
    r"(?<![\w,./])(?:(?P<one>[Uu]n|[Uu]ne|[Ll]a|[Ll]es|[Dd]eux|[Uu]ne|[Cc]haque|[Pp]ar) )?1/2[ -]"
    r"(?P<noun>heures?|journées?|livres?|lieues?|douzaines?|tasses?|tonnes?|bouteilles?|page"
    r"|pages|pinte|pintes|jour|mètre|mètres|kilo|kilos|litre|litres|siècle|tour|tours|pouce"
    r"|pouces|arpent|arpents|finale|finales|bataillon|brigade|brigades|solde|pension|aune|toise"
    r"|once|gros|tiers|sachet|paquet|verre|citron|oignon|gousse|botte|cuillère|cuillerée|pot|boîte"
    r"|plaquette|baguette|pomme|poivron)\b",
    why="« 1/2 » before what it halves is « demi- ».",
    hints=("1/2",),
)
def _half_before_noun(match: re.Match[str], _: Counting) -> str:
    noun = match["noun"]
    feminine = noun.startswith("livre") or counts_feminine(f" {noun}", 0)
    if _RANKED.search(match.string[max(0, match.start() - 6) : match.start()]):
        return f"demi-{noun}"
    one = match["one"] or ("une" if feminine else "un")
    return f"{one} demi-{noun}"


_RANKED = re.compile(r"\d(?:e|ème|re) $")
"""« la 27e 1/2 brigade »."""


@rule(
    "part-before-noun",
    r"(?<![\w,./])(?P<a>[1-9])/(?P<b>[3-9]|10)(?= (?P<noun>tasses?|sachets?|paquets?|verres?"
    r"|litres?|cuillères?|cuillerées?|pots?|boîtes?|bouteilles?|plaquettes?|kilos?|heures?|pages?)\b)",
    why="« 3/4 tasse » is « trois quarts de tasse ».",
    needs="/",
    starts="1-9",
)
def _part_before_noun(match: re.Match[str], c: Counting) -> str | None:
    part = _fraction(int(match["a"]), int(match["b"]), c)
    noun = match["noun"]
    return part and f"{part} {of(noun).removesuffix(noun)}".rstrip(" ")


@rule(
    "pounds-and-half",
    r"(?<![\w,./])(?P<n>\d+) (?P<noun>livres?) (?:et )?1/2(?![\w/])",
    why="What one has and a half of is the pound, which is feminine, not the book.",
    hints=("1/2",),
    starts="0-9",
)
def _pounds_and_half(match: re.Match[str], c: Counting) -> str:
    return f"{number(match['n'], feminine=True, counting=c)} {match['noun']} et demie"


@rule(
    "mixed-fractions",
    r"(?<![\w,./])(?P<n>\d+) (?:et )?(?P<a>\d{1,2})/(?P<b>\d{1,3})(?![\w/]|[,.]\d)",
    why="A number and a fraction.",
    needs="/",
    starts="0-9",
)
def _mixed_fractions(match: re.Match[str], c: Counting) -> str | None:
    over, under = int(match["a"]), int(match["b"])
    part = _fraction(over, under, c)
    if part is None or over > under:
        return None
    feminine = counts_feminine(match.string, match.end())
    whole = number(match["n"], feminine=feminine, counting=c)
    if (over, under) == (1, 2):
        return f"{whole} et {'demie' if feminine else 'demi'}"
    return f"{whole} et {part}"


@rule(
    "unit-and-half",
    r"(?<=[a-zéè] )(?P<x>1/2)(?=[ ,;:.!?)]|$)",
    why="« 1/2 » after what it completes is « et demi ».",
    hints=("1/2",),
)
def _unit_and_half(match: re.Match[str], _: Counting) -> str | None:
    before = re.search(r"(\w+) (\w+) $", match.string[max(0, match.start() - 40) : match.start()])
    if not before or not _COUNTED.fullmatch(before[2]):
        return None
    return "et demie" if counts_feminine(f" {before[2]}", 0) else "et demi"


_COUNTED = re.compile(
    "(?:ans?|mois|jours?|heures?|mètres?|kilomètres?|lieues?|livres?|kilos?|litres?|pieds?|pouces?"
    "|semaines?|toises?|tonnes?|kilogrammes?|degrés?|arpents?|siècles?|minutes?|bouteilles?|sous?"
    "|francs?|écus?|louis|points?|jours?)"
)


@rule(
    "named-part",
    r"\b(?:[Ll]e|[Uu]n|[Dd]u|[Aa]u|[Cc]e|[Cc]haque) (?P<x>1/(?P<n>\d{1,4})(?:es?|ème)?)(?![\w/]"
    r"|[,.]\d)",
    why="« le 1/3 » is « le tiers ».",
    needs="/",
    hints=(" 1/",),
)
def _named_part(match: re.Match[str], c: Counting) -> str | None:
    under = int(match["n"])
    return _PARTS.get(under) or (ordinal(under, counting=c) if under > 1 else None)


@rule(
    "every-part",
    r"\b[Tt]ous les (?P<x>1/(?P<n>[1-9]\d{0,2}))(?= d(?:e |['’]))",
    why="« tous les 1/4 d'heure » is « tous les quarts d'heure ».",
    hints=(" les 1/",),
)
def _every_part(match: re.Match[str], c: Counting) -> str | None:
    under = int(match["n"])
    if under == 1:
        return None
    return (_PARTS.get(under) or ordinal(under, counting=c)).removesuffix("s") + "s"


@rule(
    "fractions",
    r"(?<![\w,./])(?P<a>\d+)(?: ?⁄ ?|/)(?P<b>\d+)(?:es?|èmes?)?(?![\w/]|[,.]\d)",
    why="A fraction is said in parts, or « sur » where parts have no name.",
    needs="/",
    starts="0-9",
)
def _fractions(match: re.Match[str], c: Counting) -> str:
    a, b = match["a"], match["b"]
    joint = _joint(match)
    if joint:
        years = joint in {" à ", " barre "}
        return joint.join(number(n, rank=years, counting=c) for n in (a, b))
    if _is_year_pair(a, b):
        second = number(a[:-2] + b if len(b) == 2 else b, rank=True, counting=c)  # years
        return f"{number(a, rank=True, counting=c)}, {second}"
    small = len(a) < 5 and len(b) < 8 and int(a) <= 10 * int(b)  # what a listener can grasp
    said = _fraction(int(a), int(b), c) if small else None
    return said or f"{number(a, counting=c)} sur {number(b, counting=c)}"


def _joint(match: re.Match[str]) -> str:
    """Return what stands between two numbers that are no fraction; nothing where they may be."""
    a, b = match["a"], match["b"]
    before = match.string[max(0, match.start() - 64) : match.start()]
    if (a, b) in WARS and BEFORE_A_WAR.search(before):
        return " "
    if _BEATS.search(before) and not match.string.startswith((" d", " D"), match.end()):
        return " "
    if before.endswith(("opus ", "Opus ")):
        return " numéro "
    if _NUMBER.search(before):
        return " barre "
    return " à " if _is_span(a, b) else ""


_NUMBER = re.compile(r"\b(?:[Nn]uméros?|[Dd]ossier|[Rr]éférence|[Cc]ote) $")
_BEATS = re.compile(
    r"(?:\b(?:[Mm]esures?|[Rr]ythmes?|[Vv]alses?|[Mm]arches?|[Mm]enuets?)"
    r"(?: [a-zà-ÿ]{3,12})? (?:à|en)|\b(?:[Tt]ension(?: artérielle)?"
    r"|[TP]A)"
    r"(?: (?:est|était|monta|monte|tomba|descend|descendit))?(?: de| à)?)"
    r" (?:\d{1,2}/\d{1,2}[^.;:\d]{1,16}){0,2}$"
)
"""What is counted by two numbers that are no fraction: a bar of music, blood pressure."""


def _is_span(a: str, b: str) -> bool:
    """Tell whether « 1914/1918 » is a time of more than two years."""
    return len(a) == len(b) == 4 and 1000 < int(a) + 1 < int(b) <= 2100  # years


def _is_year_pair(a: str, b: str) -> bool:
    """Tell whether « 1917/18 » or « 1917/1918 » is one year after the other."""
    if len(a) != 4 or len(b) not in (2, 4):  # years
        return False
    return int(b[-2:]) == (int(a[-2:]) + 1) % 100


@rule(
    "decimals",
    r"(?<!\d[.,])(?<!\d)(?P<a>\d+)(?P<sign>[,.])(?P<b>\d+)(?![.,]\d)",
    why="A decimal number is said with « virgule ».",
    needs=(DIGITS, ",."),
    starts="0-9",
)
def _decimals(match: re.Match[str], c: Counting) -> str:
    before = match.string[max(0, match.start() - 12) : match.start()]
    heading = match.start() == 0 and _TITLE.match(match.string, match.end())
    if match["sign"] == "." and (heading or _NUMBERED_BY_POINTS.search(before)):
        return f"{number(match['a'], counting=c)} point {number(match['b'], counting=c)}"
    glued = match.string[max(0, match.start() - 1) : match.start()].isalpha()
    return " " * glued + decimal(match["a"], match["b"], counting=c)


_TITLE = re.compile(r"\.? [A-ZÀ-Þ]")
_NUMBERED_BY_POINTS = re.compile(
    r"(?:[Vv]ersion|[Ss]ection|[Cc]hapitre|[Ff]igure|[Tt]ableau|§|paragraphe|[Aa]rticle) $"
)


BEFORE_AMOUNTS: tuple[Rule, ...] = (_scales, _sets, _part_of_a_unit, _slash_range)
RULES: tuple[Rule, ...] = (
    _noun_and_half,
    _half_before_noun,
    _part_before_noun,
    _pounds_and_half,
    _mixed_fractions,
    _unit_and_half,
    _named_part,
    _every_part,
    _fractions,
    _decimals,
)
