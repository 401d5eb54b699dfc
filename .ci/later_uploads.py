"""Puts beside the locked wheels what a later upload of each would be: later_uploads.py LOCK FOLDER."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

LATER = "99999"
"""A version after any that a lock names."""


def upload(name: str, folder: Path) -> None:
    """Write a wheel with nothing in it, which a pip that is free to choose would choose."""
    plain = re.sub(r"[-_.]+", "_", name)
    told = f"{plain}-{LATER}.dist-info"
    with zipfile.ZipFile(folder / f"{plain}-{LATER}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(
            f"{told}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {LATER}\n"
        )
        wheel.writestr(
            f"{told}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{told}/RECORD", "")


if __name__ == "__main__":
    for locked in re.findall(
        r"^([\w.-]+)(?:\[.*\])?==", Path(sys.argv[1]).read_text("utf-8"), re.M
    ):
        upload(locked, Path(sys.argv[2]))
