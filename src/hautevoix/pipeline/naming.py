"""The proper names of a text: how often each stands there, its sounds, and why they are doubted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.engines.transcription import Foreign, heard
from hautevoix.french import Narrator
from hautevoix.pronunciation import Pronouncer, occurrences

if TYPE_CHECKING:
    from hautevoix.pipeline.texts import Understood


@dataclass(frozen=True, slots=True)
class Named:
    """A proper name: how often it stands in a text, its sounds in IPA, and why they are doubted.

    ``doubt`` is empty for a known name; else the rule that settled it (« ending », « french »),
    « spelling » where none did, or « foreign » where it is read as another language.
    """

    name: str
    count: int
    ipa: str
    doubt: str


def named(understood: Understood) -> list[Named]:
    """Return the names of a text's body, the most frequent first.

    A name that the lexicon settles is left out. Raises EngineError where eSpeak can't be used.
    """
    narrator = Narrator(understood.sidecar.lexicon, understood.sidecar.corrections)
    counts: Counter[str] = Counter()
    for chapter in understood.book.chapters:
        texts = [paragraph.text for paragraph in chapter.paragraphs]
        counts += occurrences(said.words for said in narrator.say_all(texts, explain=False))
    pronouncer = Pronouncer(switches=Foreign())
    names = [name for name, _ in counts.most_common()]
    told = [pronouncer.name(name) for name in names]
    sounds = heard([words for words, _ in told])
    return [
        Named(name, counts[name], ipa.replace(" ", ""), doubt)
        for name, (_, doubt), ipa in zip(names, told, sounds, strict=True)
    ]
