"""Marks in a text are heard: pauses, voices, other words, sounds, another language, stress."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from commands import hautevoix
from hautevoix import engines
from hautevoix.engines.transcription import sounds
from hautevoix.model.options import ReadingOptions, Source
from hautevoix.pipeline.casting import casting
from hautevoix.pipeline.pronouncing import sounded
from hautevoix.pipeline.texts import narrate, understand

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import Utterance

TEXT = """Le meunier

Le meunier posa son sac. [pause 2s] Puis il compta, [pause 300 ms] très lentement, ses 12 sacs. Le
duc de [dire Broglie|breuil] le salua en 1740, et [emphase]21 valets[/emphase] avec lui. [dire
Huysmans|/ɥismɑ̃s/] lisait [langue en]The Daily Telegraph, by Jove[/langue], « [voix fr+f3]tout
seul[/voix] ».

[voix fr+m2]

Il se tut.

[/voix]
[pause 3 s]

Le soir tomba.
"""


@pytest.fixture
def script(tmp_path: Path) -> list[Utterance]:
    """Return what is said of the text, its frame left out."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.toml").write_text("marks = true\n", "utf-8")
    source = Source(tmp_path / "a.txt", reading=ReadingOptions(opening=False, closing=False))
    script = narrate(understand(source), spelled=False)
    return [one for one in script.utterances if one.paragraph is not None]


def test_pauses_stand_where_they_are_and_as_long(script: list[Utterance]) -> None:
    """A pause amid a sentence parts it; it stands in place of the one that would be there."""
    told = {one.written: one.pause_after for one in script}
    assert told["Le meunier posa son sac."] == 2000
    assert told["Puis il compta,"] == 300
    assert told["Il se tut."] == 3000


def test_voices_speak_what_is_theirs_alone(script: list[Utterance]) -> None:
    """From « [voix …] » to « [/voix] », amid a sentence or over paragraphs."""
    assert [(one.written, one.voice) for one in script if one.voice] == [
        ("« tout seul ».", "fr+f3"),
        ("Il se tut.", "fr+m2"),
    ]


def test_other_words_and_sounds_are_said_and_the_rest_by_the_rules(
    script: list[Utterance],
) -> None:
    """What is written stays written; engines that know no phonemes read a name as it stands."""
    duke = next(one for one in script if "Broglie" in one.written)
    assert duke.spoken == (
        "Le duc de breuil le salua en mille sept cent quarante, et vingt et un valets avec lui."
    )
    stressed = [span for span in duke.words.spans if span.manner == "emphasis"]
    assert [duke.spoken[span.start : span.end] for span in stressed] == ["vingt et un valets"]
    reader = next(one for one in script if "Huysmans" in one.written)
    told = {reader.spoken[s.start : s.end]: s.ipa for s in reader.words.spans if s.ipa}
    assert told["Huysmans"] == "ɥismɑ̃s"
    assert told["Telegraph"] == "tɛliɡʁaf"


def test_another_language_is_sounded_as_the_french_say_it() -> None:
    """Word by word, its punctuation kept; Latin is read by French rules, nonsense too."""
    text = "Nein, ein Weib!"
    told = {text[span.start : span.end]: span.ipa for span in sounded(text, "de")}
    assert told == {"Nein": "najn", "ein": "ajn", "Weib": "vajp"}
    assert [span.ipa for span in sounded("Ave Maria", "la")] == [""]
    assert [span.ipa for span in sounded("Qapla'", "tlh")] == [""]


def test_asking_for_another_language_changes_nothing_for_french() -> None:
    """The library has one voice at a time, for all who ask it."""
    before = sounds(["Thursby", "chat"])
    assert sounds(["chat"], "en-us") != before[1:]
    assert sounds(["Thursby", "chat"]) == before


def test_markup_tells_sounds_and_languages_without_being_asked(tmp_path: Path) -> None:
    """``lang`` and ``ssml:ph`` are always heeded; ``em`` is where marks are."""
    page = (
        '<html lang="fr"><body><h1>I</h1><p>Le duc de <span ssml:ph="bʁœj">Broglie</span> dit '
        '<i lang="en">yes</i>, <em>oui</em>.</p></body></html>'
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    source = Source(tmp_path / "a.html")

    def manners() -> dict[str, str]:
        said = narrate(understand(source), spelled=False).utterances[-2]
        return {said.spoken[s.start : s.end]: s.ipa or s.manner for s in said.words.spans}

    assert manners() == {"Broglie": "bʁœj", "yes": "jɛs"}
    (tmp_path / "a.toml").write_text("marks = true\n", "utf-8")
    assert manners() == {"Broglie": "bʁœj", "yes": "jɛs", "oui": "emphasis"}


def build(folder: Path, *options: str) -> Any:
    """Build the text in ``folder`` by eSpeak."""
    return hautevoix("build", "a.txt", "--engine", "espeak", "--store", "s", *options, cwd=folder)


def test_outline_shows_what_is_told_and_where(tmp_path: Path) -> None:
    """Each kind with its line and its words, for people and for programs; notes' own too."""
    text = """Le puits

[chapitre La margelle]

Il vint [pause 500 ms] voir. [voix Anne]Non, dit-elle.

Jamais.[/voix] Il lisait [dire Broglie|breuil] et [dire Huysmans|/ɥismɑ̃s/].

[emphase]Seul[/emphase], il dit : [langue en]how do you do[/langue][1].

[1] Une note de [dire Broglie|breuil].
"""
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert "as the text tells" not in hautevoix("outline", "a.txt", cwd=tmp_path).stdout
    (tmp_path / "a.toml").write_text("marks = true\n", "utf-8")
    shown = hautevoix("outline", "a.txt", cwd=tmp_path).stdout
    assert "  line 5: a pause of 500 ms at “Il vint”\n" in shown
    assert "  line 7: “Huysmans” sounds /ɥismɑ̃s/\n" in shown
    told = json.loads(hautevoix("outline", "--json", "a.txt", cwd=tmp_path).stdout)["directions"]
    keys = ("chapter", "note", "line", "kind", "value", "words")
    assert [tuple(one[key] for key in keys) for one in told] == [
        (1, None, 5, "pause", 500, "Il vint"),
        (1, None, 5, "voice", "Anne", "Non, dit-elle."),
        (1, None, 7, "voice", "Anne", "Jamais."),
        (1, None, 7, "say", "breuil", "Broglie"),
        (1, None, 7, "ipa", "ɥismɑ̃s", "Huysmans"),
        (1, None, 9, "emphasis", None, "Seul"),
        (1, None, 9, "language", "en", "how do you do"),
        (1, "1", 11, "say", "breuil", "Broglie"),
    ]


def test_a_character_whom_a_mark_names_has_his_rate_and_his_level(tmp_path: Path) -> None:
    """As where the text names him; a voice of the engine's has its role's."""
    text = "Il dit : [voix Anne]non[/voix], puis [voix fr-be]oui[/voix]."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    told = 'marks = true\n[characters]\nAnne = { voice = "fr+f2", rate = 0.8, level = -3 }\n'
    (tmp_path / "a.toml").write_text(told, "utf-8")
    understood = understand(Source(tmp_path / "a.txt"))
    script, chosen = narrate(understood), casting(engines.load("espeak"), understood.sidecar)
    spoken = [
        (one.written, chosen.voice_of(one).name, chosen.voice_of(one).rate, level)
        for one, level in zip(script.utterances, chosen.levels(script), strict=True)
        if one.voice
    ]
    assert spoken == [("non,", "fr+f2", 0.8, -3.0), ("oui.", "fr-be", 1.0, 0.0)]


def test_a_book_with_marks_is_built_and_its_timeline_tells_who_speaks(tmp_path: Path) -> None:
    """A mark may name a character of the sidecar's; a name that nobody has is an error of use."""
    text = "Le puits\n\nIl dit : [voix Anne]non[/voix]. [pause 1s] Puis [emphase]rien[/emphase].\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "a.toml").write_text("marks = true\n", "utf-8")
    done = build(tmp_path)
    assert done.returncode == 5
    assert "no voice called « Anne »; the mark [voix Anne] in the text asks for it" in done.stderr
    (tmp_path / "a.toml").write_text('marks = true\n[characters]\nAnne = "fr+f2"\n', "utf-8")
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr
    rows = json.loads((tmp_path / "output/a/a.timeline.json").read_text("utf-8"))["utterances"]
    assert [(row["text"], row["voice"]) for row in rows[1:4]] == [
        ("Il dit :", "espeak/fr"),
        ("non.", "espeak/fr+f2"),
        ("Puis rien.", "espeak/fr"),
    ]
    gap = rows[3]["start"] - rows[2]["end"]
    assert 0.95 <= gap <= 1.15
    assert "Anne" not in done.stderr  # whom only a mark has speak is no idle character
