"""A narrator who also tells how words are spelled for engines that read by eSpeak NG."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from hautevoix.engines.transcription import Foreign, sounds
from hautevoix.errors import EngineError
from hautevoix.model import SpeechSpan, Unsure
from hautevoix.model.options import Liaisons
from hautevoix.pronunciation import Pronouncer
from hautevoix.pronunciation.foreign import VOICES, as_french

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.french import Narrator
    from hautevoix.model import Spoken

_PHRASE = re.compile(r"[^\s.,;:!?…«»“”\"()—–](?:[^.,;:!?…«»“”\"()—–]*[^\s.,;:!?…«»“”\"()—–])?")
_FLAG = re.compile(r"\([^()]*\)")  # « (fr) »: eSpeak changes its language
_AT_ONCE = 400  # sentences whose words are asked for together


@dataclass(frozen=True, slots=True)
class PronouncingNarrator:
    """Says texts as ``narrator`` does; the words come with the spellings of a ``Pronouncer``."""

    narrator: Narrator
    liaisons: Liaisons = Liaisons.USUAL
    _foreign: Foreign = field(default_factory=Foreign, compare=False)

    def say_all(self, texts: Iterable[str], *, explain: bool = True) -> Iterator[Spoken]:
        """Yield what the narrator says, with spellings; see ``Narrator.say_all``.

        Explained, a word that is read as another language all the same is a doubt.
        """
        return self._spelled(self.narrator.say_all(texts, explain=explain), explain=explain)

    def say_directed(
        self, texts: Iterable[tuple[str, Sequence[SpeechSpan]]], *, explain: bool = True
    ) -> Iterator[Spoken]:
        """Yield the same for texts with spans that tell how they are said."""
        return self._spelled(self.narrator.say_directed(texts, explain=explain), explain=explain)

    def _spelled(self, several: Iterable[Spoken], *, explain: bool) -> Iterator[Spoken]:
        pronouncer = Pronouncer(self.liaisons, self._foreign)
        rest = iter(several)
        while some := list(islice(rest, _AT_ONCE)):
            self._foreign.learn(pronouncer.open_words(said.words.text for said in some))
            for said in some:
                told = pronouncer.explained(said.words, explain=explain)
                doubts = tuple(Unsure("foreign", word) for word in told.foreign)
                yield replace(said, words=told.words, unsure=(*said.unsure, *doubts))

    def say(self, text: str) -> Spoken:
        """Return what the narrator says of one text, with spellings, unexplained."""
        return next(self.say_all((text,), explain=False))


def sounded(text: str, language: str) -> Iterator[SpeechSpan]:
    """Yield the stretches of a text in another language, with their sounds as the French say them.

    A word each, where eSpeak NG tells them apart, else a phrase. One whose language is read by
    French rules anyway, as Latin is, or that nobody here can sound, has none: it stays as it is.
    """
    voice = VOICES.get(language.lower().split("-")[0])
    phrases = list(_PHRASE.finditer(text))
    try:
        told = sounds([phrase[0] for phrase in phrases], voice) if voice else [""] * len(phrases)
    except (EngineError, OSError):
        told = [""] * len(phrases)
    for phrase, ipa in zip(phrases, told, strict=True):
        words = list(re.finditer(r"\S+", phrase[0]))
        parts = [as_french(part) for part in _FLAG.sub("", ipa).split()]
        if len(parts) != len(words):
            yield SpeechSpan(*phrase.span(), ipa=" ".join(filter(None, parts)))
            continue
        for word, part in zip(words, parts, strict=True):
            at = phrase.start()
            yield SpeechSpan(at + word.start(), at + word.end(), ipa=part)
