"""EPUB 2 and 3 → Book."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.errors import InputError, RefusedError
from hautevoix.model import Book, Picture
from hautevoix.reading.base.archive import Archive, open_archive
from hautevoix.reading.base.diagnostics import PAGE_MISSING, tell
from hautevoix.reading.base.xml import content, local, markup_text, parse_page
from hautevoix.reading.draft import Draft
from hautevoix.reading.language.heading_words import is_contents, is_notes
from hautevoix.reading.segment import segment
from hautevoix.reading.sources.epub.package import Package, read_package, resolve
from hautevoix.reading.sources.formulas import told_formulas
from hautevoix.reading.sources.html.walker import HtmlWalker
from hautevoix.reading.structure.normalize import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

    from hautevoix.reading.base.blocks import Block

_LARGEST = 48 << 20  # bytes of XHTML: « À la recherche du temps perdu » has some eight
_LARGEST_COVER = 20 << 20  # bytes
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_NEAR = 4  # blocks after a chapter's start among which its heading stands
_DEEPEST = 6
# What programs write into a table of contents that has nothing to say.
_STOPGAP = re.compile(
    r"(?:section|part|chunk|split|page|file|index|text|ch|unnamed|untitled|sans titre|start|début"
    r"|title page|page de titre|cover|couverture)[ _-]?\d*(?:\.x?html?)?",
    re.IGNORECASE,
)
_SHARE = 0.5  # of the table's entries that must meet a heading for headings to be trusted


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: where it leads, what it says, how deep it stands."""

    target: str
    label: str
    depth: int


def read_epub(data: bytes, where: str) -> Book:
    """Read an EPUB.

    Raises ``InputError`` if it is damaged or holds no text; ``RefusedError`` if it is locked, or
    beyond the limits of an archive.
    """
    archive = open_archive(data, where)
    package = read_package(archive)
    if sum(archive.size(path) for path, _ in package.spine) > _LARGEST:
        message = f"{where}: more than {_LARGEST >> 20} MiB of text."
        raise RefusedError(message, advice="Cut it into several books.")
    walk = HtmlWalker(numbered=True)
    aside: list[Block] = []
    for path, linear in package.spine:
        if path in package.aside:
            continue
        start = len(walk.blocks)
        root = parse_page(markup_text(archive.read(path), f"{where}: {path}"), f"{where}: {path}")
        walk.document(root, path, _resolver(path))
        if not linear:
            aside.extend(walk.blocks[start:])
    if not walk.blocks:
        raise _empty(where, package)
    entries = tuple(_entries(archive, package))
    info = replace(package.info, cover=_cover(archive, package))
    missing = (tell(PAGE_MISSING, 0, path=path) for path in package.missing)
    draft = Draft(
        walk.blocks,
        info,
        sure=True,
        diagnostics=(*missing, *told_formulas(walk.formulas)),
        outline=lambda found: with_entries(found, entries),
    )
    return segment(draft)


def _empty(where: str, package: Package) -> InputError:
    if package.missing:
        return InputError(
            f"{where}: {package.missing[0]} is missing in it.", advice="Get the file again."
        )
    return InputError(
        f"{where}: there is no text in it, only pictures.", advice="Give a file with a text."
    )


def _resolver(page: str) -> Callable[[str], str]:
    base = posixpath.dirname(page)

    def resolved(href: str) -> str:
        path, _, fragment = href.partition("#")
        target = resolve(base, path) if path else page
        return f"{target}#{fragment}" if target else ""

    return resolved


def _cover(archive: Archive, package: Package) -> Picture | None:
    name = archive.find(package.cover) if package.cover else None
    data = archive.read(name) if name else b""
    if len(data) > _LARGEST_COVER:
        return None
    return next((Picture(data, kind) for mark, kind in _PICTURES if data.startswith(mark)), None)


# ---------------------------------------------------------------- the table of contents


def _entries(archive: Archive, package: Package) -> Iterator[Entry]:
    """Yield the entries of the first table of contents that has any."""
    for table in package.tables:
        name = archive.find(table)
        if name is None:
            continue
        root = parse_page(markup_text(archive.read(name), archive.where), archive.where)
        found = list(_points(root, name))
        if found:
            yield from found
            return


def _points(root: Element, page: str) -> Iterator[Entry]:
    """Walk a table without recursion: NCX nests points, a nav document nests lists."""
    resolved = _resolver(page)
    ncx = local(root.tag) == "ncx"
    nest, link = ("navpoint", "content") if ncx else ("ol", "a")
    top = root if ncx else _toc(root)
    depth, label = 0, ""
    path = [iter([top])]
    opened: list[str] = [""]
    while path:
        element = next(path[-1], None)
        if element is None:
            path.pop()
            depth -= opened.pop() == nest
            continue
        tag = local(element.tag)
        if tag in {"pagelist", "navlist", "doctitle"}:
            continue
        depth += tag == nest
        if tag == "navlabel" or (tag == link and not ncx):
            label = content(element)
        if tag == link and label:
            target = element.get("src") or element.get("href") or ""
            yield Entry(resolved(target), label, min(depth, _DEEPEST))
        path.append(iter(element) if tag else iter(()))
        opened.append(tag)


def _toc(root: Element) -> Element:
    navs = [element for element in root.iter() if local(element.tag) == "nav"]
    said = [(nav, " ".join(str(value) for value in nav.attrib.values()).split()) for nav in navs]
    return next((nav for nav, words in said if "toc" in words), navs[0] if navs else root)


def with_entries(blocks: list[Block], entries: tuple[Entry, ...]) -> list[Block]:
    """Return ``blocks`` with the headings that only the table of contents tells.

    Where headings stand at half of the places that the table names, markup has them, and is
    trusted; elsewhere each place gets the block whose words are the entry's as its heading, or
    the entry itself.
    """
    places = _places(blocks)
    known = [(places[e.target], e) for e in entries if e.target in places and not _is_apparatus(e)]
    met = sum(_meets(blocks, index) for index, _ in known)
    if not known or (met >= _SHARE * len(known) and met):
        return blocks
    heads: dict[int, tuple[int, Entry]] = {}
    for index, entry in known:
        heads.setdefault(index, (_worded(blocks, index, entry), entry))
    whole: list[Block] = []
    skip = 0
    for index, block in enumerate(blocks):
        if index in heads and not _meets(blocks, index):
            count, entry = heads[index]
            whole.append(_head(block, entry))
            skip = index + count
        if index >= skip:
            whole.append(block)
    return whole


def _is_apparatus(entry: Entry) -> bool:
    """Tell an entry that heads no chapter: the table itself, notes, a program's stopgap."""
    return bool(
        is_contents(entry.label) or is_notes(entry.label) or _STOPGAP.fullmatch(entry.label)
    )


def _places(blocks: list[Block]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, block in enumerate(blocks):
        for _, anchor in block.anchors:
            places.setdefault(anchor, index)
    return places


def _meets(blocks: list[Block], index: int) -> bool:
    return any(block.level for block in blocks[index : index + _NEAR])


def _worded(blocks: list[Block], index: int, entry: Entry) -> int:
    """Return how many blocks from ``index`` on say together what the entry says."""
    wanted = letters(entry.label)
    said = ""
    for count, block in enumerate(blocks[index : index + _NEAR], 1):
        if len(block.text) > len(entry.label) + 80:
            return 0
        said = f"{said} {block.flat}"
        if wanted in {letters(said), letters(block.flat)}:
            return count
    return 0


def _head(block: Block, entry: Entry) -> Block:
    return replace(
        block,
        text=entry.label,
        level=entry.depth,
        kind=None,
        part="",
        emphasis=(),
        links=(),
        references=(),
    )
