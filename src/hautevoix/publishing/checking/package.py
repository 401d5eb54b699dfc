"""An EPUB's package document, read: manifest, spine, metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.publishing.checking.archive import target

if TYPE_CHECKING:
    from lxml import etree

    from hautevoix.publishing.checking.archive import Archive

XHTML, SMIL_TYPE = "application/xhtml+xml", "application/smil+xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class Item:
    """A file that the manifest lists; ``name`` is its place in the archive.

    ``overlay`` is the id of its SMIL, empty without one.
    """

    id: str
    href: str
    name: str
    media_type: str
    properties: tuple[str, ...]
    overlay: str


@dataclass(frozen=True, slots=True)
class Package:
    """A package document: its name, its manifest, the ids in its spine."""

    name: str
    tree: etree._Element
    items: tuple[Item, ...]
    spine: tuple[str, ...]

    def metadata(self, name: str) -> str:
        """Return the first of Dublin Core's texts called ``name``, empty without one."""
        return (self.tree.findtext(f".//{_DC}{name}") or "").strip()

    def meta(self, name: str, refines: str | None = None) -> str:
        """Return what a property says, of the book or of the item with the id ``refines``."""
        wanted = None if refines is None else f"#{refines}"
        for found in self.tree.iterfind(f".//{_OPF}meta[@property='{name}']"):
            if found.get("refines") == wanted:
                return (found.text or "").strip()
        return ""


def read_package(archive: Archive) -> Package:
    """Return an EPUB's package document. Raises ValueError if it can't be read."""
    name = archive.package()
    tree = archive.xml(name)
    items = tuple(_item(name, found) for found in tree.iterfind(f".//{_OPF}item"))
    spine = tuple(found.get("idref") or "" for found in tree.iterfind(f".//{_OPF}itemref"))
    return Package(name, tree, items, spine)


def _item(base: str, found: etree._Element) -> Item:
    href = found.get("href") or ""
    return Item(
        found.get("id") or "",
        href,
        target(base, href)[0],
        found.get("media-type") or "",
        tuple((found.get("properties") or "").split()),
        found.get("media-overlay") or "",
    )
