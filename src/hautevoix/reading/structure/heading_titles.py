"""A heading's number → its title: « I » over « LE RETOUR » is « I. LE RETOUR »."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
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
_STAGE = frozenset(["acte", "scène", "tableau"])
_SPEAKER = re.compile(r"(?:L[ae] |L[’']|M\. |Mme )?[A-ZÀ-ÖØ-Þ][\w’'-]*(?: [\w’'-]+){0,3}\.")
_REPLIES = 12  # units among which somebody answers
_INNER_STOP = re.compile(r"\w{3,}[.!?…] +[A-ZÀ-ÖØ-Þ«—–]|\w; ?\w+.{60}")


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
    all_of: Counter[tuple[Form, str]] = Counter()
    with_one: Counter[tuple[Form, str]] = Counter()
    for index in alone:
        heading = worded[index]
        followed = worded[index + 1] if index + 1 < len(units) else None
        if heading and (followed is None or followed.form is Form.NAMED):
            all_of[_sort(heading)] += 1
            with_one[_sort(heading)] += _title_at(units, worded, index + 1) is not None
    return defaultdict(int, {sort: _habit(with_one[sort], all_of[sort]) for sort in all_of})


def _sort(heading: Heading) -> tuple[Form, str]:
    return heading.form, heading.word


def _habit(with_one: int, all_of: int) -> int:
    if all_of > 1 and with_one >= _CONSISTENT * all_of:
        return 1
    return -1 if all_of > _PAIR and with_one * 2 < all_of else 0


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
    return text[0].isupper() or text[0] in "«_ÀÉ"
