"""What a podcast must remember: guids, dates and addresses, in a file beside the feed.

A changed guid, date or address makes every client download all again, so they are decided once
and kept here, with all that the feed tells of each book: a book added later needs no other.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hautevoix.errors import PublishingError
from hautevoix.localization import tr
from hautevoix.model import BookDetails
from hautevoix.parsing.bounded import LARGEST_JSON, file_bytes, json_value
from hautevoix.parsing.json_codec import checked, document
from hautevoix.publishing.built_book import ChapterSpan  # noqa: TC001 - decoding asks at run time
from hautevoix.publishing.config import BOOK, EPISODES
from hautevoix.publishing.typography import clean

if TYPE_CHECKING:
    from pathlib import Path

STATE = "podcast-state.json"
FEED = "feed.xml"
VERSION = 1
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid (https://podcasting2.org/docs/podcast-namespace/tags/guid)."""
_OURS = re.compile(r"(?:[a-z0-9-]+/)?[A-Za-z0-9_-][A-Za-z0-9._-]*")
_LATEST = 253_402_300_800  # seconds: the year 10000, which no feed can tell


@dataclass(frozen=True, slots=True)
class File:
    """A published file: ``path`` is relative to the site and in ASCII."""

    path: str
    bytes: int
    type: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What never changes of an episode: its guid, and its date in seconds since the epoch."""

    guid: str
    date: int
    title: str = ""  # a chapter's, by which it is found again


@dataclass(frozen=True, slots=True)
class Episode:
    """An item of the feed; ``duration`` in seconds; ``chapters`` empty for a single one.

    ``start`` is where in the whole book it begins, in seconds.
    """

    identity: Identity
    title: str
    summary: str
    html: str
    duration: float
    audio: File
    files: tuple[File, ...] = ()
    chapters: tuple[ChapterSpan, ...] = ()
    number: int = 1
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class PublishedBook:
    """A published book; ``folder`` is its place in the site, for good.

    ``sources`` are the names of the built folders that it came from; ``sketch`` tells its text
    again after a renaming; ``audio`` is the whole book's, whatever the episodes are.
    """

    folder: str
    sources: tuple[str, ...]
    identity: Identity
    title: str = ""
    author: str = ""
    date: str = ""
    language: str = "fr"
    narrator: str = ""
    summary: str = ""
    details: BookDetails = field(default_factory=BookDetails)
    duration: float = 0.0
    face: tuple[str, str] = ("", "")  # the cover's path, and what it was made from
    epub: str = ""
    epub_made: int = 0  # in seconds since the epoch
    m4b: str = ""  # where one was built
    m4b_bytes: int = 0
    audio: File = field(default=File("", 0, ""))
    extras: tuple[str, ...] = ()
    sketch: tuple[str, ...] = ()
    parts: tuple[Identity, ...] = ()  # the chapters', where chapters are episodes
    episodes: tuple[Episode, ...] = ()

    @property
    def page(self) -> str:
        """The path of its page."""
        return f"{self.folder}/index.html"


@dataclass(frozen=True, slots=True)
class State:
    """A podcast as it was last published; ``superseded`` maps old files to when they became so.

    ``face`` is the cover's path and what it was made from; ``kind`` what an episode is.
    ``withdrawn`` are books that were removed: who they were, should they come back.
    """

    guid: str
    base_url: str
    works: tuple[PublishedBook, ...] = ()
    face: tuple[str, str] = ("", "")
    kind: str = BOOK
    superseded: tuple[tuple[str, int], ...] = ()
    withdrawn: tuple[PublishedBook, ...] = ()

    def with_work(self, work: PublishedBook) -> State:
        """Return the state with ``work`` in the place of its former self, or where its date is."""
        others = [old for old in self.works if old.folder != work.folder]
        works = sorted((*others, work), key=lambda each: each.identity.date)
        gone = (old for old in self.withdrawn if old.folder != work.folder)
        return replace(self, works=tuple(works), withdrawn=tuple(gone))

    def without(self, work: PublishedBook) -> State:
        """Return the state with ``work`` withdrawn: its identity is kept, its files are not."""
        known = PublishedBook(
            work.folder, work.sources, work.identity, work.title, sketch=work.sketch,
            parts=work.parts,
        )  # fmt: skip
        works = tuple(old for old in self.works if old.folder != work.folder)
        return replace(self, works=works, withdrawn=(*self.withdrawn, known))

    def seasons(self) -> dict[str, int]:
        """Return each book's number among all that ever were: it stays when another is removed."""
        known = sorted((*self.works, *self.withdrawn), key=lambda each: each.identity.date)
        return {work.folder: number for number, work in enumerate(known, 1)}

    def files(self) -> set[str]:
        """Return the paths of all that feed and pages point to, named after what they hold."""
        paths = {self.face[0]}
        for work in self.works:
            paths |= {work.face[0], work.epub, work.m4b, work.audio.path, *work.extras}
            for episode in work.episodes:
                paths |= {episode.audio.path, *(file.path for file in episode.files)}
        return paths - {""}

    def pages(self) -> set[str]:
        """Return the paths of the books' pages."""
        return {work.page for work in self.works}

    def everything(self) -> set[str]:
        """Return the paths of all that a site of this state may hold, old files included."""
        return self.files() | self.pages() | {path for path, _ in self.superseded}


def podcast_guid(feed_url: str) -> str:
    """Return the guid that a new podcast gets: from its feed's address, without its scheme.

    >>> podcast_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(_PODCASTS, feed_url.split("://", 1)[-1].rstrip("/")))


def new_guid(space: str, name: str, taken: set[str]) -> str:
    """Return a guid for ``name`` that none of ``taken`` is; the same for the same arguments."""
    count = 0
    while True:
        guid = str(uuid.uuid5(_space(space), f"{name}#{count}"))
        if guid not in taken:
            return guid
        count += 1


def _space(guid: str) -> uuid.UUID:
    """Return a namespace from a guid; one that was brought from elsewhere need not be a UUID."""
    try:
        return uuid.UUID(guid)
    except ValueError:
        return uuid.uuid5(_PODCASTS, guid)


def read_state(site: Path) -> State | None:
    """Return what was published into ``site``, None if nothing was. Raises PublishingError."""
    path = site / STATE
    try:
        return from_bytes(file_bytes(path, LARGEST_JSON), str(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PublishingError(
            tr("{path} can't be read: {strerror}.", path=path, strerror=error.strerror)
        ) from error
    except ValueError as error:
        raise PublishingError(
            tr("{path} can't be read: {error}.", path=path, error=error)
        ) from error


def from_bytes(data: bytes, where: str) -> State:
    """Return the state that ``to_bytes`` gave. Raises PublishingError; ``where`` is blamed."""
    try:
        return _state(json_value(data))
    except ValueError as error:
        raise PublishingError(
            tr("{where} can't be read: {error}.", where=where, error=error),
            advice=tr("It keeps the episodes' identity: take it back from the published site."),
        ) from error


def to_bytes(state: State) -> bytes:
    """Return the state file's content."""
    told = {"version": VERSION, **asdict(state)}
    return document(told)


def _state(data: Any) -> State:
    if not isinstance(data, dict) or data.pop("version", None) != VERSION:
        raise ValueError(tr("it is of another version of Hautevoix"))
    state = checked(State, data, clean)
    if state.kind not in EPISODES:
        raise ValueError(tr("« {kind} » is no kind of episode", kind=state.kind))
    folders = {work.folder for work in (*state.works, *state.withdrawn)}
    for path in (*state.everything(), *folders):
        if not _OURS.fullmatch(path):
            raise ValueError(tr("« {path} » is no file of a site's", path=path))
    for known in (*state.works, *state.withdrawn):
        dates = (known.identity, *known.parts, *(episode.identity for episode in known.episodes))
        if not all(0 <= identity.date < _LATEST for identity in dates):
            raise ValueError(tr("a date of « {title} » is none", title=known.title))
    return state
