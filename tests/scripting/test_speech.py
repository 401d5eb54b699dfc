"""Who speaks in dialogue, and what is the narrator's."""

from __future__ import annotations

import pytest

from characters import found, labelled, scores
from hautevoix.french import Narrator
from hautevoix.model import Book, BookInfo, Chapter, Kind, Paragraph, Role
from hautevoix.scripting import ReadingOptions, write_script
from hautevoix.scripting.plays import characters
from hautevoix.scripting.speech import cast_name, parts

ANSWER = "— Non, répondit le notaire, je ne signe pas. Et vous ?"
BARE = ReadingOptions(opening=False, closing=False)


def book(*texts: str) -> Book:
    """Return a book of dialogue."""
    lines = tuple(Paragraph(Kind.DIALOGUE, text) for text in texts)
    return Book(BookInfo(), (Chapter("I", lines),))


def said(text: str, *, parted: bool) -> list[tuple[Role, str | None, str]]:
    """Return a paragraph's utterances: role, character, words as they are written."""
    reading = ReadingOptions(opening=False, closing=False, parted=parted)
    made = write_script(book(text), Narrator(), reading).utterances[1:]
    return [(one.role, one.character, one.written) for one in made]


def test_what_the_narrator_says_in_dialogue_is_his() -> None:
    """« répondit le notaire » is said by the narrator, the words around it by the notary."""
    assert said(ANSWER, parted=True) == [
        (Role.DIALOGUE, "le notaire", "— Non,"),
        (Role.BODY, None, "répondit le notaire,"),
        (Role.DIALOGUE, "le notaire", "je ne signe pas."),
        (Role.DIALOGUE, "le notaire", "Et vous ?"),
    ]


def test_one_voice_says_a_sentence_in_one_breath() -> None:
    """Where dialogue has the narrator's voice nothing is cut; who speaks is told all the same."""
    assert said(ANSWER, parted=False) == [
        (Role.DIALOGUE, "le notaire", "— Non, répondit le notaire, je ne signe pas."),
        (Role.DIALOGUE, "le notaire", "Et vous ?"),
    ]


def test_pieces_stand_where_they_are_in_their_paragraph() -> None:
    """A page lights them there."""
    reading = ReadingOptions(opening=False, closing=False, parted=True)
    for one in write_script(book(ANSWER), Narrator(), reading).utterances[1:]:
        assert one.start is not None
        assert ANSWER[one.start :].startswith(one.written)


@pytest.mark.parametrize(
    "text",
    [
        "— Ajoutez l'eau, ajoute le sel, puis remue.",  # an imperative
        "— Il a dit Paul, tu sais.",  # what was said, not who says it
        "— Dis, Paul, tu viens ?",
        "— Il se leva. Le comte répondit.",
    ],
)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    """Nobody is named, and nothing is the narrator's."""
    told = parts(book(text).chapters[0].paragraphs[0])
    assert [(part.speech, part.character) for part in told] == [(True, None)]


def test_after_a_full_stop_only_who_addresses_somebody_is_sure_to_speak() -> None:
    """« dit Paul. Il se leva. » may be the narrator again: nobody's voice is taken for it."""
    after = said("— Oui, dit Paul. Il se leva.", parted=True)[-1]
    assert after[1] is None
    assert said("— Oui, dit Paul. Je viens.", parted=True)[-1][1] == "Paul"


def test_two_names_in_a_paragraph_name_nobody() -> None:
    """Which words are whose can't be told."""
    text = "— Oui, dit Paul. — Non, dit Jeanne."
    assert {part.character for part in parts(book(text).chapters[0].paragraphs[0])} == {None}


def test_who_speaks_is_counted_by_paragraphs() -> None:
    """The most frequent first."""
    made = book("— Oui, dit Paul.", "— Non, dit Jeanne.", "— Si, dit Paul.", "— Ah, dit-il.")
    assert characters(made) == (("Paul", 2), ("Jeanne", 1))
    assert cast_name("le père Goriot", {"goriot"}) == "goriot"


def test_the_labelled_set_is_read_precisely() -> None:
    """Nobody is given words that are not his (asked: 97 %), and few are missed."""
    rows = list(labelled())
    got = [found(row.text) for row in rows]
    speakers = scores((row.speaker for row in rows), (one.speaker for one in got))
    narrated = scores((row.narrated for row in rows), (one.narrated for one in got))
    assert min(speakers[0], narrated[0]) >= 0.97
    assert min(speakers[1], narrated[1]) >= 0.9
