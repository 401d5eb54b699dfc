"""Page furniture taken out: numbers alone on a line, running heads and feet, page marks."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from hautevoix.model import Doubt
from hautevoix.reading.lines import ends_sentence
from hautevoix.reading.numerals import number
from hautevoix.reading.wording import Form, is_notes, match_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.reading.lines import Line

# « [p. 12] », « {12} », « Page 12 sur 300 »: nothing else looks like these.
_EXPLICIT = re.compile(
    r"(?:[\[{(] ?(?:p(?:ag)?e?s?|pg|p)\.? ?\d{1,4} ?[\]})]|\{ ?\d{1,4} ?\}"
    r"|[-–—]* ?(?:page|p\.) ?\d{1,4}(?: ?(?:/|sur|de) ?\d{1,4})? ?[-–—]*)",
    re.IGNORECASE,
)
_INLINE = re.compile(r" ?(?:[\[{(](?:pg|p\.|page) ?\d{1,4}[\]})]|\{\d{1,4}\})", re.IGNORECASE)
_NUMBER = re.compile(r"[-–—.\[(|* ]*(\d{1,4}|[ivxlc]{1,7})(?: ?/ ?\d{2,4})?[-–—.\])|* ]*")
_FRAMED = re.compile(r"[-–—] ?\d{1,4} ?[-–—]")
_ENDS = re.compile(r"^(\d{1,4})[ .|—–-]+(?=\D)|(?<=\D)[ .|—–-]+(\d{1,4})$")
_LONGEST_HEAD = 80
_FEWEST = 3
_STEADY = 0.6
_LONGEST_NUMBER = 20
_YEAR = 1000  # « 1914 » alone on a line heads the year's chapter
_NEAR = 8  # lines in which the text goes on after furniture
_STRAYS = 12  # runs that are still open
_SKIPPED = 4  # pages whose number may be lost
_BETWEEN = 12  # pages between two heads of one kind


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    value: int


def strip_pages(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Doubt, ...]]:
    """Return ``lines`` without page furniture, the line after it marked, and what was decided."""
    numbers = set(_explicit(lines)) | set(_page_numbers(lines))
    heads = set(_running_heads(lines, numbers))
    doubts = [*_tell(lines, numbers, "page numbers"), *_tell(lines, heads, "running heads")]
    inline = [line.number for line in lines if "{" in line.text or _INLINE.search(line.text)]
    kept = tuple(_without(lines, numbers | heads))
    if not inline:
        return kept, tuple(doubts)
    cleaned = tuple(replace(line, text=_INLINE.sub("", line.text).strip()) for line in kept)
    return cleaned, tuple(doubts)


def _tell(lines: Sequence[Line], found: set[int], what: str) -> Iterator[Doubt]:
    if found:
        first, last = lines[min(found)].number, lines[max(found)].number
        spread = f"{len(found)}, lines {first} to {last}" if len(found) > 1 else f"line {first}"
        yield Doubt(first, f"taken for {what} and left out ({spread})")


def _without(lines: Sequence[Line], dropped: set[int]) -> Iterator[Line]:
    turned = False
    for index, line in enumerate(lines):
        if index in dropped or (line.page and not line.text):
            turned = True
        elif turned and line.text:
            turned = False
            yield replace(line, page=True)
        else:
            yield line


def _explicit(lines: Sequence[Line]) -> Iterator[int]:
    return (i for i, line in enumerate(lines) if line.text and _EXPLICIT.fullmatch(line.text[:40]))


def _page_numbers(lines: Sequence[Line]) -> Iterator[int]:
    """Lines that are a number alone, where the numbers go up as pages do.

    Chapters are numbered alone too: those never stand in mid-sentence, and are spaced unevenly.
    """
    for bracketed in (False, True):
        runs = _rising(_numbers(lines, bracketed=bracketed))
        for run in runs:
            if _are_pages(lines, run) and (not bracketed or _by_one(run)):
                yield from (candidate.index for candidate in run)


def _by_one(run: Sequence[_Candidate]) -> bool:
    """Tell whether no number is left out: one in brackets may be a call alone on its line."""
    return len(run) >= _FEWEST and run[-1].value - run[0].value == len(run) - 1


def _numbers(lines: Sequence[Line], *, bracketed: bool) -> Iterator[_Candidate]:
    for index, line in enumerate(lines):
        match = (
            _NUMBER.fullmatch(line.text) if line.text and len(line.text) < _LONGEST_NUMBER else None
        )
        value = number(match[1].upper()) if match else None
        if value and (line.text[0] in "[(") is bracketed:
            yield _Candidate(index, value)


def _rising(candidates: Iterable[_Candidate]) -> list[list[_Candidate]]:
    """Sort ``candidates`` into runs whose numbers rise by little; strays make runs of their own."""
    runs: list[list[_Candidate]] = []
    for candidate in candidates:
        for run in reversed(runs[-_STRAYS:]):
            if 0 < candidate.value - run[-1].value <= _SKIPPED:
                run.append(candidate)
                break
        else:
            runs.append([candidate])
    return runs


def _are_pages(lines: Sequence[Line], run: Sequence[_Candidate]) -> bool:
    cuts = sum(_cuts_sentence(lines, candidate.index) for candidate in run)
    if cuts:
        return cuts * 10 >= len(run)
    if run[0].value > 1 and all(_FRAMED.fullmatch(lines[one.index].text) for one in run):
        return len(run) > 1 or _text_after(lines, run[0].index)[:1].islower()
    return (
        len(run) >= _FEWEST
        and 1 < run[0].value < _YEAR
        and _is_steady([candidate.index for candidate in run])
    )


def _cuts_sentence(lines: Sequence[Line], index: int) -> bool:
    before = _text_before(lines, index)
    return bool(before) and not ends_sentence(before) and _text_after(lines, index)[:1].islower()


def _text_before(lines: Sequence[Line], index: int) -> str:
    near = range(index - 1, max(index - _NEAR, -1), -1)
    return next((lines[i].text for i in near if lines[i].text), "")


def _text_after(lines: Sequence[Line], index: int) -> str:
    near = range(index + 1, min(index + _NEAR, len(lines)))
    return next((lines[i].text for i in near if lines[i].text), "")


def _is_steady(places: Sequence[int]) -> bool:
    """Tell whether ``places`` are spaced as pages are: most within a quarter of the median."""
    steps = [two - one for one, two in itertools.pairwise(places)]
    if len(steps) < _FEWEST - 1:
        return False
    middle = median(steps)
    near = sum(any(abs(step - k * middle) <= middle / 4 for k in (1, 2, 3)) for step in steps)
    return middle > _FEWEST and near >= _STEADY * len(steps)


def _running_heads(lines: Sequence[Line], numbers: set[int]) -> Iterator[int]:
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

    With each goes what says the same over other pages, but for the first line of the text.
    """
    first = next((index for index, line in enumerate(lines) if line.text), 0)
    for found in places.values():
        turned = [index for index in found if _at_page_turn(lines, index, numbers)]
        told = len(turned) > 1 or lines[found[0]].text.isupper()
        if told and any(_is_over_rest(lines, index, numbers) for index in turned):
            yield from (index for index in turned if index > first)


def _is_over_rest(lines: Sequence[Line], index: int, numbers: set[int]) -> bool:
    text = lines[index].text
    if not text[:1].isupper() or ends_sentence(text) or not _is_apart(lines, index):
        return False
    above = next((i for i in range(index - 1, max(index - _NEAR, -1), -1) if lines[i].text), index)
    if above not in numbers and not any(line.page for line in lines[above + 1 : index + 1]):
        return False
    near = range(index + 1, min(index + _NEAR, len(lines)))
    below = next((lines[i].text for i in near if lines[i].text and i not in numbers), "")
    return below[:1].islower()


def _numbered_heads(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines where words set apart stand beside numbers that rise page by page."""
    heads: list[_Candidate] = []
    for index, line in enumerate(lines):
        match = _ENDS.search(line.text) if 0 < len(line.text) <= _LONGEST_HEAD else None
        apart = "   " in line.text or (line.text.isupper() and not _is_division(line.text))
        if match and apart:
            heads.append(_Candidate(index, int(match[1] or match[2])))
    for run in _rising(heads):
        steps = [two.index - one.index for one, two in pairwise(run)]
        spaced = all("   " in lines[head.index].text for head in run)
        cuts = spaced or any(_cuts_sentence(lines, head.index) for head in run)
        apart = spaced and min(steps, default=0) > _NEAR
        one = apart and any(_is_lone_head(lines, head.index) for head in run)
        if one or (cuts and len(run) >= _FEWEST and median(steps) > _FEWEST):
            yield from (head.index for head in run)


def _is_division(text: str) -> bool:
    """« Chapitre 12 »: its number is its own, not the page's."""
    heading = match_heading(text)
    return bool(heading and heading.form is Form.DIVISION and heading.stands_alone)


def _is_lone_head(lines: Sequence[Line], index: int) -> bool:
    """Tell a head by itself: a page number beside words set apart, in mid-sentence."""
    text = lines[index].text
    apart = "   " in text or text.isupper()
    if not (apart and _ENDS.search(text)):
        return False
    over = "   " in text and _text_after(lines, index)[:1].islower()
    return over or _cuts_sentence(lines, index)


def _is_kept(text: str) -> bool:
    """Tell a heading that may come back in each chapter: « Notes », « Conclusion »."""
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
    cuts = any(_cuts_sentence(lines, index) for index in numbered)
    if cuts and len(numbered) >= _FEWEST and _climbs(lines, numbered):
        yield from numbered
    elif sum(_at_page_turn(lines, index, numbers) for index in found) >= _STEADY * len(found) or (
        len(found) > _FEWEST and _stand_apart(lines, found) and _is_steady(found)
    ):
        yield from found


def _climbs(lines: Sequence[Line], numbered: Sequence[int]) -> bool:
    matches = [_ENDS.search(lines[index].text) for index in numbered]
    values = [int(m[1] or m[2]) for m in matches if m]
    rises = sum(0 < two - one < _BETWEEN for one, two in itertools.pairwise(values))
    return rises >= _STEADY * (len(values) - 1)


def _at_page_turn(lines: Sequence[Line], index: int, numbers: set[int]) -> bool:
    """Tell whether a page number or a form feed stands beside line ``index``."""
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
    cuts = sum(_cuts_sentence(lines, index) for index in found)
    return apart == len(found) and cuts * 5 >= len(found)


def _is_apart(lines: Sequence[Line], index: int) -> bool:
    sides = (lines[i].text for i in (index - 1, index + 1) if 0 <= i < len(lines))
    return not any(sides)
