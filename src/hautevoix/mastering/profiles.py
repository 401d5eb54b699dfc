"""Profiles: what a place that takes audiobooks asks of their sound."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# −2.4 dBFS of samples leaves room for what lies between them and for what MP3 adds (1.0 dB with
# Kokoro, whose sibilants reach 12 kHz, 0.6 dB with eSpeak): the decoded result stays under −1 dBTP
# (Apple's limit).
CEILING = 10 ** (-2.4 / 20)


class Format(StrEnum):
    """A kind of file that a book can become."""

    MP3 = "mp3"  # the whole book, with chapters
    M4B = "m4b"  # the same as AAC
    CHAPTERS = "chapters"  # an MP3 for each chapter


class Meter(StrEnum):
    """How loudness is measured: as listeners hear it (BS.1770), or as plain power."""

    LUFS = "lufs"
    RMS = "rms"


@dataclass(frozen=True, slots=True)
class Profile:
    """The figures of a profile.

    ``bit_rate`` is in kb/s, the least that is taken; ``loudness`` in the ``meter``'s decibels;
    ``ceiling`` a sample's greatest value (full scale 1.0). A chapter starts with ``head``
    milliseconds without speech and ends with as many as its pause says, but between ``tail``'s
    two; where ``firm``, the head is never less. ``tone`` is the level of the room tone in dBFS,
    None for silence. ``limits`` are what each chapter's RMS must lie between, in dB.
    """

    name: str
    bit_rate: int
    loudness: float
    meter: Meter
    ceiling: float
    head: int
    tail: tuple[int, int]
    firm: bool = False
    tone: float | None = None
    limits: tuple[float, float] | None = None
    formats: tuple[Format, ...] = ()  # made whether asked for or not


_ANY_LENGTH = 24 * 3600 * 1000

PODCAST = Profile("podcast", 64, -16.0, Meter.LUFS, CEILING, head=500, tail=(0, _ANY_LENGTH))
"""What Apple asks of podcasts: −16 LUFS ± 1, true peak at most −1 dBTP."""

# −20 dB stands in the middle of what ACX takes (−23 to −18), with a little more room below, since
# a short chapter is mostly pauses. −4 dBFS of samples leaves 1 dB for what the MP3 adds.
ACX = Profile(
    "acx",
    192,
    -20.0,
    Meter.RMS,
    10 ** (-4 / 20),
    head=750,
    tail=(1500, 4500),
    firm=True,
    tone=-70.0,
    limits=(-22.5, -18.5),  # half a decibel inside ACX's own
    formats=(Format.CHAPTERS,),
)
"""What ACX (Audible) asks: 192 kb/s constant, RMS −23…−18 dB, peaks under −3 dB, noise floor under
−60 dB, 0.5–1 s of room tone at the head of each file and 1–5 s at its tail, a file a chapter."""

PROFILES = {profile.name: profile for profile in (PODCAST, ACX)}
