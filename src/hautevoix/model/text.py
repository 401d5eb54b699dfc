"""A text understood: what reading gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A note reference, taken out of its paragraph's text.

    ``position`` is the index in that text before which the call stood;
    ``note`` the index in ``Book.notes`` of the note it calls, None where there is none.
    """

    label: str
    position: int
    note: int | None = None


@dataclass(frozen=True, slots=True)
class SpeechSpan:
    """How ``text[start:end]`` is to be spoken, where marks or markup say so; in SSML's terms.

    ``pause`` is the silence after it in milliseconds, where that is told (a break: the stretch is
    empty); ``voice`` names who speaks it, a character or a voice of the engine's; ``say`` are the
    words that stand in for it (an alias), ``ipa`` its sounds; ``language`` is the tag of a language
    other than French; ``emphasis``: it is stressed.
    """

    start: int
    end: int
    pause: int | None = None
    voice: str | None = None
    say: str = ""
    ipa: str = ""
    language: str = ""
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""One paragraph: lines joined by spaces (by ``\n`` in verse), calls taken out.

    ``line`` is the 1-based line (or block) of the source where it starts, 0 if unknown;
    ``emphasis`` holds (start, end) index pairs in ``text``; ``parted``: stars or a drawn line
    stand above it, as where a scene changes; ``speech`` tells how stretches of it are spoken.
    """

    kind: Kind
    text: str
    references: tuple[NoteReference, ...] = ()
    line: int = 0
    emphasis: tuple[tuple[int, int], ...] = ()
    parted: bool = False
    speech: tuple[SpeechSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter in reading order; ``level`` 1 is the outermost, ``title`` None where none is known.

    A part above chapters is a chapter of level 1 (often with no paragraph of its own)
    followed by chapters of level 2. ``voice`` narrates it where the sidecar gives it one.
    """

    title: str | None
    paragraphs: tuple[Paragraph, ...]
    level: int = 1
    line: int = 0
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    r"""A note: paragraphs of ``text`` are parted by ``\n``; ``called``: a call names it.

    ``source`` says whose note it is where the text marks it (« note de l'éditeur »);
    ``chapter`` is the index of the chapter it belongs to, None for the whole book; ``speech`` as in
    Paragraph.
    """

    label: str
    text: str
    called: bool = False
    source: str | None = None
    chapter: int | None = None
    line: int = 0
    speech: tuple[SpeechSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What the segmenter was not sure of: the line, and what it decided.

    ``code`` is short and stays, for programs (docs/texts.md); ``words`` are those in question
    where a correction in the sidecar would settle it.
    """

    line: int
    message: str
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes as found, and its media type (``image/jpeg``)."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class BookDetails:
    """What a publisher or a library tells of a book beyond its title; empty where unknown.

    ``series_number`` is its place there (« 3 », « 2.5 »), ``isbn`` thirteen digits, ``rights`` a
    line on who holds them. ``narrator`` is whom listeners are told; no EPUB or document says it,
    because it would name who read the book in another recording.
    """

    narrator: str = ""
    publisher: str = ""
    series: str = ""
    series_number: str = ""
    isbn: str = ""
    rights: str = ""
    genre: str = ""


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
    details: BookDetails = field(default_factory=BookDetails)


@dataclass(frozen=True, slots=True)
class Book:
    """A text understood; ``notes_heading`` and ``notes_preamble`` stand before its end notes.

    ``foreign`` names the language that its words are surely in where that is not French
    (« English »), and is empty otherwise, whatever ``info.language`` was told.
    """

    info: BookInfo
    chapters: tuple[Chapter, ...]
    notes: tuple[Note, ...] = ()
    notes_heading: str | None = None
    notes_preamble: tuple[Paragraph, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    foreign: str = ""
