"""What was said beside what was heard: both folded to what an ear can tell apart, then compared.

A listener writes « 25 » where « vingt-cinq » was said, and hears no capitals, commas or hyphens.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jiwer
from text_to_num import alpha2digit

from hautevoix.french import Narrator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_APOSTROPHES = re.compile("[’ʼ]")
_UNHEARD = re.compile(r"[^\w'-]|_|(?<!\w)['-]|['-](?!\w)")  # but for elisions and compounds
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
    """Return a text as it sounds, however it is written.

    Numbers and abbreviations are written out, the same way whoever wrote them; case, punctuation
    and ligatures are gone. Elisions and hyphens stay, for whoever says it.

    >>> spoken("M. Roux, le 25 : « L’œuvre »")
    "monsieur roux le vingt-cinq l'oeuvre"
    """
    figures = alpha2digit(text, "fr")
    said = _narrator().say(figures, explain=False).words.text
    folded = unicodedata.normalize("NFKC", said).lower().translate(_LIGATURES)
    return " ".join(_UNHEARD.sub(" ", _APOSTROPHES.sub("'", folded)).split())


def words(text: str) -> list[str]:
    """Return the words of what ``spoken`` gave; homophones stay apart: they are two words.

    >>> words("vingt-cinq l'oeuvre")
    ['vingt', 'cinq', 'l', 'oeuvre']
    """
    return _WORD.findall(text)


@functools.cache
def _narrator() -> Narrator:
    return Narrator()


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
