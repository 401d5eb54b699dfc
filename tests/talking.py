"""A fake of a server that speaks OpenAI's protocol: it hums what it is asked to say."""

from __future__ import annotations

import io
import json
import wave
from typing import TYPE_CHECKING

from fakes import hum
from web import Reply

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.model import Clip
    from web import Asked


def speech(asked: Asked) -> Reply:
    """Answer as the protocol has it; like OpenAI's, its WAV does not know its own length."""
    request = json.loads(asked.body)
    assert asked.path == "/v1/audio/speech"
    assert request["response_format"] == "wav"
    sound = bytearray(wav(hum(60 * len(request["input"]) / request["speed"])))
    sound[4:8] = sound[40:44] = b"\xff\xff\xff\xff"
    return Reply(bytes(sound), headers={"Content-Type": "audio/wav"})


def listing(path: str, voices: object) -> Callable[[Asked], Reply]:
    """Return a server that hums, and answers ``voices`` where it is asked for ``path``."""

    def answer(asked: Asked) -> Reply:
        if asked.path.startswith("/v1/audio/speech"):
            return speech(asked)
        if asked.path.partition("?")[0] != path:
            return Reply(b'{"detail":"Not Found"}', 404, {"Content-Type": "application/json"})
        return Reply(json.dumps(voices).encode(), headers={"Content-Type": "application/json"})

    return answer


def wav(clip: Clip) -> bytes:
    """Return a clip as a WAV file."""
    buffer = io.BytesIO()
    write_wav(buffer, clip)
    return buffer.getvalue()


def write_wav(target: io.BytesIO | Path, clip: Clip) -> None:
    """Write a clip as a WAV file."""
    file = target if isinstance(target, io.BytesIO) else str(target)
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(clip.rate)
        out.writeframes(clip.pcm)
