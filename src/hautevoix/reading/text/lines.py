"""text → lines: the smallest thing that the segmenter looks at, numbered as in the source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_BREAK = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff]")
_TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: its 1-based ``number``, its ``indent`` in columns, its bare ``text``.

    ``page`` says that a page begins with it (a form feed, or furniture taken out, came before);
    ``taken`` is how many columns of it were taken out, which its wrapping took into account.
    """

    number: int
    indent: int
    text: str
    page: bool = False
    taken: int = 0

    @property
    def reach(self) -> int:
        """The column where it ends: what a wrapping width is measured on."""
        return self.indent + self.width

    @property
    def width(self) -> int:
        """How many columns were printed, those of what was taken out too."""
        return len(self.text) + self.taken


def split_lines(text: str) -> tuple[Line, ...]:
    """Cut ``text`` at any of the line ends in use, NFC, without control characters."""
    clean = _CONTROL.sub("", unicodedata.normalize("NFC", text))
    return tuple(_line(number, raw) for number, raw in enumerate(_BREAK.split(clean), 1))


def _line(number: int, raw: str) -> Line:
    page = "\f" in raw
    flat = raw.replace("\f", "").replace("\t", " " * _TAB).rstrip()
    bare = flat.lstrip()
    return Line(number, len(flat) - len(bare), bare, page)
