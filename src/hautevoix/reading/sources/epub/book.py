"""EPUB 2 and 3 → Book."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from posixpath import dirname, join
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hautevoix.errors import InputError, RefusedError
from hautevoix.localization import tr
from hautevoix.model import Book, Picture, Sidecar
from hautevoix.reading.base.archive import Archive, open_archive
from hautevoix.reading.base.diagnostics import PAGE_MISSING, tell
from hautevoix.reading.base.limits import check_blocks, check_elements
from hautevoix.reading.base.xml import markup_text, parse_page
from hautevoix.reading.draft import Draft
from hautevoix.reading.segment import segment
from hautevoix.reading.sources.epub.navigation import read_navigation, resolver, with_entries
from hautevoix.reading.sources.epub.package import Package, read_package
from hautevoix.reading.sources.formulas import told_formulas
from hautevoix.reading.sources.html.silence import silenced, told_silence
from hautevoix.reading.sources.html.walker import HtmlWalker

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.etree import _Element as Element

_LARGEST = 48 << 20  # bytes of XHTML: « À la recherche du temps perdu » has some eight
_LARGEST_SHEET = 4 << 20  # bytes of a style sheet
_LARGEST_COVER = 20 << 20  # bytes
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def read_epub(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Read an EPUB.

    Raises ``InputError`` if it is damaged or holds no text; ``RefusedError`` if it is locked, or
    beyond the limits of an archive.
    """
    archive = open_archive(data, where)
    package = read_package(archive)
    if sum(archive.size(path) for path, _ in package.spine) > _LARGEST:
        message = tr(
            "{where}: more than {largest} MiB of text.", where=where, largest=_LARGEST >> 20
        )
        raise RefusedError(message, advice=tr("Cut it into several books."))
    navigation = read_navigation(archive, package.tables)
    walk = _walked(archive, package, package.matter | navigation.matter)
    if not walk.blocks:
        raise _empty(where, package)
    check_blocks(walk.blocks, where)
    info = replace(package.info, cover=_cover(archive, package))
    missing = (tell(PAGE_MISSING, 0, path=path) for path in package.missing)
    draft = Draft(
        walk.blocks,
        info,
        sure=True,
        diagnostics=(*missing, *told_formulas(walk.formulas), *told_silence(walk.silenced)),
        sidecar=sidecar,
        outline=lambda found: with_entries(found, navigation.entries),
    )
    return segment(draft)


def _walked(archive: Archive, package: Package, matter: Container[str]) -> HtmlWalker:
    """Return the blocks of the pages, in their order; those of ``matter`` say so."""
    walk, sheets = HtmlWalker(numbered=True), _Sheets(archive)
    elements = 0
    for path, _ in package.spine:
        if path in package.aside:
            continue
        where, start = f"{archive.where}: {path}", len(walk.blocks)
        text = markup_text(archive.read(path), where)
        elements = check_elements(text, archive.where, elements)
        root = parse_page(text, where)
        silent = silenced(root, sheets.of(root, path))
        walk.document(root, path, resolver(path), silent)
        if path in matter:
            walk.blocks[start:] = [replace(b, part="matter") for b in walk.blocks[start:]]
    return walk


@dataclass(slots=True)
class _Sheets:
    """The style sheets of a book that may silence something, each read once."""

    archive: Archive
    _read: dict[str, str] = field(default_factory=dict)

    def of(self, root: Element, page: str) -> list[str]:
        """Return the sheets that a page links; one that is missing or no text is passed over."""
        links = (link.get("href") for link in root.iter("{*}link") if _is_style(link))
        return [self._sheet(join(dirname(page), unquote(href))) for href in links if href]

    def _sheet(self, href: str) -> str:
        name = self.archive.find(href)
        if name is None or self.archive.size(name) > _LARGEST_SHEET:
            return ""
        if name not in self._read:
            text = self.archive.read(name).decode("utf-8", "replace")
            self._read[name] = text if "speak" in text.lower() else ""
        return self._read[name]


def _is_style(link: Element) -> bool:
    return "stylesheet" in (link.get("rel") or "").lower().split()


def _empty(where: str, package: Package) -> InputError:
    if package.missing:
        return InputError(
            tr("{where}: {missing} is missing in it.", where=where, missing=package.missing[0]),
            advice=tr("Get the file again."),
        )
    return InputError(
        tr("{where}: there is no text in it, only pictures.", where=where),
        advice=tr("Give a file with a text."),
    )


def _cover(archive: Archive, package: Package) -> Picture | None:
    name = archive.find(package.cover) if package.cover else None
    data = archive.read(name) if name else b""
    if len(data) > _LARGEST_COVER:
        return None
    return next((Picture(data, kind) for mark, kind in _PICTURES if data.startswith(mark)), None)
