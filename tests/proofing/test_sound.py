"""What the sound alone tells: each fault is found, and good books have none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hautevoix.engines import espeak
from hautevoix.model import Clip, Words
from hautevoix.proofing.faults import Kind, Sounding, sound_faults
from hautevoix.proofing.measures import SILENT, measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

RATE = 22_050
WORDS = (
    "La rivière descendait lentement vers les grands moulins de la vallée où dormaient encore les "
    "chevaux du meunier."
)


def said(words: str) -> Samples:
    """Return words by our own voice, after a moment of silence."""
    engine = espeak.engine()
    spoken = engine.speak(Words(words), engine.voices()[0])
    return np.concatenate([np.zeros(RATE // 5), np.frombuffer(spoken.pcm, "<i2") / 32768])


def clip(samples: Samples) -> Clip:
    """Return samples as a clip."""
    return Clip(np.clip(samples * 32767, -32767, 32767).astype("<i2").tobytes(), RATE)


GOOD = said(WORDS)
HISS = np.random.default_rng(1).normal(0, 0.03, RATE)
FAULTY = {
    Kind.MUTE: GOOD / 100,
    Kind.START_CUT: GOOD[RATE:],
    Kind.END_CUT: GOOD[: 4 * RATE],
    Kind.SILENCE: np.concatenate([GOOD[: 2 * RATE], np.zeros(RATE), GOOD[2 * RATE :]]),
    Kind.NOISE: np.concatenate([GOOD, HISS]),
    Kind.CLIPPED: GOOD * 20,
    Kind.PACE: said("La rivière descendait."),
    Kind.LEVEL: GOOD / 4,
}


def faults(sound: Samples, words: str = WORDS) -> set[Kind]:
    """Return what is wrong with a sound in the midst of a book of good ones."""
    book = [Sounding(WORDS, "voice", measure(clip(GOOD)))] * 24
    book[12] = Sounding(words, "voice", measure(clip(sound)))
    found = sound_faults(book)
    assert not any(found[:12] + found[13:])
    return {fault.kind for fault in found[12]}


@pytest.mark.parametrize("kind", FAULTY)
def test_a_fault_of_sound_is_found(kind: Kind) -> None:
    """Each kind, in a book whose other sentences are good; those others are not called faulty."""
    assert kind in faults(FAULTY[kind])
    assert not faults(GOOD)


def test_a_silence_is_told_with_its_place() -> None:
    """In seconds of the clip, so that a page can play it."""
    told = measure(clip(FAULTY[Kind.SILENCE]))
    assert told.pause == pytest.approx(1.0, abs=0.1)
    assert told.pause_at == pytest.approx(2.0, abs=0.1)


def test_what_is_heard_twice_is_found() -> None:
    """A voice that is stuck says a stretch again; where it is written twice, it is right so."""
    start, length = 2 * RATE, RATE // 2
    stuck = np.concatenate([GOOD[: start + length], GOOD[start:]])
    told = measure(clip(stuck))
    assert told.repeat_at == pytest.approx(2.5, abs=0.2)
    assert Kind.REPETITION in faults(stuck)
    assert Kind.REPETITION not in faults(stuck, f"Dormir, dormir. {WORDS}")


def test_what_a_voice_always_does_is_no_fault() -> None:
    """A voice that begins abruptly in all its sentences has that manner."""
    abrupt = measure(clip(FAULTY[Kind.START_CUT]))
    assert not any(sound_faults([Sounding(WORDS, "voice", abrupt)] * 24))


def test_nothing_is_measured_of_nothing() -> None:
    """Neither an empty clip nor a mute one is an error; words without letters need no sound."""
    assert measure(Clip(b"", RATE)) == SILENT
    assert measure(clip(np.zeros(RATE))) == SILENT
    assert sound_faults([Sounding("…", "voice", SILENT)]) == [()]
    [[fault]] = sound_faults([Sounding(WORDS, "voice", SILENT)])
    assert fault.kind is Kind.MUTE


def test_a_voice_is_judged_by_its_own_sentences() -> None:
    """Two voices of other paces and levels in one book are no fault of either."""
    calm = replace(measure(clip(GOOD)), seconds=8.0, level=-30.0)
    brisk = measure(clip(GOOD))
    book = [Sounding(WORDS, "calm", calm), Sounding(WORDS, "brisk", brisk)] * 12
    assert not any(sound_faults(book))


def test_a_voice_at_another_rate_is_another_voice() -> None:
    """A character who speaks faster ends otherwise than the narrator: that is no cut."""
    calm, brisk = measure(clip(GOOD)), measure(clip(FAULTY[Kind.END_CUT]))
    book = [Sounding(WORDS, "voice", calm)] * 240 + [Sounding(WORDS, "voice", brisk, 1.1)] * 22
    assert not any(sound_faults(book))
    assert any(sound_faults([replace(each, rate=1.0) for each in book]))


def test_the_letter_by_our_own_voice_is_good() -> None:
    """No false alarm: sentences, exclamations, dates and a heading, by eSpeak NG."""
    engine = espeak.engine()
    voice = engine.voices()[0]
    said = (
        "Lettre aux membres du Comité central",
        "Camarades,",
        "J'écris ces lignes dans la soirée du vingt-quatre, la situation est critique.",
        "Qui doit prendre le pouvoir ?",
        "Cela n'a pas d'importance pour l'instant.",
        "On ne peut pas attendre ! On risque de tout perdre !",
        "mille neuf cent dix-sept",
        "Note un",
    )
    book = [Sounding(text, "fr", measure(engine.speak(Words(text), voice))) for text in said]
    assert sound_faults(book) == [()] * len(said)
