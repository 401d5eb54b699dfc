"""A script's raw lines: what is to be said, before anyone has said how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.french import cut, sentences
from hautevoix.model import Kind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model import Chapter, Paragraph

LONGEST = 1200
"""Characters in one utterance: a breath for the listener, a bound for engines and memory."""

_ROLES = {Kind.QUOTE: Role.QUOTE, Kind.EPIGRAPH: Role.QUOTE, Kind.DIALOGUE: Role.DIALOGUE}


@dataclass(frozen=True, slots=True)
class Line:
    """Something to be said; ``boundary`` names the pause after it (a key of PAUSES).

    ``opens_note``: with it a note begins.
    """

    role: Role
    text: str
    boundary: str
    paragraph: int | None = None
    opens_note: bool = False


def paragraph_lines(paragraph: Paragraph, index: int, role: Role | None = None) -> list[Line]:
    """Return a paragraph's sentences (a verse's lines), each a line of the script."""
    speaker = role or _ROLES.get(paragraph.kind, Role.BODY)
    if paragraph.kind is Kind.VERSE:
        return _spoken_in_turn(paragraph.text.split("\n"), speaker, index, "verse", "stanza")
    if paragraph.kind is Kind.HEADING:
        return [Line(Role.HEADING, paragraph.text, "heading", index)]
    return text_lines(paragraph.text, index, speaker)


def text_lines(text: str, index: int, role: Role) -> list[Line]:
    """Return the sentences of a text that may have several paragraphs."""
    return [
        line
        for part in text.split("\n")
        for line in _spoken_in_turn(_breaths(part), role, index, "sentence", "paragraph")
    ]


def heading_line(chapter: Chapter) -> list[Line]:
    """Return the announcement of a chapter's title, if it has one."""
    return [Line(Role.HEADING, chapter.title, "heading")] if chapter.title else []


def _spoken_in_turn(
    texts: Iterator[str] | list[str], role: Role, index: int, inner: str, last: str
) -> list[Line]:
    kept = [text for text in texts if text.strip()]
    return [
        Line(role, text, last if number == len(kept) - 1 else inner, index)
        for number, text in enumerate(kept)
    ]


def _breaths(text: str) -> Iterator[str]:
    for sentence in sentences(text):
        yield from cut(sentence, LONGEST) if len(sentence) > LONGEST else (sentence,)
