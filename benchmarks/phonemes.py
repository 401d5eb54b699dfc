"""The sounds of a French text, by eSpeak NG's library: where homophones are one."""

from __future__ import annotations

import ctypes
import functools
import os
import re

import espeakng_loader

from hautevoix.engines.isolation import Booth
from hautevoix.errors import EngineError

# From speak_lib.h (eSpeak NG 1.52).
_OUTPUT_SYNCHRONOUS = 2
_INITIALIZE_DONT_EXIT = 0x8000
_CHARS_UTF8 = 1
_IPA = 0x02
_PARTED = ord("_") << 8  # what stands between two phonemes

_SIGNS = re.compile(
    r"[ˈˌː\u200d-]|\([a-z-]+\)"
)  # stress, length, ties, « (en) »: a change of voice
_MERGED = str.maketrans({"ɑ": "a"})
_NASALS = {"œ̃": "ɛ̃"}


def phonemes(text: str) -> list[str]:
    """Return the phonemes of ``text`` in IPA, without stress and without the bounds of words.

    What most speakers say alike is alike here: « brin » and « brun », « patte » and « pâte ».
    Raises EngineError.

    >>> phonemes("ses ont parlé") == phonemes("ces on parler")
    True
    """
    told = _booth().ask(text.encode(), "eSpeak NG").decode()
    sounds = _SIGNS.sub("", told).replace(" ", "_").split("_")
    return [_NASALS.get(sound, sound.translate(_MERGED)) for sound in sounds if sound]


@functools.cache
def _booth() -> Booth:
    """Return a child that has the library: a voice of ours opens it anew for each clip."""
    return Booth(_answer)


def _answer(text: bytes) -> tuple[bytes, bool]:
    """Return what the library tells of a text; the child may be asked again."""
    library = _library()
    pointer = ctypes.c_char_p(text)
    told: list[bytes] = []
    while pointer.value:  # it takes a clause a call, and moves the pointer behind it
        sounds = library.espeak_TextToPhonemes(ctypes.byref(pointer), _CHARS_UTF8, _IPA | _PARTED)
        told.append(sounds or b"")
    return b"_".join(told), True


@functools.cache
def _library() -> ctypes.CDLL:
    """Return the library, started, with its French voice. Raises EngineError."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = os.fsencode(espeakng_loader.get_data_path())
    if library.espeak_Initialize(_OUTPUT_SYNCHRONOUS, 0, data, _INITIALIZE_DONT_EXIT) < 0:
        raise EngineError("the library can't be started")
    if library.espeak_SetVoiceByName(b"fr") != 0:
        raise EngineError("the library has no French voice")
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    return library
