"""What one HTML element says: its tag, its classes and roles, its style."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from hautevoix.model import Kind
from hautevoix.reading.base.blocks import LinkRole
from hautevoix.reading.base.xml import attribute, content, local
from hautevoix.reading.sources.html.class_vocabulary import Trait, traits

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

UNREAD = frozenset(
    "script style head template svg object iframe video audio canvas button input select textarea "
    "datalist noscript nav rt rp map applet param meta link title progress dialog".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
ITALIC = frozenset({"i", "em", "b", "strong", "dfn", "cite"})
BOLD = frozenset({"b", "strong"})
ABBREVIATIONS = frozenset({"abbr", "acronym"})
WHOLE = frozenset({"html", "body", "main", "article", *HEADINGS})  # never skipped by its class
BOXES = frozenset("li dd td th aside div section article blockquote body table ol ul".split())
MATTER_TAGS = frozenset({"section", "div", "body", "header", "footer", "aside", "article"})
# The frame around a page of MediaWiki, which Wikisource runs on: told by identifiers alone.
FURNITURE = frozenset(
    "siteNotice siteSub contentSub contentSub2 catlinks mw-navigation mw-head mw-panel "
    "mw-page-base jump-to-nav footer-info footer-places p-lang-btn".split()
)
# What is not seen; and what CSS Speech silences: « speak: never », « none » in its drafts of before
# 2020 and in EPUB's own « -epub-speak »; « speak-as » tells how, not whether.
_HIDDEN = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)(?![\w-])", re.IGNORECASE
)
_UNSPOKEN = re.compile(r"(?<![\w-])(?:-epub-)?speak\s*:\s*(?:none|never)(?![\w-])", re.IGNORECASE)
RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.IGNORECASE)
CENTRE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
SLOPING = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
HIGH = re.compile(r"vertical-align\s*:\s*(?:super|\d+(?:pt|px|%|em))", re.IGNORECASE)
PAGED = re.compile(r"(?:page-)?break-(?:before|after)\s*:\s*(?:always|page)", re.IGNORECASE)
PAGE_NUMBER = 24  # characters that a page's number has at most, brackets and all
ORNAMENT = 5  # characters of an ornament
LOOKED_AT = 60  # descendants that tell what a box holds
DEEPEST_INLINE = 64  # elements around a block whose emphasis and links are heeded
LINE = 75  # characters that a line of verse has at most
_WORDS = re.compile(r"[^\W\d_][^\W\d_ ’'-]*(?:[ ’'-]{1,2}[^\W\d_]+){0,11}")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


def traits_of(element: Element) -> frozenset[Trait]:
    """Return what the classes, the role and the type of ``element`` say."""
    said = (element.get("class"), element.get("role"), attribute(element, "type"))
    tokens = " ".join(token for token in said if token)
    return traits(tokens) if tokens else frozenset()


def hidden(style: str) -> bool:
    """Tell whether a ``style`` attribute keeps an element from being seen.

    >>> hidden("color: red; display: none"), hidden("backface-visibility: hidden")
    (True, False)
    """
    return fits(_HIDDEN, style)


def unspoken(style: str) -> bool:
    """Tell whether a ``style`` attribute keeps an element from being spoken.

    >>> unspoken("color: red; speak: never"), unspoken("speak-as: spell-out")
    (True, False)
    """
    return fits(_UNSPOKEN, style)


def fits(pattern: re.Pattern[str], style: str) -> bool:
    """Tell whether a ``style`` attribute sets what ``pattern`` looks for."""
    return bool(style) and pattern.search(style) is not None


def is_short(element: Element, limit: int) -> bool:
    """Tell whether ``element`` holds fewer than ``limit`` + 1 characters of text."""
    size = 0
    for text in islice(element.itertext(), LOOKED_AT):
        size += len(text.strip())
        if size > limit:
            return False
    return True


_KINDS = (
    (Trait.EPIGRAPH, Kind.EPIGRAPH),
    (Trait.SIGNATURE, Kind.SIGNATURE),
    (Trait.SALUTATION, Kind.SALUTATION),
    (Trait.DATELINE, Kind.DATELINE),
    (Trait.QUOTE, Kind.QUOTE),
)


def kind(tag: str, said: frozenset[Trait]) -> Kind | None:
    """Return the kind of paragraph that markup says, None where it says nothing."""
    found = next((kind for trait, kind in _KINDS if trait in said), None)
    return found or (Kind.QUOTE if tag == "blockquote" else None)


_PARTS = (
    (Trait.SUBTITLE, "subtitle"),
    (Trait.AUTHOR, "author"),
    (Trait.DATE, "date"),
    (Trait.TITLE, "title"),
)


def part(tag: str, said: frozenset[Trait]) -> str:
    """Return the part of a title page, or « matter », that markup says; "" for the text."""
    if Trait.MATTER in said and tag in MATTER_TAGS:
        return "matter"
    if tag == "figcaption" or Trait.CAPTION in said:
        return "caption"
    if tag in BOXES:
        return ""
    return next((part for trait, part in _PARTS if trait in said), "")


def styled(element: Element, said: frozenset[Trait]) -> int:
    """Return the level that the class of a heading names, 1 if it names none."""
    digits = re.search(r"[1-6]\b", element.get("class") or "")
    return int(digits[0]) if digits and said else 1


def is_line(element: Element, tag: str, said: frozenset[Trait]) -> bool:
    """Tell a line of verse from a stanza: it is marked as one, or is short and holds no break."""
    if tag not in {"p", "div", "li", "dd"} or Trait.STANZA in said:
        return False
    inner = [local(child.tag) for child in islice(element.iter(), 1, LOOKED_AT)]
    if any(name in BLOCKS for name in inner):
        return False
    if Trait.LINE in said:
        return True
    return "br" not in inner and tag == "p" and is_short(element, LINE)


def role(said: frozenset[Trait], outer: LinkRole) -> LinkRole:
    """Return what markup says of a link; ``outer`` is what it says of the element around it."""
    if Trait.BACK in said:
        return LinkRole.BACK
    return LinkRole.CALL if Trait.CALL in said else outer


def expansion(element: Element) -> str | None:
    """Return what an abbreviation stands for where its title says so, None where it is read as is.

    The title must be words that the abbreviation's letters run through (« R.-d.-C. », of
    « rez-de-chaussée »), and the abbreviation none that is named by its letters (« ONU »,
    « C.G.T. »), nor one whose full stop may end the sentence too.
    """
    short, title = content(element), " ".join((element.get("title") or "").split())
    if short.isupper() and sum(map(str.isalpha, short)) > 1:
        return None
    if len(element) or not _WORDS.fullmatch(title) or not _runs_through(short, title):
        return None
    tail = (element.tail or "").lstrip()
    if short.endswith(".") and tail[:1].isupper():
        return None
    ends = short.endswith(".") and not tail and element.getnext() is None
    return f"{title}." if ends else title


def _runs_through(short: str, title: str) -> bool:
    """Tell whether the letters of ``short`` stand in ``title``, in their order, the first first."""
    letters = [char for char in short.casefold() if char.isalnum()]
    rest = iter(title.casefold())
    first = letters[:1] == [title[:1].casefold()]
    return first and len(letters) < len(title) and all(letter in rest for letter in letters)
