"""Which words an engine is to tell the times of, and what it told, tied to them.

A word is what stands between spaces, dashes, brackets and guillemets, without its punctuation:
« l'homme » and « est-ce » are one each, as they are written and as one would point at them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.model import WordMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RUN = re.compile(r"[^\s—–…«»“”„()\[\]{}]+")
_LETTER = re.compile("[^\\W_]|[\u0300-\u036f]")  # or an accent apart from its letter


def words_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each word in ``text``.

    >>> text = "« Attendez-moi ! » cria-t-elle, hors d'haleine."
    >>> [text[start:end] for start, end in words_of(text)]
    ['Attendez-moi', 'cria-t-elle', 'hors', "d'haleine"]
    """
    for run in _RUN.finditer(text):
        first, last = _LETTER.search(run[0]), _LETTER.search(run[0][::-1])
        if first and last:
            yield run.start() + first.start(), run.end() - last.start()


def marked(text: str, heard: Iterable[tuple[int, int]], frames: int) -> tuple[WordMark, ...]:
    """Return the words of ``text`` of which something begins at a known place and frame.

    ``heard`` holds (index in the text, frame), in order of frames, in a clip of ``frames``. A
    word begins with the first that falls into it or right before it (eSpeak is off by one after
    « ., »); one without any belongs to the word before, with which the engine ran it together
    (« parce que »). What goes back in the text, or lies outside of the clip, is left out.

    >>> [text[m.start : m.end] for text in ["Un, parce que."] for m in marked(text, [(4, 9)], 99)]
    ['parce que']
    """
    words = list(words_of(text))
    begun: list[tuple[int, int]] = []  # the word's number, its frame
    number = 0
    for position, frame in heard:
        while number < len(words) and words[number][1] <= position:
            number += 1
        if number == len(words) or not 0 <= frame <= frames:
            break
        fresh = not begun or (begun[-1][0] < number and begun[-1][1] <= frame)
        if words[number][0] - 1 <= position and fresh:
            begun.append((number, frame))
    ends = [words[after - 1][1] for after, _ in begun[1:]] + [end for _, end in words[-1:]]
    return tuple(
        WordMark(words[number][0], end, frame)
        for (number, frame), end in zip(begun, ends, strict=False)
    )
