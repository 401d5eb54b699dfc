"""Note marks: how a note's text opens, how it is called, how it says whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SUPERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

# How a note opens, by style. The strict ones look like nothing else.
_BODY_STRICT = (
    (
        "bracket",
        re.compile(r"\[(?P<label>\d{1,3}|[a-zA-Z]|\*{1,4}|[ivx]{1,5})\](?:[.:]| [-–—])?(?: |$)"),
    ),
    (
        "named",
        re.compile(
            r"\[(?:Note|Footnote|Renvoi) ?(?P<label>\d{1,3}|[A-Za-z]|\*{0,4}) ?[:.]", re.IGNORECASE
        ),
    ),
    ("caret", re.compile(r"\[\^(?P<label>[\w-]{1,20})\]:")),
    ("super", re.compile(r"(?P<label>[¹²³⁰-⁹]{1,4})(?: ?[.)])?(?= ?\S)")),
)
_BODY_LOOSE = (
    ("starred", re.compile(r"\*(?P<label>\d{1,3})(?:[.)])?(?= ?\S)")),
    ("paren", re.compile(r"\((?P<label>\d{1,3}|[a-zA-Z]|\*{1,4})\)(?:[.:])?(?= ?\S)")),
    ("star", re.compile(r"(?P<label>\*{1,4}|†{1,2}|‡)(?= ?[^\s*])")),
    ("dot", re.compile(r"(?P<label>\d{1,3})(?:(?:\.|\))(?: ?[-–—])?| ?[-–—:])(?: ?↑)?(?= ?\S)")),
    (
        "word",
        re.compile(r"Note (?P<label>\d{1,3}|[A-Z])(?: ?\.? ?[—–-]| ?[.:]| \()", re.IGNORECASE),
    ),
    ("plain", re.compile(r"(?P<label>\d{1,3}) (?=[A-ZÀ-ÖØ-Þ«“\"_])")),
)
_LOOSE_IN_FLOW = frozenset({"paren", "star", "starred", "word"})

# How a note is called in the text. A mark that may mean something else (an exponent, an
# enumeration) is a call only where a note answers to it.
_CALL_STARTS = re.compile(r"[\[(*†‡\d¹²³⁰-⁹]")
_CALLS = re.compile(
    r"\[(?P<bracket>\d{1,3}|[a-zA-Z]|\*{1,4}|[ivx]{2,5})\]"
    r"|\[(?:Note|Renvoi) ?(?P<named>\d{1,3}|[A-Za-z])\]"
    r"|\[\^(?P<caret>[\w-]{1,20})\](?!:)"
    r"|\((?:[Vv]oir )?(?:la )?[Nn]ote (?P<word>\d{1,3})\)"
    r"|(?<=[^\s\d¹²³⁰-⁻])(?P<super>[¹²³⁰-⁹]{1,4})"
    r"|(?<=[^(])\((?P<paren>\d{1,3}|[a-zA-Z]|\*{1,4})\)"
    r"|(?:(?<=[a-zà-ÿ»)!?])|(?<=[a-zà-ÿ]{3}[.,;…])|(?<=[a-zà-ÿ»][ \xa0\u202f][;:!?]))"
    r"(?P<glued>\d{1,2})(?![\w°%])"
    r"|(?<=[^\s*\d])\*(?P<starred>\d{1,3})(?![\w*])"
    r"|(?<=[^*])(?P<star>\*{1,4}|†{1,2}|‡)(?![\w*])"
)
# Which styles of note answer a style of call that may mean something else.
_ANSWERS = {
    "bracket": {"bracket", "named", "caret", "paren", "dot", "plain", "word", "super"},
    "super": {"super", "dot", "plain", "paren", "bracket", "named", "word"},
    "paren": {"paren", "dot", "plain", "named", "word"},
    "star": {"star", "paren", "bracket", "named"},
    "starred": {"starred"},
    "word": {"word", "named"},
    "glued": {"super", "dot", "plain"},
}
_UNITS = re.compile(r"(?:^|[\s\d(/])(?:[kcmdh]?m|dam|[cdmh]?l|s)$")

# What stands before a call: a word, or the stop after one; units and functions have powers.
_WORD = re.compile(r"[a-zà-ÿ]{3}(?:[.,;…]|[ \xa0\u202f]?[!?:»])?$")
_RAISED = re.compile(
    r"(?:^|[^a-zà-ÿ])(?:mol|rad|bar|sec|min|lux|ohm|sin|cos|tan|log|exp|mètres?)$", re.IGNORECASE
)
_REFERRED = re.compile(r"\b(?:art|chap|fig|vol|tom|liv|sect|col|par|nos?|éd)\.$")
_LISTED = re.compile(r"(?:[:;,]|\b(?:et|ou|puis|enfin|soit))\s$")

_SOURCES = (
    (r"N\. ?[DdEÉ]?\.? ?[EÉée]\.|NDE|Note de l[’']éditeur|Note des éditeurs", "note de l'éditeur"),
    (r"N\. ?[Dd]\. ?[Tt]\.|NDT|N\. ?du ?T\.|Note du traducteur", "note du traducteur"),
    (r"Note de la traductrice", "note de la traductrice"),
    (r"N\. ?[Dd]\. ?[Ll]\. ?[Rr]\.|NDLR|Note de la rédaction", "note de la rédaction"),
    (r"N\. ?[Dd]\. ?[Aa]\.|NDA|N\. ?de ?l[’']A\.|Note de l[’']auteur", "note de l'auteur"),
    (r"N\. ?[Dd]\. ?C\.|Note du correcteur", "note du correcteur"),
)
# The mark closes the note, in brackets or after a dash.
_ENDMARKS = tuple(
    (re.compile(rf"\s{{0,40}}(?:[\[(] ?(?:{mark})\.? ?[\])]|[—–-] ?(?:{mark}))\.?$"), source)
    for mark, source in _SOURCES
)
_LONGEST_ENDMARK = 40


Answers = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Label:
    """How a note's text opens: its ``label``, in which ``style``, over how many characters."""

    label: str
    style: str
    length: int


@dataclass(frozen=True, slots=True)
class CallMark:
    """A possible call ``text[start:end]`` with its label; ``sure`` if it can be nothing else."""

    label: str
    start: int
    end: int
    style: str
    sure: bool


def body_label(text: str, *, strict: bool = False, zone: bool = False) -> Label | None:
    """Return how ``text`` opens as a note; in a ``zone`` of notes bare numbers count too."""
    styles = _BODY_STRICT if strict else _BODY_STRICT + _BODY_LOOSE
    for style, pattern in styles:
        match = pattern.match(text[:60])
        if match and (
            strict or zone or style in _LOOSE_IN_FLOW or (style, pattern) in _BODY_STRICT
        ):
            return Label(match["label"].translate(_SUPERS), style, match.end())
    return None


def answerable(bodies: Iterable[tuple[str, str, int]]) -> Answers:
    """Return which calls the notes answer that open as ``bodies`` say: (style, label, line) each.

    Maps a call's (style, label) to the last line up to which it may stand.
    """
    found: Answers = {}
    for style, label, line in bodies:
        for call, styles in _ANSWERS.items():
            if style in styles:
                found[call, label] = max(line, found.get((call, label), 0))
    return found


def find_calls(text: str, answered: Answers | None = None) -> Iterator[CallMark]:
    """Yield the calls in ``text``; doubtful ones only if ``answered`` (None: every one)."""
    for start in _CALL_STARTS.finditer(text):
        match = _CALLS.match(text, start.start())
        if match is None:
            continue
        style = match.lastgroup or ""
        label = match[style].translate(_SUPERS)
        sure = _is_sure(text[max(start.start() - 6, 0) : start.start()], style, label)
        mark = CallMark(label, *match.span(), style, sure)
        if any(other(text, mark) for other in _OTHERS):
            continue
        if mark.sure or answered is None or (style, mark.label) in answered:
            yield mark


def _is_sure(before: str, style: str, label: str) -> bool:
    """Tell whether a mark after ``before`` can be nothing but a call, note or no note.

    « rivière¹ » and « partit.² » are; « 12 m² », « cos² » and « x³ » are raised to a power.
    """
    # Pinned by head-over-rest, notes-bracketed-words, superscripts-without-notes.
    if style == "super":
        return _WORD.search(before) is not None and _RAISED.search(before) is None
    return style in {"named", "caret"} or (style == "bracket" and label.isdigit())


def _is_exponent(text: str, mark: CallMark) -> bool:
    # Pinned by notes-wikisource, notes-superscript.
    return mark.style == "super" and bool(_UNITS.search(text[max(mark.start - 5, 0) : mark.start]))


def _is_item(text: str, mark: CallMark) -> bool:
    """Tell a point of a list, « : (1) le prix, (2) la peine et (3) », from a call after a word."""
    # Pinned by notes-wikisource, enumeration-beside-calls.
    return mark.style == "paren" and bool(_LISTED.search(text[max(mark.start - 8, 0) : mark.start]))


def _is_reference(text: str, mark: CallMark) -> bool:
    """Tell « art.2 », « chap.4 » from a call after the end of a sentence."""
    # Pinned by notes-wikisource, references-stuck.
    before = text[max(mark.start - 6, 0) : mark.start]
    return mark.style == "glued" and bool(_REFERRED.search(before))


_OTHERS = (_is_exponent, _is_item, _is_reference)


def split_source(text: str) -> tuple[str, str | None]:
    """Return a note's text without the mark that says whose it is, and whose it is.

    >>> split_source("Un dernier mot. [N.D.T.]")
    ('Un dernier mot.', 'note du traducteur')
    """
    window = max(len(text) - _LONGEST_ENDMARK, 0)
    for pattern, source in _ENDMARKS:
        match = pattern.search(text, window)
        if match and match.start() > 0:
            return text[: match.start()].rstrip(), source
    return text, None
