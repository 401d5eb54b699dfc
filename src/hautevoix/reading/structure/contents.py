"""Tables of contents: found, and left out of the reading."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from statistics import median_low
from typing import TYPE_CHECKING

from hautevoix.localization import ntr
from hautevoix.reading.base.diagnostics import CONTENTS, tell
from hautevoix.reading.language.heading_words import Form, Heading, is_contents, match_heading
from hautevoix.reading.language.punctuation import ends_sentence
from hautevoix.reading.notes.unmarked import to_unit
from hautevoix.reading.structure.normalize import title_of
from hautevoix.reading.structure.publisher import is_narrative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.base.blocks import Block
    from hautevoix.reading.text.units import Unit

_DOTS = re.compile(r"(?:\.{3,}|(?: \.){3,}|…{2,}|\s{3,})\s*(?:p\.\s?)?\d{1,4}\.?$")
_PAGE = re.compile(r"[\s.·…_—-]*(?:p\. ?)?\d{1,4}\.?$")
_SPOKEN = re.compile(r"[—–][ \xa0\u202f]?\w")
_LETTERS = re.compile(r"[^0-9a-zà-ÿœ]+")
_ENTRY = 250  # characters: no entry is longer
_REAL = 160  # characters that make a paragraph of prose
_FEWEST = 4
_TAIL = 80  # characters at a line's end where its page number may stand
_SHORT = 2  # lines that may be something else than prose
_AGAIN = 0.6


def find_contents(units: Sequence[Unit]) -> frozenset[int]:
    """Return the indices of the units that belong to tables of contents, headings included."""
    found: set[int] = set()
    everywhere: Counter[str] | None = None
    for index, unit in enumerate(units):
        if index not in found and len(unit.lines) == 1 and is_contents(unit.text.strip(" =*_")):
            everywhere = everywhere or _counted(unit for unit in units if unit.size <= _ENTRY)
            found.update(_announced(units, index, everywhere))
    return frozenset(found | _unannounced(units, found))


def is_prose(unit: Unit) -> bool:
    """Tell whether ``unit`` is a paragraph of prose, not a heading, an entry or a caption."""
    # Pinned by author-in-de, stories.
    if unit.verse or _is_list(unit):
        return False
    long = unit.size > _REAL or len(unit.lines) > _SHORT
    return long and (ends_sentence(unit.lines[-1].text) or unit.size > 2 * _REAL)


def is_prose_block(block: Block) -> bool:
    """Tell the same of a block: verse and lists aside, it is long and ends a sentence."""
    # Pinned by text-before-the-title.
    return is_prose(to_unit(0, block))


def key(text: str) -> str:
    """Return what of a heading its entry in the table repeats: letters, without the page."""
    return _LETTERS.sub(" ", _without_page(text.casefold())).strip()


def _without_page(text: str) -> str:
    return text[:-_TAIL] + _PAGE.sub("", text[-_TAIL:])


def _has_leader(text: str) -> bool:
    # Pinned by a-paragraph-a-line, contents-of-a-short-book.
    return bool(_DOTS.search(text[-_TAIL:]))


def _is_list(unit: Unit) -> bool:
    # Pinned by contents-unannounced, contents-folded.
    entries = sum(_has_leader(line.text) or _numbers(line.text) for line in unit.lines)
    if len(unit.lines) <= _SHORT:
        entries = sum(_has_leader(line.text) for line in unit.lines)
    return entries * 2 >= len(unit.lines) if len(unit.lines) > 1 else bool(entries)


def _keys(unit: Unit) -> set[str]:
    """Return the keys of a unit's lines, of the unit, of their numbers and of their titles."""
    texts = [line.text for line in unit.lines] + [unit.text]
    found = [match_heading(_without_page(text)) or match_heading(text) for text in texts]
    parts = {part for heading in found if heading for part in _parts(heading)}
    return {key(text) for text in texts} | parts


def _parts(heading: Heading) -> Iterator[str]:
    if heading.number is not None:
        yield f"{heading.word} #{heading.number}"
    if heading.title:
        yield key(heading.title)


def _numbers(line: str) -> bool:
    """Tell « CHAPITRE II LA MAISON DU DOUANIER », an entry even where the next line goes on."""
    # Pinned by contents-folded, arabic-chapters.
    heading = match_heading(line)
    return heading is not None and heading.form is not Form.NAMED and bool(heading.title)


def _announced(units: Sequence[Unit], start: int, everywhere: Counter[str]) -> range:
    """Return the units from the table's heading to where the text starts (again)."""
    stop = start + 1
    while stop < len(units) and not _tells(units[stop], everywhere):
        stop += 1
    if stop < len(units):
        stop = _last_entry(units, start + 1, _where_repeated(units, start + 1, stop), everywhere)
    elif start * 2 < len(units):
        stop = _where_begun(units, start + 1)
    return range(start, stop) if stop > start + 1 else range(0)


def _tells(unit: Unit, everywhere: Counter[str]) -> bool:
    """Tell a sentence of the text, however short, from an entry that ends as one does."""
    # Pinned by contents-over-prose, contents-at-the-end, contents-over-speech.
    if is_prose(unit):
        return True
    entry = _is_list(unit) or match_heading(unit.lines[0].text) is not None
    told = _is_speech(unit) or is_narrative(unit.text)
    return not entry and told and everywhere[key(unit.text)] <= 1


def _is_speech(unit: Unit) -> bool:
    """Tell « — Tu viens ? dit-il. », with which a chapter may open, from an entry after a dash."""
    # Pinned by contents-over-speech.
    return bool(_SPOKEN.match(unit.text)) and ends_sentence(unit.text)


def _last_entry(units: Sequence[Unit], start: int, stop: int, everywhere: Counter[str]) -> int:
    """Return where the table ends before ``stop``: what no heading repeats may be a dedication.

    It is one if it stands apart from entries that have leaders, numbers or headings of their own.
    """
    shown = [i for i in range(start, stop) if _is_shown(units[i], everywhere)]
    if not shown or len(shown) * 2 < stop - start:
        return stop
    usual = median_low(units[i].gap for i in shown[1:] or shown)
    after = range(shown[-1] + 1, stop)
    return next((i for i in after if units[i].gap > usual), stop)


def _is_shown(unit: Unit, everywhere: Counter[str]) -> bool:
    # Pinned by contents-before-a-dedication.
    if _is_list(unit) or match_heading(unit.lines[0].text) is not None:
        return True
    return any(everywhere[key(line.text)] > 1 for line in unit.lines)


def _where_begun(units: Sequence[Unit], start: int) -> int:
    """Return where the first entry is said again, in a book that holds no paragraph of prose."""
    first = _keys(replace(units[start], lines=units[start].lines[:1])) if start < len(units) else ()
    again = (i for i in range(start + 1, len(units)) if not _keys(units[i]).isdisjoint(first))
    return next(again, len(units))


def _where_repeated(units: Sequence[Unit], start: int, stop: int) -> int:
    """Return where, before ``stop``, the headings begin that the table has already named."""
    known: set[str] = set()
    repeats: list[bool] = []
    for unit in units[start:stop]:
        keys = _keys(unit)
        repeats.append(bool(keys & known) and not _has_leader(unit.text))
        known |= keys
    while repeats and repeats[-1]:
        repeats.pop()
    return start + len(repeats)


def _unannounced(units: Sequence[Unit], found: set[int]) -> set[int]:
    """Find the entries with no heading over them: leaders and pages, headings said again."""
    runs = _entry_runs(units, found)
    if not runs:
        return set()
    everywhere = _counted(unit for unit in units if unit.size <= _ENTRY)
    tables = [run for run in runs if _is_table(units[run.start : run.stop], everywhere)]
    return {
        index
        for run in tables
        for index in range(run.start, _where_repeated(units, run.start, run.stop))
    }


def _counted(units: Iterable[Unit]) -> Counter[str]:
    return Counter(name for unit in units for name in _keys(unit))


def _entry_runs(units: Sequence[Unit], found: set[int]) -> list[range]:
    runs: list[range] = []
    start = 0
    for index in range(len(units) + 1):
        if index < len(units) and index not in found and _is_entry(units[index]):
            continue
        if _entries(units[start:index]) >= _FEWEST:
            runs.append(range(start, index))
        start = index + 1
    return runs


def _entries(units: Sequence[Unit]) -> int:
    return sum(len(unit.lines) for unit in units)


def _is_entry(unit: Unit) -> bool:
    # Pinned by contents-unannounced.
    if _is_list(unit):
        return True
    named = sum(bool(match_heading(line.text)) for line in unit.lines)
    return named * 2 > len(unit.lines) and unit.size / len(unit.lines) <= _ENTRY


def _is_table(run: Sequence[Unit], everywhere: Counter[str]) -> bool:
    # Pinned by notes-at-end-by-chapter, contents-unannounced.
    lines = [line for unit in run for line in unit.lines]
    if sum(_has_leader(line.text) for line in lines) * 2 > len(lines):
        return True
    here = _counted(run)
    again = sum(everywhere[key(line.text)] > here[key(line.text)] for line in lines)
    return again >= _AGAIN * len(lines)


# -- tables made of links

_LINKED = 0.6  # share of its words that an entry of a table of contents links

_FEWEST_ENTRIES = 3

_NUMBERS = re.compile(r"[\d\s.…·:;,()\[\]–—_-]+")


def drop_linked_contents(blocks: Sequence[Block]) -> tuple[list[Block], list[Diagnostic]]:
    """Leave out the tables of contents, and what stands over them.

    They are runs of links to headings, or of entries with leaders and pages.
    """
    heads = _heading_keys(blocks)
    linked = [_is_linked_entry(block, heads) for block in blocks]
    entries = [_has_leader(block.flat) and not block.level for block in blocks]
    runs = [*_linked_runs(linked), *_linked_runs(entries)]
    dropped = {i for run in runs if len(run) >= _FEWEST_ENTRIES for i in run}
    for index, block in enumerate(blocks):
        if is_contents(title_of(block)):
            dropped.update(_announced_links(blocks, index, dropped))
    if not dropped:
        return list(blocks), []
    first = blocks[min(dropped)].line
    kept = [block for index, block in enumerate(blocks) if index not in dropped]
    return kept, [tell(CONTENTS, first, extent=ntr("{count} line", "{count} lines", len(dropped)))]


def _heading_keys(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the anchors that stand at, or right before, a heading or a document's start."""
    keys: set[str] = set()
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else block
        opens = not index or blocks[index - 1].unit != block.unit
        if block.level or block.styled or following.level or opens:
            keys.update(anchor for _, anchor in block.anchors)
    return frozenset(keys)


def _is_linked_entry(block: Block, heads: frozenset[str]) -> bool:
    # Pinned by notes-of-indesign, marked-title-page.
    linked = sum(link.end - link.start for link in block.links if link.target in heads)
    return linked > 0 and linked >= _LINKED * len(_NUMBERS.sub("", block.text)) and not block.level


def _linked_runs(flags: Sequence[bool]) -> list[range]:
    runs: list[range] = []
    start = None
    for index, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            runs.append(range(start, index))
            start = None
    return runs


def _announced_links(blocks: Sequence[Block], index: int, dropped: set[int]) -> range:
    """Return the heading of a table at ``index`` and what of it is left, up to a heading."""
    stop = index + 1
    while stop < len(blocks) and not blocks[stop].level and not _tells_block(blocks[stop]):
        stop += 1
    inside = range(index + 1, stop)
    if any(i in dropped for i in inside) or len(inside) > 1:
        return range(index, stop)
    empty = stop == len(blocks) or blocks[stop].level
    return range(index, index + 1) if blocks[index].level and not inside and empty else range(0)


def _tells_block(block: Block) -> bool:
    """Tell a sentence of the text from an entry, which a link or a heading's words give away."""
    # Pinned by contents-over-prose-marked, contents-marked-plain.
    if is_prose_block(block):
        return True
    return not block.links and is_narrative(block.flat) and match_heading(block.flat) is None
