"""What is kept of a book for its page: paragraphs as they are spoken, calls at their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.french import Narrator
from hautevoix.model import (
    Book,
    BookInfo,
    Chapter,
    FrameSpan,
    Kind,
    Note,
    NoteReference,
    Paragraph,
    Timeline,
)
from hautevoix.publishing.edition import Edition, edition
from hautevoix.publishing.markup import Writer
from hautevoix.scripting import NotesPolicy, ReadingOptions, write_script

if TYPE_CHECKING:
    from hautevoix.publishing.edition import Sentence

BOOK = Book(
    BookInfo("Le Titre", author="Qui", date="1900"),
    (
        Chapter(
            "Chapitre premier",
            (
                Paragraph(
                    Kind.PARAGRAPH,
                    "Première phrase. Deuxième phrase, plus longue.",
                    (NoteReference("1", 16, 0), NoteReference("2", 35, 1)),
                    emphasis=((0, 8), (10, 25)),
                ),
                Paragraph(Kind.VERSE, "Un vers\nUn autre vers", parted=True),
            ),
        ),
        Chapter("Vide", ()),
        Chapter(None, (Paragraph(Kind.PARAGRAPH, "Une fin."),)),
    ),
    (Note("1", "Sur la phrase. Encore.", called=True), Note("2", "Autre note.", called=True)),
)


def bound(policy: NotesPolicy = NotesPolicy.END, *, missing: int | None = None) -> Edition:
    """Return the edition of BOOK, each utterance a second long."""
    script = write_script(BOOK, Narrator((), ()), ReadingOptions(policy))
    marks = [
        None if number == missing else FrameSpan(number * 10, number * 10 + 9)
        for number in range(len(script.utterances))
    ]
    chapters = tuple(FrameSpan(0, 1) for _ in script.chapters)
    return edition(BOOK, script, Timeline(10, 9999, chapters, tuple(marks)), "essai", "fr")


def all_sentences(told: Edition) -> list[Sentence]:
    """Return every sentence in order."""
    return [s for part in told.parts for block in part.blocks for s in block.sentences]


def test_every_utterance_is_in_it_once_and_in_order() -> None:
    """Sentences name the timeline's rows, one after the other; so does every notes policy."""
    for policy in NotesPolicy:
        rows = [sentence.utterance for sentence in all_sentences(bound(policy))]
        assert rows == list(range(len(rows)))


def test_a_missing_sentence_stays_in_the_text() -> None:
    """What could not be spoken is read all the same; the rows after it move up."""
    sentences = all_sentences(bound(missing=4))
    rows = [sentence.utterance for sentence in sentences]
    assert rows[4] is None
    assert [row for row in rows if row is not None] == list(range(len(rows) - 1))


def test_the_opening_is_told_apart_from_the_first_chapter() -> None:
    """Title, author and date are the book's; then comes the chapter's own heading."""
    kinds = [block.kind for block in bound().parts[0].blocks]
    assert kinds[:4] == ["opening", "opening", "opening", "title"]
    assert kinds[4:] == ["paragraph", "verse"]


def test_calls_and_emphasis_come_back_where_they_stood() -> None:
    """A call after a full stop belongs to that sentence; emphasis is cut at sentences."""
    first, second = bound().parts[0].blocks[4].sentences
    assert (first.text, second.text) == ("Première phrase.", "Deuxième phrase, plus longue.")
    assert [(call.position, call.note) for call in first.calls] == [(16, 0)]
    assert [(call.position, call.note) for call in second.calls] == [(18, 1)]
    assert first.emphasis == ((0, 8), (10, 16))
    assert second.emphasis == ((0, 8),)


def test_a_change_of_scene_is_seen() -> None:
    """A rule stands before the paragraph that stars stand above, and nowhere else."""
    told = bound()
    assert [block.kind for part in told.parts for block in part.blocks if block.parted] == ["verse"]
    writer = Writer(told, lambda _row: {}, lambda _note, _label: {}, {}, hr="<hr/>")
    blocks = list(writer.blocks(told.parts[0].blocks, "h2"))
    assert blocks.count("<hr/>") == 1
    assert "Un vers" in blocks[blocks.index("<hr/>") + 1]


def test_notes_are_known_wherever_they_are_read() -> None:
    """At the end, with their chapter, after a paragraph or a sentence: each is found once."""
    for policy in set(NotesPolicy) - {NotesPolicy.SKIP}:
        blocks = [block for part in bound(policy).parts for block in part.blocks]
        assert sorted(block.note for block in blocks if block.note is not None) == [0, 1], policy
    blocks = [block for part in bound(NotesPolicy.SKIP).parts for block in part.blocks]
    assert [block.note for block in blocks if block.note is not None] == []


def test_the_letter_has_its_notes_and_their_calls(letter_edition: Edition) -> None:
    """In the project's letter two of three notes are called; all three are read."""
    calls = [call.note for s in all_sentences(letter_edition) for call in s.calls]
    blocks = [block for part in letter_edition.parts for block in part.blocks]
    assert calls == [1, 2]
    assert [block.note for block in blocks if block.note is not None] == [0, 1, 2]


def test_notes_of_the_same_words_are_told_apart() -> None:
    """« Ibid. » twice, and a note that begins as another one does: each is its own."""
    words = "Un. Deux. Trois."
    references = (NoteReference("1", 3, 0), NoteReference("2", 9, 1), NoteReference("3", 16, 2))
    paragraph = Paragraph(Kind.PARAGRAPH, words, references)
    notes = tuple(
        Note(label, text)
        for label, text in zip("123", ("Ibid.", "Ibid. II.", "Ibid."), strict=True)
    )
    book = Book(BookInfo("Un titre"), (Chapter("Un titre", (paragraph,)),), notes)
    script = write_script(book, Narrator((), ()), ReadingOptions(NotesPolicy.AFTER_SENTENCE))
    spans = tuple(FrameSpan(number, number + 1) for number in range(len(script.utterances)))
    made = edition(book, script, Timeline(10, 99, (FrameSpan(0, 99),), spans), "essai", "fr")
    (part,) = made.parts
    assert [block.note for block in part.blocks if block.kind == "note"] == [0, 1, 2]
    assert [block.kind for block in part.blocks[:2]] == ["opening", "title"]
