"""Running heads and feet: lines that come back where pages turn, their page number aside."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import Form, is_notes, match_heading
from hautevoix.reading.language.punctuation import ends_sentence
from hautevoix.reading.text.page_turns import (
    NEAR,
    Numbered,
    cuts_sentence,
    is_steady,
    rising,
    text_after,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.text.lines import Line

_ENDS = re.compile(r"^(\d{1,4})[ .|—–-]+(?=\D)|(?<=\D)(?<![ .|—–-]{2})[ .|—–-]+(\d{1,4})$")
_LONGEST_HEAD = 80
_FEWEST = 3
_STOPS = frozenset(".,;:!?…»")
_STEADY = 0.6
_BETWEEN = 12  # pages between two heads of one kind


def running_heads(lines: Sequence[Line], numbers: set[int]) -> Iterator[int]:
    """Lines that come back at the top or the foot of pages, their page number aside."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        short = line.text and len(line.text) <= _LONGEST_HEAD and index not in numbers
        if short and not _is_kept(line.text):
            places[_head_key(line.text)].append(index)
    yield from _numbered_heads(lines)
    yield from _heads_in_sentences(lines, places, numbers)
    for key, found in places.items():
        yield from (index for index in found if _is_lone_head(lines, index))
        if len(found) >= _FEWEST and sum(map(str.isalpha, key)) >= _FEWEST:
            runs = _those_that_run(lines, found, numbers)
            yield from itertools.islice(runs, int(_is_division(lines[found[0]].text)), None)


def _heads_in_sentences(
    lines: Sequence[Line], places: dict[str, list[int]], numbers: set[int]
) -> Iterator[int]:
    """Yield the lines that stand apart where a page turns, over the rest of a sentence.

    With each goes what says the same over other pages, but for the first line of the text. One that
    stands in mid-sentence needs no page turn where it comes again, nor a fellow where a page turns.
    """
    first = next((index for index, line in enumerate(lines) if line.text), 0)
    for found in places.values():
        turned = [i for i in found if i > first and _at_page_turn(lines, i, numbers)]
        told = len(turned) > 1 or lines[found[0]].text.isupper()
        if told and any(_is_over_rest(lines, index, numbers) for index in turned):
            yield from turned
            continue
        amid = [i for i in found if i > first and _is_amid(lines, i, numbers)]
        if len(found) > 1 and amid:
            yield from {*amid, *turned}
        else:
            yield from (index for index in amid if index in turned)


def _is_amid(lines: Sequence[Line], index: int, numbers: set[int]) -> bool:
    """Tell whether a line stands apart in mid-sentence, whatever numbers stand beside it.

    « … mais tout le village | 12 | Lettres du passeur | le répète … »
    """
    # Pinned by heads-standing-twice, head-with-its-number.
    text = lines[index].text
    if not text[:1].isupper() or text[-1:] in _STOPS or not _is_open(lines, index, numbers):
        return False
    above = range(index - 1, max(index - NEAR, -1), -1)
    below = range(index + 1, min(index + NEAR, len(lines)))
    kept = [[i for i in near if not _is_number(lines, i, numbers)] for near in (above, below)]
    before, after = (next((lines[i].text for i in near if lines[i].text), "") for near in kept)
    return bool(before) and not ends_sentence(before) and after[:1].islower()


def _is_number(lines: Sequence[Line], index: int, numbers: set[int]) -> bool:
    # Pinned by head-over-its-number.
    return index in numbers or lines[index].text.strip("-–— ").isdecimal()


def _is_open(lines: Sequence[Line], index: int, numbers: set[int]) -> bool:
    """Tell whether a blank line, a number or the edge of its page stands at either side."""
    # Pinned by head-at-a-form-feed, heads-standing-twice.
    following = index + 1 if index + 1 < len(lines) else index
    if lines[index].page or lines[following].page:
        return True
    return all(
        not lines[i].text or _is_number(lines, i, numbers)
        for i in (index - 1, index + 1)
        if 0 <= i < len(lines)
    )


def _is_over_rest(lines: Sequence[Line], index: int, numbers: set[int]) -> bool:
    # Pinned by page-numbers-bare, head-over-rest.
    text = lines[index].text
    if not text[:1].isupper() or ends_sentence(text) or not _is_apart(lines, index):
        return False
    above = next((i for i in range(index - 1, max(index - NEAR, -1), -1) if lines[i].text), index)
    if above not in numbers and not any(line.page for line in lines[above + 1 : index + 1]):
        return False
    near = range(index + 1, min(index + NEAR, len(lines)))
    below = next((lines[i].text for i in near if lines[i].text and i not in numbers), "")
    return below[:1].islower()


def _numbered_heads(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines where words set apart stand beside numbers that rise page by page."""
    heads: list[Numbered] = []
    for index, line in enumerate(lines):
        match = _ENDS.search(line.text) if 0 < len(line.text) <= _LONGEST_HEAD else None
        apart = _is_set(line.text) or (line.text.isupper() and not _is_division(line.text))
        if match and apart:
            heads.append(Numbered(index, int(match[1] or match[2])))
    for run in rising(heads):
        steps = [two.index - one.index for one, two in pairwise(run)]
        spaced = all(_is_set(lines[head.index].text) for head in run)
        cuts = spaced or any(cuts_sentence(lines, head.index) for head in run)
        apart = spaced and min(steps, default=0) > NEAR
        one = apart and any(_is_lone_head(lines, head.index) for head in run)
        if one or (cuts and len(run) >= _FEWEST and median(steps) > _FEWEST):
            yield from (head.index for head in run)


def _is_set(text: str) -> bool:
    """Tell whether the page's number is set apart: « 24   HISTOIRE », « 24 | Histoire »."""
    # Pinned by notes-spaced-again.
    return "   " in text or " | " in text


def _is_division(text: str) -> bool:
    """« Chapitre 12 »: its number is its own, not the page's."""
    # Pinned by chapters-on-new-pages.
    heading = match_heading(text)
    return bool(heading and heading.form is Form.DIVISION and heading.stands_alone)


def _is_lone_head(lines: Sequence[Line], index: int) -> bool:
    """Tell a head by itself: a page number beside words set apart, in mid-sentence."""
    # Pinned by only-notes, notes-spaced-again.
    text = lines[index].text
    apart = _is_set(text) or text.isupper()
    if not (apart and _ENDS.search(text)):
        return False
    over = _is_set(text) and text_after(lines, index)[:1].islower()
    return over or cuts_sentence(lines, index)


def _is_kept(text: str) -> bool:
    """Tell a heading that may come back in each chapter: « Notes », « Conclusion »."""
    # Pinned by heads-with-a-bar.
    heading = match_heading(text)
    return is_notes(text) or bool(heading and heading.form is Form.NAMED)


def _head_key(text: str) -> str:
    if _is_division(text):
        return text.casefold()
    return " ".join(_ENDS.sub("", text).casefold().split())


def _those_that_run(
    lines: Sequence[Line], found: Sequence[int], numbers: set[int]
) -> Iterator[int]:
    numbered = [
        index
        for index in found
        if _ENDS.search(lines[index].text) and not _is_division(lines[index].text)
    ]
    cuts = any(cuts_sentence(lines, index) for index in numbered)
    if cuts and len(numbered) >= _FEWEST and _climbs(lines, numbered):
        yield from numbered
    elif sum(_at_page_turn(lines, index, numbers) for index in found) >= _STEADY * len(found) or (
        len(found) > _FEWEST and _stand_apart(lines, found) and is_steady(found)
    ):
        yield from found


def _climbs(lines: Sequence[Line], numbered: Sequence[int]) -> bool:
    matches = [_ENDS.search(lines[index].text) for index in numbered]
    values = [int(m[1] or m[2]) for m in matches if m]
    rises = sum(0 < two - one < _BETWEEN for one, two in itertools.pairwise(values))
    return rises >= _STEADY * (len(values) - 1)


def _at_page_turn(lines: Sequence[Line], index: int, numbers: set[int]) -> bool:
    """Tell whether a page number or a form feed stands beside line ``index``."""
    # Pinned by head-over-rest.
    if lines[index].page:
        return True
    near = range(max(index - 3, 0), min(index + 4, len(lines)))
    return any(
        (i in numbers or lines[i].page)
        and not any(lines[j].text for j in range(min(i, index) + 1, max(i, index)))
        for i in near
        if i != index
    )


def _stand_apart(lines: Sequence[Line], found: Sequence[int]) -> bool:
    """Tell whether they stand between blank lines, and many in mid-sentence."""
    apart = sum(_is_apart(lines, index) for index in found)
    cuts = sum(cuts_sentence(lines, index) for index in found)
    return apart == len(found) and cuts * 5 >= len(found)


def _is_apart(lines: Sequence[Line], index: int) -> bool:
    # Pinned by head-over-rest.
    sides = (lines[i].text for i in (index - 1, index + 1) if 0 <= i < len(lines))
    return not any(sides)
