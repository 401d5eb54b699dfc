"""A heading's number → its title: « I » over « LE RETOUR » is « I. LE RETOUR »."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import RANK, TIMES, Form, Heading, clean_title
from hautevoix.reading.language.phrases import is_dateline, is_salutation
from hautevoix.reading.language.punctuation import ends_sentence, is_rule
from hautevoix.reading.structure.contents import is_prose
from hautevoix.reading.structure.epigraphs import is_attribution
from hautevoix.reading.text.units import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.text.units import Unit

LONGEST_TITLE = 220
"""Characters of a title that no tag marks."""
_TITLE_LINES = 4
_PAIR = 2
_LONGEST_SET = 120
_CONSISTENT = 0.75
_SAMPLE = 400  # units that are asked whether they could be a title
_USUAL_SENTENCES = 200  # characters of a paragraph that is a sentence as often as several
_UNLIKE_PROSE = 0.02  # the chance that a paragraph is in capitals, or ends without a mark
_BY_CHANCE = 0.01  # what is less probable than that is meant
_STAGE = frozenset(["acte", "scène", "tableau"])
_SPEAKER = re.compile(r"(?:L[ae] |L[’']|M\. |Mme )?[A-ZÀ-ÖØ-Þ][\w’'-]*(?: [\w’'-]+){0,3}\.")
_REPLIES = 12  # units among which somebody answers
# « Où le meunier apprend tout. », as the old novels have it; « Où est-il ? » asks.
_SYNOPSIS = re.compile(r"(?:Où|Comment|Pourquoi|Dans (?:lequel|laquelle))\b(?!.*\?)")
_INNER_STOP = re.compile(r"\w{3}[.!?…] +[A-ZÀ-ÖØ-Þ«—–]|\w; ?\w.{60}")


@dataclass(frozen=True, slots=True)
class _Title:
    """A title line up to unit ``stop``; ``looks``: 2 in capitals, 1 with no end mark, else 0."""

    stop: int
    text: str
    looks: int


def with_titles(
    units: Sequence[Unit], worded: Sequence[Heading | None], sure: Sequence[int]
) -> list[tuple[int, int, Heading]]:
    """Give each bare heading the title line that follows it, if one does."""
    alone = [i for i in sure if (h := worded[i]) and h.stands_alone and h.form is not Form.NAMED]
    bare_ones, habits = set(alone), _habits(units, worded, alone)
    found: list[tuple[int, int, Heading]] = []
    for index in sure:
        heading = worded[index]
        if heading is None:
            continue
        stop = index + 1
        title = _title_at(units, worded, stop) if index in bare_ones else None
        if title and title.looks + habits[_sort(heading)] > 0:
            heading = replace(heading, title=title.text, between=". ")
            stop = title.stop
        if not found or index >= found[-1][1]:
            found.append((index, stop, heading))
    return found


def _habits(
    units: Sequence[Unit], worded: Sequence[Heading | None], alone: Sequence[int]
) -> dict[tuple[Form, str], int]:
    """Tell whether a title line usually follows such a heading: 1 yes, -1 seldom, 0 unknown."""
    under: dict[tuple[Form, str], list[_Title | None]] = {}
    for index in alone:
        heading = worded[index]
        followed = worded[index + 1] if index + 1 < len(units) else None
        if heading and (followed is None or followed.form is Form.NAMED):
            under.setdefault(_sort(heading), []).append(_title_at(units, worded, index + 1))
    prose = _prose(units, worded) if under else _Prose(0, ())
    return defaultdict(int, {sort: _habit(titles, prose) for sort, titles in under.items()})


@dataclass(frozen=True, slots=True)
class _Prose:
    """Of ``count`` paragraphs from anywhere in a text, the sizes of those that could be titles."""

    count: int
    alike: tuple[int, ...]

    def chance(self, size: int) -> float:
        """Return how probable it is that a paragraph is like a title of ``size`` or less.

        In a tale of short paragraphs it is that of every other one. The longer it is, the more a
        sentence by itself is to be expected: that counts as much as two paragraphs that were seen.
        """
        expected = min(size / _USUAL_SENTENCES, 0.5)
        return (sum(one <= size for one in self.alike) + 2 * expected) / (self.count + 2)


def _prose(units: Sequence[Unit], worded: Sequence[Heading | None]) -> _Prose:
    step = max(1, len(units) // _SAMPLE)
    places = [
        index
        for index in range(1, len(units) - 1, step)
        if not (worded[index] or worded[index - 1]) and _begins(bare(units[index]))
    ]
    alike = (units[index].size for index in places if _title_at(units, worded, index))
    return _Prose(len(places), tuple(alike))


def _sort(heading: Heading) -> tuple[Form, str]:
    return heading.form, heading.word


def _chance(title: _Title, prose: _Prose) -> float:
    """Return how probable it is that an ordinary paragraph looks as a title does."""
    # Pinned by numbers-over-short-paragraphs, numbers-over-sentences.
    if title.looks or _SYNOPSIS.match(title.text):
        return _UNLIKE_PROSE
    return prose.chance(len(title.text))


def _habit(titles: Sequence[_Title | None], prose: _Prose) -> int:
    """Tell from what stands under each heading of a sort; a habit is what chance does not make."""
    found = [title for title in titles if title]
    made_by_chance = math.prod(_chance(title, prose) for title in found)
    if len(found) >= _CONSISTENT * len(titles) and made_by_chance < _BY_CHANCE:
        return 1
    return -1 if len(titles) > _PAIR and len(found) * 2 < len(titles) else 0


def _title_at(units: Sequence[Unit], worded: Sequence[Heading | None], index: int) -> _Title | None:
    """Return the title that may stand at ``index``."""
    over = worded[index - 1]
    while index < len(units) and is_rule(units[index].text):
        index += 1
    if index + 1 >= len(units) or not _may_be_title(units[index], worded[index], over):
        return None
    text = bare(units[index])
    if not text.isupper() and (text[0] in "«“" or is_attribution(bare(units[index + 1]))):
        return None
    capitals = text.isupper() and len(text) > _PAIR
    if over and over.word in _STAGE and _is_speaker(units, index):
        return None
    below = worded[index + 1]
    if not capitals and ends_sentence(text) and over and below and _sort(over) == _sort(below):
        return None  # all that stands under this number, before the next
    if not capitals and (_INNER_STOP.search(text) or len(units[index].lines) > _TITLE_LINES - 1):
        return None
    free = not ends_sentence(text) and not text.endswith((":", ","))
    opens = is_prose(units[index + 1]) or worded[index + 1] is not None
    free = free and opens and units[index].size < _LONGEST_SET
    return _Title(index + 1, clean_title(text), 2 if capitals else int(free))


def _is_speaker(units: Sequence[Unit], index: int) -> bool:
    """Tell « Martine. » over what she says from the title of a scene: others speak so below."""
    # Pinned by scene-and-speaker, play-names-alone.
    if not _SPEAKER.fullmatch(units[index].text):
        return False
    below = [unit.text for unit in units[index + 1 : index + _REPLIES] if len(unit.lines) == 1]
    return any(_SPEAKER.fullmatch(text) for text in below) or units[index].text in below


def _may_be_title(unit: Unit, worded: Heading | None, over: Heading | None) -> bool:
    # Pinned by plays, scenes-with-people.
    text = bare(unit)
    if worded and worded.form is Form.NAMED:
        return True
    if worded and over and worded.word in TIMES and RANK[worded.word] < RANK.get(over.word, 0):
        return True  # no part of a book begins right under a chapter's number
    if (
        worded
        or unit.verse
        or not text
        or len(text) > LONGEST_TITLE
        or len(unit.lines) > _TITLE_LINES
    ):
        return False
    if is_salutation(text) or is_dateline(text):
        return False
    return _begins(text)


def _begins(text: str) -> bool:
    """Tell whether a title can begin so."""
    return text[:1].isupper() or text.startswith(("«", "_"))
