"""What a podcast must remember: guids, dates and addresses, in a file beside the feed.

A changed guid, date or address makes every client download all again, so they are decided once
and kept here, with all that the feed tells of each book: a book added later needs no other.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hautevoix.errors import PublishingError
from hautevoix.publishing.config import BOOK
from hautevoix.publishing.volume import ChapterSpan

if TYPE_CHECKING:
    from pathlib import Path

STATE = "podcast-state.json"
FEED = "feed.xml"
VERSION = 1
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid (https://podcasting2.org/docs/podcast-namespace/tags/guid)."""


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
class Work:
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
    duration: float = 0.0
    face: tuple[str, str] = ("", "")  # the cover's path, and what it was made from
    epub: str = ""
    audio: File = field(default=File("", 0, ""))
    extras: tuple[str, ...] = ()
    sketch: tuple[str, ...] = ()
    parts: tuple[Identity, ...] = ()  # the chapters', where chapters are episodes
    episodes: tuple[Episode, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A podcast as it was last published; ``superseded`` maps old files to when they became so.

    ``face`` is the cover's path and what it was made from; ``kind`` what an episode is.
    """

    guid: str
    base_url: str
    works: tuple[Work, ...] = ()
    face: tuple[str, str] = ("", "")
    kind: str = BOOK
    superseded: tuple[tuple[str, int], ...] = ()

    def with_work(self, work: Work) -> State:
        """Return the state with ``work`` in the place of its former self, or at the end."""
        known = [old.folder for old in self.works]
        if work.folder not in known:
            return replace(self, works=(*self.works, work))
        works = [work if old.folder == work.folder else old for old in self.works]
        return replace(self, works=tuple(works))

    def files(self) -> set[str]:
        """Return the paths of all files that the feed and the pages point to."""
        paths = {self.face[0]}
        for work in self.works:
            paths |= {work.face[0], work.epub, work.audio.path, *work.extras}
            for episode in work.episodes:
                paths |= {episode.audio.path, *(file.path for file in episode.files)}
        return paths - {""}


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
        guid = str(uuid.uuid5(uuid.UUID(space), f"{name}#{count}"))
        if guid not in taken:
            return guid
        count += 1


def read_state(site: Path) -> State | None:
    """Return what was published into ``site``, None if nothing was. Raises PublishingError."""
    path = site / STATE
    try:
        return from_bytes(path.read_bytes(), str(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PublishingError(f"{path} can't be read: {error.strerror}.") from error


def from_bytes(data: bytes, where: str) -> State:
    """Return the state that ``to_bytes`` gave. Raises PublishingError; ``where`` is blamed."""
    try:
        return _state(json.loads(data))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise PublishingError(
            f"{where} can't be read: {error}.",
            advice="It keeps the episodes' identity: take it back from the published site.",
        ) from error


def to_bytes(state: State) -> bytes:
    """Return the state file's content."""
    told = {"version": VERSION, **asdict(state)}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _state(data: dict[str, Any]) -> State:
    if data.pop("version") != VERSION:
        raise ValueError("it is of another version of Hautevoix")
    works = tuple(_work(work) for work in data.pop("works"))
    superseded = tuple((path, when) for path, when in data.pop("superseded"))
    path, key = data.pop("face")
    return State(**data, works=works, superseded=superseded, face=(path, key))


def _work(data: dict[str, Any]) -> Work:
    made: dict[str, Any] = {
        "sources": tuple(data["sources"]),
        "identity": Identity(**data["identity"]),
        "audio": File(**data["audio"]),
        "extras": tuple(data["extras"]),
        "sketch": tuple(data["sketch"]),
        "face": (str(data["face"][0]), str(data["face"][1])),
        "parts": tuple(Identity(**part) for part in data["parts"]),
        "episodes": tuple(_episode(episode) for episode in data["episodes"]),
    }
    return Work(**{**data, **made})


def _episode(data: dict[str, Any]) -> Episode:
    made: dict[str, Any] = {
        "identity": Identity(**data["identity"]),
        "audio": File(**data["audio"]),
        "files": tuple(File(**file) for file in data["files"]),
        "chapters": tuple(ChapterSpan(**chapter) for chapter in data["chapters"]),
    }
    return Episode(**{**data, **made})
