"""The nouns of the house: frozen values that flow one way, from a text to a release.

No I/O and no clock here. Times are integer frames or milliseconds, never floats.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Kind(StrEnum):
    """What a paragraph is, for the ear and for the page."""

    PARAGRAPH = "paragraph"
    SALUTATION = "salutation"
    SIGNATURE = "signature"
    DATELINE = "dateline"
    HEADING = "heading"
    VERSE = "verse"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    DIALOGUE = "dialogue"
    EPIGRAPH = "epigraph"


class TitleSource(StrEnum):
    """Where a book's title was found; ``GUESS`` is a proposal that a person should check."""

    TEXT = "text"
    SIDECAR = "sidecar"
    OPTION = "option"
    GUESS = "guess"


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

A narrator breathes some 0.4 s between sentences, twice that between paragraphs and twice again
where stars or a rule change the scene; chapters are set apart by over two seconds, so that a
player which cuts chapter starts to whole seconds still lands in silence. A sidecar may set each.
"""
# Whom a sidecar may give a voice: each role, and the narrator who speaks for all others.
VOICE_ROLES = ("narrator", *(role.value for role in Role))


# ---------------------------------------------------------------- reading: file → Book


@dataclass(frozen=True, slots=True)
class Call:
    """A note call, taken out of its paragraph's text.

    ``position`` is the index in that text before which the call stood;
    ``note`` the index in ``Book.notes`` of the note it calls, None where there is none.
    """

    label: str
    position: int
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""One paragraph: lines joined by spaces (by ``\n`` in verse), calls taken out.

    ``line`` is the 1-based line (or block) of the source where it starts, 0 if unknown;
    ``emphasis`` holds (start, end) index pairs in ``text``; ``parted``: stars or a drawn line
    stand above it, as where a scene changes.
    """

    kind: Kind
    text: str
    calls: tuple[Call, ...] = ()
    line: int = 0
    emphasis: tuple[tuple[int, int], ...] = ()
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter in reading order; ``level`` 1 is the outermost, ``title`` None where none is known.

    A part above chapters is a chapter of level 1 (often with no paragraph of its own)
    followed by chapters of level 2.
    """

    title: str | None
    paragraphs: tuple[Paragraph, ...]
    level: int = 1
    line: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    r"""A note: paragraphs of ``text`` are parted by ``\n``; ``called``: a call names it.

    ``source`` says whose note it is where the text marks it (« note de l'éditeur »);
    ``chapter`` is the index of the chapter it belongs to, None for the whole book.
    """

    label: str
    text: str
    called: bool = False
    source: str | None = None
    chapter: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the segmenter was not sure of: the line, and what it decided."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes as found, and its media type (``image/jpeg``)."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class BookInfo:
    """What a book says of itself. ``date`` is as a reader would print it: « 24 octobre 1917 »."""

    title: str | None = None
    title_source: TitleSource | None = None
    author: str | None = None
    date: str | None = None
    language: str = "fr"
    description: str | None = None
    cover: Picture | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A text understood; ``notes_heading`` and ``notes_preamble`` stand before its end notes."""

    info: BookInfo
    chapters: tuple[Chapter, ...]
    notes: tuple[Note, ...] = ()
    notes_heading: str | None = None
    notes_preamble: tuple[Paragraph, ...] = ()
    doubts: tuple[Doubt, ...] = ()


# ---------------------------------------------------------------- french: written → spoken


class Manner(StrEnum):
    """How an engine must say a span of words that spelling alone can't tell."""

    LETTERS = "letters"  # « C R M »: capital letters parted by spaces, to be named one by one
    PHONEMES = "phonemes"  # the span's ``ipa`` says it; its text is what to fall back on


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``text[start:end]`` of words with a manner of its own."""

    start: int
    end: int
    manner: Manner
    ipa: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What an engine is asked to say: plain French, and the spans that need more than spelling."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: at index ``start``, ``before`` becomes ``after``."""

    start: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one rule changed: its edits, left to right, in indices of the text that it was given."""

    rule: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """What the normaliser was not sure of: ``kind`` (« acronym », …) and the token as written."""

    kind: str
    token: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as a narrator says it, how it came about, and what a lexicon entry could settle."""

    words: Words
    changes: tuple[Change, ...] = ()
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """How a word or phrase is said: by other words, by phonemes (IPA), or by both."""

    written: str
    spoken: str = ""
    ipa: str = ""
    any_case: bool = False


# ---------------------------------------------------------------- the sidecar


@dataclass(frozen=True, slots=True)
class Part:
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

    ``pauses`` maps a boundary's name to milliseconds, ``voices`` a role's name to its part.
    """

    title: str | None = None
    author: str | None = None
    date: str | None = None
    language: str | None = None
    description: str | None = None
    cover: str | None = None
    lexicon: tuple[LexiconEntry, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    pauses: tuple[tuple[str, int], ...] = ()
    voices: tuple[tuple[str, Part], ...] = ()


# ---------------------------------------------------------------- scripting: Book → Script


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said in one breath: a sentence, a heading, an announcement.

    ``chapter`` is an index in the script, ``paragraph`` one within its chapter (None for what
    stands in no paragraph: titles, announcements); ``pause_after`` is in milliseconds; ``cue``: a
    soft sound goes before it.
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

    @property
    def spoken(self) -> str:
        """The words in plain text."""
        return self.words.text


@dataclass(frozen=True, slots=True)
class Script:
    """All that will be said, in order; ``chapters`` holds the titles that listeners will see."""

    info: BookInfo
    chapters: tuple[str, ...]
    utterances: tuple[Utterance, ...]


# ---------------------------------------------------------------- engines: Words → Clip


@dataclass(frozen=True, slots=True)
class WordMark:
    """Where a word begins: ``text[start:end]`` of the words spoken is heard from ``frame`` on."""

    start: int
    end: int
    frame: int


@dataclass(frozen=True, slots=True)
class Clip:
    """Speech: signed 16-bit mono little-endian samples at ``rate`` Hz.

    ``words`` tell, in order, where words begin, in its own frames: as many as its engine knows.
    """

    pcm: bytes = field(repr=False)
    rate: int
    words: tuple[WordMark, ...] = field(default=(), repr=False)

    @property
    def frames(self) -> int:
        """Its length in frames (samples of its one channel)."""
        return len(self.pcm) // 2

    def to_bytes(self) -> bytes:
        """Return it as it lies in the store: rate, number of words, the words, the samples.

        All but the samples are whole numbers of four bytes, three to a word.
        """
        marks = (at for word in self.words for at in (word.start, word.end, word.frame))
        count = len(self.words)
        return struct.pack(f"<{2 + 3 * count}I", self.rate, count, *marks) + self.pcm

    @classmethod
    def from_bytes(cls, data: bytes) -> Clip:
        """Return the clip that ``to_bytes`` wrote."""
        rate, count = struct.unpack_from("<2I", data)
        start = 8 + 12 * count
        marks = struct.iter_unpack("<3I", data[8:start])
        return cls(data[start:], rate, tuple(WordMark(*mark) for mark in marks))


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that an engine offers: ``name`` is what ``--voice`` takes.

    ``rate`` is how fast it shall speak, as a factor of the engine's own reading pace; ``build``
    tells apart what has the same name but another sound, such as a model that was replaced.
    """

    name: str
    description: str = ""
    language: str = "fr"
    sex: str = ""
    quality: str = ""
    licence: str = ""
    rate: float = 1.0
    build: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether an engine can speak now; if not, ``missing`` says what lacks and how to get it."""

    ready: bool
    missing: str = ""


# ---------------------------------------------------------------- recording and mastering


@dataclass(frozen=True, slots=True)
class Recording:
    """A script spoken: for each utterance its clip's key in the store, None where it failed.

    ``losses`` holds (index of the utterance, reason) for those, ``substitutes`` the same for
    those that another engine had to say.
    """

    script: Script
    keys: tuple[str | None, ...]
    losses: tuple[tuple[int, str], ...] = ()
    substitutes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something stands in the audio: frames from its first sample, ``end`` excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where everything stands in the decoded audio: ``rate`` frames a second.

    ``chapters`` tile the whole; ``utterances`` align with the script's, None where one is missing.
    So do ``words``, where they were asked for: none where an engine could not tell. ``profile``
    names the figures that the sound was made to, None where that is not known.
    """

    rate: int
    frames: int
    chapters: tuple[Mark, ...]
    utterances: tuple[Mark | None, ...]
    words: tuple[tuple[WordMark, ...], ...] = ()
    profile: str | None = None

    def missing(self) -> Iterator[int]:
        """Yield the indices of the utterances that are not in the audio."""
        return (index for index, mark in enumerate(self.utterances) if mark is None)

    def wordless(self) -> int:
        """Return of how many utterances nothing is known about words, if they were asked for."""
        told = zip(self.utterances, self.words, strict=False)
        return sum(mark is not None and mark.start < mark.end and not words for mark, words in told)
