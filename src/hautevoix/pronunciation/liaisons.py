"""Which words are linked with the next: what must be, what may be, what no reader does.

eSpeak links nearly every last s, x, z and many a t, d and n. Here a word is linked if it is of
those that are (articles, pronouns, prepositions, short adverbs, adjectives before their noun), and
else kept apart; by the usual division into obligatory, optional and forbidden liaisons.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from hautevoix.model.options import Liaisons
from hautevoix.pronunciation.line import HYPHENS
from hautevoix.pronunciation.linking import apart, is_linkable, linked
from hautevoix.pronunciation.onsets import begins_with_vowel

if TYPE_CHECKING:
    from hautevoix.pronunciation.line import Line

# Linked with whatever comes, but for what _NEVER_AFTER names.
_ARTICLES = frozenset(
    "les des ces mes tes ses nos vos aux leurs un mon ton son aucun quels quelles quelques "
    "plusieurs certains certaines divers diverses différents différentes maints maintes tous "
    "toutes tout autres mêmes deux trois six dix cents vingts cent vingt deuxième".split()
)
_PRONOUNS = frozenset("nous vous ils elles on en dont".split())
_SMALL_WORDS = frozenset(
    "dans sans sous chez dès très plus moins bien rien mieux quand quant pas jamais fort tant "
    "trop assez depuis après toujours est sont ont était étaient soit suis puis mais vers".split()
)
# Linked in careful speech, left out by most who read novels today.
_OPTIONAL_WORDS = frozenset("suis puis mais vers depuis après toujours assez fort tant".split())
# Adjectives that go before their noun, in all forms.
_ADJECTIVES = frozenset(
    "ancien anciens anciennes beaux belles bon bons bonnes brefs brèves brillants certain chers "
    "chères derniers dernières dernier doux douces énormes étranges excellents excellentes faux "
    "fausses fols folles francs grand grands grandes gros grosses hauts hautes heureux "
    "heureuses honnêtes immenses jeunes jolis jolies joyeux joyeuses justes légers légères "
    "lents lentes longs longues lourds lourdes mauvais mauvaises meilleurs meilleures menus "
    "menues moindres moyen moyens nobles nombreux nombreuses nouveaux nouvelles petit petits "
    "petites plein pleins pleines pauvres premier premiers premières précieux profonds "
    "profondes prochain prochains prochaines propres purs pures puissants puissantes rares "
    "riches rudes sages saint saints saintes second seconds secondes seuls seules simples "
    "sombres tels telles terribles tristes vain vains vaines vastes vieilles vieux vifs vilain "
    "vilains vilaines vrais vraies infâmes divin divins commun lointain illustres lointains "
    "furieux furieuses délicieux malheureux malheureuses misérables admirables charmants "
    "charmantes humbles larges fiers fières gentils gentilles quelconques".split()
)
# What a noun is not: after an adjective or a number these end its group (« les grands ont »).
_NO_NOUN = frozenset(
    "et ou où à au aux en y est étaient était ont a avait avaient eut eurent aura auront ait "
    "aient ai as avez avons êtes es ira iront irait iraient allait allaient il elle on ils "
    "elles entre avant après avec alors ainsi aussi encore enfin ensuite autant autour eux ici "
    "hors or outre étant ayant afin assez un une aucun aucune arrivent arrivaient entrent "
    "entraient entrèrent arrivèrent allèrent attendaient attendent aiment aimaient apprennent "
    "ouvrent ouvraient".split()
)
_NEVER_AFTER = {
    # Words that no article, preposition or adverb is linked with.
    "est": frozenset(("et", "ou")),
    "un": frozenset(("et", "ou", "à", "est", "a", "ou")),
    "en": frozenset(("et", "ou")),
    "rien": frozenset(("et", "ou")),
    "vingt": frozenset(),
    "cent": frozenset(("un", "une", "et")),
    "cents": frozenset(("un", "une", "et")),
    "vingts": frozenset(("un", "une", "et")),
    "tous": frozenset(("et", "ou", "est", "à", "au", "aux", "en")),
    "tout": frozenset(("ou",)),
    "aucun": _NO_NOUN,
    **dict.fromkeys(
        "leurs autres deux trois six dix plusieurs certains certaines divers toutes".split(),
        _NO_NOUN,
    ),
}
_LINKED = _ARTICLES | _PRONOUNS | (_SMALL_WORDS - _OPTIONAL_WORDS)
_WITH_THEIR_WORD = _PRONOUNS | {"son", "mon", "ton", "un"}
_NOT_BEFORE = {
    **dict.fromkeys(("son", "mon", "ton"), ("le", "un", "du", "au", "ce", "quel", "aucun")),
    "un": ("l'", "quelqu'"),
}
_NEVER = frozenset(("et", "ou", "où"))
# Word, next word: what is heard between them, though eSpeak's French has nothing there.
_SET_PHRASES = {
    ("comment", "allez"): "commante",
    ("comment", "allait"): "commante",
    ("mot", "à"): "mote",
    ("champs", "élysées"): "chanze",
    ("champs", "élyséens"): "chanze",
    ("moyen", "âge"): "moyène",
    ("moyen", "orient"): "moyène",
    ("moyen", "âgeux"): "moyène",
    ("pied", "à"): "piète",
    ("pieds", "à"): "pié",
    ("avant", "hier"): "avante",
    ("pot", "au"): "pote",
    ("pot", "à"): "pote",
    ("arts", "et"): "arze",
    ("ponts", "et"): "ponze",
    ("sang", "impur"): "sanque",
    ("guet", "apens"): "guète",
    ("nations", "unies"): "nassionze",
    ("temps", "en"): "tanze",
    ("temps", "à"): "tanze",
    ("michel", "ange"): "miquel",
    ("bourg", "en"): "bourque",
}
# The n of an adjective is heard, and its vowel is no longer through the nose.
# Those that are set phrases only before one of these words: « mot à mot », not « mot à la fin ».
_THIRD = {
    ("mot", "à"): frozenset(("mot",)),
    ("pied", "à"): frozenset(("terre",)),
    ("pieds", "à"): frozenset(("terre",)),
    ("pot", "à"): frozenset(("eau", "l'")),
    ("pot", "au"): frozenset(("feu", "noir", "lait")),
    ("temps", "à"): frozenset(("autre",)),
    ("temps", "en"): frozenset(("temps",)),
    ("arts", "et"): frozenset(("métiers", "manufactures")),
    ("ponts", "et"): frozenset(("chaussées",)),
    ("bourg", "en"): frozenset(("bresse",)),
}
_BEFORE_NOUN = {
    "ancien": "anciène",
    "moyen": "moyène",
    "vain": "vène",
    "vilain": "vilène",
    "divin": "divine",
    "lointain": "lointène",
    "commun": "comeune",
    "saint": "sainte",
}
_OPEN_END = re.compile("[aéèêioôuû]$")  # a vowel is heard last
_GAPS = frozenset((" ", "-", "\u00a0", "\u202f", "‐", "‑"))
_VOWELS = frozenset("aeiouyhàâäæéèêëîïôöœùûü")
_ENDS = frozenset("sxztdnlg")  # l and g: « Michel-Ange », « Bourg-en-Bresse »
_INVERTED = frozenset("il elle on ils elles".split())
_UNHEARD = re.compile("(?:d|rt|[iv]ient|tient|^m?ment|sent)$")
_FIGURES = frozenset(
    "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize".split()
)


def possible(line: Line) -> list[int]:
    """Return the numbers of the words that a liaison may be thought of with the next: a glance."""
    return [
        index
        for index, (key, following) in enumerate(itertools.pairwise(line.keys))
        if (key[-1] in _ENDS and following[0] in _VOWELS) or key == "vingt"
    ]


def spelling(line: Line, index: int, style: Liaisons) -> str | None:
    """Return how a word is spelled so that it is linked with the next, or is not; None as it is."""
    key, following, gap = line.keys[index], line.keys[index + 1], line.gaps[index]
    if gap not in _GAPS:
        return None
    if gap in HYPHENS and following in _INVERTED:
        return linked(key, "t") if _UNHEARD.search(key) else None
    if key == "vingt" and line.before(index, 1) == ["quatre"]:
        return "vin" if following in _FIGURES and gap in HYPHENS else None
    return _in_set_phrase(line, index) or _before_vowel(line, index, style)


def _in_set_phrase(line: Line, index: int) -> str | None:
    """Return how a word is spelled in a phrase that is always linked, None outside of one."""
    pair = line.keys[index], line.keys[index + 1]
    spelling, thirds = _SET_PHRASES.get(pair), _THIRD.get(pair)
    if spelling and thirds and line.after(index + 1, 1)[:1] not in [[third] for third in thirds]:
        return None
    return spelling


def _before_vowel(line: Line, index: int, style: Liaisons) -> str | None:
    key, following, told = line.keys[index], line.keys[index + 1], line.spellings.get(index)
    if not is_linkable(key) or not begins_with_vowel(following):
        return None
    if _is_linked(line, index, style):
        return _linked(key, following, told)
    return None if told else apart(key)


def _linked(key: str, following: str, told: str | None) -> str | None:
    """Return a word whose last consonant shall be heard; ``told`` is how it is spelled so far."""
    if key in ("vingt", "cent"):
        return None if following in ("et", "un", "une") else linked(key, "t")
    if key in _BEFORE_NOUN:
        return _BEFORE_NOUN[key]
    if told and key[-1] in "sx" and _OPEN_END.search(told):
        return linked(told, "z")
    return None


def _is_linked(line: Line, index: int, style: Liaisons) -> bool:
    key, following = line.keys[index], line.keys[index + 1]
    if line.gaps[index] in HYPHENS and key not in _PRONOUNS:
        return True  # « peut-être », « c'est-à-dire »: one word
    if key in _WITH_THEIR_WORD and not _is_before_what_it_goes_with(line, index):
        return False
    if key in _ADJECTIVES:
        return following not in _NO_NOUN
    solemn = style is Liaisons.SOLEMN
    linked_here = key in _LINKED or (solemn and (key in _OPTIONAL_WORDS or _may_be(key, following)))
    return linked_here and following not in _NEVER_AFTER.get(key, _NEVER)


def _is_before_what_it_goes_with(line: Line, index: int) -> bool:
    """Tell whether a pronoun goes before its verb, « son » before its noun: not « a-t-on eu »."""
    if index and line.gaps[index - 1] in HYPHENS:
        return False
    near = line.before(index, 1)
    return not near or near[0] not in _NOT_BEFORE.get(line.keys[index], ())


def _may_be(key: str, following: str) -> bool:
    """Tell whether a solemn reader links two words: a plural, or a verb, before what it rules."""
    many = key[-1] in "sx" and following not in _NO_NOUN
    return many or key.endswith(("ent", "ait", "ont", "ais", "ez"))
