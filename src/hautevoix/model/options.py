"""The options of a reading. Light: the command line's own are made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import LexiconEntry


class Counting(StrEnum):
    """Where the voice learnt to count: what it calls 70, 80 and 90."""

    FRANCE = "france"  # soixante-dix, quatre-vingts, quatre-vingt-dix
    BELGIUM = "belgium"  # septante, quatre-vingts, nonante
    SWITZERLAND = "switzerland"  # septante, huitante, nonante


class Liaisons(StrEnum):
    """Which optional liaisons are made; the obligatory ones always are, the forbidden ones never.

    ``USUAL`` is how novels are read today: none after a plural noun, few after verbs. ``SOLEMN``
    makes those too, as in a sermon or an alexandrine.
    """

    USUAL = "usual"
    SOLEMN = "solemn"


class Inclusive(StrEnum):
    """How inclusive writing is read: « étudiant·e·s invité·e·s »."""

    BOTH = "both"  # étudiants et étudiantes invités et invitées
    HEARD = "heard"  # both where they sound different: étudiants et étudiantes invités
    MASCULINE = "masculine"  # étudiants invités


@dataclass(frozen=True, slots=True)
class Habits:
    """How a listener wants things read on which tastes differ; ``emoji``: their names are said."""

    inclusive: Inclusive = Inclusive.BOTH
    emoji: bool = True


class NotesPolicy(StrEnum):
    """When a listener hears the notes."""

    END = "end"
    CHAPTER = "chapter"
    AFTER_PARAGRAPH = "after-paragraph"
    AFTER_SENTENCE = "after-sentence"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a book is to be read.

    ``closing`` says that the voice is synthetic; ``cue``: a soft sound goes before each note;
    ``parted``: the narrator's words within dialogue are utterances of their own, as other voices
    speak it; ``staged``: so are names and stage directions in a play, as characters have voices.
    """

    notes: NotesPolicy = NotesPolicy.END
    opening: bool = True
    closing: bool = True
    explain: bool = False
    cue: bool = False
    parted: bool = False
    staged: bool = False


@dataclass(frozen=True, slots=True)
class ListenerOptions:
    """Which model listens: its name or folder (None: the usual one).

    ``fetch``: it may be downloaded where it is not here.
    """

    name: str | None = None
    fetch: bool = False


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """Where a Dask scheduler is (tls://host:port, or tcp:// on this machine), and what proves who.

    ``ca`` (whom we trust), ``cert`` and ``key`` (who we are) are files or what stands in them; None
    leaves them to Dask's own settings.
    """

    address: str
    ca: str | None = None
    cert: str | None = None
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a book that is wanted.

    ``chapters`` are (first, last) pairs of the numbers that ``outline`` shows, last None: to the
    end; none at all: every chapter. ``start`` are words of the sentence that it begins with, empty:
    where the chapters do. ``seconds`` is about how long it is to last, None: as long as it does.
    """

    chapters: tuple[tuple[int, int | None], ...] = ()
    start: str = ""
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A text and how the user wants it understood.

    ``title`` and ``author`` override what the text and its sidecar say; ``lexicon`` is the
    user's own, under the book's; ``liaisons`` None leaves it to the sidecar. ``any_language``: it
    is read as French, whatever language it is in. ``data`` are the text's bytes where they were
    read already. ``excerpt`` is the part that is wanted, None: the whole book.
    """

    path: Path
    title: str | None = None
    author: str | None = None
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    lexicon: tuple[LexiconEntry, ...] = ()
    counting: Counting = Counting.FRANCE
    liaisons: Liaisons | None = None
    habits: Habits = field(default_factory=Habits)
    any_language: bool = False
    data: bytes | None = field(default=None, repr=False)
    excerpt: Excerpt | None = None


def sidecar_file(text: Path) -> Path | None:
    """Return where a text's sidecar would lie; None for what has no name, or is a TOML itself."""
    return text.with_suffix(".toml") if text.name and text.suffix != ".toml" else None
