"""What a user may wish of a reading. Light: the command line's options are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from hautevoix.french import Counting

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
    """How a book is to be read. ``closing`` says that the voice is synthetic."""

    notes: NotesPolicy = NotesPolicy.END
    opening: bool = True
    closing: bool = True
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A text and how the user wants it understood.

    ``title`` and ``author`` override what the text and its sidecar say; ``lexicon`` is the
    user's own, under the book's.
    """

    path: Path
    title: str | None = None
    author: str | None = None
    reading: Reading = field(default_factory=Reading)
    lexicon: tuple[LexiconEntry, ...] = ()
    counting: Counting = Counting.FRANCE
