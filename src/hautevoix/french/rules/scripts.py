"""Greek and Cyrillic: letters that name a quantity, and words, which are transliterated.

Sources: modern names of the Greek letters in French; for words, what the French press and
libraries write (« logos », « Pravda », « Tchekhov »), not the scholars' ISO 9 and ISO 843.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_NAMES = """
α alpha β bêta γ gamma δ delta ε epsilon ϵ epsilon ζ zêta η êta θ thêta ϑ thêta ι iota κ kappa λ
lambda μ mu ν nu
ξ xi ο omicron π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi ϕ phi χ khi ψ psi ω oméga
""".split()
LETTERS = dict(zip(_NAMES[::2], _NAMES[1::2], strict=True))
LETTERS |= {sign.upper(): name for sign, name in LETTERS.items() if sign.upper() not in LETTERS}
_GREEK_LETTERS = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a b g d e z ê th i k l m n x o p r s s t u ph kh ps ô".split(),
        strict=True,
    )
)
_GREEK_PAIRS = {
    "ου": "ou",
    "γγ": "ng",
    "γκ": "nk",
    "γξ": "nx",
    "γχ": "nkh",
    "αυ": "au",
    "ευ": "eu",
    "ηυ": "êu",
}
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџ",
        "a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia "
        "i ï ie g w j l n tch dj dj".replace("-", "").split(" "),
        strict=True,
    )
)


@rule(
    "foreign-words",
    r"(?<![\w])(?:[Ͱ-Ͽἀ-῿][Ͱ-Ͽἀ-῿\u0300-\u036f]+|[Ѐ-ӿ][Ѐ-ӿ\u0300-\u036f]*)(?![\w])",
    why="A word in Greek or Cyrillic letters is said by its transliteration.",
    beyond=frozenset(map(chr, range(0x370))),
    doubt="script",
)
def _foreign_words(match: re.Match[str], _: Counting) -> str | None:
    if all(letter in LETTERS for letter in match[0]) and len(match[0]) == 2:  # « Δθ »
        return None
    plain = unicodedata.normalize("NFD", match[0].lower())
    said = _greek(plain) if match[0][0] < "Ѐ" or match[0][0] > "ӿ" else _cyrillic(match[0].lower())
    if not said:
        return None
    return said[0].upper() + said[1:] if match[0][0].isupper() else said


def _greek(plain: str) -> str:
    rough = "\u0314" in plain[:3]
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    for pair, said in _GREEK_PAIRS.items():
        letters = letters.replace(pair, said)
    told = "".join(_GREEK_LETTERS.get(sign, sign) for sign in letters)
    return (
        ("rh" + told[1:] if told.startswith("r") else "h" + told)
        if rough
        else re.sub(r"(?<![aeioê])u", "y", told)
    )


def _cyrillic(word: str) -> str:
    told = "".join(
        _CYRILLIC.get(sign, "" if unicodedata.combining(sign) else sign) for sign in word
    )
    return re.sub(r"(?<=[aeiouy])s(?=[aeiouy])", "ss", told)


@rule(
    "greek-letters",
    f"[{''.join(LETTERS)}]",
    why="A Greek letter in a formula is named.",
    needs="".join(LETTERS),
)
def _greek_letters(match: re.Match[str], _: Counting) -> str:
    text, start, end = match.string, match.start(), match.end()
    before = " " * (start > 0 and text[start - 1].isalnum())
    after = " " * text[end : end + 1].isalnum()
    capital = "grand " * (match[0] in "ΓΔΘΛΞΠΣΦΨΩ" and False)
    return f"{before}{capital}{LETTERS[match[0]]}{after}"


RULES: tuple[Rule, ...] = (_foreign_words, _greek_letters)
