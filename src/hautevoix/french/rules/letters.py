"""Initials, acronyms, formulas: what is said letter by letter, and what is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.abbreviations import UPPER
from hautevoix.french.boundaries import closes, dot_ends, opens_a_sentence
from hautevoix.french.names import KNOWN_CONSONANTS, LETTER_ACRONYMS, WORD_ACRONYMS
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIVISION
from hautevoix.model import Manner

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_SMALL = "a-zà-öø-ÿœ"


@rule(
    "dotted-acronyms",
    rf"(?<![\w.-])[{UPPER}]\.(?:[{UPPER}]\.|\([a-z]\)){{1,12}}+(?:[{UPPER}](?![\w.]))?",
    why="An acronym with full stops is said letter by letter.",
    doubt="acronym",
    starts=UPPER,
    hints=(".",),
)
def _dotted_acronyms(match: re.Match[str], _: Counting) -> str | None:
    text, end = match.string, match.end()
    letters = re.sub(r"[^A-Z]", "", match[0].upper().translate(_PLAIN))
    said = letters if letters in WORD_ACRONYMS else " ".join(letters)
    return said + "." * (match[0][-1] == "." and closes(text, end - 1, said))


_PLAIN = str.maketrans("ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜ", "AAACEEEEIIOOUUU")


@rule(
    "initials",
    rf"(?:(?<![\w.'’-])|(?<=\b[dDlL]['’]))(?:[{UPPER}]\.(?: |-|(?=[{UPPER}]))){{1,6}}"
    rf"(?=(?:de |d['’]|van |von |du )?[{UPPER}][{_SMALL}'’])",
    why="Initials before a name are said as letters, without their full stops.",
    starts=UPPER,
    hints=(". ", ".-", "."),
)
def _initials(match: re.Match[str], _: Counting) -> str | None:
    text, end = match.string, match.end()
    if match[0] in ("I. ", "V. ", "X. ") and _heads_a_title(text, match.start(), end):
        return None
    if match[0] in ("I. ", "V. ", "X. ") and _NUMBERED.search(
        text[max(0, match.start() - 24) : end]
    ):
        return None
    if match[0].endswith(" ") and (
        opens_a_sentence(text, end - 1) or dot_ends(text, end - 2, text[end : end + 40])
    ):
        return None
    return " ".join(re.findall(f"[{UPPER}]", match[0])) + " "


def _heads_a_title(text: str, start: int, end: int) -> bool:
    """Tell whether « I. » numbers what follows, as in « I. Le départ »."""
    at_start = not start or text[start - 2 : start] in (". ", "! ", "? ", "… ")
    return at_start and (
        re.match(r"(?:L[ea]s?|Un|Une|Des|Du|De|L['’])\b", text[end : end + 4]) is not None
        or (text[start] == "I" and " II. " in text[end : end + 200])
    )


@rule(
    "codes",
    r"(?:\b(?:[Aa]rticles?|ARTICLES?) |(?<=\d)(?:,| et| à| ou) )(?P<x>(?P<l>[LRDA])\. ?)(?=\*?\d)",
    why="The letter of a code's article loses its full stop.",
    words=("article", "articles", "Article", "Articles", "ARTICLE", "ARTICLES"),
)
def _codes(match: re.Match[str], _: Counting) -> str:
    return f"{match['l']} "


_NUMBERED = re.compile(rf"\b{DIVISION} [IVX]\. $|, [IVX]\. $")


_ENDING_CONSONANTS = """
CT FT GT HT LT NT PT RT ST XT TT CH SH TH PH CK LL NN RR SS FF ZZ TZ DZ RB MB LB RC NC LC SC RD ND
LD RF LF NF RG NG LG LK NK RK SK RL LM RM SM RN LN GN RP LP MP NQ CQ RQ NX RX NZ RZ LZ WN
"""
_ENDS = frozenset((*_ENDING_CONSONANTS.split(), *(f"{letter}S" for letter in "BCDFGKLMNPRT")))
"""The pairs of consonants that end a French word, or a name that France reads."""
_SHORT = 4
_VOWELS = frozenset("AEIOUYÀÂÉÈÊËÎÏÔÙÛÜŒÆ")
_STARTING_CONSONANTS = """
BL BR CH CL CR DR FL FR GL GN GR GU KL KR PH PL PN PR PS PT QU RH SC SK SL SM SN SP SQ ST SV TH TR
TS VR WH WR MN
"""
_STARTS = frozenset(_STARTING_CONSONANTS.split())
_CLUSTER = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]+")


def _is_unpronounceable(word: str) -> bool:
    """Tell whether capitals can be no French word: no vowel, or consonants that don't begin one."""
    if not _VOWELS & set(word):
        return True
    if len(word) <= _SHORT and _CLUSTER.fullmatch(word[-2:]) and word[-2:] not in _ENDS:
        return True
    start = _CLUSTER.match(word)
    if len(word) > 4 and _CLUSTER.fullmatch(word[-3:]) and word[-1] not in "ST":
        return True
    return start is not None and len(start[0]) > 1 and start[0][:2] not in _STARTS


@rule(
    "acronyms",
    rf"(?<![\w.])(?<![{UPPER}.]-)(?P<x>[{UPPER}]{{2,7}})(?P<many>s)?(?![\w.]*\w)(?!['’])",
    why="An acronym that is no word is said letter by letter.",
    doubt="acronym",
    sure=LETTER_ACRONYMS | KNOWN_CONSONANTS,
    starts=UPPER,
)
def _acronyms(match: re.Match[str], _: Counting) -> str | None:
    word = match["x"].translate(_PLAIN)
    if word in WORD_ACRONYMS or word == "MM" or not word.isascii():
        return None
    short = len(word) == _PAIR and (
        word not in _CAPITAL_WORDS
        or _COUNTED.search(match.string, 0, match.start())
        or match.string.startswith(" :", match.end())
    )
    if (word in LETTER_ACRONYMS or short) and not _among_capitals(match):
        return " ".join(word)
    return " ".join(word) if _is_unpronounceable(word) else None


_PAIR = 2  # letters, of which few make a word: « AF », « SA »
_CAPITAL_WORDS = frozenset(
    """
LE LA DE DU UN ET OU AU EN ON IL JE TU NE SE CE ME TE MA TA SA NI SI OR LI MM CA OH AH EH OS AS AN
US
VA VU NU MI RE DO FA UT PU SU LU MU BU EU ES
""".split()
)
_COUNTED = re.compile(
    r"(?:\d|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|[dtz]e|ante|ente|vingts?|cents?"
    r"|\b(?:[Uu]ne?|[Ll]a|[Ll]['’]|[Dd]es|[Ll]es|[Cc]ette)) $"
)


def _among_capitals(match: re.Match[str]) -> bool:
    """Tell whether the word stands among other words in capitals, as in a heading."""
    text = match.string
    before = re.search(
        rf"([{UPPER}]{{2,}})['’ ]$", text[max(0, match.start() - 24) : match.start("x")]
    )
    after = re.match(rf" ([{UPPER}]{{2,}})\b", text[match.end("x") : match.end() + 24])
    found = {side[1] for side in (before, after) if side}
    return any(not _is_unpronounceable(word) and word not in LETTER_ACRONYMS for word in found)


@rule(
    "spelled",
    r"(?<![\w.-])[A-Z](?: [A-Z])+(?![\w'’]|\.[A-Z])",
    why="Letters that stand alone are named one by one.",
    manner=Manner.LETTERS,
    starts="A-Z",
)
def _spelled(match: re.Match[str], _: Counting) -> str:
    return match[0]


BEFORE_FIGURES: tuple[Rule, ...] = (_dotted_acronyms, _codes, _initials)
RULES: tuple[Rule, ...] = (_acronyms,)
LAST: tuple[Rule, ...] = (_spelled,)
