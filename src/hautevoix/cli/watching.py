"""What changes while one writes: files looked at again and again, until Ctrl-C.

By their times and sizes: a few files twice a second cost nothing, on any system and any disk, those
of a network too, whose changes no system tells.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from hautevoix.cli import stopping
from hautevoix.errors import HautevoixError
from hautevoix.model.options import sidecar_file
from hautevoix.reading.base.sidecar import read_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Stamp = tuple[int, int] | None

_EVERY = 0.5  # seconds between two looks: what an editor writes in two steps is whole by then


class Watch:
    """Texts as they are when it is made: what changes from then on, it tells.

    A text's sidecar, the cover that it names and the pictures of the text's name belong to it,
    ``others`` (lexicons) to all.
    """

    def __init__(
        self,
        texts: Sequence[Path],
        others: Sequence[Path] = (),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._texts, self._others = texts, others
        self._files = self._belonging()
        self._known = self._seen()
        self._sleep = sleep

    def changed(self) -> list[int]:
        """Return the indices of the texts that have changed, once their files are still again.

        Waits until some have. Raises KeyboardInterrupt, which ends it.
        """
        while True:
            stopping.heed()
            self._sleep(_EVERY)
            seen = self._seen()
            different = [index for index, one in enumerate(seen) if one != self._known[index]]
            if different:
                self._sleep(_EVERY)
                if self._seen() == seen:
                    self._files = self._belonging()
                    self._known = self._seen()
                    return different

    def _belonging(self) -> list[list[Path]]:
        return [[*_own(text), *self._others] for text in self._texts]

    def _seen(self) -> list[list[Stamp]]:
        return [list(map(_stamp, files)) for files in self._files]


def _own(text: Path) -> list[Path]:
    """Return the files that a text is made of."""
    beside = sidecar_file(text)
    pictures = [text.with_suffix(ending) for ending in (".jpg", ".png")] if beside else []
    return [text, *([beside, *_cover(text)] if beside else []), *pictures]


def _cover(text: Path) -> list[Path]:
    """Return the cover that a text's sidecar names; none where it can't be read."""
    with contextlib.suppress(HautevoixError):
        if cover := read_sidecar(text).cover:
            return [text.parent / cover]
    return []


def _stamp(file: Path) -> Stamp:
    """Return what tells a file from what it was: its size and time; None where it is not there."""
    try:
        seen = file.stat()
    except (OSError, ValueError):  # it is written anew just now, or gone: building it will say so
        return None
    return seen.st_size, seen.st_mtime_ns
