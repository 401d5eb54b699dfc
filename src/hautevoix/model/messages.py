"""What a stage says of what it was not sure of: a code, which stays, and words, which may change.

Each stage has one module with all its messages (``diagnostics``); a program looks for the code
(docs/texts.md lists them), and nothing looks into the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.model.text import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Hit = tuple[int, Mapping[str, object]]
"""A line, and the words that a message has a place for."""
ALL = 1 << 30
"""More than there are: none is left out."""
_LONGEST_WORD = 600  # characters of what a message quotes
_LEFT = noop("{told}: left as written; a sidecar's [corrections] can mend it")
_SETTLED = noop("{told}: the sidecar reads it as “{right}”")


@dataclass(frozen=True, slots=True)
class Message:
    """A kind of diagnostic, its ``code`` and the template of its words.

    More than ``most`` of a kind are told by ``many``: words are those of the first, ``{count}``
    is how many there are, ``{more}`` one less, ``{lines}`` and ``{places}`` where the first
    ``shown`` are. What is ``left`` as written, a correction of ``{words}`` in a sidecar settles.
    """

    code: str
    one: str
    many: str = ""
    most: int = ALL
    shown: int = 5
    left: bool = False


def tell(message: Message, line: int, **words: object) -> Diagnostic:
    """Return what ``message`` says of ``line``."""
    return _told(message, message.one, line, words)


def tell_all(message: Message, hits: Iterable[Hit]) -> tuple[Diagnostic, ...]:
    """Return what ``message`` says of each of ``hits``, or of all at once where they are many."""
    hits = list(hits)
    if len(hits) <= message.most:
        return tuple(tell(message, line, **words) for line, words in hits)
    line, words = hits[0]
    shown = hits[: message.shown]
    known = {
        **words,
        "count": len(hits),
        "more": len(hits) - 1,
        "lines": ", ".join(str(line) for line, _ in shown),
        "places": ", ".join(
            tr("[{label}] line {line}", label=words.get("label"), line=line)
            for line, words in shown
        ),
    }
    return (_told(message, message.many, line, known),)


def _told(message: Message, template: str, line: int, words: Mapping[str, object]) -> Diagnostic:
    text = tr(template, **{name: _short(word) for name, word in words.items()})
    if not message.left:
        return Diagnostic(line, text, message.code)
    return Diagnostic(line, tr(_LEFT, told=text), message.code, str(words["words"]))


def _short(word: object) -> object:
    """Return a word of a message; a text without end is told by its ends."""
    half = _LONGEST_WORD // 2
    long = isinstance(word, str) and len(word) > _LONGEST_WORD
    return f"{str(word)[:half]} […] {str(word)[-half:]}" if long else word


def settle(diagnostic: Diagnostic, corrections: Sequence[tuple[str, str]]) -> Diagnostic:
    """Return the ``diagnostic``, which says so where one of the ``corrections`` mends it.

    A correction is (wrong, right), as the sidecar has it.
    """
    for wrong, right in corrections:
        if diagnostic.words and wrong == diagnostic.words:
            told = diagnostic.message.removesuffix(tr(_LEFT, told=""))
            return replace(diagnostic, message=tr(_SETTLED, told=told, right=right), words="")
    return diagnostic


def in_order(*diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return all ``diagnostics`` by their lines; those of one line stay as they come."""
    return tuple(sorted((d for some in diagnostics for d in some), key=lambda d: d.line))
