"""A text's words, one by one, with what stands between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# « l' » is a word of its own, and so is each part of « vient-il » or « Jean-Jacques ».
_ELIDED = r"(?:(?<=\b[ldjmtscçnLDJMTSCÇN])|(?<=[Qq]u))'"
_WORD = re.compile(f"[^\\W\\d_]+(?:[\u0300-\u036f]+[^\\W\\d_]*)*(?:{_ELIDED})?")
_JOINED = frozenset((" ", "-", "", "\u00a0", "\u202f", "‐", "‑"))


class Word:
    """A word of a text: ``text[start:end]``, in small letters ``key``.

    ``gap`` is what stands between it and the next word. ``settled``: somebody else says how it is
    said, so that nothing here may. ``spelling`` is how an engine shall read it, if otherwise.
    """

    __slots__ = ("end", "gap", "key", "settled", "spelling", "start", "written")

    def __init__(self, written: str, start: int, end: int) -> None:
        """Take a word as it is written, and where."""
        self.written = written
        self.key = written.lower()
        self.start = start
        self.end = end
        self.gap = ""
        self.settled = False
        self.spelling: str | None = None

    @property
    def said(self) -> str:
        """What an engine reads."""
        return self.spelling or self.key

    @property
    def is_joined(self) -> bool:
        """Whether the next word follows without a pause: after a space, or a hyphen."""
        return self.gap in _JOINED

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter, and is more than that letter."""
        return len(self.written) > 1 and self.written[0].isupper()


def split(text: str, settled: Iterable[tuple[int, int]] = ()) -> list[Word]:
    """Return the words of ``text``; those in a stretch of ``settled`` (start, end) are so.

    >>> [word.written for word in split("L'as-tu vu ?")]
    ["L'", 'as', 'tu', 'vu']
    """
    text = text.replace("’", "'")
    words = [Word(match[0], *match.span()) for match in _WORD.finditer(text)]
    end = len(text)
    for word in reversed(words):
        word.gap = text[word.end : end]
        end = word.start
    if words and not words[-1].gap:
        words[-1].gap = "."
    for start, stop in settled:
        for word in words:
            word.settled = word.settled or (word.start < stop and start < word.end)
    return words


def keys(text: str) -> set[str]:
    """Return the words of ``text`` in small letters, each once."""
    return set(_WORD.findall(text.lower().replace("’", "'")))


def before(words: Sequence[Word], index: int, back: int = 1) -> Word | None:
    """Return the word that stands ``back`` words before, if no pause comes between."""
    first = index - back
    if first < 0 or not all(word.is_joined for word in words[first:index]):
        return None
    return words[first]


def after(words: Sequence[Word], index: int, ahead: int = 1) -> Word | None:
    """Return the word that stands ``ahead`` words on, if no pause comes between."""
    last = index + ahead
    if last >= len(words) or not all(word.is_joined for word in words[index:last]):
        return None
    return words[last]


def keys_before(words: Sequence[Word], index: int, most: int = 4) -> list[str]:
    """Return the words before in the same breath, the nearest first."""
    found: list[str] = []
    for word in reversed(words[max(0, index - most) : index]):
        if not word.is_joined:
            break
        found.append(word.key)
    return found
