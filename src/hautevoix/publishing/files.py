"""Files that are untouched if nothing changed; what tells one's content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hautevoix.parsing.bounded import opened
from hautevoix.storage.files import told, whole

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20  # bytes read at once; and of each end, those that tell a file
LONGEST_FOLDER = 60
"""Characters of a book's folder on a site."""
TYPES = {
    ".chapters.json": "application/json+chapters",
    ".json": "application/json",
    ".xml": "application/rss+xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".m4b": "audio/mp4",
    ".epub": "application/epub+zip",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
"""What each kind of file is, by how its name ends; the longest ending counts."""
DIGITS = 10  # of a digest in a name: enough that no two files of a site share it


def type_of(name: str) -> str | None:
    """Return what kind of file is called ``name``, None where we don't make such.

    >>> type_of("livre/livre-0123456789.chapters.json"), type_of("CNAME")
    ('application/json+chapters', None)
    """
    fitting = [ending for ending in TYPES if name.endswith(ending)]
    return TYPES[max(fitting, key=len)] if fitting else None


def put(target: Path, data: bytes) -> bool:
    """Make ``target`` hold ``data``, whole and durably; return whether it had to be written.

    Raises DiskError.
    """
    with told(target):
        if target.is_file() and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole(target) as file:
            file.write(data)
    return True


def digest(data: bytes) -> str:
    """Return the digits by which a file's name tells its content."""
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def digest_of(path: Path) -> str:
    """Return the digits that tell a file's content, read in pieces. Raises OSError."""
    hashed = hashlib.sha256()
    with opened(path) as file:
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()[:DIGITS]


def ends_of(path: Path) -> str:
    """Return the digits that a file's length, start and end tell: quick, however long it is.

    An audiobook's start holds its tag, so chapters and duration count. Raises OSError.
    """
    size = path.stat().st_size
    with opened(path) as file:
        start = file.read(_CHUNK)
        file.seek(max(0, size - _CHUNK))
        return digest(b"%d " % size + start + file.read(_CHUNK))
