"""What a user may wish of a reading. Light: the command line's options are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from hautevoix.french import Counting, Habits

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import LexiconEntry


class NotesPolicy(StrEnum):
    """When a listener hears the notes."""

    END = "end"
    CHAPTER = "chapter"
    AFTER_PARAGRAPH = "after-paragraph"
    AFTER_SENTENCE = "after-sentence"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a book is to be read.

    ``closing`` says that the voice is synthetic; ``cue``: a soft sound goes before each note.
    """

    notes: NotesPolicy = NotesPolicy.END
    opening: bool = True
    closing: bool = True
    explain: bool = False
    cue: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A text and how the user wants it understood.

    ``title`` and ``author`` override what the text and its sidecar say; ``lexicon`` is the
    user's own, under the book's. ``any_language``: it is read as French, whatever language it is
    in. ``data`` are the text's bytes where they were read already.
    """

    path: Path
    title: str | None = None
    author: str | None = None
    reading: Reading = field(default_factory=Reading)
    lexicon: tuple[LexiconEntry, ...] = ()
    counting: Counting = Counting.FRANCE
    habits: Habits = field(default_factory=Habits)
    any_language: bool = False
    data: bytes | None = field(default=None, repr=False)


def sidecar_file(text: Path) -> Path | None:
    """Return where a text's sidecar would lie; None for what has no name, or is a TOML itself."""
    return text.with_suffix(".toml") if text.name and text.suffix != ".toml" else None
