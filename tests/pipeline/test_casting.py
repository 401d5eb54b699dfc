"""Who speaks: roles, the best engine that is ready, and what a part may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kokoromodels
import models
from hautevoix.engines import espeak, find_voice, gtts, pico
from hautevoix.errors import EngineError, InputError
from hautevoix.model import Readiness, Role, Sidecar, VoiceSettings
from hautevoix.model.passages import ChapterEntry, Retake
from hautevoix.pipeline.casting import better_than, casting, parse_voice_settings, ready_engine

if TYPE_CHECKING:
    from pathlib import Path


def test_without_wishes_one_voice_plays_all() -> None:
    """The engine's first voice, at its own pace and level, for every role."""
    chosen = casting(espeak.engine(), Sidecar())
    assert set(chosen.plays.values()) == {(chosen.narrator, 0.0)}
    assert set(chosen.plays) == set(Role)


def test_options_go_over_the_sidecar_role_by_role() -> None:
    """The sidecar casts the book; a wish changes its role alone; rates and levels add up."""
    sidecar = Sidecar(
        voices=(
            ("narrator", VoiceSettings("fr-ch", 0.9, 1.0)),
            ("quote", VoiceSettings("fr+f2")),
            ("note", VoiceSettings(None, 1.2, -3.0)),
        )
    )
    chosen = casting(espeak.engine(), sidecar, (("quote", VoiceSettings("fr+f3")),))
    quote, note, body = (chosen.plays[role] for role in (Role.QUOTE, Role.NOTE, Role.BODY))
    assert (quote[0].name, quote[0].rate, quote[1]) == ("fr+f3", 0.9, 1.0)
    assert (note[0].name, note[1]) == ("fr-ch", -2.0)
    assert note[0].rate == pytest.approx(1.08)
    assert (body[0].name, body[0].rate) == ("fr-ch", 0.9)


def test_a_voice_that_isn_t_there_is_told_before_any_work() -> None:
    """A slip in a role's voice is an error even where no utterance has that role."""
    with pytest.raises(EngineError, match=r"Did you mean fr\+f"):
        casting(espeak.engine(), Sidecar(voices=(("dialogue", VoiceSettings("fr+f9")),)))


def test_auto_takes_the_best_that_is_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kokoro with a voice, else Piper, else Pico, else eSpeak; never one that is online."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(tmp_path))
    monkeypatch.setattr(pico.Pico, "check", lambda _: Readiness(ready=True))
    assert ready_engine().name == "pico"
    monkeypatch.setattr(pico.Pico, "check", lambda _: Readiness(ready=False, missing="it"))
    assert ready_engine().name == "espeak"
    assert better_than("espeak") == "hautevoix voices install ff_siwis"
    models.voice(tmp_path, "fr_FR-siwis-medium")
    assert ready_engine().name == "piper"
    assert better_than("piper") == "hautevoix voices install ff_siwis"
    kokoromodels.install(tmp_path)
    assert ready_engine().name == "kokoro"
    assert better_than("kokoro") == ""


def test_the_fallback_speaks_at_the_narrator_s_pace() -> None:
    """Its first voice, no quicker than those around it."""
    chosen = casting(espeak.engine(), Sidecar(), (("narrator", VoiceSettings(rate=0.9)),), "espeak")
    assert chosen.fallback is not None
    engine, voice = chosen.fallback
    assert (engine.name, voice.name, voice.rate) == ("espeak", "fr", 0.9)


def test_rates_that_an_engine_can_t_keep_are_told_once() -> None:
    """A voice of one pace speaks at it, whoever it plays, and one line tells of every rate."""
    sidecar = Sidecar(voices=(("note", VoiceSettings(rate=1.1, level=-2.0)),))
    chosen = casting(
        gtts.engine(), sidecar, (("narrator", VoiceSettings("fr-ca", rate=0.9)),), "espeak"
    )
    (diagnostic,) = chosen.diagnostics
    assert diagnostic.message == (
        "the rates asked for (note 1.1, narrator 0.9) change nothing: "
        "the voices of the engine « gtts » have one pace."
    )
    assert {voice.rate for voice, _ in chosen.plays.values()} == {1.0}
    assert chosen.plays[Role.NOTE][1] == -2.0
    assert chosen.fallback is not None
    assert chosen.fallback[1].rate == 1.0  # no other pace than those around it


def test_rates_that_are_kept_are_not_spoken_of() -> None:
    """Neither a rate that the engine keeps nor none at all is worth a line."""
    slow = Sidecar(voices=(("narrator", VoiceSettings(rate=0.9)),))
    assert casting(espeak.engine(), slow).diagnostics == ()
    assert casting(gtts.engine(), Sidecar()).diagnostics == ()


def test_an_engine_that_is_not_ready_says_what_it_lacks() -> None:
    """Asked for by name, it is not replaced by another in silence."""
    with pytest.raises(EngineError, match="voices install fr_FR-siwis-medium"):
        ready_engine("piper")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("quot=fr", "Did you mean quote"),
        ("quote", "says nothing of quote"),
        ("quote=fr,rate=9", "between 0.5 and 2"),
        ("quote=fr,level=loud", "between -20 and 6"),
        ("quote=fr,speed=1", "no « speed »"),
    ],
)
def test_a_part_that_can_t_be_read_is_told(text: str, words: str) -> None:
    """What is wrong, and how it is written."""
    with pytest.raises(InputError, match=words):
        parse_voice_settings(text)


def test_a_rate_of_a_character_or_a_sentence_is_not_dropped_untold() -> None:
    """An engine of one pace keeps none of them: each is named, as those of roles are."""
    sidecar = Sidecar(
        characters=(("Nérine", VoiceSettings(rate=1.2)), ("Paul", VoiceSettings(level=-2.0))),
        retakes=(Retake("Que faire ?", rate=0.8),),
    )
    (diagnostic,) = casting(gtts.engine(), sidecar).diagnostics
    assert "(Nérine 1.2, « Que faire ? » 0.8)" in diagnostic.message
    assert casting(espeak.engine(), sidecar).diagnostics == ()


@pytest.mark.parametrize(
    ("sidecar", "place"),
    [
        (Sidecar(characters=(("Nérine", VoiceSettings("fr+f9")),)), "[characters]"),
        (Sidecar(chapters=(ChapterEntry(number=1, voice="fr+f9"),)), "[[chapters]]"),
        (Sidecar(retakes=(Retake("Que faire ?", voice="fr+f9"),)), "[[retakes]]"),
    ],
)
def test_where_a_wrong_voice_stands_is_told(sidecar: Sidecar, place: str) -> None:
    """As one finds it in the sidecar, brackets included."""
    with pytest.raises(EngineError) as told:
        casting(espeak.engine(), sidecar)
    assert f"sidecar's {place} asks for it" in told.value.message


def test_a_character_s_voice_of_another_engine_needs_the_engine_alone() -> None:
    """Its name behind --voice would have it read the whole book."""
    sidecar = Sidecar(characters=(("Nérine", VoiceSettings("fr+f2")),))
    with pytest.raises(EngineError) as told:
        casting(gtts.engine(), sidecar)
    assert told.value.advice == "Say: --engine espeak"
    with pytest.raises(EngineError) as told:
        find_voice(gtts.engine(), "fr+f2")
    assert told.value.advice == "Say: --engine espeak --voice fr+f2"
