from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hautevoix.french import Narrator
from hautevoix.model import (
    PAUSES,
    Book,
    BookInfo,
    Chapter,
    Kind,
    Note,
    NoteReference,
    Paragraph,
    Role,
    Script,
)
from hautevoix.scripting import NotesPolicy, ReadingOptions, write_script
from hautevoix.scripting.script import CLOSING

INFO = BookInfo(title="Le Livre", author="Une Autrice", date="3 mai 1921")
FIRST = Paragraph(
    Kind.PARAGRAPH,
    "Une phrase. Une autre phrase.",
    (NoteReference("1", 10, 0), NoteReference("2", 28, 1)),
)
BOOK = Book(
    INFO,
    (
        Chapter("Chapitre premier", (FIRST, Paragraph(Kind.PARAGRAPH, "Plus rien."))),
        Chapter("Chapitre II", (Paragraph(Kind.PARAGRAPH, "La fin."),)),
    ),
    (
        Note("1", "Première note.", called=True),
        Note("2", "Seconde note. Suite.\nEncore un paragraphe.", called=True),
        Note("*", "Personne ne m'appelle."),
    ),
    notes_heading="Notes",
)
BARE = ReadingOptions(opening=False, closing=False)


def script(book: Book = BOOK, reading: ReadingOptions = BARE) -> Script:
    """Return the book's script."""
    return write_script(book, Narrator(), reading)


def told(made: Script) -> list[tuple[int, str]]:
    """Return what is said, with the chapter it is said in."""
    return [(utterance.chapter, utterance.spoken) for utterance in made.utterances]


def test_the_opening_says_title_author_and_date_and_the_closing_that_no_one_spoke() -> None:
    """A listener hears first what the book is, last that the voice is synthetic."""
    made = script(reading=ReadingOptions())
    assert [utterance.spoken.capitalize() for utterance in made.utterances[:3]] == [
        "Le livre",
        "Une autrice",
        "Trois mai mille neuf cent vingt et un",
    ]
    assert made.utterances[2].pause_after == PAUSES["opening"]
    assert made.utterances[-1].written == CLOSING
    assert "synthèse" in CLOSING


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ("A. Bérard; J. Mikołajczyk", "A Bérard et J Mikołajczyk"),
        ("Anne Roux ; Paul Petit ; Zoé Sand", "Anne Roux, Paul Petit et Zoé Sand"),
        ("Anne Roux ;", "Anne Roux"),
        ("Roux, Anne", "Roux, Anne"),
    ],
)
def test_authors_are_named_as_one_names_them(authors: str, said: str) -> None:
    """A semicolon between names is for catalogues; between the last two a voice says « et »."""
    made = script(replace(BOOK, info=BookInfo(title="Seul", author=authors)), ReadingOptions())
    assert made.utterances[1].spoken == said


def test_opening_and_closing_can_be_turned_off() -> None:
    """Without them the book begins with its first heading and ends with its last note."""
    made = script()
    assert made.utterances[0].spoken == "Chapitre premier"
    assert made.utterances[-1].spoken == "Personne ne m'appelle."


def test_an_unknown_author_or_date_is_not_mentioned() -> None:
    """Only what is known is said."""
    made = script(replace(BOOK, info=BookInfo(title="Seul")), ReadingOptions(closing=False))
    assert [utterance.spoken for utterance in made.utterances[:2]] == ["Seul", "Chapitre premier"]


def test_notes_at_the_end_are_a_chapter_each_note_announced() -> None:
    """Notes come in order under their heading, « Note 2 » before the second."""
    made = script()
    assert made.chapters == ("Chapitre premier", "Chapitre II", "Notes")
    assert [said for chapter, said in told(made) if chapter == 2] == [
        "Notes",
        "Note un",
        "Première note.",
        "Note deux",
        "Seconde note.",
        "Suite.",
        "Encore un paragraphe.",
        "Note",
        "Personne ne m'appelle.",
    ]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (NotesPolicy.AFTER_SENTENCE, ["Une phrase.", "Note un", "Première note.", "Une autre"]),
        (NotesPolicy.AFTER_PARAGRAPH, ["Une phrase.", "Une autre phrase.", "Note un"]),
        (NotesPolicy.CHAPTER, ["Une phrase.", "Une autre phrase.", "Plus rien.", "Note un"]),
        (NotesPolicy.SKIP, ["Une phrase.", "Une autre phrase.", "Plus rien.", "Chapitre deux"]),
    ],
)
def test_notes_are_read_where_the_user_wants_them(policy: NotesPolicy, expected: list[str]) -> None:
    """Each policy reads the first note in its own place."""
    said = [text for _, text in told(script(reading=replace(BARE, notes=policy)))]
    heard = said[1 : 1 + len(expected)]
    assert all(text.startswith(start) for text, start in zip(heard, expected, strict=True))


@pytest.mark.parametrize("policy", [policy for policy in NotesPolicy if policy != "skip"])
def test_each_note_is_read_exactly_once(policy: NotesPolicy) -> None:
    """Even a note that two paragraphs call, and one that none calls."""
    twice = Paragraph(Kind.PARAGRAPH, "Encore.", (NoteReference("1", 7, 0),))
    first = BOOK.chapters[0]
    book = replace(
        BOOK,
        chapters=(replace(first, paragraphs=(*first.paragraphs, twice)), *BOOK.chapters[1:]),
    )
    said = [text for _, text in told(script(book, replace(BARE, notes=policy)))]
    for note in ("Première note.", "Seconde note.", "Personne ne m'appelle."):
        assert said.count(note) == 1


@pytest.mark.parametrize("policy", [NotesPolicy.END, NotesPolicy.AFTER_SENTENCE])
def test_a_cue_goes_before_each_note_if_asked_for(policy: NotesPolicy) -> None:
    """Where a note is announced there is one; nowhere else, and nowhere unasked."""
    asked = script(reading=replace(BARE, notes=policy, cue=True)).utterances
    cued = [utterance.written for utterance in asked if utterance.cue]
    assert cued == [text.written for text in asked if re.fullmatch(r"Note( \d)?", text.written)]
    assert len(cued) > 1
    unasked = script(reading=replace(BARE, notes=policy)).utterances
    assert not any(utterance.cue for utterance in unasked)


def test_skipped_notes_are_not_said() -> None:
    """With skip, no note and no announcement is heard."""
    made = script(reading=replace(BARE, notes=NotesPolicy.SKIP))
    assert not {Role.NOTE, Role.ANNOUNCEMENT} & {utterance.role for utterance in made.utterances}


def test_pauses_follow_the_kind_of_boundary() -> None:
    """Sentence, paragraph, heading, chapter: each has the table's pause."""
    pauses = [utterance.pause_after for utterance in script().utterances]
    assert pauses[:6] == [
        PAUSES[name]
        for name in ("heading", "sentence", "paragraph", "chapter", "heading", "chapter")
    ]


def test_a_book_s_own_pauses_hold() -> None:
    """The table can be overridden."""
    made = write_script(BOOK, Narrator(), BARE, {**PAUSES, "sentence": 7})
    assert made.utterances[1].pause_after == 7


def test_verse_is_said_line_by_line() -> None:
    """Each line of verse is an utterance; a stanza ends with a longer pause."""
    stanza = Paragraph(Kind.VERSE, "Sous le pont Mirabeau\ncoule la Seine")
    made = script(Book(INFO, (Chapter(None, (stanza,)),)))
    assert [(u.spoken, u.pause_after) for u in made.utterances] == [
        ("Sous le pont Mirabeau", PAUSES["verse"]),
        ("coule la Seine", PAUSES["chapter"]),
    ]


def test_a_book_without_words_has_no_utterance() -> None:
    """Nothing to say gives an empty script, not an opening and a closing around nothing."""
    assert script(Book(INFO, (Chapter(None, ()),)), ReadingOptions()).utterances == ()


def test_an_untitled_first_chapter_is_shown_under_the_book_s_title() -> None:
    """Listeners see the book's title for a text that has no chapters."""
    made = script(Book(INFO, (Chapter(None, (Paragraph(Kind.PARAGRAPH, "Un."),)),)))
    assert made.chapters == ("Le Livre",)


def test_an_endless_sentence_is_cut() -> None:
    """No utterance exceeds what a breath and an engine can take."""
    endless = Paragraph(Kind.PARAGRAPH, "des mots, " * 2000)
    made = script(Book(INFO, (Chapter(None, (endless,)),)))
    assert max(len(utterance.written) for utterance in made.utterances) <= 1200
    assert sum(utterance.written.count("mots") for utterance in made.utterances) == 2000


@pytest.mark.parametrize("policy", [policy for policy in NotesPolicy if policy != "skip"])
def test_a_source_of_notes_says_so_once(policy: NotesPolicy) -> None:
    """The first note of the editor's is told to be his, the others are not."""
    notes = tuple(replace(note, source="note de l'éditeur") for note in BOOK.notes)
    said = [
        text for _, text in told(script(replace(BOOK, notes=notes), replace(BARE, notes=policy)))
    ]
    assert said.count("Note de l'éditeur.") == 1
    assert said[said.index("Note de l'éditeur.") - 1] == "Note un"


def test_a_scene_that_changes_is_heard() -> None:
    """Stars or a rule make a longer pause after what stands above them, and none under a title."""
    first, second, third = (
        Paragraph(Kind.PARAGRAPH, text, parted=parted)
        for text, parted in (("Un.", True), ("Deux.", False), ("Trois.", True))
    )
    book = Book(INFO, (Chapter("Chapitre premier", (first, second, third)),))
    pauses = [utterance.pause_after for utterance in script(book).utterances]
    assert pauses == [
        PAUSES["heading"],
        PAUSES["paragraph"],
        PAUSES["scene"],
        PAUSES["chapter"],
    ]
    assert PAUSES["paragraph"] < PAUSES["scene"] < PAUSES["chapter"]


def test_every_utterance_knows_where_it_stands() -> None:
    """Chapter, paragraph and index lead back to the words, said twice or cut for breath or not."""
    long = "Encore une fois, " * 100 + "et voilà."
    verse = Paragraph(Kind.VERSE, "Encore\nEncore\n\nEncore")
    again = Paragraph(Kind.PARAGRAPH, f"Encore. Encore. {long} Encore.")
    book = Book(INFO, (Chapter("Vide", ()), Chapter(None, ()), Chapter("Un", (again, verse))))
    made = script(book)
    assert [book.chapters[n].title for n in made.book_chapters if n is not None] == ["Vide", "Un"]
    places: list[tuple[int, int]] = []
    for utterance in (each for each in made.utterances if each.paragraph is not None):
        number = made.book_chapters[utterance.chapter]
        assert number is not None
        assert utterance.paragraph is not None
        assert utterance.start is not None
        text = book.chapters[number].paragraphs[utterance.paragraph].text
        assert text.startswith(utterance.written, utterance.start)
        places.append((utterance.paragraph, utterance.start))
    assert places == sorted(set(places))
