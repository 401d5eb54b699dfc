"""Page furniture taken out: numbers alone on a line, running heads and feet, page marks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.reading.base.diagnostics import PAGE_NUMBERS, RUNNING_HEADS, Message, tell
from hautevoix.reading.language.numerals import number
from hautevoix.reading.text.page_turns import (
    NEAR,
    Numbered,
    cuts_sentence,
    is_steady,
    rising,
    text_after,
)
from hautevoix.reading.text.running_heads import running_heads

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.text.lines import Line

# « [p. 12] », « {12} », « Page 12 sur 300 »: nothing else looks like these.
_EXPLICIT = re.compile(
    r"(?:[\[{(] ?(?:p(?:ag)?e?s?|pg|p)\.? ?\d{1,4} ?[\]})]|\{ ?\d{1,4} ?\}"
    r"|[-–—]* ?(?:page|p\.) ?\d{1,4}(?: ?(?:/|sur|de) ?\d{1,4})? ?[-–—]*)",
    re.IGNORECASE,
)
_INLINE = re.compile(r" ?(?:[\[{(](?:pg|p\.|page) ?\d{1,4}[\]})]|\{\d{1,4}\})", re.IGNORECASE)
_NUMBER = re.compile(r"[-–—.\[(|* ]*(\d{1,4}|[ivxlc]{1,7})(?: ?/ ?\d{1,4})?[-–—.\])|* ]*")
_FRAMED = re.compile(r"[-–—] ?(?:\d{1,4}|[IVXLCivxlc]{1,7}) ?[-–—]")
_FEWEST = 3
_LONGEST_NUMBER = 20
_YEAR = 1000  # « 1914 » alone on a line heads the year's chapter


def strip_pages(
    lines: Sequence[Line], keep: Container[str] = ()
) -> tuple[tuple[Line, ...], tuple[Diagnostic, ...]]:
    """Return ``lines`` without page furniture, the line after it marked, and what was decided.

    ``keep`` are the codes of what stays: of numbers, of running heads.
    """
    numbers = set(_explicit(lines)) | set(_page_numbers(lines))
    heads = set(running_heads(lines, numbers))
    if heads:  # numbers beside them stand in mid-sentence too
        bare = [replace(line, text="") if i in heads else line for i, line in enumerate(lines)]
        numbers |= set(_page_numbers(bare))
    numbers = numbers if PAGE_NUMBERS.code not in keep else set()
    heads = heads if RUNNING_HEADS.code not in keep else set()
    diagnostics = [*_told(PAGE_NUMBERS, lines, numbers), *_told(RUNNING_HEADS, lines, heads)]
    inline = [line.number for line in lines if "{" in line.text or _INLINE.search(line.text)]
    kept = tuple(_without(lines, numbers | heads))
    if not inline:
        return kept, tuple(diagnostics)
    cleaned = tuple(replace(line, text=_INLINE.sub("", line.text).strip()) for line in kept)
    return cleaned, tuple(diagnostics)


def _told(message: Message, lines: Sequence[Line], found: set[int]) -> Iterator[Diagnostic]:
    if found:
        first, last = lines[min(found)].number, lines[max(found)].number
        spread = (
            tr("{count}, lines {first} to {last}", count=len(found), first=first, last=last)
            if len(found) > 1
            else tr("line {first}", first=first)
        )
        yield tell(message, first, spread=spread)


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
    framed = False
    for bracketed in (False, True):
        runs = rising(_numbers(lines, bracketed=bracketed))
        for run in runs:
            all_framed = all(_FRAMED.fullmatch(lines[one.index].text) for one in run)
            arabic = lines[run[0].index].text.strip("-–— ").isdigit()
            if (framed and all_framed and arabic) or (
                _are_pages(lines, run, framed=all_framed) and (not bracketed or _by_one(run))
            ):
                framed = framed or (all_framed and not arabic)
                yield from (candidate.index for candidate in run)


def _by_one(run: Sequence[Numbered]) -> bool:
    """Tell whether no number is left out: one in brackets may be a call alone on its line."""
    # Pinned by pages-in-brackets.
    return len(run) >= _FEWEST and run[-1].value - run[0].value == len(run) - 1


def _numbers(lines: Sequence[Line], *, bracketed: bool) -> Iterator[Numbered]:
    for index, line in enumerate(lines):
        match = (
            _NUMBER.fullmatch(_lowered(line.text))
            if line.text and len(line.text) < _LONGEST_NUMBER
            else None
        )
        value = number(match[1].upper()) if match else None
        if value and (line.text[0] in "[(") is bracketed:
            yield Numbered(index, value)


def _lowered(text: str) -> str:
    """Return « — XII — » in small letters, as Roman pages are numbered; « XII » is a chapter's."""
    return text.lower() if _FRAMED.fullmatch(text) else text


def _is_at_feed(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line at ``index`` is the last of a page: a form feed follows."""
    # Pinned by dashed-roman, numbers-before-form-feeds.
    below = next((i for i in range(index + 1, min(index + NEAR, len(lines))) if lines[i].text), 0)
    return any(line.page for line in lines[index + 1 : below + 1])


def _are_pages(lines: Sequence[Line], run: Sequence[Numbered], *, framed: bool) -> bool:
    # Pinned by dashed-roman, caption-between-pages.
    if sum(_is_at_feed(lines, candidate.index) for candidate in run) * 2 >= len(run):
        return True
    over = sum(text_after(lines, one.index)[:1].islower() for one in run)
    if run[0].value > 1 and len(run) >= _FEWEST and over * 2 >= len(run):
        return True  # notes may stand at the feet: no chapter begins in mid-sentence
    cuts = sum(cuts_sentence(lines, candidate.index) for candidate in run)
    if cuts:
        return cuts * 10 >= len(run)
    if run[0].value > 1 and framed:
        return len(run) > 1 or text_after(lines, run[0].index)[:1].islower()
    return (
        len(run) >= _FEWEST
        and 1 < run[0].value < _YEAR
        and is_steady([candidate.index for candidate in run])
    )
