"""Covers: those that a feed names, and those that an audio file or an EPUB carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.publishing import cover
from hautevoix.publishing.checking.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator


def named(where: str, data: bytes) -> Iterator[Finding]:
    """Yield what Apple rejects of a picture that a feed names."""
    mend = tr(
        "give a square JPEG or PNG, RGB, {smallest} to {side} pixels a side, as cover = … in "
        "podcast.toml or in the book's sidecar",
        smallest=cover.SMALLEST,
        side=cover.SIDE,
    )
    for what in _faults(data, inside=False):
        yield Finding("cover-unfit", where, what, tr("Apple rejects the feed"), mend)


PUBLISH = noop("publish it: hautevoix publish")
"""How an MP3 gets a cover."""


def carried(where: str, data: bytes | None, mend: str = PUBLISH) -> Iterator[Finding]:
    """Yield what is amiss in the cover that a file carries; None if it carries none.

    ``mend`` says how it gets one.
    """
    if not data:
        yield Finding(
            "cover-missing",
            where,
            tr("it carries no cover"),
            tr("car radios and offline players show a blank"),
            tr(mend),
            advice=True,
        )
        return
    for what in _faults(data, inside=True):
        yield Finding(
            "cover-unfit",
            where,
            what,
            tr("players show a blank or a distorted cover"),
            tr("publish it again"),
        )


def _faults(data: bytes, *, inside: bool) -> Iterator[str]:
    """Yield what is wrong with a picture; ``inside`` of a file, small ones are welcome."""
    try:
        faults = [fault for fault in cover.faults(data) if not (inside and fault.sized)]
    except (OSError, ValueError):
        yield tr("the cover is no picture")
        return
    for fault in faults:
        yield fault.what
