"""An EPUB as reading systems see it: container, package, documents, and its reading along.

https://www.w3.org/TR/epub-33/; what epubcheck and Apple Books refuse, without Java. Media overlays
are in ``overlays``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.publishing.checking.archive import Archive, is_elsewhere, target
from hautevoix.publishing.checking.cover import carried
from hautevoix.publishing.checking.findings import Finding, ascii_name
from hautevoix.publishing.checking.overlays import check_overlays
from hautevoix.publishing.checking.package import XHTML, Package, read_package
from hautevoix.publishing.checking.wording import check_title, mojibake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

_AGAIN = noop("publish it again: hautevoix publish")
_REFUSED = noop("Apple Books and other readers refuse it")
_APART = ("mimetype", "META-INF/")  # what no manifest lists
_MUSTS = ("identifier", "title", "language")


def check_epub(path: Path) -> list[Finding]:
    """Return what is amiss in an EPUB file."""
    where = path.name
    found = ascii_name(where, where)
    try:
        with path.open("rb") as file:
            archive = Archive(file)
            if not archive.starts_right():
                what = tr("it does not start with « mimetype », stored as it is")
                found.append(_amiss("epub-mimetype", where, what))
            package = read_package(archive)
            found += _package(where, archive, package)
            found += _documents(where, archive, package)
            found += check_overlays(where, archive, package)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        what = tr("it can't be read: {error}", error=reason)
        found.append(Finding("epub-unreadable", where, what, tr("nobody can open it"), tr(_AGAIN)))
    return found


def _amiss(code: str, where: str, what: str) -> Finding:
    return Finding(code, where, what, tr(_REFUSED), tr(_AGAIN))


def _package(where: str, archive: Archive, package: Package) -> Iterator[Finding]:
    for name in _MUSTS:
        if not package.metadata(name):
            what = tr("its package has no {name}", name="dc:" + name)
            yield _amiss("epub-metadata", where, what)
    if not package.meta("dcterms:modified"):
        what = tr("its package has no {name}", name="dcterms:modified")
        yield _amiss("epub-metadata", where, what)
    yield from check_title(where, package.metadata("title"))
    yield from _manifest(where, archive, package)
    known = {item.id for item in package.items}
    for idref in package.spine:
        if idref not in known:
            what = tr("its spine names « {idref} », which its manifest lacks", idref=idref)
            yield _amiss("epub-spine", where, what)
    if not package.spine:
        yield _amiss("epub-spine", where, tr("its spine is empty"))
    if not any("nav" in item.properties for item in package.items):
        yield _amiss("epub-nav", where, tr("it has no table of contents (nav)"))
    covers = [item for item in package.items if "cover-image" in item.properties]
    present = [item.name for item in covers if item.name in archive.names]
    yield from carried(where, archive.read(present[0]) if present else None)


def _manifest(where: str, archive: Archive, package: Package) -> Iterator[Finding]:
    """Yield where the manifest and what is in the archive differ."""
    listed = [item.name for item in package.items]
    inside = set(archive.names)
    for item in package.items:
        if item.name not in inside and not is_elsewhere(item.href):
            what = tr("its manifest names « {name} », which is not in it", name=item.name)
            yield _amiss("epub-file-absent", where, what)
    for name in sorted(inside - {*listed, package.name}):
        if not name.startswith(_APART):
            what = tr("« {name} » is in it, but not in its manifest", name=name)
            yield _amiss("epub-unlisted", where, what)
    ids = [item.id for item in package.items]
    if len({*ids}) < len(ids) or len({*listed}) < len(listed):
        yield _amiss("epub-twin", where, tr("its manifest names a file or an id twice"))


def _documents(where: str, archive: Archive, package: Package) -> Iterator[Finding]:
    """Yield what is amiss in the texts: markup, ids, links that lead nowhere."""
    trees: dict[str, etree._Element] = {}
    for item in package.items:
        if item.media_type == XHTML and item.name in archive.names:
            try:
                trees[item.name] = archive.xml(item.name)
            except ValueError as error:
                yield _amiss("epub-markup", where, str(error))
    ids = {
        name: [found.get("id") for found in tree.iterfind(".//*[@id]")]
        for name, tree in trees.items()
    }
    for name, tree in trees.items():
        at = tr("{where}, {name}", where=where, name=name)
        if len({*ids[name]}) < len(ids[name]):
            yield _amiss("epub-twin", at, tr("an id in it stands twice"))
        yield from mojibake(at, "".join(str(text) for text in tree.itertext()))
        yield from _links(at, name, tree, {**dict.fromkeys(archive.names), **ids})


def _links(
    at: str, name: str, tree: etree._Element, ids: dict[str, list[str | None] | None]
) -> Iterator[Finding]:
    for element in tree.iter():
        href = element.get("href") or element.get("src") or ""
        if not href or is_elsewhere(href):
            continue
        path, fragment = target(name, href)
        known = ids.get(path)
        if path not in ids or (fragment and known is not None and fragment not in known):
            yield _amiss("epub-link", at, tr("the link « {href} » leads nowhere", href=href))
            return
