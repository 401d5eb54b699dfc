"""PDF: paragraphs from places on the page, notes at its foot, what has no text."""

from __future__ import annotations

import pytest

from forms import pdf, references, texts, titles
from hautevoix.errors import InputError, RefusedError
from hautevoix.reading.sources.pdf.document import read_pdf

LINES = [
    "Il était une fois, dans un pays lointain, un roi qui avait trois filles et un seul",
    "cheval. Le cheval mourut au printemps, et le roi, qui l'aimait, fit fermer les por-",
    "tes de la ville.",
]
WHOLE = (
    "Il était une fois, dans un pays lointain, un roi qui avait trois filles et un seul "
    "cheval. Le cheval mourut au printemps, et le roi, qui l'aimait, fit fermer les portes "
    "de la ville."
)
Drawn = list[tuple[float, float, float, str]]


def set_in(lines: list[str], top: float, left: float = 72.0) -> Drawn:
    """Return ``lines`` of 12 points on a leading of 14."""
    return [(left, top - 14 * number, 12, line) for number, line in enumerate(lines)]


def test_gaps_part_paragraphs() -> None:
    """Lines at the usual leading run on; a wider step starts a paragraph."""
    book = read_pdf(pdf([set_in(LINES, 800) + set_in(LINES, 740) + set_in(LINES, 680)]), "x.pdf")
    assert texts(book) == [WHOLE] * 3


def test_indents_part_paragraphs() -> None:
    """Where no gap does, the indent of a first line starts a paragraph."""
    page: Drawn = []
    for number in range(6):
        top = 800 - 42 * number
        page += [(90, top, 12, LINES[0]), *set_in(LINES[1:], top - 14)]
    assert texts(read_pdf(pdf([page]), "x.pdf")) == [WHOLE] * 6


def test_large_lines_are_headings() -> None:
    """What is set larger than the text stands apart, and is a chapter."""
    page: Drawn = [(72, 800, 18, "Chapitre 1"), *set_in(LINES, 770), *set_in(LINES, 720)]
    other: Drawn = [(72, 800, 18, "Chapitre 2"), *set_in(LINES, 770), *set_in(LINES, 720)]
    book = read_pdf(pdf([page, other]), "x.pdf")
    assert titles(book) == [(1, "Chapitre 1"), (1, "Chapitre 2")]
    assert texts(book) == [WHOLE] * 4


def test_a_heading_over_two_lines_is_one() -> None:
    """What is large has a large leading; a number over its title is one heading too."""
    page: Drawn = [
        (72, 800, 18, "Le passeur de la rivière et des"),
        (72, 778, 18, "marais d'en bas"),
        *set_in(LINES, 740),
        (72, 680, 18, "Chapitre 2"),
        (72, 658, 18, "La meunière"),
        *set_in(LINES, 620),
    ]
    assert titles(read_pdf(pdf([page]), "x.pdf")) == [
        (1, "Le passeur de la rivière et des marais d'en bas"),
        (1, "Chapitre 2. La meunière"),
    ]


def test_a_note_at_the_foot_of_a_page() -> None:
    """A raised number calls; the note under the text is no part of it, and the text goes on."""
    first: Drawn = [
        *set_in(LINES, 800),
        *set_in(LINES[:2], 740),
        (72, 712, 12, "tes"),
        (90, 716, 7, "1"),
        (95, 712, 12, " de la ville."),
        (72, 634, 7, "1"),
        (76, 630, 10, " La note du bas de la page, qui est assez longue pour être une note."),
    ]
    book = read_pdf(pdf([first, set_in(LINES, 800)]), "x.pdf")
    assert [note.text for note in book.notes] == [
        "La note du bas de la page, qui est assez longue pour être une note."
    ]
    assert [text for *_, text in references(book)] == [book.notes[0].text]
    assert texts(book) == [WHOLE] * 3


def test_pages_without_text_are_told() -> None:
    """A scan: exit 3, and what to do."""
    with pytest.raises(InputError, match="no text in it, only pictures of 2 pages"):
        read_pdf(pdf([[], []]), "scan.pdf")


def test_an_encrypted_file_is_refused() -> None:
    """Exit 4, before anything is tried."""
    data = pdf([set_in(LINES, 800)]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>",
    )
    with pytest.raises(RefusedError, match="encrypted"):
        read_pdf(data, "x.pdf")


@pytest.mark.parametrize("size", [9, 40, 300, 700])
def test_a_torn_file_is_told(size: int) -> None:
    """Exit 3 or what could be saved, never a traceback."""
    data = pdf([set_in(LINES, 800)])[:size]
    with pytest.raises(InputError):
        read_pdf(data, "x.pdf")


def test_a_note_that_goes_on_at_the_next_page_s_foot() -> None:
    """Small print without a number belongs to the note before; the text above it does not."""
    first: Drawn = [
        *set_in([*LINES[:2], "tes"], 800),
        (90, 776, 7, "1"),
        (95, 772, 12, " de la ville et des faubourgs, des hameaux, des fermes et des châteaux qui"),
        (72, 134, 6, "1"),
        (76, 130, 9, " La note du bas de la page, qui est assez longue pour ne pas tenir"),
    ]
    second: Drawn = [*set_in(["l'entouraient.", *LINES], 800), (72, 130, 9, "sur une page.")]
    book = read_pdf(pdf([first, second]), "x.pdf")
    assert [note.text for note in book.notes] == [
        "La note du bas de la page, qui est assez longue pour ne pas tenir sur une page."
    ]
    assert "sur une page" not in " ".join(texts(book))
