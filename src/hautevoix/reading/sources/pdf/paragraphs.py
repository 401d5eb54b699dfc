"""Lines → paragraphs: by indents, gaps, sizes, and lines that end where they need not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hautevoix.reading.language.phrases import is_dialogue
from hautevoix.reading.language.punctuation import ends_sentence
from hautevoix.reading.sources.pdf.measure import (
    GAP,
    Measure,
    breaks,
    ends,
    is_centred,
    is_indented,
)
from hautevoix.reading.text.hyphens import Lexis, join
from hautevoix.reading.text.lines import Line as TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.reading.sources.pdf.columns import Line

_WIDE = 1.9  # leadings: no line of a paragraph stands as far from the one above
_SIZES = 0.06  # share by which the sizes of one paragraph's lines may differ
CAPTION = re.compile(
    r"(?:figure|fig\.|tableau|photo(?:graphie)?|planche|pl\.|carte|illustration|ill\.|graphique|"
    r"schéma|image|encadré|document|croquis)\s*(?:n[o°]\s*)?(?:\d{1,3}|[IVXL]{1,6})\b\s*[-–—:.]",
    re.IGNORECASE,
)
"""How the caption of a picture opens: « Figure 2 - », « Fig. 3. »."""
_LEADER = re.compile(
    r"(?:\.{3,}|(?: \.){3,}|…{2,}|_{3,}|\s{3,})\s*(?:p\.\s?)?(?:\d{1,4}|[ivxlc]+)\.?$"
)
_TAIL = 80  # characters of a line in which its leader and page stand
_PROSE = 3  # lines of a paragraph that show how it is broken
_MOSTLY = 0.6  # share of its lines that end on purpose, in verse
_NARROW = 0.75  # of the column: lines that are as short were not broken by its width
_HANGING = 1.5  # sizes: how far in the lines after a list's mark stand
_MARK = re.compile(r"(?:[-–—•·▪*]|\d{1,3}[.)°]|[a-z]\))$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together: one or more rows, which the page breaks on purpose."""

    rows: tuple[tuple[Line, ...], ...]

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.rows[0][0]

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.rows[-1][-1]

    @property
    def lines(self) -> list[Line]:
        """All its lines."""
        return [line for row in self.rows for line in row]

    def text(self, words: Lexis) -> str:
        """Return its text, a line a row; ``words`` judge the hyphens at the lines' ends."""
        return "\n".join(running(row, words) for row in self.rows)


def running(lines: Iterable[Line], words: Lexis) -> str:
    """Return ``lines`` run together, cut words made whole."""
    return join(as_text_lines(lines), words).text.strip()


def as_text_lines(lines: Iterable[Line]) -> list[TextLine]:
    """Return ``lines`` as the segmenter's, without number or indent."""
    return [TextLine(0, 0, line.row.text) for line in lines]


def is_caption(line: Line) -> bool:
    """Tell whether ``line`` opens the caption of a picture: « Figure 2 - La bouée »."""
    # Pinned by pdf-captions.
    return CAPTION.match(line.row.text) is not None


def paragraphs(lines: Sequence[Line], usual: Measure) -> list[Paragraph]:
    """Return the paragraphs that ``lines`` make, in order; a caption waits for a sentence's end."""
    making = _Making(usual)
    for line in lines:
        making.take(line)
    making.close()
    return making.whole


@dataclass(slots=True)
class _Making:
    """Paragraphs in the making: the ``rows`` of the last one, the captions that it waits for."""

    usual: Measure
    whole: list[Paragraph] = field(default_factory=list)
    rows: list[list[Line]] = field(default_factory=list)
    floats: list[Line] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Add the next line."""
        before = self.rows[-1][-1] if self.rows else None
        if before is None:
            self.rows = [[line]]
        elif self._floats(before, line):
            self.floats.append(line)
        elif _starts(before, line, self.rows, self.usual):
            self.close()
            self.rows = [[line]]
        elif breaks(before, line) and not _runs_on(before, line):
            self.rows.append([line])
        else:
            self.rows[-1].append(line)

    def close(self) -> None:
        """End the last paragraph; the captions that stood within it come after it."""
        if self.rows:
            self.whole.append(Paragraph(_settled(self.rows)))
        floats, self.rows, self.floats = self.floats, [], []
        if floats:
            self.whole.extend(paragraphs(floats, self.usual))

    def _floats(self, before: Line, line: Line) -> bool:
        """Tell a caption, or its next line, that parts a sentence."""
        if is_caption(line):
            return not ends(before) and not is_caption(self.rows[0][0])
        last = self.floats[-1] if self.floats else None
        return (
            last is not None
            and last.page == line.page
            and abs(last.row.size - line.row.size) <= _SIZES * line.row.size
            and abs(line.row.size - before.row.size) > _SIZES * line.row.size
            and self.usual.step(last, line) <= GAP
        )


def _settled(rows: Sequence[Sequence[Line]]) -> tuple[tuple[Line, ...], ...]:
    """Return the rows of a paragraph: one, where only a few of its lines end on purpose.

    Lines of verse, of an address, of a list all do; in prose a short one is a whim of its width.
    """
    # Pinned by pdf-rewrapped.
    lines = [line for row in rows for line in row]
    few = len(lines) >= _PROSE and len(rows) - 1 < _MOSTLY * (len(lines) - 1)
    lower = sum(row[0].row.text[:1].islower() for row in rows[1:])
    if few or (lower * 2 > len(rows) - 1 and not _is_narrow(lines)):
        return (tuple(lines),)
    return tuple(map(tuple, rows))


def _is_narrow(lines: Sequence[Line]) -> bool:
    """Tell whether all ``lines`` leave much of their column empty, as those of verse do."""
    room = _NARROW * (lines[0].right - lines[0].left)
    return len(lines) > _PROSE and all(line.row.right - line.row.left < room for line in lines)


def _runs_on(one: Line, two: Line) -> bool:
    """Tell a line that a wide word or a lone margin broke from one that ends on purpose."""
    if one.row.text.endswith("-") and one.row.text[-2:-1].isalpha():
        return True
    return two.row.text[:1].islower() and one.page != two.page


def _starts(one: Line, two: Line, so_far: Sequence[Sequence[Line]], usual: Measure) -> bool:
    """Tell whether ``two`` starts a paragraph, after ``one``."""
    if _differ(one, two, so_far) or _is_entry(one) or (_is_entry(two) and len(so_far[0]) > _PROSE):
        return True
    if one.page != two.page or one.column != two.column:
        return _starts_over_page(one, two, usual)
    cut = two.row.text[:1].islower() and not ends(one)
    if cut or usual.step(one, two) > GAP:
        return usual.step(one, two) > (_WIDE if cut else GAP)
    if is_dialogue(two.row.text):
        return ends(one) or breaks(one, two)
    if is_centred(one) != is_centred(two) and not _is_last_line(one, two):
        return breaks(one, two)
    return _stands_in(one, two, usual)


def _is_entry(line: Line) -> bool:
    """Tell whether ``line`` ends an entry of a table: « Le pont ........ 12 »."""
    # Pinned by pdf-contents.
    return _LEADER.search(line.row.text[-_TAIL:]) is not None


def _differ(one: Line, two: Line, so_far: Sequence[Sequence[Line]]) -> bool:
    """Tell whether their type differs, or one is a caption."""
    sizes = one.row.size, two.row.size
    other = max(sizes) - min(sizes) > _SIZES * max(sizes)
    # A heading run in, or a first line in small capitals, goes on in the text's size.
    if other and not (two.row.text[:1].islower() and not ends(one) and len(so_far[0]) == 1):
        return True
    if is_caption(two):
        return True
    bold = (one.row.style ^ two.row.style) & 1
    return bool(bold) and (one.page != two.page or breaks(one, two) or is_centred(one))


def _is_last_line(one: Line, two: Line) -> bool:
    """Tell whether ``two`` goes on from ``one``, which fills its column."""
    return not breaks(one, two) and abs(one.row.left - one.left) < one.row.size


def _stands_in(one: Line, two: Line, usual: Measure) -> bool:
    """Tell, from where it starts in its column, whether ``two`` starts a paragraph."""
    in_one, in_two = is_indented(one), is_indented(two)
    if in_two and not in_one:
        return not _hangs(one, two)
    if in_two and usual.indents and ends(one):
        return breaks(one, two)
    if not breaks(one, two) or not ends(one):
        return False
    return not usual.indents or in_two or in_one


def _hangs(one: Line, two: Line) -> bool:
    """Tell the second line of a list's entry, which stands under its first word."""
    words = one.row.words
    if len(words) < 2 or not _MARK.match(words[0].text):  # a mark and a word
        return False
    return abs(two.row.left - words[1].left) < _HANGING * one.row.size / 2


def _starts_over_page(one: Line, two: Line, usual: Measure) -> bool:
    """Tell whether ``two``, at the head of a page or a column, starts a paragraph."""
    if not ends_sentence(one.row.text) and not (ends(one) and not two.row.text[:1].islower()):
        return is_dialogue(two.row.text) and breaks(one, two)
    if is_dialogue(two.row.text) or breaks(one, two) or is_centred(two):
        return True
    if usual.indents:
        return is_indented(two)
    return False
