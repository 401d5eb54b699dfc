"""A tree of HTML elements → blocks: one walk, without recursion, whatever the nesting."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from hautevoix.model import Kind
from hautevoix.reading import elements
from hautevoix.reading.blocks import Block, Tie, paragraphs
from hautevoix.reading.idioms import Trait
from hautevoix.reading.tables import Table, is_layout, row_glue
from hautevoix.reading.trees import local
from hautevoix.reading.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element


@dataclass(slots=True)
class _Frame:
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
    kept: bool = False  # white space counts, as in <pre>
    raised: bool = False
    linked: bool = False
    table: Table | None = None
    count: int | None = None  # the number of the next item of an ordered list
    emphasis: int | None = None
    href: str | None = None
    start: int = 0
    tie: Tie = Tie.PLAIN


@dataclass(slots=True)
class Walk:
    """Walks trees; ``page`` names the document at hand, ``resolve`` makes a key of its links."""

    blocks: list[Block] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    unit: int = 0
    numbered: bool = False  # blocks are counted, source lines mean nothing
    _page: str = ""
    _resolve: Callable[[str], str] = str
    _writer: Writer = field(default_factory=Writer)
    _stack: list[_Frame] = field(default_factory=list)
    _scopes: int = 0
    _notes: int = 0
    _rule: bool = False
    _turned: bool = False
    _prefix: str = ""
    _pending: _Frame | None = None
    _blank: int = 0

    def document(self, root: Element, page: str, resolve: Callable[[str], str]) -> None:
        """Add the blocks of the document ``root``, whose anchors are ``page#id``."""
        self._page, self._resolve = page, resolve
        self._stack = [_Frame()]
        self.unit += 1
        self._writer.anchor(f"{page}#")
        self._turned = self.unit > 1
        self._descend(root)
        self._flush()

    def _descend(self, root: Element) -> None:
        path: list[tuple[Element, Iterator[Element]]] = []
        if self._enter(root):
            path.append((root, iter(root)))
        while path:
            element, children = path[-1]
            child = next(children, None)
            if child is None:
                path.pop()
                self._leave()
                if path:
                    self._text(element.tail)
            elif local(child.tag) and self._enter(child):
                path.append((child, iter(child)))
            else:
                self._text(child.tail)

    # -- elements

    def _enter(self, element: Element) -> bool:
        """Open ``element``; return False where nothing in it is to be read."""
        tag = local(element.tag)
        said = elements.traits_of(element)
        self._anchor(element)
        if self._is_empty(element, tag) or self._is_unread(element, tag, said):
            return False
        frame = self._frame(element, tag, said)
        if frame.box:
            self._open_box(element, frame)
        self._stack.append(frame)
        self._open_inline(element, tag, said, frame)
        self._text(element.text)
        return True

    def _anchor(self, element: Element) -> None:
        for name in ("id", "name"):
            key = element.get(name)
            if key:
                self._writer.anchor(f"{self._page}#{key}")

    def _is_empty(self, element: Element, tag: str) -> bool:
        """Deal with the elements that hold nothing."""
        if tag == "br":
            self._writer.end_line() if not self._in_row() else self._writer.write(" ")
        elif tag == "hr":
            self._flush()
            self._rule = True
        elif tag == "img":
            self._picture(element.get("alt") or "")
        return tag in {"br", "hr", "img", "wbr"}

    def _in_row(self) -> bool:
        return self._stack[-1].table is not None

    def _picture(self, alt: str) -> None:
        """Write a picture's text in its place."""
        self._text(elements.picture_text(alt))

    def _is_unread(self, element: Element, tag: str, said: frozenset[Trait]) -> bool:
        if tag in elements.UNREAD or element.get("hidden") is not None:
            return True
        if elements.HIDDEN.search(element.get("style") or ""):
            return True
        if (
            Trait.PAGE in said
            and tag not in elements.WHOLE
            and elements.is_short(element, elements.PAGE_NUMBER)
        ):
            self._anchors_within(element)
            self._turned = True
            return True
        if Trait.BACK in said and tag in {"span", "sup"}:
            return elements.is_short(element, elements.PAGE_NUMBER)
        return Trait.SKIPPED in said and tag not in elements.WHOLE and tag != "a"

    def _anchors_within(self, element: Element) -> None:
        for inner in islice(element.iter(), 1, elements.LOOKED_AT):
            if isinstance(inner.tag, str):
                self._anchor(inner)

    def _frame(self, element: Element, tag: str, said: frozenset[Trait]) -> _Frame:
        outer = self._stack[-1]
        frame = replace(
            outer, tag=tag, box=tag in elements.BLOCKS, emphasis=None, href=None, count=None
        )
        frame.line = self._line(element) or outer.line
        style = element.get("style") or ""
        frame.verse_line = False
        if frame.box:
            self._describe_box(element, frame, said, style)
        if tag == "sup" or Trait.RAISED in said or elements.HIGH.search(style):
            frame.raised = True
        return frame

    @staticmethod
    def _line(element: Element) -> int:
        line = element.get("data-line") or ""
        return int(line) if line.isdecimal() else (cast("int | None", element.sourceline) or 0)

    def _describe_box(
        self, element: Element, frame: _Frame, said: frozenset[Trait], style: str
    ) -> None:
        tag = frame.tag
        if tag in elements.BOXES:
            self._scopes += 1
            frame.scope = self._scopes
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
        self._turned = self._turned or elements.fits(elements.PAGED, style)
        self._describe_note(element, frame, said)
        self._describe_list(element, frame)

    def _heading_level(self, element: Element, frame: _Frame) -> int:
        if frame.tag == "hgroup":
            inner = (
                elements.HEADINGS.get(local(e.tag), 0)
                for e in islice(element.iter(), elements.LOOKED_AT)
            )
            return next((level for level in inner if level), frame.level)
        if element.get("role") == "heading":
            level = element.get("aria-level") or "2"
            return min(int(level), 6) if level.isdecimal() else 2
        return frame.level or elements.HEADINGS.get(frame.tag, 0)

    def _describe_note(self, element: Element, frame: _Frame, said: frozenset[Trait]) -> None:
        listed = frame.tag == "li" and frame.notes and element.get("id") is not None
        if (Trait.NOTE in said or listed) and not frame.note and frame.tag not in elements.WHOLE:
            self._notes += 1
            frame.note = f"note {self._notes}"
        frame.notes = frame.notes or Trait.NOTES in said

    def _describe_list(self, element: Element, frame: _Frame) -> None:
        if frame.tag == "table":
            frame.table = None if is_layout(element) else Table(element)
        if frame.tag == "ol":
            start = element.get("start") or "1"
            frame.count = int(start) if start.lstrip("-").isdecimal() else 1
        elif frame.tag == "li":
            frame.kind = Kind.LIST_ITEM
            self._number_item(element)

    def _number_item(self, element: Element) -> None:
        parent = self._stack[-1]
        if parent.count is None or parent.notes:
            return
        value = element.get("value") or ""
        if value.isdecimal():
            parent.count = int(value)
        self._flush()
        self._prefix = f"{parent.count}. "
        parent.count += 1

    def _open_box(self, element: Element, frame: _Frame) -> None:
        outer = self._stack[-1]
        if frame.verse_line:
            if not self._writer.blank:
                self._writer.end_line()
            self._pending = frame
            if elements.is_short(element, 1):
                self._writer.end_line()
        elif outer.table is not None and frame.table is outer.table:
            self._open_cell(frame)
        elif outer.level and frame.level:
            self._writer.end_line()
        else:
            self._flush()

    def _open_cell(self, frame: _Frame) -> None:
        if frame.tag in {"tr", "caption"}:
            self._flush()
        elif frame.tag in {"td", "th"} and not self._writer.blank:
            self._writer.write(row_glue(self._writer.last))
        else:
            self._writer.write(" ")

    def _open_inline(
        self, element: Element, tag: str, said: frozenset[Trait], frame: _Frame
    ) -> None:
        frame.start = self._writer.position
        sloping = Trait.ITALIC in said or elements.fits(
            elements.SLOPING, element.get("style") or ""
        )
        if not frame.box and (tag in elements.ITALIC or sloping):
            frame.emphasis = frame.start
        if tag == "a" and element.get("href"):
            frame.href = self._resolve(element.get("href") or "")
            frame.linked = True
            frame.tie = elements.tie(said, self._stack[-2].tie)
        elif not frame.box and {Trait.CALL, Trait.BACK} & said:
            frame.tie = Tie.CALL if Trait.CALL in said else Tie.BACK
        if tag == "q":
            self._text("« ")
        if frame.verse and not frame.box and Trait.LINE in said and not self._writer.at_line:
            self._writer.end_line()

    def _leave(self) -> None:
        frame = self._stack[-1]
        if frame.tag == "q":
            self._text(" »")
        self._close_inline(frame)
        if frame.box and not frame.verse_line:
            outer = self._stack[-2]
            held = outer.table is not None and frame.tag not in {"tr", "caption", "table"}
            if not held and not (outer.level and frame.level):
                written = len(self.blocks)
                self._flush()
                self._blank += frame.tag == "p" and len(self.blocks) == written
        self._stack.pop()

    def _close_inline(self, frame: _Frame) -> None:
        if frame.emphasis is not None:
            self._writer.emphasise(frame.start)
        if frame.href is not None:
            self._writer.link(frame.start, frame.href, frame.tie)

    # -- text

    def _text(self, text: str | None) -> None:
        if not text:
            return
        frame = self._stack[-1]
        if frame.table is not None and frame.tag in {"table", "tbody", "thead", "tfoot", "tr"}:
            return
        if self._prefix and text.strip():
            self._writer.write(self._prefix)
            self._prefix = ""
        if frame.kept:
            self._writer.write_lines(text)
            return
        if frame.raised and not frame.linked and text.strip().isdecimal():
            text = text.strip().translate(elements.RAISED)
        self._writer.write(text)

    def _flush(self) -> None:
        """End the block at hand, if anything was written."""
        if not self._writer.blank:
            for frame in self._stack[-elements.DEEPEST_INLINE :]:
                self._close_inline(frame)
                frame.start = 0
        frame = self._pending or self._stack[-1]
        self._pending = None
        block = self._writer.take(
            Block(
                "",
                frame.line,
                level=frame.level,
                kind=Kind.VERSE if frame.verse else frame.kind,
                note=frame.note,
                scope=frame.scope,
                part=frame.part,
                deep=frame.deep,
                ruled=self._rule,
                page=self._turned,
                apart=frame.apart,
                styled=frame.styled,
                unit=self.unit,
                blank=self._blank,
            )
        )
        if block is not None:
            self._blank = 0
            self._prefix, self._rule, self._turned = "", False, False
            self._add(block)

    def _add(self, block: Block) -> None:
        pieces = [block] if block.level else paragraphs(block)
        for piece in pieces:
            line = len(self.blocks) + 1 if self.numbered else piece.line
            self.blocks.append(replace(piece, line=line))


def local_resolver(page: str) -> Callable[[str], str]:
    """Return what makes keys of the links of a document that stands alone."""

    def resolve(href: str) -> str:
        if href.startswith("#"):
            return f"{page}#{unquote(href[1:])}"
        return (
            ""
            if elements.SCHEME.match(href) or "#" not in href
            else f"{page}#{href.split('#', 1)[1]}"
        )

    return resolve
