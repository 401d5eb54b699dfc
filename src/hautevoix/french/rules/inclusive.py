"""Inclusive writing: « étudiant·e·s », and how it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, Say, rule
from hautevoix.french.rules.parts import any_of
from hautevoix.model.options import Inclusive

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_FEMININES = {
    # feminine ending as written: (masculine ending, feminine ending) that the whole words have
    "trice": (("teur", "trice"),), "rice": (("eur", "rice"),), "ice": (("eur", "rice"),),
    "euse": (("eur", "euse"), ("eux", "euse")), "eresse": (("eur", "eresse"),),
    "esse": (("e", "esse"),), "ère": (("er", "ère"),), "ere": (("er", "ère"),),
    "re": (("er", "ère"),), "ière": (("ier", "ière"),), "iere": (("ier", "ière"),),
    "e": (("er", "ère"), ("plet", "plète"), ("scret", "scrète"), ("quiet", "quiète")),
    "se": (("x", "se"),), "sse": (("x", "sse"),), "ve": (("f", "ve"),), "ive": (("if", "ive"),),
    "fe": (("f", "fe"),), "ève": (("ef", "ève"),), "elle": (("el", "elle"), ("eau", "elle")),
    "lle": (("l", "lle"), ("u", "lle")), "ienne": (("ien", "ienne"),), "enne": (("en", "enne"),),
    "onne": (("on", "onne"),), "nne": (("n", "nne"),), "tte": (("t", "tte"),),
    "ette": (("et", "ette"),), "ale": (("al", "ale"),), "che": (("nc", "nche"), ("c", "che")),
    "que": (("c", "que"),), "aine": (("ain", "aine"),), "ine": (("in", "ine"),),
    "eure": (("eur", "eure"),), "ne": (), "le": (), "te": (),
}  # fmt: skip
"""How the endings of both genders overlap: « lecteur·rice » is « lectrice ». What none of the
pairs fits is put behind the masculine: « citoyen·ne »."""
_WHOLE = {
    ("tou", "te"): ("tous", "toutes"), ("tou", "tes"): ("tous", "toutes"),
    ("ce", "lle"): ("celui", "celle"), ("celui", "celle"): ("celui", "celle"),
    ("ceux", "celle"): ("ceux", "celles"), ("cel", "lui"): ("celui", "celle"),
}  # fmt: skip
_ENDS = any_of(_FEMININES)
_DOT = "[·•]"
_PATTERN = (
    rf"(?<![\w.@/-])(?P<stem>[^\W\d_]{{2,30}})"
    rf"(?:{_DOT}(?P<dot>{_ENDS})(?:{_DOT}?(?P<dots>[sx]))?|\.(?P<stop>{_ENDS})\.?(?P<stops>[sx])"
    rf"|\.(?P<sole>{_ENDS})(?= (?:[a-zà-ÿ]|[A-ZÀ-Þ])|[,;:!?)])|\((?P<round>{_ENDS})\)(?P<rounds>s)?"
    rf"|-(?P<dash>{_ENDS})-(?P<dashes>s))(?![\w·(-]|\.\w)"
)
_SHORTEST = 3
"""Letters that make a word, but for « né », « un » and « nu »: « ln(e) » is none."""


def genders(stem: str, ending: str, *, many: bool) -> tuple[str, str]:
    """Return the masculine and the feminine of a word in inclusive writing.

    >>> genders("étudiant", "e", many=True), genders("lecteur", "rice", many=False)
    (('étudiants', 'étudiantes'), ('lecteur', 'lectrice'))
    >>> genders("citoyen", "ne", many=True), genders("heureux", "se", many=True)
    (('citoyens', 'citoyennes'), ('heureux', 'heureuses'))
    """
    he, she = _WHOLE.get((stem.lower(), ending)) or (stem, _feminine(stem, ending))
    if stem[0].isupper():
        he, she = he[0].upper() + he[1:], she[0].upper() + she[1:]
    return (_plural(he), _plural(she)) if many else (he, she)


def _feminine(stem: str, ending: str) -> str:
    for he, she in _FEMININES[ending]:
        if stem.lower().endswith(he):
            return stem[: len(stem) - len(he)] + she
    return stem + ending


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return f"{word[:-2]}aux"
    return f"{word}{'x' if word.endswith('eau') else 's'}"


def sounds_alike(he: str, she: str) -> bool:
    """Tell whether both genders are said alike.

    >>> sounds_alike("invités", "invitées"), sounds_alike("étudiant", "étudiante")
    (True, False)
    """
    bare = he.removesuffix("s")
    return she.removesuffix("s") == f"{bare}e" and _VOWEL_OR_LIQUID.search(bare) is not None


_VOWEL_OR_LIQUID = re.compile(r"[éiulr]$", re.IGNORECASE)


def _say(how: Inclusive) -> Say:
    def say(match: re.Match[str], _: Counting) -> str | None:
        stem, sole = match["stem"], match["sole"]
        ending = next(filter(None, map(match.group, ("dot", "stop", "sole", "round", "dash"))))
        many = any(map(match.group, ("dots", "stops", "rounds", "dashes")))
        small = len(stem) < _SHORTEST and stem.lower() not in ("né", "un", "nu")
        if not match["dot"] and (small or (sole and len(stem) <= _SHORTEST)):
            return None
        return both(*genders(stem, ending, many=many), how, many=many)

    return say


def both(he: str, she: str, how: Inclusive, *, many: bool) -> str:
    """Return both genders as they are read: « invités et invitées », « né ou née »."""
    if how is Inclusive.MASCULINE or (how is Inclusive.HEARD and sounds_alike(he, she)):
        return he
    return f"{he} {'et' if many else 'ou'} {she if she.isupper() else she[0].lower() + she[1:]}"


_PLURALS = {
    "trices": ("teurs", "trices"), "rices": ("eurs", "rices"), "euses": ("eurs", "euses"),
    "ières": ("iers", "ières"), "ères": ("ers", "ères"), "iennes": ("iens", "iennes"),
    "elles": ("eaux", "elles"), "onnes": ("ons", "onnes"), "ves": ("fs", "ves"),
    "ses": ("x", "ses"), "nes": ("ns", "nnes"), "es": ("s", "es"), "ées": ("és", "ées"),
}  # fmt: skip
"""Plurals that stand whole before the ending of the other gender: « agriculteurs-trices »."""
_LONG = "trices rices euses ières ères iennes elles onnes ves".split()


def _say_plurals(how: Inclusive) -> Say:
    def say(match: re.Match[str], _: Counting) -> str | None:
        men, ending = match["men"], match["dotted"] or match["ending"]
        he, she = _PLURALS[ending]
        if not men.endswith(he):
            return None
        return both(men, men[: len(men) - len(he)] + she, how, many=True)

    return say


_ARTICLES = {
    "le·la": "le ou la", "la·le": "la ou le", "un·une": "un ou une", "au·à la": "au ou à la",
    "ce·cette": "ce ou cette", "il·elle": "il ou elle", "ils·elles": "ils et elles",
    "ceux·celles": "ceux et celles", "celui·celle": "celui ou celle", "le/la": "le ou la",
    "la/le": "la ou le", "un/une": "un ou une", "un/e": "un ou une", "il/elle": "il ou elle",
    "ils/elles": "ils ou elles", "elle/il": "elle ou il", "son/sa": "son ou sa",
    "mon/ma": "mon ou ma", "ton/ta": "ton ou ta", "du/de la": "du ou de la",
    "au/à la": "au ou à la", "celui/celle": "celui ou celle", "ceux/celles": "ceux ou celles",
    "lui/elle": "lui ou elle", "ce/cette": "ce ou cette", "né/née": "né ou née",
    "père/mère": "père ou mère", "M./Mme": "monsieur ou madame", "M/Mme": "monsieur ou madame",
    "Mme/M.": "madame ou monsieur", "Mme/M": "madame ou monsieur",
}  # fmt: skip


@rule(
    "both-articles",
    rf"(?<![\w·./])(?i:{any_of(_ARTICLES)})(?![\w·/])",
    why="Two articles that a point or a slash parts are said with « ou ».",
    needs="·/",
)
def _both_articles(match: re.Match[str], _: Counting) -> str | None:
    written = match[0]
    said = _ARTICLES.get(written) or _ARTICLES.get(written[0].lower() + written[1:])
    return said and (said[0].upper() + said[1:] if written[0].isupper() else said)


def inclusive(how: Inclusive) -> tuple[Rule, ...]:
    """Return the rules that read inclusive writing in that way."""
    why = "What stands for both genders is said as the listener wants it."
    plurals = rule(
        "inclusive-plurals",
        rf"(?<![\w.@/-])(?P<men>[^\W\d_]{{2,30}}[sx])(?:[/-](?P<ending>{any_of(_LONG)})"
        rf"|·(?P<dotted>{any_of(_PLURALS)}))(?![\w·-])",
        why=why,
        hints=("s·", "x·", *(f"{sign}{end}" for sign in "-/" for end in _LONG)),
    )(_say_plurals(how))
    endings = sorted({end[:1] for end in _FEMININES})
    words = rule(
        "inclusive",
        _PATTERN,
        why=why,
        hints=("·", "•", *(f".{x}" for x in endings), *(f"({x}" for x in endings), "-s"),
    )(_say(how))
    return plurals, words, _both_articles
