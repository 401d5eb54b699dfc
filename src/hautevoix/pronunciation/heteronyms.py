"""Words that are said in two ways, by their neighbours: a closed list.

Lexique has 78 such forms; a handful more are told by grammar alone (« portions », « tous »). Each
rule names the reading that eSpeak would not find, and when it holds; elsewhere eSpeak's stands.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from hautevoix.pronunciation.line import HYPHENS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hautevoix.pronunciation.line import Line

    Holds = Callable[[Line, int], bool]

_PLURAL_ARTICLES = frozenset(
    "les des ces mes tes ses nos vos leurs aux deux trois quatre cinq six quelques plusieurs "
    "certains certaines tous toutes quels quelles".split()
)
_SINGULAR_ARTICLES = frozenset(
    "le la un une ce cet cette mon ma ton ta son sa notre votre leur du au aucun aucune chaque "
    "quel quelle l' d' de".split()
)
_CLITICS = frozenset("ne n' me m' te t' se s' le la l' les lui leur y en nous vous".split())
_NEGATED = frozenset(("ne", "n'", "non", "pas", "jamais", "sans", "rien"))
_NUMBERS = frozenset(
    "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize vingt trente quarante cinquante soixante cent mille".split()
)
# What ends in s or x before a word in -ent without being a plural noun.
_NO_NOUNS = frozenset(
    "très plus moins mais pas jamais toujours puis sans dans sous dès depuis après vers chez "
    "hors envers alors certes ailleurs assez trop fois temps suis es sommes êtes étais deviens "
    "parais rends vous nous les des ces aux mes tes ses nos vos leurs deux trois six dix mieux "
    "peux veux gros mauvais faux vieux heureux français anglais corps".split()
)
_THREADS = frozenset(
    "électrique électriques télégraphique télégraphiques téléphonique téléphoniques barbelé "
    "barbelés conducteur conducteurs métallique métalliques fer soie laine coton lin cuivre "
    "acier nylon chanvre argent archal trame chaîne aiguille araignée couture téléphone "
    "télégraphe machine tendu tendus invisibles dentaire dentaires trotteur trotteurs "
    "aplomb".split()
)


class Heteronym(NamedTuple):
    """A reading that eSpeak would not find: ``spelling`` where ``holds`` does; ``why`` names it."""

    spelling: str
    holds: Holds
    why: str


def reading(line: Line, index: int) -> Heteronym | None:
    """Return the reading that the neighbours of a word call for, None for eSpeak's own."""
    for heteronym in readings().get(line.keys[index], ()):
        if heteronym.holds(line, index):
            return heteronym
    return None


def _subject(line: Line, index: int) -> str:
    """Return the subject pronoun before a verb, beyond « ne », « le », « y »…; nothing if none."""
    for key in line.before(index, 4):
        if key not in _CLITICS or key in ("nous", "vous"):
            return key
    return ""


def _after_pronoun(*pronouns: str) -> Holds:
    return lambda line, index: _subject(line, index) in pronouns


def _is_verb_of_many(line: Line, index: int) -> bool:
    """Tell whether a word in -ent is a verb in the plural: « ils le », « les soldats », « qui ».

    An adjective after a plural noun would be a plural too.
    """
    subject = _subject(line, index)
    if subject in ("ils", "elles"):
        return True
    near = line.before(index, 3)
    while near and near[0] in _CLITICS - {"nous", "vous", "leur"}:
        near = near[1:]
    if near and near[0] == "qui":
        near = near[1:]
        return bool(near) and (_is_plural_noun(near[0]) or near[0] in ("ceux", "celles"))
    return bool(near) and _is_plural_noun(near[0])


def _is_plural_noun(key: str) -> bool:
    return len(key) > 2 and key[-1] in "sx" and key not in _NO_NOUNS  # no word has two


def _after_i(line: Line, index: int) -> bool:
    return _subject(line, index) in ("je", "j'", "tu")


def _is_noun(line: Line, index: int) -> bool:
    near = line.before(index, 1)
    known = bool(near) and near[0] in _SINGULAR_ARTICLES | _PLURAL_ARTICLES | {"et", "en", "tourne"}
    return known and not _after_i(line, index)


def _is_plural(line: Line, index: int) -> bool:
    near = line.before(index, 2)
    if near and near[0] in ("vieux", "gros", "petits", "grands", "beaux", "pauvres"):
        near = near[1:]
    return bool(near) and near[0] in _PLURAL_ARTICLES


def _is_thread(line: Line, index: int) -> bool:
    keys = line.after(index, 3)
    if keys and keys[0] in ("de", "d'", "du", "à", "des"):
        keys = keys[1:]
    return any(key in _THREADS for key in keys[:2])


def _is_all_before_noun(line: Line, index: int) -> bool:
    """Tell whether « tous » stands before what it counts: « tous les », « de tous côtés »."""
    following = next(iter(line.after(index)), "")
    if not following:
        return False
    if following in _PLURAL_ARTICLES - {"tous", "toutes"} | {"ceux"}:
        return True
    near = line.before(index, 1)
    counted = following[-1] in "sx" and following not in _NO_NOUNS
    prepositions = ("de", "à", "en", "par", "pour", "sur", "contre", "dans", "sous")
    return counted and bool(near) and near[0] in prepositions


def _is_more(line: Line, index: int) -> bool:
    """Tell whether « plus » adds: last in its clause and not denied, or between two numbers."""
    previous, following = line.before(index, 1), line.after(index)
    if previous and following and _NUMBERS.issuperset(previous + following):
        return True
    if following:
        return False
    near = line.before(index, 12)
    return bool(near) and _NEGATED.isdisjoint(near)


def _is_east(line: Line, index: int) -> bool:
    near = line.before(index, 2)
    if not near:
        return False
    if near[0] in ("nord", "sud"):
        return True
    where = ("de", "à", "vers", "dans", "par", "sur", "depuis", "et", "plein", "pour", "jusqu'à")
    article = near[0] == "l'" and (len(near) == 1 or near[1] in where)
    capital = line.is_capital(index)
    verb = len(near) > 1 and near[1] in ("il", "elle", "qui", "ne", "ce", "on", "je")
    # « L'est-il ? » asks; « L'est » of a clause is a place before a verb alone.
    return (article and (len(near) > 1 or capital)) or (capital and not verb and near[0] != "c'")


def _never_inverted(line: Line, index: int) -> bool:
    """Tell whether « as » is a card or a champion."""
    inverted = line.gaps[index] in HYPHENS and line.after(index) == ["tu"]
    return not inverted and _subject(line, index) not in ("tu", "t'", "toi")


def _is_trusting(line: Line, index: int) -> bool:
    """Tell whether « fier » is the verb: « se fier à »."""
    near = line.before(index, 2)
    return bool(near) and near[0] in ("se", "me", "te", "s'", "m'", "t'", "y")


def _after_we(line: Line, index: int) -> bool:
    near = line.before(index, 5)
    while near and near[0] in _CLITICS - {"nous", "vous"}:
        near = near[1:]
    prepositions = ("de", "à", "pour", "avec", "entre", "chez", "sur", "sans", "par", "vers")
    return bool(near) and near[0] == "nous" and not (near[1:2] and near[1] in prepositions)


# Nouns and adjectives whose form is a verb's too: eSpeak takes some for one, some for the other.
_IN_ENT = (
    "président content excellent évident urgent couvent violent équivalent parent ferment insolent "
    "émergent négligent somnolent affluent expédient influent résident confluent divergent "
    "convergent coïncident adhèrent différent précèdent pressent convient"
)
_IN_TIONS = (
    "actions intentions éditions inventions options exceptions objections notions portions "
    "exécutions rations contractions affections acceptions inspections mentions prospections "
    "adoptions sélections interceptions relations attentions contentions détentions désertions "
    "exemptions "
    "infections injections projections sanctions sections collections perfections réfections "
    "confections directions éjections fractions factions captions dictions frictions"
)


@functools.cache
def readings() -> Mapping[str, tuple[Heteronym, ...]]:
    """Return, for each form, what eSpeak would not find, tried in order."""
    verbs = "a verb in the plural"
    table: dict[str, tuple[Heteronym, ...]] = {
        "est": (Heteronym("èste", _is_east, "a point of the compass"),),
        "as": (
            Heteronym("asse", _never_inverted, "a card, a champion"),
            Heteronym("a", lambda *_: True, "the verb avoir"),
        ),
        "fils": (
            Heteronym("file", _is_thread, "threads"),
            Heteronym("fisse", lambda *_: True, "a son"),
        ),
        "sens": (
            Heteronym("san", _after_pronoun("je", "j'", "tu"), "the verb sentir"),
            Heteronym("sensse", lambda *_: True, "a noun"),
        ),
        "vis": (Heteronym("visse", _is_noun, "a screw"),),
        "lis": (Heteronym("lisse", _is_noun, "a lily"),),
        "os": (
            Heteronym("ô", _is_plural, "bones"),
            Heteronym("osse", lambda *_: True, "a bone"),
        ),
        "tous": (
            Heteronym("tou", _is_all_before_noun, "before a noun"),
            Heteronym("tousse", lambda *_: True, "a pronoun"),
        ),
        "plus": (Heteronym("plusse", _is_more, "more"),),
        "fier": (Heteronym("fié", _is_trusting, "the verb se fier"),),
        "bus": (Heteronym("bu", _after_pronoun("je", "tu"), "the verb boire"),),
        "but": (Heteronym("bu", _after_pronoun("il", "elle", "on", "qui"), "the verb boire"),),
        "sus": (Heteronym("su", _after_pronoun("je", "tu"), "the verb savoir"),),
    }
    for word in _IN_ENT.split():
        table[word] = (Heteronym(f"{word[:-3]}e", _is_verb_of_many, verbs),)
    table["pressent"] = (
        Heteronym("pressant", _after_pronoun("il", "elle", "on"), "the verb pressentir"),
        Heteronym("presse", lambda *_: True, "the verb presser"),
    )
    table["négligent"] += (Heteronym("négligeant", lambda *_: True, "an adjective"),)
    for word in _IN_TIONS.split():
        table[word] = (Heteronym(f"{word[:-4]}yon", _after_we, "a verb after nous"),)
    return table
