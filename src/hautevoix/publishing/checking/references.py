"""References as a file gives them: addresses that may be none, names that no disk can have."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from pathlib import Path


def path_of(url: str) -> str:
    """Return the path within an address or a reference, empty for what is no address at all.

    >>> path_of("https://example.org/a%20b.mp3?c"), path_of("http://[/a.mp3")
    ('/a b.mp3', '')
    """
    try:
        return unquote(urlsplit(url).path)
    except ValueError:  # half a bracket of IPv6, a host that no host can be called
        return ""


def joined(base: str, reference: str) -> str:
    """Return where a reference from ``base`` leads to, empty where one of them is no address."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return ""


def is_file(path: Path) -> bool:
    """Tell whether a file lies at a path, of which a file gave the name.

    Unlike ``Path.is_file`` it does not raise for one that is too long or holds a NUL.
    """
    return os.path.isfile(path)  # noqa: PTH113 - see above


def is_there(path: Path) -> bool:
    """Tell the same of a file or a folder."""
    return os.path.exists(path)  # noqa: PTH110 - see is_file


def lies_within(path: Path, folder: Path) -> bool:
    """Tell whether a path leads into a folder, links followed; of one that leads nowhere: no."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # too long; a NUL; links in a circle
        return False
