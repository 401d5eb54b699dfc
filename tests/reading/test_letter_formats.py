"""The project's letter in every format, made by tools of others, gives the same outline."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from hautevoix.model import Book, Kind
from hautevoix.reading import read

HERE = Path(__file__).parent
TRUTH = json.loads((HERE / "lettre.json").read_text(encoding="utf-8"))
PLAIN = sorted((HERE / "letter").glob("[lp]*.*"))
NOTED = sorted((HERE / "letter").glob("noted-*.*"))
STRAIGHT = str.maketrans({"’": "'", "\xa0": " "})


def plain(text: str) -> str:
    """Return ``text`` without what pandoc's typography changed."""
    return text.translate(STRAIGHT)


def texts(book: Book) -> list[str]:
    """Return the texts of all paragraphs."""
    return [plain(p.text) for chapter in book.chapters for p in chapter.paragraphs]


def called(book: Book) -> list[tuple[str, str]]:
    """Return, for each call, the word before it and how its note starts."""
    return [
        (p.text[: call.position].split()[-1], book.notes[call.note].text.split()[0])
        for chapter in book.chapters
        for p in chapter.paragraphs
        for call in p.references
        if call.note is not None
    ]


BODY = [plain(paragraph["text"]) for paragraph in TRUTH["body"]]
NOTES = [plain(note["text"]) for note in TRUTH["notes"]]
CALLED = [("Verkhovski", "Verkhovski"), ("militaire", "Le")]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
def test_the_letter_with_plain_notes(path: Path) -> None:
    """Cut paragraphs are joined, notes found, calls taken out, as in the text file."""
    book = read(path)
    assert texts(book) == BODY
    assert [plain(note.text) for note in book.notes] == NOTES
    assert [note.called for note in book.notes] == [False, True, True]
    assert {note.source for note in book.notes} == {"note de l'éditeur"}
    assert called(book) == CALLED
    assert (book.notes_heading, len(book.notes_preamble)) == ("Notes", 1)
    assert book.chapters[0].paragraphs[0].kind is Kind.SALUTATION
    assert [chapter.title for chapter in book.chapters] == [None]


@pytest.mark.parametrize("path", NOTED, ids=lambda path: path.name)
def test_the_letter_with_linked_notes(path: Path) -> None:
    """Notes that the format itself marks are tied to their calls, and read nowhere else."""
    book = read(path)
    assert texts(book)[:16] == BODY
    assert [plain(note.text) for note in book.notes] == NOTES[1:]
    assert called(book) == CALLED
    extra = texts(book)[16:]
    assert not extra or path.suffix == ".pdf"  # where « Notes » is but a large line


def test_markdown_keeps_the_note_that_nothing_calls() -> None:
    """A footnote without a call is read with the notes, not dropped in silence."""
    book = read(HERE / "letter" / "noted.md")
    assert [note.label for note in book.notes] == ["1", "2", "3"]
    assert [note.called for note in book.notes] == [False, True, True]
    assert texts(book) == BODY
    assert any("called nowhere" in diagnostic.message for diagnostic in book.diagnostics)


@pytest.mark.parametrize("path", [*PLAIN, *NOTED], ids=lambda path: path.name)
def test_the_format_is_told_by_content(path: Path, tmp_path: Path) -> None:
    """A wrong or missing extension changes nothing."""
    bare = tmp_path / "lettre"
    bare.write_bytes(path.read_bytes())
    assert texts(read(bare)) == texts(read(path))


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """« - » reads bytes from standard input, whatever their format."""
    data = (HERE / "letter" / "pandoc.docx").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert texts(read(Path("-"))) == BODY
