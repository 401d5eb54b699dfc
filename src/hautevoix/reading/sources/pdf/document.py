"""PDF with text → Book: its glyphs, by their places, as blocks; and then the segmenter."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.model import Book, BookInfo, Sidecar, TitleSource
from hautevoix.reading.base.blocks import Block, Link, LinkRole
from hautevoix.reading.base.diagnostics import JOINED, PAGE_NUMBERS, RUNNING_HEADS, tell, tell_all
from hautevoix.reading.draft import Draft
from hautevoix.reading.segment import segment
from hautevoix.reading.sources.pdf.columns import in_reading_order
from hautevoix.reading.sources.pdf.extraction import extract
from hautevoix.reading.sources.pdf.feet import SIGN, signed, take_feet
from hautevoix.reading.sources.pdf.furniture import find_furniture
from hautevoix.reading.sources.pdf.headings import heading_levels, title_at
from hautevoix.reading.sources.pdf.measure import is_centred, measure
from hautevoix.reading.sources.pdf.paragraphs import as_text_lines, paragraphs
from hautevoix.reading.sources.pdf.rows import rows_of, usual_size
from hautevoix.reading.text.hyphens import Lexis, lexis

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.base.diagnostics import Hit
    from hautevoix.reading.sources.pdf.columns import Line
    from hautevoix.reading.sources.pdf.extraction import Extracted
    from hautevoix.reading.sources.pdf.feet import FootNote
    from hautevoix.reading.sources.pdf.furniture import Furniture
    from hautevoix.reading.sources.pdf.measure import Measure
    from hautevoix.reading.sources.pdf.paragraphs import Paragraph
    from hautevoix.reading.sources.pdf.rows import Row

_FEWEST = 8  # characters a page, on average, below which pages are pictures
_JUNK = re.compile(
    r"microsoft word\b.*|.*\.(?:docx?|odt|rtf|txt|pdf|indd|qxd|tex|html?)|document ?\d*"
    r"|sans titre.*|untitled.*|titre|title|\W*",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"anonymous|unknown|user|utilisateur|author|auteur|admin.*|\W*", re.IGNORECASE)
_WIDTH = 0.5  # of the size: an average character, for indents in columns
_SIGNED = re.compile(
    f"([{chr(SIGN)}-{chr(SIGN + 0xFFFF)}])([⁰¹²³⁴-⁹]+|[\\[(]?(?:\\d{{1,3}}|[*†‡]{{1,4}})[\\])]?)"
)
_SIGNS = re.compile(f"[{chr(SIGN)}-{chr(SIGN + 0xFFFF)}]")


def read_pdf(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Read the text of a PDF.

    Raises ``InputError`` if it is damaged or its pages are pictures, ``RefusedError`` if it is
    encrypted or beyond a limit.
    """
    draft = draft_of(extract(data, where), where, sidecar.keep)
    return segment(replace(draft, sidecar=sidecar))


def draft_of(file: Extracted, where: str, keep: Container[str] = ()) -> Draft:
    """Return what the segmenter is given of a PDF; ``keep`` has the codes of furniture that stays.

    Raises ``InputError`` if it has no text.
    """
    letters = sum(len(run.text) - run.text.count(" ") for p in file.pages for run in p.runs)
    if letters < _FEWEST * len(file.pages) or not letters:
        message = tr(
            "{where}: there is no text in it, only pictures of {pages} pages.",
            where=where,
            pages=len(file.pages),
        )
        raise InputError(message, advice=tr("Run it through OCR first, such as ocrmypdf."))
    size = usual_size(file.pages)
    pages = [rows_of(page, size) for page in file.pages]
    furniture = find_furniture(pages, size).without(
        numbers=PAGE_NUMBERS.code in keep, heads=RUNNING_HEADS.code in keep
    )
    lines = [
        in_reading_order([row for i, row in enumerate(rows) if (n, i) not in furniture], n)
        for n, rows in enumerate(pages)
    ]
    usual = measure([line for some in lines for line in some], size)
    bodies, notes = take_feet(lines, [page.rules for page in file.pages], usual)
    return _draft(file, signed(bodies, notes), notes, usual).told(_told_furniture(pages, furniture))


def _draft(
    file: Extracted, bodies: Sequence[Sequence[Line]], notes: Sequence[FootNote], usual: Measure
) -> Draft:
    lines = [line for body in bodies for line in body]
    words = lexis(as_text_lines([*lines, *(line for note in notes for line in note.lines)]))
    whole = paragraphs(lines, usual)
    texts = [paragraph.text(words) for paragraph in whole]
    levels = heading_levels(whole, texts, usual, file.outline)
    numbers = {id(line): number for number, line in enumerate(lines, 1)}
    blocks = [
        _block(paragraph, texts[index], numbers[id(paragraph.first)], levels.get(index, 0))
        for index, paragraph in enumerate(whole)
    ]
    feet = list(_notes(notes, words, usual, len(lines)))
    title = title_at(whole, usual, levels)
    if title is not None:
        blocks[title] = replace(blocks[title], part="title")
    draft = Draft(blocks=[*blocks, *feet], info=_info(file.info))
    return draft.told(tell_all(JOINED, list(_joins(whole, numbers))))


def _block(paragraph: Paragraph, text: str, number: int, level: int) -> Block:
    first = paragraph.first
    columns = round((first.row.left - first.left) / (_WIDTH * (first.row.size or 1.0)))
    text, links = _linked(text)
    apart = is_centred(first) or bool(first.row.style & 1)
    return Block(text, number, level=level, indent=max(columns, 0), apart=apart, links=tuple(links))


def _linked(text: str) -> tuple[str, list[Link]]:
    """Take the signs out of ``text``; return it, and a link over the call after each."""
    links: list[Link] = []
    for gone, match in enumerate(_SIGNED.finditer(text)):
        start = match.start() - gone
        number = ord(match[1]) - SIGN
        links.append(Link(start, start + len(match[2]), f"note {number}", LinkRole.CALL))
    return _SIGNS.sub("", text), links


def _notes(notes: Sequence[FootNote], words: Lexis, usual: Measure, after: int) -> Iterator[Block]:
    for number, note in enumerate(notes):
        key = f"note {number}"
        for index, paragraph in enumerate(paragraphs(note.lines, usual)):
            text = " ".join(paragraph.text(words).split("\n"))
            anchors = () if index else ((0, key),)
            yield Block(text, after + number + 1, note=key, anchors=anchors)


def _joins(whole: Sequence[Paragraph], numbers: dict[int, int]) -> Iterator[Hit]:
    """Yield where a page turns within a sentence."""
    for paragraph in whole:
        for one, two in pairwise(paragraph.lines):
            if one.page != two.page and two.row.text[:1].islower():
                ends, begins = one.row.text.split(" ")[-3:], two.row.text.split(" ")[:3]
                said = {"cut": tr("a page break"), "ends": _plain(ends), "begins": _plain(begins)}
                yield numbers[id(two)], said


def _plain(words: Sequence[str]) -> str:
    return _SIGNS.sub("", " ".join(words))


def _told_furniture(pages: Sequence[Sequence[Row]], found: Furniture) -> Iterator[Diagnostic]:
    for message, places in ((PAGE_NUMBERS, found.numbers), (RUNNING_HEADS, found.heads)):
        if places:
            (page, index), *_ = sorted(places)
            count = tr(
                "{places}, such as “{text}”", places=len(places), text=pages[page][index].text[:60]
            )
            yield tell(message, 0, spread=count)


def _info(said: dict[str, str]) -> BookInfo:
    title = " ".join(said.get("Title", "").split())
    author = " ".join(said.get("Author", "").split())
    info = BookInfo(author=None if _NOBODY.fullmatch(author) else author)
    if _JUNK.fullmatch(title):
        return info
    return replace(info, title=title, title_source=TitleSource.TEXT)
