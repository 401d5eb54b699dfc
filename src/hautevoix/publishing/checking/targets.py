"""What there is to check at a path or an address, and all findings on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.publishing.checking import single
from hautevoix.publishing.checking.hearing import ACX
from hautevoix.publishing.checking.mp3 import CHAPTERS, profile_of
from hautevoix.publishing.checking.site import Site
from hautevoix.publishing.state import FEED

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.publishing.checking.findings import Finding
    from hautevoix.publishing.checking.hearing import Measurer

_AUDIO = (".mp3", *single.MP4)
_FEEDS = (".xml", ".rss")


def check_path(path: Path, measure: Measurer | None) -> list[Finding]:
    """Return what is amiss in a file, a built folder or a published site.

    Raises InputError if there is nothing to check.
    """
    if path.is_file():
        return _file(path, measure)
    if (path / FEED).is_file():
        return list(Site(path / FEED, measure).findings())
    found = _inside(path) if path.is_dir() else []
    if not found:
        raise _unchecked(path)
    return [finding for file in found for finding in _file(file, measure)]


def _file(path: Path, measure: Measurer | None) -> list[Finding]:
    """Return what is amiss in a file. Raises InputError if it is of no kind that is checked."""
    suffix = path.suffix.lower()
    if suffix in _AUDIO:
        return single.check_audio(path, measure)
    if suffix in _FEEDS:
        return list(Site(path, measure).findings())
    if suffix in single.CHECKS:
        return single.CHECKS[suffix](path)
    raise _unchecked(path)


def _inside(folder: Path) -> list[Path]:
    """Return the files of a folder that are checked: a book's, or else those of its books."""
    found = _audio(folder, "*") or _audio(folder, "*/*")
    parts = [
        part
        for book in found
        if profile_of(book) == ACX and book.suffix.lower() == ".mp3"
        for part in sorted((book.parent / CHAPTERS).glob("*.mp3"))  # which are what ACX is given
    ]
    return [*found, *parts, *sorted(folder.glob("*.epub")), *sorted(folder.glob("index.html"))]


def _audio(folder: Path, pattern: str) -> list[Path]:
    return sorted(
        path for path in folder.glob(pattern) if path.suffix.lower() in _AUDIO and path.is_file()
    )


def _unchecked(path: Path) -> InputError:
    if not path.exists():
        return InputError(
            tr("{path}: no such file or folder.", path=path), advice=tr("Correct its name.")
        )
    return InputError(
        tr("{path}: nothing in it can be checked.", path=path),
        advice=tr(
            "Name an MP3, M4B or EPUB, a transcript, a page, a feed, a folder with them, or an "
            "address."
        ),
    )
