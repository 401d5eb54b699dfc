"""Glyphs → rows of words: what stands on one baseline, raised marks and drop caps in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.reading.sources.pdf.words import Glyph, Word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.reading.sources.pdf.extraction import Page, Run

# All of these are shares of a size: of the row's, where nothing else is said.
_LEVEL = 0.08  # how far baselines of one row may differ
_UNEVEN = 0.35  # the same, where recognition set each word by itself
_ODD = 0.01  # by how much those differ at least
_MOSTLY = 0.3  # share of the words that then do
_SMALL = 0.8  # what is smaller may be raised or lowered in its row
_RAISED = (0.08, 0.75)  # how far up a raised mark stands
_LOWERED = (-0.45, -0.08)
_LONGEST_MARK = 6  # characters that are raised together: « 12 », « ème », « (12) »
_BESIDE = 0.6  # how near it is to a glyph of the row
_WIDE = 2.0  # a gap as no justified line has
_FEWEST = 5  # words that show that they do
_DROPPED = 1.8  # a drop cap's size
_NEAR = 2.0  # how near it is to the line that it opens
_STANDALONE = frozenset("ÀÔ")  # drop caps that are a word by themselves


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one baseline ``y`` of a page, with their usual ``size`` and ``style``.

    ``text`` has a space between them, three where a wide gap sets a number or a name apart;
    ``start``: where it would start without the drop cap beside it.
    """

    words: tuple[Word, ...]
    text: str
    y: float
    size: float
    style: int = 0
    start: float | None = None

    @property
    def left(self) -> float:
        """Where it starts."""
        return self.words[0].left if self.start is None else self.start

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right


@dataclass(slots=True)
class _Line:
    """A row in the making."""

    y: float
    glyphs: list[Glyph] = field(default_factory=list)
    start: float | None = None
    sizes: Counter[float] = field(default_factory=Counter)

    @property
    def size(self) -> float:
        return max(self.sizes, key=lambda value: (self.sizes[value], value), default=1.0)

    def add(self, run: Run) -> None:
        self.glyphs.extend(_glyphs(run))
        self.sizes[run.size] += len(run.text)


def row_of(words: Sequence[Word], y: float, start: float | None = None) -> Row:
    """Return the row that ``words`` are."""
    sizes: Counter[float] = Counter()
    styles: Counter[int] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
        styles[word.style] += len(word.text)
    size = max(sizes, key=lambda value: (sizes[value], value), default=1.0)
    style = max(styles, key=lambda value: styles[value], default=0)
    return Row(tuple(words), _said(words, size), y, size, style, start)


def _said(words: Sequence[Word], size: float) -> str:
    said = [word.text for word in words[:1]]
    for one, two in pairwise(words):
        said += ["   " if two.left - one.right > _WIDE * size else " ", two.text]
    return "".join(said)


def rows_of(page: Page, body: float) -> list[Row]:
    """Return the rows of a page, from its head to its foot; ``body`` is the text's usual size."""
    runs = [run for run in page.runs if run.text.strip() and run.size > 0]
    if _is_uneven(runs):
        runs = [_evened(run, body) for run in runs]
        lines, caps = _levelled(runs, _UNEVEN), []
    else:
        caps = [run for run in runs if _is_drop_cap(run, body)]
        lines = _levelled((run for run in runs if run not in caps), _LEVEL)
    _raise(lines)
    for cap in caps:
        _drop(lines, cap)
    lines.sort(key=lambda line: -line.y)
    return [row for row in map(_row, lines) if row.words]


def usual_size(pages: Iterable[Page]) -> float:
    """Return the size, in points, that most letters of ``pages`` have."""
    counts: Counter[float] = Counter()
    for page in pages:
        for run in page.runs:
            counts[round(run.size, 1)] += len(run.text.replace(" ", ""))
    return max(counts, key=lambda value: (counts[value], value), default=0.0)


def _is_uneven(runs: Sequence[Run]) -> bool:
    """Tell whether recognition set each word by itself, some higher and larger than the next."""
    beside = odd = 0
    for one, two in pairwise(runs):
        gap = two.lefts[0] - one.rights[-1]
        if -_BESIDE * one.size < gap < one.size and _alike(one, two):
            beside += 1
            odd += _ODD * one.size < abs(one.y - two.y) < _UNEVEN * one.size
    return odd > _MOSTLY * beside and odd > _FEWEST


def _alike(one: Run, two: Run) -> bool:
    return _SMALL < one.size / two.size < 1 / _SMALL


def _evened(run: Run, body: float) -> Run:
    """Return ``run`` in the text's size, where it is about as large."""
    return replace(run, size=body) if _SMALL < run.size / (body or 1.0) < 1 / _SMALL else run


def _levelled(runs: Iterable[Run], within: float) -> list[_Line]:
    """Sort ``runs`` by their baselines, which may differ ``within`` a share of their size."""
    lines: list[_Line] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if not lines or lines[-1].y - run.y > within * min(run.size, lines[-1].glyphs[0].size):
            lines.append(_Line(run.y))
        lines[-1].add(run)
    return lines


def _glyphs(run: Run) -> Iterator[Glyph]:
    size, style, drawn = run.size, run.style, id(run)
    for char, left, right in zip(run.text, run.lefts, run.rights, strict=True):
        yield Glyph(char, left, right, size, style, 0, drawn)


def _raise(lines: list[_Line]) -> None:
    """Set what is small and high, or low, into the row that it stands beside."""
    sizes = {id(line): line.size for line in lines}
    for line in sorted(lines, key=lambda line: sizes[id(line)]):
        homes = _homes(line, lines, sizes)
        for glyphs in _clusters(line) if homes else ():
            home = _home(glyphs, homes, sizes) if len(glyphs) <= _LONGEST_MARK else None
            if home is not None:
                high = 1 if line.y > home.y else -1
                home.glyphs.extend(glyph._replace(high=high) for glyph in glyphs)
                line.glyphs = [glyph for glyph in line.glyphs if glyph not in glyphs]
    lines[:] = [line for line in lines if line.glyphs]


def _homes(line: _Line, lines: Iterable[_Line], sizes: dict[int, float]) -> list[_Line]:
    """Return the lines that ``line`` may be raised in, then those it may be lowered in."""
    size = sizes[id(line)]
    larger = [other for other in lines if size <= _SMALL * sizes[id(other)]]
    return [
        other
        for low, high in (_RAISED, _LOWERED)
        for other in larger
        if low * sizes[id(other)] < line.y - other.y < high * sizes[id(other)]
    ]


def _clusters(line: _Line) -> Iterator[list[Glyph]]:
    """Yield what stands together on a line of small things."""
    found: list[Glyph] = []
    for glyph in sorted(line.glyphs, key=lambda glyph: glyph.left):
        if found and glyph.left - found[-1].right > _BESIDE * glyph.size:
            yield found
            found = []
        found.append(glyph)
    if found:
        yield found


def _home(glyphs: Sequence[Glyph], homes: Iterable[_Line], sizes: dict[int, float]) -> _Line | None:
    """Return the line that ``glyphs`` stand in, right beside larger ones."""
    size = max(glyph.size for glyph in glyphs)
    for line in homes:
        reach = _BESIDE * sizes[id(line)]
        if any(
            abs(glyphs[0].left - g.right) < reach or abs(g.left - glyphs[-1].right) < reach
            for g in line.glyphs
            if g.size > size and g.char.strip()
        ):
            return line
    return None


def _is_drop_cap(run: Run, body: float) -> bool:
    # Pinned by pdf-drop-cap.
    text = run.text.strip(" «“'’\xa0")
    return len(text) == 1 and text.isupper() and run.size >= _DROPPED * body


def _drop(lines: list[_Line], cap: Run) -> None:
    """Set a drop cap before the rest of its word: on the topmost line beside it."""
    end = max(cap.rights)
    beside = [
        line
        for line in lines
        if line.y + line.size > cap.y and line.y < cap.y + cap.size
        and -line.size < min(g.left for g in line.glyphs) - end < _NEAR * line.size
    ]  # fmt: skip
    if not beside:
        lines.append(_Line(cap.y))
        lines[-1].add(cap)
        return
    first = max(beside, key=lambda line: line.y)
    size = first.size
    for line in beside:
        line.start = min(cap.lefts)
    left = min(glyph.left for glyph in first.glyphs)
    text = cap.text.strip()
    for number, char in enumerate(reversed(text)):
        at = left - (size if text in _STANDALONE else 0) - (number + 1) * size / 100
        first.glyphs.append(Glyph(char, at, at, size, cap.style))


def _row(line: _Line) -> Row:
    return row_of(words_of(line.glyphs, line.size), line.y, line.start)
