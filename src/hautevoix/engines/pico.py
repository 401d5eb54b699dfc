"""SVOX Pico: small, offline, and far better understood than eSpeak.

Its library and its French voice come with the wheel ``py-nanotts``, where there is one; else the
command ``pico2wave`` speaks, if it is installed. Either way it is told the same, and runs in a
process apart with a deadline, as it may hang.
"""

from __future__ import annotations

import atexit
import functools
import importlib.util
import re
import shutil
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.engines import libpico, picotext
from hautevoix.engines.isolation import CAN_FORK, ForkedWorker, in_new_python
from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.model import Clip, Readiness, Voice
from hautevoix.runtime.installation import getting

if TYPE_CHECKING:
    from hautevoix.model import Words

RATE = 16000  # Hz, Pico's only one
LIMIT = 2000  # characters: it fails in silence somewhere beyond 30,000
PACE = 91  # percent of its own: with it a book takes as long as with our eSpeak
RATES = 20, 500  # percent that its markup takes

# It speaks 200 × faster than one listens: 2,000 characters are two minutes, so less than a second.
DEADLINE = 10.0  # seconds, and as many again for LIMIT characters
_COMMAND = "pico2wave"
_PACKAGE = "py_nanotts"
_SPEAKABLE = re.compile(r"[^\W_]")


class Pico:
    """The engine of early Android phones: one French voice, clearer than eSpeak's."""

    name = "pico"
    online = False
    notice = ""
    speakers = None
    paced = True
    stresses = True
    limit = LIMIT

    @property
    def version(self) -> str:
        """Who speaks, how fast, and the respelling: all that its sound depends on."""
        from importlib.metadata import version  # noqa: PLC0415 - not needed to list engines

        speaker = version("py-nanotts") if _embedded() else _COMMAND
        return f"{speaker}/{PACE}/{picotext.VERSION}"

    def check(self) -> Readiness:
        """Tell whether the library can be loaded, or else the command is there."""
        if _embedded():
            try:
                _asked("", tr("SVOX Pico"))
            except EngineError as error:
                return Readiness(ready=False, missing=str(error))
            return Readiness(ready=True)
        if shutil.which(_COMMAND):
            return Readiness(ready=True)
        return Readiness(ready=False, missing=_how_to_get())

    def voices(self) -> tuple[Voice, ...]:
        """Return the one French voice."""
        return (Voice("fr-FR", "French of France", "fr", "female", "fair", "Apache-2.0"),)

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Speak in a process of its own. Raises EngineError if that one fails or hangs."""
        text = picotext.told(words)
        if not _SPEAKABLE.search(text):
            return Clip(b"", RATE)
        slowest, fastest = RATES
        speed = min(fastest, max(slowest, round(PACE * voice.rate)))
        marked = f"<speed level='{speed}'>{text}</speed>"
        if _embedded():
            return Clip(
                _asked(
                    marked, tr("SVOX Pico on « {shortened} »", shortened=_shortened(words.text))
                ),
                RATE,
            )
        return _by_command(marked, voice)


@functools.cache
def _embedded() -> bool:
    return importlib.util.find_spec(_PACKAGE) is not None


def _how_to_get() -> str:
    return tr(
        "{getting} (a compiler builds it where there is no wheel), or install "
        "{command} (on Debian and Ubuntu: apt install libttspico-utils, in "
        "non-free)",
        getting=getting("pico"),
        command=_COMMAND,
    )


@functools.cache
def _worker() -> ForkedWorker:
    worker = ForkedWorker(libpico.answer)
    atexit.register(worker.close)
    return worker


def _asked(text: str, what: str) -> bytes:
    """Return libpico's samples for ``text``; ``what`` names this in errors. Raises EngineError."""
    deadline = _deadline(text)
    if CAN_FORK and libpico.can_clear_memory():
        return _worker().ask(text.encode(), what, deadline=deadline)
    return in_new_python(libpico.__name__, text.encode(), what, deadline=deadline)


def _deadline(text: str) -> float:
    return DEADLINE * (1 + len(text) / LIMIT)


def _by_command(marked: str, voice: Voice) -> Clip:
    with tempfile.TemporaryDirectory(prefix="hautevoix-") as folder:
        target = Path(folder) / "clip.wav"
        _run([_COMMAND, "-l", voice.name, "-w", target, "--", marked], _deadline(marked))
        return _read(target)


def _run(command: list[str | Path], deadline: float) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=deadline)  # noqa: S603 - a list, no shell
    except FileNotFoundError as error:
        raise EngineError(
            tr("SVOX Pico is not installed."),
            advice=tr("To have it: {how_to_get}.", how_to_get=_how_to_get()),
        ) from error
    except subprocess.TimeoutExpired as error:
        raise EngineError(
            tr("pico2wave did not answer within {deadline:.0f} s.", deadline=deadline)
        ) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip()[:200]
        raise EngineError(
            tr(
                "pico2wave failed: {said}.",
                said=said or tr("exit code {code}", code=error.returncode),
            )
        ) from error


def _read(path: Path) -> Clip:
    try:
        with wave.open(str(path), "rb") as sound:
            if (sound.getnchannels(), sound.getsampwidth()) != (1, 2):
                raise EngineError(tr("pico2wave wrote a WAV that is not mono of 16 bits."))
            return Clip(sound.readframes(sound.getnframes()), sound.getframerate())
    except (OSError, EOFError, wave.Error) as error:
        raise EngineError(tr("pico2wave wrote no sound: {error}.", error=error)) from error


def _shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def engine() -> Pico:
    """Return the engine, for the entry point."""
    return Pico()
