"""The project's own letter, as a careful reader sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hautevoix.model import Book, Kind, TitleSource
from hautevoix.reading import read, read_sidecar

HERE = Path(__file__).parent
LETTER = HERE.parents[1] / "letters" / "lettre.txt"
TRUTH = json.loads((HERE / "lettre.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def letter() -> Book:
    """Read the letter as its text alone tells it."""
    return read(LETTER)


def test_paragraphs_are_those_of_a_careful_reader(letter: Book) -> None:
    """Sixteen paragraphs in one chapter without a title, the first a salutation."""
    (chapter,) = letter.chapters
    assert chapter.title is None
    assert [p.text for p in chapter.paragraphs] == [p["text"] for p in TRUTH["body"]]
    assert [p.kind for p in chapter.paragraphs] == [Kind.SALUTATION] + [Kind.PARAGRAPH] * 15


def test_calls_are_taken_out_and_tied_to_their_notes(letter: Book) -> None:
    """[2] and [3] leave no trace in the text and point at notes 2 and 3."""
    found = [
        (number, call.label, letter.notes[call.note or 0].label, paragraph.text[: call.position])
        for number, paragraph in enumerate(letter.chapters[0].paragraphs, 1)
        for call in paragraph.references
    ]
    assert [(number, call, note) for number, call, note, _ in found] == [
        (4, "2", "2"),
        (8, "3", "3"),
    ]
    assert [before.split()[-1] for *_, before in found] == ["Verkhovski", "militaire"]


def test_notes_are_whole_and_say_whose_they_are(letter: Book) -> None:
    """Three notes of the editor, the first called nowhere; heading and preamble stand apart."""
    assert [note.text for note in letter.notes] == [note["text"] for note in TRUTH["notes"]]
    assert [note.called for note in letter.notes] == [False, True, True]
    assert {note.source for note in letter.notes} == {"note de l'éditeur"}
    assert letter.notes_heading == TRUTH["notes_heading"]
    assert [p.text for p in letter.notes_preamble] == [TRUTH["notes_preamble"]]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (26, "des paysans | au premier chef"),
        (72, "Pétrograd, la | délivrance"),
        (85, "note [1] is called nowhere"),
        (85, "is a guess"),
        (98, "“se Composait”"),
        (101, "“C.R M.”"),
        (106, "“ta Révolution”"),
        (111, "“A mesure”"),
    ],
)
def test_every_doubt_is_told_with_its_line(letter: Book, line: int, words: str) -> None:
    """Joins, the uncalled note, the guessed title and the slips: each named where it stands."""
    assert any(
        diagnostic.line == line and words in diagnostic.message for diagnostic in letter.diagnostics
    )


def test_nothing_else_is_doubted(letter: Book) -> None:
    """A list of doubts is of use only while it is short."""
    assert len(letter.diagnostics) == 8


def test_a_title_is_proposed_from_the_note_that_no_call_names(letter: Book) -> None:
    """Without a sidecar the first note gives the title, marked as a guess."""
    assert letter.info.title == TRUTH["title_guess"]
    assert letter.info.title_source is TitleSource.GUESS


def test_the_sidecar_settles_title_date_and_slips() -> None:
    """With its sidecar the letter has a sure title, and its slips are told as corrected."""
    book = read(LETTER, read_sidecar(LETTER))
    assert book.info.title == "Lettre aux membres du Comité central"
    assert book.info.title_source is TitleSource.SIDECAR
    assert (book.info.author, book.info.date) == ("Lénine", "24 octobre 1917")
    assert not any("is a guess" in diagnostic.message for diagnostic in book.diagnostics)
    assert (
        sum("the sidecar reads it as" in diagnostic.message for diagnostic in book.diagnostics) == 3
    )
