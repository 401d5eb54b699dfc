"""How long a voice takes to say a character, pooled over all books that it has read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hautevoix.parsing.json_codec import decoded, encoded
from hautevoix.storage.store import key_of

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import Script, Timeline
    from hautevoix.pipeline.casting import Casting
    from hautevoix.storage.store import Store

_USUAL = 0.058  # seconds a character at a rate of 1: eSpeak on the letter, and about narrators'
_PRIOR = 1500  # characters that the usual pace weighs: ten short sentences hardly move it
_MOST_BOOKS = 50  # of a voice, the last built


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of a voice's pace.

    ``usual`` is in seconds a character, before anything is heard; ``books`` hold of each book, by
    the key of its text, the seconds and the characters that were heard.
    """

    usual: float
    books: dict[str, tuple[float, int]] = field(default_factory=dict)

    def of(self, text: Path, characters: int) -> float:
        """Return the seconds a character for a text of so many characters.

        Its own, where it was built at about that length; else that of all books together, each by
        its length, and the usual one as one book more.

        >>> from pathlib import Path
        >>> one = Pace(0.06, {"a": (15.0, 150)})
        >>> round(one.of(Path("b.txt"), 10_000), 4)
        0.0636
        """
        seconds, said = self.books.get(book_key(text), (0.0, 0))
        if said and abs(said - characters) <= characters / 10:
            return seconds / said
        seconds = sum(seconds for seconds, _ in self.books.values())
        said = sum(said for _, said in self.books.values())
        return (self.usual * _PRIOR + seconds) / (_PRIOR + said)


def book_key(text: Path) -> str:
    """Return the key by which a text is known."""
    return key_of(os.fsencode(text.absolute()))


def remember(store: Store, chosen: Casting, text: Path, script: Script, timeline: Timeline) -> None:
    """Keep how many seconds this voice took for how many characters of ``text``."""
    spoken = [
        (mark.end - mark.start, len(utterance.spoken))
        for utterance, mark in zip(script.utterances, timeline.utterances, strict=True)
        if mark
    ]
    seconds = sum(length for length, _ in spoken) / timeline.rate
    books = dict(recalled(store, chosen).books)
    books.pop(book_key(text), None)  # the newest is the last
    books[book_key(text)] = round(seconds, 3), sum(size for _, size in spoken)
    kept = list(books.items())[-_MOST_BOOKS:]
    store.put(_key(chosen), encoded(dict(kept)))


def recalled(store: Store, chosen: Casting) -> Pace:
    """Return what is known of the pace of the narrator's voice, at its rate."""
    stored = store.get(_key(chosen))
    books = decoded(dict[str, tuple[float, int]], stored) if stored else {}
    rate = chosen.narrator.rate if chosen.engine.paced else 1.0
    return Pace(_USUAL / rate, books)


def _key(chosen: Casting) -> str:
    return key_of("paces", chosen.engine.name, chosen.engine.version, chosen.narrator)
