"""What a text's sidecar says of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from hautevoix.model.options import Liaisons  # noqa: TC001 - dataclasses ask for it
from hautevoix.model.passages import ChapterEntry, Retake  # noqa: TC001 - see above
from hautevoix.model.script import Role
from hautevoix.model.text import BookDetails

# Whom a sidecar may give a voice: each role, and the narrator who speaks for all others.
VOICE_ROLES = ("narrator", *(role.value for role in Role))


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """How a word or phrase is said: by other words, by phonemes (IPA), or by both."""

    written: str
    spoken: str = ""
    ipa: str = ""
    any_case: bool = False


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How a role is played: by which voice (None: the narrator's), how fast, how loud.

    ``rate`` is a factor of the reading pace, ``level`` decibels above the narrator.
    """

    voice: str | None = None
    rate: float = 1.0
    level: float = 0.0


RATES = (0.5, 2.0)
"""The slowest and the quickest that a part may be: beyond, nobody understands."""


LEVELS = (-20.0, 6.0)
"""The softest and the loudest that a part may be, in decibels."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a text needs for good, from the TOML file beside it.

    ``pauses`` maps a boundary's name to milliseconds, ``voices`` a role's name to its part,
    ``characters`` a speaker's;
    ``keep`` holds the codes of what is left out and must not be, ``notes`` is « brackets » where
    words in brackets are notes, ``marks`` whether the text has marks that tell how it is spoken;
    ``where`` names the file in errors. ``details`` has what it says
    of the book's publication.
    """

    title: str | None = None
    author: str | None = None
    date: str | None = None
    language: str | None = None
    description: str | None = None
    cover: str | None = None
    details: BookDetails = field(default_factory=BookDetails)
    liaisons: Liaisons | None = None
    lexicon: tuple[LexiconEntry, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    pauses: tuple[tuple[str, int], ...] = ()
    voices: tuple[tuple[str, VoiceSettings], ...] = ()
    characters: tuple[tuple[str, VoiceSettings], ...] = ()
    keep: frozenset[str] = frozenset()
    notes: str | None = None
    marks: bool = False
    chapters: tuple[ChapterEntry, ...] = ()
    retakes: tuple[Retake, ...] = ()
    where: str = field(default="its sidecar", compare=False)
