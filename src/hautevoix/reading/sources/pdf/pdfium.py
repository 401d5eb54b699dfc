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
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from hautevoix.reading.sources.pdf import HUNDREDTHS, LARGEST_TOLD, MOST_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Widths = dict[tuple[int | None, float, float], dict[int, float]]
    """What was measured on a page, by the font (its address), its size and its scale."""

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
_FIRST_HALF, _LAST_HALF = 0xD800, 0xDFFF  # halves of characters in UTF-16
_TOO_MUCH = '{"error": "memory"}\n'
_TIED = frozenset(map(ord, "fcstTQ"))  # they may be one glyph with the next: « fi », « st », « tt »
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
        if self.by == 90:  # degrees
            return y, self.height - x
        if self.by == 180:
            return self.width - x, self.height - y
        return (self.width - y, x) if self.by else (x, y)

    def across(self, x: float, y: float, box: pdfium.FS_RECTF) -> tuple[float, float, float]:
        """Return where the glyph at ``x``, ``y`` starts and ends by its ``box``, and its height."""
        if not self.by:
            return x, max(box.right, x), y
        left, height = self(x, y)
        ends = self(box.left, box.bottom)[0], self(box.right, box.top)[0]
        return left, max(*ends, left), height


def _runs(text: pypdfium2.PdfTextPage, turn: _Turn) -> Iterator[list[Any]]:
    """Yield [y, size, style, text, lefts, rights] for what is drawn on one line in one go."""
    run: list[Any] = []
    last = None
    for drawn, char, left, right, y in _glyphs(text, turn):
        if drawn is not last or abs(y - run[0]) > _THIN / 4:
            if run:
                yield run
            run = [round(y, 2), drawn.size, drawn.style, "", [], []]
            last = drawn
        run[3] += char
        run[4].append(int(left * HUNDREDTHS))
        run[5].append(int(right * HUNDREDTHS))
    if run:
        yield run


def _glyphs(
    text: pypdfium2.PdfTextPage, turn: _Turn
) -> Iterator[tuple[_Drawn, str, float, float, float]]:
    """Yield each glyph that runs level, in the order of drawing.

    Tells what it was drawn with, its character, where its advance starts and ends, its baseline.
    """
    page = ctypes.cast(text.raw, ctypes.c_void_p).value
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    at_x, at_y, at_box = map(ctypes.addressof, (x, y, box))
    address, drawn, before = -1, None, 0
    widths: _Widths = {}
    for index in range(text.count_chars()):
        code = _code(page, index)
        if code in _MADE and _is_made(page, index) == 1:
            continue
        found = _object(page, index)
        if found != address or drawn is None:
            address, drawn = found, _drawn(text.raw, index, turn, widths)
        if not drawn.level or _FIRST_HALF <= code <= _LAST_HALF:
            continue
        _origin(page, index, at_x, at_y)
        tied = turn.by or before in _TIED or code in _TIED
        before, width = code, None if tied else drawn.widths.get(code)
        if width is None:
            _loose(page, index, at_box)
            left, right, height = turn.across(x.value, y.value, box)
            if not tied:
                drawn.widths[code] = right - left
            yield drawn, _char(code), left, right, height
        else:
            yield drawn, _char(code), x.value, x.value + width, y.value


@cache
def _char(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return chr(code) if 0 < code <= sys.maxunicode else _LOST


def _plain(function: Any, *arguments: Any) -> Any:
    """Return PDFium's ``function`` on bare addresses: ctypes checks types at thrice the time."""
    return ctypes.cast(function, ctypes.CFUNCTYPE(*arguments))


_AT = (ctypes.c_void_p, ctypes.c_int)  # a page's text, an index in it
_code = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, *_AT)
_is_made = _plain(pdfium.FPDFText_IsGenerated, ctypes.c_int, *_AT)
_object = _plain(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, *_AT)
_origin = _plain(
    pdfium.FPDFText_GetCharOrigin, ctypes.c_int, *_AT, ctypes.c_void_p, ctypes.c_void_p
)
_loose = _plain(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, *_AT, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """How text is drawn: its ``size`` in points, ``style`` (1 bold, 2 italic), ``level`` or not.

    ``widths`` are those of its glyphs, by character, which all that looks the same shares.
    """

    size: float
    style: int
    level: bool
    widths: dict[int, float]


def _drawn(text: Any, index: int, turn: _Turn, widths: _Widths) -> _Drawn:
    """Return how the glyph at ``index`` is drawn."""
    m = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, m)
    zero, across, up = turn(0, 0), turn(m.a, m.b), turn(m.c, m.d)
    dx, dy = across[0] - zero[0], across[1] - zero[1]
    level = dx > 0 and abs(dy) <= _FAINT * dx
    size = pdfium.FPDFText_GetFontSize(text, index) * abs(up[1] - zero[1])
    font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(text, index))
    look = ctypes.cast(font, ctypes.c_void_p).value, round(size, 2), round(dx, 3)
    return _Drawn(round(size, 2), _style(text, index), level, widths.setdefault(look, {}))


def _style(text: Any, index: int) -> int:
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, name, 128, flags)
    said = name.value.lower()
    weight = pdfium.FPDFText_GetFontWeight(text, index)
    bold = b"bold" in said or b"black" in said or weight >= _BOLD
    italic = b"italic" in said or b"oblique" in said
    return bold | italic << 1


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
