"""A text's words, one by one, with what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# « l' » is a word of its own, and so is each part of « vient-il » or « Jean-Jacques ».
_WORD = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+['’]?")
_PLAIN = re.compile("[ \u00a0\u202f]?")  # a space, or nothing after « l' »


@dataclass(slots=True)
class Word:
    """A word of a text: ``text[start:end]``, in small letters ``key``.

    ``gap`` is what stands between it and the next word. ``settled``: somebody else says how it is
    said, so that nothing here may. ``spelling`` is how an engine shall read it, if otherwise.
    """

    written: str
    key: str
    start: int
    end: int
    gap: str = ""
    settled: bool = False
    spelling: str | None = None

    @property
    def said(self) -> str:
        """What an engine reads."""
        return self.spelling or self.key

    @property
    def is_joined(self) -> bool:
        """Whether the next word follows without a pause: after a space, or a hyphen."""
        return self.gap == "-" or _PLAIN.fullmatch(self.gap) is not None

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter, and is more than that letter."""
        return len(self.written) > 1 and self.written[0].isupper()


def split(text: str, settled: Iterable[tuple[int, int]] = ()) -> list[Word]:
    """Return the words of ``text``; those in a stretch of ``settled`` (start, end) are so.

    >>> [word.written for word in split("L'as-tu vu ?")]
    ["L'", 'as', 'tu', 'vu']
    """
    found = list(_WORD.finditer(text))
    words = [Word(m[0], m[0].lower().replace("’", "'"), m.start(), m.end()) for m in found]
    for word, following in zip(words, words[1:], strict=False):
        word.gap = text[word.end : following.start]
    if words:
        words[-1].gap = text[words[-1].end :] or "."
    for start, end in settled:
        for word in words:
            word.settled = word.settled or (word.start < end and start < word.end)
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
    near = (before(words, index, back) for back in range(1, most + 1))
    return [word.key for word in near if word]
