"""Marks in a text that tell how it is to be spoken: « [pause 2s] », « [voix Anna]…[/voix] ».

They are SSML's elements in words that a writer remembers, French or English: ``break``, ``voice``,
``sub`` and ``phoneme``, ``emphasis``, ``lang``; and a chapter, which SSML does not have.
"""

from __future__ import annotations

import difflib
import functools
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from hautevoix.french import strange_sign
from hautevoix.model import LONGEST_PAUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

USUAL_PAUSE = 1000
"""Milliseconds of « [pause] »: longer than any between two sentences."""

_NAMES = {
    "pause": "pause",
    "chapitre": "chapter",
    "chapter": "chapter",
    "voix": "voice",
    "voice": "voice",
    "dire": "say",
    "say": "say",
    "emphase": "emphasis",
    "emphasis": "emphasis",
    "langue": "language",
    "lang": "language",
}
_LONGEST = 300  # characters between the brackets
_BLANK = r"[ \u00a0\u202f\n]"
_MARK = re.compile(
    rf"\[{_BLANK}?(?P<close>/)?(?P<name>[a-z]{{2,12}})(?![\w'’-])"
    rf"(?P<rest>(?:{_BLANK}[^\[\]]{{0,{_LONGEST}}})?)(?P<end>\])?",
    re.IGNORECASE,
)
_SHOWN = 40  # characters of what is never ended
_PAUSE = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,3})?)\s*(ms|millisecondes?|s|sec|secondes?|seconds?)?", re.IGNORECASE
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_ALIKE = 0.8  # of a name that is a known one mistyped: « puase », « voxi »


class Act(Enum):
    """What a mark does."""

    PAUSE = "pause"
    CHAPTER = "chapter"
    VOICE = "voice"
    SAY = "say"
    EMPHASIS = "emphasis"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as ``written``: what it does, whether it ends that, and its ``value``.

    That is a title, a name, words or IPA between slashes, a language's tag; of a pause its
    ``milliseconds`` stand instead. ``line`` is where it stands in the source.
    """

    act: Act
    written: str
    closes: bool = False
    value: str = ""
    milliseconds: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A mark, and the stretch of the text that is taken out for it."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Misread:
    """What looks like a mark and can't be understood, at an index of the text."""

    start: int
    written: str


def find(text: str) -> Iterator[Found | Misread]:
    """Yield the marks of a text, in order, and what was surely meant for one.

    « [dire mots|façon] » gives two, around the words.

    >>> [(each.start, each.mark.milliseconds) for each in find("Non. [pause 1,5 s] Oui.")]
    [(5, 1500)]
    >>> [each.written for each in find("Les [sic], la [puase 2s] et [dire Broglie|breuil est là")]
    ['[puase 2s]', '[dire Broglie|breuil est là…']
    """
    if "[" not in text:
        return
    for match in _MARK.finditer(text):
        name = match["name"].lower()
        known = _NAMES.get(name)
        if known is None:
            if match["end"] and _is_meant(name):
                yield Misread(match.start(), " ".join(match[0].split()))
        elif match["end"]:
            yield from _understood(match, Act(known))
        else:
            yield Misread(match.start(), f"{' '.join(match[0].split())[:_SHOWN]}…")


@functools.lru_cache(maxsize=4096)
def _is_meant(name: str) -> bool:
    """Tell whether a name is that of a mark, mistyped."""
    return bool(difflib.get_close_matches(name, _NAMES, n=1, cutoff=_ALIKE))


def _understood(match: re.Match[str], act: Act) -> Iterator[Found | Misread]:
    written, value = " ".join(match[0].split()), " ".join(match["rest"].split())
    if act is Act.SAY and not match["close"]:
        yield from _said(match, written)
        return
    mark = _mark(act, written, value, closes=match["close"] is not None)
    yield Found(*match.span(), mark) if mark else Misread(match.start(), written)


def _said(match: re.Match[str], written: str) -> Iterator[Found | Misread]:
    """Yield the two marks around the words that are said otherwise."""
    words, bar, how = match["rest"].rpartition("|")
    how = " ".join(how.split())
    if not bar or not words.strip() or not _can_be_said(how):
        yield Misread(match.start(), written)
        return
    begins = match.start("rest") + len(words) - len(words.lstrip())
    ends = match.start("rest") + len(words.rstrip())
    yield Found(match.start(), begins, Mark(Act.SAY, written, value=how))
    yield Found(ends, match.end(), Mark(Act.SAY, written, closes=True))


def _can_be_said(how: str) -> bool:
    """Tell whether there are sounds, or a word: neither a smiley nor « /bʁœj », half in slashes."""
    sounds = _sounds(how)
    if sounds is None:
        return any(map(str.isalnum, how)) and not how.startswith("/")
    return strange_sign(sounds) is None


def _sounds(how: str) -> str | None:
    """Return what stands between slashes, as IPA does; None where nothing does."""
    return how[1:-1] if len(how) > 1 and how[0] == how[-1] == "/" else None


def alias(mark: Mark) -> tuple[str, str]:
    """Return the words that a mark has said, and the sounds: one of them is empty.

    >>> alias(Mark(Act.SAY, "", value="/bʁœj/"))
    ('', 'bʁœj')
    """
    sounds = _sounds(mark.value)
    return (mark.value, "") if sounds is None else ("", sounds)


def _mark(act: Act, written: str, value: str, *, closes: bool) -> Mark | None:
    """Return the mark, None where its words are not of its kind."""
    if closes:
        pairs = {Act.VOICE, Act.EMPHASIS, Act.LANGUAGE}
        return Mark(act, written, closes=True) if act in pairs and not value else None
    if act is Act.PAUSE:
        milliseconds = _milliseconds(value)
        return None if milliseconds is None else Mark(act, written, milliseconds=milliseconds)
    if act is Act.EMPHASIS:
        return None if value else Mark(act, written)
    if act is Act.LANGUAGE and not _LANGUAGE.fullmatch(value):
        return None
    if act is Act.VOICE and not value:
        return None
    return Mark(act, written, value=value)


def _milliseconds(value: str) -> int | None:
    """Return how long a pause is: « 2s », « 500 ms », « 1,5 »; None for what is no such time."""
    if not value:
        return USUAL_PAUSE
    match = _PAUSE.fullmatch(value)
    if match is None:
        return None
    unit = (match[2] or "s").lower()
    time = float(match[1].replace(",", ".")) * (1 if unit.startswith("m") else 1000)
    return round(time) if time <= LONGEST_PAUSE else None
