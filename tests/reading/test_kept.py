"""What a sidecar has read although it looks like no text, and what it makes notes of."""

from __future__ import annotations

from pathlib import Path

import pytest

from golden import read_golden
from hautevoix.model import Sidecar
from hautevoix.reading import read

GOLDEN = Path(__file__).parent / "golden"

LEFT_OUT = {
    "publisher-left-out": ("publisher-after-the-text", "in.txt"),
    "contents-left-out": ("contents-folded", "in.txt"),
    "title-page-left-out": ("title-page-with-address", "in.txt"),
    "illustration-left-out": ("illustrations", "in.txt"),
    "gutenberg-left-out": ("gutenberg", "in.txt"),
    "title-page-line": ("line-under-a-title", "in.md"),
    "page-number": ("page-numbers", "in.txt"),
    "running-head": ("running-heads", "in.txt"),
    "verse-number": ("verse-numbered-in-the-margin", "in.txt"),
}


@pytest.mark.parametrize("code", LEFT_OUT)
def test_what_a_diagnostic_says_was_left_out_can_be_kept(code: str) -> None:
    """With its code in ``keep``, it is read, and no diagnostic of that code is told."""
    folder, name = LEFT_OUT[code]
    usual = read(GOLDEN / folder / name)
    kept = read(GOLDEN / folder / name, Sidecar(keep=frozenset([code])))
    assert code in {one.code for one in usual.diagnostics}
    assert code not in {one.code for one in kept.diagnostics}
    assert _size(kept) > _size(usual)


def _size(book: object) -> int:
    return len(repr(getattr(book, "chapters", ())))


def test_words_in_brackets_are_notes_where_the_sidecar_says_so() -> None:
    """Each aside is taken out of its sentence and called where it stood; « [sic] » stays."""
    book = read(GOLDEN / "notes-in-brackets" / "in.txt", Sidecar(notes="brackets"))
    notes = ["Badaud, en ce temps-là.", "Neuf francs.", "Bateau tiré par des chevaux."]
    assert [note.text for note in book.notes] == notes
    paragraphs = [p for chapter in book.chapters for p in chapter.paragraphs]
    assert paragraphs[0].text.startswith("Le gobe-mouches riait")
    assert "reçut [sic]" in paragraphs[1].text
    assert [call.note for p in paragraphs for call in p.references] == [0, 1, 2]
    assert "notes-in-brackets" not in {one.code for one in book.diagnostics}


def test_matter_of_an_epub_is_told_a_page_at_a_time() -> None:
    """A landmark names the imprint; a dedication between two such pages is read."""
    book = read_golden(GOLDEN / "publisher-in-landmarks" / "in.epub")
    assert [one.code for one in book.diagnostics] == ["matter-left-out"] * 2
    assert book.chapters[0].paragraphs[0].text == "À mon frère."
