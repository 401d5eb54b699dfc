"""eSpeak NG in process: its library and French data come with the wheel ``espeakng-loader``.

eSpeak keeps state from one clip to the next (the same sentence twice gives different bytes, a
control character changes the speed of all that follows), so each clip is spoken by a forked
child. Where the system can't fork, each clip is spoken in a private process, slower and just as
right. Capital letters parted by spaces are named one by one, as eSpeak does by itself.
"""

from __future__ import annotations

import ctypes
import functools
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from hautevoix.engines.ipa import mnemonics
from hautevoix.engines.isolation import CAN_FORK, DEADLINE, in_child
from hautevoix.errors import EngineError
from hautevoix.model import Clip, Manner, Readiness, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model import Words

RATE = 22050
# eSpeak's words are English ones: at its 140, French with the pauses between sentences and
# paragraphs comes to some 155 words a minute, a narrator's pace (its own default is 175). The
# pitch range lies under its default of 50, which sings; chosen for long listening.
PACE = 140
PITCH_RANGE = 42

# From speak_lib.h (eSpeak NG 1.52).
_OUTPUT_SYNCHRONOUS = 2  # the one mode without a thread of its own, which a fork would lose
_INITIALIZE_DONT_EXIT = 0x8000
_CHARS_UTF8 = 1
_PHONEMES = 0x100  # what stands between « [[ » and « ]] » is phonemes
_PARAMETER_RATE = 1
_PARAMETER_RANGE = 4

_LICENCE = "GPL-3.0-or-later"
_VOICES = (
    Voice("fr", "French of France", "fr", "male", "robotic", _LICENCE),
    Voice("fr-be", "French of Belgium", "fr-BE", "male", "robotic", _LICENCE),
    Voice("fr-ch", "French of Switzerland", "fr-CH", "male", "robotic", _LICENCE),
)
_VARIANTS = {"m": ("male", range(1, 9)), "f": ("female", range(1, 6))}

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_SPEAKABLE = re.compile(r"\w")


class _Library:
    """eSpeak's library, initialised and never asked to speak in this process."""

    def __init__(self) -> None:
        import espeakng_loader  # noqa: PLC0415 - only when this engine is used

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = os.fsencode(espeakng_loader.get_data_path())
        self.rate = self._library.espeak_Initialize(
            _OUTPUT_SYNCHRONOUS, 0, data, _INITIALIZE_DONT_EXIT
        )
        if self.rate != RATE:
            raise EngineError(
                f"eSpeak NG could not be started (it answered {self.rate}).",
                advice="Reinstall the package espeakng-loader.",
            )

    def speak(self, text: str, voice: str, pace: int, flags: int) -> Iterator[bytes]:
        """Yield 16-bit samples; leaves state behind, so call it once in a process of its own."""
        chunks: list[bytes] = []

        def keep(samples: object, count: int, _events: object) -> int:
            if samples and count:
                chunks.append(ctypes.string_at(samples, count * 2))  # type: ignore[arg-type] # a pointer
            return 0

        callback = _Callback(keep)
        library = self._library
        library.espeak_SetSynthCallback(callback)
        if library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise EngineError(
                f"eSpeak NG has no voice called « {voice} ».", advice="See: hautevoix voices"
            )
        library.espeak_SetParameter(_PARAMETER_RATE, pace, 0)
        library.espeak_SetParameter(_PARAMETER_RANGE, PITCH_RANGE, 0)
        data = text.encode()
        library.espeak_Synth(data, len(data) + 1, 0, 0, 0, flags, None, None)
        yield from chunks


@functools.cache
def _library() -> _Library:
    return _Library()


class Espeak:
    """The engine that is always there: offline, fast, small, and a robot to the ear."""

    name = "espeak"
    online = False
    notice = ""
    speakers = None
    limit = 5000  # characters: no sentence, but a text without any stop takes minutes

    @property
    def version(self) -> str:
        """The wheel's version, which fixes both library and data, and our own settings."""
        from importlib.metadata import version  # noqa: PLC0415 - not needed to list engines

        return f"{version('espeakng-loader')}/{PACE}/{PITCH_RANGE}"

    def check(self) -> Readiness:
        """Tell whether the library and its data are there."""
        try:
            _library()
        except (ImportError, OSError, RuntimeError, EngineError) as error:
            return Readiness(ready=False, missing=f"eSpeak NG can't be loaded: {error}")
        return Readiness(ready=True)

    def voices(self) -> tuple[Voice, ...]:
        """Return the three regional voices, then French with eSpeak's variants of timbre."""
        variants = tuple(
            Voice(f"fr+{letter}{number}", f"variant {number}", "fr", sex, "robotic", _LICENCE)
            for letter, (sex, numbers) in _VARIANTS.items()
            for number in numbers
        )
        return _VOICES + variants

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Speak in a child process of its own. Raises EngineError if that one fails or hangs."""
        text, flags = _request(words)
        if not _SPEAKABLE.search(text):
            return Clip(b"", RATE)
        if voice.name not in _names():
            raise EngineError(
                f"eSpeak NG has no voice called « {voice.name} ».", advice="See: hautevoix voices"
            )
        pace = round(PACE * voice.rate)
        speak = _speak_in_fork if CAN_FORK else _speak_in_process
        return Clip(speak(text, voice.name, pace, flags), RATE)


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(voice.name for voice in Espeak().voices())


def _request(words: Words) -> tuple[str, int]:
    """Return the text for eSpeak and its flags: phonemes go between « [[ » and « ]] ».

    A text's own brackets mean nothing where no span has phonemes, and else are taken out.
    """
    text = _CONTROLS.sub(" ", words.text)
    said = [
        (span, f"[[{phonemes}]]")
        for span in words.spans
        if span.manner is Manner.PHONEMES and (phonemes := mnemonics(span.ipa))
    ]
    if not said:
        return text, _CHARS_UTF8
    parts: list[str] = []
    done = 0
    for span, phonemes in sorted(said, key=lambda pair: pair[0].start):
        if span.start < done:
            continue  # overlaps the one before
        parts += [_inert(text[done : span.start]), phonemes]
        done = span.end
    parts.append(_inert(text[done:]))
    return "".join(parts), _CHARS_UTF8 | _PHONEMES


def _inert(text: str) -> str:
    return text.replace("[", " ").replace("]", " ")


def _speak_in_fork(text: str, voice: str, pace: int, flags: int) -> bytes:
    library = _library()  # before the fork: the child inherits its untouched state
    what = f"eSpeak NG on « {_shortened(text)} »"
    return in_child(lambda: library.speak(text, voice, pace, flags), what)


def _speak_in_process(text: str, voice: str, pace: int, flags: int) -> bytes:
    """Speak in a new Python process, where the system has no fork."""
    try:
        done = subprocess.run(  # noqa: S603 - this very interpreter and module, no shell
            [sys.executable, "-m", __name__, voice, str(pace), str(flags)],
            input=text.encode(),
            capture_output=True,
            timeout=DEADLINE,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"eSpeak NG did not answer within {DEADLINE:.0f} s.") from error
    except subprocess.CalledProcessError as error:
        raise EngineError(f"eSpeak NG failed on « {_shortened(text)} ».") from error
    return done.stdout


def _shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def engine() -> Espeak:
    """Return the engine, for the entry point."""
    return Espeak()


if __name__ == "__main__":  # the private process of _speak_in_process
    _voice, _pace, _flags = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    sys.stdout.buffer.writelines(
        _library().speak(sys.stdin.buffer.read().decode(), _voice, _pace, _flags)
    )
