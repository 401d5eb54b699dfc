"""No word of a text is lost: each is in the book or told of, and the book's are in their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from fuzzing import texts
from fuzzing.books import holds_together
from fuzzing.doors import fuzzed, told
from hautevoix.french import Narrator
from hautevoix.model.options import NotesPolicy, ReadingOptions
from hautevoix.reading.reader import read_data
from hautevoix.scripting.script import write_script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model import Book

_BETWEEN = st.sampled_from(
    [" ", " ", " ", " ", "\n", "\n", "\n\n", "\n\n", "\n\n\n\n", ". ", ", ", " — ", "\n— ", " [1] ",
     "\n[1] ", "\n\n12\n\n", "\n\n* * *\n\n", "\n\nChapitre II\n\n", "\n\nII\n\n", "\n\n\x0c", "-\n", " (", ") ",
     "\n    ", "\n\nNotes\n\n", "\n\nTable des matières\n\n", " « ", " » ", "\n\n1. ", " : ", "¹ ", "\n1 ", "…",
     "\n\nPAR ", "\n\nFIN\n\n", "\n- ", "\n\n_", "_ ", "\t", " 5", "\n\nPREMIÈRE PARTIE\n\n"]
)  # fmt: skip
_EXTENT = re.compile(r"\blines? (\d+)(?: to (\d+))?")
_LETTERS = "bcdfghjklmnprstv"


def _name(number: int) -> str:
    """Return the word of a number: all have as many letters, so none is a part of another."""
    return "mo" + "".join(_LETTERS[number >> shift & 15] + "a" for shift in (8, 4, 0)) + "x"


@st.composite
def _written(draw: st.DrawFn) -> tuple[str, int]:
    """Return a text of words that stand once each, and how many."""
    parts = draw(st.lists(_BETWEEN, min_size=1, max_size=50))
    shown = draw(st.sampled_from([str, str, str, str.upper, str.capitalize]))
    return "".join(shown(_name(n)) + between for n, between in enumerate(parts)), len(parts)


def _body(book: Book) -> str:
    """Return what is read of the chapters, in order."""
    return "\n".join(
        text
        for chapter in book.chapters
        for text in (chapter.title or "", *(paragraph.text for paragraph in chapter.paragraphs))
    )


def _left_out(book: Book) -> Iterator[int]:
    """Yield the lines that a diagnostic says are not read."""
    for diagnostic in book.diagnostics:
        if "left out" in diagnostic.message:
            yield diagnostic.line
            for first, last in _EXTENT.findall(diagnostic.message):
                yield from range(int(first), int(last or first) + 1)


def _anywhere(book: Book) -> str:
    info = book.info
    return "\n".join(
        [
            _body(book),
            *(f"{note.label} {note.text} {note.source}" for note in book.notes),
            *(paragraph.text for paragraph in book.notes_preamble),
            *(call.label for c in book.chapters for p in c.paragraphs for call in p.references),
            *(diagnostic.message + diagnostic.words for diagnostic in book.diagnostics),
            *map(str, (book.notes_heading, info.title, info.author, info.date, info.description)),
            *map(str, (info.details.publisher, info.details.series, info.details.rights)),
        ]
    ).lower()


@fuzzed(100)
@given(texts.named(_written()))
@example((f"{_name(0)}\n\nNotes\n\n{_name(1)}\n[1] ", 2))
@example((f"{_name(0)}\n\nNotes\n\n{_name(1)}.\n\n[1] {_name(2)}", 3))
def test_no_word_is_lost(text: tuple[str, int]) -> None:
    """Each is found somewhere, and those of the chapters stand as they stood."""
    book = told(read_data, text[0].encode(), "x.txt")
    if book is None:
        return
    holds_together(book)
    found, left_out = _anywhere(book), set(_left_out(book))
    lines = text[0].lower().split("\n")
    assert all(
        name in found
        or any(number in left_out for number, line in enumerate(lines, 1) if name in line)
        for name in map(_name, range(text[1]))
    )
    body = _body(book).lower()
    places = [place for n in range(text[1]) if (place := body.find(_name(n))) >= 0]
    assert places == sorted(places)


@fuzzed(40)
@given(
    texts.named(_written()),
    st.builds(
        ReadingOptions,
        st.sampled_from(NotesPolicy),
        st.booleans(),
        st.booleans(),
        cue=st.booleans(),
        parted=st.booleans(),
    ),
)
def test_a_script_goes_on(text: tuple[str, int], reading: ReadingOptions) -> None:
    """Chapters follow each other, each word of the body is said once, pauses have a length."""
    book = told(read_data, text[0].encode(), "x.txt")
    script = book and told(write_script, book, Narrator(), reading)
    if book is None or script is None:
        return
    chapters = [utterance.chapter for utterance in script.utterances]
    assert chapters == sorted(chapters)
    assert all(0 <= chapter < len(script.chapters) for chapter in chapters)
    assert all(utterance.pause_after >= 0 and utterance.written for utterance in script.utterances)
    said = "\n".join(utterance.written for utterance in script.utterances if not utterance.opening)
    body = "\n".join(p.text for chapter in book.chapters for p in chapter.paragraphs)
    for name in map(_name, range(text[1])):
        assert said.lower().count(name) >= body.lower().count(name)
