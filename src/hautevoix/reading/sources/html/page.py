"""HTML → Book: a page of the web, a book of Project Gutenberg, what an editor saved as HTML."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.model import Book, BookInfo, Sidecar, TitleSource
from hautevoix.reading.base.details import said_details
from hautevoix.reading.base.limits import check_blocks, check_elements, check_lines
from hautevoix.reading.base.xml import content, local, markup_text, parse_html, pieces
from hautevoix.reading.draft import Draft
from hautevoix.reading.segment import parse_text, segment
from hautevoix.reading.sources.formulas import told_formulas
from hautevoix.reading.sources.html.silence import silenced, told_silence
from hautevoix.reading.sources.html.walker import HtmlWalker, local_resolver
from hautevoix.reading.sources.metadata import detail, language_code

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hautevoix.model import Diagnostic

_SITE = re.compile(r"\s+(?:[|·–—]|-)\s+[^|·–—]{2,60}$")
_GUTENBERG = re.compile(
    r"The Project Gutenberg (?:e-?Book|e-?text|EBook) (?:of |de )?,?\s*|\s*[-–—|]?\s*"
    r"Project Gutenberg$|[.,]$",
    re.IGNORECASE,
)
_UNTITLED = re.compile(
    r"(?:untitled|sans titre|document\d*|accueil|index|page|new page|microsoft word.*|.*\.\w{3,5}"
    r"|\W*|sans nom\d*|unnamed|no title|title|titre)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?P<title>.{2,150}?),? (?:par|by|de) (?P<author>[A-ZÀ-Þ][^,]{3,60})")
_NAMES = {
    "author": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "date": "date",
    "dc.date": "date",
    "description": "description",
    "dc.title": "title",
}
# What a page of Wikisource says of its book: <https://wikisource.org/wiki/Wikisource:Microformat>.
_SAID = {"ws-title": "title", "ws-author": "author", "ws-year": "date"}
_MOSTLY = 0.6  # share of the text that its main part must hold


def read_html(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Read a page of HTML, in the charset that it declares.

    Raises ``InputError`` if it holds no text, ``RefusedError`` if it is nested too deep to, or
    larger than any book.
    """
    return read_page(markup_text(data, where), where, sidecar)


def read_page(
    text: str,
    where: str,
    sidecar: Sidecar,
    info: BookInfo | None = None,
    diagnostics: tuple[Diagnostic, ...] = (),
) -> Book:
    """Return the book that the HTML ``text`` is; ``info`` is what is known of it for sure.

    ``diagnostics`` are those of whoever made HTML of it.
    """
    check_elements(text, where)
    root = parse_html(text, where)
    kept = _kept_text(root)
    if kept is not None:
        check_lines(kept, where)
        return parse_text(kept, page_info(root), sidecar)
    walk = HtmlWalker()
    walk.document(_main_part(root), "", local_resolver(""), silenced(root))
    if not walk.blocks:
        raise InputError(
            tr("{where}: there is no text in it.", where=where),
            advice=tr("Give a file with a text."),
        )
    check_blocks(walk.blocks, where)
    own = page_info(root)
    diagnostics = (*diagnostics, *told_formulas(walk.formulas), *told_silence(walk.silenced))
    sure = info is not None and info.title is not None
    return segment(Draft(walk.blocks, info or own, sure, diagnostics, sidecar=sidecar))


def page_info(root: Element) -> BookInfo:
    """Return what the head of a page says of it."""
    found: dict[str, str] = {}
    for element in islice(root.iter(), 500):
        tag = local(element.tag)
        said = _SAID.get(element.get("id") or "") if tag else None
        if said and content(element):
            found[said] = content(element)
        elif tag == "title":
            found.setdefault("title", content(element))
        elif tag == "meta":
            label = (element.get("name") or element.get("property") or "").lower()
            name = _NAMES.get(label) or detail(label)
            text = " ".join((element.get("content") or "").split())
            if name and text:
                found.setdefault(name, text)
    title, author = _clean_title(found.get("title", ""))
    return BookInfo(
        title=title,
        title_source=TitleSource.TEXT if title else None,
        author=found.get("author") or author,
        date=found.get("date"),
        language=language_code(root.get("lang") or root.get("xml:lang")),
        description=found.get("description"),
        details=said_details(found),
    )


def _clean_title(text: str) -> tuple[str | None, str | None]:
    """Return title and author from a page's ``<title>``, without the site's name."""
    gutenberg = "gutenberg" in text.lower()
    text = _GUTENBERG.sub("", text).strip() if gutenberg else _SITE.sub("", text).strip()
    text = text.removesuffix("/Texte entier")  # so Wikisource names a whole book on one page
    match = _BY.fullmatch(text) if gutenberg else None
    if match:
        return match["title"].strip(" ,."), match["author"].strip(" ,.")
    return (None, None) if not text or _UNTITLED.fullmatch(text) else (text, None)


def _main_part(root: Element) -> Element:
    """Return the part of a web page that holds its text, without what stands around it."""
    whole = sum(len(text) for text in root.itertext())
    for tag in ("main", "article"):
        parts = list(islice(root.iter(tag), 2))
        if len(parts) == 1 and sum(map(len, parts[0].itertext())) >= _MOSTLY * whole:
            return parts[0]
    return root


def _kept_text(root: Element) -> str | None:
    """Return the text of a page that is but a plain text within ``<pre>``."""
    kept = ["".join(pieces(element)) for element in root.iter("pre") if _is_outermost(element)]
    body = next(iter(root.iter("body")), root)
    whole = sum(len(text.split()) for text in pieces(body))
    return "\n\n".join(kept) if kept and sum(len(t.split()) for t in kept) == whole else None


def _is_outermost(kept: Element) -> bool:
    return next(kept.iterancestors("pre"), None) is None
