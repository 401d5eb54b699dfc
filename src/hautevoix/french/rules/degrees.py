"""Degrees, minutes and seconds by their signs, and the « 1° » that is no angle."""

from __future__ import annotations

import re

from hautevoix.french.gender import is_feminine
from hautevoix.french.numbers import Counting, number, ordinal
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS, LEFT, NUMBER, counted, next_noun


@rule(
    "points-of-an-article",
    r"(?<![\w,./-])(?P<n>\d{1,2})°(?=(?:(?:, | et | à | ou )\d{1,2}°){0,9} "
    r"d(?:e l['’](?:art|alinéa)|u (?:même|présent|paragraphe|[IVX]+\b|[a-z]\b|(?:un|deux|trois"
    r"|quatre|cinq|six|sept|huit|neuf|dix)\b))"
    r"|(?P<end> ?(?:[,;:.)]|$)))",
    why="« le 2° de l'article 5 » is a number, no angle.",
    needs="°",
    starts="0-9",
)
def _points_of_an_article(match: re.Match[str], c: Counting) -> str | None:
    before = match.string[max(0, match.start() - 48) : match.start()]
    if match["end"] is not None and not _IN_AN_ARTICLE.search(before):
        return None
    return number(match["n"], counting=c)


_IN_AN_ARTICLE = re.compile(r"\b(?:[Aa]rticles?|alinéas?|paragraphes?)\b[^.;:()]{1,36}, $")


_POINTS = {
    "N": "nord", "S": "sud", "E": "est", "O": "ouest", "W": "ouest", "NE": "nord-est",
    "NO": "nord-ouest", "SE": "sud-est", "SO": "sud-ouest", "N.": "nord", "S.": "sud",
    "E.": "est", "O.": "ouest",
}  # fmt: skip


@rule(
    "angles",
    rf"{LEFT}(?P<d>{NUMBER}) ?°(?: ?(?P<m>\d{{1,2}}(?:,\d+)?) ?['’′](?!['’′])(?: ?(?P<s>\d{{1,2}}"
    r"(?:,\d+)?) ?(?:[\"″”]|''|’’|′′))?)?"
    r"(?: ?(?P<p>[NSEOW])(?![\w'’]))?(?! ?[CF]\b)",
    why="An angle is said in degrees, minutes and seconds.",
    needs="°",
    starts="0-9",
)
def _angles(match: re.Match[str], c: Counting) -> str:
    words = [counted(match["d"], "degré", "degrés", c)]
    for group, name in (("m", "minute"), ("s", "seconde")):
        if match[group]:
            words.append(counted(match[group], name, f"{name}s", c, feminine=True))
    if match["p"]:
        words.append(_POINTS[match["p"]])
    return " ".join(words)


@rule(
    "race-times",
    rf"{LEFT}(?P<s>\d{{1,2}})(?:[\"″]|''|’’|′′) ?(?P<d>\d{{1,3}})(?![\w\"])",
    why="Seconds and their hundredths, as in a race.",
    needs=(DIGITS, "\"″'’′"),
    starts="0-9",
)
def _race_times(match: re.Match[str], c: Counting) -> str:
    seconds = counted(match["s"], "seconde", "secondes", c, feminine=True)
    return f"{seconds} {number(match['d'], counting=c)}"


@rule(
    "minutes-and-seconds",
    rf"{LEFT}(?P<m>\d{{1,3}})(?: ?['’′] ?(?P<s>\d{{1,2}}(?:,\d+)?) ?(?:[\"″]|''|’’|′′)"
    rf"(?P<h>\d{{1,3}}(?!\w))?"
    r"|['’′](?P<bare>[0-5]\d)(?![\w'’′\"]))",
    why="Marks of minutes and seconds are said.",
    needs=(DIGITS, "'’′", "\"″'"),
    starts="0-9",
)
def _minutes_and_seconds(match: re.Match[str], c: Counting) -> str:
    minutes = counted(match["m"], "minute", "minutes", c, feminine=True)
    if match["bare"]:
        return f"{minutes} {number(match['bare'], feminine=True, counting=c)}"
    seconds = counted(match["s"].lstrip("0") or "0", "seconde", "secondes", c, feminine=True)
    return f"{minutes} {seconds}" + (f" {number(match['h'], counting=c)}" if match["h"] else "")


_LATIN_RANKS = [
    "primo",
    "secundo",
    "tertio",
    "quarto",
    "quinto",
    "sexto",
    "septimo",
    "octavo",
    "nono",
    "decimo",
]


@rule(
    "degree-ordinals",
    rf"{LEFT}(?P<n>\d{{1,3}})°(?= ?(?:(?:[ÉEé]d|[ÉEé]tage|[ÉEé]tape|[Ss]iècle|[Rr]ang|[Cc]lasse"
    r"|[Pp]artie|[Ss]érie|[Aa]nnée|[Cc]ahier|[Ll]ivraison|[Rr]égiment|[Bb]ataillon|[Cc]ompagnie"
    r"|[Aa]rrondissement|[Ss]ection|[Cc]olonne|[Ll]ettre|[Ll]eçon|[Dd]ivision|[Bb]rigade|[Cc]orps"
    r"|[Aa]rmée|[Bb]atterie|[Ee]scadron|[Ll]igne\b|[Dd]ragons|[Hh]ussards|[Cc]hasseurs|[Cc]uirassiers"
    r"|[Zz]ouaves)\w*|(?:RI|R\.I\.|RA|DI|D\.I\.|BCP|CA|Cie)\b))",
    why="« 2° édition » is « deuxième édition ».",
    needs="°",
    starts="0-9",
)
def _degree_ordinals(match: re.Match[str], c: Counting) -> str:
    feminine = match["n"] == "1" and is_feminine(next_noun(match.string, match.end()))
    return ordinal(int(match["n"]), feminine=feminine, counting=c)


@rule(
    "latin-ranks",
    r"(?:\A|(?<=[:;.!?(«—–,»] )|(?<=[(«])|(?<= et ))(?P<n>10|[1-9])"
    r"(?:°\.?|[oº](?=\)))\)?(?= ?(?P<w>[^\W\d_]+|«))"
    r"(?! ?[CFNSEO]\b)",
    why="« 1° » before what it numbers is « primo ».",
    hints=("°", "o)", "º)"),
)
def _latin_ranks(match: re.Match[str], _: Counting) -> str | None:
    before, n = match.string[max(0, match.start() - 400) : match.start()], int(match["n"])
    if (
        before.endswith((", ", " et "))
        and match["w"] in _AFTER_DEGREES
        and f"{n - 1}°" not in before
    ):
        return None
    closed = ")" in match[0] and before.endswith("(")
    return _LATIN_RANKS[n - 1] + ")" * closed


_AFTER_DEGREES = frozenset(
    (
        "ou",
        "et",
        "à",
        "au",
        "de",
        "en",
        "par",
        "nord",
        "sud",
        "est",
        "ouest",
        "Celsius",
        "sous",
        "Nord",
        "Sud",
    )
)


@rule(
    "minutes-of-a-match",
    r"(?:\b[Ll]a |\()(?P<x>(?P<n>\d{1,3})['’′](?![\w'’′\"]))",
    why="« à la 78' » is « à la soixante-dix-huitième minute ».",
    needs=(DIGITS, "'’′"),
)
def _minutes_of_a_match(match: re.Match[str], c: Counting) -> str:
    return f"{ordinal(int(match['n']), feminine=True, counting=c)} minute"


RULES: tuple[Rule, ...] = (
    _minutes_of_a_match,
    _points_of_an_article,
    _degree_ordinals,
    _latin_ranks,
    _angles,
    _minutes_and_seconds,
    _race_times,
)
