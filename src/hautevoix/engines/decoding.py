"""Compressed sound, as online voices send it, to samples."""

from __future__ import annotations

from hautevoix.errors import EngineError
from hautevoix.localization import tr


def decoded(data: bytes, rate: int) -> bytes:
    """Return an MP3, WAV, FLAC or Vorbis file as 16-bit mono samples at ``rate`` Hz.

    Raises EngineError if it is none of these.
    """
    import miniaudio  # noqa: PLC0415 - only online engines decode

    try:
        sound = miniaudio.decode(
            data, output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=rate
        )
    except miniaudio.MiniaudioError as error:
        raise EngineError(tr("What was sent is no sound: {error}.", error=error)) from error
    return bytes(sound.samples.tobytes())
