"""EPUB, Word, OpenDocument, FictionBook, RTF and PDF as chance makes them."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from forms import CONTAINER, pdf
from fuzzing.texts import (
    addresses,
    damaged,
    html_values,
    markup,
    numbers,
    prose,
    tree,
    written,
    xml_text,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy


@st.composite
def zipped(draw: DrawFn, members: SearchStrategy[dict[str, bytes]]) -> bytes:
    """Return a ZIP archive of the members, one or two of them odd, packed in any way."""
    found = list(draw(members).items())
    if draw(st.integers(0, 5)) == 0:
        name = draw(
            st.sampled_from(["../x", "/x", "C:\\x", "x/", "", "a\x00b", "é", "A.XHTML", "a" * 300])
        )
        found.insert(draw(st.integers(0, len(found))), (name, b"x"))
    if found and draw(st.integers(0, 5)) == 0:
        found.pop(draw(st.integers(0, len(found) - 1)))
    if found and draw(st.integers(0, 9)) == 0:
        found.append(found[draw(st.integers(0, len(found) - 1))])
    packed = draw(st.sampled_from([0, 0, 8, 8, 12, 14]))  # stored, deflated, BZIP2, LZMA
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that stands twice
        for name, data in found:
            file.writestr(zipfile.ZipInfo(name), data, packed)
    return out.getvalue()


_XHTML = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
)
_pages = st.builds(
    lambda head, inside: f"{head}{_XHTML}{inside}</body></html>",
    st.sampled_from(["", '<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE html>", "\ufeff"]),
    markup,
).map(lambda told: told.encode("utf-8", "replace"))
_TYPES = (
    "application/xhtml+xml", "application/x-dtbncx+xml", "text/css", "image/jpeg", "text/html", "",
    "application/smil+xml", "audio/mpeg",
)  # fmt: skip
_PAGES = ("a.xhtml", "b.xhtml", "toc.ncx", "nav.xhtml", "a.smil", "c.mp3")
_items = st.builds(
    lambda id_, href, kind, more: (
        f'<item id="{id_}" href="{xml_text(href)}" media-type="{kind}" {more}/>'
    ),
    st.sampled_from("abcd"),
    st.one_of(st.sampled_from(_PAGES), st.sampled_from(_PAGES), addresses),
    st.sampled_from(_TYPES[:1] * 4 + _TYPES),
    st.sampled_from(["", "", 'properties="nav"', 'properties="cover-image"', 'media-overlay="d"']),
)
_refs = st.builds(
    lambda id_, more: f'<itemref idref="{id_}" {more}/>',
    st.sampled_from("aaabcdx"),
    st.sampled_from(["", "", 'linear="no"']),
)
_metadata = tree(
    ["dc:title", "dc:creator", "dc:date", "dc:language", "dc:identifier", "dc:publisher", "meta"],
    [
        "name",
        "content",
        "property",
        "refines",
        "id",
        "opf:role",
        "opf:file-as",
        "opf:event",
        "scheme",
    ],
    st.one_of(
        prose,
        numbers,
        st.sampled_from(
            ["cover", "calibre:series", "#a", "aut", "media:duration", "dcterms:modified"]
        ),
    ),
    8,
)
_opf = st.builds(
    lambda metadata, items, refs, more: (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" '
        f'version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="x">{metadata}'
        f'</metadata><manifest>{"".join(items)}</manifest><spine toc="c">{"".join(refs)}</spine>{more}'
        "</package>"
    ).encode(),
    _metadata,
    st.lists(_items, max_size=6),
    st.lists(_refs, max_size=5),
    st.sampled_from(["", '<guide><reference type="toc" href="a.xhtml#a"/></guide>', "<guide/>"]),
)
_ncx = tree(
    ["navMap", "navPoint", "navLabel", "text", "content", "pageList", "docTitle"],
    ["src", "id", "playOrder", "class"],
    st.one_of(addresses, numbers),
).map(lambda told: f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/">{told}</ncx>'.encode())
_smil = tree(
    ["seq", "par", "text", "audio"],
    ["src", "clipBegin", "clipEnd", "id", "epub:textref"],
    st.one_of(
        addresses, numbers, st.sampled_from(["1s", "0:00:01", "a.xhtml#a", "c.mp3", "9" * 400])
    ),
).map(
    lambda told: (
        '<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        f"{told}</body></smil>"
    ).encode()
)
_containers = st.sampled_from(
    [CONTAINER.encode()] * 6
    + [b"", b"<container/>", b"x", CONTAINER.replace("OEBPS", "..").encode(),
       CONTAINER.replace('full-path="OEBPS/content.opf"', "").encode()]
)  # fmt: skip
_rights = st.sampled_from(
    [
        b"<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container'/>",
        b"",
        b"<x",
        b"<rights/>",
    ]
)
epub = damaged(
    zipped(
        st.fixed_dictionaries(
            {
                "mimetype": st.sampled_from([b"application/epub+zip"] * 4 + [b"", b"\xff"]),
                "META-INF/container.xml": _containers,
                "OEBPS/content.opf": _opf,
                "OEBPS/a.xhtml": _pages,
            },
            optional={
                "OEBPS/b.xhtml": _pages,
                "OEBPS/nav.xhtml": _pages,
                "OEBPS/toc.ncx": _ncx,
                "OEBPS/a.smil": _smil,
                "OEBPS/c.mp3": st.binary(max_size=60),
                "META-INF/encryption.xml": _rights,
            },
        )
    )
)
"""An EPUB."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORDY = [
    f"w:{name}"
    for name in (
        "p p p r r r t t t pPr rPr pStyle rStyle outlineLvl numPr ilvl numId jc ind tab br cr sym noBreakHyphen "
        "softHyphen hyperlink bookmarkStart footnoteReference endnoteReference footnoteRef tbl tr tc sdt "
        "sdtContent ins del delText moveFrom smartTag fldSimple fldChar instrText drawing pict b i caps "
        "smallCaps vanish vertAlign sz basedOn name style link footnote endnote abstractNum num lvl lvlText "
        "numFmt start abstractNumId pageBreakBefore sectPr lastRenderedPageBreak txbxContent commentReference"
    ).split()
]
_WORDY_VALUES = st.one_of(
    numbers,
    st.sampled_from(
        ["Heading1", "Titre1", "Title", "Normal", "Footnote", "superscript", "on", "false", "begin", "end",
         "separate", "decimal", "upperRoman", "%1.", "%9", "center", "paragraph", "page", "heading 1"]
    ),
)  # fmt: skip
_wordy = tree(
    _WORDY,
    ["w:val", "w:id", "w:type", "w:styleId", "w:left", "w:fldCharType", "w:instr", "w:ilvl", "w:numId",
     "w:char", "w:font", "w:anchor", "w:default", "w:customMarkFollows", "w:abstractNumId"],
    _WORDY_VALUES,
    40,
)  # fmt: skip


def _part(name: str) -> SearchStrategy[bytes]:
    return _wordy.map(lambda told: f'<w:{name} xmlns:w="{_W}">{told}</w:{name}>'.encode())


_core = _metadata.map(
    lambda told: (
        '<cp xmlns="x" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">{told}</cp>'
    ).encode()
)
docx = damaged(
    zipped(
        st.fixed_dictionaries(
            {
                "[Content_Types].xml": st.just(b"<Types/>"),
                "word/document.xml": _wordy.map(
                    lambda told: (
                        f'<w:document xmlns:w="{_W}"><w:body>{told}</w:body></w:document>'.encode()
                    )
                ),
            },
            optional={
                "word/styles.xml": _part("styles"),
                "word/numbering.xml": _part("numbering"),
                "word/footnotes.xml": _part("footnotes"),
                "word/endnotes.xml": _part("endnotes"),
                "docProps/core.xml": _core,
            },
        )
    )
)
"""A Word document."""
_OFFICE = 'xmlns:text="t" xmlns:style="s" xmlns:meta="m" xmlns:dc="d" xmlns:office="o"'
_office = tree(
    ["text:p", "text:h", "text:span", "text:note", "style:style", "meta:user-defined", "dc:title",
     "meta:initial-creator", "dc:language", "office:text"],
    ["text:style-name", "style:name", "style:parent-style-name", "meta:name"],
    st.one_of(prose, st.sampled_from(["Title", "P1", "ISBN"])),
).map(lambda told: f"<office:document {_OFFICE}>{told}</office:document>".encode())  # fmt: skip
odt = damaged(
    zipped(
        st.fixed_dictionaries(
            {
                "mimetype": st.just(b"application/vnd.oasis.opendocument.text"),
                "content.xml": _office,
            },
            optional={"meta.xml": _office, "styles.xml": _office},
        )
    )
)
"""An OpenDocument text."""
_fictions = tree(
    ["body", "section", "title", "p", "epigraph", "poem", "stanza", "v", "description", "title-info",
     "book-title", "author", "first-name", "a", "empty-line", "binary"],
    ["id", "type", "name", "xlink:href"],
    html_values,
)  # fmt: skip
fb2 = written(
    _fictions.map(
        lambda told: (
            '<?xml version="1.0" encoding="utf-8"?><FictionBook xmlns:xlink="x" '
            f'xmlns="http://www.gribuser.ru/xml/fictionbook/2.0">{told}</FictionBook>'
        )
    )
)
"""A FictionBook."""
rtf = written(st.lists(st.one_of(prose, st.sampled_from(
    ["\\par ", "{", "}", "\\b ", "\\'e9", "\\u233?", "\\u-9999999?", "{\\*\\x ", "\\bin99 ", "\\footnote"]
)), max_size=20).map(lambda parts: "{\\rtf1\\ansi " + "".join(parts) + "}"))  # fmt: skip
"""A text in RTF."""
_places = st.sampled_from([0, 40, 50, 72, 72, 72, 300, 300, 595, -10, 900, 9e5])
_sizes = st.sampled_from([11, 11, 11, 8, 14, 24, 0, -3, 0.001, 900])
pdfs = damaged(
    st.lists(
        st.lists(st.tuples(_places, st.integers(0, 840), _sizes, prose), max_size=12), max_size=4
    ).map(
        lambda pages: pdf(
            [
                [
                    (x, y, size, text.encode("cp1252", "replace").decode("cp1252"))
                    for x, y, size, text in some
                ]
                for some in pages
            ]
        )
    )
)
"""A PDF: lines anywhere on its pages."""
