"""One clip to a file: to try a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.errors import EngineError, InputError
from hautevoix.mastering import mp3
from hautevoix.mastering.files import whole
from hautevoix.mastering.loudness import gain_for
from hautevoix.mastering.pieces import segment
from hautevoix.mastering.sound import prepared

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import Clip

_BIT_RATE = 96


def write_sample(clip: Clip, target: Path) -> None:
    """Write ``clip`` at the loudness of an audiobook, as WAV or MP3 by ``target``'s suffix.

    Raises InputError for another suffix, EngineError if there is nothing to hear, DiskError.
    """
    suffix = target.suffix.lower()
    if suffix not in (".wav", ".mp3"):
        raise InputError(f"{target}: not a name for a sound.", advice="End it in .wav or .mp3.")
    samples = prepared(clip, gain_for([(clip, 0)])).tobytes()
    if not samples:
        raise EngineError("There is nothing to hear in it.", advice="Give some words.")
    with whole(target) as file:
        if suffix == ".wav":
            segment(samples).export(file, format="wav")
        else:
            frames = -(-(len(samples) // 2 + mp3.TAIL) // mp3.FRAME)
            data = mp3.encode(samples.ljust(frames * mp3.FRAME * 2, b"\0"), _BIT_RATE)
            file.write(mp3.info_frame(frames, len(data), mp3.TAIL, _BIT_RATE) + data)
