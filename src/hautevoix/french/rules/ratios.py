"""« sur »: marks, ranks, steps, pressures: two numbers and a slash that are no fraction."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import amount

_PAIR = r"(?P<x>(?P<a>\d{1,4}(?:[,.]\d{1,2})?) ?/ ?(?P<b>\d{1,4}))(?![\w/]|[.,]\d| ?[½¼])"

_RATED = (
    r"(?i:not(?:e|é|ée|és|ées|er|ation)s?|moyennes?|scores?|évalu[a-zé]*|résultats?|obt[a-zéê]*|avis|étoiles|satisfaction"
    r"|class[a-zé]*|rangs?|places?|étapes?|phases?|parties?|pages?|p\.|épisodes?|volets?|vol\.|tomes?|diapos?|diapositives?"
    r"|planches?|exemplaires?|tirages?|tours?|manches?|sets?|niveaux?|points?|bulletins?|copies?|examens?|contrôles?|dictée"
    r"|maths|français|anglais|histoire|physique|philo|bac|oral|écrit|glasgow|EDA|EVA|apgar|douleur|acuité|vision|œil|yeux|OD|OG"
    r"|fiches?|fichiers?|photos?|images?|saisons?|lots?|colis|feuillets?|feuilles?|cases?|questions?|réponses?|tirs?|lancers?|paniers?|essais|passes?|séries?|[Nn]iveau"
    r"|numéroté[a-z]*|couplets?|part|partie|vidéos?|threads?|chapitres?|écran|slide|tableau|carte|progression|vie|santé|difficulté)"
)


@rule(
    "pressures",
    r"\b(?:[Tt]ensions?(?: artérielles?)?|[Pp]ressions? artérielles?|T\.?A\.?|P\.?A\.?|A\.?T"
    r"|maxima?|systolique|brassard)\b[^.;\d]{0,30}?"
    r"(?<![\w,./])(?P<x>(?P<a>\d{1,3}(?:,\d)?) ?/ ?(?P<b>\d{1,3}(?:,\d)?))(?![\w/]|[.,]\d)",
    why="A blood pressure is two numbers: « douze sept ».",
    needs="/",
    hints=("ension", "ression", "TA", "PA", "T.A", "P.A", "AT", "max", "syst"),
)
def _pressures(match: re.Match[str], c: Counting) -> str:
    return f"{amount(match['a'], c)} {amount(match['b'], c)}"


@rule(
    "ratings",
    rf"(?<!\w){_RATED}\b[^.;/]{{0,28}}?(?<![\w,./]){_PAIR}",
    why="A mark, a rank or a step is so much « sur » so much.",
    needs="/",
)
def _ratings(match: re.Match[str], c: Counting) -> str | None:
    return _over(match, c)


def _over(match: re.Match[str], c: Counting) -> str | None:
    a, b = match["a"], match["b"]
    whole = int(re.split("[,.]", a)[0])
    if whole > int(b) or int(b) < 2 or _FRACTION.search(match[0]):  # of one there is no part
        return None
    if _OF_A_WHOLE.match(match.string, match.end()):
        return None
    return f"{amount(a, c)} sur {number(b, counting=c)}"


_OF_A_WHOLE = re.compile(r" (?:de|des|du|d['’]|temps|finale|supplémentaires?|majorité)")
_FRACTION = re.compile(r"\b(?:[Ll]es|[Aa]ux|[Dd]es|quelque) \d+ ?/ ?\d+$|\d{4}/\d{2,4}$")


@rule(
    "out-of",
    r"(?<![\w,./])(?P<x>(?P<a>\d{1,3}(?:[,.]\d{1,2})?) ?/ ?(?P<b>5|10|15|20|30|40|50|100))(?![\w/]"
    r"|[.,]\d)(?=(?: ?[,;:.!?)»\]]| (?:et|au|aux|en|à|pour|chez|sur|par|selon|mais)\b|$))",
    why="So much out of ten or twenty, after which nothing is counted, is a mark.",
    needs="/",
    starts="0-9",
)
def _out_of(match: re.Match[str], c: Counting) -> str | None:
    a, b = match["a"], int(match["b"])
    before = match.string[max(0, match.start() - 10) : match.start()]
    marks = (
        b in (20, 40)
        or "," in a
        or "." in a
        or (b in (5, 10) and a.isdigit() and int(a) >= b - 1 and int(a) > 1 and False)
    )
    if not marks or int(re.split("[,.]", a)[0]) > b or _ARTICLE.search(before):
        return None
    return f"{amount(a, c)} sur {number(match['b'], counting=c)}"


_ARTICLE = re.compile(r"\b(?:[Ll]es?|[Aa]ux?|[Dd]es|[Dd]u|[Dd]e|[Dd]'|[Uu]n) $")


@rule(
    "games",
    r"(?<![\w,./])(?:0|15|30|40)(?P<x>/)(?:0|15|30|40|A)(?![\w/]|[.,]\d)",
    why="« 15/40 » is the score of a game of tennis.",
    needs="/",
    hints=("15/", "30/", "40/", "0/"),
)
def _games(match: re.Match[str], _: Counting) -> str | None:
    around = match.string[max(0, match.start() - 80) : match.end() + 60]
    return " " if _TENNIS.search(around) else None


_TENNIS = re.compile(r"\b(?:service|sets?|tennis|balles? de|breaks?|jeu décisif|manche|mène|ace)\b")


@rule(
    "ranked-out-of",
    r"(?<=\d(?:e))(?P<x> ?/ ?)(?=\d)|(?<=\d(?:er|re))(?P<y> ?/ ?)(?=\d)",
    why="« 3e/25 » is « troisième sur vingt-cinq ».",
    needs="/",
)
def _ranked_out_of(_match: re.Match[str], _: Counting) -> str:
    return " sur "


@rule(
    "house-numbers",
    r"(?<![\w,./])\d{1,3}(?P<x> ?/ ?)(?=\d{1,3},? (?:rue|avenue|av\.|bd|boulevard|place|quai"
    r"|chemin|allée|impasse|cours)\b)",
    why="Two numbers before a street are two houses.",
    needs="/",
)
def _house_numbers(_match: re.Match[str], _: Counting) -> str:
    return ", "


_FINALS = {
    "4": "quart",
    "8": "huitième",
    "16": "seizième",
    "32": "trente-deuxième",
    "64": "soixante-quatrième",
}


@rule(
    "finals",
    r"(?P<led>\A|(?<=[.;:] )|\b(?:[Ll]es|[Aa]ux|[Dd]es|[Ee]n|[Ll]e|[Aa]u|[Dd]e|[Cc]e|[Uu]n"
    r"|[Dd]ès les|[Ss]es) )(?P<x>1/(?P<n>4|8|16|32|64)(?:es?|èmes?)?)(?=[^.;]{0,24}\bfinales?\b)",
    why="« les 1/8 de finale » are « les huitièmes de finale ».",
    hints=("1/",),
    words=("finale", "finales"),
)
def _finals(match: re.Match[str], _: Counting) -> str:
    many = match["led"].lower().strip() in ("les", "aux", "des", "en", "dès les", "ses")
    return _FINALS[match["n"]] + "s" * many


BEFORE_DATES: tuple[Rule, ...] = (_finals,)
RULES: tuple[Rule, ...] = (_games, _house_numbers, _ranked_out_of, _pressures, _ratings, _out_of)
