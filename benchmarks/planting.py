"""Faults planted into speech, of the kinds that natural voices make: what a listener has to find.

Words that are doubled, left out or swapped for another language's are spoken by the voice itself;
cut ends, silence and noise are put into its clips.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hautevoix.model import Clip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

SWAPPED, CUT, DOUBLED, LEFT_OUT = "swapped", "end cut", "word doubled", "word left out"
SILENCE, NOISE, FOREIGN = "silence inside", "noise", "another language"
KINDS = (SWAPPED, CUT, DOUBLED, LEFT_OUT, SILENCE, NOISE, FOREIGN)

_CONTENT = re.compile(r"(?<![\w'’-])[^\W\d_]{5,}(?![\w'’-])")  # words that are missed when missing
_FEWEST_WORDS = 4  # of a sentence into which a change of words is planted
_AUDIBLE = 0.01
_KEPT = 0.8  # of the speech, where its end is cut
_HISS = 10 ** (-30 / 20)  # of full scale: a tail that everyone hears …
_NOISE = 10 ** (-12 / 20)  # … and a burst that covers words
_ENGLISH = (
    "The train had already left when we came to the station.",
    "Nobody knew where the old map had been hidden.",
    "She opened the window and looked down at the garden.",
    "After a long winter the river was finally free of ice, and the boats could leave.",
    "It was the kind of morning on which everything seems possible.",
    "He wrote three letters to his brother and never had an answer.",
    "Most of the houses along the road were empty, although somebody still watered the flowers.",
    "There is nothing more to say about it.",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence to be heard: ``asked`` is what was to be said, ``told`` what the voice says.

    ``index`` is the sentence whose clip is taken where the voice says nothing new (``told``
    empty); ``kind`` is empty for one that is left as it is.
    """

    kind: str
    asked: str
    index: int
    told: str = ""


def planted(sentences: Sequence[str], kinds: Sequence[str], seed: int = 1) -> list[Planted]:
    """Return each sentence as it is, then with each fault that it can have, always the same."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    whole = [Planted("", sentence, index) for index, sentence in enumerate(sentences)]
    faults = [_fault(kind, index, sentences, rng) for kind in kinds for index in range(len(whole))]
    return whole + [fault for fault in faults if fault]


def _fault(kind: str, index: int, sentences: Sequence[str], rng: random.Random) -> Planted | None:
    asked = sentences[index]
    if kind == SWAPPED:
        others = [other for other in range(len(sentences)) if sentences[other] != asked]
        nearest = min(others, key=lambda other: abs(len(sentences[other]) - len(asked)))
        return Planted(kind, asked, nearest)
    if kind == FOREIGN:
        return Planted(
            kind, asked, index, min(_ENGLISH, key=lambda told: abs(len(told) - len(asked)))
        )
    if kind in {DOUBLED, LEFT_OUT}:
        found = list(_CONTENT.finditer(asked))
        if not found or len(asked.split()) < _FEWEST_WORDS:
            return None
        word = rng.choice(found)
        said = f"{word[0]} {word[0]}" if kind == DOUBLED else ""
        told = f"{asked[: word.start()]}{said}{asked[word.end() :]}"
        return Planted(kind, asked, index, " ".join(told.split()))
    return Planted(kind, asked, index)


def spoiled(kind: str, clip: Clip) -> Clip:
    """Return a clip with the fault of sound that ``kind`` names; as it is for faults of words."""
    change = _CHANGES.get(kind)
    if change is None:
        return clip
    samples = np.frombuffer(clip.pcm, "<i2").astype(np.float64) / 32768
    made = np.clip(np.rint(change(samples, clip.rate) * 32767), -32768, 32767)
    return Clip(made.astype("<i2").tobytes(), clip.rate)


def _cut(samples: Samples, _rate: int) -> Samples:
    first, last = _bounds(samples)
    return samples[: first + round((last - first) * _KEPT)]


def _bounds(samples: Samples) -> tuple[int, int]:
    """Return where the speech begins and ends: nothing beside it is as loud as −40 dBFS."""
    loud = np.flatnonzero(np.abs(samples) > _AUDIBLE)
    return (int(loud[0]), int(loud[-1])) if loud.size else (0, samples.size)


def _silence(samples: Samples, rate: int) -> Samples:
    place = _quietest(samples, rate)
    return np.concatenate([samples[:place], np.zeros(rate), samples[place:]])


def _noise(samples: Samples, rate: int) -> Samples:
    """Return the samples with a second of noise: a burst over long ones, else a tail of hiss."""
    noise = np.random.default_rng(samples.size).normal(0, 1, rate)
    if samples.size < 4 * rate or samples.size % 2:
        return np.concatenate([samples[: _bounds(samples)[1]], _HISS * noise])
    noisy = samples.copy()
    start = _quietest(samples, rate)
    noisy[start : start + rate] += _NOISE * noise[: samples.size - start]
    return noisy


def _quietest(samples: Samples, rate: int) -> int:
    """Return the quietest place in the middle third, to 20 ms."""
    window = rate // 50
    first, last = _bounds(samples)
    third = (last - first) // 3
    low, high = first + third, last - third
    starts = range(low, max(low + 1, high), window)
    return min(starts, key=lambda start: float(np.square(samples[start : start + window]).sum()))


_CHANGES: dict[str, Callable[[Samples, int], Samples]] = {
    CUT: _cut,
    SILENCE: _silence,
    NOISE: _noise,
}
