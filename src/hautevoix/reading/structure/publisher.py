"""What is the publisher's, not the author's: imprint, legal deposit, notices of digital libraries.

It stands before the text or after it, and is told by its words; a line of it alone proves little,
several close together do. « © 2019, Éditions du Pré » over « ISBN : 978-2-… » is an imprint; a
story whose hero reads « copyright » on a page is none, for story stands on both sides of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from hautevoix.reading.language.punctuation import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

# What no author writes before or after a text.
_SURE = re.compile(
    r"\b(?:e-?ISBN|ISBN|ISSN)\b|©|\(c\) ?(?:1[89]|20)\d\d|\bcopyright\b"
    r"|\btous droits\b.{0,80}\bréservés|\bdépôt légal\b|\bachevé d[’']imprimer\b"
    r"|\bimprimé (?:en (?:France|Belgique|Suisse|Italie|Espagne|Allemagne|CEE|U\.? ?E)|au Canada)"
    r"|\bprinted (?:in|by)\b|\bcode de la propriété intellectuelle\b|\bloi du 11 mars 1957\b"
    r"|\b(?:toute|aucune) (?:reproduction|représentation)\b|\breproduction .{0,30}interdite"
    r"|\bgallica\b|\bbnf\.fr\b|\bebooks? ?libres et gratuits|ebooksgratuits|\bbibebook\b"
    r"|\bbibliothèque électronique du québec\b|\bproject gutenberg\b|\bgutenberg\.org\b"
    r"|\bfeedbooks\b|\bwikisource\b|\barchive\.org\b|\binlibroveritas\b"
    r"|\b(?:livre|ouvrage|édition|texte|version) (?:numérique|électronique)s?\b"
    r"|\bréutilisation (?:non )?commerciale\b|\bcontenus accessibles sur le site\b"
    r"|\bcreative commons\b|\btexte (?:du domaine public|libre de droits?)\b"
    r"|\bcode général de la propriété des personnes publiques\b"
    r"|\bdroits (?:de .{0,60} )?réservés\b|^(?:imprimerie|impr?\.|typographie|typ\.) "
    r"|\b(?:produced|prepared|scanned) by\b|\bdistributed proofread(?:ing|ers)\b"
    r"|\bont contribué à cette édition\b|\bexporté de \w+ le \d"
    r"|^(?:du même auteur|de la même autrice|(?:chez|par) le même (?:éditeur|auteur)"
    r"|dans la même collection)[ .:]*$"
    r"|\bn° ?(?:d[’'](?:éditeur|édition|impression|imprimeur|imprimerie)|ISBN)\b",
    re.IGNORECASE,
)
# What goes with it, and may be said elsewhere too.
_LIKELY = re.compile(
    r"\be-?books?\b|\bepub\b|\bhttps?://|\bwww\.|[\w.]+@ ?[\w-]+\.\w|\btitre original\b"
    r"|^couverture ?:|\bphotos? ?[:©]"
    r"|\b(?:illustration|photographie|maquette|photo) (?:de |de la )?couverture\b"
    r"|^(?:maquette|mise en pages?|composition|numérisation|relecture|corrections?|conversion"
    r"|réalisation|impression) ?[:,]"
    r"|^éditions? [A-ZÀ-Þ].{0,40}$|\béditeurs?[.,]?$|\bune édition\b|\bédition libre\b"
    r"|\b\d{1,4}(?: ?bis)?,? (?:rue|avenue|boulevard|bd|place|quai|impasse|chemin|square)\b"
    r"|\b(?:F-|B-)?\d{5} [A-ZÀ-Þ][a-zà-ÿ]+|\b(?:SARL|SAS|S\.A\.R\.L|R\.C\.S)\b|\btélécharg"
    r"|\b(?:notre|le|sur le|du) site\b|\bmerci de (?:nous |les )*signaler|\blicences?\b"
    r"|\bdomaine public\b|\b(?:du même auteur|chez le même éditeur|dans la même collection)\b"
    r"|\bcentre national du livre\b|\bet cet? (?:ouvrage|livre|fichier|document|ePub)\b"
    r"|^cet? (?:ouvrage|livre|fichier|document|texte|ePub) (?:a été|est|peut|vous|provient)"
    r"|\bà but non lucratif\b|\bbénévoles?\b|\bhaute définition\b|\bauteur du texte\b"
    r"|\bpolices?\b.{0,40}\b(?:libres?|utilisées?)\b|\bcliquer ici\b"
    r"|\bmis(?:e|es)? à (?:votre )?disposition|\bsite de l[’']éditeur|\btraduction française\b"
    r"|\btraduit (?:de|du|par)\b|\bcollection dirigée",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:page de )?copyrights?|mentions? légales?|cr[ée]dits?|colophon|achevé d[’']imprimer"
    r"|licence|(?:à|a) propos (?:de cette édition|de ce livre|de l[’']édition|du fichier).{0,40}"
    r"|notice(?: de l[’']éditeur)?|informations? légales?|droits",
    re.IGNORECASE,
)
_BRIDGE = 4  # lines without a sign that may stand between two with one
_NARRATIVE = 60  # characters of a sentence that tells something
_LONG = 300  # characters: a longer paragraph is the author's, unless it surely isn't
_FEW = 3  # narrative paragraphs: fewer on a side, and it is the text's front or end
_PAGE = 60  # lines of a page that are looked at
_LOOKED_AT = 600  # characters of a paragraph: what is the publisher's says so at once
_SHORT = 200  # characters of a line that proves its page alone


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph or line: its ``text``, the ``page`` that it is on, whether it ``heads``."""

    text: str
    page: int = 0
    heads: bool = False


def is_publishers(text: str) -> bool:
    """Tell whether ``text`` holds what only a publisher says.

    >>> is_publishers("ISBN : 978-2-0000-0000-0"), is_publishers("Il vit la mer.")
    (True, False)
    """
    # Pinned by contents-over-prose, publisher-after-the-text.
    return _SURE.search(text[:_LOOKED_AT]) is not None


def _is_likely(text: str) -> bool:
    """Tell whether ``text`` says at its start what goes with a publisher's words.

    Only there, as in « is_publishers »: a word of a million letters takes no longer than another.
    """
    return _LIKELY.search(text[:_LOOKED_AT]) is not None


def is_narrative(text: str) -> bool:
    """Tell whether ``text`` is a sentence of the author's, as far as its words tell."""
    # Pinned by contents-at-the-end, contents-over-prose.
    told = len(text) > _NARRATIVE and ends_sentence(text)
    return told and not is_publishers(text) and (len(text) > _LONG or not _is_likely(text))


def find_publishers(entries: Sequence[Entry]) -> list[range]:
    """Return the runs of ``entries`` that are the publisher's, at the front and at the end."""
    front, end = _front(entries), _front(entries[::-1])
    if front + end >= len(entries):
        found = _in_zone(entries, at_front=True, at_end=True)
    else:
        back = len(entries) - end
        found = _in_zone(entries[:front], at_front=True, at_end=False)
        found += [
            range(run.start + back, run.stop + back)
            for run in _in_zone(entries[back:], at_front=False, at_end=True)
        ]
    return [run for run in found if len(run) < len(entries)]


def _front(entries: Sequence[Entry]) -> int:
    """Return how many of ``entries`` to look at: a few of the author's, and the rest of a page."""
    told = 0
    for index, entry in enumerate(entries):
        told += is_narrative(entry.text)
        if told > _FEW:
            return index + _rest_of_page(entries[index : index + _PAGE])
    return len(entries)


def _rest_of_page(entries: Sequence[Entry]) -> int:
    return sum(1 for _ in takewhile(lambda one: one.page == entries[0].page, entries))


def _in_zone(entries: Sequence[Entry], *, at_front: bool, at_end: bool) -> list[range]:
    narrative = [is_narrative(entry.text) for entry in entries]
    before = _counts(narrative)
    found: list[range] = []
    pages = list(_pages(entries, narrative))
    for core in (*pages, *_runs(entries, narrative, {i for page in pages for i in page})):
        first = at_front and before[core.start] < _FEW
        last = at_end and before[-1] - before[core.stop] < _FEW
        taken = any(core.start < run.stop and run.start < core.stop for run in found)
        if taken or not (first or last) or not _is_proven(entries[core.start : core.stop]):
            continue
        run = _widened(core, entries, narrative)
        closes = last and not first and _is_notice(entries[run.start : run.stop])
        if closes and not any(entry.heads for entry in entries[run.stop :]):
            run = range(run.start, len(entries))
        found.append(run)
    return _bridged(sorted(found, key=lambda run: run.start), entries, narrative)


def _pages(entries: Sequence[Entry], narrative: Sequence[bool]) -> Iterator[range]:
    """Yield the pages that are the publisher's as a whole: signs outweigh what it tells of itself.

    « Nous apportons un soin particulier à la qualité des textes » is a sentence as any other.
    """
    for _, group in groupby(range(len(entries)), lambda index: entries[index].page):
        page = list(group)
        sure = sum(is_publishers(entries[i].text) for i in page)
        likely = sum(_is_likely(entries[i].text) for i in page)
        told = sum(narrative[i] for i in page)
        heads = any(entries[i].heads and not _is_head(entries[i]) for i in page)
        if sure and sure + likely >= max(2 * told, _FEW) and not heads:
            yield range(page[0], page[-1] + 1)


def _bridged(
    runs: Sequence[range], entries: Sequence[Entry], narrative: Sequence[bool]
) -> list[range]:
    """Take in a page between two runs on which nothing is the author's: « Fontes : … »."""
    whole: list[range] = []
    for run in runs:
        between = range(whole[-1].stop, run.start) if whole else range(0)
        pages = {entries[index].page for index in between}
        if len(pages) == 1 and not any(_parts(entries, narrative, between)):
            whole[-1] = range(whole[-1].start, run.stop)
        else:
            whole.append(run)
    return whole


def _counts(flags: Sequence[bool]) -> list[int]:
    counts = [0]
    for flag in flags:
        counts.append(counts[-1] + flag)
    return counts


def _runs(
    entries: Sequence[Entry], narrative: Sequence[bool], taken: Container[int]
) -> Iterator[range]:
    """Yield the stretches whose lines hold signs, or stand between two that do."""
    signed = [
        index
        for index, entry in enumerate(entries)
        if index not in taken
        and (is_publishers(entry.text) or (not narrative[index] and _is_likely(entry.text)))
    ]
    start = 0
    for place, index in enumerate(signed):
        following = signed[place + 1] if place + 1 < len(signed) else None
        between = range(index + 1, following) if following is not None else None
        apart = between is None or len(between) > _BRIDGE or any(i in taken for i in between)
        if apart or any(_parts(entries, narrative, between or range(0))):
            yield range(signed[start], index + 1)
            start = place + 1


def _parts(entries: Sequence[Entry], narrative: Sequence[bool], between: range) -> Iterator[bool]:
    return (narrative[i] or (entries[i].heads and not _is_head(entries[i])) for i in between)


def _is_head(entry: Entry) -> bool:
    # Pinned by publisher-after-the-text, publisher-under-a-heading.
    return _HEAD.fullmatch(entry.text.strip(" .:")) is not None


def _is_proven(run: Sequence[Entry]) -> bool:
    """Tell whether a run has a sure sign, and another one or nothing but it."""
    # Pinned by contents-of-a-short-book, publisher-after-the-text.
    sure = [entry for entry in run if is_publishers(entry.text)]
    likely = sum(_is_likely(entry.text) for entry in run)
    alone = len(run) == 1 and len(run[0].text) <= _SHORT
    return bool(sure) and (len(sure) + likely > 1 or alone)


def _is_notice(run: Sequence[Entry]) -> bool:
    """Tell whether a run is long and sure enough that what follows it to the end is of it."""
    # Pinned by publisher-after-the-text, publisher-before-the-last-page.
    return sum(is_publishers(entry.text) for entry in run) >= _FEW


def _widened(run: range, entries: Sequence[Entry], narrative: Sequence[bool]) -> range:
    """Take in the rest of the run's pages, where nothing on them is the author's."""
    start, stop = run.start, run.stop
    while start and entries[start - 1].page == entries[run.start].page:
        start -= 1
    while stop < len(entries) and entries[stop].page == entries[run.stop - 1].page:
        stop += 1
    first = run.start if any(_parts(entries, narrative, range(start, run.start))) else start
    last = run.stop if any(_parts(entries, narrative, range(run.stop, stop))) else stop
    return range(first - bool(first and _is_head(entries[first - 1])), last)
