"""Covers in the site: drawn or taken once, then kept until what they were made from changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.errors import InputError, PublishingError
from hautevoix.localization import tr
from hautevoix.parsing.bounded import file_bytes
from hautevoix.publishing.cover import DESIGN, LARGEST_FILE, draw, framed, read_cover
from hautevoix.publishing.files import digest, digest_of

if TYPE_CHECKING:
    from hautevoix.publishing.site_storage import SiteStorage


@dataclass(frozen=True, slots=True)
class CoverSource:
    """What a cover is made from: a picture, else title and author.

    ``book``: the picture is a book's own, of any shape, and so set on a square ground.
    """

    title: str
    author: str
    picture: str = ""
    book: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover in the site; ``key`` tells what it was made from."""

    path: str
    key: str
    data: bytes

    @property
    def known(self) -> tuple[str, str]:
        """What the state keeps of it."""
        return self.path, self.key


def cover_of(site: SiteStorage, folder: str, source: CoverSource, known: tuple[str, str]) -> Cover:
    """Return the cover, in the site's ``folder``; the known one if it still is of the same.

    Raises InputError or PublishingError for a picture that no directory would take.
    """
    key = _key(source)
    path, known_key = known
    if key == known_key and (kept := site.get(path)) is not None:
        return Cover(path, key, kept)
    data, suffix = cover_data(source)
    path = f"{folder}cover-{digest(data)}{suffix}"
    site.put(path, data)
    return Cover(path, key, data)


def cover_data(source: CoverSource) -> tuple[bytes, str]:
    """Return a cover's picture and what ends the name of its file.

    Raises PublishingError for a picture that no directory would take, unless it is a book's own.
    """
    if not source.picture:
        return draw(source.title, source.author), ".jpg"
    try:
        return read_cover(Path(source.picture))
    except PublishingError:
        if not source.book:
            raise
    try:
        return framed(file_bytes(Path(source.picture), LARGEST_FILE), source.title), ".jpg"
    except (OSError, ValueError):  # of no use to anyone: better a drawn one
        return draw(source.title, source.author), ".jpg"


def _key(source: CoverSource) -> str:
    if not source.picture:
        return digest(f"{DESIGN}\n{source.title}\n{source.author}".encode())
    try:
        return digest_of(Path(source.picture))
    except OSError as error:
        raise InputError(
            tr(
                "{picture} can't be read: {strerror}.",
                picture=source.picture,
                strerror=error.strerror,
            )
        ) from error
