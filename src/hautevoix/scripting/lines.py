"""A script's raw lines: what is to be said, before anyone has said how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.french import cut, sentences
from hautevoix.model import Kind, Role
from hautevoix.scripting.speech import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Chapter, Paragraph, SpeechSpan
    from hautevoix.scripting.speech import Part

LONGEST = 1200
"""Characters in one utterance: a breath for the listener, a bound for engines and memory."""

_ROLES = {Kind.QUOTE: Role.QUOTE, Kind.EPIGRAPH: Role.QUOTE, Kind.DIALOGUE: Role.DIALOGUE}


@dataclass(frozen=True, slots=True)
class Line:
    """Something to be said; ``boundary`` names the pause after it (a key of PAUSES).

    ``opens_note``: with it a note begins. ``start``, ``note``, ``opening``, ``character``,
    ``voice`` and ``speech`` as in Utterance; ``pause`` is in milliseconds where a mark tells it.
    """

    role: Role
    text: str
    boundary: str
    paragraph: int | None = None
    opens_note: bool = False
    start: int | None = None
    note: int | None = None
    opening: bool = False
    character: str | None = None
    pause: int | None = None
    voice: str | None = None
    speech: tuple[SpeechSpan, ...] = ()


def paragraph_lines(
    paragraph: Paragraph,
    index: int,
    role: Role | None = None,
    *,
    reply: Sequence[Part] = (),
    parted: bool = False,
) -> list[Line]:
    """Return a paragraph's sentences (a verse's lines), each a line of the script.

    ``reply`` tells who speaks in it where a play names somebody over it. ``parted``: what the
    narrator says within dialogue (« répondit-il ») is a line of its own.
    """
    speaker = role or _ROLES.get(paragraph.kind, Role.BODY)
    lines = _lines(paragraph, index, speaker, reply or parts(paragraph), parted=parted)
    return directed(lines, paragraph.speech)


def _lines(
    paragraph: Paragraph, index: int, speaker: Role, told: Sequence[Part], *, parted: bool
) -> list[Line]:
    if paragraph.kind is Kind.HEADING:
        return [Line(Role.HEADING, paragraph.text, "heading", index, start=0)]
    if paragraph.kind is Kind.VERSE:
        lines = _spoken_in_turn(_split(paragraph.text), speaker, index, "verse", "stanza")
    else:
        lines = text_lines(paragraph.text, index, speaker)
    return (
        [piece for line in lines for piece in _by_speaker(line, told, parted=parted)]
        if told
        else lines
    )


def directed(lines: list[Line], spans: Sequence[SpeechSpan]) -> list[Line]:
    """Return the lines of a text as ``spans`` tell: cut at pauses and where another voice speaks.

    A pause at the start of the text is none of its own lines': see ``pause_before``.
    """
    if not spans:
        return lines
    edges = sorted(
        {span.start for span in spans if span.pause is not None}
        | {edge for span in spans if span.voice for edge in (span.start, span.end)}
    )
    pieces = [piece for line in lines for piece in _cut(line, edges)]
    for index, piece in enumerate(pieces):
        pieces[index] = _as_told(piece, spans)
    for span in spans:
        before = [index for index, piece in enumerate(pieces) if (piece.start or 0) < span.start]
        if span.pause is not None and before:
            pieces[before[-1]] = replace(pieces[before[-1]], pause=span.pause)
    return pieces


def pause_before(spans: Sequence[SpeechSpan]) -> int | None:
    """Return the pause in milliseconds that stands before all words of a text, if there is one."""
    told = [span.pause for span in spans if span.pause is not None and not span.end]
    return told[-1] if told else None


def _cut(line: Line, edges: Sequence[int]) -> list[Line]:
    """Return a line in pieces, cut at ``edges`` of its paragraph; none is without a letter."""
    start = line.start or 0
    inside = [edge - start for edge in edges if start < edge < start + len(line.text)]
    if not inside:
        return [line]
    pieces: list[Line] = []
    for low, high in pairwise((0, *inside, len(line.text))):
        piece = _piece(line, low, high)
        if piece:
            pieces.append(piece)
        elif pieces:  # « . » alone goes with what it ends
            last = pieces[-1]
            begins = (last.start or 0) - start
            pieces[-1] = replace(last, text=line.text[begins:high].rstrip())
    return list(_joined(pieces)) or [line]


def _piece(line: Line, low: int, high: int) -> Line | None:
    """Return a stretch of a line as one of its own, None where it has no letter."""
    text = line.text[low:high].strip()
    if not any(map(str.isalnum, text)):
        return None
    return replace(line, text=text, start=(line.start or 0) + line.text.index(text, low))


def _joined(pieces: Sequence[Line]) -> Iterator[Line]:
    """Yield the pieces of a line; hardly any pause parts them."""
    for piece in pieces[:-1]:
        yield replace(piece, boundary="incise")
    yield from pieces[-1:]


def _as_told(line: Line, spans: Sequence[SpeechSpan]) -> Line:
    """Return a line with the voice that is to speak it, and how stretches of it are spoken."""
    start = line.start or 0
    end = start + len(line.text)
    around = [span for span in spans if span.voice and span.start < end and span.end > start]
    voice = min(around, key=lambda span: span.end - span.start).voice if around else None
    own = tuple(
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in spans
        if (span.say or span.ipa or span.language or span.emphasis)
        and span.start < end
        and span.end > start
    )
    return replace(line, voice=voice, speech=own)


def _by_speaker(line: Line, told: Sequence[Part], *, parted: bool) -> Iterator[Line]:
    """Yield a line of dialogue with who says it; ``parted`` as in paragraph_lines."""
    start = line.start or 0
    own = [part for part in told if part.start < start + len(line.text) and part.end > start]
    names = {part.character for part in own if part.speech}
    if not parted or len(own) < 2:  # nobody else speaks in it
        narrated = parted and not any(part.speech for part in own)
        yield replace(line, role=Role.BODY if narrated else line.role, character=_only(names))
        return
    pieces = []
    for part in own:
        low, high = max(part.start - start, 0), min(part.end - start, len(line.text))
        if piece := _piece(line, low, high):
            role = line.role if part.speech else Role.BODY
            pieces.append(replace(piece, role=role, character=part.character))
    yield from _joined(pieces)


def _only(names: set[str | None]) -> str | None:
    return names.pop() if len(names) == 1 else None


def text_lines(text: str, index: int, role: Role) -> list[Line]:
    """Return the sentences of a text that may have several paragraphs."""
    return [
        line
        for start, part in _split(text)
        for line in _spoken_in_turn(_breaths(part, start), role, index, "sentence", "paragraph")
    ]


def heading_line(chapter: Chapter) -> list[Line]:
    """Return the announcement of a chapter's title, if it has one."""
    return [Line(Role.HEADING, chapter.title, "heading")] if chapter.title else []


def _spoken_in_turn(
    texts: Iterable[tuple[int, str]], role: Role, index: int, inner: str, last: str
) -> list[Line]:
    kept = [(start, text) for start, text in texts if text.strip()]
    return [
        Line(role, text, last if number == len(kept) - 1 else inner, index, start=start)
        for number, (start, text) in enumerate(kept)
    ]


def _split(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line of a text, and the index at which it starts."""
    return _placed(text, text.split("\n"))


def _breaths(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield what is said in one breath, each with its index; ``text`` stands at ``start``."""
    pieces = (
        piece
        for sentence in sentences(text)
        for piece in (cut(sentence, LONGEST) if len(sentence) > LONGEST else (sentence,))
    )
    return ((start + at, piece) for at, piece in _placed(text, pieces))


def _placed(text: str, pieces: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield each piece with the index at which it stands; at most a space parts two of them."""
    at = 0
    for piece in pieces:
        at = text.index(piece, at)
        yield at, piece
        at += len(piece)
