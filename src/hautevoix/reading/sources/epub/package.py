"""The package document of an EPUB: what it holds, in which order, and what it says of itself."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hautevoix.errors import InputError, RefusedError
from hautevoix.localization import noop, tr
from hautevoix.model import BookInfo, TitleSource
from hautevoix.reading.base.xml import attribute, content, local, markup_text, parse_xml
from hautevoix.reading.sources.epub.details import package_details
from hautevoix.reading.sources.metadata import language_code, printed_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from hautevoix.reading.base.archive import Archive

# Fonts alone may be obfuscated so (EPUB 3.3, « Font obfuscation »; Adobe's older way).
_OBFUSCATION = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_FONT = re.compile(r".*\.(?:otf|ttf|ttc|woff2?|dfont|pfb)", re.IGNORECASE)
_LOCKS = ("META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml")
_PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "text/xml"})
_PAGE_NAME = re.compile(r".*\.x?html?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_NONE = re.compile(
    r"(?:unknown|untitled|inconnue?|unnamed|sans titre|no title)(?: (?:title|author|auteur))?",
    re.IGNORECASE,
)
_ADVICE = noop("Get the file again, or save it anew.")
OUTSIDE = frozenset(
    "cover title-page titlepage halftitlepage toc copyright-page colophon imprint imprimatur "
    "other-credits credits seriespage index loi lot".split()
)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the manifest: its ``path`` in the archive, its media type, its properties."""

    path: str
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """``spine``: the pages in reading order, each with whether it is linear; ``missing``: those
    that are not there; ``aside``: navigation, which is no text; ``matter``: pages that the guide
    calls title page, imprint and the like; ``tables``: navigation, newest first.
    """  # noqa: D205  (a line for each field)

    info: BookInfo
    spine: tuple[tuple[str, bool], ...]
    missing: tuple[str, ...]
    aside: frozenset[str]
    matter: frozenset[str]
    tables: tuple[str, ...]
    cover: str | None


def read_package(archive: Archive) -> Package:
    """Return what the package document of ``archive`` says.

    Raises ``InputError`` if there is none, ``RefusedError`` if the book is locked (DRM).
    """
    check_lock(archive)
    path = _package_path(archive)
    root = _xml(archive, path)
    if root is None:
        raise InputError(
            tr("{where}: {path} is damaged in it.", where=archive.where, path=path),
            advice=tr(_ADVICE),
        )
    base = posixpath.dirname(path)
    items = {
        item.get("id") or "": Item(
            resolve(base, item.get("href") or ""),
            (item.get("media-type") or "").lower(),
            frozenset((item.get("properties") or "").split()),
        )
        for item in _all(root, "item")
    }
    spine, missing = _spine(root, items, archive)
    guide = {
        (ref.get("type") or "").lower(): resolve(base, (ref.get("href") or "").split("#")[0])
        for ref in _all(root, "reference")
    }
    nav = [item.path for item in items.values() if "nav" in item.properties]
    ncx = [item.path for item in items.values() if item.media_type == "application/x-dtbncx+xml"]
    return Package(
        info=_info(root),
        spine=tuple(spine),
        missing=tuple(missing),
        aside=frozenset(nav),
        matter=frozenset(href for kind, href in guide.items() if kind in OUTSIDE),
        tables=(*nav, *ncx),
        cover=_cover(root, items),
    )


def check_lock(archive: Archive) -> None:
    """Raise ``RefusedError`` for a book that is locked by DRM; obfuscated fonts are no lock."""
    advice = tr("Hautevoix reads unlocked books only: ask the seller for one.")
    refused = RefusedError(
        tr("{where}: locked by DRM: refused.", where=archive.where), advice=advice
    )
    if any(archive.find(name) for name in _LOCKS):
        raise refused
    name = archive.find("META-INF/encryption.xml")
    if name is None:
        return
    root = _xml(archive, name)
    if root is None:
        raise refused
    for data in _all(root, "encrypteddata"):
        ways = {attribute(way, "Algorithm") for way in _all(data, "encryptionmethod")}
        paths = [unquote(attribute(ref, "URI") or "") for ref in _all(data, "cipherreference")]
        if not ways <= _OBFUSCATION and not all(_FONT.fullmatch(path) for path in paths):
            raise refused
        if any(_PAGE_NAME.fullmatch(path) for path in paths):
            raise refused


def resolve(base: str, href: str) -> str:
    """Return the path in the archive that ``href`` means, "" for what lies outside it."""
    if _SCHEME.match(href) or not href:
        return ""
    path = posixpath.normpath(posixpath.join(base, unquote(href)))
    return "" if path.startswith(("..", "/")) else path


def _xml(archive: Archive, name: str) -> Element | None:
    return parse_xml(markup_text(archive.read(name), f"{archive.where}: {name}"), archive.where)


def _all(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if local(element.tag) == name)


def _package_path(archive: Archive) -> str:
    name = archive.find("META-INF/container.xml")
    root = _xml(archive, name) if name else None
    if root is not None:
        for rootfile in _all(root, "rootfile"):
            found = archive.find(unquote(attribute(rootfile, "full-path") or "?"))
            if found:
                return found
    found = next((name for name in archive.names() if name.lower().endswith(".opf")), None)
    if found is None:
        raise InputError(
            tr("{where}: an EPUB without a package document.", where=archive.where),
            advice=tr(_ADVICE),
        )
    return found


def _spine(
    root: Element, items: dict[str, Item], archive: Archive
) -> tuple[list[tuple[str, bool]], list[str]]:
    found: list[tuple[str, bool]] = []
    missing: list[str] = []
    listed = [(ref.get("idref") or "", ref.get("linear") != "no") for ref in _all(root, "itemref")]
    if not listed:
        listed = [(key, True) for key, item in items.items() if item.media_type in _PAGES]
    for key, linear in listed:
        item = items.get(key)
        path = archive.find(item.path) if item and item.path else None
        if path is None:
            missing.append(item.path if item else key)
        elif item and (item.media_type in _PAGES or _PAGE_NAME.fullmatch(path)):
            found.append((path, linear))
    return list(dict.fromkeys(found)), missing


def _cover(root: Element, items: dict[str, Item]) -> str | None:
    for item in items.values():
        if "cover-image" in item.properties:
            return item.path
    named = [
        meta.get("content") or "" for meta in _all(root, "meta") if meta.get("name") == "cover"
    ]
    for key in named:
        if key in items and items[key].media_type.startswith("image/"):
            return items[key].path
    return next(
        (i.path for k, i in items.items() if "cover" in k.lower() and "image/" in i.media_type),
        None,
    )


# ---------------------------------------------------------------- what it says of itself


def _info(root: Element) -> BookInfo:
    refined = _refinements(root)
    titles = [(e, t) for e in _all(root, "title") if (t := content(e)) and not _NONE.fullmatch(t)]
    title = _main_title(titles, refined)
    authors = [
        name
        for element in _all(root, "creator")
        if (name := content(element)) and _wrote(element, refined) and not _NONE.fullmatch(name)
    ]
    description = next((t for e in _all(root, "description") if (t := content(e))), None)
    language = next((t for e in _all(root, "language") if (t := content(e))), None)
    return BookInfo(
        title=title,
        title_source=TitleSource.TEXT if title else None,
        author=", ".join(dict.fromkeys(authors)) or None,
        date=_date(root),
        language=language_code(language),
        description=re.sub(r"<[^<>]*>", "", description).strip() if description else None,
        details=package_details(root, refined),
    )


def _refinements(root: Element) -> dict[tuple[str, str], str]:
    return {
        ((meta.get("refines") or "").lstrip("#"), meta.get("property") or ""): content(meta)
        for meta in _all(root, "meta")
        if meta.get("refines")
    }


def _main_title(
    titles: list[tuple[Element, str]], refined: dict[tuple[str, str], str]
) -> str | None:
    for element, title in titles:
        if refined.get((element.get("id") or "", "title-type")) == "main":
            return title
    return titles[0][1] if titles else None


def _wrote(element: Element, refined: dict[tuple[str, str], str]) -> bool:
    role = attribute(element, "role") or refined.get((element.get("id") or "", "role"), "aut")
    return role == "aut"


_STAMP = re.compile(r"(?P<day>\d{4}(?:-\d\d(?:-\d\d)?)?)(?P<time>T.*)?")
_EVENTS = {"original-publication": 0, "publication": 1, "": 2, "creation": 3}


def _date(root: Element) -> str | None:
    """Return when the work came out; a stamp to the second only says when the file was made."""
    found = []
    for element in _all(root, "date"):
        event = (attribute(element, "event") or "").lower()
        match = _STAMP.fullmatch(content(element))
        if event not in _EVENTS or match is None:
            continue
        made = match["time"] and not match["time"].startswith(("T00:00:00", "T12:00:00"))
        if not made and match["day"] > "0999":
            found.append((_EVENTS[event], match["day"]))
    return printed_date(min(found)[1]) if found else None
