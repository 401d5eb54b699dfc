"""What is wrong with a sentence's sound, from its measures and from those around it.

A voice is judged by its own manner: what many of its sentences have is no fault of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hautevoix.proofing.measures import Measures

_LETTER = re.compile(r"[^\W\d_]")
_STOP = re.compile(r"[.!?…:;«»“”()—–][^\w.!?…:;«»“”()—–]*\w")
_TWICE = re.compile(r"(?<!\w)(\w[\w'’ ,-]{2,})[\s,;:.!?-]+\1(?!\w)", re.IGNORECASE)

# Beside each, what 205 sentences by eSpeak NG and SVOX Pico and 84 by Kokoro have at most.
_SOFTEST = 25.0  # decibels under the voice's level: a sentence that is hardly there (10)
_ABRUPT = -30.0  # decibels beside the level: a start or an end in full voice (-66) …
_FAINT = -60.0  # … or an end that is not silence, in a voice whose ends are
_PAUSE, _PAUSE_AT_A_STOP = 0.85, 1.25  # seconds of silence inside (0.74; 0.96) …
_LONGER = 0.45  # … or so much more than a tenth of the voice's sentences have (0.36)
_NOISE = 0.25  # seconds of hiss: « ch » is shorter (0.14)
_CLIPPED = 0.005  # of all samples at full scale (0.001)
_REPEAT = 0.92  # of 1: a stretch that is heard twice (0.88; copied ones 0.96)
_FASTEST, _SLOWEST = 0.6, 1.8  # of the voice's time for a letter (0.75, 1.6)
_FEWEST_LETTERS = 15  # by which a pace is told: « Notes » takes as long as it likes
_LEVEL = 9.0  # decibels from the neighbours (6)
_AROUND = 5  # neighbours at either side
_KNOWN = 20  # sentences by which a voice's manner is known
_MANNER = 0.1  # of a voice's sentences: what so many have is its manner


class Kind(StrEnum):
    """What may be wrong with the sound."""

    MUTE = "mute"
    START_CUT = "start-cut"
    END_CUT = "end-cut"
    SILENCE = "silence"
    NOISE = "noise"
    CLIPPED = "clipped"
    REPETITION = "repetition"
    PACE = "pace"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: its kind, and in plain words, with its place in the clip in seconds."""

    kind: Kind
    message: str
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Sounding:
    """A sentence in sound: its words, who says it, its clip's measures, and at which rate.

    A voice at another rate is another one: eSpeak NG ends its clips otherwise at 1.1.
    """

    spoken: str
    voice: str
    measures: Measures
    rate: float = 1.0

    @property
    def letters(self) -> int:
        """How many letters its words have."""
        return len(_LETTER.findall(self.spoken))


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a voice speaks.

    ``pace`` is in seconds a letter, ``level`` its median; ``pause`` is what nine tenths of its
    sentences have at most, ``end`` likewise, where it has spoken enough to be ``known``.
    """

    pace: float
    level: float
    pause: float
    end: float
    known: bool


def sound_faults(sentences: Sequence[Sounding]) -> list[tuple[Fault, ...]]:
    """Return what is wrong with the sound of each of a book's sentences, in their order."""
    by_voice: dict[tuple[str, float], list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        if sentence.letters:
            by_voice[sentence.voice, sentence.rate].append(index)
    found: list[tuple[Fault, ...]] = [()] * len(sentences)
    for indices in by_voice.values():
        of_voice = [sentences[index] for index in indices]
        for index, faults in zip(indices, _of_voice(of_voice), strict=True):
            found[index] = faults
    return found


def _of_voice(sentences: Sequence[Sounding]) -> list[tuple[Fault, ...]]:
    manner = _manner(sentences)
    found = [_faults(sentence, manner) for sentence in sentences]
    levels = [sentence.measures.level for sentence in sentences]
    for index in range(len(found)):
        if not any(fault.kind is Kind.MUTE for fault in found[index]):
            found[index] += _apart(levels, index)
    usual = _usual(found)
    return [tuple(fault for fault in faults if fault.kind not in usual) for faults in found]


def _manner(sentences: Sequence[Sounding]) -> _Manner:
    paces = [
        sentence.measures.seconds / sentence.letters
        for sentence in sentences
        if sentence.letters >= _FEWEST_LETTERS
    ]
    told = [sentence.measures for sentence in sentences]
    return _Manner(
        median(paces) if paces else 0.0,
        median(one.level for one in told),
        _most([one.pause for one in told]),
        _most([one.end for one in told]),
        len(told) >= _KNOWN,
    )


def _most(values: Sequence[float]) -> float:
    """Return what nine tenths of the values don't exceed."""
    return sorted(values)[round((1 - _MANNER) * (len(values) - 1))]


def _usual(found: Sequence[Sequence[Fault]]) -> set[Kind]:
    """Return what so many sentences have that it is the voice's manner."""
    if len(found) < _KNOWN:
        return set()
    return {
        kind
        for kind in Kind
        if sum(fault.kind is kind for faults in found for fault in faults) > _MANNER * len(found)
    }


def _faults(sentence: Sounding, manner: _Manner) -> list[Fault]:
    told = sentence.measures
    if told.level < manner.level - _SOFTEST or not told.seconds:
        return [Fault(Kind.MUTE, tr("hardly any sound"))]
    return [fault for check in _CHECKS if (fault := check(sentence, manner)) is not None]


def _start(sentence: Sounding, manner: _Manner) -> Fault | None:
    """Judge only voices that are known: eSpeak NG begins abruptly, and is right to."""
    if manner.known and sentence.measures.start > _ABRUPT:
        return Fault(Kind.START_CUT, tr("it begins abruptly, as if its start were cut off"))
    return None


def _end(sentence: Sounding, manner: _Manner) -> Fault | None:
    told = sentence.measures
    dies_away = manner.known and manner.end < _FAINT
    if told.end > (_FAINT if dies_away else _ABRUPT):
        message = tr("it ends abruptly, as if its end were cut off")
        return Fault(Kind.END_CUT, message, told.seconds)
    return None


def _silence(sentence: Sounding, manner: _Manner) -> Fault | None:
    told = sentence.measures
    most = _PAUSE_AT_A_STOP if _STOP.search(sentence.spoken) else _PAUSE
    if manner.known:
        most = min(most, manner.pause + _LONGER)
    if told.pause > most:
        return Fault(
            Kind.SILENCE, tr("a silence of {pause:.1f} s inside", pause=told.pause), told.pause_at
        )
    return None


def _noise(sentence: Sounding, _manner: _Manner) -> Fault | None:
    told = sentence.measures
    if told.noise > _NOISE:
        return Fault(Kind.NOISE, tr("{noise:.1f} s of noise", noise=told.noise), told.noise_at)
    return None


def _clipped(sentence: Sounding, _manner: _Manner) -> Fault | None:
    share = sentence.measures.clipped
    if share > _CLIPPED:
        return Fault(Kind.CLIPPED, tr("distorted: {share:.1%} of it is at full scale", share=share))
    return None


def _repetition(sentence: Sounding, _manner: _Manner) -> Fault | None:
    told = sentence.measures
    if told.repeat > _REPEAT and not _TWICE.search(sentence.spoken):
        return Fault(Kind.REPETITION, tr("something is heard twice"), told.repeat_at)
    return None


def _pace(sentence: Sounding, manner: _Manner) -> Fault | None:
    if sentence.letters < _FEWEST_LETTERS or not manner.pace:
        return None
    told = sentence.measures
    speech = told.seconds - max(0.0, told.pause - _PAUSE)  # a silence is a fault of its own
    ratio = speech / sentence.letters / manner.pace
    if ratio < _FASTEST:
        return Fault(
            Kind.PACE, tr("too short for its words: {ratio:.0%} of the usual time", ratio=ratio)
        )
    if ratio > _SLOWEST:
        return Fault(
            Kind.PACE, tr("too long for its words: {ratio:.1f} times the usual", ratio=ratio)
        )
    return None


_CHECKS: tuple[Callable[[Sounding, _Manner], Fault | None], ...] = (
    _start,
    _end,
    _silence,
    _noise,
    _clipped,
    _repetition,
    _pace,
)


def _apart(levels: Sequence[float], index: int) -> list[Fault]:
    """Return the fault of a level that is far from its neighbours' (the voice's next clips)."""
    around = [*levels[max(0, index - _AROUND) : index], *levels[index + 1 : index + 1 + _AROUND]]
    if not around:
        return []
    apart = levels[index] - median(around)
    if abs(apart) <= _LEVEL:
        return []
    message = (
        tr("{apart:.0f} dB louder than the sentences around it", apart=apart)
        if apart > 0
        else tr("{apart:.0f} dB softer than the sentences around it", apart=-apart)
    )
    return [Fault(Kind.LEVEL, message)]
