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
_SENTENCE_START = re.compile(r"(?:^|[.!?…:«“]\s*)[«“\"(—–-]*\s*$")

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
