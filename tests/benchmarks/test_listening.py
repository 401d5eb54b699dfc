"""A listener with its real weights hears what our own voice says."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import platformdirs
import pytest

import listening
from folding import errors, spoken, words
from hautevoix.engines import espeak, kokoro
from hautevoix.errors import EngineError
from hautevoix.model import Clip, Words
from hautevoix.proofing.listener import RATE, sound
from hautevoix.recording import speak
from naturalness import Judge

if TYPE_CHECKING:
    from hautevoix.proofing.listener import Listener

ROOT = Path(__file__).parent.parent.parent
LONG = (
    "Le matin de la fête, les enfants descendirent en courant vers la rivière, où les attendaient "
    "les bateaux que leurs pères avaient peints pendant l'hiver, et chacun chercha le sien parmi "
    "les herbes hautes, en riant, en criant, en montrant du doigt les drapeaux qui battaient."
)
SENTENCE = "Qu'est-ce que tu veux que je fasse ?"


@pytest.fixture(scope="module")
def samples() -> np.ndarray:
    """Return the sentence, spoken."""
    engine = espeak.engine()
    return sound(speak(engine, Words(SENTENCE), engine.voices()[0]))


def test_it_hears_what_is_said(listener: Listener, samples: np.ndarray) -> None:
    """Most words even of a robot, and the same ones whatever it has heard in between."""
    heard = listener.hear(samples)
    assert errors(words(spoken(SENTENCE)), words(spoken(heard))).rate < 0.7, heard
    listener.hear(samples[: samples.size // 3])
    assert listener.hear(samples) == heard


def test_it_hears_kokoro_say_every_word(
    listener: Listener, kokoro_itself: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nasal vowels among them, and the end of a sentence that is cut at the engine's limit."""
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(kokoro_itself))
    engine = kokoro.engine()
    [voice] = engine.voices()
    for sentence in (
        "Le voisin boit du vin dans son jardin.",
        f"{LONG} Puis tout le monde chanta.",
    ):
        clip = speak(engine, Words(sentence), voice)
        heard = words(spoken(listener.hear(sound(clip))))
        assert errors(words(spoken(sentence)), heard).rate < 0.25, heard  # Whisper base errs too
        assert len(clip.words) > len(sentence.split()) / 2


def test_what_never_ends_is_cut_off(listener: Listener) -> None:
    """In noise a listener may repeat itself for ever: no more than French has in that time."""
    noise = np.random.default_rng(1).normal(0, 0.1, 4000).astype(np.float32)
    assert len(listener.hear(noise).split()) < 20


@pytest.mark.usefixtures("ears")
def test_naturalness_is_judged_alike_each_time(samples: np.ndarray) -> None:
    """From 1 to 5, and to the last digit the same: the raters that are imagined are the same."""
    judge = Judge()
    first = judge.plcmos(samples), judge.dnsmos(samples)
    assert all(1 <= score <= 5 for score in first)
    assert (judge.plcmos(samples), judge.dnsmos(samples)) == first


def test_a_clip_of_any_rate_is_heard_at_one() -> None:
    """A second stays a second, and nothing exceeds full scale."""
    clip = Clip(np.full(22050, 32767, "<i2").tobytes(), 22050)
    heard = sound(clip)
    assert heard.size == RATE
    assert heard.max() <= 1


@pytest.mark.usefixtures("ears")
def test_damaged_weights_are_joined_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in the cache is verified each time."""
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: tmp_path)
    (tmp_path / "whisper-base").mkdir()
    (tmp_path / "whisper-base" / "model.bin").write_bytes(b"x")
    model = listening.weights().folder / "model.bin"
    assert model.stat().st_size > 1e8


def test_without_its_packages_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with the command."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(EngineError, match="script/bootstrap listen"):
        listening.weights()


@pytest.mark.usefixtures("ears")
def test_the_command_tells_how_a_voice_is_heard(tmp_path: Path) -> None:
    """A voice that is there in figures, one that is not in a line; each utterance in a TSV."""
    (tmp_path / "a.txt").write_text(f"Demain\n\n{SENTENCE}\n", "utf-8")
    listen = ROOT / "benchmarks" / "listen.py"
    command = [sys.executable, str(listen), str(tmp_path / "a.txt"), "--json"]
    more = ["--engine", "espeak/fr", "--details", str(tmp_path / "details.tsv")]
    done = subprocess.run([*command, *more], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [voice] = json.loads(done.stdout)
    assert (voice["engine"], voice["voice"]) == ("espeak", "fr")
    assert voice["times_real_time"] > 1
    assert 0 <= voice["words_wrong"] <= voice["utterances"]
    rows = (tmp_path / "details.tsv").read_text("utf-8").splitlines()
    assert len(rows) == 1 + voice["utterances"]
    refused = subprocess.run(
        [*command, "--engine", "espeak/xx"], capture_output=True, text=True, check=False
    )
    assert refused.returncode == 5
    assert refused.stderr.count("\n") == 1
