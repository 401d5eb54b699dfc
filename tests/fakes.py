"""Small real fakes: an engine that hums, books and scripts made of a line."""

from __future__ import annotations

import hashlib

import numpy as np

from hautevoix.engines import Engine
from hautevoix.model import (
    BookInfo,
    Clip,
    Recording,
    Role,
    Script,
    Utterance,
    Voice,
    Words,
)
from hautevoix.storage.store import Store, key_of

RATE = 22050
HUM = Voice("hum", "a hum")


def hum(
    milliseconds: float, *, silence: float = 0.0, pitch: float = 220.0, smooth: bool = False
) -> Clip:
    """Return a hum with ``silence`` milliseconds before and after it; ``smooth``: it swells."""
    quiet = np.zeros(round(RATE * silence / 1000))
    times = np.arange(round(RATE * milliseconds / 1000)) / RATE
    tone = 0.3 * np.sin(2 * np.pi * pitch * times)
    if smooth:
        tone *= np.minimum(1, np.minimum(times, times[::-1]) / 0.01)
    sound = np.concatenate([quiet, tone, quiet])
    return Clip((sound * 32767).astype("<i2").tobytes(), RATE)


class Hummer(Engine):
    """An engine whose clips last 40 ms a character, at a pitch of the words' own."""

    name = "hum"
    version = "1"

    def voices(self) -> tuple[Voice, ...]:
        """Return its one voice."""
        return (HUM,)

    def speak(self, words: Words, voice: Voice) -> Clip:  # noqa: ARG002 - it has one voice
        """Hum."""
        pitch = 150 + hashlib.sha256(words.text.encode()).digest()[0]
        return hum(40.0 * len(words.text), silence=30, pitch=pitch, smooth=True)


def script(chapters: list[list[tuple[str, int]]], title: str = "Un livre") -> Script:
    """Return a script: each chapter a list of (text, pause after it), a paragraph each."""
    utterances = [
        Utterance(number, place, Role.BODY, text, Words(text), pause)
        for number, lines in enumerate(chapters)
        for place, (text, pause) in enumerate(lines)
    ]
    titles = tuple(f"Chapitre {number + 1}" for number in range(len(chapters)))
    info = BookInfo(title=title, author="Personne")
    return Script(info, titles, tuple(utterances), tuple(range(len(chapters))))


def recorded(made: Script, store: Store, clip: Clip | None = None) -> Recording:
    """Return the script hummed into ``store`` (or every utterance the same ``clip``)."""
    keys = []
    for utterance in made.utterances:
        sound = clip or Hummer().speak(utterance.words, HUM)
        keys.append(key_of("fake", sound.pcm))
        store.put(keys[-1], sound.to_bytes())
    return Recording(made, tuple(keys))
