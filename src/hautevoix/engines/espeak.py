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
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.engines.ipa import mnemonics
from hautevoix.engines.isolation import CAN_FORK, DEADLINE, in_child
from hautevoix.engines.wordmarks import marked
from hautevoix.errors import EngineError
from hautevoix.model import Clip, Manner, Readiness, Voice, WordMark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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

_EVENTS_END = 0
_EVENT_WORD = 1


class _Event(ctypes.Structure):
    """espeak_EVENT: positions are in characters from 1, samples from the clip's start."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)
# Each becomes a space of its own, so that what follows keeps its place.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
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

    def speak(self, text: str, voice: str, pace: int, flags: int) -> Clip:
        """Return ``text`` spoken; its words' marks tell indices in ``text``.

        Leaves state behind, so call it once in a process of its own.
        """
        chunks: list[bytes] = []
        words: list[WordMark] = []

        def keep(samples: object, count: int, events: Sequence[_Event]) -> int:
            if samples and count:
                chunks.append(ctypes.string_at(samples, count * 2))  # type: ignore[arg-type] # a pointer
            words.extend(_words(events) if events else ())
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
        return Clip(b"".join(chunks), RATE, tuple(words))


def _words(events: Sequence[_Event]) -> Iterator[WordMark]:
    """Yield the words that begin, as eSpeak takes them: « d'haleine » begins with « d »."""
    for event in events:  # a bare pointer: the loop must end where the list does
        if event.type == _EVENTS_END:
            return
        start = event.text_position - 1
        if event.type == _EVENT_WORD and min(start, event.length, event.sample) >= 0:
            yield WordMark(start, start + event.length, event.sample)


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
        request = _request(words)
        if not _SPEAKABLE.search(request.text):
            return Clip(b"", RATE)
        if voice.name not in _names():
            raise EngineError(
                f"eSpeak NG has no voice called « {voice.name} ».", advice="See: hautevoix voices"
            )
        pace = round(PACE * voice.rate)
        speak = _speak_in_fork if CAN_FORK else _speak_in_process
        clip = Clip.from_bytes(speak(request.text, voice.name, pace, request.flags))
        heard = ((request.origin(word.start), word.frame) for word in clip.words)
        return replace(clip, words=marked(words.text, heard, clip.frames))


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(voice.name for voice in Espeak().voices())


@dataclass(frozen=True, slots=True)
class _Request:
    """What eSpeak is given; ``replaced`` tells, in order, what stands for what of the words.

    It holds (start in the text, its end, start in the words, its end).
    """

    text: str
    flags: int = _CHARS_UTF8
    replaced: tuple[tuple[int, int, int, int], ...] = ()

    def origin(self, position: int) -> int:
        """Return the index in the words of what stands at ``position``."""
        shift = 0
        for start, end, first, after in self.replaced:
            if position < start:
                break
            if position < end:
                return first
            shift = after - end
        return position + shift


def _request(words: Words) -> _Request:
    """Return what to give to eSpeak: phonemes go between « [[ » and « ]] ».

    A text's own brackets mean nothing where no span has phonemes, and else are taken out.
    """
    text = _CONTROLS.sub(" ", words.text)
    said = [
        (span, f"[[{phonemes}]]")
        for span in words.spans
        if span.manner is Manner.PHONEMES and (phonemes := mnemonics(span.ipa))
    ]
    if not said:
        return _Request(text)
    parts: list[str] = []
    replaced: list[tuple[int, int, int, int]] = []
    done = length = 0
    for span, phonemes in sorted(said, key=lambda pair: pair[0].start):
        if span.start < done:
            continue  # overlaps the one before
        parts += [_inert(text[done : span.start]), phonemes]
        start = length + span.start - done
        length = start + len(phonemes)
        replaced.append((start, length, span.start, span.end))
        done = span.end
    parts.append(_inert(text[done:]))
    return _Request("".join(parts), _CHARS_UTF8 | _PHONEMES, tuple(replaced))


def _inert(text: str) -> str:
    return text.replace("[", " ").replace("]", " ")


def _speak_in_fork(text: str, voice: str, pace: int, flags: int) -> bytes:
    library = _library()  # before the fork: the child inherits its untouched state
    what = f"eSpeak NG on « {_shortened(text)} »"
    return in_child(lambda: [library.speak(text, voice, pace, flags).to_bytes()], what)


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
    _clip = _library().speak(sys.stdin.buffer.read().decode(), _voice, _pace, _flags)
    sys.stdout.buffer.write(_clip.to_bytes())
