"""Where sentences end, on hard cases; and where a long one is cut."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hautevoix.french import Narrator, cut, sentences
from hautevoix.french.abbreviations import TABLE

CASES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))[
    "cases"
]


@pytest.mark.parametrize("expected", CASES)
def test_hard_cases(expected: list[str]) -> None:
    """A paragraph made of these sentences is cut into them, no more and no less."""
    assert sentences(" ".join(expected)) == tuple(expected)


def test_there_are_at_least_sixty_hard_cases() -> None:
    """The hard cases stay many."""
    assert len(CASES) >= 60


@given(st.text())
def test_sentences_joined_give_the_text_back(text: str) -> None:
    """Nothing is lost: a space between the sentences gives the text back, whatever the text."""
    assert " ".join(sentences(text)) == text


@given(
    st.lists(st.sampled_from(["Il", "vint.", "M.", "A.", "…", "!", "«", "»", " ", "12.", "(", ")"]))
)
def test_sentences_of_strange_prose_joined_give_it_back(words: list[str]) -> None:
    """The same on texts full of stops."""
    text = " ".join(words)
    assert " ".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("sentence", "limit", "pieces"),
    [
        (
            "Le peuple a le droit de trancher ; il en a le devoir, et il le sait.",
            45,
            ("Le peuple a le droit de trancher ;", "il en a le devoir, et il le sait."),
        ),
        (
            "Il prit son chapeau, sa canne, et sortit sans un mot.",
            40,
            ("Il prit son chapeau, sa canne,", "et sortit sans un mot."),
        ),
        (
            "Tous les délégués qui venaient de très loin attendaient encore.",
            40,
            ("Tous les délégués", "qui venaient de très loin attendaient", "encore."),
        ),
        ("Court.", 40, ("Court.",)),
        ("abcdefgh", 3, ("abc", "def", "gh")),
    ],
)
def test_a_long_sentence_is_cut_at_the_best_place(
    sentence: str, limit: int, pieces: tuple[str, ...]
) -> None:
    """A semicolon before a comma, a comma before « qui », « qui » before any space."""
    assert cut(sentence, limit) == pieces


@given(st.text(alphabet="ab ,;:et", max_size=200), st.integers(1, 30))
def test_pieces_are_never_too_long_and_lose_nothing(sentence: str, limit: int) -> None:
    """No piece is longer than asked; only spaces stand between pieces."""
    pieces = cut(sentence, limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace(" ", "") == sentence.replace(" ", "")


def test_a_limit_must_leave_room() -> None:
    """A limit below one is a mistake of the caller, and told so."""
    with pytest.raises(ValueError, match="limit"):
        cut("abc", 0)


_PARAGRAPHS = [" ".join(case) for case in CASES]
_DOTTED = sorted({entry.written for entry in TABLE if "." in entry.written})
_BEFORE = ("On lit ici", "C'est au XVe", "Il paya 3", "Il cite (")
_FOLLOWS = ("3 voix", "Foch dit", "Le Mans dit", "(sic)", "; rien", "et Mme Roux", "× 4", "IV dit")


def _inside(text: str, boundary: int) -> list[str]:
    """Return what one rule changes, where the space at ``boundary`` is within it."""
    origins: list[int | None] = list(range(len(text)))
    found: list[str] = []
    for change in Narrator().say(text).changes:
        kept: list[int | None] = []
        done = 0
        for edit in change.edits:
            end = edit.start + len(edit.before)
            if boundary in origins[edit.start + 1 : end - 1]:
                found.append(f"{change.rule}: {edit.before} → {edit.after}")
            kept += origins[done : edit.start] + [None] * len(edit.after)
            done = end
        origins = kept + origins[done:]
    return found


def _check_ends(text: str) -> None:
    boundary = -1
    for sentence in sentences(text)[:-1]:
        boundary += len(sentence) + 1
        assert not _inside(text, boundary)


@pytest.mark.parametrize("text", _PARAGRAPHS)
def test_no_sentence_ends_inside_what_one_rule_says(text: str) -> None:
    """The voice gets sentences, so an abbreviation that is cut in two would be read as written."""
    _check_ends(text)


@pytest.mark.parametrize("written", _DOTTED)
def test_no_abbreviation_is_cut_from_what_it_stands_before(written: str) -> None:
    """The same for each entry of the table, before figures, names, parentheses and signs."""
    for before in _BEFORE:
        for follows in _FOLLOWS:
            _check_ends(f"{before} {written} {follows} ce jour.")


@pytest.mark.parametrize("written", ["l'art.", "L'av.", "la R.N.", "le R.P.", "l'O.N.U.", "J. K."])
def test_no_article_or_acronym_is_cut_from_what_it_stands_before(written: str) -> None:
    """The same behind an elided article, and for acronyms that no table knows."""
    for follows in _FOLLOWS:
        _check_ends(f"On lit {written} {follows} ce jour.")
