"""Inclusive writing: « étudiant·e·s », and how it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.model.options import Inclusive
from hautevoix.french.rule import Rule, Say, rule

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_ENDINGS = (
    "e|ne|le|te|se|ve|fe|euse|trice|rice|ice|esse|eresse|ère|ere|re|che|que|gue|ienne|enne|onne|elle|ette|ale|ales"
    "|ive|ière|iere|eure|eresse|sse|lle|tte|nne|aine|ine|ève|èce"
)
_DOT = "[·•‧⋅∙]"
_PATTERN = (
    rf"(?<![\w.@/-])(?P<stem>[^\W\d_]{{2,30}})(?:{_DOT}(?P<end>{_ENDINGS})(?:{_DOT}?(?P<many>[sx]))?"
    rf"|\.(?P<dend>{_ENDINGS})\.?(?P<dmany>[sx])|\.(?P<sole>{_ENDINGS})(?= (?:[a-zà-ÿ]|[A-ZÀ-Þ])|[,;:!?)]))"
    rf"(?![\w·]|\.\w)|(?<![\w.@/-])(?P<pstem>[^\W\d_]{{2,30}})(?:\((?P<pend>{_ENDINGS})\)(?P<pmany>s)?|-(?P<hend>e|ne|le|trice|rice|euse)-(?P<hmany>s))(?![\w(-])"
)
_WHOLE = {
    ("tou", "te"): ("tous", "toutes"), ("tou", "tes"): ("tous", "toutes"),
    ("ce", "lle"): ("celui", "celle"), ("celui", "celle"): ("celui", "celle"),
    ("ceux", "celle"): ("ceux", "celles"), ("nouv", "elle"): ("nouveau", "nouvelle"),
    ("cel", "lui"): ("celui", "celle"), ("un", "e"): ("un", "une"),
    ("aucun", "e"): ("aucun", "aucune"), ("chacun", "e"): ("chacun", "chacune"),
}
_MASCULINE_OF = (
    # (how the feminine ends, how the masculine ends, how both are put together)
    ("trice", "teur"), ("rice", "eur"), ("euse", "eur"), ("eresse", "eur"), ("ère", "er"),
    ("ve", "f"), ("che", "c"),
)


def genders(stem: str, ending: str, *, many: bool) -> tuple[str, str]:
    """Return the masculine and the feminine of a word in inclusive writing.

    >>> genders("étudiant", "e", many=True), genders("lecteur", "rice", many=False)
    (('étudiants', 'étudiantes'), ('lecteur', 'lectrice'))
    >>> genders("citoyen", "ne", many=True), genders("heureux", "se", many=True)
    (('citoyens', 'citoyennes'), ('heureux', 'heureuses'))
    """
    small = stem.lower()
    known = _WHOLE.get((small, ending))
    if known:
        he, she = known
        he = stem[0] + he[1:] if stem[0].isupper() else he
        she = stem[0] + she[1:] if stem[0].isupper() else she
        return (he, she) if not many or he.endswith("s") else (_many(he), _many(she))
    she = _feminine(stem, ending)
    he = stem
    return (_many(he), _many(she)) if many else (he, she)


def _many(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    return word + ("x" if word.endswith(("eau", "al")) and word.endswith("eau") else "s") if not word.endswith("al") else word[:-2] + "aux"


def _feminine(stem: str, ending: str) -> str:
    """Put the feminine's ending on its stem: they overlap (« lecteur·rice », « citoyen·ne »)."""
    small = stem.lower()
    if ending == "e" and small.endswith(("er", "et")) and small in _GRAVE or (ending == "e" and small.endswith("er")):
        return stem[:-2] + "è" + stem[-1] + "e"
    for she, he in (("trice", "teur"), ("rice", "eur"), ("ice", "eur"), ("euse", "eur"), ("eresse", "eur"), ("esse", "e"),
                    ("ère", "er"), ("ere", "er"), ("re", "er"), ("ière", "ier"), ("iere", "ier"), ("se", "x"), ("ve", "f"), ("ive", "if"), ("ève", "ef"),
                    ("fe", "f"), ("sse", "x"), ("elle", "el"), ("elle", "eau"), ("lle", "l"), ("lle", "u"), ("ienne", "ien"), ("enne", "en"), ("onne", "on"),
                    ("nne", "n"), ("tte", "t"), ("ette", "et"), ("ale", "al"), ("ales", "aux"), ("che", "c"), ("che", "nc"), ("que", "c"), ("aine", "ain"), ("ine", "in"), ("eure", "eur")):
        if ending == she and small.endswith(he):
            return _joined(stem, he, she)
    return stem + ending


_GRAVE = frozenset("cher complet discret inquiet concret secret".split())


def _joined(stem: str, he: str, she: str) -> str:
    whole = {"ère": "ère", "ere": "ère", "re": "ère", "ière": "ière", "iere": "ière", "che": "che" if he == "c" else "nche", "ice": "rice"}.get(she, she)
    head = stem[: len(stem) - len(he)]
    if she == "se" and he == "x":
        return head + "se"
    if whole == "rice":
        return head + "rice"
    return head + whole


_SILENT = re.compile(r"[éiuï]e?$|[lr]e?$", re.IGNORECASE)


def sounds_alike(he: str, she: str) -> bool:
    """Tell whether both genders are said alike: « invité » and « invitée », « auteur », « seul »."""
    if she not in (he + "e", he.removesuffix("s") + "es"):
        return False
    return _SILENT.search(he.removesuffix("s")) is not None


def _say(how: Inclusive) -> Say:
    def say(match: re.Match[str], _: Counting) -> str | None:
        stem = match["stem"] or match["pstem"]
        ending = match["end"] or match["dend"] or match["sole"] or match["pend"] or match["hend"]
        many = bool(match["many"] or match["dmany"] or match["pmany"] or match["hmany"])
        if match["sole"] and not _plausible(match, stem, ending):
            return None
        if len(stem) < 3 and stem.lower() not in ("né", "un", "nu") and not match["end"]:  # noqa: PLR2004 - « ln(e) »
            return None
        he, she = genders(stem, ending, many=many)
        if how is Inclusive.MASCULINE or (how is Inclusive.HEARD and sounds_alike(he, she)):
            return he
        return f"{he} {'et' if many else 'ou'} {_lower(she)}"

    return say


def _lower(word: str) -> str:
    return word if word.isupper() else word[0].lower() + word[1:]


def _plausible(match: re.Match[str], stem: str, ending: str) -> bool:
    """Tell whether « arrivé.e parle » is inclusive writing: the text has no space after the stop."""
    del match
    return len(stem) > 3 and ending in ("e", "ne", "le", "se", "te", "ve", "trice", "rice", "euse", "ère", "ienne", "enne")  # noqa: PLR2004


_ARTICLES = {
    "le·la": "le ou la", "la·le": "la ou le", "un·une": "un ou une", "du·de la": "du ou de la", "au·à la": "au ou à la",
    "ce·cette": "ce ou cette", "il·elle": "il ou elle", "ils·elles": "ils et elles", "ceux·celles": "ceux et celles",
    "celui·celle": "celui ou celle", "le/la": "le ou la", "la/le": "la ou le", "un/une": "un ou une", "un/e": "un ou une", "il/elle": "il ou elle",
    "ils/elles": "ils ou elles", "son/sa": "son ou sa", "mon/ma": "mon ou ma", "ton/ta": "ton ou ta", "du/de la": "du ou de la", "au/à la": "au ou à la",
    "celui/celle": "celui ou celle", "ceux/celles": "ceux ou celles", "lui/elle": "lui ou elle", "ce/cette": "ce ou cette", "né/née": "né ou née",
    "père/mère": "père ou mère", "M./Mme": "monsieur ou madame", "M/Mme": "monsieur ou madame", "Mme/M.": "madame ou monsieur", "Mme/M": "madame ou monsieur",
}


@rule(
    "both-plurals",
    r"(?<![\w.@/-])(?P<stem>[^\W\d_]{2,26})(?P<he>teur|eur|eux|aux|eaux|ier|er|ien|on|f|t|d|l|n|é|i)s?[·/-](?P<she>trice|rice|euse|ice|elle|ière|ère|ienne|ienne|onne|ve|te|de|le|ne|ée|ie|e)s(?![\w·-])",
    why="« agriculteurs-trices » stands for both genders.",
    hints=("·", *(f"{sign}{end}" for sign in "-/" for end in ("trices", "rices", "euses", "ières", "ères", "iennes", "elles", "ves", "ices", "onnes"))),
)
def _both_plurals(match: re.Match[str], _: Counting) -> str | None:
    stem, he, she = match["stem"], match["he"], match["she"]
    if not match[0][len(stem) + len(he)] in "s" and he not in ("eux", "aux", "eaux"):
        return None
    if she in ("te", "de", "le", "ne", "ée", "ie", "e") and "·" not in match[0]:
        return None
    men = f"{stem}{he}{'' if he[-1] == 'x' else 's'}"
    if she == "elle":
        return f"{men} et {_lower(stem.removesuffix('e'))}elles" if he in ("eaux", "aux") else None
    if she == "trice" and stem.endswith("t"):
        she = "rice"
    heads = {"rice": "t" if he == "teur" else "", "ice": "tr", "ve": "", "e": he}
    women = f"{stem}{heads.get(she, '')}{'rice' if she == 'rice' else she}s"
    return f"{men} et {_lower(women)}"


@rule(
    "both-articles",
    r"(?<![\w·./])(?:" + "|".join(re.escape(k) for k in sorted(_ARTICLES, key=len, reverse=True)) + r"|[LlUuIiCc](?:e|n|l|ls|eux|elui)[·/](?:la|une|elle|elles|celles|celle|cette))(?![\w·/])",
    why="Two articles that a point or a slash parts are said with « ou ».",
    needs="·/",
)
def _both_articles(match: re.Match[str], _: Counting) -> str | None:
    written = match[0]
    said = _ARTICLES.get(written) or _ARTICLES.get(written[0].lower() + written[1:])
    if said is None:
        return None
    return said[0].upper() + said[1:] if written[0].isupper() else said


def inclusive(how: Inclusive) -> tuple[Rule, ...]:
    """Return the rules that read inclusive writing in that way."""
    made = rule(
        "inclusive",
        _PATTERN,
        why="What stands for both genders is said for both.",
        needs="·•‧⋅∙.(-",
        hints=("·", "•", "‧", "⋅", "∙", ".e", "e.s", ".s", ".ne", ".r", ".t", ".v", ".l", ".i", ".f", ".c", ".è", "(e)", "(ne)", "(le)", "(trice)", "(rice)", "(euse)", "(ère)", "(te)", "(se)", "-e-s", "-ne-s"),
    )(_say(how))
    return _both_plurals, made, _both_articles
