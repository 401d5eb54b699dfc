"""The sounds of words by eSpeak NG's library, asked in a process apart: ours stays without it.

The engine that speaks by that library needs it fresh for each clip, which a process that has opened
it can't give any more.
"""

from __future__ import annotations

import atexit
import functools
import re
from typing import TYPE_CHECKING

from hautevoix.engines.isolation import CAN_FORK, ForkedWorker
from hautevoix.engines.libespeak import TIE, transcribed
from hautevoix.engines.spelled import spelled
from hautevoix.errors import EngineError
from hautevoix.model import Manner
from hautevoix.parsing.json_codec import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Words

_MARKS = re.compile(f"[{TIE}-]")  # ties, and what eSpeak writes where a liaison might be
DEADLINE = 60.0  # seconds for as many words as a book has; some 20 µs each


def sounds(texts: Sequence[str], voice: str = "fr") -> list[str]:
    """Return the sounds of each text as eSpeak's ``voice`` says it, in IPA with stress marks.

    What is read as another language stands between flags such as « (en) » and « (fr) ». Raises
    EngineError and OSError where the library can't be used.
    """
    request = encoded((voice, *texts))
    if CAN_FORK:
        read = _worker().ask(request, "eSpeak NG", deadline=DEADLINE)
    else:
        read = _sounds_of(request)
    return list(decoded(tuple[str, ...], read))


def heard(several: Sequence[Words]) -> list[str]:
    """Return the sounds of words, with the spellings that they have, and phonemes as they are told.

    Sounds of words are parted by one space. Raises as ``sounds``.
    """
    pieces = [list(_pieces(spelled(words))) for words in several]
    read = iter(sounds([text for line in pieces for text, ipa in line if not ipa]))
    return [" ".join(" ".join(ipa or next(read) for _, ipa in line).split()) for line in pieces]


def _pieces(words: Words) -> Iterator[tuple[str, str]]:
    """Yield (text to be read, nothing) or (text, its phonemes), in order."""
    done = 0
    for span in words.spans:
        if span.manner is Manner.PHONEMES and span.start >= done:
            yield words.text[done : span.start], ""
            yield words.text[span.start : span.end], span.ipa
            done = span.end
    yield words.text[done:], ""


class Foreign:
    """Tells whether eSpeak's French reads a spelling as another language; it asks for each once.

    Where the library can't be used, nothing is said to be.
    """

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process without what is known."""
        return Foreign, ()

    def __call__(self, spelling: str) -> bool:
        """Return whether ``spelling`` is read as another language."""
        if spelling not in self._known:
            self.learn((spelling,))
        return self._known[spelling]

    def learn(self, spellings: Iterable[str]) -> None:
        """Ask for those that are not known yet, all at once."""
        asked = [each for each in dict.fromkeys(spellings) if each not in self._known]
        if not asked:
            return
        try:
            self._known.update(zip(asked, ("(" in told for told in sounds(asked)), strict=True))
        except (EngineError, OSError):
            self._known.update(dict.fromkeys(asked, False))


@functools.cache
def _worker() -> ForkedWorker:
    worker = ForkedWorker(_answer)
    atexit.register(worker.close)
    return worker


def _answer(request: bytes) -> tuple[bytes, bool]:
    """Return the sounds of texts (JSON in, JSON out), and that this process may be asked again."""
    return _sounds_of(request), True


def _sounds_of(request: bytes) -> bytes:
    voice, *texts = decoded(tuple[str, ...], request)
    read = (transcribed(text, voice) if text.strip() else "" for text in texts)
    return encoded([_MARKS.sub("", ipa) for ipa in read])
