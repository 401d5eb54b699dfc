"""Every engine that comes with the package keeps the contract."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

import googling
import kokoromodels
import models
import talking
from fakes import Hummer
from hautevoix.engines import Engine, espeak, interruption, kokoro, openai, pico, piper
from hautevoix.engines.contract import EngineContract
from hautevoix.engines.gtts import Gtts
from hautevoix.engines.transport import HttpClient, RetryPolicy
from hautevoix.errors import EngineError
from hautevoix.model import Clip, Voice, WordMark, Words
from web import Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class TestEspeak(EngineContract):
    """eSpeak NG, as everyone has it."""

    def engine(self) -> Engine:
        """Return the engine."""
        return espeak.engine()


class TestGtts(EngineContract):
    """gTTS, before a fake of Google's endpoint."""

    @pytest.fixture(autouse=True)
    def service(self) -> Iterator[None]:
        """Run the fake endpoint."""
        with Service(googling.speech).running() as service:
            terms = RetryPolicy(spacing=0, backoff=0.01)
            self.made = Gtts(HttpClient("Google's voice", "Advice.", terms), service.url)
            yield

    def engine(self) -> Engine:
        """Return the engine."""
        return self.made


class TestPiper(EngineContract):
    """Piper, with a small voice that really runs."""

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Install two voices, one of them with two speakers."""
        monkeypatch.setenv("HAUTEVOIX_VOICES", str(tmp_path))
        models.voice(tmp_path, "fr_FR-siwis-medium", timed=True)
        models.voice(tmp_path, "fr_FR-upmc-medium", speakers={"jessica": 0, "pierre": 1})

    def engine(self) -> Engine:
        """Return the engine."""
        return piper.engine()


class TestKokoro(EngineContract):
    """Kokoro, with a small model that really runs."""

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Install two voices."""
        monkeypatch.setenv("HAUTEVOIX_VOICES", str(tmp_path))
        kokoromodels.install(tmp_path, "ff_siwis", "if_sara")

    def engine(self) -> Engine:
        """Return the engine."""
        return kokoro.engine()


class TestKokoroItself(EngineContract):
    """Kokoro with its own weights."""

    @pytest.fixture(autouse=True)
    def folder(self, kokoro_itself: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Have its French voice."""
        monkeypatch.setenv("HAUTEVOIX_VOICES", str(kokoro_itself))

    def engine(self) -> Engine:
        """Return the engine."""
        return kokoro.engine()


@pytest.mark.usefixtures("pico_library")
class TestPico(EngineContract):
    """Pico's own library and voice."""

    def engine(self) -> Engine:
        """Return the engine."""
        return pico.engine()


class TestPicoCommand(EngineContract):
    """Pico, with a command of its name that hums."""

    @pytest.fixture(autouse=True)
    def command(self, pico_command: None) -> None:
        """Have the command on the path."""

    def engine(self) -> Engine:
        """Return the engine."""
        return pico.engine()


class TestOpenAI(EngineContract):
    """A server of speech on this machine."""

    @pytest.fixture(autouse=True)
    def service(self) -> Iterator[None]:
        """Run the fake server."""
        with Service(talking.speech).running() as service:
            self.made = openai.OpenAI(openai.Server(f"{service.url}/v1", voices=("ff_siwis",)))
            yield

    def engine(self) -> Engine:
        """Return the engine."""
        return self.made


class Forgetful(Hummer):
    """An engine that breaks promises: it needs letters, and remembers what it said."""

    spoken = 0

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum a little louder each time; stumble over what is no letter."""
        self.spoken += 1
        if not words.text.strip():
            raise ValueError("nothing")
        clip = super().speak(words, voice)
        return Clip(clip.pcm + bytes(2 * self.spoken), clip.rate)


class Boastful(Hummer):
    """An engine that tells of a word that is not in the text."""

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum, and claim one character too many."""
        clip = super().speak(words, voice)
        return Clip(clip.pcm, clip.rate, (WordMark(0, len(words.text) + 1, 0),))


def test_the_contract_catches_words_that_are_not_there() -> None:
    """Marks outside of the text do not pass."""

    class Contract(EngineContract):
        def engine(self) -> Engine:
            return Boastful()

    with pytest.raises(AssertionError):
        Contract().test_words_it_tells_stand_in_text_and_sound()


def test_the_contract_catches_what_breaks_it() -> None:
    """An engine with a memory, or that raises what is not its own, does not pass."""
    engine = Forgetful()

    class Contract(EngineContract):
        def engine(self) -> Engine:
            return engine

    contract = Contract()
    contract.test_words_become_sound()
    with pytest.raises(AssertionError):
        contract.test_a_clip_depends_on_its_words_alone()
    with pytest.raises(ValueError, match="nothing"):
        contract.test_nothing_to_say_is_silence()


class Deaf(Hummer):
    """An engine that takes Ctrl-C for the end of a clip."""

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum, whatever comes."""
        with contextlib.suppress(KeyboardInterrupt):
            time.sleep(0.05)
            return super().speak(words, voice)
        return super().speak(words, voice)


class Translating(Hummer):
    """An engine that makes an error of its own of Ctrl-C."""

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum, or fail."""
        try:
            time.sleep(0.05)
            return super().speak(words, voice)
        except BaseException as error:
            raise EngineError("It failed.") from error


class Leaver(Hummer):
    """An engine that leaves its helper alone when Ctrl-C comes."""

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum beside a helper."""
        helper = subprocess.Popen(["sleep", "30"])
        time.sleep(0.5)
        helper.kill()
        helper.wait()
        return super().speak(words, voice)


class Shaken(Hummer):
    """An engine that is not the same after Ctrl-C."""

    heard = 0

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum; after an interruption, a little longer."""
        try:
            time.sleep(0.05)
            clip = super().speak(words, voice)
            return Clip(clip.pcm + bytes(2 * self.heard), clip.rate)
        except KeyboardInterrupt:
            self.heard += 1
            raise


@pytest.mark.parametrize(
    ("engine", "what"),
    [
        (Deaf(), "swallowed"),
        (Translating(), "came out instead"),
        (Leaver(), "a child process was left"),
        (Shaken(), "another clip"),
    ],
)
def test_the_contract_catches_what_breaks_at_ctrl_c(
    engine: Engine, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine that Ctrl-C does not stop, or that it leaves in disorder, does not pass."""
    monkeypatch.setattr(interruption, "_PARTING", 0.2)

    class Contract(EngineContract):
        def engine(self) -> Engine:
            return engine

    with pytest.raises(AssertionError, match=what):
        Contract().test_ctrl_c_comes_out()


def test_the_contract_waits_for_nobody_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that hangs at Ctrl-C fails at a deadline."""
    monkeypatch.setattr(interruption, "_PATIENCE", 0.5)

    def hang() -> None:
        try:
            time.sleep(0.05)
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            time.sleep(60)

    assert "did not come out" in interruption.interrupted(hang, str)


def test_a_trial_that_never_began_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that a lock of the parent's holds says nothing of the engine; but not for ever."""
    monkeypatch.setattr(interruption, "_START", 1.0)
    monkeypatch.setattr(interruption, "_FORKS", 20)  # however busy the machine is
    begun = tmp_path / "begun"

    def speak() -> None:
        if not begun.exists():
            begun.touch()
            time.sleep(60)
        time.sleep(0.05)

    assert not interruption.interrupted(speak, str)
    monkeypatch.setattr(interruption, "_START", 0.05)
    assert "did not answer" in interruption.interrupted(lambda: time.sleep(60), str)
