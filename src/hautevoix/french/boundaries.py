"""Where sentences end, by the one table of abbreviations; where a long one may be cut."""

from __future__ import annotations

import re

from hautevoix.french.abbreviations import UPPER, Abbreviation
from hautevoix.french.shortening import is_inner, standing
from hautevoix.localization import tr

_OPENING_WORDS = """
Il Elle Ils Elles On Ce Ceci Cela Ça C' Celui Celle Ceux Celles Je J' Tu Nous Vous Qui Que Qu' Quoi
Quand Quel Quelle Quels Quelles Une Au Aux Ces Cet Cette Son Sa Ses Mon Ma Mes Ton Ta Tes Notre
Nos Votre Vos Leur Leurs Mais Ou Et Donc Or Ni Car Si S' Après Avant Pendant Depuis Dès Lorsque
Lorsqu' Puis Puisque Alors Ainsi Aussi Cependant Pourtant Toutefois Néanmoins Enfin Ensuite
D'abord Ici Là En Dans Sur Sous Par Pour Sans Avec Chez Vers Entre Contre Malgré Selon Comme Comment
Combien Pourquoi Où Tout Toute Tous Toutes Chaque Aucun Aucune Plusieurs Quelques Peu Plus Moins
Très Trop Tant Tel Telle Rien Nul Seul Seule Même Ne N' Non Oui Voici Voilà Parce Afin Bientôt
Aujourd'hui Hier Demain Maintenant Jamais Toujours Souvent Parfois Déjà Encore Notons Soit Lui Eux
Soudain
"""
_OPENERS = frozenset(_OPENING_WORDS.split())
"""Words that, with a capital, open a sentence and are no one's name."""
_ARTICLES = frozenset(("Le", "La", "Les", "L'", "De", "Du", "Des", "D'", "Un", "À", "A"))
"""Those that open a sentence as well as a surname: « J. La Fontaine »."""

_END = re.compile(
    r"(?<![.!?…])(?<![.!?…] )"
    r"(?:\.(?: \.)++|[.!?…]++(?: [!?…]++)*+)"
    r"(?: ?[»”\"’)\]]|\u00a0»| ?\[\d{1,3}\]|[¹²³⁰⁴-⁹]++)*+"
    r"(?= |$)"
)
_OPENING = " \u00a0\u202f«“\"'‘([—–-"
_NEVER_FIRST = ";:,.!?…)]»”×÷=±%‰/&<>≤≥"
"""What no sentence begins with: it belongs to what precedes."""
_ITEM = re.compile(r"[a-z]\) ")
_WORD = re.compile(r"\w+(?:['’](?=\w))?")
_TOKEN = re.compile(r"[^\s«»“”\"()\[\]]*$")
_LETTER_DOT = re.compile(rf"(?:.*-|[dDlL]['’])?[{UPPER}][a-z]?\.$")
_ACRONYM = re.compile(rf"(?:[dlDL]['’])?(?:[{UPPER}][a-z]?\.(?:\([a-z]\))?){{2,}}$")
_ENUMERATOR = re.compile(r"(?:\d{1,3}°?|[IVXLC]{1,6}|[A-Za-z])\.$")
_NUMBERED = re.compile(
    r"\b(?i:chapitre|tome|livre|acte|scène|partie|volume|page|article|chant|titre|Louis|Pie|Charles"
    r"|Henri|Philippe|Alphonse|Jean|Paul|Léon) [IVX]$"
)
_LETTERED_WORDS = """
ann. app. fig. tab. pl. annexe appendice figure tableau planche hépatite point plan vitamine groupe
lettre catégorie série type section bâtiment escalier
"""
_LETTERED = frozenset(_LETTERED_WORDS.split())
"""What a letter names: it is no initial of the name that follows."""
_BEFORE_A_QUANTITY = re.compile(
    r"(?:[<>≤≥≠+×∈∉∪∩−] ?|(?<![^\W\d_])[a-zA-Z] ?= ?|\b(?:la droite|le segment|le sommet) "
    r"|(?<!\w)[a-zA-Z] (?:égale|(?:inf|sup)érieur (?:ou égal )?à|différent de|appartient à) )$"
)
"""What a letter of geometry or of a formula follows: it is no initial either."""
_DETERMINED = re.compile(
    r"(?:\b(?:le|la|les|l|du|de|des|d|au|aux|un|une|ce|cet|cette|ces|notre|votre|leur|son|sa|Le|La"
    r"|Les|L|Au|Aux|en|par|à|avec|et|ou)[ '’])$"
)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph whose lines are joined; ``" ".join`` gives it back.

    >>> sentences("M. Dupont est là. Il attend l'organe du C.R.M. Après quoi, etc. Oui ! !")
    ('M. Dupont est là.', "Il attend l'organe du C.R.M.", 'Après quoi, etc.', 'Oui ! !')
    """
    found: list[str] = []
    start = 0
    last = len(text.rstrip())
    for match in _END.finditer(text, 0, last):
        if ends(text, start, match):
            found.append(text[start : match.end()])
            start = match.end() + 1
    return (*found[:-1], found[-1] + text[start - 1 :]) if start > last else (*found, text[start:])


def ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the stop that ``match`` found ends the sentence that began at ``start``."""
    rest = text[match.end() : match.end() + 60].lstrip(" \u00a0\u202f")
    if rest[:1] and rest[0] in _NEVER_FIRST:
        return False
    following = rest.lstrip(_OPENING)
    if following[:1].islower() and not _ITEM.match(following):
        return False
    if match[0][0] != "." or match[0].startswith(".."):
        return not (_aside(text, start, match) or _masks_a_name(text, start, match))
    return dot_ends(text, match.start(), following, start)


def _aside(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the stop stands in parentheses that say something by the way: « (sic !) »."""
    if not match[0].endswith((")", "]")):
        return False
    first = max(start, match.start() - 200)
    opening = max(text.rfind("(", first, match.start()), text.rfind("[", first, match.start()))
    return opening > start and text[opening + 1 : opening + 2].islower()


_MASKED = re.compile(r"(?:^|[ (])[A-Z]$")
_MASKED_NEXT = re.compile(rf" [{UPPER}](?:\.\.\.|…)")


def _masks_a_name(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the points stand for the rest of a first name: « Mme F... E... »."""
    first = max(start, match.start() - 2)
    masked = _MASKED.search(text[first : match.start()]) is not None
    return masked and _MASKED_NEXT.match(text, match.end()) is not None


_SHORTENED = re.compile(r"(?:[,;] |\()[^\W\d_]{1,4}\.$")
_FIGURE = re.compile(r"\d|\b[IVXLC]+\b")
_A_NUMBER = re.compile(r"\d|[IVXLC]{2,}(?!\w)")


def _leads_to_a_number(text: str, start: int, dot: int, following: str) -> bool:
    """Tell whether the stop is that of an unknown abbreviation: « Pensées, Laf. 199 »."""
    if not _A_NUMBER.match(following) or not _SHORTENED.search(text[max(start, dot - 7) : dot + 1]):
        return False
    return following[0].isalpha() or _FIGURE.search(text, max(start, dot - 80), dot) is not None


def dot_ends(text: str, dot: int, following: str, start: int = 0) -> bool:
    """Tell whether the full stop at ``text[dot]`` ends a sentence; ``following`` comes after."""
    token_match = _TOKEN.search(text[max(start, dot - 40) : dot + 1])
    token = token_match[0] if token_match else ""
    opens = dot + 1 - len(token) == start
    if opens and _ENUMERATOR.match(token):
        return False
    word_match = _WORD.match(following)
    word = word_match[0].replace("’", "'") if word_match else ""
    at = dot + 1 - len(token), dot + 1
    if is_inner(text, *at) or _leads_to_a_number(text, start, dot, following):
        return False
    held = standing(text, *at)
    if held is not None:
        return _ends_abbreviation(held, word, following)
    if _ACRONYM.fullmatch(token):
        return word in _OPENERS | _ARTICLES or _ends_an_acronym(text, *at, following)
    if not _LETTER_DOT.fullmatch(token) or word in _OPENERS:
        return True
    return _names_something(text, start, *at)


def _names_something(text: str, start: int, first: int, end: int) -> bool:
    """Tell whether the letter at ``text[first:end]`` is a number or a name: « acte V », « plan B ».

    ``start`` is where the sentence begins.
    """
    if text[first] in "IVX" and _NUMBERED.search(text[max(start, end - 25) : end - 1]):
        return True
    if end - first == len("B.") and _BEFORE_A_QUANTITY.search(text, max(start, first - 32), first):
        return True
    before = text[max(start, first - 16) : first].replace("’", " ").replace("'", " ").split()
    return end - first == len("B.") and bool(before) and before[-1].lower() in _LETTERED


def _ends_abbreviation(held: Abbreviation, word: str, following: str) -> bool:
    """Tell whether the sentence ends with an abbreviation; ``following`` begins with ``word``."""
    if word in _OPENERS:
        return held.ends or not held.leads
    return held.ends and not held.leads and following[:1].isalpha()


def _ends_an_acronym(text: str, start: int, end: int, following: str) -> bool:
    """Tell whether the sentence ends with the acronym at ``text[start:end]``, an article's noun.

    It does not before the figure of « la R.N. 20 », nor before what parentheses say of it.
    """
    if following[:1].isdigit() or text[end : end + 2] == " (":
        return False
    elided = text[start] in "dlDL" and text[start + 1] in "'’"
    return elided or _DETERMINED.search(text[max(0, start - 8) : start]) is not None


def opens_a_sentence(text: str, position: int) -> bool:
    """Tell whether a word that can only open a sentence follows a space at ``position``."""
    match = _WORD.match(text, position + 1) if text[position : position + 1] == " " else None
    return match is not None and match[0].replace("’", "'") in _OPENERS


_WORDS_OF_A_SENTENCE = 4
_SAID_TWICE = re.compile(r"\W*(?P<word>\w{2,9}\.),? (?i:(?P=word))$")
"""An abbreviation, and the same again, is a sentence: « Etc., etc. »."""


def closes(text: str, dot: int, said: str) -> bool:
    """Tell whether the stop of an abbreviation at ``text[dot]`` must be heard as a sentence's end.

    It must where the abbreviation is the last word of a sentence of four words or more (shorter,
    the text is more likely a heading or a scrap), unless what it is said like ends with a stop.
    """
    if text[dot : dot + 1] != "." or said.endswith("."):
        return False
    if text[dot + 1 : dot + 2] in (")", "]"):
        return False
    rest = text[dot + 1 : dot + 100].lstrip(' »”"’\u00a0')
    if not rest:
        whole = text.count(" ", 0, dot) + 1 >= _WORDS_OF_A_SENTENCE
        return whole or _SAID_TWICE.match(text, 0, dot + 1) is not None
    if text[dot + 1] != " " or not (rest[0].isupper() or rest[0].isdigit()):
        return False
    return dot_ends(text, dot, rest)


_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=[.!?…]) ",
        r"(?<=[;:]) | (?=[—–] )",
        r"(?<=,) (?=(?:mais|ou|et|donc|or|ni|car|que|qui|dont|où|quand|lorsque|puisque|si)\b)",
        r"(?<=[,)»]) | (?=[(«])",
        r" (?=(?:mais|ou|et|donc|car|que|qui|dont|où|quand|lorsque|puisque|parce)\b)",
        r" (?=(?:de|du|des|à|au|aux|dans|par|pour|sur|sous|avec|sans|en)\b)",
        r" ",
    )
)


def cut(sentence: str, limit: int) -> tuple[str, ...]:
    """Return the sentence in pieces of at most ``limit`` characters, cut at the best places.

    The best is after a semicolon or colon, then after a comma before a conjunction, after any
    comma, before a conjunction, before a preposition, at a space; a word longer than ``limit`` is
    cut where it must. ``" ".join`` gives the sentence back unless such a word was cut.

    >>> cut("Le peuple a le droit de trancher ; il en a aussi le devoir, et le sait.", 40)
    ('Le peuple a le droit de trancher ;', 'il en a aussi le devoir, et le sait.')
    """
    if limit < 1:
        raise ValueError(tr("a limit of {limit} characters leaves no room for any", limit=limit))
    pieces: list[str] = []
    start = 0
    while len(sentence) - start > limit:
        end, following = _best_cut(sentence, start, limit)
        pieces.append(sentence[start:end])
        start = following
    return (*pieces, sentence[start:])


def _best_cut(sentence: str, start: int, limit: int) -> tuple[int, int]:
    earliest = start + limit // 3
    for pattern in _CUTS:
        found = [m.start() for m in pattern.finditer(sentence, start, start + limit + 1)]
        if found and found[-1] > earliest:
            return found[-1], found[-1] + 1
    last = sentence.rfind(" ", start + 1, start + limit + 1)
    return (last, last + 1) if last > 0 else (start + limit, start + limit)
