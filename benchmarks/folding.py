"""What was said beside what was heard: both folded to what an ear can tell apart, then compared.

A listener writes « 25 » where « vingt-cinq » was said, and hears no capitals, commas or hyphens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jiwer
from text_to_num import alpha2digit

from hautevoix.proofing import comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Errors:
    """How many items (words or phonemes) were heard wrong, ``of`` how many that were said.

    Wrong is what was changed, missed or added, by the shortest way from the one to the other; so
    it may exceed ``of``.
    """

    wrong: int
    of: int

    @property
    def rate(self) -> float:
        """The error rate, 0 where nothing was to be heard and nothing was."""
        return self.wrong / self.of if self.of else float(self.wrong > 0)


def spoken(text: str) -> str:
    """Return a text as it sounds, however it is written: numbers of words too are one.

    >>> spoken("M. Roux, le 25 : « L’œuvre »")
    "monsieur roux le vingt-cinq l'oeuvre"
    """
    return comparison.spoken(alpha2digit(text, "fr"))


def words(text: str) -> list[str]:
    """Return the words of what ``spoken`` gave; homophones stay apart: they are two words.

    >>> words("vingt-cinq l'oeuvre")
    ['vingt', 'cinq', 'l', 'oeuvre']
    """
    return _WORD.findall(text)


def errors(said: Sequence[str], heard: Sequence[str]) -> Errors:
    """Return how much of what was ``said`` was heard wrong.

    >>> errors(["le", "chat", "dort"], ["le", "rat", "dort", "bien"])
    Errors(wrong=2, of=3)
    """
    if not said or not heard:
        return Errors(max(len(said), len(heard)), len(said))
    found = jiwer.process_words(" ".join(said), " ".join(heard))
    return Errors(found.substitutions + found.deletions + found.insertions, len(said))


def together(counted: Iterable[Errors]) -> Errors:
    """Return the sum: an error rate of many utterances weighs each by its length.

    >>> together([Errors(1, 4), Errors(0, 6)]).rate
    0.1
    """
    counted = tuple(counted)
    return Errors(sum(one.wrong for one in counted), sum(one.of for one in counted))
