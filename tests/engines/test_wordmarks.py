"""Where words begin in a clip: what engines tell, held against the sound itself."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from hautevoix.engines import catalogue, espeak, piper
from hautevoix.engines.phonemetimes import clauses, tied, with_lengths
from hautevoix.engines.wordmarks import marked, words_of
from hautevoix.model import Clip, Manner, Span, Voice, WordMark, Words

if TYPE_CHECKING:
    from pathlib import Path

NAME = "fr_FR-siwis-medium"
COUNTED = "Un, deux, trois, quatre."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for Piper's voices."""
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices"


def by_espeak(words: Words | str, rate: float = 1.0) -> Clip:
    """Return ``words`` spoken by eSpeak."""
    said = words if isinstance(words, Words) else Words(words)
    return espeak.engine().speak(said, Voice("fr", rate=rate))


def by_piper(words: Words | str) -> Clip:
    """Return ``words`` spoken by Piper's first voice."""
    engine = piper.engine()
    said = words if isinstance(words, Words) else Words(words)
    return engine.speak(said, engine.voices()[0])


def told(clip: Clip, text: str) -> list[str]:
    """Return the words that the clip's marks are of."""
    return [text[word.start : word.end] for word in clip.words]


def onsets(clip: Clip, silence: float) -> list[int]:
    """Return the frames at which sound begins after ``silence`` seconds without, or at first."""
    samples = np.abs(np.frombuffer(clip.pcm, "<i2").astype(np.int32))
    loud = np.flatnonzero(samples > 100)
    gaps = np.diff(loud, prepend=-clip.rate)
    return [int(frame) for frame in loud[gaps > silence * clip.rate]]


@pytest.mark.parametrize("rate", [0.6, 1.0, 1.6])
def test_espeak_tells_where_each_word_begins(rate: float) -> None:
    """After a comma's pause, a word begins where sound does: 20 ms before it at most.

    Consonants that are stops (p, t, k) begin with some 60 ms of silence, so there is none here.
    """
    text = "Anne, Élise, Robert, le Maire, non."
    clip = by_espeak(text, rate)
    assert told(clip, text) == ["Anne", "Élise", "Robert", "le", "Maire", "non"]
    heard = onsets(clip, 0.08)
    first = [word.frame for word in clip.words if text[word.start :][:5] != "Maire"]
    assert len(heard) == len(first)
    for frame, sound in zip(first, heard, strict=True):
        assert -0.002 * clip.rate < sound - frame < 0.02 * clip.rate


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "« Attendez-moi ! » cria-t-elle, hors d'haleine.",
            ["Attendez-moi", "cria-t-elle", "hors", "d'haleine"],
        ),
        ("L’été, qu'est-ce que l'homme ?", ["L’été", "qu'est-ce que", "l'homme"]),
        ("Le C R M (cinq) décide.", ["Le", "C", "R", "M", "cinq", "décide"]),
        ("L'e\u0301te\u0301 est fini.", ["L'e\u0301te\u0301", "est", "fini"]),
        ("Un 🎉 deux \x01\x02\n trois — quatre…", ["Un", "deux", "trois", "quatre"]),
        ("Il part parce que je viens.", ["Il", "part", "parce que", "je", "viens"]),
        ("C'est la fin., puis rien.", ["C'est", "la", "fin", "puis", "rien"]),
    ],
)
def test_espeaks_words_are_those_of_the_text(text: str, words: list[str]) -> None:
    """Apostrophes, hyphens, quotes, signs and control characters displace nothing.

    What eSpeak runs together (« parce que ») is one.
    """
    assert told(by_espeak(text), text) == words


def test_words_with_phonemes_keep_the_places_of_all() -> None:
    """What stands for a word in eSpeak's own notation does not move the words after it."""
    text = "L'ami d'Oukhta-Petchora est là, dit-on à Kérenski."
    spans = (
        Span(8, 23, Manner.PHONEMES, "uktapɛtʃɔʁa"),
        Span(41, 49, Manner.PHONEMES, "keʁɛnski"),
    )
    clip = by_espeak(Words(text, spans))
    assert told(clip, text) == [
        "L'ami",
        "d'Oukhta-Petchora",
        "est",
        "là",
        "dit-on",
        "à",
        "Kérenski",
    ]


def test_without_fork_the_words_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own tells the same marks as a forked child."""
    forked = by_espeak(COUNTED)
    monkeypatch.setattr(espeak, "CAN_FORK", False)
    assert by_espeak(COUNTED) == forked


def test_piper_tells_where_each_word_begins(folder: Path) -> None:
    """From the model's own lengths: a word begins at the very frame at which sound does."""
    models.voice(folder, NAME, timed=True)
    text = "Un, deux et trois. L'autre, (le petit) arrive !"
    clip = by_piper(text)
    assert told(clip, text) == ["Un", "deux", "et", "trois", "L'autre", "le", "petit", "arrive"]
    heard = onsets(clip, 0.06)
    assert len(heard) == 8
    for word, frame in zip(clip.words, heard, strict=True):
        assert abs(word.frame - frame) < 0.002 * clip.rate


def test_pipers_sound_is_the_same_with_its_lengths_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To ask a model for its lengths changes nothing that is heard."""
    models.voice(folder, NAME, timed=True)
    asked = by_piper(COUNTED)
    monkeypatch.setattr(piper, "with_lengths", lambda model: model)
    piper._loaded.cache_clear()
    unasked = by_piper(COUNTED)
    assert unasked.pcm == asked.pcm
    assert asked.words
    assert not unasked.words
    piper._loaded.cache_clear()


def test_a_model_without_lengths_speaks_without_marks(folder: Path) -> None:
    """A model of another kind is read as it was: no word timings, and nothing fails."""
    models.voice(folder, NAME)
    assert by_piper(COUNTED).frames
    assert by_piper(COUNTED).words == ()


def test_lengths_are_told_once_and_by_whole_models_alone() -> None:
    """A model that tells them already, that has none, or that is cut short stays as it is."""
    timed = models.model(timed=True)
    once = with_lengths(timed)
    assert once.startswith(timed)
    assert once != timed
    assert with_lengths(once) == once
    others = [models.model(), b"", b"no model at all", *(timed[:size] for size in (1, 200, 900))]
    assert [with_lengths(other) for other in others] == others


@given(st.binary(max_size=60))
def test_any_bytes_are_a_model_or_left_alone(data: bytes) -> None:
    """What is no model is given back, whatever it is."""
    assert with_lengths(data) == data


def test_clauses_that_differ_tell_their_beginning_alone() -> None:
    """Where words ran together, no word inside is given a time that was not measured."""
    text = "Je viens, parce que tu pars, demain."
    heard = [[0, 10], [20, 30, 40], [50]]
    assert [(text[start:][:5], frame) for start, frame in tied(text, heard)] == [
        ("Je vi", 0),
        ("viens", 10),
        ("parce", 20),
        ("demai", 50),
    ]
    marks = marked(text, tied(text, heard), 60)
    assert [text[mark.start : mark.end] for mark in marks] == [
        "Je",
        "viens",
        "parce que tu pars",
        "demain",
    ]
    assert tied(text, [[0, 10], [20, 30]]) == []


def test_lengths_of_phonemes_add_up() -> None:
    """Stress begins a word, hyphens and accents don't, stops part clauses."""
    signs = [("^", 1), *((sign, 1) for sign in "lˈœ̃, lə- kˈa."), ("$", 1)]
    assert list(clauses(signs, 100)) == [[101], [107, 111]]


@given(
    st.text(alphabet="ab é'-,.«»— \u0301", max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(-3, 60)), max_size=12),
)
def test_marks_hold_whatever_an_engine_says(text: str, heard: list[tuple[int, int]]) -> None:
    """In order, inside the text and the clip, each at a word's beginning."""
    marks = marked(text, heard, 50)
    assert all(0 <= mark.frame <= 50 for mark in marks)
    assert {mark.start for mark in marks} <= {start for start, _ in words_of(text)}
    for before, after in itertools.pairwise(marks):
        assert before.end < after.start
        assert before.frame <= after.frame


@given(
    st.binary(max_size=40),
    st.lists(st.builds(WordMark, *[st.integers(0, 2**32 - 1)] * 3), max_size=5),
)
def test_a_clip_survives_the_store(pcm: bytes, words: list[WordMark]) -> None:
    """What is read back from the store is what was made, marks and all."""
    clip = Clip(pcm, 22050, tuple(words))
    assert Clip.from_bytes(clip.to_bytes()) == clip


def test_a_replaced_voice_is_still_loaded_from_its_own_bytes(folder: Path) -> None:
    """The model on disk is not touched."""
    path = models.voice(folder, NAME, timed=True)
    before = path.read_bytes()
    by_piper(COUNTED)
    assert catalogue.model_file(NAME).read_bytes() == before


def test_words_with_spellings_keep_the_places_of_all() -> None:
    """What is respelled is heard where it is written, and so is what comes after it."""
    text = "Jadis, les hommes et Berthe buvaient ; l'apothicaire aussi."
    spans = (
        Span(0, 5, Manner.RESPELLED, spelling="jadisse"),
        Span(11, 17, Manner.RESPELLED, spelling="homme"),
        Span(21, 27, Manner.RESPELLED, spelling="berte"),
        Span(41, 52, Manner.RESPELLED, spelling="apoticaire"),
    )
    clip = by_espeak(Words(text, spans))
    words = ["Jadis", "les", "hommes", "et", "Berthe", "buvaient", "l'apothicaire", "aussi"]
    assert told(clip, text) == words
    assert clip.pcm == by_espeak("jadisse, les homme et berte buvaient ; l'apoticaire aussi.").pcm
