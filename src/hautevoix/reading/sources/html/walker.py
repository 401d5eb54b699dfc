"""A tree of HTML elements → blocks: one walk, without recursion, whatever the nesting."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hautevoix.model import Kind
from hautevoix.reading.base.blocks import RIGHT, Block, LinkRole, paragraphs
from hautevoix.reading.base.xml import content, local, number
from hautevoix.reading.sources.formulas import Formula, superscript
from hautevoix.reading.sources.html import elements
from hautevoix.reading.sources.html.class_vocabulary import Trait
from hautevoix.reading.sources.html.inherited_style import Cascade, InheritedStyle
from hautevoix.reading.sources.mathml import formula
from hautevoix.reading.sources.pictures import picture_text
from hautevoix.reading.sources.tables import row_glue
from hautevoix.reading.sources.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element


@dataclass(slots=True)
class HtmlWalker:
    """Walks trees; ``page`` names the document at hand, ``resolve`` makes a key of its links."""

    blocks: list[Block] = field(default_factory=list)
    unit: int = 0
    numbered: bool = False  # blocks are counted, source lines mean nothing
    formulas: list[Formula] = field(default_factory=list)
    silenced: list[tuple[int, str]] = field(default_factory=list)
    _page: str = ""
    _resolve: Callable[[str], str] = str
    _writer: Writer = field(default_factory=Writer)
    _stack: list[InheritedStyle] = field(default_factory=list)
    _frames: Cascade = field(default_factory=Cascade)
    _rule: bool = False
    _turned: bool = False
    _prefix: str = ""
    _pending: InheritedStyle | None = None
    _blank: int = 0
    _bold: int = 0  # characters of the block at hand
    _silent: frozenset[Element] = frozenset()
    _shown: str = ""  # what pictures alone say in the block at hand

    def document(
        self,
        root: Element,
        page: str,
        resolve: Callable[[str], str],
        silent: frozenset[Element] = frozenset(),
    ) -> None:
        """Add the blocks of the document ``root``, whose anchors are ``page#id``.

        What is in ``silent`` is not read.
        """
        self._silent = silent
        self._page, self._resolve = page, resolve
        self._stack = [InheritedStyle()]
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
        if tag == "math":
            self._formula(element)
            return False
        if tag in elements.ABBREVIATIONS and (whole := elements.expansion(element)):
            self._text(whole)
            return False
        frame = self._frames.within(self._stack[-1], element, said)
        if tag == "li":
            self._number_item(element)
        self._turned = self._turned or frame.turned
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
            self._writer.end_line() if self._stack[-1].table is None else self._writer.write(" ")
        elif tag == "hr":
            self._flush()
            self._rule = True
        elif tag == "img":
            self._picture(element.get("alt") or "")
        return tag in {"br", "hr", "img", "wbr"}

    def _picture(self, alt: str) -> None:
        """Write a picture's text in its place."""
        text = picture_text(alt)
        self._shown += text
        self._text(text)

    def _formula(self, math: Element) -> None:
        """Write a formula in its place, and remember it."""
        found = formula(math, self._line())
        self.formulas += [found] if found.said else []
        self._text(found.said)

    def _line(self) -> int:
        """Return the line of what is at hand, or in a book of several pages the block's number."""
        return len(self.blocks) + 1 if self.numbered else self._stack[-1].line

    def _is_unread(self, element: Element, tag: str, said: frozenset[Trait]) -> bool:
        if tag in elements.UNREAD or element.get("hidden") is not None:
            return True
        if element.get("id") in elements.FURNITURE:
            return True
        style = element.get("style") or ""
        if elements.hidden(style):
            return True
        if element in self._silent or elements.unspoken(style):
            self.silenced.append((self._line(), content(element)))
            return True
        if tag not in elements.WHOLE and self._is_mark(element, tag, said):
            return True
        return Trait.SKIPPED in said and tag not in elements.WHOLE and tag != "a"

    def _is_mark(self, element: Element, tag: str, said: frozenset[Trait]) -> bool:
        """Tell the number of a page or a verse, an ornament, the mark that leads back to a call."""
        if Trait.PAGE in said and elements.is_short(element, elements.PAGE_NUMBER):
            self._anchors_within(element)
            self._turned = True
            return True
        if Trait.VERSE_NUMBER in said and elements.is_short(element, elements.PAGE_NUMBER):
            return content(element).strip("().[] ").isdigit()
        if Trait.ORNAMENT in said and elements.is_short(element, elements.ORNAMENT):
            self._flush()
            self._rule = True
            return True
        back = Trait.BACK in said and tag in {"span", "sup"}
        return back and elements.is_short(element, elements.PAGE_NUMBER)

    def _anchors_within(self, element: Element) -> None:
        for inner in islice(element.iter(), 1, elements.LOOKED_AT):
            if isinstance(inner.tag, str):
                self._anchor(inner)

    def _number_item(self, element: Element) -> None:
        parent = self._stack[-1]
        if parent.count is None or parent.notes:
            return
        parent.count = number(element.get("value"), parent.count)
        self._flush()
        self._prefix = f"{parent.count}. "
        parent.count += 1

    def _open_box(self, element: Element, frame: InheritedStyle) -> None:
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

    def _open_cell(self, frame: InheritedStyle) -> None:
        if frame.tag in {"tr", "caption"}:
            self._flush()
        elif frame.tag in {"td", "th"} and not self._writer.blank:
            self._writer.write(row_glue(self._writer.last))
        else:
            self._writer.write(" ")

    def _open_inline(
        self, element: Element, tag: str, said: frozenset[Trait], frame: InheritedStyle
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
            frame.role = elements.role(said, self._stack[-2].role)
        elif not frame.box and {Trait.CALL, Trait.BACK} & said:
            frame.role = LinkRole.CALL if Trait.CALL in said else LinkRole.BACK
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

    def _close_inline(self, frame: InheritedStyle) -> None:
        if frame.emphasis is not None:
            self._writer.emphasise(frame.start)
        if frame.speech is not None:
            self._writer.direct(frame.start, frame.speech)
        if frame.tag in elements.BOLD:
            self._bold += self._writer.position - frame.start
        if frame.href is not None:
            self._writer.link(frame.start, frame.href, frame.role)

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
        high = frame.raised and not frame.linked
        self._writer.write(superscript(self._writer.tail, text) if high else text)

    def _flush(self) -> None:
        """End the block at hand, if anything was written."""
        if not self._writer.blank:
            for frame in self._stack[-elements.DEEPEST_INLINE :]:
                self._close_inline(frame)
                frame.start = 0
        frame = self._pending or self._stack[-1]
        self._pending = None
        shown, self._shown = self._shown.strip(), ""
        bold, self._bold = self._bold, 0
        block = self._writer.take(
            Block(
                "",
                len(self.blocks) + 1 if self.numbered else frame.line,
                level=frame.level,
                kind=Kind.VERSE if frame.verse else frame.kind,
                note=frame.note,
                scope=frame.scope,
                part=frame.part,
                indent=RIGHT if frame.deep else 0,
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
            plate = shown and block.text == shown and not block.level
            apart = block.apart or bold >= len(block.text)
            block = replace(block, part="caption" if plate else block.part, apart=apart)
            self.blocks.extend([block] if block.level else paragraphs(block))


def local_resolver(page: str) -> Callable[[str], str]:
    """Return what makes keys of the links of a document that stands alone."""

    def resolve(href: str) -> str:
        if href.startswith("#"):
            return f"{page}#{unquote(href[1:])}"
        outside = elements.SCHEME.match(href) or "#" not in href
        return "" if outside else f"{page}#{href.split('#', 1)[1]}"

    return resolve
