"""Voices from the command line: to list, install, try and cast; where words go."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import wave
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

import googling
import kokoromodels
import models
import talking
from commands import OFFLINE
from hautevoix.cli.say import command as say
from hautevoix.cli.voices import command as voices
from hautevoix.engines import offers, onnxmodels
from standstill import PATIENCE
from web import Asked, Reply, Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "fr_FR-siwis-medium"
TEXT = """Une lettre

Il pleuvait depuis trois jours.

— Vous venez ? demanda le vieux.

Le vent se leva sur la plaine. Personne ne parla plus.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with a text, which is home to all that the command keeps."""
    (tmp_path / "texte.txt").write_text(TEXT, "utf-8")
    return tmp_path


def run(home: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in ``home``, as a user who has nothing else."""
    places = {
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "HAUTEVOIX_STORE": str(home / "store"),
        "HAUTEVOIX_VOICES": str(home / "voices"),
    }
    return subprocess.run(
        [sys.executable, "-c", "from hautevoix.cli import main; main()", *map(str, arguments)],
        env={**os.environ, **places, **environment},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


def timeline(home: Path) -> list[dict[str, object]]:
    """Return who said what, by the timeline."""
    told = json.loads((home / "output" / "texte" / "texte.timeline.json").read_text("utf-8"))
    return told["utterances"]


@pytest.fixture
def google() -> Iterator[Service]:
    """Return a fake of Google's endpoint."""
    with Service(googling.speech).running() as service:
        yield service


def test_roles_have_their_voices_and_the_timeline_tells_who_spoke(home: Path) -> None:
    """Narrator, dialogue and announcements by three voices, one from the sidecar."""
    (home / "texte.toml").write_text(
        'author = "Personne"\n[voices]\ndialogue = { voice = "fr+f3", rate = 0.9, level = -2 }\n',
        "utf-8",
    )
    done = run(home, "build", "texte.txt", "--voice", "fr-ch", "--cast", "announcement=fr+m3")
    assert done.returncode == 0, done.stderr
    spoken = {row["role"]: row["voice"] for row in timeline(home)}
    assert spoken["body"] == "espeak/fr-ch"
    assert spoken["dialogue"] == "espeak/fr+f3"
    assert spoken["announcement"] == "espeak/fr+m3"


def test_a_wrong_cast_is_a_usage_error(home: Path) -> None:
    """Exit code 2, with the nearest role."""
    done = run(home, "build", "texte.txt", "--cast", "dialoge=fr+f3")
    assert done.returncode == 2
    assert "Did you mean dialogue?" in done.stderr


def test_a_user_is_told_once_where_the_words_go(home: Path, google: Service) -> None:
    """The first time, before anything is sent, even with --quiet; not again."""
    arguments = ("say", "Bonjour à tous.", "--engine", "gtts", "-o", "x.wav")
    first = run(home, *arguments, HAUTEVOIX_GTTS_URL=google.url)
    assert first.returncode == 0, first.stderr
    assert "sent to translate.google.com" in first.stderr
    assert run(home, *arguments, HAUTEVOIX_GTTS_URL=google.url).stderr == ""
    assert len(google.asked) == 2


def test_what_a_build_sends_is_told_before_the_first_sentence(home: Path, google: Service) -> None:
    """Not while nothing is sent: neither by a dry run nor where the text can't be read."""
    arguments = ("build", "texte.txt", "--engine", "gtts", "--quiet", "--no-closing")
    dry = run(home, *arguments, "--dry-run", HAUTEVOIX_GTTS_URL=google.url)
    assert "sent to" not in dry.stderr
    assert "sent to" not in run(home, "build", "rien.txt", *arguments[2:]).stderr
    assert google.asked == []
    first = run(home, *arguments, HAUTEVOIX_GTTS_URL=google.url)
    assert "sent to translate.google.com" in first.stderr
    assert google.asked


def test_a_failure_at_request_k_leaves_the_rest_for_the_rerun(home: Path, google: Service) -> None:
    """Exit code 6 and one line; what was spoken is kept, and the rerun asks for what is missing."""

    def third_refused(asked: Asked) -> Reply:
        return Reply(status=403) if len(google.asked) == 3 else googling.speech(asked)

    google.answer = third_refused
    arguments = ("build", "texte.txt", "--engine", "gtts", "--quiet", "--no-closing")
    failed = run(home, *arguments, HAUTEVOIX_GTTS_URL=google.url)
    assert failed.returncode == 6
    assert failed.stderr.splitlines()[-1].startswith("hautevoix: Google's voice: refused")
    assert "Traceback" not in failed.stderr
    asked = [googling.words_of(request) for request in google.asked]
    assert len(asked) == 3
    google.answer = googling.speech
    done = run(home, *arguments, HAUTEVOIX_GTTS_URL=google.url)
    assert done.returncode == 0, done.stderr
    again = [googling.words_of(request) for request in google.asked[3:]]
    assert again[0] == asked[2]
    assert not set(again) & set(asked[:2])
    assert len(timeline(home)) == len(again) + 2


def test_what_an_engine_can_t_say_is_said_by_the_fallback_or_listed(
    home: Path, google: Service
) -> None:
    """Without a fallback: exit code 1 and the sentence listed; with one: said, told, exit 0."""

    def no_audio_for_one(asked: Asked) -> Reply:
        mute = "vent" in googling.words_of(asked)
        return googling.envelope(googling.mp3(100)) if mute else googling.speech(asked)

    google.answer = no_audio_for_one
    arguments = ("build", "texte.txt", "--engine", "gtts")
    lost = run(home, *arguments, "--json", HAUTEVOIX_GTTS_URL=google.url)
    assert lost.returncode == 1, lost.stderr
    [loss] = json.loads(lost.stdout)["losses"]
    assert loss["text"] == "Le vent se leva sur la plaine."
    assert "too short" in loss["reason"]
    healed = run(home, *arguments, "--fallback", "espeak", HAUTEVOIX_GTTS_URL=google.url)
    assert healed.returncode == 0, healed.stderr
    assert "Said by the fallback (1):" in healed.stderr
    voices = {row["text"]: row["voice"] for row in timeline(home)}
    assert voices["Le vent se leva sur la plaine."] == "espeak/fr"
    assert voices["Personne ne parla plus."] == "gtts/fr"


def test_an_offline_build_opens_no_socket(home: Path) -> None:
    """No process of a build connects, looks up a name or listens: all would leave a trace."""
    (home / "hook").mkdir()
    (home / "hook" / "sitecustomize.py").write_text(
        "import sys\n"
        "def hook(event, args):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.bind'):\n"
        f"        open({str(home / 'trace')!r}, 'a').write(event)\n"
        "sys.addaudithook(hook)\n"
        f"open({str(home / 'hooked')!r}, 'a').write('x')\n"
    )
    done = run(home, "build", "texte.txt", "--jobs", 2, PYTHONPATH=str(home / "hook"))
    assert done.returncode == 0, done.stderr
    assert len((home / "hooked").read_text()) >= 3  # the command and its workers
    assert not (home / "trace").exists()


def test_a_voice_is_installed_listed_and_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a local file: listed as ready, taken by auto, its name in the summary."""
    model = models.voice(home / "got", NAME)
    before = run(home, "voices").stdout
    assert f"hautevoix voices install {NAME} (63.2 MB)" in before
    assert "hautevoix voices install ff_siwis (92.9 MB)" in before
    assert "if_sara" not in before
    assert "if_sara" in run(home, "voices", "list", "--all").stdout
    refused = run(home, "voices", "install", NAME, "--from", model)
    assert refused.returncode == 5  # it is not the voice of that name: its sum differs
    assert "SHA-256 differs" in refused.stderr
    done = run(home, "voices", "install", "fr_FR-mls-medium", "--from", home / "got" / "x.onnx")
    assert done.returncode == 3
    for suffix in (".onnx", ".onnx.json"):
        (home / "got" / f"x{suffix}").write_bytes((home / "got" / f"{NAME}{suffix}").read_bytes())
    # A model small enough for a test has no published sum: for it alone the catalogue knows none.
    known = offers.find("fr_FR-mls-medium")
    assets = tuple(replace(asset, sha256="", md5="", size=None) for asset in known.assets)
    monkeypatch.setattr(offers, "find", lambda _: replace(known, assets=assets))
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(home / "voices"))
    asked = ["install", "fr_FR-mls-medium", "--from", str(home / "got" / "x.onnx")]
    installed = CliRunner().invoke(voices, asked)
    assert installed.exit_code == 0, installed.output
    assert "Not verified" in installed.output
    assert any(
        row.split()[:2] == ["piper", "fr_FR-mls-medium"] and row.endswith("ready")
        for row in run(home, "voices").stdout.splitlines()
    )
    built = run(home, "build", "texte.txt", HAUTEVOIX_ENGINE="auto")
    assert built.returncode == 0, built.stderr
    assert "Voice: piper, fr_FR-mls-medium" in built.stderr
    assert "A more natural voice: hautevoix voices install ff_siwis" in built.stderr


def test_kokoro_is_the_first_choice_of_auto(home: Path) -> None:
    """With its voice installed nothing better is offered; a blend narrates, another one quotes."""
    kokoromodels.install(home / "voices", "ff_siwis", "if_sara")
    built = run(home, "build", "texte.txt", HAUTEVOIX_ENGINE="auto")
    assert built.returncode == 0, built.stderr
    assert "Voice: kokoro, ff_siwis" in built.stderr
    assert "A more natural voice" not in built.stderr
    blends = ("--voice", "ff_siwis:70,if_sara:30", "--cast", "dialogue=ff_siwis,if_sara,rate=0.9")
    built = run(home, "build", "texte.txt", "--engine", "kokoro", *blends)
    assert built.returncode == 0, built.stderr
    spoken = {row["role"]: row["voice"] for row in timeline(home)}
    assert spoken["body"] == "kokoro/ff_siwis:70,if_sara:30"
    assert spoken["dialogue"] == "kokoro/ff_siwis,if_sara"


def test_a_provider_that_is_missing_is_refused_before_work(home: Path) -> None:
    """Exit code 5, one line; nothing is made."""
    kokoromodels.install(home / "voices")
    for command in ("build", "texte.txt"), ("say", "Bonjour."):
        done = run(home, *command, "--engine", "kokoro", "--provider", "cuda")
        assert done.returncode == 5
        assert "this ONNX Runtime has no « cuda », only cpu" in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert not (home / "output").exists()


def test_auto_says_how_to_get_a_better_voice(home: Path) -> None:
    """One line with the command."""
    built = run(home, "build", "texte.txt", HAUTEVOIX_ENGINE="auto", PATH="")
    assert f"Voice: {OFFLINE}" in built.stderr
    assert "A more natural voice: hautevoix voices install ff_siwis" in built.stderr


@pytest.fixture
def server() -> Iterator[Service]:
    """Return a server of speech with two voices, of which the second is French."""
    voices = {"voices": [{"id": "af_sky"}, {"id": "ff_siwis"}]}
    with Service(talking.listing("/v1/audio/voices", voices)).running() as service:
        yield service


def test_a_server_s_voices_are_listed_and_checked(home: Path, server: Service) -> None:
    """The French ones, others on demand; one that it has not is refused before any sentence."""
    url = f"{server.url}/v1"
    shown = run(home, "voices", HAUTEVOIX_OPENAI_URL=url).stdout
    assert "ff_siwis" in shown
    assert "af_sky" not in shown.partition("openai")[2]
    assert "1 more: hautevoix voices list --all" in shown
    assert "af_sky" in run(home, "voices", "list", "--all", HAUTEVOIX_OPENAI_URL=url).stdout
    said = ("say", "Bonjour.", "--engine", "openai", "--voice", "siwis", "-o", "x.wav")
    refused = run(home, *said, HAUTEVOIX_OPENAI_URL=url)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (5, 1)
    assert "no voice called « siwis »" in refused.stderr
    assert all(asked.body == b"" for asked in server.asked)


def test_a_server_that_is_off_is_told_in_its_row(home: Path) -> None:
    """The list of the other voices is shown as ever."""
    done = run(home, "voices", HAUTEVOIX_OPENAI_URL="http://127.0.0.1:9/v1", COLUMNS="400")
    assert done.returncode == 0
    [row] = [line for line in done.stdout.splitlines() if line.startswith("openai")]
    assert "the connection was refused" in row


def test_a_server_is_asked_for_several_sentences_at_once(home: Path, server: Service) -> None:
    """The first waits for the second to come: one at a time, it would wait in vain."""
    together = threading.Barrier(2)
    answer = server.answer

    def first_two_together(asked: Asked) -> Reply:
        if asked.body and next(order) < 2:
            together.wait(PATIENCE)
        return answer(asked)

    order = itertools.count()
    server.answer = first_two_together
    book = ("build", "texte.txt", "--engine", "openai", "--jobs", "2", "--no-closing", "--quiet")
    done = run(home, *book, HAUTEVOIX_OPENAI_URL=f"{server.url}/v1")
    assert done.returncode == 0, done.stderr
    assert not together.broken
    assert {row["voice"] for row in timeline(home)} == {"openai/ff_siwis"}


def test_all_voices_say_a_sentence(home: Path) -> None:
    """A file for each voice, named after it."""
    done = run(home, "say", "Bonjour à tous.", "--all-voices", "-o", "essai.wav")
    assert done.returncode == 0, done.stderr
    names = done.stdout.split()
    assert "essai-espeak-fr.wav" in names
    assert "essai-espeak-fr+f3.wav" in names
    assert done.stdout.splitlines() == names, "a file a line, for programs"
    assert all((home / name).stat().st_size > 1000 for name in names)


def seconds(path: Path) -> float:
    """Return how long a WAV file lasts."""
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


def test_a_sentence_is_tried_as_a_build_would_say_it(home: Path) -> None:
    """Slower by --rate, its words by --lexicon, by the one role that --cast names."""
    (home / "mots.toml").write_text('"RATP" = "régie autonome des transports"\n', "utf-8")
    text = "La RATP, bonjour."
    for name, *options in (
        ("plain",),
        ("slow", "--rate", 0.5),
        ("long", "--lexicon", "mots.toml"),
        ("cast", "--cast", "dialogue=fr+f3,rate=0.5"),
        ("other", "--cast", "dialogue=fr+f3,rate=0.5", "--role", "body"),
        ("loud", "--cast", "narrator=level=6"),
    ):
        done = run(home, "say", text, "-o", f"{name}.wav", *options)
        assert done.returncode == 0, done.stderr
    length = {path.stem: seconds(path) for path in home.glob("*.wav")}
    assert length["slow"] > 1.5 * length["plain"]
    assert length["long"] > 1.2 * length["plain"]
    assert length["cast"] > 1.5 * length["plain"]
    same = (home / "other.wav").read_bytes() == (home / "plain.wav").read_bytes()
    assert same, "dialogue's part is not the body's"
    assert (home / "loud.wav").read_bytes() != (home / "plain.wav").read_bytes()


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--role", "body"), "--role"),
        (("--cast", "note=fr+f2"), "--cast"),
        (("--voice", "fr"), "--voice"),
    ],
)
def test_all_voices_are_not_one(home: Path, options: tuple[str, ...], word: str) -> None:
    """A voice chosen and all of them at once is a usage error."""
    done = run(home, "say", "Bonjour.", "--all-voices", *options)
    assert done.returncode == 2
    assert word in done.stderr


def test_the_providers_on_offer_are_those_that_engines_know() -> None:
    """The option's choices stand apart from the engines, so that help loads none of them."""
    [provider] = [option for option in say.params if option.name == "provider"]
    assert isinstance(provider.type, click.Choice)
    assert list(provider.type.choices) == list(onnxmodels.PROVIDERS)
