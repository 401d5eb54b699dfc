"""PDF with text → Book: its lines as they stand on the page, and then the segmenter."""

from __future__ import annotations

import io
import logging
import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from hautevoix.errors import InputError, RefusedError
from hautevoix.model import Book, BookInfo, Sidecar, TitleSource
from hautevoix.reading.segment import parse_text
from hautevoix.reading.sources.pdf.geometry import PdfLine, page_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PageObject

_MOST_PAGES = 5_000
_LARGEST_PAGE = 4 << 20  # bytes of drawing that one page may unpack to: text needs some 10 KB
_FEWEST = 8  # characters a page, on average, below which pages are pictures
_JUNK = re.compile(
    r"microsoft word\b.*|.*\.(?:docx?|odt|rtf|txt|pdf|indd|qxd|tex)|document ?\d*|sans titre.*"
    r"|untitled.*|titre|title|\W*",
    re.IGNORECASE,
)
# What pypdf leaks on damaged files, beside its own errors: seen by fuzzing.
_BROKEN = (
    PyPdfError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    OSError,
    ZeroDivisionError,
    OverflowError,
    UnicodeError,
    MemoryError,
)
_ADVICE = "Open it in a PDF reader and save it anew."


def read_pdf(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Read the text of a PDF.

    Raises ``InputError`` if it is damaged or its pages are pictures, ``RefusedError`` if it is
    encrypted or beyond a limit.
    """
    with _quiet():
        reader = _open(data, where)
        pages = list(page_texts(list(_pages(reader, where))))
        info = _info(reader)
    text = "\n\f".join(pages)
    if len("".join(text.split())) < _FEWEST * len(pages) or not text.strip():
        message = f"{where}: there is no text in it, only pictures of {len(pages)} pages."
        raise InputError(message, advice="Run it through OCR first, such as ocrmypdf.")
    return parse_text(text, info, sidecar)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from logging each thing that it mends."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _open(data: bytes, where: str) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted
        count = 0 if locked else len(reader.pages)
    except _BROKEN:
        raise InputError(f"{where}: a damaged PDF.", advice=_ADVICE) from None
    if locked:
        advice = "Save an unprotected copy, if you may, and give that."
        raise RefusedError(f"{where}: an encrypted PDF: refused.", advice=advice)
    if count > _MOST_PAGES:
        raise RefusedError(f"{where}: more than {_MOST_PAGES} pages.", advice="Cut it into parts.")
    if not count:
        raise InputError(f"{where}: a PDF without a page.", advice=_ADVICE)
    return reader


def _pages(reader: PdfReader, where: str) -> Iterator[list[PdfLine]]:
    for number, page in enumerate(reader.pages, 1):
        try:
            yield _lines(page, f"{where}: page {number}")
        except _BROKEN:
            message = f"{where}: page {number} is damaged."
            raise InputError(message, advice=_ADVICE) from None


def _lines(page: PageObject, where: str) -> list[PdfLine]:
    """Return the lines of a page in the order of its drawing."""
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _LARGEST_PAGE:
        raise RefusedError(f"{where} draws more than {_LARGEST_PAGE >> 20} MiB.", advice=_ADVICE)
    lines = [PdfLine()]

    def visit(text: str, matrix: list[float], inner: list[float], _: object, size: float) -> None:
        x, y, scale = _place(matrix, inner)
        scaled = abs(size * scale)
        for number, piece in enumerate(text.split("\n")):
            if number or (piece.strip() and lines[-1].is_left(y, scaled)):
                lines.append(PdfLine())
            if piece:
                lines[-1].add(piece, x, y, scaled)

    page.extract_text(visitor_text=visit)
    return lines


def _place(outer: list[float], inner: list[float]) -> tuple[float, float, float]:
    """Return where text stands and how it is scaled: its matrix within the page's (ISO 32000)."""
    a, b, c, d, e, f = outer
    x = inner[4] * a + inner[5] * c + e
    y = inner[4] * b + inner[5] * d + f
    return x, y, inner[2] * b + inner[3] * d


def _info(reader: PdfReader) -> BookInfo:
    try:
        said = reader.metadata
        title = " ".join(str(said.title or "").split()) if said else ""
        author = " ".join(str(said.author or "").split()) if said else ""
    except _BROKEN:
        return BookInfo()
    info = BookInfo(author=author or None)
    if not title or _JUNK.fullmatch(title):
        return info
    return replace(info, title=title, title_source=TitleSource.TEXT)
