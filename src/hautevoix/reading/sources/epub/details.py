"""What an EPUB's package document tells of the book beyond its title: publisher, series, ISBN.

https://www.w3.org/TR/epub-33/#sec-belongs-to-collection; calibre's own names for EPUB 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.reading.base.details import isbn13, said_details
from hautevoix.reading.base.xml import content, local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from hautevoix.model import BookDetails

_OURS = {"publisher": "publisher", "rights": "rights", "subject": "genre"}
_CALIBRE = {"calibre:series": "series", "calibre:series_index": "series_number"}


def package_details(root: Element, refined: Mapping[tuple[str, str], str]) -> BookDetails:
    """Return what the package says; ``refined`` maps (id, property) to what refines an element.

    Who narrates is not taken from it: it would be who read another recording.
    """
    said: dict[str, str] = {}
    for name, value in _said(root, refined):
        if value:
            said.setdefault(name, value)
    return said_details(said)


def _said(root: Element, refined: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        tag = local(element.tag)
        if tag == "meta":
            yield from _of_meta(element, refined)
        elif tag == "identifier":
            yield "isbn", isbn13(content(element))
        elif tag in _OURS:
            yield _OURS[tag], content(element)


def _of_meta(meta: Element, refined: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    """Yield what a meta tells of a series: EPUB 3's collections (but for sets), calibre's own."""
    name = _CALIBRE.get((meta.get("name") or "").lower())
    if name:
        yield name, meta.get("content") or ""
    if meta.get("property") == "belongs-to-collection" and not meta.get("refines"):
        key = meta.get("id") or ""
        if refined.get((key, "collection-type"), "series") == "series":
            yield "series", content(meta)
            yield "series_number", refined.get((key, "group-position"), "")
