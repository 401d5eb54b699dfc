"""However a text is laid out, it is the same text: paragraphs survive wrapping and indenting."""

from __future__ import annotations

import random
import textwrap
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from hautevoix.reading import parse_text

if TYPE_CHECKING:
    from hautevoix.model import Book

STORY = """
la rivière du moulin montait dans le jardin pendant que le meunier cherchait ses vannes
personne ne voulut croire au retour des chevaux avant la nuit tombée sur les ponts mouillés
une vieille femme comptait poules canards lapins sous son toit de chaume chaque dimanche
enfants voisins curé notaire facteur passaient encore lentement vers midi quand il pleuvait
"""
WORDS = STORY.split()


def prose(seed: int, count: int = 6) -> list[str]:
    """Return ``count`` paragraphs of two to five sentences, always the same for a ``seed``."""
    chance = random.Random(seed)  # noqa: S311  (a text to wrap, not a secret)
    return [
        " ".join(
            " ".join(chance.choices(WORDS, k=chance.randint(8, 25))).capitalize() + "."
            for _ in range(chance.randint(2, 5))
        )
        for _ in range(count)
    ]


texts = st.integers(0, 10**6).map(prose)


def found(book: Book) -> list[str]:
    """Return the texts of all paragraphs of ``book``."""
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(45, 100), st.sampled_from(["", " "]), st.sampled_from(["\n", "\r\n"]))
def test_blank_lines_part_paragraphs_at_any_width(
    wanted: list[str], width: int, trail: str, end: str
) -> None:
    """A text wrapped at any width, with or without trailing spaces, gives its paragraphs back."""
    blocks = [textwrap.wrap(text, width) for text in wanted]
    text = (end * 2).join(end.join(line + trail for line in block) for block in blocks)
    assert found(parse_text(text)) == wanted


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(45, 100), st.integers(2, 6))
def test_indents_part_paragraphs_where_no_blank_line_does(
    wanted: list[str], width: int, indent: int
) -> None:
    """The first line's indent is enough."""
    blocks = [textwrap.fill(text, width, initial_indent=" " * indent) for text in wanted]
    assert found(parse_text("\n".join(blocks))) == wanted


@settings(max_examples=30, deadline=None)
@given(texts, st.sampled_from(["\n", "\n\n", "\n\n\n"]))
def test_a_paragraph_may_be_a_line(wanted: list[str], gap: str) -> None:
    """Long lines are paragraphs, with or without blank lines between them."""
    assert found(parse_text(gap.join(wanted))) == wanted


@settings(max_examples=30, deadline=None)
@given(texts, st.integers(50, 80))
def test_a_double_spaced_text_is_read_like_any_other(wanted: list[str], width: int) -> None:
    """A blank line after every line means nothing."""
    blocks = ["\n\n".join(textwrap.wrap(text, width)) for text in wanted]
    assert found(parse_text("\n\n\n".join(blocks))) == wanted


ODD = st.text(
    st.sampled_from("aéZ  \n\n\n\t.,;:!?…«»—-–[](){}*_#¹²123IVX’'\f\r\x00\u2028\xa0\u200b°="),
    max_size=300,
)


@settings(max_examples=200, deadline=None)
@given(ODD)
def test_any_text_at_all_gives_a_sound_book(text: str) -> None:
    """Whatever comes in: no error, calls within their text, notes that exist, lines that exist."""
    book = parse_text(text)
    lines = text.count("\n") + text.count("\r") + text.count("\u2028") + text.count("\f") + 1
    for chapter in book.chapters:
        for paragraph in chapter.paragraphs:
            assert paragraph.text.strip()
            assert 0 < paragraph.line <= lines
            for call in paragraph.references:
                assert 0 <= call.position <= len(paragraph.text)
                assert call.note is None or book.notes[call.note].called
            assert all(0 <= start < end for start, end in paragraph.emphasis)
    assert all(0 <= diagnostic.line <= lines for diagnostic in book.diagnostics)
    assert all(note.text == note.text.strip() for note in book.notes)


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(1, 3))
def test_every_word_is_read_or_its_loss_is_told(wanted: list[str], heads: int) -> None:
    """Chapters, their headings and their paragraphs hold all the words, in order."""
    parts = [f"CHAPITRE {'I' * (1 + index % heads)}\n\n{text}" for index, text in enumerate(wanted)]
    book = parse_text("\n\n\n".join(textwrap.fill(part, 70) if 0 else part for part in parts))
    read = " ".join(
        " ".join([chapter.title or "", *(p.text for p in chapter.paragraphs)])
        for chapter in book.chapters
    )
    assert read.split() == " ".join(parts).split()
