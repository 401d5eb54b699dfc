"""One clip to a file: to try a voice."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError, InputError
from hautevoix.localization import tr
from hautevoix.mastering import mp3
from hautevoix.mastering.loudness import gain_for, measured
from hautevoix.mastering.pieces import segment
from hautevoix.mastering.profiles import PODCAST
from hautevoix.mastering.sound import prepared
from hautevoix.mpeg.info_frame import Lengths
from hautevoix.storage.files import whole

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import Clip

SUFFIXES = (".wav", ".mp3")
"""How the name of a sample may end."""
_BIT_RATE = 96  # kb/s, as a book has by default


def write_sample(clip: Clip, target: Path, level: float = 0.0) -> None:
    """Write ``clip`` at the loudness of an audiobook, as WAV or MP3 by ``target``'s suffix.

    It is louder by ``level`` decibels.

    Raises InputError for another suffix, EngineError if there is nothing to hear, DiskError.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            tr("{target}: not a name for a sound.", target=target),
            advice=tr("End it in .wav or .mp3."),
        )
    gain = gain_for(lambda gain: [measured(clip, 0, gain, PODCAST)], PODCAST)
    samples = prepared(clip, gain + level).tobytes()
    if not samples:
        raise EngineError(tr("There is nothing to hear in it."), advice=tr("Give some words."))
    data = _wav(samples) if suffix == ".wav" else _mp3(samples)
    with whole(target) as file:
        file.write(data)


def _wav(samples: bytes) -> bytes:
    """Return a WAV file, made in memory: Python's writer of them dies noisily on a full disk."""
    file = BytesIO()
    segment(samples).export(file, format="wav")
    return file.getvalue()


def _mp3(samples: bytes) -> bytes:
    frames = -(-(len(samples) // 2 + mp3.TAIL) // mp3.FRAME)
    data = mp3.encode(samples.ljust(frames * mp3.FRAME * 2, b"\0"), _BIT_RATE)
    return mp3.info(Lengths(frames, len(data), mp3.TAIL), _BIT_RATE) + data
