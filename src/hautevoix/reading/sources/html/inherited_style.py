"""What is true inside an element: of itself, and of all that it stands in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, cast

from hautevoix.model import Kind
from hautevoix.reading.base.blocks import LinkRole
from hautevoix.reading.base.xml import local, number
from hautevoix.reading.sources.html import elements, speech
from hautevoix.reading.sources.html.class_vocabulary import Trait
from hautevoix.reading.sources.tables import Table, is_layout

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hautevoix.model import SpeechSpan


@dataclass(slots=True)
class InheritedStyle:
    """What is true inside an element, inherited by what it holds."""

    tag: str = ""
    box: bool = False
    line: int = 0
    level: int = 0
    kind: Kind | None = None
    verse: bool = False
    verse_line: bool = False
    note: str = ""
    notes: bool = False
    scope: int = 0
    part: str = ""
    deep: bool = False
    apart: bool = False
    styled: int = 0
    turned: bool = False  # a page begins with it
    kept: bool = False  # white space counts, as in <pre>
    raised: bool = False
    linked: bool = False
    table: Table | None = None
    count: int | None = None  # the number of the next item of an ordered list
    emphasis: int | None = None
    href: str | None = None
    start: int = 0
    role: LinkRole = LinkRole.PLAIN
    language: str = ""  # other than French
    alphabet: str = ""  # of ``ssml:ph``
    speech: SpeechSpan | None = None  # how it is spoken, where it says so itself


@dataclass(slots=True)
class Cascade:
    """Makes frames; counts the boxes and the notes that it meets."""

    scopes: int = 0
    notes: int = 0

    def within(
        self, outer: InheritedStyle, element: Element, said: frozenset[Trait]
    ) -> InheritedStyle:
        """Return the frame of ``element`` inside ``outer``; ``said`` is what its classes say."""
        tag = local(element.tag)
        frame = replace(
            outer, tag=tag, box=tag in elements.BLOCKS, emphasis=None, href=None, count=None
        )
        frame.line = self._line(element) or outer.line
        style = element.get("style") or ""
        frame.verse_line = frame.turned = False
        if frame.box:
            self._describe_box(element, frame, said, style)
        frame.language, frame.alphabet, frame.speech = speech.told(
            element, tag, outer.language, outer.alphabet
        )
        if tag == "sup" or Trait.RAISED in said or elements.HIGH.search(style):
            frame.raised = True
        return frame

    @staticmethod
    def _line(element: Element) -> int:
        return number(element.get("data-line"), cast("int | None", element.sourceline) or 0)

    def _describe_box(
        self, element: Element, frame: InheritedStyle, said: frozenset[Trait], style: str
    ) -> None:
        tag = frame.tag
        if tag in elements.BOXES:
            self.scopes += 1
            frame.scope = self.scopes
        frame.level = self._heading_level(element, frame)
        frame.kind = elements.kind(tag, said) or frame.kind
        frame.verse = frame.verse or Trait.VERSE in said
        frame.verse_line = frame.verse and elements.is_line(element, tag, said)
        frame.part = elements.part(tag, said) or frame.part
        frame.styled = elements.styled(element, said) if Trait.HEADING in said else 0
        align = (element.get("align") or "").lower()
        frame.deep = (
            frame.deep
            or Trait.RIGHT in said
            or align == "right"
            or elements.fits(elements.RIGHT, style)
        )
        frame.apart = (
            frame.apart
            or tag == "center"
            or align == "center"
            or elements.fits(elements.CENTRE, style)
        )
        frame.kept = frame.kept or tag == "pre"
        frame.turned = elements.fits(elements.PAGED, style)
        self._describe_note(element, frame, said)
        self._describe_list(element, frame)

    def _heading_level(self, element: Element, frame: InheritedStyle) -> int:
        if frame.tag == "hgroup":
            inner = (
                elements.HEADINGS.get(local(e.tag), 0)
                for e in islice(element.iter(), elements.LOOKED_AT)
            )
            return next((level for level in inner if level), frame.level)
        if element.get("role") == "heading":
            return min(number(element.get("aria-level"), 2), 6)
        return frame.level or elements.HEADINGS.get(frame.tag, 0)

    def _describe_note(
        self, element: Element, frame: InheritedStyle, said: frozenset[Trait]
    ) -> None:
        listed = frame.tag == "li" and frame.notes and element.get("id") is not None
        if (Trait.NOTE in said or listed) and not frame.note and frame.tag not in elements.WHOLE:
            self.notes += 1
            frame.note = f"note {self.notes}"
        frame.notes = frame.notes or Trait.NOTES in said

    def _describe_list(self, element: Element, frame: InheritedStyle) -> None:
        if frame.tag == "table":
            frame.table = None if is_layout(element) else Table(element)
        if frame.tag == "ol":
            frame.count = number(element.get("start"), 1)
        elif frame.tag == "li":
            frame.kind = Kind.LIST_ITEM
