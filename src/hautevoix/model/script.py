"""All that will be said, by whom, and what silence follows: what scripting gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hautevoix.model.passages import Retake
    from hautevoix.model.text import BookInfo, SpeechSpan
    from hautevoix.model.wording import Change, Unsure, Words


class Role(StrEnum):
    """Who speaks an utterance: each role may have a voice, a rate and a level of its own."""

    BODY = "body"
    HEADING = "heading"
    ANNOUNCEMENT = "announcement"
    NOTE = "note"
    QUOTE = "quote"
    DIALOGUE = "dialogue"


PAUSES: Mapping[str, int] = MappingProxyType(
    {
        "incise": 150,
        "sentence": 400,
        "paragraph": 850,
        "verse": 450,
        "stanza": 1000,
        "scene": 1800,
        "heading": 1100,
        "announcement": 550,
        "note": 1000,
        "opening": 1500,
        "chapter": 2500,
        "closing": 800,
    }
)
"""The silence after an utterance, in milliseconds, by the boundary that it ends at.

A narrator breathes some 0.4 s between sentences, hardly between what somebody says and « dit-il »
(an incise; where the two have one voice nothing parts them), twice that between paragraphs and
twice again where stars or a rule change the scene; chapters are set apart by over two seconds, so
that a player which cuts chapter starts to whole seconds still lands in silence. A sidecar may set
each.
"""


LONGEST_PAUSE = 60_000
"""Milliseconds that anybody may ask for: a minute of silence is a mistake, not a pause."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said in one breath: a sentence, a heading, an announcement.

    ``chapter`` is an index in the script, ``paragraph`` one within its chapter (None for what
    stands in no paragraph: titles, announcements); ``pause_after`` is in milliseconds; ``cue``: a
    soft sound goes before it.

    ``start`` is the index in its paragraph's text at which ``written`` stands (None with
    ``paragraph``); ``note`` the index in ``Book.notes`` of the note that it announces or reads;
    ``opening``: it says the book's own title, author or date, before the first chapter.
    ``narrator`` names the voice of its chapter, where the sidecar gives that one; ``retake`` is how
    the sidecar wants this sentence said; ``character`` who says it in dialogue, where the text
    tells. ``voice`` is who speaks it where a mark in the text tells, a character or a voice of the
    engine's; ``speech`` how stretches of ``written`` are spoken.
    """

    chapter: int
    paragraph: int | None
    role: Role
    written: str
    words: Words
    pause_after: int
    changes: tuple[Change, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    cue: bool = False
    start: int | None = None
    note: int | None = None
    opening: bool = False
    narrator: str | None = None
    retake: Retake | None = None
    character: str | None = None
    voice: str | None = None
    speech: tuple[SpeechSpan, ...] = ()

    @property
    def spoken(self) -> str:
        """The words in plain text."""
        return self.words.text


@dataclass(frozen=True, slots=True)
class Script:
    """All that will be said, in order; ``chapters`` holds the titles that listeners will see.

    ``book_chapters`` has for each the index in ``Book.chapters`` of the one that it reads, None for
    the notes at the end.
    """

    info: BookInfo
    chapters: tuple[str, ...]
    utterances: tuple[Utterance, ...]
    book_chapters: tuple[int | None, ...] = ()
