"""What proofing a book tells: the suspect sentences, worst first, why, and what was heard."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hautevoix.localization import tr
from hautevoix.proofing.faults import Fault, Sounding, sound_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.proofing.book import Sentence
    from hautevoix.proofing.hearing import Hearing
    from hautevoix.proofing.measures import Measures

_OF_SOUND = (
    2.0  # what a fault of sound weighs beside words that are heard wrong, which weigh from 1
)


@dataclass(frozen=True, slots=True)
class Proofed:
    """A sentence proofed: its place in seconds of the MP3, what its sound told, what was heard.

    ``hearing`` is None where no listener was asked, or its clip is no longer there.
    """

    index: int
    sentence: Sentence
    start: float
    end: float
    faults: tuple[Fault, ...]
    hearing: Hearing | None

    @property
    def score(self) -> float:
        """How suspect it is: 1 or more where it is."""
        return max(
            _OF_SOUND if self.faults else 0.0, self.hearing.difference.score if self.hearing else 0
        )

    @property
    def suspect(self) -> bool:
        """Whether somebody should listen to it."""
        return self.score >= 1

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in plain words."""
        heard = (tr("other words are heard"),) if self.hearing and self.hearing.suspect else ()
        return (*(fault.message for fault in self.faults), *heard)


@dataclass(frozen=True, slots=True)
class Report:
    """A book proofed. ``audio`` is its MP3's name, ``listener`` the model's, with its digest."""

    title: str
    audio: str
    listener: tuple[str, str]
    sentences: tuple[Proofed, ...]

    @property
    def suspect(self) -> list[Proofed]:
        """The sentences that somebody should listen to, the worst first."""
        found = [one for one in self.sentences if one.suspect]
        return sorted(found, key=lambda one: (-one.score, one.index))

    @property
    def unheard(self) -> int:
        """How many sentences could not be heard, as their clips are no longer in the store."""
        return sum(one.hearing is None for one in self.sentences)


def faults_of(
    sentences: Sequence[Sentence], measures: Sequence[Measures | None]
) -> list[tuple[Fault, ...]]:
    """Return what is wrong with each sentence's sound; nothing of those without measures."""
    there = [index for index, told in enumerate(measures) if told]
    soundings = [
        Sounding(sentence.spoken, sentence.voice, told, sentence.rate)
        for sentence, told in zip(sentences, measures, strict=True)
        if told
    ]
    found: list[tuple[Fault, ...]] = [()] * len(sentences)
    for index, faults in zip(there, sound_faults(soundings), strict=True):
        found[index] = faults
    return found


def told(report: Report) -> dict[str, Any]:
    """Return a report as proof.json has it (docs/proof.md)."""
    name, digest = report.listener
    suspect = report.suspect
    return {
        "title": report.title,
        "audio": report.audio,
        "listener": {"model": name, "sha256": digest},
        "sentences": len(report.sentences),
        "right": len(report.sentences) - len(suspect) - report.unheard,
        "unheard": report.unheard,
        "suspect": [_row(one) for one in suspect],
    }


def to_json(report: Report) -> str:
    """Return the same as text."""
    return json.dumps(told(report), ensure_ascii=False, indent=1)


def _row(one: Proofed) -> dict[str, Any]:
    difference = one.hearing.difference if one.hearing else None
    return {
        "index": one.index,
        "chapter": one.sentence.chapter,
        "role": one.sentence.role,
        "voice": one.sentence.voice,
        "start": round(one.start, 3),
        "end": round(one.end, 3),
        "score": round(one.score, 2),
        "reasons": list(one.reasons),
        "faults": [
            {"kind": str(fault.kind), "message": fault.message, "at": round(fault.at, 2)}
            for fault in one.faults
        ],
        "written": one.sentence.written,
        "spoken": one.sentence.spoken,
        "heard": one.hearing.heard if one.hearing else None,
        "words_said": difference.said if difference else [],
        "words_heard": difference.heard if difference else [],
    }
