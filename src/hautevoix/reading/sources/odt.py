"""What an OpenDocument text says of itself: pandoc, which reads the rest, passes over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.reading.base.archive import Archive, open_archive
from hautevoix.reading.base.xml import attribute, content, local, markup_text, parse_xml
from hautevoix.reading.sources.metadata import detail, info_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hautevoix.model import BookInfo

_NAMES = {"title": "title", "initial-creator": "creator", "language": "language"}


def odt_info(data: bytes, where: str) -> BookInfo:
    """Return what an ODT says of itself: its properties, its title's own style.

    Raises what ``open_archive`` raises.
    """
    archive = open_archive(data, where)
    said: dict[str, str] = {}
    for element in _elements(archive, "meta.xml"):
        name = _NAMES.get(local(element.tag)) or detail(attribute(element, "name") or "")
        if name and content(element):
            said.setdefault(name, content(element))
    styled = _styled(_elements(archive, "content.xml"))
    return info_of(said | ({"title": styled} if styled else {}))


def _elements(archive: Archive, name: str) -> list[Element]:
    found = archive.find(name)
    root = parse_xml(markup_text(archive.read(found), name), name) if found else None
    return [] if root is None else [element for element in root.iter() if local(element.tag)]


def _styled(elements: list[Element]) -> str:
    """Return the first paragraph in the style « Title », or in one that is made of it."""
    titles = {"Title"}
    for element in elements:
        if local(element.tag) == "style" and attribute(element, "parent-style-name") == "Title":
            titles.add(attribute(element, "name") or "Title")
        elif local(element.tag) in {"p", "h"} and attribute(element, "style-name") in titles:
            return content(element)
    return ""
