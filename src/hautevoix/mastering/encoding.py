"""What is asked of the mastering, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.mastering.profiles import PODCAST, Format, Profile
from hautevoix.runtime.installation import getting

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import Timeline

_USUAL_BIT_RATE = 96  # kb/s: what Apple asks of mono speech at least


@dataclass(frozen=True, slots=True)
class EncodingOptions:
    """How the sound is to be: ``bit_rate`` in kb/s (None: the profile's), which files to make.

    ``comment`` stands in their tags; ``levels``, where given, holds for each utterance the
    decibels that it shall be louder; ``words``: the timeline tells where each word begins.
    """

    bit_rate: int | None = None
    profile: Profile = PODCAST
    formats: tuple[Format, ...] = (Format.MP3,)
    comment: str = ""
    levels: tuple[float, ...] = ()
    words: bool = False

    @property
    def rate(self) -> int:
        """The bit rate, in kb/s."""
        return self.bit_rate or max(_USUAL_BIT_RATE, self.profile.bit_rate)

    def raised(self, gains: list[float]) -> list[float]:
        """Return the utterances' gains in dB, each raised by its level."""
        if not self.levels:
            return gains
        return [gain + level for gain, level in zip(gains, self.levels, strict=True)]

    def makes(self, wanted: Format) -> bool:
        """Tell whether files of that format are made."""
        return wanted in self.formats or wanted in self.profile.formats

    def check(self) -> None:
        """Raise EngineError where PyAV is needed and not installed, and say how to get it."""
        if self.makes(Format.M4B) and find_spec("av") is None:
            raise EngineError(
                tr("M4B needs PyAV, which is not installed."),
                advice=tr("Get it: {getting}", getting=getting("m4b")),
            )


@dataclass(frozen=True, slots=True)
class Master:
    """What was made: the files, the chapters' titles and where everything stands.

    ``files`` are those to listen to: the whole MP3, the M4B, the chapters in order.
    """

    files: tuple[Path, ...]
    timeline_file: Path
    titles: tuple[str, ...]
    timeline: Timeline

    @property
    def folder(self) -> Path:
        """Where the book's files are; its name is theirs."""
        return self.timeline_file.parent

    @property
    def mp3(self) -> Path | None:
        """The whole book as MP3, where one was asked for."""
        mp3 = self.folder / f"{self.folder.name}.mp3"
        return mp3 if mp3 in self.files else None
