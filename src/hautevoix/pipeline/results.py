"""What a build gives, and gives again when nothing has changed."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.mastering import Master
from hautevoix.model import Diagnostic, Timeline  # noqa: TC001 - decoding asks at run time
from hautevoix.model.options import sidecar_file
from hautevoix.parsing.bounded import LARGEST_JSON, file_bytes, json_value
from hautevoix.parsing.json_codec import decoded, encoded
from hautevoix.pipeline.memory import FileStamp, code_stamp, fingerprint
from hautevoix.storage.store import key_of

if TYPE_CHECKING:
    from hautevoix.engines import Engine
    from hautevoix.pipeline.orders import Order
    from hautevoix.storage.store import Store

_TOO_LARGE = 1 << 29  # bytes: more than any text that is read


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, with the segmenter's doubts and what is missing: (written text, reason).

    ``substitutes`` are those that the fallback said, in the same way. ``wordless`` is of how many
    sentences no word timings are known, though they were asked for. ``fresh`` is False where
    nothing had to be made, because nothing has changed. ``replaced`` is another text, whose
    audiobook this one has taken the place of. ``sources`` are other files that it is made of.
    ``suspect`` tells (text, why) of what should be listened to by its sound; ``retakes`` (text, how
    it was spoken again, what became of it).
    """

    title: str | None
    diagnostics: tuple[Diagnostic, ...]
    master: Master
    engine: str
    voice: str
    losses: tuple[tuple[str, str], ...] = ()
    substitutes: tuple[tuple[str, str], ...] = ()
    fresh: bool = True
    wordless: int = 0
    replaced: Path | None = None
    sources: tuple[Path, ...] = ()
    suspect: tuple[tuple[str, str], ...] = ()
    retakes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of a book's builds: recalled before one begins, kept when it is done.

    ``seal`` is the key of all that the result depends on; ``source`` is the text.
    """

    store: Store
    folder: Path
    source: Path
    seal: str

    @classmethod
    def of(cls, order: Order, engine: Engine) -> Record:
        """Return the record of what ``order`` would make with ``engine``."""
        source = order.source
        beside = sidecar_file(source.path)
        text = _bytes(source.path) if source.data is None else source.data
        files = (text, _bytes(beside) if beside else b"")
        asked = (source, order.voice, order.parts, order.fallback, order.encoding)
        told = (*asked, order.listener, order.folder.absolute(), *files)
        seal = key_of("built", code_stamp(), engine.name, engine.version, *told)
        return cls(order.store, order.folder, source.path, seal)

    def recalled(self) -> Built | None:
        """Return what was built, if its files are still those that were written."""
        stored = self.store.get(self.seal)
        if stored is None:
            return None
        told = decoded(_Kept, stored)
        if not told.files or not all(map(_unchanged, (told.files, told.beside, told.sources))):
            return None
        *files, timeline_file = (Path(file.path) for file in told.files)
        return Built(
            told.title,
            told.diagnostics,
            Master(tuple(files), timeline_file, told.titles, told.timeline),
            told.engine,
            told.voice,
            substitutes=told.substitutes,
            fresh=False,
            wordless=told.wordless,
            suspect=told.suspect,
            retakes=told.retakes,
        )

    def replaced(self) -> Path | None:
        """Return another text than this one whose audiobook the folder holds.

        None where that text is gone: it was moved, or its place was taken on purpose.
        """
        stored = self.store.get(self._home)
        if stored is None or not any(self.folder.glob("*.timeline.json")):
            return None
        text = Path(os.fsdecode(stored))
        if not text.is_file() or (self.source.is_file() and text.samefile(self.source)):
            return None
        return text

    def keep(self, built: Built) -> None:
        """Keep whose audiobook the folder holds now, and what was built, if nothing is missing."""
        self.store.put(self._home, os.fsencode(self.source.absolute()))
        if not built.losses:
            self.store.put(self.seal, encoded(_Kept.of(built)))

    @property
    def _home(self) -> str:
        return key_of("home", os.fsencode(self.folder.absolute()))


def holds_whole_book(folder: Path) -> bool:
    """Tell whether a book lies in ``folder`` that lacks no sentence."""
    for path in folder.glob("*.timeline.json"):
        try:
            told = json_value(file_bytes(path, LARGEST_JSON))
        except (OSError, ValueError):
            return False
        return isinstance(told, dict) and not told.get("missing")
    return False


@dataclass(frozen=True, slots=True)
class _Kept:
    """A result as it is kept; ``beside`` and ``sources`` are None if such a file was missing."""

    title: str | None
    diagnostics: tuple[Diagnostic, ...]
    engine: str
    voice: str
    substitutes: tuple[tuple[str, str], ...]
    wordless: int
    suspect: tuple[tuple[str, str], ...]
    retakes: tuple[tuple[str, str, str], ...]
    titles: tuple[str, ...]
    timeline: Timeline
    files: tuple[FileStamp, ...] | None
    beside: tuple[FileStamp, ...] | None
    sources: tuple[FileStamp, ...] | None

    @classmethod
    def of(cls, built: Built) -> _Kept:
        master = built.master
        return cls(
            built.title,
            built.diagnostics,
            built.engine,
            built.voice,
            built.substitutes,
            built.wordless,
            built.suspect,
            built.retakes,
            master.titles,
            replace(master.timeline, utterances=(), words=()),
            fingerprint([*master.files, master.timeline_file]),
            fingerprint(_beside(master)),
            fingerprint(built.sources),
        )


def _beside(master: Master) -> list[Path]:
    """Return what a build keeps of the book beside its MP3, for the page."""
    return [master.mp3.with_suffix(".book.json")] if master.mp3 else []


def _unchanged(told: tuple[FileStamp, ...] | None) -> bool:
    return told is not None and fingerprint(Path(file.path) for file in told) == told


def _bytes(path: Path) -> bytes:
    """Return a file's bytes, none where it can't or won't be read: reading it will say why."""
    with contextlib.suppress(OSError, ValueError):
        if path.is_file() and path.stat().st_size < _TOO_LARGE:
            return path.read_bytes()
    return b""
