"""The lines of a PDF's pages → plain text that shows what the page did: gaps, indents, marks.

The segmenter measures layout from blank lines and indents. A PDF has neither, only places and
sizes: so gaps wider than a line's become blank lines, raised numbers become « ¹ », and lines set
larger than the text stand apart.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.language.numerals import raised
from hautevoix.reading.language.punctuation import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LOOSE_MARK = re.compile(r"(?<=\S)\s+(?=[⁰¹²³⁴-⁹])")
_NOTE = re.compile(r"[¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,3}\s*[A-ZÀ-ÖØ-Þ«“\"(\[\d]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SMALL = 0.8  # of its line's size: a raised mark is smaller
_ANOTHER = 0.6  # of its size: how far up or down another line starts
_SHORT = 0.85  # of a long line's characters: a shorter one had room for a word
_MOST_BLANK = 6  # blank lines that a gap makes
_GAP = 1.25  # of the usual leading: a wider step parts paragraphs
_WIDE = 2.2  # the same: this one parts more than paragraphs
_FINE = 0.93  # of the text's size: small print
_LARGE = 1.12  # of the text's size: a heading
_WIDTH = 0.5  # of the size: an average character, for indents
_FARTHEST = 40  # columns of indent shown


@dataclass(slots=True)
class PdfLine:
    """A line as it stands on its page: where it starts, how large most of it is."""

    pieces: list[tuple[str, float]] = field(default_factory=list)  # text, size
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0

    def add(self, text: str, x: float, y: float, size: float) -> None:
        """Add a piece; the longest so far says where the line stands."""
        if not text.strip():
            self.pieces.append((text, size))
            return
        if not any(piece.strip() for piece, _ in self.pieces):
            self.x = x
        longest = max((len(piece.strip()) for piece, _ in self.pieces), default=0)
        if len(text.strip()) > longest:
            self.y, self.size = y, size
        self.pieces.append((text, size))

    def is_left(self, y: float, size: float) -> bool:
        """Tell whether what stands at ``y`` is on another line, not raised in this one."""
        return bool(self.size) and abs(y - self.y) > _ANOTHER * max(self.size, size)

    @property
    def text(self) -> str:
        """Its text, raised numbers as such."""
        return _LOOSE_MARK.sub("", "".join(self._shown()).translate(_LIGATURES)).strip()

    def _shown(self) -> Iterator[str]:
        for text, size in self.pieces:
            yield raised(text) if size < _SMALL * self.size else text

    @property
    def opens_note(self) -> bool:
        """Tell whether it starts with a raised number."""
        return _NOTE.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual in a document, in points."""

    size: float
    left: float
    leading: float
    length: int  # characters of a long line


def page_texts(pages: Sequence[Sequence[PdfLine]]) -> Iterator[str]:
    """Yield the text of each page, laid out by what is usual in all of them."""
    lines = [[line for line in page if line.text] for page in pages]
    usual = _measure(lines)
    for page in _carried(lines, usual):
        text = "\n".join(_laid_out(page, usual))
        yield f"{text}\n" if page and _is_closed(page, usual) else text


def _carried(pages: Iterable[list[PdfLine]], usual: _Measure) -> list[list[PdfLine]]:
    """Bring what a note goes on with at the next page's foot, in small print, back to its page."""
    whole: list[list[PdfLine]] = []
    for page in pages:
        start = _small_print(page, usual)
        stop = next((i for i in range(start, len(page)) if page[i].opens_note), len(page))
        noted = bool(whole) and any(line.opens_note for line in whole[-1])
        if noted and start < stop:
            whole[-1].extend(page[start:stop])
            page = page[:start] + page[stop:]  # noqa: PLW2901 (what is left of it)
        whole.append(page)
    return whole


def _small_print(page: Sequence[PdfLine], usual: _Measure) -> int:
    """Return where the small print at the foot of ``page`` starts; its end where there is none."""
    start = len(page)
    while start and (page[start - 1].size < _FINE * usual.size or page[start - 1].text.isdecimal()):
        start -= 1
    return start


def _is_closed(page: Sequence[PdfLine], usual: _Measure) -> bool:
    """Tell whether a page ends with a note, or a paragraph's short last line."""
    last = page[-1].text
    noted = any(line.opens_note for line in page)
    return noted or (ends_sentence(last) and len(last) < _SHORT * usual.length)


def _measure(pages: Sequence[Sequence[PdfLine]]) -> _Measure:
    sizes: Counter[float] = Counter()
    lefts: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
            lefts[round(line.x)] += 1
        for one, two in pairwise(page):
            if one.y > two.y and round(one.size, 1) == round(two.size, 1):
                steps[round(one.y - two.y, 1)] += 1
    return _Measure(_usual(sizes), _leftmost(lefts), _usual(steps), _long(pages))


def _long(pages: Iterable[Sequence[PdfLine]]) -> int:
    """Return the length that nine lines in ten don't pass."""
    lengths = sorted(len(line.text) for page in pages for line in page)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _usual(counts: Counter[float]) -> float:
    return max(counts, key=lambda value: (counts[value], value)) if counts else 0.0


def _leftmost(counts: Counter[float]) -> float:
    """Return the left margin: the leftmost start that many lines share."""
    common = [x for x, count in counts.items() if count * 5 >= max(counts.values())]
    return min(common, default=0.0)


def _laid_out(page: Sequence[PdfLine], usual: _Measure) -> Iterator[str]:
    before: PdfLine | None = None
    for line in page:
        if before is not None:
            yield from [""] * _blank_lines(before, line, usual)
        columns = (line.x - usual.left) / (_WIDTH * (line.size or 1.0))
        yield " " * min(max(round(columns), 0), _FARTHEST) + line.text
        before = line


def _blank_lines(one: PdfLine, two: PdfLine, usual: _Measure) -> int:
    """Return how many blank lines show the step from ``one`` down to ``two``."""
    large = _LARGE * usual.size
    if one.size >= large or two.size >= large:
        same = one.size == two.size and one.y - two.y <= _WIDE * one.size
        return 0 if same else 3
    if two.opens_note:
        return 1
    step = one.y - two.y
    leading = usual.leading * min(one.size / usual.size, 1.0) if usual.size else usual.leading
    if not leading or step <= _GAP * leading:
        return 0
    return min(max(round(step / leading) - 1, 1), _MOST_BLANK)
