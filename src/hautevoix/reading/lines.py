"""text → lines: the smallest thing that the segmenter looks at, numbered as in the source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_BREAK = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff]")
_RULE = re.compile(r"[-_=—–─━*~•·.⁂+#oO\s]{3,}")
_ASTERISM = re.compile(r"[*⁂✻✽❧❦•\s]+")
_TAB = 4

# An end mark, and what may close after it: quotes, brackets, note calls.
_CLOSERS = r"(?:[\s»”\"’')\]]|\[[^\]\s]{1,4}\]|\([\d*]{1,3}\)|[¹²³⁰-⁹*])*"
_SENTENCE_END = re.compile(rf"[.!?…]{_CLOSERS}")
_TAIL = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: its 1-based ``number``, its ``indent`` in columns, its bare ``text``.

    ``page`` says that a page begins with it (a form feed, or furniture taken out, came before).
    """

    number: int
    indent: int
    text: str
    page: bool = False

    @property
    def reach(self) -> int:
        """The column where it ends: what a wrapping width is measured on."""
        return self.indent + len(self.text)


def split_lines(text: str) -> tuple[Line, ...]:
    """Cut ``text`` at any of the line ends in use, NFC, without control characters."""
    clean = _CONTROL.sub("", unicodedata.normalize("NFC", text))
    return tuple(_line(number, raw) for number, raw in enumerate(_BREAK.split(clean), 1))


def _line(number: int, raw: str) -> Line:
    page = "\f" in raw
    flat = raw.replace("\f", "").replace("\t", " " * _TAB).rstrip()
    bare = flat.lstrip()
    return Line(number, len(flat) - len(bare), bare, page)


def is_rule(text: str) -> bool:
    """Tell whether ``text`` is a drawn line or an asterism, with no word in it.

    >>> is_rule("* * *"), is_rule("--------"), is_rule("No"), is_rule("...")
    (True, True, False, False)
    """
    drawn = _RULE.fullmatch(text) and not text.strip(" .").isalpha() and text.strip(".")
    return bool(drawn) or bool(text and _ASTERISM.fullmatch(text))


def ends_sentence(text: str) -> bool:
    """Tell whether ``text`` ends a sentence, whatever quotes and calls close after its end mark.

    >>> ends_sentence("il le dit. »"), ends_sentence("la fin [2]."), ends_sentence("la fin [2]")
    (True, True, False)
    """
    tail = text.rstrip()[-_TAIL:]
    return any(
        _SENTENCE_END.fullmatch(tail, index) for index, char in enumerate(tail) if char in ".!?…"
    )


def starts_lower(text: str) -> bool:
    """Tell whether the first letter of ``text`` is a small one, and nothing stands before it."""
    return text[:1].islower()
