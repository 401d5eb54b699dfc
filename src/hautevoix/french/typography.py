"""Typography put in order before any rule reads: characters that look alike become one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from hautevoix.french.rule import PLAIN, Rule, rule

if TYPE_CHECKING:
    import re

    from hautevoix.french.numbers import Counting

_SPACES = "\t\n\v\f\r\x1c-\x1f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_MARKS = "\u0300-\u036f"


@rule(
    "mojibake",
    r"(?:[ÂÃÅ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    r"\u2013-\u203a\u20ac\u2122]|â€[\u0080-\u009f\u0153\u2018-\u203a\u00a6-\u00b0\u02dc\u2122])+",
    why="UTF-8 that was read as Windows-1252 is read again.",
    needs="ÂÃÅâ",
    doubt="mojibake",
)
def _mojibake(match: re.Match[str], _: Counting) -> str | None:
    raw = b"".join(_as_byte(character) for character in match[0])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _as_byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:  # the five bytes that Windows-1252 leaves open
        return character.encode("latin-1", "replace")


@rule(
    "accents",
    rf"[^\W\d_][{_MARKS}]+",
    why="A letter and its accent, typed apart, are one character.",
    needs="".join(map(chr, range(0x300, 0x370))),
)
def _accents(match: re.Match[str], _: Counting) -> str:
    return unicodedata.normalize("NFC", match[0])


@rule(
    "invisible",
    f"[{_INVISIBLE}]+",
    why="Soft hyphens, marks of direction and control characters are not said.",
    beyond=PLAIN,
)
def _invisible(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule("spaces", f"[{_SPACES} ]{{2,}}|[{_SPACES}]", why="Every kind of space is one plain space.")
def _spaces(_match: re.Match[str], _: Counting) -> str:
    return " "


@rule("edges", r"\A +|(?<! ) +\Z", why="What surrounds a text is no part of it.", needs=" ")
def _edges(_match: re.Match[str], _: Counting) -> str:
    return ""


_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ſ": "s",
}  # fmt: skip


@rule(
    "ligatures",
    f"[{''.join(_LIGATURES)}]",
    why="Printers' ligatures and the long s are the letters that they stand for.",
    needs="".join(_LIGATURES),
)
def _ligatures(match: re.Match[str], _: Counting) -> str:
    return _LIGATURES[match[0]]


_ALIKE = {
    "\u02bc": "’", "\u02b9": "’", "\u0060": "'", "\u00b4": "'", "\u2018": "‘", "\u201b": "’",
    "\uff07": "'", "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u2500": "—",
    "\u2e3a": "—", "\u2212": "−", "\u201f": "“", "\u201e": "“", "\u2039": "‹", "\u203a": "›",
    "\u00ba": "°", "\u02da": "°", "\u2027": "·", "\u22c5": "·", "\u2219": "·", "\u2044": "/",
    "\u2215": "/", "\u2236": ":",
    "\u2024": ".", "\u2025": "…", "\u22ef": "…", "\u2032": "′", "\u2033": "″", "\u2116": "n°",
    "\u2103": "°C", "\u2109": "°F", "\u00b5": "μ", "\u2126": "Ω", "\u212b": "Å", "\u203c": "!!",
    "\u2047": "??", "\u2048": "?!", "\u2049": "!?",
}  # fmt: skip


@rule(
    "look-alikes",
    f"[{''.join(_ALIKE)}]",
    why="Characters that look alike are told apart by no reader.",
    needs="".join(_ALIKE),
)
def _look_alikes(match: re.Match[str], _: Counting) -> str:
    return _ALIKE[match[0]]


@rule(
    "apostrophes",
    r"(?<=[A-Za-zÀ-ÿœ])‘(?=[A-Za-zÀ-ÿœ])",
    why="A quotation mark between two letters is an apostrophe.",
    needs="‘",
)
def _apostrophes(_match: re.Match[str], _: Counting) -> str:
    return "’"


_RAISED = dict(
    zip(
        "ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻªₐₑₒₓᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁᵂ",
        "abcdefghjklmoprstuvwxyzaaeoxABDEGHIJKLMNOPRTUW",
        strict=True,
    )
)


@rule(
    "elisions",
    r"(?<![\w'’])(?:[ldjnscmtLDJNSCMT]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’](?P<x> )"
    r"(?=[aeiouyhàâéèêîôœæAEIOUYHÀÂÉÈÊÎÔŒÆ])",
    why="No space stands after an elision.",
    hints=("' ", "’ "),
)
def _elisions(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "slips",
    r"(?<![\w'’])[1I](?=['’][aeéèêiouhâîôœæ][a-zà-ÿ])",
    why="A letter l that the scanner took for a one or a capital I.",
    doubt="slip",
    hints=("1'", "1’", "I'", "I’"),
)
def _slips(_match: re.Match[str], _: Counting) -> str:
    return "l"


@rule(
    "raised-letters",
    f"(?<=[nN])ᵒ|[{''.join(_RAISED)}]+",
    why="Raised letters are read like others.",
    needs="".join(_RAISED),
)
def _raised_letters(match: re.Match[str], _: Counting) -> str:
    if match[0] == "ᵒ":
        return "°"
    return "".join(_RAISED[letter] for letter in match[0])


_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"


@rule(
    "fraction-signs",
    f"(?P<before>[0-9] ?|[^\\W\\d_])?(?P<x>[{_FRACTIONS}])",
    why="« ½ » is « 1/2 ».",
    needs=_FRACTIONS,
)
def _fraction_signs(match: re.Match[str], _: Counting) -> str:
    plain = unicodedata.normalize("NFKC", match["x"]).replace("\u2044", "/")
    glued = match.string[match.end() : match.end() + 1].isalpha()
    said = plain + " " * glued
    return f" {said}" if match["before"] and not match["before"].endswith(" ") else said


_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@rule(
    "compatibility",
    rf"(?![0-9{_RAISED_DIGITS}])(?:\d|[\u2102\u210d\u2115\u2119\u211a\u211d\u2124\u2150-\u218b\u2460-\u24ff\u2776-\u2793"
    r"\uff01-\uff5e\u3200-\u33ff\U0001d400-\U0001d7ff\U0001f100-\U0001f10a])",
    why="Digits and letters of other shapes are plain ones.",
    beyond=PLAIN,
)
def _compatibility(match: re.Match[str], _: Counting) -> str:
    if match[0].isdecimal():
        return str(unicodedata.decimal(match[0]))
    return unicodedata.normalize("NFKC", match[0]).replace("\u2044", "/")


RULES: tuple[Rule, ...] = (
    _mojibake,
    _accents,
    _invisible,
    _spaces,
    _edges,
    _ligatures,
    _look_alikes,
    _apostrophes,
    _elisions,
    _slips,
    _raised_letters,
    _fraction_signs,
    _compatibility,
)
"""The rules of typography, in order."""


def tidy(text: str) -> str:
    """Return ``text`` with its typography in order, as the lexicon's and the text's must agree.

    >>> tidy("l’e\u0301te\u0301\u202f!")
    'l’été !'
    """
    for each in RULES:
        text = each(text)
    return text
