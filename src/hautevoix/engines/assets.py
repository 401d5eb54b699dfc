"""What a voice that can be installed is made of: files, whence they come, how they are known."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a voice.

    ``place`` is where it lies in the folder of voices, ``url`` its publisher's address,
    ``mirrored`` its path under the address of a mirror. ``size`` is in bytes; it and the sums are
    given as far as they are known. ``wheels`` name packages whose ``part.bin``, joined in order,
    are this file. ``given`` is what follows the name of a file of the user's own, where that may
    have any name: none for a file that is known by its own.
    """

    place: str
    url: str
    mirrored: str
    size: int | None = None
    sha256: str = ""
    md5: str = ""
    wheels: tuple[str, ...] = ()
    given: str | None = None
    keyed: bool = True

    @property
    def file_name(self) -> str:
        """Its own name, without a folder."""
        return self.place.rpartition("/")[2]

    @property
    def path(self) -> Path:
        """Where it lies, or would lie, on this machine."""
        return folder() / self.place

    @property
    def note(self) -> Path:
        """Where its SHA-256 and size are noted when it is installed."""
        return note_file(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A voice that can be installed: of which engine, what it is, and the files that it needs.

    ``minor`` ones are listed on demand only, such as voices of other languages.
    """

    engine: str
    name: str
    description: str
    quality: str
    licence: str
    sex: str = ""
    assets: tuple[Asset, ...]
    minor: bool = False

    @property
    def size(self) -> int:
        """How many bytes of it are not here yet, as far as sizes are known."""
        return sum(asset.size or 0 for asset in self.assets if not asset.path.is_file())

    def try_out(self, files: Mapping[Asset, Path]) -> None:
        """Raise EngineError where the files, whose sums fit, are no voice that can speak."""


def folder() -> Path:
    """Return where voices are installed: HAUTEVOIX_VOICES, else this user's data folder."""
    chosen = os.environ.get("HAUTEVOIX_VOICES")
    return Path(chosen) if chosen else platformdirs.user_data_path("hautevoix") / "voices"


def note_file(path: Path) -> Path:
    """Return where the SHA-256 and size of a file of a voice are noted."""
    return path.with_suffix(".sha256")


def fingerprint(path: Path) -> str:
    """Return the beginning of a file's SHA-256, as noted when it was installed."""
    try:
        noted, size = note_file(path).read_text("ascii").split()
        if int(size) == path.stat().st_size:
            return noted[:16]
    except (OSError, ValueError):
        pass  # put there by hand
    return sha256_of(path)[:16]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
