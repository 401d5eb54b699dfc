"""What a build gives, and gives again when nothing has changed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.mastering import Master
from hautevoix.model import Diagnostic, FrameSpan, Timeline
from hautevoix.pipeline.memory import fingerprint
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
    timeline = built.master.timeline
    told = {
        "title": built.title,
        "doubts": [(diagnostic.line, diagnostic.message) for diagnostic in built.diagnostics],
        "engine": built.engine,
        "voice": built.voice,
        "substitutes": built.substitutes,
        "wordless": built.wordless,
        "titles": built.master.titles,
        "rate": timeline.rate,
        "frames": timeline.frames,
        "chapters": [(mark.start, mark.end) for mark in timeline.chapters],
        "files": fingerprint([*built.master.files, built.master.timeline_file]),
        "beside": fingerprint(_beside(built.master)),
        "sources": fingerprint(sources),
    }
    store.put(seal, json.dumps(told).encode("ascii"))


def recalled(store: Store, seal: str) -> Built | None:
    """Return what was built under ``seal``, if its files are still those that were written."""
    stored = store.get(seal)
    if stored is None:
        return None
    told = json.loads(stored)
    if not all(_unchanged(told[kind]) for kind in ("files", "beside", "sources")):
        return None
    *files, timeline_file = (Path(file) for file, *_ in told["files"])
    chapters = tuple(FrameSpan(*mark) for mark in told["chapters"])
    timeline = Timeline(told["rate"], told["frames"], chapters, ())
    return Built(
        told["title"],
        tuple(Diagnostic(*diagnostic) for diagnostic in told["doubts"]),
        Master(tuple(files), timeline_file, tuple(told["titles"]), timeline),
        told["engine"],
        told["voice"],
        substitutes=tuple((text, why) for text, why in told["substitutes"]),
        fresh=False,
        wordless=told["wordless"],
    )


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


def _unchanged(told: list[list[object]] | None) -> bool:
    return told is not None and fingerprint(Path(str(file)) for file, *_ in told) == told
