"""What the navigation of an EPUB says: its table of contents, entry by entry, and its landmarks."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.reading.base.xml import attribute, content, local, markup_text, parse_page
from hautevoix.reading.language.heading_words import is_contents, is_notes
from hautevoix.reading.sources.epub.package import OUTSIDE, resolve
from hautevoix.reading.structure.normalize import letters
from hautevoix.reading.structure.publisher import is_narrative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from hautevoix.reading.base.archive import Archive
    from hautevoix.reading.base.blocks import Block

_DEEPEST = 6
_NEAR = 4  # blocks that may say together what an entry says
_ROOM = 80  # characters by which such a block may be longer than the entry
# What programs write into a table of contents that has nothing to say, and what is no text.
_STOPGAP = re.compile(
    r"(?:section|part|chunk|split|page|file|index|text|ch|unnamed|untitled|sans titre|start|début"
    r"|title page|(?:page de )?(?:faux[- ])?titre|cover|(?:la |1re |première )?(?:de )?couverture"
    r"|copyright|page de copyright|mentions légales|crédits|achevé d[’']imprimer|du même auteur)"
    r"[ _-]?\d*(?:\.x?html?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: where it leads, what it says, how deep it stands."""

    target: str
    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class Navigation:
    """The ``entries`` of the table of contents, the pages that landmarks say are ``matter``."""

    entries: tuple[Entry, ...] = ()
    matter: frozenset[str] = frozenset()


def read_navigation(archive: Archive, tables: Sequence[str]) -> Navigation:
    """Return what the first of the ``tables`` that has entries says, and all landmarks."""
    entries: tuple[Entry, ...] = ()
    matter: set[str] = set()
    for table in tables:
        name = archive.find(table)
        if name is None:
            continue
        root = parse_page(markup_text(archive.read(name), archive.where), archive.where)
        matter.update(_landmarks(root, name))
        entries = entries or tuple(_points(root, name))
    return Navigation(entries, frozenset(matter))


def resolver(page: str) -> Callable[[str], str]:
    """Return what makes keys of the links on ``page``."""
    base = posixpath.dirname(page)

    def resolved(href: str) -> str:
        path, _, fragment = href.partition("#")
        target = resolve(base, path) if path else page
        return f"{target}#{fragment}" if target else ""

    return resolved


def _landmarks(root: Element, page: str) -> Iterator[str]:
    resolved = resolver(page)
    for nav in _navs(root, "landmarks"):
        for link in nav.iter():
            kinds = set((attribute(link, "type") or "").lower().split())
            if local(link.tag) == "a" and kinds & OUTSIDE:
                yield resolved(link.get("href") or "").split("#")[0]


def _navs(root: Element, kind: str) -> list[Element]:
    navs = [element for element in root.iter() if local(element.tag) == "nav"]
    return [nav for nav in navs if kind in " ".join(map(str, nav.attrib.values())).split()]


def _points(root: Element, page: str) -> Iterator[Entry]:
    """Walk a table without recursion: NCX nests points, a nav document nests lists."""
    resolved = resolver(page)
    ncx = local(root.tag) == "ncx"
    nest, link = ("navpoint", "content") if ncx else ("ol", "a")
    top = root if ncx else next(iter(_navs(root, "toc")), root)
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


# ---------------------------------------------------------------- its entries as headings


@dataclass(slots=True)
class _Place:
    """A place that the table names: its ``entries``, the block ``start`` and the ``stop``."""

    start: int
    stop: int
    entries: list[Entry]
    met: dict[Entry, int] = field(default_factory=dict)  # the heading of each entry that has one


def with_entries(blocks: list[Block], entries: Sequence[Entry]) -> list[Block]:
    """Return ``blocks`` with the headings that only the table of contents tells.

    Entry by entry: where a heading stands at its place, markup is trusted; else the blocks whose
    words are the entry's become its heading, or the entry itself where a picture is in their
    place. A part and its first chapter may stand at one place: each gets its own.
    """
    places = _places(blocks, entries)
    for place in places:
        place.met = _met(blocks, place)
    unmet = [entry for place in places for entry in place.entries if entry not in place.met]
    if not unmet:
        return blocks
    levels = _levels(blocks, places, unmet)
    deeper = max(1 - min(levels.values()), 0)  # for a part over chapters of the first level
    levels = {depth: level + deeper for depth, level in levels.items()}
    blocks = [replace(b, level=b.level + deeper) if b.level else b for b in blocks]
    starts = {place.start: place for place in places}
    whole: list[Block] = []
    skip = 0
    for index, block in enumerate(blocks):
        if index in starts:
            made, skip = _heads(blocks, starts[index], levels)
            whole.extend(made)
        if index >= skip:
            whole.append(block)
    return whole


def _places(blocks: list[Block], entries: Sequence[Entry]) -> list[_Place]:
    anchors: dict[str, int] = {}
    for index, block in enumerate(blocks):
        for _, anchor in block.anchors:
            anchors.setdefault(anchor, index)
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        page = entry.target.split("#")[0] + "#"
        start = anchors.get(entry.target, anchors.get(page))
        if start is not None and not _is_apparatus(entry):
            found.setdefault(start, []).append(entry)
    starts = sorted(found)
    stops = [*starts[1:], len(blocks)]
    pairs = zip(starts, stops, strict=False)
    return [_Place(start, stop, found[start]) for start, stop in pairs]


def _is_apparatus(entry: Entry) -> bool:
    """Tell an entry that heads no chapter: the table itself, notes, a program's stopgap."""
    return bool(
        is_contents(entry.label) or is_notes(entry.label) or _STOPGAP.fullmatch(entry.label)
    )


def _met(blocks: list[Block], place: _Place) -> dict[Entry, int]:
    """Return which headings are those of the entries: by their words, then as they come."""
    heads = _headings_at(blocks, place)
    met: dict[Entry, int] = {}
    for entry in place.entries:
        same = (i for i in heads if i not in met.values() and _says(blocks[i], entry))
        if (index := next(same, None)) is not None:
            met[entry] = index
    rest = [index for index in heads if index not in met.values()]
    for entry in reversed(place.entries):  # a heading alone is the chapter's, not the part's
        if entry not in met and rest:
            met[entry] = rest.pop()
    return met


def _headings_at(blocks: list[Block], place: _Place) -> list[int]:
    """Return the headings between the place and the first sentence of its text."""
    heads = []
    for index in range(place.start, place.stop):
        block = blocks[index]
        if block.unit != blocks[place.start].unit or (not block.level and is_narrative(block.flat)):
            break
        heads += [index] if block.level else []
    return heads


def _says(block: Block, entry: Entry) -> bool:
    """Tell whether a heading has the words of an entry, or ends in them."""
    said, wanted = letters(block.flat), letters(entry.label)
    return said == wanted or f" {wanted}".endswith(f" {said}") or f" {said}".endswith(f" {wanted}")


def _levels(
    blocks: list[Block], places: Sequence[_Place], unmet: Sequence[Entry]
) -> dict[int, int]:
    """Return the level of the headings of each depth that are to be made, 0 or less for an outer.

    It is that of the headings that entries of this depth have, or counted from those of the next.
    """
    seen: dict[int, Counter[int]] = {}
    for place in places:
        for entry, index in place.met.items():
            seen.setdefault(entry.depth, Counter())[blocks[index].level] += 1
    known = {depth: levels.most_common(1)[0][0] for depth, levels in seen.items()}
    made = {}
    for depth in {entry.depth for entry in unmet}:
        near = min(known, key=lambda one: (abs(one - depth), one), default=None)
        made[depth] = depth if near is None else known[near] + depth - near
    return made


def _heads(blocks: list[Block], place: _Place, levels: dict[int, int]) -> tuple[list[Block], int]:
    """Return the headings to make at a place, and the block where its text goes on."""
    made = []
    at = place.start
    for entry in place.entries:
        if entry not in place.met:
            at += _worded(blocks, at, entry)
            made.append(_head(blocks[place.start], entry, levels[entry.depth]))
    return made, at


def _worded(blocks: list[Block], index: int, entry: Entry) -> int:
    """Return how many blocks from ``index`` on say together what the entry says."""
    wanted = letters(entry.label)
    said = ""
    for count, block in enumerate(blocks[index : index + _NEAR], 1):
        if block.level or len(block.text) > len(entry.label) + _ROOM:
            return 0
        said = f"{said} {block.flat}"
        if wanted in {letters(said), letters(block.flat)}:
            return count
    return 0


def _head(block: Block, entry: Entry, level: int) -> Block:
    return replace(
        block,
        text=entry.label,
        level=level,
        kind=None,
        part="",
        emphasis=(),
        links=(),
        references=(),
    )
