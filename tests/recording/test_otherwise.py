"""A sentence spoken in other ways: which, in which order, how often."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from fakes import HUM, RATE, Hummer
from hautevoix.engines import espeak
from hautevoix.errors import EngineError
from hautevoix.model import Words
from hautevoix.recording.otherwise import MOST, Said, Way, takes

if TYPE_CHECKING:
    from hautevoix.model import Clip, Voice

LONG = Said(Words("Le matin de la fête, les enfants descendirent en courant vers la rivière."), HUM)
SHORT = Said(Words("Camarades,"), HUM, "la situation est critique au dernier point.")


class Unwilling(Hummer):
    """An engine that says only what it has said before."""

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Fail."""
        raise EngineError(f"{self.name} can't say « {words.text} » by {voice.name}.")


def ways(said: Said, *, fallback: bool = False) -> list[Way]:
    """Return the ways in which a hummer says something again."""
    spare = (Hummer(), HUM) if fallback else None
    return [way for way, _ in takes(Hummer(), said, spare)]


def test_a_sentence_is_cut_or_calmer() -> None:
    """The fallback is the last; lone words are not cut; never more than three."""
    assert ways(LONG) == [Way.CUT, Way.CALMER]
    assert ways(LONG, fallback=True) == [Way.CUT, Way.CALMER, Way.FALLBACK]
    assert ways(replace(SHORT, following="")) == [Way.CALMER]
    assert len(ways(LONG, fallback=True)) <= MOST


def test_a_lone_word_is_said_in_company() -> None:
    """By an engine that tells where the next sentence begins: that one is cut off again."""
    engine = espeak.engine()
    said = replace(SHORT, voice=engine.voices()[0])
    way, clip = next(takes(engine, said))
    assert way is Way.COMPANY
    both = engine.speak(Words(f"{SHORT.words.text} {SHORT.following}"), said.voice)
    assert 0.3 < clip.frames / RATE < 1.5 < both.frames / RATE
    assert both.pcm.startswith(clip.pcm)
    end = np.frombuffer(clip.pcm, "<i2")[-RATE // 100 :]
    assert np.abs(end.astype(int)).max() < 1000
    assert all(word.end <= len(SHORT.words.text) for word in clip.words)


def test_a_way_that_fails_is_left_out() -> None:
    """A take is a chance, not a duty."""
    assert list(takes(Unwilling(), LONG)) == []
    assert [way for way, _ in takes(Unwilling(), LONG, (Hummer(), HUM))] == [Way.FALLBACK]
