"""Piper: real inference with a small model, and what its promises rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import onnxruntime
import pytest

import models
from hautevoix.engines import catalogue, piper
from hautevoix.errors import EngineError
from hautevoix.model import Manner, Span, Words

if TYPE_CHECKING:
    from pathlib import Path

NAME = "fr_FR-siwis-medium"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for voices."""
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices"


def speak(words: Words | str, number: int = 0) -> bytes:
    """Return ``words`` spoken by the voice of that number."""
    engine = piper.engine()
    said = words if isinstance(words, Words) else Words(words)
    return engine.speak(said, engine.voices()[number]).pcm


def test_without_a_voice_it_tells_how_to_get_one(folder: Path) -> None:
    """No folder, no voice: not ready, with the one command that helps."""
    assert not folder.exists()
    readiness = piper.engine().check()
    assert not readiness.ready
    assert f"hautevoix voices install {NAME}" in readiness.missing
    with pytest.raises(EngineError, match="no French voice yet"):
        piper.engine().voices()


def test_the_same_words_give_the_same_bytes_though_the_model_draws_noise(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The generator's state does not go from clip to clip, with fork or without."""
    models.voice(folder, NAME)
    first = speak("Un temps de neige.")
    speak("Autre chose, tout à fait.")
    assert speak("Un temps de neige.") == first
    monkeypatch.setattr(piper, "CAN_FORK", False)
    speak("Autre chose, tout à fait.")
    assert speak("Un temps de neige.") == first
    model = piper._loaded(NAME, piper.engine().voices()[0].build)
    once, twice = (
        piper._spoken(model, "Un temps de neige.", None, piper.LENGTH_SCALE, "").pcm
        for _ in range(2)
    )
    assert once == first != twice  # a session that has spoken is not what it was: hence all this


def test_speakers_are_voices(folder: Path) -> None:
    """A model of two speakers offers itself and each of them; they sound different."""
    models.voice(folder, "fr_FR-upmc-medium", speakers={"jessica": 0, "pierre": 1})
    voices = piper.engine().voices()
    assert [(voice.name, voice.sex) for voice in voices] == [
        ("fr_FR-upmc-medium", "female"),
        ("fr_FR-upmc-medium+jessica", "female"),
        ("fr_FR-upmc-medium+pierre", "male"),
    ]
    sounds = [speak("Bonjour à tous.", number) for number in range(3)]
    assert sounds[0] == sounds[1] != sounds[2]


def test_the_recommended_voice_comes_first_and_other_languages_not_at_all(folder: Path) -> None:
    """Voices put there by hand are offered after the catalogue's, if they are French."""
    models.voice(folder, "ma-voix")
    models.voice(folder, NAME)
    german = models.voice(folder, "de_DE-x-low")
    config = catalogue.config_file(german)
    config.write_text(config.read_text("utf-8").replace("fr_FR", "de_DE"), "utf-8")
    assert [voice.name for voice in piper.engine().voices()] == [NAME, "ma-voix"]


def test_another_model_under_the_same_name_is_another_voice(folder: Path) -> None:
    """A replaced model changes the voice, and so the key of its clips: none is taken for it."""
    models.voice(folder, NAME)
    before = piper.engine().voices()[0]
    path = catalogue.model_file(NAME)
    path.write_bytes(models.model(several=True))
    assert piper.engine().voices()[0] != before


def test_phonemes_reach_the_model_and_brackets_of_the_text_don_t(folder: Path) -> None:
    """A span's IPA is what the model gets; what an author put in brackets is plain text."""
    models.voice(folder, NAME)
    span = Span(0, 3, Manner.PHONEMES, "bɔ̃")
    assert speak(Words("Xyz", (span,))) != speak("Xyz")
    model = piper._loaded(NAME, piper.engine().voices()[0].build)
    request = piper._request(Words("Xyz [[a]] ]]", (span,)), model)
    assert request.count("[[") == request.count("]]") == 1
    unknown = Span(0, 3, Manner.PHONEMES, "ǃ")
    assert speak(Words("Xyz", (unknown,))) == speak("Xyz")


def test_a_damaged_model_is_one_clear_error(folder: Path) -> None:
    """A file that is no model is told, with the command that mends it."""
    models.voice(folder, NAME).write_bytes(b"no model at all")
    with pytest.raises(EngineError, match=f"damaged.*voices install {NAME}"):
        speak("Bonjour.")


def test_a_model_is_loaded_from_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never by path: ONNX Runtime would read whatever files the model names."""
    models.voice(folder, NAME)
    given: list[object] = []
    make = onnxruntime.InferenceSession

    def noted(model: object, **more: object) -> object:
        given.append(model)
        return make(model, **more)

    monkeypatch.setattr(onnxruntime, "InferenceSession", noted)
    piper._loaded.cache_clear()
    speak("Bonjour.")
    assert [type(model) for model in given] == [bytes]
