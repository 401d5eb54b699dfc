"""What ``script --unsure`` lists: first what an entry would settle, the plain words at the end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.model import Unsure, Utterance

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_ACRONYM = 7  # letters; what is longer is a word
_SHOWN = 12  # plain words that are named


@dataclass(frozen=True, slots=True)
class Open:
    """What the rules left open: how often, and the utterance (as written) where it stands first.

    ``plain``: a word that is printed in capitals, and that is read as the word that it is.
    """

    diagnostic: Unsure
    count: int
    first: str
    plain: bool = False


def listed(utterances: Sequence[Utterance]) -> list[Open]:
    """Return what is open, the most frequent first, and plain words after all else."""
    counts = Counter(diagnostic for utterance in utterances for diagnostic in utterance.unsure)
    first: dict[Unsure, str] = {}
    for utterance in utterances:
        for diagnostic in utterance.unsure:
            first.setdefault(diagnostic, utterance.written)
    small = _in_small_letters(utterances)
    rows = [
        Open(diagnostic, count, first[diagnostic], _is_plain(diagnostic, first[diagnostic], small))
        for diagnostic, count in counts.most_common()
    ]
    return sorted(rows, key=lambda row: row.plain)


def lines(rows: Sequence[Open]) -> Iterator[str]:
    """Yield a line for each, with tabs between: count, kind, token, context; plain words share one.

    Each of those is a line of its own for programs alone: in a novel they are nine out of ten.
    """
    for row in rows:
        if not row.plain:
            context = _around(row.first, row.diagnostic.token)
            yield f"{row.count}\t{row.diagnostic.kind}\t{row.diagnostic.token}\t{context}"
    plain = [row for row in rows if row.plain]
    if plain:
        more = ", …" if len(plain) > _SHOWN else ""
        named = ", ".join(row.diagnostic.token for row in plain[:_SHOWN]) + more
        count = sum(row.count for row in plain)
        yield tr(
            "{count}\tcapitals\t{named}\t(words in capitals, read as words; --json lists all)",
            count=count,
            named=named,
        )


def _in_small_letters(utterances: Sequence[Utterance]) -> frozenset[str]:
    """Return the words that the text prints otherwise than in capitals, in small letters."""
    words = (word for utterance in utterances for word in _WORD.findall(utterance.written))
    return frozenset(word.lower() for word in words if not word.isupper())


def _is_plain(diagnostic: Unsure, sentence: str, small: frozenset[str]) -> bool:
    """Tell whether a token in capitals is a word: no acronym looks so.

    It has an accent, or is long, or the text has it in small letters too, or it stands in a run of
    capitals (« ENTRÉE LIBRE »).
    """
    token = diagnostic.token
    if diagnostic.kind != "capitals":
        return False
    if not token.isascii() or len(token) > _LONGEST_ACRONYM or token.lower() in small:
        return True
    words = _WORD.findall(sentence)
    places = [place for place, word in enumerate(words) if word == token]
    beside = [words[place + step : place + step + 1] for place in places for step in (-1, 1)]
    return any(word.isupper() and len(word) > 1 for near in beside for word in near)


def _around(text: str, token: str, reach: int = 30) -> str:
    """Return the token with what stands around it."""
    start = max(0, text.find(token) - reach)
    end = text.find(token) + len(token) + reach
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
