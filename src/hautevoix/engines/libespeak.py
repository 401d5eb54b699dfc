"""eSpeak NG's library, opened for each clip and closed again: all that it remembers goes with it.

To be used in a process of its own: a crash of the library is that of the process. It also tells
the sounds of words, for engines that are given phonemes; nothing is remembered by that.
"""

from __future__ import annotations

import ctypes
import functools
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.model import Clip, WordMark
from hautevoix.parsing.json_codec import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RATE = 22050
SEED = 1

# From speak_lib.h (eSpeak NG 1.52).
_OUTPUT_SYNCHRONOUS = 2  # the one mode without a thread of its own
_INITIALIZE_DONT_EXIT = 0x8000
_CHARS_UTF8 = 1
_PHONEMES = 0x100  # what stands between « [[ » and « ]] » is phonemes
_PARAMETER_RATE = 1
_PARAMETER_RANGE = 4
_EVENTS_END = 0
_EVENT_WORD = 1
_IPA, _TIED = 0x02, 0x80  # phonemes as IPA; those that are written with two signs have a tie
TIE = "\u0361"
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # from malloc.h
_HELD = 1 << 30  # bytes


@dataclass(frozen=True, slots=True)
class Order:
    """What to say, by which voice, at how many words a minute, in which range of pitch (0–99).

    With ``phonemes``, what stands between « [[ » and « ]] » is eSpeak's names of them.
    """

    text: str
    voice: str
    pace: int
    pitch_range: int
    phonemes: bool = False

    def to_bytes(self) -> bytes:
        """Return it as ``answer`` takes it."""
        return encoded(self)


def answer(request: bytes) -> tuple[bytes, bool]:
    """Return an Order's Clip (both as bytes), and whether the library has gone without a trace.

    Nothing asked is answered by nothing, if the library can be opened, and ends it. Raises
    EngineError and OSError.
    """
    _hold_memory()
    library = _Library()
    clip = library.speak(decoded(Order, request)).to_bytes() if request else b""
    return clip, library.close() and bool(request)


@functools.cache
def _hold_memory() -> None:
    """Have what is freed stay with this process (glibc's way): the next clip takes as much."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_M_MMAP_THRESHOLD, _HELD)
        libc.mallopt(_M_TRIM_THRESHOLD, _HELD)


def transcribed(text: str, voice: str = "fr", between: str = "") -> str:
    """Return how eSpeak's ``voice`` sounds ``text``, as IPA with stress marks.

    Words are parted by spaces, the sounds of a word by the sign ``between``; without one, two
    signs of one sound are tied by TIE. What is read as another language stands between flags
    such as « (en) » and « (fr) ». Punctuation is not told. The library stays open in this process.
    Raises EngineError and OSError where it can't be used.
    """
    library = _transcriber()
    library.use(voice)
    return library.transcribed(text, between)


@functools.cache
def _transcriber() -> _Library:
    """Return the library, once: it has one voice at a time, for all who have opened it."""
    return _Library()


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


class _Library:
    """The library, opened and started."""

    def __init__(self) -> None:
        import espeakng_loader  # noqa: PLC0415 - only when this engine is used

        self._path = espeakng_loader.get_library_path()
        self._library = ctypes.CDLL(self._path)
        data = os.fsencode(espeakng_loader.get_data_path())
        rate = self._library.espeak_Initialize(_OUTPUT_SYNCHRONOUS, 0, data, _INITIALIZE_DONT_EXIT)
        if rate != RATE:
            raise EngineError(tr("eSpeak NG could not be started: it answered {rate}.", rate=rate))
        # Or the clock is the seed of the noise in a breath.
        self._library.espeak_ng_SetRandSeed(SEED)
        self._voice = ""

    def speak(self, order: Order) -> Clip:
        """Return what it says, once; the words' marks tell indices in the order's text."""
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
        self.set_voice(order.voice)
        library.espeak_SetParameter(_PARAMETER_RATE, order.pace, 0)
        library.espeak_SetParameter(_PARAMETER_RANGE, order.pitch_range, 0)
        data = order.text.encode()
        flags = _CHARS_UTF8 | (_PHONEMES if order.phonemes else 0)
        library.espeak_Synth(data, len(data) + 1, 0, 0, 0, flags, None, None)
        return Clip(b"".join(chunks), RATE, tuple(words))

    def set_voice(self, name: str) -> None:
        """Have it speak as ``name``. Raises EngineError if there is no such voice."""
        if self._library.espeak_SetVoiceByName(name.encode()) != 0:
            raise EngineError(tr("eSpeak NG has no voice called « {name} ».", name=name))

    def use(self, name: str) -> None:
        """Have it speak as ``name`` from now on, if it does not yet. Raises as ``set_voice``."""
        if name != self._voice:
            self._voice = ""
            self.set_voice(name)
            self._voice = name

    def transcribed(self, text: str, between: str = "") -> str:
        """Return the sounds of ``text`` by the voice that is set; see the function."""
        sounds = self._library.espeak_TextToPhonemes
        sounds.restype = ctypes.c_char_p
        buffer = ctypes.create_string_buffer(text.encode())
        rest = ctypes.c_void_p(ctypes.addressof(buffer))
        shape = _IPA | (ord(between) << 8 if between else _TIED | ord(TIE) << 8)
        clauses: list[str] = []
        while rest.value:  # the library moves it on, clause by clause, and empties it at the end
            told = sounds(ctypes.byref(rest), _CHARS_UTF8, shape)
            clauses.append((told or b"").decode())
        return " ".join(clauses).strip()

    def close(self) -> bool:
        """Close it, and tell whether it has left the process, which not every system lets it."""
        if not hasattr(os, "RTLD_NOLOAD"):
            return False
        self._library.espeak_Terminate()
        ctypes.CDLL(None).dlclose(ctypes.c_void_p(self._library._handle))  # noqa: SLF001 - ctypes never closes
        try:
            ctypes.CDLL(self._path, mode=os.RTLD_NOLOAD)
        except OSError:
            return True
        return False


def _words(events: Sequence[_Event]) -> Iterator[WordMark]:
    """Yield the words that begin, as eSpeak takes them: « d'haleine » begins with « d »."""
    for event in events:  # a bare pointer: the loop must end where the list does
        if event.type == _EVENTS_END:
            return
        start = event.text_position - 1
        if event.type == _EVENT_WORD and min(start, event.length, event.sample) >= 0:
            yield WordMark(start, start + event.length, event.sample)


if __name__ == "__main__":  # where a system can't fork: a Python for each clip
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read())[0])
