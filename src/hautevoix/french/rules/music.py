"""Music: catalogues of works, sharps and flats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting


@rule(
    "opus-letters",
    r"(?:[a-zéè,(] )(?P<x>(?P<l>[KDS]|KV|BWV|RV|HWV|Hob|TWV)\. ?)(?=(?:[IVX]+[:.] ?)?\d)",
    why="The letter of a catalogue of music loses its full stop.",
    needs=(DIGITS, "."),
)
def _opus_letters(match: re.Match[str], _: Counting) -> str | None:
    return f"{match['l']} " if _MUSIC.search(match.string) else None


_MUSIC = re.compile(
    r"(?i:sonate|concerto|symphonie|quatuor|messe|requiem|lieder?|mozart|schubert|scarlatti|haydn|bach|liszt|vivaldi"
    r"|fantaisie|sérénade|trio|quintette|opéra|majeur|mineur|op\.|opus|\bk\. \d|hob\.|adagio|rondo"
    r"|divertimento)"
)


@rule(
    "sharps",
    r"\b(?:[Uu]t|[Dd]o|[Rr]é|[Mm]i|[Ff]a|[Ss]ol|[Ll]a|[Ss]i)(?P<x> ?#)(?!\w)",
    why="« ut # » is « ut dièse ».",
    needs="#",
)
def _sharps(_match: re.Match[str], _: Counting) -> str:
    return " dièse"


@rule(
    "flats",
    r"\b(?:[Uu]t|[Dd]o|[Rr]é|[Mm]i|[Ff]a|[Ss]ol|[Ll]a|[Ss]i) ?(?P<x>b)(?= (?:maj|min|M|m)\w*|,)",
    why="« si b majeur » is « si bémol majeur ».",
    words=(
        "b",
        *(
            f"{note}b"
            for name in "ut do ré mi fa sol la si".split()
            for note in (name, name.capitalize())
        ),
    ),
)
def _flats(match: re.Match[str], _: Counting) -> str:
    return "bémol" if match.string[match.start("x") - 1] == " " else " bémol"


BEFORE_FIGURES: tuple[Rule, ...] = (_opus_letters,)
RULES: tuple[Rule, ...] = (_sharps, _flats)
