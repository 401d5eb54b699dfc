"""units → headings: which of the lines worded or set like headings are, and their titles."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import (
    RANK,
    Form,
    Heading,
    clean_title,
    match_heading,
)
from hautevoix.reading.language.phrases import CAPTION
from hautevoix.reading.language.punctuation import ends_sentence, is_rule
from hautevoix.reading.structure.contents import is_prose
from hautevoix.reading.structure.heading_titles import LONGEST_TITLE, with_titles
from hautevoix.reading.structure.listed import find_listed
from hautevoix.reading.structure.unworded import find_unworded
from hautevoix.reading.text.units import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.text.layout import Layout
    from hautevoix.reading.text.units import Unit

_TITLE_LINES = 4
_CAPTION = 80  # characters: a shorter unit may be anything
_SENTENCE = 60  # characters: a longer one may be a sentence
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A heading over the units from ``start`` to before ``stop``; ``rank``: 1 is the outermost."""

    start: int
    stop: int
    heading: Heading
    rank: int

    @property
    def title(self) -> str:
        """The heading as it is shown."""
        return clean_title(self.heading.text)


def find_headings(
    units: Sequence[Unit], layout: Layout, entries: Sequence[str] = ()
) -> tuple[Found, ...]:
    """Return the headings among ``units``, in order, each with the title that follows it.

    ``entries`` are those of a table of contents, whose word counts too.
    """
    worded = [_worded(unit) for unit in units]
    _drop_strays(worded, units)
    sure = [i for i, heading in enumerate(worded) if heading and heading.form <= Form.NUMBER]
    titled = with_titles(units, worded, sure)
    taken = {i for start, stop, _ in titled for i in range(start, stop)}
    starts = {start for start, _, h in titled if h.form is Form.NUMBER and h.number == 1}
    numbered = any(heading.form is not Form.NAMED for *_, heading in titled)
    looks = dict(find_unworded(units, layout, taken, starts if numbered else None))
    looks |= find_listed(units, entries, taken)
    found = sorted(
        [*titled, *((i, i + 1, heading) for i, heading in looks.items())], key=lambda f: f[0]
    )
    outer = _capitals_hold_numbers([heading for *_, heading in found])
    return tuple(Found(start, stop, h, _rank(h, outer=outer)) for start, stop, h in found)


def _capitals_hold_numbers(headings: Sequence[Heading]) -> bool:
    """Tell whether numbers start again under headings in capitals: stories cut in parts."""
    # Pinned by headings-short-between-long, poems.
    if not any(heading.form <= Form.NUMBER for heading in headings):
        return True
    starts = [
        one.form >= Form.CAPITALS
        for one, two in itertools.pairwise(headings)
        if two.form is Form.NUMBER and two.number == 1
    ]
    return sum(starts) * 2 > len(starts)


def _rank(heading: Heading, *, outer: bool) -> int:
    if heading.form is Form.DIVISION:
        return RANK[heading.word]
    if heading.form is Form.NUMBER:
        return RANK["scène"]
    if heading.form is Form.NAMED:
        return 0
    return RANK["chapitre"] if outer else RANK["scène"] + 1


def _worded(unit: Unit) -> Heading | None:
    """Return what the unit says if its wording makes it a heading."""
    if unit.verse or len(unit.lines) > _TITLE_LINES + 1:
        return None
    first = match_heading(unit.lines[0].text)
    if len(unit.lines) == 1:
        return first
    whole = match_heading(bare(unit))
    if whole and (whole.title or first is None):
        return whole
    if first is None:
        return None
    rest = " ".join(line.text for line in unit.lines[1:] if not is_rule(line.text))
    if first.stands_alone and len(rest) < LONGEST_TITLE:
        return replace(first, title=clean_title(rest))
    return None


def _drop_strays(worded: list[Heading | None], units: Sequence[Unit]) -> None:
    """Take out numbers that are in no sequence, and what stands where no heading does."""
    played = any(heading and heading.word in {"acte", "scène"} for heading in worded)
    for index, heading in enumerate(worded):
        named = heading and heading.form <= Form.NAMED
        if named and (not _can_open(units, index) or (not played and _is_caption(units[index]))):
            worded[index] = None
    for roman in (True, False):
        numbers = [
            i
            for i, h in enumerate(worded)
            if h and h.form is Form.NUMBER and h.label.isdigit() is not roman
        ]
        kept = set(_in_sequence(numbers, worded, units))
        for index in set(numbers) - kept:
            worded[index] = None


def _is_caption(unit: Unit) -> bool:
    """Tell « Tableau 2 : Les meubles » over a table from a tableau of a play."""
    # Pinned by captions-set-apart, capitals-over-numbers.
    return CAPTION.match(unit.text) is not None


def _can_open(units: Sequence[Unit], index: int) -> bool:
    """Nothing is in mid-sentence before it, and something follows."""
    # Pinned by scenes-with-people.
    before = units[index - 1] if index else None
    if index + 1 == len(units):
        return False
    return (
        before is None or not before.lines[-1].text.endswith((",", "-")) or before.size < _CAPTION
    )


def _in_sequence(
    numbers: Sequence[int], worded: Sequence[Heading | None], units: Sequence[Unit]
) -> Iterator[int]:
    run: list[int] = []
    last = 0
    for index in numbers:
        heading = worded[index]
        value = heading.number if heading and heading.number else 0
        if not run or not 0 < value - last <= _PAIR:
            yield from _checked(run, worded, units)
            run = []
        run.append(index)
        last = value
    yield from _checked(run, worded, units)


def _checked(
    run: Sequence[int], worded: Sequence[Heading | None], units: Sequence[Unit]
) -> Sequence[int]:
    """Keep a run that starts at one, has a second, and text between its members."""
    first = worded[run[0]] if run else None
    if first and len(run) == 1 and first.number == 1 and _under_division(run[0], worded):
        return run
    if first is None or len(run) < _PAIR:
        return ()
    roman = all((h := worded[i]) and h.stands_alone and not h.label.isdigit() for i in run)
    if first.number != 1 and len(run) <= _PAIR and not roman:
        return ()
    if _number_stanzas(run, units):
        return ()
    if first.label.startswith("§"):
        return run
    parted = sum(
        any(
            is_prose(unit) or unit.size > _SENTENCE or _is_said(unit)
            for unit in units[one + 1 : two]
        )
        for one, two in itertools.pairwise(run)
    )
    return run if parted * 2 >= len(run) - 1 else ()


def _number_stanzas(run: Sequence[int], units: Sequence[Unit]) -> bool:
    """Tell the numbers of a song's stanzas, which prose leads up to, from those of poems."""
    # Pinned by stanzas-numbered.
    before = units[run[0] - 1] if run[0] else None
    if before is None or before.verse or match_heading(before.text):
        return False
    led = is_prose(before) or before.text.endswith((":", ".", ","))
    return led and all(units[index + 1].verse for index in run)


def _is_said(unit: Unit) -> bool:
    """Tell a short sentence set apart, as a maxim under its number is."""
    # Pinned by maxims.
    return unit.gap > 0 and len(unit.text) > _CAPTION // 2 and ends_sentence(unit.text)


def _under_division(index: int, worded: Sequence[Heading | None]) -> bool:
    """Tell whether the number at ``index`` stands right under « LIVRE II »: its only one."""
    # Pinned by enumeration-is-no-chapter, number-under-a-book.
    one, two = worded[index - 1] if index else None, worded[index]
    first = two is not None and (two.stands_alone or not two.label.isdigit())
    return first and one is not None and one.form is Form.DIVISION
