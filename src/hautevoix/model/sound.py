"""Voices, clips, and where they stand in the audio: what engines, recording and mastering give."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model.script import Script


@dataclass(frozen=True, slots=True)
class WordMark:
    """Where a word begins: ``text[start:end]`` of the words spoken is heard from ``frame`` on."""

    start: int
    end: int
    frame: int


@dataclass(frozen=True, slots=True)
class Clip:
    """Speech: signed 16-bit mono little-endian samples at ``rate`` Hz.

    ``words`` tell, in order, where words begin, in its own frames: as many as its engine knows.
    """

    pcm: bytes = field(repr=False)
    rate: int
    words: tuple[WordMark, ...] = field(default=(), repr=False)

    @property
    def frames(self) -> int:
        """Its length in frames (samples of its one channel)."""
        return len(self.pcm) // 2

    def to_bytes(self) -> bytes:
        """Return it as it lies in the store: rate, number of words, the words, the samples.

        All but the samples are whole numbers of four bytes, three to a word.
        """
        marks = (at for word in self.words for at in (word.start, word.end, word.frame))
        count = len(self.words)
        return struct.pack(f"<{2 + 3 * count}I", self.rate, count, *marks) + self.pcm

    @classmethod
    def from_bytes(cls, data: bytes) -> Clip:
        """Return the clip that ``to_bytes`` wrote."""
        rate, count = struct.unpack_from("<2I", data)
        start = 8 + 12 * count
        marks = struct.iter_unpack("<3I", data[8:start])
        return cls(data[start:], rate, tuple(WordMark(*mark) for mark in marks))


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that an engine offers: ``name`` is what ``--voice`` takes.

    ``rate`` is how fast it shall speak, as a factor of the engine's own reading pace; ``build``
    tells apart what has the same name but another sound, such as a model that was replaced.
    """

    name: str
    description: str = ""
    language: str = "fr"
    sex: str = ""
    quality: str = ""
    licence: str = ""
    rate: float = 1.0
    build: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether an engine can speak now; if not, ``missing`` says what lacks and how to get it.

    ``remedy`` is how to get it alone, where a command does; ``extra`` names the extra of this
    package that it lacks, if it lacks one.
    """

    ready: bool
    missing: str = ""
    remedy: str = ""
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """A script spoken: for each utterance its clip's key in the store, None where it failed.

    ``losses`` holds (index of the utterance, reason) for those, ``substitutes`` the same for
    those that another engine had to say.
    """

    script: Script
    keys: tuple[str | None, ...]
    losses: tuple[tuple[int, str], ...] = ()
    substitutes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FrameSpan:
    """Where something stands in the audio: frames from its first sample, ``end`` excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where everything stands in the decoded audio: ``rate`` frames a second.

    ``chapters`` tile the whole; ``utterances`` align with the script's, None where one is missing.
    So do ``words``, where they were asked for: none where an engine could not tell. ``profile``
    names the figures that the sound was made to, None where that is not known.
    """

    rate: int
    frames: int
    chapters: tuple[FrameSpan, ...]
    utterances: tuple[FrameSpan | None, ...]
    words: tuple[tuple[WordMark, ...], ...] = ()
    profile: str | None = None

    def missing(self) -> Iterator[int]:
        """Yield the indices of the utterances that are not in the audio."""
        return (index for index, mark in enumerate(self.utterances) if mark is None)

    def wordless(self) -> int:
        """Return of how many utterances nothing is known about words, if they were asked for."""
        told = zip(self.utterances, self.words, strict=False)
        return sum(mark is not None and mark.start < mark.end and not words for mark, words in told)
