"""Covers: which pictures can go into a sound file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.localization import tr

if TYPE_CHECKING:
    from hautevoix.model import Picture

_TAKEN = ("image/jpeg", "image/png")  # what sound files hold
_LARGEST = 4 << 20  # bytes: it stands before the sound, and in each chapter's file


def cover_problem(cover: Picture) -> str:
    """Return why a picture can't be embedded, nothing if it can.

    >>> from hautevoix.model import Picture
    >>> cover_problem(Picture(b"GIF89a", "image/gif"))
    'it is neither JPEG nor PNG (image/gif)'
    >>> cover_problem(Picture(bytes(1 << 20), "image/png"))
    ''
    """
    if cover.media_type not in _TAKEN:
        return tr("it is neither JPEG nor PNG ({media_type})", media_type=cover.media_type)
    size = len(cover.data) / (1 << 20)
    return tr("it has {size:.1f} MB (at most 4)", size=size) if len(cover.data) > _LARGEST else ""
