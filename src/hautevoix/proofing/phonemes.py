"""The sounds of a French text, by eSpeak NG's library: where homophones are one."""

from __future__ import annotations

import functools
import re

from hautevoix.engines.isolation import CAN_FORK, ForkedWorker
from hautevoix.engines.libespeak import transcribed

_BETWEEN = "_"
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
    told = _transcribed(text)
    sounds = _SIGNS.sub("", told).replace(" ", _BETWEEN).split(_BETWEEN)
    return [_NASALS.get(sound, sound.translate(_MERGED)) for sound in sounds if sound]


@functools.lru_cache(maxsize=4096)
def length(word: str) -> int:
    """Return how many phonemes a word has by itself. Raises EngineError."""
    return len(phonemes(word))


def _transcribed(text: str) -> str:
    """Return what the library tells, from a child that has it.

    A voice of ours opens it anew for each clip, so it must not stay in a process that speaks.
    """
    if not CAN_FORK:  # there each clip has a Python of its own
        return transcribed(text, between=_BETWEEN)
    return _worker().ask(text.encode(), "eSpeak NG").decode()


@functools.cache
def _worker() -> ForkedWorker:
    return ForkedWorker(_answer)


def _answer(text: bytes) -> tuple[bytes, bool]:
    """Return what the library tells of a text; the child may be asked again."""
    return transcribed(text.decode(), between=_BETWEEN).encode(), True
