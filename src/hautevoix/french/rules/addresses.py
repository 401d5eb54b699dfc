"""Addresses of the web, and telephone numbers."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, cardinal, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS

_SIGNS = {
    ".": "point", "@": "arobase", "-": "tiret", "_": "tiret bas", "/": "barre oblique",
    "?": "point d'interrogation", "=": "égale", "&": "et", "#": "dièse", "%": "pour cent",
    "+": "plus", ":": "deux-points", "~": "tilde",
}  # fmt: skip
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+|\S")
_SPELLED_NAMES = frozenset(
    [
        "www",
        "fr",
        "be",
        "ch",
        "ca",
        "eu",
        "uk",
        "de",
        "io",
        "tv",
        "lu",
        "pdf",
        "html",
        "htm",
        "php",
        "gouv-e",
    ]
)


def _spell_address(address: str, counting: Counting) -> str:
    words: list[str] = []
    for piece in _PIECE.findall(address.rstrip("/")):
        if piece.isascii() and piece.isdecimal():
            words.append(number(piece, counting=counting))
        elif piece.lower() in _SPELLED_NAMES:
            words.append(" ".join(piece.upper()))
        else:
            words.append(_SIGNS.get(piece, piece if piece.isalpha() else ""))
    return " ".join(filter(None, words))


@rule(
    "e-mail",
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})++",
    why="An e-mail address is read with its « arobase » and its points.",
    needs="@",
)
def _email(match: re.Match[str], counting: Counting) -> str:
    return _spell_address(match[0], counting)


@rule(
    "web",
    r"(?<![\w@.])(?:(?:https?|ftp)://|(?=www\.))(?P<address>[^\s«»<>\"()\[\],;]{0,200}[\w/])",
    why="An address of the web is read with its points, without its « https ».",
    hints=("://", "www."),
)
def _web(match: re.Match[str], counting: Counting) -> str:
    return _spell_address(match["address"], counting)


@rule(
    "domain",
    r"(?<![\w@.-])[A-Za-z][\w-]{1,40}\.(?:fr|com|org|net|eu|gouv\.fr|info)(?![\w.-]*\w)",
    why="The name of a site is read with its points.",
    hints=(".fr", ".com", ".org", ".net", ".eu", ".gouv", ".info"),
)
def _domain(match: re.Match[str], counting: Counting) -> str:
    return _spell_address(match[0], counting)


@rule(
    "telephone",
    r"(?<![\d.,])(?:(?:\+|00)(?P<country>\d{2}) ?(?:\(0\) ?)?(?P<one>\d)|(?P<two>0\d))"
    r"(?P<rest>(?:(?:[ .]| ?- ?)\d\d){4})(?!\d)|(?<![\d.,])0[1-9]\d{8}(?!\d)",
    why="A telephone number is read by pairs of digits.",
    needs=DIGITS,
    starts="+0",
)
def _telephone(match: re.Match[str], counting: Counting) -> str:
    if match["rest"] is None:
        pairs = re.findall(r"\d\d", match[0])
    else:
        pairs = [match["one"] or match["two"], *re.findall(r"\d\d", match["rest"])]
    words = [number(pair, counting=counting) for pair in pairs]
    if match["country"]:
        words.insert(0, f"plus {cardinal(int(match['country']), counting=counting)}")
    return " ".join(words)


RULES: tuple[Rule, ...] = (_email, _web, _domain, _telephone)
