"""The letter: every sentence said as a narrator would say it, every paragraph cut where it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hautevoix.french import Narrator, replay, sentences
from hautevoix.model import LexiconEntry, Unsure

PARAGRAPHS = json.loads((Path(__file__).parent / "letter.json").read_text(encoding="utf-8"))
SENTENCES = [(row["written"], row["spoken"]) for rows in PARAGRAPHS for row in rows]


@pytest.fixture(scope="module")
def narrator() -> Narrator:
    """Give the narrator what the letter's sidecar tells."""
    return Narrator(
        lexicon=[
            LexiconEntry("C.C.", "Comité central"),
            LexiconEntry("C.R.M.", "Comité révolutionnaire militaire"),
            LexiconEntry("P.O.S.D.(b)R.", "Parti ouvrier social-démocrate bolchévik de Russie"),
        ],
        corrections=[
            ("ta Révolution", "la Révolution"),
            ("se Composait", "se composait"),
            ("C.R M.", "C.R.M."),
        ],
    )


@pytest.mark.parametrize(("written", "spoken"), SENTENCES)
def test_each_sentence_is_said_right(narrator: Narrator, written: str, spoken: str) -> None:
    """A sentence of the letter is said as a careful reader says it, and can be replayed."""
    said = narrator.say(written)
    assert said.words.text == spoken
    assert replay(written, said.changes) == spoken
    assert narrator.say(written, explain=False).words == said.words


@pytest.mark.parametrize("rows", PARAGRAPHS)
def test_a_paragraph_is_said_like_its_sentences(
    narrator: Narrator, rows: list[dict[str, str]]
) -> None:
    """A whole paragraph is said like its sentences one by one."""
    text = " ".join(row["written"] for row in rows)
    assert narrator.say(text).words.text == " ".join(row["spoken"] for row in rows)


@pytest.mark.parametrize("rows", PARAGRAPHS)
def test_paragraphs_are_cut_into_their_sentences(rows: list[dict[str, str]]) -> None:
    """The splitter finds the letter's sentences, « du C.R.M. Après » included."""
    written = tuple(row["written"] for row in rows)
    assert sentences(" ".join(written)) == written


def test_the_a_without_its_accent_is_reported(narrator: Narrator) -> None:
    """« A mesure » is said « À mesure », and a person is told."""
    assert narrator.say("A mesure que tout change.").unsure == (Unsure("capital-a", "A"),)
