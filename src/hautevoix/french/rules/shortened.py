"""Abbreviations said in full, by the one table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.abbreviations import UPPER
from hautevoix.french.boundaries import closes, opens_a_sentence
from hautevoix.french.names import FIRST_NAME
from hautevoix.french.numbers import number
from hautevoix.french.rule import Rule, Say, rule
from hautevoix.french.shortening import heads, lookup, pattern

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting


def say_abbreviation(group: str, text: str, start: int, end: int) -> str | None:
    """Return the words for what stands at ``text[start:end]``, None where it is something else."""
    written = text[start:end]
    entry = next(
        (e for e in lookup(written) if e.group == group and e.holds(text, start, end)), None
    )
    if entry is None:
        return None
    if written == "M." and _is_middle_initial(text, start):
        return None
    dotted = written.endswith(".")
    if dotted and not (entry.ends or entry.leads) and opens_a_sentence(text, end):
        return None
    said = entry.spoken
    if written[0].isupper() and entry.written[0].islower():
        said = said[0].upper() + said[1:]
    if dotted and (entry.ends or end == len(text)) and closes(text, end - 1, said):
        return f"{said}."
    return said + " " * text[end : end + 1].isalnum()


_FIRST_NAME = re.compile(rf"\b(?:{FIRST_NAME}) $")


def _is_middle_initial(text: str, start: int) -> bool:
    """Tell whether the « M. » of « John M. Keynes » stands at ``start``."""
    return _FIRST_NAME.search(text[max(0, start - 16) : start]) is not None


def _say(group: str) -> Say:
    def say(match: re.Match[str], _: Counting) -> str | None:
        return say_abbreviation(group, match.string, *match.span())

    return say


def _rule(group: str, why: str) -> Rule:
    return rule(
        group, rf"(?<![\w.])(?<![A-Z]-)(?:{pattern(group)})(?![^\W\d])", why=why, words=heads(group)
    )(_say(group))


@rule(
    "per-cent",
    r"(?<=\d )p\. ?(?:100|cent|c\.)(?!\w)",
    why="« 5 p. 100 » is « cinq pour cent ».",
    needs="p",
    words=("p",),
)
def _per_cent(_match: re.Match[str], _: Counting) -> str:
    return "pour cent"


@rule(
    "glued-titles",
    r"(?<![\w.-])(?:MM?|Mme|Mlle|Mgr|Dr|Pr)\.(?P<x>)(?=[A-ZÀ-Þ][a-zà-ÿ]{2})",
    why="A space is missing between a title and its name.",
    words={"M", "MM", "Mme", "Mlle", "Mgr", "Dr", "Pr"},
)
def _glued_titles(_match: re.Match[str], _: Counting) -> str:
    return " "


@rule(
    "first-names",
    rf"(?<![\w.])(?:{pattern('first names')})(?!\w)",
    why="A shortened first name loses its full stop, which would be heard as an end.",
    doubt="abbreviation",
    words=heads("first names"),
)
def _first_names(match: re.Match[str], _: Counting) -> str | None:
    said = say_abbreviation("first names", match.string, *match.span())
    return None if said is None else match[0].removesuffix(".")


_COMPASS = {"N": "nord", "S": "sud", "E": "est", "O": "ouest"}


@rule(
    "compass",
    r"\b(?:à l['’]|[Aa]u |[Vv]ers l['’]|[Vv]ers le |[Dd]u |[Dd]e l['’])(?P<x>(?P<a>[NSEO])\.?"
    r"(?:-(?P<b>[EO])\.?)?)(?=,? (?:de|du|des|et|par)\b|,? d['’])",
    why="A point of the compass is said in full.",
    needs="NSEO",
    hints=("à l", "u ", "ers l", "e l"),
)
def _compass(match: re.Match[str], _: Counting) -> str:
    return "-".join(_COMPASS[match[group]] for group in "ab" if match[group])


_WINDS = {
    "N": "nord", "S": "sud", "E": "est", "O": "ouest", "W": "ouest", "NE": "nord-est",
    "NO": "nord-ouest",
    "NW": "nord-ouest", "SE": "sud-est", "SO": "sud-ouest", "SW": "sud-ouest",
    "NNE": "nord-nord-est",
    "NNO": "nord-nord-ouest", "ENE": "est-nord-est", "ESE": "est-sud-est", "SSE": "sud-sud-est",
    "SSO": "sud-sud-ouest", "OSO": "ouest-sud-ouest", "ONO": "ouest-nord-ouest",
    "NNW": "nord-nord-ouest",
    "SSW": "sud-sud-ouest", "WSW": "ouest-sud-ouest", "WNW": "ouest-nord-ouest",
}  # fmt: skip


@rule(
    "winds",
    r"(?:\b(?:[Vv]ents?|[Ff]lux|[Ss]ecteurs?|[Hh]oule|[Rr]afales|[Bb]rise|[Cc]ap|[Mm]istral"
    r"|[Cc]ourant)(?: (?:de|du|au|modéré|fort|faible))?(?: (?:de )?[\d-]{1,5} (?:km/h|nœuds|nds"
    r"|kt))?,? (?:de |d['’])?)"
    r"(?P<x>[NSEOW]{1,3})(?![\w.'’-])",
    why="A wind is named by where it comes from: « vent de NO ».",
    words=(
        "vent",
        "vents",
        "Vent",
        "Vents",
        "flux",
        "Flux",
        "secteur",
        "secteurs",
        "Secteur",
        "houle",
        "Houle",
        "rafales",
        "Rafales",
        "brise",
        "Brise",
        "cap",
        "Cap",
        "mistral",
        "courant",
        "Mistral",
        "Courant",
    ),
)
def _winds(match: re.Match[str], _: Counting) -> str | None:
    return _WINDS.get(match["x"])


_NAMED = re.compile(rf" [{UPPER}][a-zà-ÿ]")
"""What initials stand before: « S.-E. Dupont »."""


@rule(
    "compass-between",
    r"\b(?:[DdLl][ue]|[Aa]u|[Vv]ers|[Pp]lein|[Uu]n|[Cc]e) (?P<x>(?P<a>[NS])\.?-(?P<b>[EO])"
    r"(?P<stop>\.?+))"
    r"(?![\w-])|(?<=[a-zà-ÿ] )(?P<c>[NS])\.-(?P<d>[EO])\.(?= de |,)",
    why="A point between two others is said in full, whatever follows.",
    needs=("NS", "EO", "-"),
)
def _compass_between(match: re.Match[str], _: Counting) -> str | None:
    text, end = match.string, match.end()
    if _NAMED.match(text, end) and not opens_a_sentence(text, end):
        return None
    said = "-".join(_COMPASS[match[a] or match[b]] for a, b in ("ac", "bd"))
    return said + "." * (match["stop"] == "." and closes(text, end - 1, said))


@rule(
    "spoons",
    r"(?<![\w,./])(?P<n>\d+|1/2|[Uu]ne|[Dd]eux|[Tt]rois) "
    r"c(?:uil)?\. ?à ?(?P<of>s|c|soupe|café|thé|dessert)\b\.?",
    why="A cook's spoons are said in full.",
    needs="c",
    hints=("c. à", "cuil. à", "c.à"),
)
def _spoons(match: re.Match[str], counting: Counting) -> str:
    written, kind = match["n"], match["of"]
    kind = {"s": "soupe", "c": "café"}.get(kind, kind)
    if written == "1/2":
        return f"une demi-cuillère à {kind}"
    words = number(written, feminine=True, counting=counting) if written.isdigit() else written
    one = words.lower() == "une"
    return f"{words} cuillère{'' if one else 's'} à {kind}"


RULES: tuple[Rule, ...] = (
    _compass,
    _compass_between,
    _winds,
    _spoons,
    _per_cent,
    _glued_titles,
    _first_names,
    _rule("eras", "An era is said in full."),
    _rule("months", "A month beside its day is said in full."),
    _rule("scholarly", "A scholar's abbreviation is said in full."),
    _rule("references", "What leads to a place in a book is said in full."),
    _rule("titles", "A title before a name is said in full."),
    _rule("saints", "A saint is said in full."),
    _rule("companies", "A company is said in full."),
    _rule("others", "An abbreviation is said in full."),
)
