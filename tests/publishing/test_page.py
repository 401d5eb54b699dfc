"""The listening page: a book that reads well without a script, and needs nothing from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from lxml import html

from books import NOW
from hautevoix.publishing.built_book import BuiltBook, ChapterSpan, TimeSpan
from hautevoix.publishing.edition import (
    Block,
    CallMark,
    Edition,
    EditionChapter,
    NoteText,
    Sentence,
)
from hautevoix.publishing.page import write_page
from hautevoix.publishing.site import publish
from hautevoix.publishing.state import File, Identity, PublishedBook
from hautevoix.publishing.wordtimes import HeardWord

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.publishing.config import Podcast

WORK = PublishedBook(
    "x", ("x",), Identity("4b586fb3-8770-5efa-b845-4b7e23c615dd", NOW), "Titre", "Autrice", "1900",
    duration=9.0, face=("x/cover-1.jpg", ""), audio=File("x/x-1.mp3", 1000, "audio/mpeg"),
)  # fmt: skip


@pytest.fixture
def book(volume: BuiltBook) -> BuiltBook:
    """Return a book with an opening, a chapter, kinds of paragraphs, and notes heard and not."""
    call = CallMark("1", 8, 0)
    parts = (
        EditionChapter(
            "Chapitre",
            (
                Block("opening", (Sentence("Titre", 0),)),
                Block("title", (Sentence("Chapitre", 1),)),
                Block("verse", (Sentence("Un vers", 2), Sentence("Un autre", 3))),
                Block("paragraph", (Sentence("Une mise au point.", 4, (call,), ((0, 3),)),)),
                Block("paragraph", (Sentence("Manque.", None, (CallMark("*", 6, 1),)),)),
            ),
        ),
        EditionChapter(
            "Notes",
            (
                Block("title", (Sentence("Notes", 5),)),
                Block("note", (Sentence("Note 1", 6), Sentence("C'est la note.", 7)), 0),
            ),
        ),
    )
    notes = (NoteText("1", "C'est la note."), NoteText("*", "Jamais lue."))
    edition = Edition("Titre", "Autrice", "1900", "fr", None, "essai", "fr", parts, notes)
    spans = tuple(TimeSpan(float(n), n + 0.9) for n in range(8))
    chapters = (ChapterSpan("Chapitre", 0.0, 4.9), ChapterSpan("Notes", 4.9, 8.0))
    return replace(volume, edition=edition, spans=spans, chapters=chapters, duration=8.0)


@pytest.fixture
def page(book: BuiltBook) -> html.HtmlElement:
    """Return that book's page, parsed."""
    return html.document_fromstring(write_page(book, WORK).decode())


def test_every_sentence_that_is_heard_knows_its_time(
    page: html.HtmlElement, book: BuiltBook
) -> None:
    """Spans carry start and end from the timeline; what is not heard has no span."""
    times = {
        int(span.get("id")[1:]): (float(span.get("data-t")), float(span.get("data-e")))
        for span in page.xpath("//span[@class='s']")
    }
    assert times == {n: (span.start, span.end) for n, span in enumerate(book.spans)}
    assert "Manque" in page.xpath("string(//main)")


def test_notes_are_linked_both_ways(page: html.HtmlElement) -> None:
    """A call leads to its note and the note back, also where the note is never read."""
    calls = page.xpath("//a[@class='call']")
    assert [call.get("href") for call in calls] == ["#note-0", "#note-1"]
    for number, call in enumerate(calls):
        (note,) = page.xpath(f"//*[@id='note-{number}']")
        (back,) = note.xpath(".//a[@class='back']")
        assert back.get("href") == f"#{call.get('id')}"
    assert page.xpath("string(//*[@id='note-1'])").startswith("*. Jamais lue.")


def test_kinds_of_paragraphs_are_set_in_their_manner(page: html.HtmlElement) -> None:
    """Verse keeps its lines, emphasis is marked, the opening stands on the title page."""
    (verse,) = page.xpath("//p[@class='verse']")
    assert len(verse.findall("br")) == 1
    assert page.xpath("string(//main//em)") == "Une"
    assert page.xpath("//header//h1/span/@id") == ["s0"]
    assert page.xpath("//main//h2/span/@id") == ["s1", "s5"]


def test_the_table_of_contents_is_the_one_chapter_list(
    page: html.HtmlElement, book: BuiltBook
) -> None:
    """Entries lead to the chapters, which have the times of the list."""
    entries = page.xpath("//nav[@class='contents']//a/@href")
    sections = page.xpath("//main/section[@data-t]")
    assert entries == [f"#{section.get('id')}" for section in sections]
    assert [(float(s.get("data-t")), float(s.get("data-e"))) for s in sections] == [
        (chapter.start, chapter.end) for chapter in book.chapters
    ]


def test_nothing_is_fetched_from_elsewhere(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """The page names no other host, and each file that it names is beside it."""
    publish([built()], podcast, tmp_path / "site", NOW)
    folder = tmp_path / "site" / "livre"
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", text)
    for address in re.findall(r"""(?:src|href)="([^"#]+)\"""", text):
        if not address.startswith("data:"):
            assert (folder / unescape(address)).resolve().is_file(), address


def test_it_reads_and_plays_without_a_script(page: html.HtmlElement) -> None:
    """The audio has the browser's own controls, the text is in the page, our player is hidden."""
    (audio,) = page.xpath("//audio")
    assert audio.get("controls") is not None
    assert audio.get("src") == "x-1.mp3"
    assert page.xpath("//section[@id='player']/@hidden") == [""]
    assert "Une mise au point." in re.sub(r"(?<=mise)1", "", page.xpath("string(//main)"))


def test_words_whose_time_is_known_tell_it(book: BuiltBook) -> None:
    """A sign a word: twentieths of a second since the one before; « - » where it is not known."""
    spoken = (HeardWord("Une", 4.0), HeardWord("mise", 4.3), HeardWord("point", 6.3))
    words = tuple(spoken if row == 4 else () for row in range(8))
    told = html.document_fromstring(write_page(replace(book, words=words), WORK).decode())
    assert told.xpath("//span[@data-w]/@data-w") == ["06-_5"]


def test_a_link_to_it_has_a_face(book: BuiltBook) -> None:
    """Other sites show its title and cover, which the page itself shows too."""
    told = html.document_fromstring(write_page(book, WORK, "https://example.org/").decode())
    assert told.xpath("//meta[@property='og:title']/@content") == ["Titre"]
    assert told.xpath("//meta[@property='og:image']/@content") == [
        "https://example.org/x/cover-1.jpg"
    ]
    assert told.xpath("//header/img/@src") == ["cover-1.jpg"]


def test_a_single_chapter_needs_no_table(book: BuiltBook) -> None:
    """A letter is a letter, not a table of one entry."""
    single = replace(book, edition=replace(book.edition, parts=book.edition.parts[:1]))
    assert b'class="contents"' not in write_page(single, WORK)
