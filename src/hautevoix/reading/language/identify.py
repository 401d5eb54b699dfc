"""Which language is a text in? The commonest words of each tell: a text is its own witness.

What a file says of its language is a hint, no more: programs write « en » into French books. Only
the words of a text can say that it is surely not French.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.localization import noop
from hautevoix.reading.language.function_words import FRENCH, FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMES = {
    "en": noop("English"),
    "de": noop("German"),
    "es": noop("Spanish"),
    "it": noop("Italian"),
    "pt": noop("Portuguese"),
    "nl": noop("Dutch"),
    "la": noop("Latin"),
    "ca": noop("Catalan"),
    "ro": noop("Romanian"),
    "sv": noop("Swedish"),
    "da": noop("Danish or Norwegian"),
    "pl": noop("Polish"),
    "eo": noop("Esperanto"),
}
"""The languages that can be told, by their codes (ISO 639-1); each is known to readers by name."""

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000  # characters that tell a language; of a longer text, some runs
_RUN = 10  # paragraphs
# Shares of all words. Measured on French of eight centuries, in prose, verse, plays, laws and
# recipes: 0.13 and more are French and not the other language's; Creole and Occitan have less, and
# of no language here enough. In texts of other languages 0.09 and more are that one's, and hardly
# any is French. A book that is French by a quarter, with long quotations or a translation beside
# it, is French by these bounds.
_FRENCH_AT_LEAST = 0.06
_FRENCH_AT_MOST = 0.04  # of what is surely another language
_FOREIGN_AT_LEAST = 0.09
_FEWEST = 5  # words of a language that tell it; three where the file says so as well
_FEWEST_HINTED = 3


def language_of(texts: Iterable[str], hint: str = "fr") -> str | None:
    """Return the code of the language of ``texts``; None where they are too short to tell.

    None also where it is neither French nor one of ``NAMES``. ``hint`` is the code that the file
    itself gives: it lets fewer words do, and never outweighs them.

    >>> language_of(["Le chat dort sur le tapis, et il ne veut pas que nous passions."], "en")
    'fr'
    >>> language_of(["The cat sleeps on the mat, and it does not want us to pass by."])
    'en'
    >>> language_of(["Candide"], "en") is None
    True
    """
    words = [word for text in _sampled(list(texts)) for word in _WORD.findall(text.lower())]
    best, own, french = max(
        (_counts(words, code) for code in FUNCTION_WORDS), key=lambda found: found[1] - found[2]
    )
    if french >= max(1, _FRENCH_AT_LEAST * len(words)):
        return "fr"
    fewest = _FEWEST_HINTED if hint == best else _FEWEST
    surely = own >= max(fewest, _FOREIGN_AT_LEAST * len(words)) and french <= max(
        1, _FRENCH_AT_MOST * len(words)
    )
    return best if surely and best in NAMES else None


def _counts(words: Sequence[str], code: str) -> tuple[str, int, int]:
    """Return the language, and how many words are its own and not French, and the reverse."""
    common = FUNCTION_WORDS[code]
    own = sum(word in common and word not in FRENCH for word in words)
    return code, own, sum(word in FRENCH and word not in common for word in words)


def _sampled(texts: list[str]) -> list[str]:
    """Return texts from all over a book, some ``_SAMPLE`` characters in all.

    In runs, so that of a translation beside its original, paragraph by paragraph, both are seen.
    """
    step = 1 + sum(map(len, texts)) // _SAMPLE
    return [text for place, text in enumerate(texts) if place // _RUN % step == 0]
