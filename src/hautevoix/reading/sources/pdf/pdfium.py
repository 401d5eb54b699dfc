"""Run as a process of its own: a PDF on standard input → its glyphs, a page of JSON a line.

PDFium is C++: what crashes it, or has it loop, ends this process and no other. It asks the system
for limits before it looks at the file. What the file says comes out as JSON alone, which a reader
may trust to be nothing but data.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import sys
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from hautevoix.reading.sources.pdf import LARGEST_TOLD, MOST_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_GLYPHS = 100_000  # of a page: a newspaper's, set small, has some 20,000
_MOST_OBJECTS = 20_000  # of a page in which lines are sought: beyond it is a map
_MOST_BOOKMARKS = 5_000
_SECONDS = 300  # of computing, for the whole file
_MEMORY = 1 << 30  # bytes, beside eight times the file
_THIN = 2.0  # points: the thickest rule
_LONG = 30.0  # points: the shortest
_FAINT = 0.02  # sine of the angle up to which text runs level
_BOLD = 600  # weight of a font
_HYPHENS = frozenset([0x02, 0xFFFE, 0xFFFF])  # what PDFium makes of a hyphen at a line's end
_MADE = frozenset([0x0A, 0x0D, 0x20])  # what it adds between words and lines
_TOO_MUCH = '{"error": "memory"}\n'
_LOST = "\ufffd"


def main() -> None:
    """Write what standard input holds, or ``{"error": …}`` in its place."""
    data = sys.stdin.buffer.read()
    _limit(len(data))
    try:
        size = 0
        for told in _told(data):
            line = json.dumps(told) + "\n"
            size += len(line)
            sys.stdout.write(line if size <= LARGEST_TOLD else _TOO_MUCH)
            if size > LARGEST_TOLD:
                return
    except MemoryError:
        sys.stdout.write(_TOO_MUCH)


def _limit(size: int) -> None:
    """Bound computing and memory, where the system can (not on Windows)."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not everywhere

        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY + 8 * size, _MEMORY + 8 * size))


def _told(data: bytes) -> Iterator[dict[str, Any]]:
    try:
        file = pypdfium2.PdfDocument(data)
        count = len(file)
    except pypdfium2.PdfiumError as error:
        locked = b"/Encrypt" in data and "format" not in str(error).lower()
        yield {"error": "encrypted" if locked or "password" in str(error).lower() else "damaged"}
        return
    if pdfium.FPDF_GetSecurityHandlerRevision(file.raw) > 0:
        yield {"error": "encrypted"}
        return
    if not 0 < count <= MOST_PAGES:
        yield {"error": "pages" if count else "empty"}
        return
    yield {"pages": count, "info": file.get_metadata_dict(), "outline": list(_outline(file))}
    for number in range(count):
        yield _page(file, number)


def _outline(file: pypdfium2.PdfDocument) -> Iterator[tuple[str, int, int]]:
    """Yield (title, level from 1, page from 0) of each bookmark that leads to a page."""
    try:
        for number, mark in enumerate(file.get_toc(max_depth=6)):
            place = mark.get_dest()
            page = place.get_index() if place else None
            if page is not None and page >= 0:
                yield mark.get_title(), mark.level + 1, page
            if number == _MOST_BOOKMARKS:
                return
    except pypdfium2.PdfiumError:
        return


def _page(file: pypdfium2.PdfDocument, number: int) -> dict[str, Any]:
    """Return the ``runs`` and ``rules`` of a page, an ``error`` where it can't be opened."""
    try:
        page = file[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return {"error": "page", "page": number + 1}
    try:
        if text.count_chars() > _MOST_GLYPHS:
            return {"error": "glyphs", "page": number + 1}
        turn = _Turn(page)
        return {"runs": list(_runs(text, turn)), "rules": list(_rules(page, turn))}
    finally:
        text.close()
        page.close()


class _Turn:
    """How the page is turned when it is shown: a page set sideways is read upright."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.by = page.get_rotation()
        self.width, self.height = page.get_size()

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        if self.by == 90:  # noqa: PLR2004 (degrees)
            return y, self.height - x
        if self.by == 180:  # noqa: PLR2004
            return self.width - x, self.height - y
        return (self.width - y, x) if self.by else (x, y)


def _runs(text: pypdfium2.PdfTextPage, turn: _Turn) -> Iterator[list[Any]]:
    """Yield [y, size, style, text, lefts, rights] for what is drawn on one line in one go."""
    run: list[Any] | None = None
    last = -1
    for glyph in _Glyphs(text, turn):
        if run is None or glyph.drawn != last or abs(glyph.y - run[0]) > _THIN / 4:
            if run:
                yield run
            run = [round(glyph.y, 2), round(glyph.size, 2), glyph.style, "", [], []]
            last = glyph.drawn
        run[3] += glyph.char
        run[4].append(round(glyph.left, 2))
        run[5].append(round(glyph.right, 2))
    if run:
        yield run


class _Glyphs:
    """The glyphs of a page that run level, in the order in which they are drawn.

    It is its own iterator's value, as a page has thousands: ``char``; ``left`` and ``right`` of
    its advance, ``y`` of its baseline and ``size`` in points; ``style``: 1 bold, 2 italic;
    ``drawn``: what it was drawn with.
    """

    def __init__(self, text: pypdfium2.PdfTextPage, turn: _Turn) -> None:
        self._text, self._turn = text.raw, turn
        self._count = text.count_chars()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._level = True
        self.char, self.left, self.right, self.y, self.size = "", 0.0, 0.0, 0.0, 0.0
        self.style, self.drawn = 0, -1

    def __iter__(self) -> Iterator[_Glyphs]:
        for index in range(self._count):
            code = pdfium.FPDFText_GetUnicode(self._text, index)
            if code in _MADE and pdfium.FPDFText_IsGenerated(self._text, index) == 1:
                continue
            drawn = pdfium.FPDFText_GetTextObject(self._text, index)
            address = ctypes.addressof(drawn.contents) if drawn else 0
            if address != self.drawn or not self.size:
                self.drawn = address
                self._look(index)
            if self._level and self._place(index, code):
                yield self

    def _look(self, index: int) -> None:
        """Take the size, the style and the direction of what is drawn at ``index``."""
        pdfium.FPDFText_GetMatrix(self._text, index, self._matrix)
        m = self._matrix
        across, up = self._turn(m.a, m.b), self._turn(m.c, m.d)
        zero = self._turn(0, 0)
        dx, dy = across[0] - zero[0], across[1] - zero[1]
        length = (dx * dx + dy * dy) ** 0.5
        self._level = length > 0 and dx > 0 and abs(dy) <= _FAINT * length
        self.size = pdfium.FPDFText_GetFontSize(self._text, index) * abs(up[1] - zero[1])
        self.style = self._style(index)

    def _style(self, index: int) -> int:
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self._text, index, name, 128, flags)
        said = name.value.lower()
        weight = pdfium.FPDFText_GetFontWeight(self._text, index)
        bold = b"bold" in said or b"black" in said or weight >= _BOLD
        italic = b"italic" in said or b"oblique" in said
        return bold | italic << 1

    def _place(self, index: int, code: int) -> bool:
        if code in _HYPHENS:
            self.char = "-"
        elif 0xD800 <= code <= 0xDFFF or code > sys.maxunicode:  # noqa: PLR2004 (surrogates)
            return False
        else:
            self.char = chr(code) if code else _LOST
        pdfium.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
        pdfium.FPDFText_GetLooseCharBox(self._text, index, self._box)
        if not self._turn.by:
            self.left, self.y = self._x.value, self._y.value
            self.right = max(self._box.right, self.left)
            return True
        self.left, self.y = self._turn(self._x.value, self._y.value)
        one = self._turn(self._box.left, self._box.bottom)[0]
        self.right = max(one, self._turn(self._box.right, self._box.top)[0], self.left)
        return True


def _rules(page: pypdfium2.PdfPage, turn: _Turn) -> Iterator[list[float]]:
    """Yield [left, right, y] of each level line that is drawn on the page."""
    found = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2)
    for number, drawn in enumerate(found):
        if number == _MOST_OBJECTS:
            return
        try:
            left, bottom, right, top = drawn.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        (x, y), (other, above) = turn(left, bottom), turn(right, top)
        if abs(above - y) <= _THIN and abs(other - x) >= _LONG:
            yield [round(min(x, other), 2), round(max(x, other), 2), round((y + above) / 2, 2)]


if __name__ == "__main__":
    main()
