"""A narrator who also tells how words are spelled for engines that read by eSpeak NG."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from hautevoix.engines.transcription import Foreign
from hautevoix.model import Unsure
from hautevoix.model.options import Liaisons
from hautevoix.pronunciation import Pronouncer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hautevoix.french import Narrator
    from hautevoix.model import Spoken

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
        pronouncer = Pronouncer(self.liaisons, self._foreign)
        rest = iter(self.narrator.say_all(texts, explain=explain))
        while several := list(islice(rest, _AT_ONCE)):
            self._foreign.learn(pronouncer.open_words(said.words.text for said in several))
            for said in several:
                told = pronouncer.explained(said.words, explain=explain)
                doubts = tuple(Unsure("foreign", word) for word in told.foreign)
                yield replace(said, words=told.words, unsure=(*said.unsure, *doubts))

    def say(self, text: str) -> Spoken:
        """Return what the narrator says of one text, with spellings, unexplained."""
        return next(self.say_all((text,), explain=False))
