"""Kokoro: real inference with a small model, what its sounds and its voices promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import pytest

import kokoromodels
from hautevoix import engines
from hautevoix.engines import isolation, kokoro
from hautevoix.engines.kokoro import catalogue, synthesis
from hautevoix.engines.kokoro.sounds import TOKENS, sounds, tokens
from hautevoix.errors import EngineError
from hautevoix.model import Manner, Span, Voice, Words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the small model and two voices."""
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(tmp_path))
    kokoromodels.install(tmp_path, "ff_siwis", "if_sara")
    return tmp_path / "kokoro"


@pytest.fixture
def engine() -> kokoro.Kokoro:
    """Return the engine."""
    return kokoro.engine()


def order(text: str) -> synthesis.Order:
    """Return what to say."""
    model = str(catalogue.model().path)
    return synthesis.Order(Words(text), model, catalogue.styles("ff_siwis"), model)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Vin, jardin.", "vˈɛ̃, ʒaʁdˈɛ̃."),  # the nasal tilde is kept
        ("« Oui ! » dit-il.", "“wˈi!” dˈitˈil."),  # no space before a sign
        ("Attends…  ou pas\nencore", "atˈɑ̃… u paz ɑ̃kˈɔʁ"),
        ("La mer – calme – montait.", "la mˈɛʁ — kˈalm — mɔ̃tˈɛ."),
        ("tchèque", "tʃˈɛk"),
    ],
)
def test_sounds_are_espeak_s_with_the_punctuation(text: str, heard: str) -> None:
    """As the model was taught: IPA with stress marks, the signs between the words."""
    assert sounds(Words(text)) == heard


def test_what_is_read_as_another_language_leaves_no_flag() -> None:
    """« (en) » is no sound; a diphthong is one sign of the model's."""
    told = sounds(Words("Copyright"))
    assert "(" not in told
    assert "I" in told


def test_phonemes_of_a_lexicon_are_taken_as_they_are() -> None:
    """Also after an elision, where the article is no letter's name."""
    text = "L'Aix de Trotski."
    spans = (
        Span(2, 5, Manner.PHONEMES, "ɛks"),
        Span(9, 16, Manner.PHONEMES, "tʀɔt.ski"),
    )
    assert sounds(Words(text, spans)) == "lɛks də tʁɔtski."


def test_a_spelling_is_read_in_place_of_its_word() -> None:
    """A word that eSpeak would say wrong comes with a spelling that it says right."""
    text = "Le rythme, jadis."
    spans = (
        Span(3, 9, Manner.RESPELLED, spelling="ritme"),
        Span(11, 16, Manner.RESPELLED, spelling="jadisse"),
    )
    assert sounds(Words(text, spans)) == sounds(Words("Le ritme, jadisse."))


def test_phonemes_that_the_model_lacks_leave_the_word_as_written() -> None:
    """A click has no place in the table, nor has a stop that would end the sentence."""
    for ipa in ("ǃxóõ", "a!b", "]]"):
        words = Words("Bonjour.", (Span(0, 7, Manner.PHONEMES, ipa),))
        assert sounds(words) == sounds(Words("Bonjour.")), ipa


def test_every_sound_of_espeak_s_french_is_in_the_table() -> None:
    """None is dropped: letters, pairs of letters, French and English words, all are tokens."""
    letters = "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ"
    pairs = " ".join(first + second for first in letters for second in letters)
    words = (
        "Weekend, jazz, thought, church, judge, measure, butterfly, water, Beethoven, Nietzsche, "
        "yacht, gnou, oignon, huit, suis, oui, Louis, feuille, œil, aiguille, parking, dinghy, "
        "Bach, José, pizza, tsar, djinn, tchador, whisky, clown, boy, cow, day, go, fair, pure."
    )
    told = sounds(Words(f"{pairs}. {words}"))
    assert not set(told) - set(TOKENS)
    assert len(tokens(told)) == len(told)


def test_a_sound_that_is_no_token_is_an_error() -> None:
    """It is named, never left out."""
    with pytest.raises(EngineError, match="no sound for « ǃ »"):
        tokens("aǃ")


def test_words_begin_where_the_model_says(engine: kokoro.Kokoro) -> None:
    """Each sign lasts as long as the model tells: the second word begins after the first's."""
    clip = engine.speak(Words("Ami, ami."), engine.voices()[0])
    assert [(word.start, word.end) for word in clip.words] == [(0, 3), (5, 8)]
    sign = kokoromodels.FRAMES * 600
    before = len("ˈ" if sounds(Words("Ami")).startswith("ˈ") else "")
    first = 1 + before
    assert [word.frame for word in clip.words] == [first * sign, (len("amˈi, ") + 1) * sign]
    assert clip.frames == sign * (len(sounds(Words("Ami, ami."))) + 2)


def test_a_sentence_of_too_many_sounds_is_said_whole() -> None:
    """Letters' names are long: their 250 characters pass the model's 510 tokens."""
    text = " ".join("XWYZ"[index % 4] for index in range(124))
    parts = list(synthesis._stretches(sounds(Words(text))))
    assert len(parts) > 1
    assert max(map(len, parts)) <= 510
    assert " ".join(parts) == sounds(Words(text))
    sign = kokoromodels.FRAMES * 600
    assert synthesis.clip(order(text)).frames > sum(map(len, parts)) * sign


@pytest.mark.parametrize(
    ("phonemes", "first"),
    [
        ("a" * 300 + ". " + "b" * 300, "a" * 300 + "."),
        ("a" * 300 + ", b " + "c" * 300, "a" * 300 + ","),
        ("a" * 300 + " b" + "c" * 300, "a" * 300),
        ("a" * 600, "a" * 510),
    ],
)
def test_a_long_stretch_is_cut_where_one_would_breathe(phonemes: str, first: str) -> None:
    """After a stop, a comma, a word; amid a word only where there is no other place."""
    assert next(synthesis._stretches(phonemes)) == first


def test_a_blend_lies_between_its_voices(engine: kokoro.Kokoro) -> None:
    """Its style is the weighted mean; its build changes with each of its parts."""
    voice = engines.find_voice(engine, "ff_siwis:70,if_sara:30")
    mixed = synthesis._style(catalogue.styles(voice.name), voice.build)
    assert mixed.shape == (510, 256)
    assert mixed[0, 0] == pytest.approx(0.7 * 0.01 + 0.3 * 0.02)
    assert (
        engine.speak(Words("Ami."), voice).pcm
        != engine.speak(Words("Ami."), engine.voices()[0]).pcm
    )
    other = engines.find_voice(engine, "ff_siwis:70,ff_siwis:30")
    assert other.build != voice.build


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("ff_siwis:70,im_nicola:30", "hautevoix voices install im_nicola"),
        ("ff_siwis:70,nobody:30", "needs the voice nobody"),
        ("ff_siwis:much", "« much » is no share"),
        ("ff_siwis:nan,if_sara:1", "« nan » is no share"),
        ("ff_siwis:-1,if_sara:1", "« -1 » is no share"),
        ("siwis", "Did you mean ff_siwis?"),
    ],
)
def test_a_blend_that_can_t_be_made_is_told(engine: kokoro.Kokoro, name: str, problem: str) -> None:
    """One line, with what to do."""
    with pytest.raises(EngineError) as caught:
        engines.find_voice(engine, name)
    assert problem in str(caught.value)


def test_without_a_voice_it_tells_how_to_get_one(folder: Path, engine: kokoro.Kokoro) -> None:
    """A model alone can't speak, nor can a voice alone."""
    for name in ("ff_siwis", "if_sara"):
        (folder / f"{name}.bin").unlink()
    assert engine.check().missing == "no voice yet: hautevoix voices install ff_siwis"
    kokoromodels.install(folder.parent)
    assert engine.check().ready
    (folder / catalogue.model().file_name).unlink()
    assert not engine.check().ready
    with pytest.raises(EngineError, match="no voice yet"):
        engine.voices()


@pytest.mark.parametrize("damage", [b"", b"not a model", b"\x08\x08:\x05\x0a"])
def test_a_damaged_model_is_told_in_one_line(
    folder: Path, engine: kokoro.Kokoro, damage: bytes
) -> None:
    """With the command that mends it, though the model is loaded in another process."""
    voice = engine.voices()[0]
    (folder / catalogue.model().file_name).write_bytes(damage)
    with pytest.raises(EngineError) as caught:
        engine.speak(Words("Ami."), Voice(voice.name, build=repr(damage)))
    assert str(caught.value) == (
        "Kokoro's model is damaged. Install it again: hautevoix voices install ff_siwis"
    )


@pytest.mark.parametrize("damage", [b"", b"\0" * 100, b"\xff" * 522_240])
def test_a_damaged_voice_is_told_in_one_line(
    folder: Path, engine: kokoro.Kokoro, damage: bytes
) -> None:
    """A style that was cut off, or holds no numbers."""
    (folder / "if_sara.bin").write_bytes(damage)
    with pytest.raises(EngineError, match=r"« if_sara » is damaged\. Install it again"):
        engine.speak(Words("Ami."), Voice("if_sara", build=repr(damage[:9])))


def test_a_replaced_model_is_another_voice(folder: Path, engine: kokoro.Kokoro) -> None:
    """The build in the clips' keys changes, so nothing stored is taken for the new voice's."""
    before = engine.voices()[0].build
    (folder / catalogue.model().file_name).write_bytes(kokoromodels.model() + b"\x08\x08")
    assert engine.voices()[0].build != before


def test_a_crash_or_a_hang_costs_one_clip(
    engine: kokoro.Kokoro, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that speaks is another: its end is told, and the next clip is said."""
    monkeypatch.setattr(kokoro, "DEADLINE", 0.0)
    with pytest.raises(EngineError, match="did not answer within 0 s"):
        engine.speak(Words("Ami."), engine.voices()[0])
    monkeypatch.undo()


def test_where_a_system_cannot_fork_the_same_bytes_come(
    engine: kokoro.Kokoro, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In our own process, then: the model draws no random numbers."""
    voice = engine.voices()[0]
    said = engine.speak(Words("Un temps de neige."), voice)
    monkeypatch.setattr(kokoro, "CAN_FORK", False)
    engine.speak(Words("Autre chose."), voice)
    assert engine.speak(Words("Un temps de neige."), voice) == said
    assert isolation.CAN_FORK


def test_a_provider_that_is_missing_is_refused(engine: kokoro.Kokoro) -> None:
    """Not ready, with what there is; another one never does the work instead."""
    assert "CUDAExecutionProvider" not in onnxruntime.get_available_providers()
    moved = engine.on("cuda")
    assert moved.check().missing == "this ONNX Runtime has no « cuda », only cpu"
    with pytest.raises(EngineError, match=r"no « cuda », only cpu\. Leave --provider out"):
        moved.speak(Words("Ami."), moved.voices()[0])
    assert moved.version != engine.version
    with pytest.raises(EngineError, match="« espeak » can't be run on « cuda »"):
        engines.load("espeak", "cuda")


def test_samples_beyond_full_scale_are_kept_in_bounds() -> None:
    """They are clipped, not wrapped around."""
    pcm = synthesis._as_pcm(np.array([0.5, 1.5, -1.5], np.float32))
    assert np.frombuffer(pcm, "<i2").tolist() == [16384, 32767, -32767]
