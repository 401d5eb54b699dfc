"""A sentence spoken in other ways than the first: for one that was heard wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError
from hautevoix.model import Clip, Words
from hautevoix.recording.speaking import parted, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hautevoix.engines import Engine
    from hautevoix.model import Recording, Voice
    from hautevoix.recording import Cast

MOST = 3
"""How often a sentence is spoken again: each take costs as much as the sentence did."""

_FEW_WORDS = 2  # of a sentence that is said better in company: voices swallow lone words
_SHORTEST_PART = 30  # characters: shorter parts sound torn
_PART = 0.6  # of a sentence's length: it is cut in two
_CALMER = 0.95  # of the pace: no ear notices, and a model draws the sounds anew
_BEFORE_NEIGHBOUR = 0.3  # seconds before the neighbour's first word, in which the break is
_WINDOW = 0.02  # seconds: what is looked at together for the quietest place


class Way(StrEnum):
    """How a sentence is spoken again, in plain words."""

    COMPANY = "with the next sentence, cut off again"
    CUT = "cut in two"
    CALMER = "a little slower"
    FALLBACK = "by the fallback"


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be spoken again: the words, the voice, and what is said next by that voice."""

    words: Words
    voice: Voice
    following: str = ""


def said_in(recording: Recording, cast: Cast, index: int) -> Said:
    """Return what is to be spoken again of a recording, with what the same voice says next."""
    utterances = recording.script.utterances
    voice = cast.voices[index]
    following = index + 1 < len(utterances) and cast.voices[index + 1] == voice
    text = utterances[index + 1].spoken if following else ""
    return Said(utterances[index].words, voice, text)


def takes(
    engine: Engine, said: Said, fallback: tuple[Engine, Voice] | None = None
) -> Iterator[tuple[Way, Clip]]:
    """Yield ``said`` in at most MOST other ways, the fallback's last; each is spoken when asked.

    A way that does not suit it, or that the engine fails at, is left out.
    """
    ways: list[tuple[Way, Callable[[], Clip | None]]] = [
        (Way.COMPANY, lambda: _in_company(engine, said)),
        (Way.CUT, lambda: _cut(engine, said)),
        (Way.CALMER, lambda: _calmer(engine, said)),
    ]
    left = MOST - (fallback is not None)
    for way, spoken in ways:
        clip = _tried(spoken) if left else None
        if clip:
            left -= 1
            yield way, clip
    if fallback:
        other, voice = fallback
        clip = _tried(lambda: speak(other, said.words, voice))
        if clip:
            yield Way.FALLBACK, clip


def _tried(spoken: Callable[[], Clip | None]) -> Clip | None:
    try:
        return spoken()
    except EngineError:  # a take is a chance, not a duty: the first one is there
        return None


def _cut(engine: Engine, said: Said) -> Clip | None:
    most = round(len(said.words.text) * _PART)
    if engine.limit:
        most = min(most, engine.limit)
    if most < _SHORTEST_PART or len(list(parted(said.words, most))) == 1:
        return None
    return speak(engine, said.words, said.voice, most)


def _calmer(engine: Engine, said: Said) -> Clip | None:
    if not engine.paced:
        return None
    return speak(engine, said.words, replace(said.voice, rate=said.voice.rate * _CALMER))


def _in_company(engine: Engine, said: Said) -> Clip | None:
    """Return a word or two as they are said before the next sentence; None for more words.

    The engine must tell where the next one begins.
    """
    text = said.words.text
    if len(text.split()) > _FEW_WORDS or not said.following:
        return None
    both = f"{text} {said.following}"
    if engine.limit and len(both) > engine.limit:
        return None
    clip = speak(engine, Words(both, said.words.spans), said.voice)
    begins = [word.frame for word in clip.words if word.start == len(text) + 1]
    if not begins:
        return None
    own = tuple(word for word in clip.words if word.end <= len(text))
    return Clip(clip.pcm[: 2 * _break(clip, begins[0])], clip.rate, own)


def _break(clip: Clip, begins: int) -> int:
    """Return the frame of the quietest place shortly before the frame at which a word begins."""
    import numpy as np  # noqa: PLC0415 - workers that only read scripts never load it

    samples = np.frombuffer(clip.pcm, "<i2", count=clip.frames).astype(np.float32)
    window = max(1, round(clip.rate * _WINDOW))
    first = max(0, begins - round(clip.rate * _BEFORE_NEIGHBOUR))
    powers = np.convolve(np.square(samples[first : begins + window]), np.ones(window), "valid")
    return first + int(powers.argmin()) + window // 2 if powers.size else begins
