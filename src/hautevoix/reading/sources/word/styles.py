"""Styles and numbering of a Word document: which are headings, quotations, verse, lists."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hautevoix.model import Kind
from hautevoix.reading.base.xml import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

_HEADING = re.compile(r"(?:heading|titre|title|überschrift|título|titolo)[ _]?(\d)", re.IGNORECASE)
_BY_NAME: tuple[tuple[str, str], ...] = (
    (r"title|titre(?: principal| du livre)?", "title"),
    (r"subtitle|sous-?titre", "subtitle"),
    (r"author|auteur", "author"),
    (r"date", "date"),
    (r"toc ?\d|toc ?heading|tm ?\d|contents (?:heading|\d).*|tabl?e des mati[èe]res.*", "toc"),
    (r"header|footer|en-t[êe]te|pied de page|page number|num[ée]ro de page", "page"),
)  # fmt: skip
_PARTS = tuple((re.compile(pattern, re.IGNORECASE), part) for pattern, part in _BY_NAME)
_KINDS = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r".*[ée]pigra(?:ph|f).*|.*exergue.*", Kind.EPIGRAPH),
        ((r"(?:intense )?quote|quotations?|block ?(?:text|quote)|citation.*|.*bloc de citation.*|"
         r"extrait.*|normal ?centr[ée]e? ?cit.*"), Kind.QUOTE),
        (r"vers(?:e|et)?s?(?: .*)?|po[èeé](?:m|s).*|poetry.*|strophe.*|line ?block", Kind.VERSE),
        (r"signature.*|closing|formule de politesse", Kind.SIGNATURE),
        (r"salutations?", Kind.SALUTATION),
        (r"list(?:e| ).*|puce.*|list", Kind.LIST_ITEM),
    )
)  # fmt: skip
_DEEPEST = 6
_LONGEST_CHAIN = 20
_ROMANS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: the level of a heading, a part of a title page, a kind."""

    level: int = 0
    part: str = ""
    kind: Kind | None = None
    right: bool = False
    centred: bool = False
    number: tuple[str, int | None] | None = None
    key: str = ""


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document, and the character styles that slope or hide."""

    paragraph: dict[str, Style] = field(default_factory=dict)
    sloping: set[str] = field(default_factory=set)

    def of(self, key: str | None) -> Style:
        """Return the style of this identifier; what is nowhere defined is what its name says."""
        if not key:
            return _PLAIN
        if key not in self.paragraph:
            self.paragraph[key] = _style([], key)
        return self.paragraph[key]


_PLAIN = Style()


def transitional(text: str) -> str:
    """Return WordprocessingML with the one namespace that this module knows."""
    return text.replace(_STRICT[1:-1], W[1:-1])


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute of WordprocessingML."""
    return None if element is None else element.get(f"{W}{name}")


def is_on(element: Element | None) -> bool:
    """Tell whether a switch such as ``<w:i/>`` is on."""
    return element is not None and value(element) not in {"0", "false", "off", "none"}


def read_styles(root: Element | None) -> Styles:
    """Return the styles of ``word/styles.xml``."""
    styles = Styles()
    if root is None:
        return styles
    known = {value(style, "styleId") or "": style for style in root.iter(f"{W}style")}
    for key, style in known.items():
        chain = _chain(key, known)
        if value(style, "type") == "character":
            if any(is_on(one.find(f"{W}rPr/{W}i")) for one in chain[:1]):
                styles.sloping.add(key)
        else:
            styles.paragraph[key] = _style(chain, key)
    return styles


def _chain(key: str, known: dict[str, Element]) -> list[Element]:
    """Return a style and those that it is based on, the nearest first."""
    chain: list[Element] = []
    while key in known and len(chain) < _LONGEST_CHAIN:
        chain.append(known[key])
        key = value(known[key].find(f"{W}basedOn")) or ""
    return chain


def _style(chain: list[Element], key: str) -> Style:
    names = [name for style in chain for name in (value(style.find(f"{W}name")) or "",)]
    names.insert(0, key)
    level = next((int(m[1]) for name in names if (m := _HEADING.fullmatch(name))), 0)
    if not level:
        outlines = (outline_level(style.find(f"{W}pPr")) for style in chain)
        level = next((outline for outline in outlines if outline), 0)
    align = next((a for style in chain if (a := value(style.find(f"{W}pPr/{W}jc")))), "")
    part = next((p for name in names for pattern, p in _PARTS if pattern.fullmatch(name)), "")
    return Style(
        level=0 if part in {"title", "toc"} else level,
        part=part,
        kind=next((k for name in names for pattern, k in _KINDS if pattern.fullmatch(name)), None),
        right=align in {"right", "end"},
        centred=align == "center",
        number=merged_number(numbering_of(style.find(f"{W}pPr")) for style in chain),
        key=key,
    )


def outline_level(properties: Element | None) -> int:
    """Return the level of a heading that ``<w:outlineLvl>`` sets, 0 for body text."""
    found = None if properties is None else value(properties.find(f"{W}outlineLvl"))
    level = number(found, _DEEPEST)
    return level + 1 if level < _DEEPEST else 0


def numbering_of(properties: Element | None) -> tuple[str | None, int | None]:
    """Return the list and the level that properties name; list "0" takes a style's numbers off."""
    if properties is None:
        return None, None
    listed = value(properties.find(f"{W}numPr/{W}numId"))
    said = value(properties.find(f"{W}numPr/{W}ilvl"))
    level = number(said, 0) if said else None
    return listed or None, level


def merged_number(
    numbers: Iterable[tuple[str | None, int | None]],
) -> tuple[str, int | None] | None:
    """Return the (list, level) of a style from what it and those it is based on name.

    A level of None is that which the list gives to the paragraph's style.
    """
    whole = list(numbers)
    listed = next((one for one, _ in whole if one), None)
    level = next((one for _, one in whole if one is not None), None)
    return (listed, level) if listed else None


@dataclass(slots=True)
class Numbering:
    """Counts as Word does: the numbers of lists and headings are nowhere in the text."""

    _levels: dict[str, dict[int, tuple[str, str, int]]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _styled: dict[tuple[str, str], int] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def read(cls, root: Element | None) -> Numbering:
        """Return the numbering of ``word/numbering.xml``."""
        made = cls()
        if root is None:
            return made
        for abstract in root.iter(f"{W}abstractNum"):
            key = value(abstract, "abstractNumId") or ""
            levels = list(abstract.iter(f"{W}lvl"))
            made._levels[key] = dict(map(_level, levels))
            for level in levels:
                style = value(level.find(f"{W}pStyle"))
                if style:
                    made._styled[key, style] = _level(level)[0]
        for listed in root.iter(f"{W}num"):
            made._abstract[value(listed, "numId") or ""] = (
                value(listed.find(f"{W}abstractNumId")) or ""
            )
        return made

    def next(self, listed: tuple[str, int | None] | None, style: str = "") -> str:
        """Return what stands before the next paragraph of this list and level: « 1. », « IV ».

        Where no level is said, that of the paragraph's ``style`` counts.
        """
        if listed is None:
            return ""
        key, level = self._abstract.get(listed[0], ""), listed[1]
        level = self._styled.get((key, style), level or 0) if style else level or 0
        levels = self._levels.get(key, {})
        if level not in levels:
            return ""
        self._counts[key, level] += 1
        for deeper in levels:
            if deeper > level:
                self._counts[key, deeper] = 0
        return "" if levels[level][0] in {"bullet", "none"} else self._printed(key, levels, level)

    def _printed(self, key: str, levels: dict[int, tuple[str, str, int]], level: int) -> str:
        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form, _, start = levels.get(at, ("decimal", "", 1))
            count = max(self._counts[key, at], 1) + start - 1
            return _numeral(count, form)

        text = _PLACE.sub(place, levels[level][1]).strip()
        return f"{text} " if text else ""


def _level(element: Element) -> tuple[int, tuple[str, str, int]]:
    start = number(value(element.find(f"{W}start")), 1)
    form = value(element.find(f"{W}numFmt")) or "decimal"
    text = value(element.find(f"{W}lvlText")) or ""
    return number(value(element, "ilvl"), 0), (form, text, start)


def _numeral(count: int, form: str) -> str:
    if form in {"upperRoman", "lowerRoman"} and 0 < count < 4000:  # Roman's end
        numeral = _roman(count)
        return numeral.upper() if form == "upperRoman" else numeral
    if form in {"upperLetter", "lowerLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    return str(count)


def _roman(count: int) -> str:
    pieces = []
    for size, letters in _ROMANS:
        pieces.append(letters * (count // size))
        count %= size
    return "".join(pieces)
