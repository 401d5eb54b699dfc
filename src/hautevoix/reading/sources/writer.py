"""Writes the text of blocks, white space collapsed as browsers do, spans kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.reading.base.blocks import Block, Link, LinkRole, Span, erased, merged

if TYPE_CHECKING:
    from hautevoix.model import SpeechSpan

_SPACE = re.compile(r"[ \t\n\r\f]+")
_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")


@dataclass(slots=True)
class Writer:
    """Writes the text of one block after the other; white space collapses, lines are kept."""

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _glued: bool = True  # nothing, or white space, stands before
    _emphasis: list[Span] = field(default_factory=list)
    _speech: list[SpeechSpan] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _anchors: list[tuple[int, str]] = field(default_factory=list)

    @property
    def position(self) -> int:
        """Where the next character goes."""
        return self._length

    @property
    def blank(self) -> bool:
        """Tell whether nothing was written yet."""
        return not self._length

    @property
    def last(self) -> str:
        """The last character written that is no space."""
        return next((piece.rstrip()[-1] for piece in reversed(self._pieces) if piece.strip()), "")

    @property
    def tail(self) -> str:
        """The last two characters written, spaces and all."""
        return "".join(self._pieces[-2:])[-2:]

    @property
    def at_line(self) -> bool:
        """Tell whether a line starts here."""
        return not self._pieces or self._pieces[-1].endswith("\n")

    def write(self, text: str) -> None:
        """Add ``text``, its white space collapsed."""
        flat = _SPACE.sub(" ", _UNSEEN.sub("", text))
        self._add(flat.lstrip(" ") if self._glued else flat)

    def write_lines(self, text: str) -> None:
        """Add ``text`` with its line ends kept."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.end_line()
            self.write(line)

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._length += len(text)
            self._glued = text.endswith((" ", "\n"))

    def end_line(self) -> None:
        """End a line that markup ends."""
        while self._pieces and self._pieces[-1].endswith(" "):
            last = self._pieces.pop()
            bare = last.rstrip(" ")
            self._length -= len(last) - len(bare)
            if bare:
                self._pieces.append(bare)
        self._add("\n")

    def emphasise(self, start: int) -> None:
        """Mark what was written from ``start`` on as emphasised."""
        if self._length > start:
            self._emphasis.append((start, self._length))

    def direct(self, start: int, how: SpeechSpan) -> None:
        """Have what was written from ``start`` on spoken as ``how`` tells."""
        if self._length > start:
            self._speech.append(replace(how, start=start, end=self._length))

    def link(self, start: int, target: str, role: LinkRole) -> None:
        """Make what was written from ``start`` on a link."""
        if self._length > start:
            self._links.append(Link(start, self._length, target, role))

    def anchor(self, key: str) -> None:
        """Set an anchor here."""
        self._anchors.append((self._length, key))

    def take(self, block: Block) -> Block | None:
        """Return ``block`` with what was written; None (and anchors kept) if that is nothing."""
        whole = "".join(self._pieces)
        text = whole.strip(" \n")
        head = len(whole) - len(whole.lstrip(" \n"))
        if not text:
            self._restart(keep=[(0, key) for _, key in self._anchors])
            return None
        spans = [(0, head), (head + len(text), len(whole))]
        full = replace(
            block,
            text=whole,
            emphasis=tuple(merged(self._emphasis)),
            speech=tuple(dict.fromkeys(self._speech)),
            links=tuple(sorted(self._links, key=lambda link: link.start)),
            anchors=tuple(self._anchors),
        )
        self._restart(keep=[])
        return erased(full, spans)

    def _restart(self, keep: list[tuple[int, str]]) -> None:
        self._pieces, self._length, self._glued = [], 0, True
        self._emphasis, self._speech, self._links, self._anchors = [], [], [], keep
