"""WordprocessingML → blocks: runs, fields, tables, notes and text boxes of a Word document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.model import Kind
from hautevoix.reading.base.blocks import RIGHT, Block, LinkRole
from hautevoix.reading.base.xml import local
from hautevoix.reading.sources.formulas import Formula, superscript
from hautevoix.reading.sources.mathml import formula
from hautevoix.reading.sources.pictures import picture_text
from hautevoix.reading.sources.tables import is_layout, row_glue
from hautevoix.reading.sources.word.runs import Field, Run, steps
from hautevoix.reading.sources.word.styles import (
    Numbering,
    Style,
    Styles,
    W,
    is_on,
    merged_number,
    numbering_of,
    outline_level,
    value,
)
from hautevoix.reading.sources.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

_UNREAD = frozenset(
    "del movefrom ppr rpr sectpr tblpr trpr tcpr tblgrid deltext delinstrtext sdtpr fallback "
    "commentreference annotationref rt".split()
)
_SILENT = re.compile(r"\s*(?:TOC|PAGE|NUMPAGES|PAGEREF|XE|TC|INDEX|SECTIONPAGES|FILENAME)\b")
_CONTENTS = "Table of Contents"
_MOST_BOXES = 5  # text boxes within text boxes


@dataclass(slots=True)
class Text:
    """Reads the parts of a document into ``blocks``; a block's line is its number."""

    styles: Styles
    numbering: Numbering
    blocks: list[Block] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    _labels: dict[str, str] = field(default_factory=dict)
    _note: str = ""
    _writer: Writer = field(default_factory=Writer)
    _fields: list[Field] = field(default_factory=list)
    _rows: list[bool] = field(default_factory=list)  # for each table around: read row by row?
    _boxes: list[Element] = field(default_factory=list)
    _run: Run = field(default_factory=Run)
    _bold: int = 0  # characters
    _page: bool = False
    _blank: int = 0
    _shown: str = ""  # what pictures alone say in the paragraph at hand
    _custom: str = ""  # the note whose mark the next text is

    def read(self, root: Element, depth: int = 0) -> None:
        """Add the blocks of ``root``, and then of the text boxes in it."""
        for opens, element in steps(root, self._is_unread):
            handlers = _OPENERS if opens else _CLOSERS
            handler = handlers.get(local(element.tag))
            if handler is not None:
                handler(self, element)
        boxes, self._boxes = self._boxes, []
        for box in boxes if depth < _MOST_BOXES else ():
            self.read(box, depth + 1)

    def read_notes(self, root: Element, kind: str) -> None:
        """Add the notes of a part, each under its own key."""
        for note in root.iter(f"{W}{kind}"):
            if value(note, "type") in {None, "normal"}:
                self._note = f"{kind} {value(note, 'id')}"
                self._writer.anchor(f"#{self._note}")
                self.read(note)
        self._note = ""

    def _is_unread(self, element: Element) -> bool:
        name = local(element.tag)
        if name in _UNREAD or not name:
            return True
        if name in {"txbxcontent", "omath"}:
            self._boxes.append(element) if name == "txbxcontent" else self._formula(element)
            return True
        if name == "sdt":
            gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            return value(gallery) == _CONTENTS
        if name == "r":
            return is_on(element.find(f"{W}rPr/{W}vanish"))
        if name == "fldsimple":
            return bool(_SILENT.match(value(element, "instr") or ""))
        return name == "p" and self._is_furniture(element)

    def _formula(self, math: Element) -> None:
        """Write a formula in its place, and remember it."""
        found = formula(math, len(self.blocks) + 1)
        self.formulas += [found] if found.said else []
        self._writer.write(found.said)

    def _is_furniture(self, paragraph: Element) -> bool:
        if self.style(paragraph).part not in {"toc", "page"}:
            return False
        for mark in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
            self.field(mark) if local(mark.tag) == "fldchar" else self.code(mark)
        return True

    # -- paragraphs, tables

    def style(self, paragraph: Element) -> Style:
        """Return the style of ``paragraph``, its own settings over its style's."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return self.styles.of(None)
        style = self.styles.of(value(properties.find(f"{W}pStyle")))
        align = value(properties.find(f"{W}jc"))
        style = replace(style, level=outline_level(properties) or style.level)
        if align:
            style = replace(style, right=align in {"right", "end"}, centred=align == "center")
        own = numbering_of(properties)
        if own == (None, None):
            return style
        return replace(style, number=merged_number([own, style.number or (None, None)]), key="")

    def open_paragraph(self, paragraph: Element) -> None:
        """Write the number that Word would print before a paragraph that is not empty."""
        style = self.style(paragraph)
        number = style.number
        if number and not self._in_row and any(t.text for t in paragraph.iter(f"{W}t")):
            self._writer.write(self.numbering.next(number, style.key))

    def close_paragraph(self, paragraph: Element) -> None:
        """Make a block of what was written, unless a row goes on."""
        if self._in_row:
            self._writer.write(" ")
            return
        style = self.style(paragraph)
        turned = is_on(paragraph.find(f"{W}pPr/{W}pageBreakBefore"))
        listed = style.number is not None and style.number[0] != "0"
        self._add(
            Block(
                "",
                0,
                level=1 if style.part == "title" else style.level,
                kind=style.kind or (Kind.LIST_ITEM if listed and not style.level else None),
                part=style.part,
                indent=RIGHT if style.right else 0,
                page=turned,
                apart=style.centred,
            )
        )

    def _add(self, block: Block) -> None:
        bold, self._bold = self._bold, 0
        shown, self._shown = self._shown.strip(), ""
        taken = self._writer.take(replace(block, blank=self._blank))
        if taken is None:
            self._blank += 1
            return
        self._blank = 0
        made = replace(taken, line=len(self.blocks) + 1, note=self._note, scope=1, unit=1)
        part = "caption" if shown and made.text == shown else made.part
        page, apart = made.page or self._page, made.apart or bold >= len(made.text)
        self.blocks.append(replace(made, part=part, page=page, apart=apart))
        self._page = False

    @property
    def _in_row(self) -> bool:
        return any(self._rows)

    def open_table(self, table: Element) -> None:
        """Tell a table of data from one that lays out the page."""
        self._rows.append(not is_layout(table))

    def close_table(self, _: Element) -> None:
        """End a table."""
        self._rows.pop()

    def open_cell(self, _: Element) -> None:
        """Part a cell from the one before it."""
        if self._in_row and not self._writer.blank:
            self._writer.write(row_glue(self._writer.last))

    def close_row(self, _: Element) -> None:
        """Make a block of a row."""
        if self._rows and self._rows[-1] and sum(self._rows) == 1:
            self._add(Block("", 0))

    # -- runs

    def open_run(self, run: Element) -> None:
        """Note what the run at hand is like."""
        properties = run.find(f"{W}rPr")
        self._run = Run(self._writer.position)
        if properties is None:
            return
        slanted = properties.find(f"{W}i")
        styled = value(properties.find(f"{W}rStyle")) in self.styles.sloping
        self._run.sloping = is_on(slanted) if slanted is not None else styled
        self._run.bold = is_on(properties.find(f"{W}b"))
        self._run.raised = value(properties.find(f"{W}vertAlign")) == "superscript"

    def close_run(self, _: Element) -> None:
        """Mark what the run emphasised."""
        if self._run.sloping:
            self._writer.emphasise(self._run.start)
        if self._run.bold:
            self._bold += self._writer.position - self._run.start

    def text(self, element: Element) -> None:
        """Write text, unless a field hides it."""
        text = element.text or ""
        if not all(one.result and not _SILENT.match(one.code) for one in self._fields):
            return
        start = self._writer.position
        high = self._run.raised and not self._custom
        self._writer.write(superscript(self._writer.tail, text) if high else text)
        if self._custom:
            self._writer.link(start, f"#{self._custom}", LinkRole.CALL)
            self._custom = ""

    def code(self, element: Element) -> None:
        """Gather the code of a field."""
        if self._fields:
            self._fields[-1].code += element.text or ""

    def field(self, element: Element) -> None:
        """Open, part or close a field."""
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def end_line(self, element: Element) -> None:
        """End a line, or a page."""
        if value(element, "type") in {"page", "column"}:
            self._page = True
            self._writer.write(" ")
        else:
            self._writer.end_line()

    def call(self, element: Element) -> None:
        """Write the number of the note that is called."""
        key = f"{local(element.tag).removesuffix('reference')} {value(element, 'id')}"
        if value(element, "customMarkFollows") in {"1", "true"}:
            self._custom = key
            return
        label = self._labels.setdefault(key, str(len(self._labels) + 1))
        start = self._writer.position
        self._writer.write(label)
        self._writer.link(start, f"#{key}", LinkRole.CALL)

    def picture(self, element: Element) -> None:
        """Write a picture's text in its place."""
        text = picture_text(element.get("descr") or element.get("alt") or "")
        self._shown += text
        self._writer.write(text)

    def space(self, _: Element) -> None:
        """Write a space for a tab."""
        self._writer.write(" ")

    def hyphen(self, _: Element) -> None:
        """Write a hyphen at which no line breaks."""
        self._writer.write("-")


_OPENERS: dict[str, Callable[[Text, Element], None]] = {
    "p": Text.open_paragraph,
    "tbl": Text.open_table,
    "tc": Text.open_cell,
    "r": Text.open_run,
    "t": Text.text,
    "tab": Text.space,
    "br": Text.end_line,
    "cr": Text.end_line,
    "nobreakhyphen": Text.hyphen,
    "instrtext": Text.code,
    "fldchar": Text.field,
    "footnotereference": Text.call,
    "endnotereference": Text.call,
    "docpr": Text.picture,
    "shape": Text.picture,
}
_CLOSERS: dict[str, Callable[[Text, Element], None]] = {
    "p": Text.close_paragraph,
    "tbl": Text.close_table,
    "tr": Text.close_row,
    "r": Text.close_run,
}
