"""SVOX Pico, where the command ``pico2wave`` is installed: small, offline, and kind to the ear.

Each clip is a process of its own, so the same words give the same bytes. Pico reads markup of
its own (« <speed level='90'> »), so a text's angle brackets and ampersands are taken out.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError
from hautevoix.model import Clip, Readiness, Voice

if TYPE_CHECKING:
    from hautevoix.model import Words

RATE = 16000  # Hz, Pico's only one
LIMIT = 2000  # characters: it fails in silence somewhere beyond 30,000
PACE = 95  # percent of its own: Pico reads fast
DEADLINE = 60.0  # seconds
_COMMAND = "pico2wave"
_GET = "install pico2wave (on Debian and Ubuntu: apt install libttspico-utils, in non-free)"
_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff<>&]+")
_SPEAKABLE = re.compile(r"[^\W_]")


class Pico:
    """The engine of early Android phones: one French voice, clearer than eSpeak's."""

    name = "pico"
    version = f"1/{PACE}"
    online = False
    notice = ""
    speakers = None
    paced = True
    limit = LIMIT

    def check(self) -> Readiness:
        """Tell whether the command is there."""
        if shutil.which(_COMMAND):
            return Readiness(ready=True)
        return Readiness(ready=False, missing=_GET)

    def voices(self) -> tuple[Voice, ...]:
        """Return the one French voice."""
        return (Voice("fr-FR", "French of France", "fr", "female", "fair", "Apache-2.0"),)

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Speak in a process of its own. Raises EngineError if that one fails or hangs."""
        text = _UNSPEAKABLE.sub(" ", words.text)
        if not _SPEAKABLE.search(text):
            return Clip(b"", RATE)
        speed = min(500, max(20, round(PACE * voice.rate)))  # what Pico's markup takes
        with tempfile.TemporaryDirectory(prefix="hautevoix-") as folder:
            target = Path(folder) / "clip.wav"
            _run([_COMMAND, "-l", voice.name, "-w", target, "--", _marked(text, speed)])
            return _read(target)


def _marked(text: str, speed: int) -> str:
    return f"<speed level='{speed}'>{text}</speed>"


def _run(command: list[str | Path]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=DEADLINE)  # noqa: S603 - a list, no shell
    except FileNotFoundError as error:
        raise EngineError("pico2wave is not installed.", advice=f"To have it, {_GET}.") from error
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"pico2wave did not answer within {DEADLINE:.0f} s.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip()[:200]
        raise EngineError(
            f"pico2wave failed: {said or f'exit code {error.returncode}'}."
        ) from error


def _read(path: Path) -> Clip:
    try:
        with wave.open(str(path), "rb") as sound:
            if (sound.getnchannels(), sound.getsampwidth()) != (1, 2):
                raise EngineError("pico2wave wrote a WAV that is not mono of 16 bits.")
            return Clip(sound.readframes(sound.getnframes()), sound.getframerate())
    except (OSError, EOFError, wave.Error) as error:
        raise EngineError(f"pico2wave wrote no sound: {error}.") from error


def engine() -> Pico:
    """Return the engine, for the entry point."""
    return Pico()
