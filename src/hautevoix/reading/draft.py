"""What goes through the passes of the segmenter: a book in the making."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.model import BookInfo, Sidecar, TitleSource
from hautevoix.reading.text.gutenberg import Imprint
from hautevoix.reading.text.hyphens import Flow, Lexis
from hautevoix.reading.text.layout import LAYOUT, Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.assembly import Group, Home, Texts
    from hautevoix.reading.base.blocks import Block
    from hautevoix.reading.language.speech_marks import Mark
    from hautevoix.reading.notes.raw import Separated
    from hautevoix.reading.structure.headings import Found
    from hautevoix.reading.text.lines import Line
    from hautevoix.reading.text.units import Unit


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter in the making: what was ``found`` over it, the units that its text is in."""

    found: Found | None
    heading: tuple[Unit, ...]
    units: tuple[Unit, ...]
    above: tuple[Unit, ...] = ()  # a title page, left out but for its calls

    @property
    def heads(self) -> tuple[Unit, ...]:
        """What is not read as its text, but may hold calls."""
        return (*self.above, *self.heading)

    @property
    def line(self) -> int:
        """Where it starts in the source."""
        return next((unit.number for unit in (*self.heading, *self.units)), 0)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source gives, and what the passes make of it.

    A source gives ``blocks`` where the file has marked them, else its ``lines`` as printed; the
    ``info`` that the file itself tells, ``sure`` where its title is the book's own, not a web
    page's; the ``sidecar``, which may have
    things kept; ``outline``, which finds headings that the blocks' own markup does not show.

    Passes make ``units`` of lines, take their notes ``apart`` and set them in ``sections``; in
    the end there are ``groups``, a chapter each, and the ``notes``, with what stands over them and
    the ``homes`` of those that no call places.
    ``marks`` are those that tell how the text is spoken, whose places blocks hold by anchors and,
    as long as there are lines, ``line_marks`` by a line's number.
    ``diagnostics`` tell on the way what was not sure, ``flows`` are where slips are looked for.
    """

    blocks: Sequence[Block] = ()
    info: BookInfo = field(default_factory=BookInfo)
    sure: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    sidecar: Sidecar = field(default_factory=Sidecar)
    outline: Callable[[list[Block]], list[Block]] | None = None
    lines: Sequence[Line] = ()
    printed: bool = False  # it is known by its lines, not by blocks
    layout: Layout = LAYOUT
    units: Sequence[Unit] = ()
    apart: Separated | None = None
    imprint: Imprint = field(default_factory=Imprint)
    words: Lexis = field(default_factory=lambda: Lexis(Counter()))
    title: str | None = None  # on the title page
    front: int = 0  # units before the first table of contents
    entries: tuple[str, ...] = ()  # what the tables of contents name
    sections: Sequence[Section] = ()
    groups: Sequence[Group] = ()
    notes: Sequence[Texts] = ()
    linked: bool = False  # the notes are those of links
    homes: Sequence[Home] = ()
    heading: Block | None = None
    preamble: Sequence[Block] = ()
    flows: Sequence[Flow] = ()
    marks: Sequence[Mark] = ()
    line_marks: Mapping[int, Sequence[tuple[int, str]]] = field(default_factory=dict)

    def told(self, diagnostics: Iterable[Diagnostic]) -> Draft:
        """Return the draft with more that was not sure."""
        return replace(self, diagnostics=(*self.diagnostics, *diagnostics))

    def titled(self, found: BookInfo) -> Draft:
        """Return the draft with what its text says of itself: before what the file says."""
        known = self.info
        if known.title and found.title_source is not TitleSource.TEXT:
            found = replace(found, title=known.title, title_source=known.title_source)
        author, date = found.author or known.author, found.date or known.date
        info = replace(
            known,
            title=found.title,
            title_source=found.title_source,
            author=author,
            date=date,
            description=found.description or known.description,
        )
        return replace(self, info=info)
