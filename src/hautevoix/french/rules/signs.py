"""Signs that a narrator says, and those that only the eye needs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from hautevoix.french.rule import PLAIN, Rule, rule

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_BETWEEN = {
    "&": "et", "=": "égale", "+": "plus", "×": "fois", "÷": "divisé par", "±": "plus ou moins",
    "≈": "environ", "≃": "environ", "≠": "différent de", "≤": "inférieur ou égal à",
    "≥": "supérieur ou égal à", "−": "moins", "<": "inférieur à", ">": "supérieur à",
    "∈": "appartient à", "∪": "union", "∩": "inter", "⊂": "inclus dans", "≡": "équivaut à",
}  # fmt: skip
_ANYWHERE = {
    "∞": "l'infini", "√": "racine de", "∑": "somme de", "∫": "intégrale de", "©": "copyright",
    "@": "arobase", "%": "pour cent", "‰": "pour mille", "°": "degré", "№": "numéro",
    "♯": "dièse", "♭": "bémol", "€": "euros", "£": "livres", "$": "dollars", "∂": "d rond",
    "∅": "l'ensemble vide", "∀": "quel que soit", "∃": "il existe",
}  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        [
            "alpha",
            "bêta",
            "gamma",
            "delta",
            "epsilon",
            "zêta",
            "êta",
            "thêta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "khi",
            "psi",
            "oméga",
            "gamma",
            "delta",
            "thêta",
            "lambda",
            "xi",
            "pi",
            "sigma",
            "phi",
            "psi",
            "oméga",
        ],
        strict=True,
    )
)


@rule(
    "ampersand",
    r"(?<=\w)&(?=\w)|&",
    why="« & » is « et ».",
    needs="&",
)
def _ampersand(match: re.Match[str], _: Counting) -> str:
    return _spaced(match, "et")


@rule(
    "times",
    r"(?<=\d)(?P<x> ?[x×*] ?)(?=\d)",
    why="A cross between numbers is « fois ».",
    needs="x×*",
)
def _times(match: re.Match[str], _: Counting) -> str:
    after = match.string[match.end() : match.end() + 12]
    sizes = re.match(r"\d+(?:,\d+)? ?(?:[cdkm]?m|mm)\b", after)
    relay = re.match(r"\d0?[05]0? ?m\b", after) and _ONE_FIGURE.search(
        match.string[max(0, match.start() - 2) : match.start()]
    )
    return " sur " if sizes and not relay else " fois "


_ONE_FIGURE = re.compile(r"(?:^|[^\d,.])[1-9]$")


@rule(
    "sharps",
    r"\b(?:[Uu]t|[Dd]o|[Rr]é|[Mm]i|[Ff]a|[Ss]ol|[Ll]a|[Ss]i)(?P<x> ?#)(?!\w)",
    why="« ut # » is « ut dièse ».",
    needs="#",
)
def _sharps(_match: re.Match[str], _: Counting) -> str:
    return " dièse"


@rule(
    "plus-after",
    r"(?<=\w)(?P<x>\++)(?=[\s,;:.!?)»]|$)|\b(?:[Gg]roupe|[Ss]anguin|[Rr]hésus) (?:A|B|AB|O)"
    r"(?P<minus>[-–−])(?![\w-])",
    why="« O+ » is « O plus », « O- » is « O moins ».",
    needs="+-–−",
    hints=("+", "roupe ", "anguin ", "hésus "),
)
def _plus_after(match: re.Match[str], _: Counting) -> str:
    if match["x"] is None:
        return f"{match[0][:-1]} moins"
    return " plus" * len(match[0])


@rule(
    "comparison",
    r"(?<=[\w)%] )[<>](?= ?[\w(])|(?<=\d)[<>](?=\d)",
    why="A comparison is said.",
    needs="<>",
)
def _comparison(match: re.Match[str], _: Counting) -> str:
    return _spaced(match, _BETWEEN[match[0]])


@rule(
    "tags",
    r"</?[a-zA-Z][^<>]{0,80}>",
    why="What is left of a page's mark-up is not said.",
    needs="<",
)
def _tags(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "about",
    r"[~≈≃] ?(?=\d)",
    why="A tilde before a number is « environ ».",
    needs="~≈≃",
)
def _about(_match: re.Match[str], _: Counting) -> str:
    return "environ "


@rule(
    "sums",
    r"(?<=[\w)²³] )[=+×÷±≠≤≥−∈∪∩⊂≡](?= ?[\w(∞√])|(?<=[\w)])[=+×÷±≠≤≥−≡](?=[\w(∞√])|"
    r"(?<![^\s(])[+±](?=\w)|(?<=\d )[/](?= \d)",
    why="A sign between two terms is said.",
    needs="=+×÷±≠≤≥−∈∪∩⊂≡/",
)
def _sums(match: re.Match[str], _: Counting) -> str:
    return _spaced(match, _BETWEEN.get(match[0], "sur"))


@rule(
    "and-or",
    r"\b(?:et/ou|ou/et)\b",
    why="« et/ou » is « et ou ».",
    hints=("et/ou", "ou/et"),
)
def _and_or(_match: re.Match[str], _: Counting) -> str:
    return "et ou"


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
    "greek",
    rf"(?<![^\W_])[{''.join(_GREEK)}](?![^\W_])",
    why="A Greek letter that stands alone is named.",
    needs="".join(_GREEK),
)
def _greek(match: re.Match[str], _: Counting) -> str:
    return _GREEK[match[0]]


@rule(
    "signs",
    f"[{''.join(map(re.escape, _ANYWHERE))}]",
    why="A sign that stands for a word is said.",
    needs="".join(_ANYWHERE),
)
def _signs(match: re.Match[str], _: Counting) -> str:
    return _spaced(match, _ANYWHERE[match[0]])


@rule(
    "arrows",
    r" ?[→⇒⟶➔➜↔⇔=-]>? ?(?<=[→⇒⟶➔➜↔⇔>] )(?=\w)",
    why="An arrow is a pause.",
    needs="→⇒⟶➔➜↔⇔>",
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
    "mute",
    r"[\[\]{}_*#|\\^~<>=+†‡•·▪●■◦/§¶]+",
    why="A sign for the eye alone is not said.",
    needs="[]{}_*#|\\^~<>=+†‡•·▪●■◦/§¶",
)
def _mute(match: re.Match[str], _: Counting) -> str:
    text, end = match.string, match.end()
    joins = (
        text[max(0, match.start() - 1) : match.start()].isalnum() and text[end : end + 1].isalnum()
    )
    return " " if joins and match[0] not in "_^" else ""


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


def _spaced(match: re.Match[str], word: str) -> str:
    text, start, end = match.string, match.start(), match.end()
    before = "" if start == 0 or text[start - 1] in " («“\"'’" else " "
    after = " " if text[end : end + 1].isalnum() or text[end : end + 1] == "(" else ""
    return f"{before}{word}{after}"


BEFORE_AMOUNTS: tuple[Rule, ...] = (_tags, _masked_names, _times, _about)
RULES: tuple[Rule, ...] = (
    _and_or,
    _over,
    _ampersand,
    _comparison,
    _arrows,
    _plus_after,
    _sharps,
    _sums,
    _greek,
    _signs,
    _brackets,
    _mute,
    _leftovers,
)
