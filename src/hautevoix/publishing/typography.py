"""Text on its way into every format: what none can carry goes, once, before any is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# What XML 1.0 can't hold even escaped (https://www.w3.org/TR/xml/#charsets), and lone surrogates,
# which UTF-8 can't. The MP3's tag leaves out the same, so all formats give back the same text.
_NOWHERE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")  # every kind of line end is one newline
_BREAKS = re.compile("[\t\n]+")
_NNBSP, _NBSP = "\u202f", "\u00a0"
_TYPESET = re.compile(
    r"(?P<apostrophe>(?<=[^\W\d_])'(?=[^\W\d_«\u201c]))"
    r"|(?P<dots>(?<!\.)\.\.\.(?!\.))"
    r"|(?P<high>(?<=[^\s]) (?=[;!?]))"
    r"|(?P<colon>(?<=[^\s]) (?=:(?:\s|$)))"
    r"|(?P<open>(?<=«) ?(?=\S))"
    r"|(?P<close>(?<=\S) (?=»))"
    r"|(?P<tight>(?<=[^\s«»])(?=»))"
    r"|(?P<dash>(?<=^—) (?=\S))"
)
_SET = {
    "apostrophe": "\u2019",
    "dots": "…",
    "high": _NNBSP,
    "colon": _NBSP,
    "open": _NBSP,
    "close": _NBSP,
    "tight": _NBSP,
    "dash": _NBSP,
}


def clean(text: str) -> str:
    r"""Return ``text`` without the characters that no XML can hold, its lines ended by newlines.

    >>> clean("a\x00b\u202bc]]>")
    'ab\u202bc]]>'
    """
    return _NOWHERE.sub("", _ENDS.sub("\n", text))


def one_line(text: str) -> str:
    r"""Return a title as every format gives it back: clean, on one line, trimmed.

    Several spaces stay several: a title is given back as it was written.

    >>> one_line(" Candide,\n ou l'Optimisme\x00 ")
    "Candide,  ou l'Optimisme"
    """
    return _BREAKS.sub(" ", clean(text)).strip()


def typeset(text: str) -> str:
    r"""Return ``text`` with French typography: spaces that don't break, ’ and ….

    No character that is read changes, and setting twice changes nothing more. The rules are the
    Imprimerie nationale's: a thin space before ; ! ?, a full one before : and inside « ».

    >>> typeset("Il dit : «Qu'importe ! !»...")
    'Il dit\xa0: «\xa0Qu’importe\u202f!\u202f!\xa0»…'
    """
    return _TYPESET.sub(lambda match: _SET[match.lastgroup or ""], text)


def typeset_at(text: str, places: Sequence[int]) -> tuple[str, list[int]]:
    r"""Return ``typeset(text)`` and where ``places`` of the text, in rising order, are in it.

    >>> typeset_at("«Oui!» ...", [1, 5, 10])
    ('«\xa0Oui!\xa0» …', [2, 7, 10])
    """
    changes = [
        (match.start(), match.end(), len(_SET[match.lastgroup or ""]))
        for match in _TYPESET.finditer(text)
    ]
    moved: list[int] = []
    shift = at = 0
    for place in places:
        while at < len(changes) and changes[at][1] <= place:
            start, end, new = changes[at]
            shift += new - (end - start)
            at += 1
        moved.append(place + shift)
    return typeset(text), moved


def clock(seconds: float, *, hours: bool = False) -> str:
    """Return a time as listeners read it: « 04:31 », « 1:02:05 » past an hour or if asked.

    >>> clock(271.9), clock(271.9, hours=True), clock(3725)
    ('04:31', '0:04:31', '1:02:05')
    """
    minutes, rest = divmod(int(seconds), 60)
    if not hours and minutes < 60:  # noqa: PLR2004 - minutes in an hour
        return f"{minutes:02}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def length(seconds: float) -> str:
    """Return a duration in words: « 5 min », « 2 h 05 ».

    >>> length(12), length(329), length(7530)
    ('12 s', '5 min', '2 h 06')
    """
    minutes = int(seconds / 60 + 0.5)
    if not minutes:
        return f"{round(seconds)} s"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02}" if hours else f"{minutes} min"
