"""Who speaks in dialogue: what is said, what the narrator says between, and whose words they are.

« — Non, répondit le notaire, je ne signe pas. » has three parts: the notary's, the narrator's
(an *incise*), the notary's. A speaker is told where the text names one: a proper name, or « le
notaire ». A pronoun, « un homme » and « son père » name nobody for sure, and nobody is guessed from
the turns of a conversation: precision comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.model import Kind
from hautevoix.scripting.clauses import ADDRESSED, narrated_clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hautevoix.model import Paragraph

# Verbs by which a novelist has somebody speak, in the third person of the tenses of a tale; those
# with « s' » are told without it. From novels of the 19th and 20th centuries; « fit » and « rit »
# tell of speech only where they stand in an incise, as all of these do.
_PAST = """
    accorda acheva admit affirma ajouta annonça appela approuva articula assura avança avoua
    balbutia bégaya bougonna bredouilla chantonna chuchota clama commanda commença compléta
    concéda conclut confessa confia confirma conseilla constata continua corrigea coupa cria
    déclama déclara demanda démentit dit ergota étonna enquit exclama excusa exigea expliqua
    emporta écria fit fulmina gémit glapit glissa gouailla grogna gronda grommela hasarda hurla
    implora impatienta indigna informa inquiéta insinua insista interrogea interrompit intervint
    ironisa jeta jura lâcha lança marmonna marmotta martela maugréa murmura nasilla nia nota
    objecta observa opina opposa ordonna persifla plaida plaignit plaisanta poursuivit précisa
    pressa prévint proclama proféra prononça promit proposa protesta questionna railla raconta
    rappela récita récria recommanda recommença reconnut rectifia refusa regimba rejeta remarqua
    remercia renchérit répéta répliqua répondit reprit résuma rétorqua révéla ricana riposta rit
    ronchonna rugit salua sanglota siffla signala souffla souhaita soupira sourit soutint
    suggéra supplia susurra tempêta tonna trancha vociféra voulut
""".split()
_PRESENT = """
    affirme ajoute annonce appelle assure avoue balbutie bredouille chuchote commente commence
    conclut confie confirme constate continue coupe crie déclare demande dit étonne enquiert
    exclame excuse explique écrie fait gémit glisse grogne gronde hasarde hurle indigne inquiète
    insiste interroge interrompt intervient ironise jure lâche lance marmonne murmure note
    objecte observe ordonne plaisante poursuit précise prévient proclame propose proteste
    questionne raconte rappelle réclame reconnaît rectifie remarque renchérit répète réplique
    répond reprend rétorque ricane riposte rit sanglote souffle soupire sourit suggère supplie
    susurre tonne tranche
""".split()
_PLURAL = """
    dirent répondirent reprirent crièrent écrièrent demandèrent firent ajoutèrent murmurèrent
    répétèrent répliquèrent exclamèrent hurlèrent
""".split()
_SAID = "dit répondu demandé crié murmuré ajouté repris fait répliqué lancé soufflé déclaré"
_FIRST = "dis répondis fis repris demandai écriai criai murmurai ajoutai continuai répliquai"
_CLITICS = r"(?:(?:me|te|se|lui|leur|nous|vous|y|en)\s|[mts][’'])*"
_IMPERFECT = [f"{verb}it" for verb in _PAST if verb.endswith("a")]  # ajoutait, commençait
_IMPERFECT += "disait répondait reprenait faisait poursuivait".split()
_SURE = {*_PAST, *_IMPERFECT, *_PLURAL, *(verb for verb in _PRESENT if not verb.endswith("e"))}
_COMPOUND = (
    rf"{_CLITICS}(?:a|avait|eut|ont|avaient)(?:-t)?(?:-(?:il|elle|on|ils|elles))?"
    rf"\s(?:{'|'.join(_SAID.split())})"
)


def _any(verbs: Iterable[str]) -> str:
    """Return what matches one of ``verbs`` with the pronouns before it, or a compound tense."""
    return rf"(?:{_CLITICS}(?:{'|'.join(sorted(verbs, key=len, reverse=True))})|{_COMPOUND})"


CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ][\w’'-]*"
"""A word with a capital, as names are."""
INITIAL = r"[A-ZÀ-ÖØ-ÞŒ][a-z]?\."
"""What a given name may be cut to: « J. », « Ch. »."""
# « J.-T. Maston », « Ch. Bovary »; but « dit Mme X. Je pars » has two sentences
_OPENER = (
    r"(?:Je|J|Tu|Il|Elle|On|Nous|Vous|Ils|Elles|Le|La|Les|L|Un|Une|Des|Ce|C|Cela|Ça|Ces|Cette|Et"
    r"|Mais|Puis|Alors|Oui|Non|Ah|Oh|Eh|Si|Ne|N|Que|Qui|Quel|Quelle|Où|Pourquoi|Comment|Quand"
    r"|Mon|Ma|Mes|Son|Sa|Ses|Votre|Vos|Notre|Nos|En|Y|À|A|Au|Dans|Pour|Par|Avec|Voilà|Voici)\b"
)
_INITIALS = rf"(?:{INITIAL}[\s-]?(?!{_OPENER}))*"
_TITLED = (
    r"(?:MM?\.|Mmes?|Mlles?|Mgr|Me|Dr"
    r"|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Mm]onseigneur|[Mm]aître)"
)
_NAME = (
    rf"(?:{_TITLED}\s(?:(?:de|du|des|la|le)\s)*)?(?:d[’'])?{_INITIALS}{CAPITAL}"
    rf"(?:\s(?:(?:de|du|des|la|le|von|van)\s|d[’'])*{CAPITAL})*"
)
_QUALITIES = (  # those that stand before a noun
    "jeune|vieux|vieil|vieille|petit|petite|grand|grande|gros|grosse|bon|bonne|pauvre|brave|digne"
    "|cher|chère|honorable|excellent|excellente|malheureux|malheureuse|bouillant|fougueux|vaillant"
    "|vaillante|terrible|fidèle|célèbre|illustre|noble|intrépide|charmant|charmante|impétueux"
)
_NOUN = (
    rf"(?:(?:le|la)\s|l[’'])(?:(?:{_QUALITIES})\s)?[a-zà-öø-ÿœ]{{2,}}(?:-[a-zà-öø-ÿœ]+)*"
    rf"(?:\s{_INITIALS}{CAPITAL})*"  # « le père Goriot », « le bouillant J.-T. Maston »
)
# Pinned by speakers-of-a-novel.
_BY_NAME = re.compile(rf"^l(?:[ea]\s|’).*?\s(?={INITIAL}[\s-]?\S)")
"""What is said of somebody before his initials: « le bouillant J.-T. Maston »."""
_NOBODY = (  # named by what no other book would call him
    r"(?:un|une|deux|quelqu[’']un|son|sa|ses|mon|ma|mes|notre|nos|votre|leur|ce|cet|cette|ces|les|des"
    r"|celui|celle|l[’']un|l[’']une|l[’']autre|le\smême|la\smême|tout|tous|chacun)\b"
)
_REST = (
    rf"(?:MM?\.|Mgr\.|\b{INITIAL}(?=[\s-]?[A-ZÀ-ÖØ-ÞŒ])(?!\s{_OPENER})"
    r"|[^.,;:!?…»«\n—–]|(?<=\w)’)*"
)
_ADVERB = (
    r"(?:observer\s|remarquer\s|toujours\s|[a-zà-ÿ]+ment\s|alors\s|enfin\s|aussitôt\s|encore\s)?"
)
# « Prenez l'eau, ajoute le sel » is a recipe's: what may be an imperative needs a proper name.
_INCISE = re.compile(
    rf"(?<=[,!?…»;—–])\s(?P<incise>(?:{_any({*_PRESENT, *_SURE})}(?:-t)?-(?:il|elle|on|ils|elles)\b"
    rf"|{_CLITICS}(?:{'|'.join(_FIRST.split())})-je\b"
    rf"|{_any(_SURE)}\s{_ADVERB}(?:{_NOBODY}|(?P<name>{_NAME}|{_NOUN}))"
    rf"|{_any(_PRESENT)}\s{_ADVERB}(?P<proper>{_NAME}))"
    rf"{_REST})(?P<end>[.,;:!?…—–]|$)",
)
_GUILLEMETS = re.compile(r"«[^«»]*(?:«[^«»]*»[^«»]*)*»")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph, ``text[start:end]``: speech, or the narrator's words between.

    ``character`` is who speaks, where the text says so.
    """

    start: int
    end: int
    speech: bool
    character: str | None = None


def parts(paragraph: Paragraph) -> tuple[Part, ...]:
    """Return the parts of a paragraph of dialogue, in order, from its first sign to its last.

    >>> from hautevoix.model import Kind, Paragraph
    >>> text = "— Non, répondit le notaire, je ne signe pas."
    >>> for part in parts(Paragraph(Kind.DIALOGUE, text)):
    ...     print(part.speech, part.character, text[part.start : part.end].strip())
    True le notaire — Non,
    False None répondit le notaire,
    True le notaire je ne signe pas.
    """
    if paragraph.kind is not Kind.DIALOGUE:
        return ()
    text = paragraph.text
    incises = [_incise(text, match) for match in _INCISE.finditer(text)]
    narrated = sorted({*_outside(text), *((one.start, one.end) for one in incises)})
    who = _one_name(incises)
    merged = list(_merged(narrated))
    return tuple(_parted(text, merged, who, _closed(text, incises)))


@dataclass(frozen=True, slots=True)
class _Incise:
    """What the narrator says between, ``text[start:end]``; whom it names, by which sign it ends."""

    start: int
    end: int
    name: str | None
    sign: str


def _incise(text: str, match: re.Match[str]) -> _Incise:
    """Return an incise, with the relative clause that belongs to whom it names."""
    start, end, sign = match.start("incise"), match.end(), match["end"]
    clause = narrated_clause(text, start, end) if sign == "," else None
    if clause:
        end, sign = clause.end(), clause["end"]
    return _Incise(start, end, _plain(match["name"] or match["proper"]), sign)


def between(text: str, narrated: list[tuple[int, int]], who: str | None) -> tuple[Part, ...]:
    """Return the parts of what ``who`` says, but for the stretches that are ``narrated``.

    >>> [(part.speech, part.start, part.end) for part in between("A : oui.", [(0, 4)], "A")]
    [(False, 0, 4), (True, 4, 8)]
    """
    return tuple(_parted(text, list(_merged(narrated)), who, len(text)))


def cast_name(name: str, cast: Iterable[str]) -> str | None:
    """Return which of the ``cast`` (as ``key`` has them) a character is, by its last words.

    >>> cast_name("le père Goriot", {"goriot"}), cast_name("Homaisot", {"homais"})
    ('goriot', None)
    """
    full = key(name)
    return next((one for one in cast if full == one or full.endswith(f" {one}")), None)


def key(name: str) -> str:
    """Return what tells a character's name from others, however it is typed.

    >>> key("D'Artagnan") == key("d’artagnan")
    True
    """
    return " ".join(name.replace("’", "'").casefold().split())


def _one_name(incises: list[_Incise]) -> str | None:
    """Return the name that the incises give: none where they give several."""
    names = {incise.name for incise in incises if incise.name}
    return names.pop() if len(names) == 1 else None


def _plain(name: str | None) -> str | None:
    """Return a name with single spaces and a set apostrophe, however it was typed.

    >>> _plain("le bouillant  J.-T. Maston"), _plain("le père Goriot")
    ('J.-T. Maston', 'le père Goriot')
    """
    return _BY_NAME.sub("", " ".join(name.split()).replace("'", "’")) if name else None


def _closed(text: str, incises: list[_Incise]) -> int:
    """Return where an incise ends its sentence, beyond which it is not told who speaks."""
    ends = [incise.end for incise in incises if incise.sign == "."]
    return ends[0] if ends else len(text)


def _outside(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands outside guillemets, where they are how speech is set."""
    if not text.startswith("«"):
        return
    spans = [match.span() for match in _GUILLEMETS.finditer(text)]
    if spans and spans[0][0]:  # « L’«Atlanta» part: the outer ones close in another paragraph
        return
    edges = [(0, 0), *spans, (len(text), len(text))]
    for (_, end), (start, _) in pairwise(edges):
        if text[end:start].strip(" .,;"):
            yield end, start


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield ``spans`` in order, those that meet as one."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        if held and start <= held[1]:
            held = held[0], max(end, held[1])
            continue
        if held:
            yield held
        held = start, end
    if held:
        yield held


def _parted(
    text: str, narrated: list[tuple[int, int]], who: str | None, closed: int
) -> Iterator[Part]:
    at = 0
    for start, end in [*narrated, (len(text), len(text))]:
        if start > at:
            sure = at < closed or ADDRESSED.search(text[at:start]) is not None
            yield Part(at, start, speech=True, character=who if sure else None)
        if end > start:
            yield Part(start, end, speech=False)
        at = end
