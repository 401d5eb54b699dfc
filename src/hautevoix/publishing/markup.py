"""A book's text as HTML (or XHTML): sentences as spans, calls as links, emphasis as such. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from hautevoix.publishing import edition
from hautevoix.publishing.typography import typeset, typeset_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hautevoix.publishing.edition import Block, CallMark, Edition, NoteText, Sentence

_QUOTED = ("quote", "epigraph")
_DROP_CAP = 140  # characters: a shorter paragraph looks lost beside a drop cap


def attributes(**values: str | None) -> str:
    """Return attributes ready for a tag; ``_`` stands for ``-``, a last one is left out.

    >>> attributes(class_="a", data_t='"1"', hidden=None)
    ' class="a" data-t="&quot;1&quot;"'
    """
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in values.items()
        if value is not None
    )


def tag(name: str, inner: str, **values: str | None) -> str:
    """Return an element around ``inner``, which must be HTML already."""
    return f"<{name}{attributes(**values)}>{inner}</{name}>"


@dataclass(slots=True)
class Writer:
    """Writes blocks; ``times`` gives a sentence's attributes from its row in the timeline.

    ``call`` gives a note reference's own attributes from its note's index and its label, ``link``
    the address of an element's name.
    """

    edition: Edition
    times: Callable[[int], dict[str, str]]
    call: Callable[[int, str], dict[str, str]]
    back: dict[str, str]
    link: Callable[[str], str] = "#{}".format
    br: str = "<br>"
    hr: str = "<hr>"
    calls: dict[int, int] = field(default_factory=dict)

    def blocks(self, blocks: Iterable[Block], heading: str) -> Iterator[str]:
        """Yield each block; ``heading`` is the element for a chapter's title."""
        opened = False
        for block in blocks:
            if block.parted:
                yield self.hr
            if block.kind == edition.TITLE:
                yield tag(heading, self.sentences(block.sentences))
            elif block.kind == "heading":
                yield tag("p", self.sentences(block.sentences), class_="heading")
            elif block.kind == edition.NOTE:
                yield self.note(block)
            else:
                first = not opened and block.kind == "paragraph" and _may_open(block)
                opened = opened or block.kind == "paragraph"
                yield self.paragraph(block, first=first)

    def paragraph(self, block: Block, *, first: bool) -> str:
        """Return a paragraph in the manner of its kind."""
        between = self.br if block.kind == "verse" else " "
        inner = self.sentences(block.sentences, between)
        told = tag("p", inner, class_=f"{block.kind} first" if first else block.kind)
        return tag("blockquote", told, class_=block.kind) if block.kind in _QUOTED else told

    def sentences(self, sentences: Iterable[Sentence], between: str = " ") -> str:
        """Return sentences, each in a span that knows when it is heard."""
        return between.join(map(self.sentence, sentences))

    def sentence(self, sentence: Sentence, shown: str | None = None) -> str:
        """Return a sentence; ``shown`` is what to show in its place."""
        inner = escape(shown) if shown is not None else self._inner(sentence)
        row = sentence.utterance
        times = {} if row is None else self.times(row)
        return tag("span", inner, class_="s", **times) if times else inner

    def _inner(self, sentence: Sentence) -> str:
        """Return the text with its emphasis and its calls, each at its place."""
        marks = [(call.position, 1, self._call(call)) for call in sentence.calls]
        for start, end in sentence.emphasis:
            if start < end:
                marks += [(start, 2, "<em>"), (end, 0, "</em>")]
        marks.sort(key=lambda mark: mark[:2])
        text, places = typeset_at(sentence.text, [mark[0] for mark in marks])
        parts: list[str] = []
        at = 0
        for (_, _, told), place in zip(marks, places, strict=True):
            parts += [escape(text[at:place]), told]
            at = max(at, place)
        return "".join([*parts, escape(text[at:])])

    def _call(self, call: CallMark) -> str:
        if call.note is None:
            return tag("sup", escape(call.label))
        count = self.calls[call.note] = self.calls.get(call.note, 0) + 1
        name = f"call-{call.note}" + (f"-{count}" if count > 1 else "")
        more = self.call(call.note, call.label)
        link = tag("a", escape(call.label), id=name, href=self.link(f"note-{call.note}"), **more)
        return tag("sup", link)

    def note(self, block: Block) -> str:
        """Return a note that is heard, with its way back to its call."""
        announced = block.note is not None and len(block.sentences) > 1
        if block.note is None or not announced:
            return tag("p", self.sentences(block.sentences), class_="note-text")
        head, *rest = block.sentences
        label = self.edition.notes[block.note].label
        mark = self.sentence(head, f"{label}.")
        return self._framed(block.note, label, mark, self.sentences(rest))

    def unheard(self, index: int, note: NoteText) -> str:
        """Return a note that is not in the audio."""
        paragraphs = self.br.join(escape(typeset(line)) for line in note.text.split("\n"))
        return self._framed(index, note.label, escape(f"{note.label}."), paragraphs)

    def _framed(self, index: int, label: str, mark: str, inner: str) -> str:
        back = ""
        if index in self.calls or _called(self.edition, index):
            more = {"aria_label": f"Retour à l’appel de la note {label}", **self.back}
            back = " " + tag("a", "↩\ufe0e", href=self.link(f"call-{index}"), class_="back", **more)
        told = tag("p", f"{tag('span', mark, class_='note-label')} {inner}{back}")
        return tag("div", told, class_="note", id=f"note-{index}")


def _called(told: Edition, index: int) -> bool:
    return any(
        call.note == index
        for part in told.parts
        for block in part.blocks
        for sentence in block.sentences
        for call in sentence.calls
    )


def _may_open(block: Block) -> bool:
    """Tell whether a paragraph may carry a drop cap: it starts with a letter and is long enough."""
    text = " ".join(sentence.text for sentence in block.sentences)
    return len(text) >= _DROP_CAP and text[0].isalpha()


def unheard(told: Edition) -> list[int]:
    """Return the indices of the notes that no block reads."""
    heard = {block.note for part in told.parts for block in part.blocks}
    return [index for index in range(len(told.notes)) if index not in heard]
