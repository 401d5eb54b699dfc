"""Which paragraphs of a PDF are headings, and how deep: by its bookmarks, or by how they look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import Form, is_contents, is_notes, match_heading
from hautevoix.reading.language.phrases import is_dialogue
from hautevoix.reading.sources.pdf.feet import SIGN
from hautevoix.reading.sources.pdf.measure import Measure, is_centred
from hautevoix.reading.sources.pdf.paragraphs import Paragraph, is_caption
from hautevoix.reading.structure.normalize import letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hautevoix.reading.sources.pdf.extraction import Bookmark

_LONGEST = 300  # characters of a heading
_MOST_LINES = 5
_LONGEST_BOLD = 90  # characters of one that is no larger than the text
_MOST_SIZED = 0.25  # share of the paragraphs that may be larger than the text
_AGREE = 0.6  # share of the bookmarks that the text must have
_FEWEST = 2  # bookmarks that say something of the whole
_NEAR = 1  # pages by which a bookmark may lead beside its heading


@dataclass(frozen=True, slots=True)
class _Look:
    """How a heading is set: the larger and the bolder, the higher."""

    size: float
    bold: bool


def heading_levels(
    whole: Sequence[Paragraph], texts: Sequence[str], usual: Measure, outline: Sequence[Bookmark]
) -> dict[int, int]:
    """Return the level, from 1, of each paragraph (by its index) that is a heading."""
    marked = _by_outline(whole, texts, outline)
    if marked is not None:
        return marked
    sized = _sized(whole, texts, usual)
    return _ranked(sized | _bold(whole, texts, usual, sized))


def title_at(whole: Sequence[Paragraph], usual: Measure, levels: Mapping[int, int]) -> int | None:
    """Return the paragraph that is the book's title, where bookmarks name the chapters alone.

    It is the largest, on a page before the first chapter or its own.
    """
    first = min(levels, default=None)
    if first is None:
        return None
    above = [i for i in range(first) if usual.is_large(whole[i].first)]
    most = max((whole[i].first.row.size for i in levels), default=0.0)
    largest = [i for i in above if whole[i].first.row.size > most]
    return max(largest, key=lambda i: (whole[i].first.row.size, -i), default=None)


def _by_outline(
    whole: Sequence[Paragraph], texts: Sequence[str], outline: Sequence[Bookmark]
) -> dict[int, int] | None:
    """Return the headings that the bookmarks name, None where the text does not agree."""
    if len(outline) < _FEWEST:
        return None
    pages: dict[int, list[int]] = {}
    for index, paragraph in enumerate(whole):
        pages.setdefault(paragraph.first.page, []).append(index)
    found: dict[int, int] = {}
    hits = 0
    for mark in outline:
        indices = _named(mark, pages, texts, found)
        hits += bool(indices)
        for index in indices:
            found[index] = mark.level
    return found if hits >= _AGREE * len(outline) else None


def _named(
    mark: Bookmark, pages: dict[int, list[int]], texts: Sequence[str], found: dict[int, int]
) -> list[int]:
    """Return the paragraphs that are the heading ``mark`` names: one, or a number and a title."""
    title = letters(mark.title)
    for page in (mark.page, mark.page + _NEAR, mark.page - _NEAR):
        for index in reversed(pages.get(page, [])):  # a title page comes before the heading
            said = letters(_bare(texts[index]))
            if not said or index in found or len(said) > len(title) + 3:
                continue
            if said == title or said.replace(" ", "") == title.replace(" ", ""):
                return [index]
            after = letters(_bare(texts[index + 1])) if index + 1 < len(texts) else ""
            if title.startswith(f"{said} ") and f"{said} {after}".strip() == title:
                return [index, index + 1]
    return []


def _bare(text: str) -> str:
    """Return ``text`` without the signs of calls."""
    return "".join(char for char in text if ord(char) < SIGN)


def _may_head(paragraph: Paragraph, text: str, longest: int) -> bool:
    if is_caption(paragraph.first) or not any(map(str.isalnum, text)):
        return False
    return len(text) <= longest and len(paragraph.lines) <= _MOST_LINES and not is_dialogue(text)


def _sized(whole: Sequence[Paragraph], texts: Sequence[str], usual: Measure) -> dict[int, _Look]:
    """Return the paragraphs that are set larger than the text, unless there are many."""
    found = {
        index: _look(paragraph)
        for index, paragraph in enumerate(whole)
        if usual.is_large(paragraph.first) and _may_head(paragraph, texts[index], _LONGEST)
    }
    return (
        found
        if len(found) <= max(_MOST_SIZED * len(whole), 3)
        else {index: look for index, look in found.items() if match_heading(texts[index])}
    )


def _look(paragraph: Paragraph) -> _Look:
    row = paragraph.first.row
    return _Look(round(row.size), bool(row.style & 1))


def _bold(
    whole: Sequence[Paragraph], texts: Sequence[str], usual: Measure, sized: dict[int, _Look]
) -> dict[int, _Look]:
    """Return what is as large as the text, but bold or centred, and says that it is a heading.

    Bold lines that say nothing of the kind are headings too, where the text goes on under each.
    """
    found: dict[int, _Look] = {}
    for index, paragraph in enumerate(whole):
        if index in sized or not _may_head(paragraph, texts[index], _LONGEST_BOLD):
            continue
        if usual.is_fine(paragraph.first):
            continue
        bold = all(line.row.style & 1 for line in paragraph.lines)
        worded = match_heading(texts[index].split("\n")[0])
        named = is_notes(texts[index]) or is_contents(texts[index])
        apart = bold or is_centred(paragraph.first) or texts[index].isupper()
        strong = worded is not None and (worded.form is not Form.NUMBER or worded.title is None)
        if (apart and (strong or named)) or (bold and _heads_text(whole, index, usual)):
            found[index] = _look(paragraph)
    return found


def _heads_text(whole: Sequence[Paragraph], index: int, usual: Measure) -> bool:
    """Tell whether text that is not bold follows, and the line ends no sentence."""
    if index + 1 >= len(whole) or _usually_bold(whole):
        return False
    following = whole[index + 1].first
    text = whole[index].last.row.text
    closed = text.endswith((".", ",", ";", ":", "…")) and not text[:1].isdigit()
    return not closed and not following.row.style & 1 and not usual.is_fine(following)


def _usually_bold(whole: Sequence[Paragraph]) -> bool:
    bold = sum(paragraph.first.row.style & 1 for paragraph in whole)
    return bold > _MOST_SIZED * len(whole)


def _ranked(found: dict[int, _Look]) -> dict[int, int]:
    """Return a level for each heading: the largest first, then the bold ones."""
    order = sorted({_depth(look) for look in found.values()}, reverse=True)
    levels = {depth: level for level, depth in enumerate(order, 1)}
    return {index: min(levels[_depth(look)], 6) for index, look in found.items()}


def _depth(look: _Look) -> tuple[float, bool]:
    return look.size, look.bold
