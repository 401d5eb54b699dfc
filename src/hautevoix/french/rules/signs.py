"""Signs that a narrator says, and those that only the eye needs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from hautevoix.french.rule import PLAIN, Rule, rule
from hautevoix.french.rules.parts import DIGITS, spaced

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_ANYWHERE = {
    "∞": "l'infini", "√": "racine de", "∑": "somme de", "∫": "intégrale de", "©": "copyright",
    "@": "arobase", "%": "pour cent", "‰": "pour mille", "°": "degré", "№": "numéro",
    "♯": "dièse", "♭": "bémol", "€": "euros", "£": "livres", "$": "dollars", "∂": "d rond",
    "∅": "l'ensemble vide", "∀": "quel que soit", "∃": "il existe", "∏": "produit de",
    "∇": "nabla", "ℓ": "l", "℮": "estimé", "¢": "cents", "¥": "yens",
    "Ø": "diamètre", "⌀": "diamètre", "∛": "racine cubique de", "¬": "non", "♩": "noire",
    "♪": "croche", "♫": "croches", "∠": "angle",
    "♂": "mâle", "♀": "femelle", "☎": "téléphone", "✆": "téléphone", "✉": "courriel",
    "½": "un demi",
}  # fmt: skip


@rule(
    "ampersand",
    r"(?<=\w)&(?=\w)|&&?",
    why="« & » is « et ».",
    needs="&",
)
def _ampersand(match: re.Match[str], _: Counting) -> str:
    return spaced(match, "et")


@rule(
    "times",
    r"(?<=\d)(?: ?[x×*⋅·] ?)(?=\d)|(?<=\d [a-zμ]m)(?P<y> ?[x×] ?)(?=\d)|(?<=\d m)(?P<z> ?[x×] ?)"
    r"(?=\d)|(?:\d ?(?:(?![cdkmμ]?m )[a-zA-ZΩ°²³]{1,4}|[€$%]|pi[èe]ces?|unités?) )(?P<w>[x×])"
    r"(?= \d)(?! ?\d{1,2} ?(?:/ ?j|fois|par jour))|(?<=\d)(?P<times>x)(?= (?:plus|moins|mieux|par"
    r"|la|le|les|l['’]|sans)\b|[ ]?[,;.!)]|$)",
    why="A cross between numbers is « fois ».",
    needs=(DIGITS, "x×*⋅·"),
)
def _times(match: re.Match[str], _: Counting) -> str:
    if match["times"]:
        return " fois"
    if match["y"] or match["z"]:
        return " sur "
    if match["w"]:
        return match[0][:-1] + "fois"
    after = match.string[match.end() : match.end() + 12]
    sizes = re.match(r"\d+(?:,\d+)? ?(?:[cdkm]?m|mm)\b", after)
    relay = re.match(r"\d0?[05]0? ?m\b", after) and _ONE_FIGURE.search(
        match.string[max(0, match.start() - 2) : match.start()]
    )
    start = match.start()
    pixels = match.string[start - 3 : start].isdigit() and _LARGE.match(after)
    return " sur " if sizes and not relay else " par " if pixels else " fois "


_LARGE = re.compile(r"\d{3,5}(?:\D|$)")
"""« 1920 x 1080 » are the points of a picture."""
_ONE_FIGURE = re.compile(r"(?:^|[^\d,.])[1-9]$")


@rule(
    "inches",
    r"(?<=\d)(?<!['’′]\d)(?<!['’′]\d\d)(?<!['’′] \d)(?<!['’′] \d\d)(?P<x> ?[\"″])(?!\w)",
    why="A double mark after a number that no quotation opened is inches.",
    needs='"″',
)
def _inches(match: re.Match[str], _: Counting) -> str | None:
    text = match.string
    return " pouces" if text.count('"') % 2 or "″" in match["x"] else None


@rule(
    "plus-after",
    r"\b[Nn]ot(?:e|é|ée|ation)(?: [a-zà-ÿ]{2,9})? (?P<rating>[A-D]{1,3})(?P<grade>[-–−])(?![\w-])|"
    r"(?<=\w)(?P<x>\++)(?=[\s,;:.!?)»]|$)|\b(?:[Gg]roupe|[Ss]anguin|[Rr]hésus) (?:A|B|A ?B|O)"
    r"(?P<minus>[-–−])(?![\w-])",
    why="« O+ » is « O plus », « O- » is « O moins ».",
    needs="+-–−",
    hints=("+", "roupe ", "anguin ", "hésus ", "ot"),
)
def _plus_after(match: re.Match[str], _: Counting) -> str:
    if match["rating"]:
        return f"{match[0][:-1]} moins"
    if match["x"] is None:
        return f"{match[0][:-1]} moins"
    return " plus" * len(match[0])


_HTML = (
    "a abbr b big blockquote body br center cite code col dd del div dl dt em font footer h[1-6] "
    "head"
    " header hr html i img ins kbd li link meta nav ol p pre q s script section small span strike"
    " strong style sub sup table tbody td tfoot th thead title tr tt u ul var"
).split()


@rule(
    "tags",
    rf"</?(?:{'|'.join(_HTML)})(?:[ /][^<>]{{0,80}})?>",
    why="What is left of a page's mark-up is not said.",
    needs="<",
)
def _tags(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "placeholders",
    r"<(?P<in>[^\W\d_][\w -]{0,40})>",
    why="What stands between angle brackets is what to fill in: « <nom> ».",
    needs="<",
)
def _placeholders(match: re.Match[str], _: Counting) -> str:
    text, end = match.string, match.end()
    left = " " * (match.start() > 0 and text[match.start() - 1].isalnum())
    return f"{left}{match['in']}{' ' * text[end : end + 1].isalnum()}"


@rule(
    "and-or",
    r"\b(?:et/ou|ou/et|A/R|a/r|s/s)\b",
    why="« et/ou » is « et ou », « A/R » « aller-retour ».",
    hints=("et/ou", "ou/et", "A/R", "a/r", "s/s"),
)
def _and_or(match: re.Match[str], _: Counting) -> str:
    return {"a/r": "aller-retour", "s/s": "sous-sol"}.get(match[0].lower(), "et ou")


@rule(
    "over",
    r"(?<=[^\W\d_])(?:-s/-?|-s\.-)(?=[^\W\d_])",
    why="« Chalon-s/-Saône » is « Chalon-sur-Saône ».",
    hints=("-s/", "-s.-"),
)
def _over(_match: re.Match[str], _: Counting) -> str:
    return "-sur-"


@rule(
    "masked-names",
    r"(?P<a>(?<=monsieur )|(?<=madame )|(?<=mademoiselle )|(?<=marquis de )|(?<=comte de )|"
    r"(?<=duc de )|(?<=comtesse de )"
    r"|(?<=marquise de )|(?<=monsieur de )|(?<=madame de )|(?<=abbé )|(?<=docteur ))\*{2,4}",
    why="A name hidden behind stars is « trois étoiles ».",
    needs="*",
)
def _masked_names(_match: re.Match[str], _: Counting) -> str:
    return "trois étoiles"


@rule(
    "signs",
    f"[{''.join(map(re.escape, _ANYWHERE))}]",
    why="A sign that stands for a word is said.",
    needs="".join(_ANYWHERE),
)
def _signs(match: re.Match[str], _: Counting) -> str:
    return spaced(match, _ANYWHERE[match[0]])


@rule(
    "arrows",
    r" ?[→⇒⟶➔➜↔] ?(?=[\w«(#@\"])",
    why="An arrow is a pause.",
    needs="→⇒⟶➔➜↔",
)
def _arrows(_match: re.Match[str], _: Counting) -> str:
    return ", "


@rule(
    "brackets",
    r"\[(?P<inside>[^\[\]]{25,400})\]",
    why="A remark in square brackets is one in parentheses.",
    needs="[",
)
def _brackets(match: re.Match[str], _: Counting) -> str:
    return f"({match['inside']})"


@rule(
    "unread",
    r"[<>=+^]+",
    why="A sign of reckoning that stands between no two terms is not said, and told.",
    needs="<>=+^",
    doubt="sign",
)
def _unread(match: re.Match[str], _: Counting) -> str:
    return _apart(match)


@rule(
    "mute",
    r"[\[\]{}_*#|\\~†‡•·▪●■◦/§¶]+",
    why="A sign for the eye alone is not said.",
    needs="[]{}_*#|\\~†‡•·▪●■◦/§¶",
)
def _mute(match: re.Match[str], _: Counting) -> str:
    return "" if match[0] == "_" else _apart(match)


def _apart(match: re.Match[str]) -> str:
    """Return a space where the sign alone parts two words, else nothing."""
    text, start, end = match.string, match.start(), match.end()
    joins = text[max(0, start - 1) : start].isalnum() and text[end : end + 1].isalnum()
    return " " * joins


_PLAIN = r"a-zA-ZÀ-ÖØ-öø-ÿŒœŸ0-9 .,;:!?…'’\"“”«»()–—-"


@rule(
    "leftovers",
    rf"[^{_PLAIN}]+",
    why="A sign that has no name in prose is not said.",
    doubt="sign",
    beyond=PLAIN,
)
def _leftovers(match: re.Match[str], _: Counting) -> str | None:
    kept = "".join(filter(_is_letter, match[0]))
    text, end = match.string, match.end()
    parts = (
        text[max(0, match.start() - 1) : match.start()].isalnum() and text[end : end + 1].isalnum()
    )
    return kept or " " * (parts and match[0] in "®™")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc")


BEFORE_AMOUNTS: tuple[Rule, ...] = (
    _tags,
    _placeholders,
    _masked_names,
    _inches,
    _times,
)
RULES: tuple[Rule, ...] = (
    _and_or,
    _over,
    _ampersand,
    _arrows,
    _plus_after,
    _signs,
    _brackets,
    _unread,
    _mute,
    _leftovers,
)
