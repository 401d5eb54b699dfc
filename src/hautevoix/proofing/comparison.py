"""What was to be said beside what was heard, by sound: homophones are one, numbers are words."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hautevoix.french import Narrator
from hautevoix.proofing.phonemes import length, phonemes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

VERSION = "comparison-1"
"""Changes whenever the same words heard may be judged otherwise."""

_WORD = re.compile(r"[^\W_]+(?:['’ʼ](?=\s|$))?")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_UNHEARD = re.compile(r"[^\w'-]|_|(?<!\w)['-]|['-](?!\w)")  # but for elisions and compounds
_APOSTROPHES = re.compile("[’ʼ]")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:«“]\s{0,9})[«“\"(—–-]{0,9}\s{0,9}$")

_NAME = 0.4  # how much a sound of a name weighs: no listener can know how it is spelled
_NEAR = 0.5  # how much it costs to take one sound for another of its group
_GROUPS = tuple(
    frozenset(group.split())
    for group in (
        "e ɛ ə", "o ɔ", "ø œ ə", "u y", "p b", "t d", "k ɡ", "f v", "s z", "ʃ ʒ", "i j", "n ɲ ŋ",
        "ɛ̃ ɑ̃ ɔ̃",
    )
)  # fmt: skip


def spoken(text: str) -> str:
    """Return a text as it sounds, however it is written.

    Numbers and abbreviations are written out, case, punctuation and ligatures are gone. Elisions
    and hyphens stay, for whoever says it.

    >>> spoken("M. Roux, le 25 : « L’œuvre »")
    "monsieur roux le vingt-cinq l'oeuvre"
    """
    return folded(_narrator().say(text, explain=False).words.text)


def folded(said: str) -> str:
    """Return words that are to be said, without what no ear hears: case, punctuation, ligatures.

    >>> folded("Qu’il vînt, le cœur léger !")
    "qu'il vînt le coeur léger"
    """
    plain = unicodedata.normalize("NFKC", said).lower().translate(_LIGATURES)
    return " ".join(_UNHEARD.sub(" ", _APOSTROPHES.sub("'", plain)).split())


@functools.cache
def _narrator() -> Narrator:
    return Narrator()


@dataclass(frozen=True, slots=True)
class Side:
    """What was said, or what was heard: its words, its sounds, and of which word each sound is.

    ``weights`` tell how much each sound counts.
    """

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    owners: tuple[int, ...]
    weights: tuple[float, ...]


def side(text: str, names: frozenset[str] = frozenset()) -> Side:
    """Return a text that ``folded`` or ``spoken`` gave; ``names`` are words that weigh less."""
    words = tuple(text.split())
    sounds = tuple(phonemes(text)) if words else ()
    owners = _owners([length(word) for word in words], len(sounds))
    weights = tuple(_NAME if words[owner] in names else 1.0 for owner in owners)
    return Side(words, sounds, owners, weights)


def _owners(lengths: Sequence[int], count: int) -> tuple[int, ...]:
    """Return of which word each of ``count`` sounds is; ``lengths`` are the words' own.

    Spoken together words have a sound more or less (liaisons), so this may be one off.

    >>> _owners([2, 3], 6)
    (0, 0, 1, 1, 1, 1)
    """
    if not count or not sum(lengths):
        return (0,) * count
    ends = np.cumsum(lengths) * (count / sum(lengths))
    places = np.searchsorted(ends, np.arange(count) + 0.5)
    return tuple(int(place) for place in np.minimum(places, len(lengths) - 1))


def names_in(said: str) -> frozenset[str]:
    """Return the names among words that are to be said, folded: capitals inside a sentence.

    >>> sorted(names_in("Demain, Jean Valjean ira à Paris."))
    ['jean', 'paris', 'valjean']
    """
    return frozenset(
        folded(word[0])
        for word in re.finditer(r"[^\W\d_][\w-]+", said)
        if word[0][0].isupper() and not _SENTENCE_START.search(said[: word.start()])
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the said to the heard: a sound of each, None where it is missing or added."""

    said: int | None
    heard: int | None
    cost: float


def aligned(said: Side, heard: Side) -> list[Step]:
    """Return the cheapest way from the sounds said to those heard."""
    costs = _substitutions(said.sounds, heard.sounds) * np.asarray(said.weights)[:, None]
    table = _table(costs, np.asarray(said.weights))
    steps = []
    row, column = len(said.sounds), len(heard.sounds)
    while row or column:
        here = table[row, column]
        if (
            row
            and column
            and np.isclose(here, table[row - 1, column - 1] + costs[row - 1, column - 1])
        ):
            row, column = row - 1, column - 1
            steps.append(Step(row, column, float(costs[row, column])))
        elif row and np.isclose(here, table[row - 1, column] + said.weights[row - 1]):
            row -= 1
            steps.append(Step(row, None, said.weights[row]))
        else:
            column -= 1
            steps.append(Step(None, column, 1.0))
    return steps[::-1]


def _table(costs: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each beginning of the one costs to become each beginning of the other."""
    rows, columns = costs.shape
    table = np.zeros((rows + 1, columns + 1))
    table[0] = np.arange(columns + 1)
    for row in range(rows):
        before = table[row]
        table[row + 1, 0] = before[0] + weights[row]
        best = np.minimum(before[1:] + weights[row], before[:-1] + costs[row])
        # An added sound costs 1: the least of all that end further left, each with what it adds.
        ramp = np.arange(columns + 1)
        start = np.concatenate(([table[row + 1, 0]], best)) - ramp
        table[row + 1] = np.minimum.accumulate(start) + ramp
    return table


def _substitutions(said: Sequence[str], heard: Sequence[str]) -> NDArray[np.float64]:
    """Return what it costs to take each sound for each other: 0, _NEAR, or 1."""
    return np.array([[_taken(one, other) for other in heard] for one in said]).reshape(
        len(said), len(heard)
    )


@functools.cache
def _taken(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _NEAR if any(one in group and other in group for group in _GROUPS) else 1.0


# A listener mishears sounds (« défendant » for « défendons »), but seldom a voice's fault: those
# are runs of sounds that are missing, added or all others. Chosen on 35 sentences by SVOX Pico
# and 21 planted faults, with Whisper base; docs/proof.md tells how they do on others.
_RUN = 14  # steps: a word or two
_WORD_STEPS = 8
_MISSING, _ADDED = 3.0, 3.0  # sounds in a run, over those that are added or missing beside them
_GARBLED = 5.0  # what eight steps cost
_OTHER, _OTHER_OF_FEW = 0.45, 0.75  # of all sounds: other words altogether
_FEW = 6  # sounds: of « Note un » a listener may hear anything


@dataclass(frozen=True, slots=True)
class Difference:
    """How what was heard differs from what was said.

    ``score`` is 0 where all is alike, and 1 or more where it is suspect. ``rate`` is the share of
    sounds that differ. ``said`` and ``heard`` are the words of either side, each with whether it
    differs.
    """

    score: float
    rate: float
    said: tuple[tuple[str, bool], ...]
    heard: tuple[tuple[str, bool], ...]


def compare(said: str, heard: str) -> Difference:
    """Return how a text heard differs from the words that were to be said. Raises EngineError."""
    ours, theirs = side(folded(said), names_in(said)), side(spoken(heard))
    if not ours.sounds:
        return Difference(0.0, 0.0, _marked(ours, ()), _marked(theirs, ()))
    steps = aligned(ours, theirs)
    rate = sum(step.cost for step in steps) / max(1.0, sum(ours.weights))
    few = len(ours.sounds) < _FEW
    score = rate / (_OTHER_OF_FEW if few else _OTHER)
    if not few:
        score = max(score, *_runs(steps))
    wrong = [step for step in steps if step.cost > _NEAR]
    return Difference(
        round(score, 3),
        round(rate, 3),
        _marked(ours, [step.said for step in wrong]),
        _marked(theirs, [step.heard for step in wrong]),
    )


def _runs(steps: Sequence[Step]) -> tuple[float, float, float]:
    """Return the worst runs of missing, added and other sounds, each beside what is suspect."""
    missing = np.array(
        [step.cost if step.heard is None else -1.0 * (step.said is None) for step in steps]
    )
    net = np.convolve(missing, np.ones(_RUN))
    cost = np.convolve([step.cost for step in steps], np.ones(_WORD_STEPS))
    return net.max() / _MISSING, -net.min() / _ADDED, cost.max() / _GARBLED


def _marked(one: Side, sounds: Sequence[int | None]) -> tuple[tuple[str, bool], ...]:
    """Return a side's words, each with whether one of ``sounds`` is in it."""
    wrong = {one.owners[sound] for sound in sounds if sound is not None}
    return tuple((word, index in wrong) for index, word in enumerate(one.words))
