"""What the tests of formats share: a book told briefly, and small files made by hand."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hautevoix.model import Book

PROSE = (
    "Il était une fois, dans un pays lointain, un roi qui avait trois filles et un seul cheval. "
    "Le cheval mourut au printemps, et le roi, qui l’aimait, fit fermer les portes de la ville."
)


def titles(book: Book) -> list[tuple[int, str | None]]:
    """Return (level, title) of each chapter."""
    return [(chapter.level, chapter.title) for chapter in book.chapters]


def texts(book: Book) -> list[str]:
    """Return the texts of all paragraphs."""
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


def kinds(book: Book) -> list[tuple[str, str]]:
    """Return (kind, text) of each paragraph that is no plain prose."""
    return [
        (p.kind.value, p.text)
        for chapter in book.chapters
        for p in chapter.paragraphs
        if p.text != PROSE
    ]


def references(book: Book) -> list[tuple[str, int, str | None]]:
    """Return (label, position, the note's text) of each call."""
    return [
        (call.label, call.position, None if call.note is None else book.notes[call.note].text)
        for chapter in book.chapters
        for p in chapter.paragraphs
        for call in p.references
    ]


def page(body: str, head: str = "<title>Livre</title>") -> bytes:
    """Return a page of HTML."""
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">{head}</head>'
        f"<body>{body}</body></html>"
    ).encode()


def archive(entries: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of ``entries``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return out.getvalue()


CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)


def xhtml(body: str, kind: str = "") -> str:
    """Return a page of an EPUB."""
    said = f' epub:type="{kind}"' if kind else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>'
        f"<body{said}>{body}</body></html>"
    )


def epub(
    pages: Mapping[str, str],
    *,
    metadata: str = "<dc:title>Le Livre</dc:title><dc:language>fr</dc:language>",
    ncx: str = "",
    extra: Mapping[str, str | bytes] | None = None,
    manifest: str = "",
) -> bytes:
    """Return an EPUB of ``pages`` (name → XHTML), in their order."""
    items = "".join(
        f'<item id="p{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(pages)
    )
    refs = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    table = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' if ncx else ""
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f"<manifest>{items}{table}{manifest}</manifest><spine>{refs}</spine></package>"
    )
    entries: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": package,
    }
    entries |= {f"OEBPS/{name}": text for name, text in pages.items()}
    if ncx:
        entries["OEBPS/toc.ncx"] = ncx
    return archive(entries | dict(extra or {}))


def navigation(*points: tuple[str, str]) -> str:
    """Return an NCX of (label, target) points."""
    made = "".join(
        f"<navPoint><navLabel><text>{label}</text></navLabel><content src='{target}'/></navPoint>"
        for label, target in points
    )
    space = "http://www.daisy.org/z3986/2005/ncx/"
    return f'<ncx xmlns="{space}"><navMap>{made}</navMap></ncx>'


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(
    body: str, *, styles: str = "", notes: str = "", numbering: str = "", core: str = ""
) -> bytes:
    """Return a Word document of the paragraphs ``body``."""

    def part(name: str, inside: str) -> str:
        return f'<?xml version="1.0"?><w:{name} xmlns:w="{W}">{inside}</w:{name}>'

    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/styles.xml": part("styles", styles),
    }
    if notes:
        entries["word/footnotes.xml"] = part("footnotes", notes)
    if numbering:
        entries["word/numbering.xml"] = part("numbering", numbering)
    if core:
        space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
        entries["docProps/core.xml"] = f"<cp xmlns='x' {space}>{core}</cp>"
    return archive(entries)


def para(text: str, style: str = "", more: str = "") -> str:
    """Return a paragraph of a Word document: plain text, or runs if it is marked up."""
    runs = text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{runs}</w:p>"


def pdf(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """Return a PDF; each page is (x, y, size, text) lines, in Windows-1252."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
    for lines in pages:
        drawn = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET\n"
            for x, y, size, text in lines
        )
        number = len(objects) + 1
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 "
            f"{font} >> >> /Contents {number + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
        kids.append(f"{number} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: list[str]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
