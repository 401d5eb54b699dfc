"""Built books made by hand, so that no engine has to speak: the audio is a tone, the rest real."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from hautevoix.mastering import mp3
from hautevoix.model import BookDetails
from hautevoix.mpeg.audiobook_tag import ChapterTag, Tags, tag
from hautevoix.mpeg.info_frame import Lengths
from hautevoix.mpeg.mp3_file import END_PADDING
from hautevoix.publishing.built_book import keep
from hautevoix.publishing.edition import (
    Block,
    CallMark,
    Edition,
    EditionChapter,
    NoteText,
    Sentence,
)
from hautevoix.publishing.files import digest
from hautevoix.storage.staging import staged

if TYPE_CHECKING:
    from pathlib import Path

RATE = 44100
SECOND = 38  # frames in about a second
SENTENCE = SECOND * mp3.FRAME / RATE  # how long each sentence of a made book is, in seconds
URL = "https://example.org/livres/"
NOW = 1_700_000_000


@dataclass(frozen=True)
class Made:
    """A book to be made: chapters of sentences, each some 1 s long; ``pitch`` is its voice's."""

    name: str = "livre"
    title: str = "Le Livre d'essai"
    author: str | None = "Anne Onyme"
    chapters: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Premier chapitre", ("Il était une fois une phrase.", "Puis une autre [1] la suivit.")),
        ("Deuxième chapitre", ("Elle dit : « Qu'importe ! »", "Et ce fut tout.")),
    )
    voice: str = "fr"
    pitch: int = 220
    bit_rate: int = 64
    notes: tuple[NoteText, ...] = ()
    calls: dict[str, tuple[CallMark, ...]] = field(default_factory=dict)
    characters: dict[str, str] = field(default_factory=dict)
    description: str | None = None
    details: BookDetails = field(default_factory=BookDetails)
    m4b: bool = False


@cache
def _frames(seconds: int, pitch: int, bit_rate: int) -> bytes:
    count = seconds * SECOND * mp3.FRAME
    tone = np.sin(np.arange(count) * 2 * np.pi * pitch / RATE) * 3000
    tone[-mp3.TAIL :] = 0
    return mp3.encode(tone.astype("<i2").tobytes(), bit_rate)


def _edition(made: Made) -> Edition:
    row = 0
    parts = []
    for title, sentences in made.chapters:
        told = []
        for text in sentences:
            told.append(Sentence(text, row, made.calls.get(text, ())))
            row += 1
        parts.append(EditionChapter(title, (Block("paragraph", tuple(told)),)))
    return Edition(
        made.title, made.author, "1900", "fr", made.description, "essai", made.voice, tuple(parts),
        made.notes, made.details,
    )  # fmt: skip


def _timeline(made: Made) -> dict[str, Any]:
    rows, chapters, at = [], [], 0
    for number, (title, sentences) in enumerate(made.chapters):
        start = at
        for text in sentences:
            span = {"start": at * SENTENCE + 0.1, "end": (at + 1) * SENTENCE - 0.1}
            voice = {"voice": f"essai/{made.voice}", "character": made.characters.get(text)}
            rows.append({"chapter": number, "role": "body", **voice, "text": text, **span})
            at += 1
        chapters.append({"title": title, "start": start * SENTENCE, "end": at * SENTENCE})
    return {
        "rate": RATE, "duration": at * SENTENCE, "chapters": chapters, "utterances": rows
    }  # fmt: skip


def _movie_header(seconds: float) -> bytes:
    """Return what tells how long an M4B lasts, and nothing else of it (ISO 14496-12, 8.2.2)."""
    header = struct.pack(">I4s12xII80x", 108, b"mvhd", 1000, round(seconds * 1000))
    return struct.pack(">I4s", 8 + len(header), b"moov") + header


def make(folder: Path, made: Made) -> Path:
    """Write a built book into ``folder``; return its own folder."""
    target = folder / made.name
    target.mkdir(parents=True, exist_ok=True)
    told = _timeline(made)
    length = len(told["utterances"])
    frames = _frames(length, made.pitch, made.bit_rate) + mp3.silence(made.bit_rate)
    times = [
        ChapterTag(row["title"], round(row["start"] * 1000), round(row["end"] * 1000))
        for row in told["chapters"]
    ]
    tags = Tags(
        made.title, made.author, "1900", "fra", round(length * SENTENCE * 1000), "essai",
        f"Lu par {made.voice}.", tuple(times), description=made.description or "",
        details=made.details,
    )  # fmt: skip
    lengths = Lengths(length * SECOND + 1, len(frames), END_PADDING)
    info = mp3.info(lengths, made.bit_rate)
    path = target / f"{made.name}.mp3"
    path.write_bytes(tag(tags) + info + frames)
    path.with_suffix(".timeline.json").write_text(json.dumps(told), encoding="utf-8")
    if made.m4b:
        path.with_suffix(".m4b").write_bytes(_movie_header(length * SENTENCE))
    with staged(target) as files:
        keep(files, path, _edition(made))
    return target


def tree(site: Path) -> dict[str, str]:
    """Return each file of a site and what tells its content."""
    return {
        str(path.relative_to(site)): digest(path.read_bytes())
        for path in sorted(site.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
