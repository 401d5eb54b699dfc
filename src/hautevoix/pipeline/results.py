"""What a build gives, and gives again when nothing has changed."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.mastering import Master
from hautevoix.model import Diagnostic, Timeline  # noqa: TC001 - decoding asks at run time
from hautevoix.parsing.bounded import LARGEST_JSON, file_bytes, json_value
from hautevoix.parsing.json_codec import decoded, encoded
from hautevoix.pipeline.memory import FileStamp, fingerprint
from hautevoix.storage.store import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hautevoix.storage.store import Store


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, with the segmenter's doubts and what is missing: (written text, reason).

    ``substitutes`` are those that the fallback said, in the same way. ``wordless`` is of how many
    sentences no word timings are known, though they were asked for. ``fresh`` is False where
    nothing had to be made, because nothing has changed. ``replaced`` is another text, whose
    audiobook this one has taken the place of.
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


def remember(store: Store, seal: str, built: Built, sources: Iterable[Path] = ()) -> None:
    """Keep what was built under ``seal``, the key of all that it was made from.

    ``sources`` are files that it was also made from, told by their size and time.
    """
    master = built.master
    told = _Kept(
        built.title,
        built.diagnostics,
        built.engine,
        built.voice,
        built.substitutes,
        built.wordless,
        master.titles,
        replace(master.timeline, utterances=(), words=()),
        fingerprint([*master.files, master.timeline_file]),
        fingerprint(_beside(master)),
        fingerprint(sources),
    )
    store.put(seal, encoded(told))


def recalled(store: Store, seal: str) -> Built | None:
    """Return what was built under ``seal``, if its files are still those that were written."""
    stored = store.get(seal)
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
    )


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
    titles: tuple[str, ...]
    timeline: Timeline
    files: tuple[FileStamp, ...] | None
    beside: tuple[FileStamp, ...] | None
    sources: tuple[FileStamp, ...] | None


def former(store: Store, folder: Path, source: Path) -> Path | None:
    """Return another text than ``source`` whose audiobook ``folder`` holds.

    None where that text is gone: it was moved, or its place was taken on purpose.
    """
    stored = store.get(_home_key(folder))
    if stored is None or not any(folder.glob("*.timeline.json")):
        return None
    text = Path(os.fsdecode(stored))
    if not text.is_file() or (source.is_file() and text.samefile(source)):
        return None
    return text


def note_source(store: Store, folder: Path, source: Path) -> None:
    """Keep which text's audiobook ``folder`` holds."""
    store.put(_home_key(folder), os.fsencode(source.absolute()))


def _home_key(folder: Path) -> str:
    return key_of("home", os.fsencode(folder.absolute()))


def _beside(master: Master) -> list[Path]:
    """Return what a build keeps of the book beside its MP3, for the page."""
    return [master.mp3.with_suffix(".book.json")] if master.mp3 else []


def _unchanged(told: tuple[FileStamp, ...] | None) -> bool:
    return told is not None and fingerprint(Path(file.path) for file in told) == told
