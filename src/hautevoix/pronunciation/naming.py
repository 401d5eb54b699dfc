"""Proper names: the known ones by their table, others by how they end and begin."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from hautevoix.pronunciation import tables
from hautevoix.pronunciation.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hautevoix.model import Words
    from hautevoix.pronunciation.tables import Name

_GERMAN = "berg|bourg|burg|feld|stein|mann|er|ald|ig|itz|orff|ich|heim|el|i[nl]g"
# Endings and beginnings that French usage says otherwise than eSpeak's rules; the first that fits.
_USAGE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        # Slavic: Poniatowski, Zinoviev, Petrovitch, Mickiewicz, Tolstaïa
        ("owski$", "ovski"),
        ("owska$", "ovska"),
        ("ensk([iya])$", r"énsk\1"),
        ("(?<=[^aeiou])sky$", "ski"),
        ("([iïy])ev$", r"\1ève"),
        ("ie(f|ff)$", "ièf"),
        ("ev$", "ève"),
        ("owi(?:cz|tch|tsch)$", "ovitch"),
        ("wicz$", "vitch"),
        ("owa$", "ova"),
        ("inski$", "innski"),
        # German: Goldberg, Rosenthal, Hoffmann, Wagner, Bauer, Schreiber, Heidelberg
        (f"^w(?=[aeioué].*(?:{_GERMAN})$)", "v"),
        ("^schw", "chv"),
        ("steins?$", "chtaïne"),
        ("mann$", "mane"),
        ("burg$", "bourg"),
        ("thal$", "tal"),
        ("witz$", "vitse"),
        ("(?<=[^aeiou])witsch$", "vitch"),
        ("enberg$", "énberg"),
        ("einer$", "aïneur"),
        ("auer$", "aoueur"),
        ("(?<=[bdfgklmnprstvz])(?<=[^rh][bdfgklmnpstvz])ler$", "lère"),
        ("(?<=nn|ck|gn|ss|ff|tt|st)er$", "ère"),
        # Greek and Latin: Spartacus, Patrocle, Minos, Ménélas, Cortès
        ("us$", "usse"),
        ("os$", "osse"),
        ("ès$", "èsse"),
        ("éas$", "éasse"),
        ("(?<=[iéo])as$", "asse"),
        ("(?<=nid|ond|pid|gor|nel)as$|(?<=él)as$", "asse"),
        ("(?<=[cglmnpr])is$", "isse"),
        # Spanish, Italian, English: Gomez, Boccherini, Lucchese, Johnson, Manning
        ("ez$", "èze"),
        ("^j(?=[aou]?[^aeiou]*o?hn)", "dj"),
        ("gli(?=[aeo])", "li"),
        # French: Desmoulins, Deslauriers
        ("^des(?=[lmvb][aeiou])", "dé"),
        ("cch([ie])", r"qu\1"),
        ("cci$", "tchi"),
        ("ini$", "ini"),
        ("(?<=[a-z])son$", "sone"),
        ("ton$", "tone"),
        ("man$", "mane"),
    )
)
# French names end so too, and are said as French words are: Denis, Robinson no, Breton, Milan.
_FRENCH_ENDINGS = re.compile(
    "(?:denis|louis|paris|alexis|assis|duplessis|plessis|marais|tanis|senlis|avis|lis|cassis|dupuis"
    "|ridan|danton|breton|.{1,3}ton|caton|platon|charenton|menton|.*eton|.*[aeo]nton|.*illon|.*isson"
    "|.*esson|.*asson|.*usson|.*osson|.*aison|.*ouis|.*[bdv]ois|.*ais|dechamps|.*ous|clos|.*[aeo]los"
    "|jésus|.*eaus|.*uis|ruth|roman|.{0,2}man|.*oman|.*[ui]man)$"
)


_SILENT = tuple("es x t ais ois ains iens éens ols ifs cs ands ards eurs és".split())
_CONSONANTS = frozenset("sztdnkɡʃʒ")
# Words that a title or a place begins with, and that name nobody: « Les Misérables »,
# « Saint-Jean », « Faut-il »; they are said as they are, with a capital or without.
_NO_NAMES = frozenset(
    """
        le la les l un une des du de d au aux à ce cet cette ces mon ma mes ton ta tes son
        sa ses notre nos votre vos leur leurs je tu il elle on nous vous ils elles me te
        se qui que quoi dont où quel quelle quels quelles et ou ni mais or donc car si
        comme quand lorsque puisque pourquoi comment combien dans par pour sur sous avec
        sans chez vers entre contre depuis pendant avant après dès voici voilà ne pas plus
        tout toute tous toutes faut est sont a ont était sera fut va vont peut doit y en
        saint sainte saints saintes monsieur messieurs madame mesdames mademoiselle
        mesdemoiselles monseigneur sire maître docteur abbé père mère frère sœur
    """.split()
)
_OPENS = re.compile(r'[.!?…:»«“"—–\n]')  # after these, any word has a capital


def occurrences(several: Iterable[Words]) -> Counter[str]:
    """Return how often each proper name stands in texts.

    A name is a word with a capital that stands once at least where no sentence begins, and not
    mostly in small letters (« curé »). What a lexicon settles is none, nor is « Les »
    or « Saint ».
    """
    capitals: Counter[str] = Counter()
    small: Counter[str] = Counter()
    sure: set[str] = set()
    for text in several:
        line = Line(text.text, [(span.start, span.end) for span in text.spans])
        for index, word in enumerate(line.written):
            if index in line.settled or word.endswith("'") or word.isupper():
                continue
            if word.lower() in _NO_NAMES:
                continue
            (capitals if line.is_capital(index) else small)[word] += 1
            if is_name(line, index):
                sure.add(word)
    names = {name: count for name, count in capitals.items() if name in sure}
    return Counter({name: count for name, count in names.items() if small[name.lower()] < count})


def known(written: str) -> Name | None:
    """Return the name of the table that a word is, in capitals too."""
    table = tables.names()
    found = table.get(written)
    return found or (table.get(written.capitalize()) if written.isupper() else None)


def is_name(line: Line, index: int) -> bool:
    """Tell whether a word is a proper name for sure: a capital where no sentence begins."""
    if not line.is_capital(index) or line.written[index].isupper():
        return False
    if index == 0:  # a name alone, or with its first name: « Jan Poniatowski »
        return len(line.capitals) == len(line.keys)
    return _OPENS.search(line.gaps[index - 1]) is None


def ends_aloud(line: Line, index: int) -> bool:
    """Tell whether the last consonant of a name is heard whatever follows, or may be: « Texas »."""
    name = known(line.written[index])
    if name is not None:
        return name.ipa[-1] in _CONSONANTS
    return is_name(line, index) and not line.keys[index].endswith(_SILENT)


@functools.lru_cache(maxsize=4096)
def by_usage(key: str) -> str | None:
    """Return how an unknown name (in small letters) is spelled, None as it is.

    >>> by_usage("poniatowski"), by_usage("goldstein"), by_usage("durand")
    ('poniatovski', 'goldchtaïne', None)
    """
    if key in tables.common() or _FRENCH_ENDINGS.fullmatch(key):
        return None
    return told if (told := ruled(key)) != key else None


def ruled(key: str) -> str:
    """Return what the endings alone make of a word, for the table of those that they get wrong."""
    told = key
    for pattern, said in _USAGE:
        told = pattern.sub(said, told, count=1)
    return told
