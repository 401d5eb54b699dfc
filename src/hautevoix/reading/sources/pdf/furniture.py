"""What stands at the head and the foot of pages and is no text: numbers, running heads and feet.

Three things show it: its place, which is the same on other pages; its words, which come back there,
or its number, which rises with the pages; and the gap between it and the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import Form, match_heading
from hautevoix.reading.language.numerals import roman
from hautevoix.reading.language.punctuation import ends_sentence
from hautevoix.reading.sources.pdf.measure import SOLID
from hautevoix.reading.sources.pdf.paragraphs import CAPTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.sources.pdf.rows import Row

_DEEP = 3  # rows at either edge of a page that may be no text
_PLACE = 3.0  # points by which one head may stand higher than another
_ALIKE = 0.3  # points by which their sizes may differ
_BAND = 2.5  # points: a lone head stands just where the others do
_TURN = 2  # pages from a head to the next one of its side
_OFTEN = 3  # pages on which words come back that need not be near
_APART = 1.25  # of the text's leading, set solid: what is set apart from it
_LARGE = 1.12  # of the text's size: no number of a page is as large
_LONGEST = 80  # characters of a head
_STOPS = frozenset(".,;:!?…»")
_NUMBER = re.compile(
    r"[-–—.\[(|*• ]*(?P<page>p(?:age)?\.? ?)?(?P<value>\d{1,4}|[ivxlcIVXLC]{1,7})"
    r"(?P<of> ?(?:/|sur|de|of) ?\d{1,4})?[-–—.\])|*• ]*",
    re.IGNORECASE,
)
_FRAMED = re.compile(r"[-–—\[(•*|] ?[\divxlcIVXLC]{1,7} ?[-–—\])•*|]")
_ENDS = re.compile(
    r"^\W*(?:p(?:age)?\.? ?)?(?:\d{1,4}|[ivxlc]{1,6})(?: ?(?:/|sur|de) ?\d{1,4})?[\s.|·•–—-]+(?=\D)"
    r"|(?<=\D)(?<![\s.|·•–—-]{2})[\s.|·•–—-]+(?:p(?:age)?\.? ?)?(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?: ?(?:/|sur|de) ?\d{1,4})?\W*$",
    re.IGNORECASE,
)

_FIGURES = re.compile(r"\d{1,4}|[ivxlc]{1,6}", re.IGNORECASE)
_SET = re.compile(r"   |[|·•–—]")  # what sets a number apart from the words after it
_MARKED = re.compile(r"[⁰¹²³⁴-⁹\d*(\[]")  # how a note opens


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row near the head or the foot of its page: the ``depth`` th from there, from 0."""

    page: int
    row: Row
    depth: int
    apart: bool
    head: bool

    @property
    def words(self) -> str:
        """What comes back: all but the page's number."""
        return _ENDS.sub("", self.row.text).casefold()

    def stands_with(self, other: _Edge, within: float = _PLACE) -> bool:
        """Tell whether both stand at one place, in one size."""
        near = abs(self.row.y - other.row.y) <= within
        return self.head is other.head and near and abs(self.row.size - other.row.size) <= _ALIKE


@dataclass(frozen=True, slots=True)
class Furniture:
    """Rows that are no text, by page: page ``numbers``, and running ``heads``."""

    numbers: frozenset[tuple[int, int]]
    heads: frozenset[tuple[int, int]]

    def __contains__(self, place: tuple[int, int]) -> bool:
        return place in self.numbers or place in self.heads

    def without(self, *, numbers: bool, heads: bool) -> Furniture:
        """Return it without its ``numbers`` or ``heads``, which are to be read then."""
        nothing: frozenset[tuple[int, int]] = frozenset()
        return Furniture(nothing if numbers else self.numbers, nothing if heads else self.heads)


def find_furniture(pages: Sequence[Sequence[Row]], body: float) -> Furniture:
    """Return the (page, row) pairs that are no text; rows come from head to foot."""
    edges = [edge for n, rows in enumerate(pages) for edge in _edges(n, rows, body)]
    numbers = set(_numbers(edges, body))
    heads = set(_heads(edges)) - numbers
    heads |= set(_numbered(edges, heads, body)) - numbers
    heads |= set(_amid(edges, pages, numbers | heads))
    heads |= _in_band(edges, numbers | heads)
    found = _outermost(edges, numbers | heads)
    index = {
        id(edge): (edge.page, next(i for i, row in enumerate(pages[edge.page]) if row is edge.row))
        for edge in found
    }
    return Furniture(
        frozenset(index[id(edge)] for edge in found if edge in numbers),
        frozenset(index[id(edge)] for edge in found if edge not in numbers),
    )


def _edges(page: int, rows: Sequence[Row], body: float) -> Iterator[_Edge]:
    for depth, row in enumerate(rows[:_DEEP]):
        after = rows[depth + 1] if depth + 1 < len(rows) else None
        yield _Edge(page, row, depth, _is_apart(row, after, body), head=True)
    for depth, row in enumerate(reversed(rows[-_DEEP:])):
        at = len(rows) - 1 - depth
        before = rows[at - 1] if at else None
        yield _Edge(page, row, depth, _is_apart(row, before, body), head=False)


def _is_apart(row: Row, other: Row | None, body: float) -> bool:
    """Tell whether ``row`` is set off from the ``other`` one, towards the text."""
    if other is None:
        return True
    return abs(row.y - other.y) > _APART * SOLID * body or abs(row.size - body) > _ALIKE


def _value(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    said = match["value"]
    return int(said) if said.isdecimal() else roman(said.upper())


def _numbers(edges: Sequence[_Edge], body: float) -> Iterator[_Edge]:
    """Yield what is a number alone, where it says so itself, or rises as the pages do."""
    found = [(edge, _value(edge.row.text)) for edge in edges]
    known = [(e, value) for e, value in found if value is not None and e.row.size < _LARGE * body]
    steps: dict[int, set[int]] = defaultdict(set)
    for edge, value in known:
        steps[value - edge.page].add(edge.page)
    for edge, value in known:
        match = _NUMBER.fullmatch(edge.row.text)
        explicit = match and (match["page"] or match["of"] or _FRAMED.fullmatch(edge.row.text))
        counts = edge.apart and value == edge.page + 1
        if explicit or counts or len(steps[value - edge.page]) > 1:
            yield edge


def _heads(edges: Sequence[_Edge]) -> Iterator[_Edge]:
    """Yield what says the same at one place of several pages, its number aside."""
    places: dict[tuple[str, bool], list[_Edge]] = defaultdict(list)
    for edge in edges:
        if edge.apart and sum(map(str.isalpha, edge.words)) > 1:
            places[edge.words, edge.head].append(edge)
    for alike in places.values():
        for edge in alike:
            others = {o.page for o in alike if _is_same(edge, o)}
            near = any(abs(page - edge.page) <= _TURN for page in others)
            if (near or len(others) >= _OFTEN) and not _divides(edge, alike):
                yield edge


def _numbered(edges: Sequence[_Edge], known: set[_Edge], body: float) -> Iterator[_Edge]:
    """Yield words beside a page's number that rises with the pages, whatever the words are."""
    beside = [
        (edge, _counted(edge) - edge.page)
        for edge in edges
        if edge.apart and edge.row.size < _LARGE * body and (edge in known or _is_beside(edge))
    ]
    for edge, step in beside:
        if any(o.page != edge.page and s == step and o.stands_with(edge) for o, s in beside):
            yield edge


def _amid(
    edges: Sequence[_Edge], pages: Sequence[Sequence[Row]], known: set[_Edge]
) -> Iterator[_Edge]:
    """Yield what stands alone at the head of a page, in the middle of a sentence.

    « … mais tout le village | Lettre du passeur | le répète … »
    """
    furniture = {id(edge.row) for edge in known}
    for edge in edges:
        text = edge.row.text
        if edge in known or not edge.head or edge.depth or not edge.apart or not edge.page:
            continue
        if not _may_run(text):
            continue
        before = [row for row in pages[edge.page - 1] if id(row) not in furniture]
        after = pages[edge.page][1:2]
        if before and after and _runs_over(before[-1].text, after[0].text):
            yield edge


def _may_run(text: str) -> bool:
    """Tell what may be a head from a sentence and from a picture's caption."""
    # Pinned by pdf-captions.
    sentence = not text[:1].isupper() or text[-1:] in _STOPS or len(text) > _LONGEST
    return not sentence and CAPTION.match(text) is None


def _runs_over(one: str, two: str) -> bool:
    # Pinned by pdf-letter.
    return two[:1].islower() and not ends_sentence(one)


def _is_beside(edge: _Edge) -> bool:
    """Tell a page's number that ends a line, or is set apart before it: « 24   HISTOIRE »."""
    # Pinned by pdf-heads.
    match = _ENDS.search(edge.row.text)
    if match is None or not _counted(edge):
        return False
    heading = match_heading(edge.row.text)
    if heading and heading.form is Form.DIVISION and heading.stands_alone:
        return False  # « Chapitre 3 »
    return match.start() > 0 or bool(_SET.search(match[0]))


def _is_same(one: _Edge, two: _Edge) -> bool:
    """Tell whether both are one head: the same words, or a number that rises as the pages do.

    « 1 Ibid. » at the foot of two pages is a note each.
    """
    # Pinned by pdf-notes.
    if one.page == two.page or not one.stands_with(two):
        return False
    if one.row.text == two.row.text:
        return one.head or not _MARKED.match(one.row.text)
    return (_counted(one) - one.page) == (_counted(two) - two.page)


def _counted(edge: _Edge) -> int:
    """Return the page's number beside the words of a head, 0 where it has none."""
    match = _ENDS.search(edge.row.text)
    figures = _FIGURES.search(match[0]) if match else None
    return (_value(figures[0]) or 0) if figures else 0


def _divides(edge: _Edge, alike: Sequence[_Edge]) -> bool:
    """Tell « Chapitre 2 » after « Chapitre 1 », each over its own page, from a running head."""
    heading = match_heading(edge.row.text)
    if heading is None or heading.form is not Form.DIVISION:
        return False
    return sum(other.row.text == edge.row.text for other in alike) == 1


def _in_band(edges: Sequence[_Edge], known: set[_Edge]) -> set[_Edge]:
    """Return what stands on one page only, just where the heads of most pages do."""
    pages = {edge.page for edge in edges}
    found = set()
    for edge in edges:
        if edge in known or not edge.apart:
            continue
        alike = {o.page for o in known if edge.stands_with(o, _BAND)}
        if len(alike) * 2 >= len(pages) and len(alike) >= _OFTEN:
            found.add(edge)
    return found


def _outermost(edges: Sequence[_Edge], known: set[_Edge]) -> list[_Edge]:
    """Return of ``known`` what has no text between it and the edge of its page."""
    inner = {(e.page, e.head): e.depth for e in reversed(edges) if e not in known}
    for edge in edges:
        if edge not in known:
            side = edge.page, edge.head
            inner[side] = min(inner[side], edge.depth)
    return [e for e in edges if e in known and e.depth < inner.get((e.page, e.head), _DEEP)]
