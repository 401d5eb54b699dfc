"""Golden texts: a file as a person may have it; an EPUB or a Word document is a folder of parts."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from hautevoix.model import Sidecar
from hautevoix.reading import read, read_data
from hautevoix.reading.base.sidecar import load_toml, parse_sidecar

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import Book


def read_golden(path: Path) -> Book:
    """Return the book that ``path`` is: a text, or the folder of what an archive would hold.

    What ``sidecar.toml`` beside it says holds.
    """
    beside = path.parent / "sidecar.toml"
    sidecar = parse_sidecar(load_toml(beside), beside.name) if beside.exists() else Sidecar()
    return read_data(packed(path), path.name, sidecar) if path.is_dir() else read(path, sidecar)


def packed(folder: Path) -> bytes:
    """Return the ZIP archive of all files in ``folder``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in sorted(folder.rglob("*")):
            if part.is_file():
                archive.write(part, part.relative_to(folder).as_posix())
    return out.getvalue()
