"""Whatever a text holds, every format parses and gives it back."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import webvtt
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree, html
from mutagen.id3 import ID3

from books import SECOND, SENTENCE
from hautevoix.mastering import mp3
from hautevoix.mpeg.audiobook_tag import ChapterTag, Tags
from hautevoix.mpeg.audiobook_tag import tag as tag_bytes
from hautevoix.mpeg.info_frame import Lengths
from hautevoix.mpeg.mp3_file import END_PADDING
from hautevoix.publishing import chapters, transcripts
from hautevoix.publishing.built_book import BuiltBook, ChapterSpan, TimeSpan
from hautevoix.publishing.config import Podcast
from hautevoix.publishing.edition import (
    Block,
    CallMark,
    Edition,
    EditionChapter,
    NoteText,
    Sentence,
    from_json,
    to_json,
)
from hautevoix.publishing.epub import Manuscript, write_epub
from hautevoix.publishing.feed import ITUNES, PSC, write_feed
from hautevoix.publishing.index_page import write_index
from hautevoix.publishing.page import write_page
from hautevoix.publishing.state import (
    Episode,
    File,
    Identity,
    PublishedBook,
    State,
    from_bytes,
    to_bytes,
)
from hautevoix.publishing.typography import clean, one_line, typeset, typeset_at

NASTY = (
    "]]>", "</script>", "<script>alert(1)</script>", "-->", "<!--", "\"'`", "&amp;", "&#0;", "<b>",
    "\x00", "\x0b", "\x1b[31m", "\ud800", "\ufffe", "\u202e", "\u2066", "\u200f", "\u2028", "\x85",
    "é", "e\u0301", "🙂", "👩‍👩‍👧",
    "«", "»", " !", "...", "l'", "\r\n", "\t", "1\n00:00:01,000 --> 2", "NOTE",
    "WEBVTT", "[[x]]", "<break/>", "{{", "${x}", "%s", "\\", "../../x", "x" * 90,
)  # fmt: skip
texts = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(max_size=12)), min_size=1, max_size=8
).map(" ".join)
titles = texts.map(one_line).filter(bool)
GUID = "4b586fb3-8770-5efa-b845-4b7e23c615dd"
SCRIPT = "]]></script>--> \"'🙂\x00\u202e<b>&amp;"


def words(text: str) -> list[str]:
    """Return the words of a text as any format must give them back."""
    return re.split(r"[ \t\n]+", clean(text).strip(" \t\n"))


def volume_of(title: str, sentence: str) -> BuiltBook:
    """Return a book of one chapter with one sentence, a call, and its note."""
    told = clean(sentence)
    call = CallMark("1", len(told), 0)
    body = Block("paragraph", (Sentence(told, 0, (call,), ((0, len(told)),)),))
    heading = Block("title", (Sentence(title, 1),))
    edition = Edition(
        title, title, "1900", "fr", told, "essai", "fr",
        (EditionChapter(title, (heading, body)),), (NoteText("1", told),),
    )  # fmt: skip
    spans = (TimeSpan(0.5, SENTENCE), TimeSpan(0.0, 0.4))
    return BuiltBook(
        "x", Path("x.mp3"), edition, 9.0, (ChapterSpan(title, 0.0, 9.0),), spans, "key"
    )


def work_of(volume: BuiltBook) -> PublishedBook:
    """Return the book as it is published."""
    title = volume.edition.title
    audio = File("x/x-1.mp3", 1000, "audio/mpeg")
    summary = chapters.summary(volume.edition.description or "", volume.chapters)
    episode = Episode(
        Identity(GUID, 1), title, summary, "<p>", 9.0, audio, (), volume.chapters
    )  # fmt: skip
    return PublishedBook(
        "x", ("x",), Identity(GUID, 1), title, title, "1900", narrator=title, summary=summary,
        duration=9.0, face=("x/cover-1.jpg", ""), audio=audio, episodes=(episode,),
    )  # fmt: skip


@given(titles, texts)
@example(one_line(SCRIPT), SCRIPT)
def test_rss(title: str, text: str) -> None:
    """The feed is XML; titles, names and chapters come back unchanged."""
    volume = volume_of(title, text)
    work = work_of(volume)
    podcast = Podcast(title=title, author=title, description="…", base_url="https://example.org/")
    feed = etree.fromstring(write_feed(podcast, State(GUID, "", (work,), ("c.jpg", ""))))
    item = feed.find("channel/item")
    assert item is not None
    assert feed.findtext("channel/title") == title
    assert item.findtext("title") == title
    assert item.findtext(f"{{{ITUNES}}}author") == title
    assert item.findtext("description") == work.summary
    (chapter,) = item.findall(f"{{{PSC}}}chapters/{{{PSC}}}chapter")
    assert chapter.get("title") == title


class Reader(HTMLParser):
    """Python's own reader of HTML: what the sentences say, and what scripts there are."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.tags: list[str] = []
        self._open: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; collect a sentence's text."""
        self.tags.append(tag)
        told = dict(attrs)
        if tag == "span":
            self._open.append(told.get("id") if told.get("class") == "s" else None)

    def handle_endtag(self, tag: str) -> None:
        """End a sentence."""
        if tag == "span":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add to the sentence that is open."""
        for name in self._open:
            if name:
                self.said[name] = self.said.get(name, "") + data


@given(titles, texts)
@example(one_line(SCRIPT), SCRIPT)
def test_html(title: str, text: str) -> None:
    """Two independent readers give back title and text; no script comes in with them."""
    volume = volume_of(title, text)
    page = write_page(volume, work_of(volume)).decode()
    reader = Reader()
    reader.feed(page)
    assert reader.said["s1"] == typeset(title)
    assert words(reader.said["s0"]) == words(typeset(clean(text)) + "1")
    assert reader.tags.count("script") == 2  # and what search engines read
    document = html.document_fromstring(page.encode())
    assert document.get("lang") == "fr"
    assert document.xpath("body/@data-title") == [title]
    told = document.findtext("head/title") or ""
    assert told in {title, f"{title} — {title}"} or in_a_tab(title, told)


def in_a_tab(title: str, told: str) -> bool:
    """Tell whether a tab shows the start of a long title."""
    return len(told) <= 70 and title.startswith(told.removesuffix("…"))


@given(titles)
@example(one_line(SCRIPT))
@example("Anticonstitutionnellement" * 9)
@example("Un très long titre " * 9 + "!")
def test_index(title: str) -> None:
    """The list of books gives every title back."""
    work = work_of(volume_of(title, "x"))
    podcast = Podcast(title=title, author=title, description=title)
    page = html.document_fromstring(write_index(podcast, State(GUID, "", (work,))))
    assert page.xpath("string(//span[@class='name'])") == typeset(title)
    told = page.findtext("head/title") or ""
    assert in_a_tab(title, told) if len(title) > 70 else told == title


@given(titles, texts)
@example(one_line(SCRIPT), SCRIPT)
def test_json(title: str, text: str) -> None:
    """Chapters, transcript, edition and state come back from JSON as they went in."""
    volume = volume_of(title, text)
    told = json.loads(chapters.to_json(volume.chapters, title, title))
    assert [row["title"] for row in told["chapters"]] == [told["title"]] == [title]
    told = json.loads(transcripts.to_json(transcripts.cues(volume), "x"))
    bodies = [row["body"] for row in told["segments"]]
    assert words(" ".join(bodies)) == words(f"{title} {clean(text)}")
    assert from_json(json.loads(to_json(volume.edition))) == volume.edition
    state = State(GUID, "", (work_of(volume),))
    assert from_bytes(to_bytes(state), "here") == state


@given(titles, texts)
@example(one_line(SCRIPT), SCRIPT)
def test_vtt(title: str, text: str) -> None:
    """An independent reader finds every word, in cues of two lines of 65 at most."""
    volume = volume_of(title, text)
    captions = list(webvtt.from_buffer(io.BytesIO(transcripts.to_vtt(transcripts.cues(volume)))))
    lines = [line for caption in captions for line in caption.raw_text.split("\n")]
    said = " ".join(html_unescape(line) for line in lines)
    assert words(said) == words(f"{title} {clean(text)}")
    assert all(len(html_unescape(line)) <= 65 or " " not in line for line in lines)
    assert all(caption.raw_text.count("\n") <= 1 for caption in captions)
    track = webvtt.from_buffer(io.BytesIO(transcripts.chapters_vtt(volume.chapters)))
    assert [html_unescape(caption.raw_text) for caption in track] == [title]


def html_unescape(text: str) -> str:
    """Return cue text as a player shows it (https://www.w3.org/TR/webvtt1/#webvtt-cue-text)."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


_SHOWN = str.maketrans("<>{}", "‹›()")


@given(titles, texts)
@example(one_line(SCRIPT), SCRIPT)
@example("A --> B", "Un <b>gras</b>, {\\an8} et --> une flèche.")
def test_srt(title: str, text: str) -> None:
    """SubRip's blocks are numbered, and hold every word in lines of 32 at most."""
    volume = volume_of(title, text)
    data = transcripts.to_srt(transcripts.cues(volume)).decode()
    lines: list[str] = []
    for number, block in enumerate(data.strip("\n").split("\n\n"), 1):
        count, times, *shown = block.split("\n")
        assert count == str(number)
        assert re.fullmatch(r"\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}", times)
        assert 1 <= len(shown) <= 2
        lines += shown
    assert not set("<>{}").intersection("".join(lines)), "players take them for markup"
    assert words(" ".join(lines)) == words(f"{title} {clean(text)}".translate(_SHOWN))
    assert all(len(line) <= 32 or " " not in line for line in lines)


class Memory:
    """A site in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def get(self, path: str) -> bytes | None:
        """Return a file."""
        return self.files.get(path)

    def put(self, path: str, data: bytes) -> None:
        """Keep a file."""
        self.files[path] = data

    def make(self, path: str, write: Any) -> int:
        """Have a file written."""
        buffer = io.BytesIO()
        write(buffer)
        self.files[path] = buffer.getvalue()
        return len(self.files[path])


@cache
def sound() -> memoryview:
    """Return a second of silence, as what follows an MP3's tag."""
    frames = mp3.encode(bytes(2 * mp3.FRAME * SECOND), 64) + mp3.silence(64)
    return memoryview(mp3.info(Lengths(SECOND + 1, len(frames), END_PADDING), 64) + frames)


@given(titles, texts)
@example(one_line(SCRIPT), SCRIPT)
def test_epub(title: str, text: str) -> None:
    """Every document in the EPUB is XML; its text and its metadata come back."""
    import zipfile  # noqa: PLC0415 - this test alone opens one

    volume = volume_of(title, text)
    site = Memory()
    frames = sound()
    manuscript = Manuscript(volume, work_of(volume), b"picture", "x/x-1.mp3", frames)
    path, _ = write_epub(site, "x/x", manuscript, 1)
    with zipfile.ZipFile(io.BytesIO(site.files[path])) as book:
        trees = {
            name: etree.fromstring(book.read(name))
            for name in book.namelist()
            if name.endswith((".xhtml", ".smil", ".opf", ".xml"))
        }
    package = trees["EPUB/package.opf"]
    assert package.findtext(".//{http://purl.org/dc/elements/1.1/}title") == title
    spans = {
        str(span.get("id")): "".join(map(str, span.itertext()))
        for span in trees["EPUB/c0.xhtml"].iter("{http://www.w3.org/1999/xhtml}span")
    }
    assert spans["s1"] == typeset(title)
    assert words(spans["s0"]) == words(typeset(clean(text)) + "1")


@given(titles)
@example(one_line(SCRIPT))
def test_id3(title: str) -> None:
    """The tag that the MP3 was built with has the same title and chapters."""
    tags = Tags(
        title, title, None, "fra", 9000, "x", title, (ChapterTag(title, 0, 9000),)
    )  # fmt: skip
    read = ID3(io.BytesIO(tag_bytes(tags)), translate=False)
    assert str(read["TIT2"]) == title
    assert str(read["CHAP:chp0"].sub_frames["TIT2"]) == title


@given(texts, st.lists(st.integers(0, 200), max_size=6))
def test_typography_moves_no_mark(text: str, places: list[int]) -> None:
    """Marks stay before the same characters; setting twice changes nothing more."""
    text = clean(text)
    marks = sorted(place for place in places if place <= len(text))
    told, moved = typeset_at(text, marks)
    assert told == typeset(text)
    assert typeset(told) == told
    assert moved == sorted(moved)
    parts = [told[a:b] for a, b in zip([0, *moved], [*moved, len(told)], strict=True)]
    plain = [text[a:b] for a, b in zip([0, *marks], [*marks, len(text)], strict=True)]
    assert list(map(letters, parts)) == list(map(letters, plain))


def letters(text: str) -> str:
    """Return what typography never touches."""
    return "".join(char for char in text if char.isalnum())


def test_every_list_of_chapters_is_the_one_list() -> None:
    """JSON, PSC, VTT, description and ID3 tell the same chapters, to the tenth of a second."""
    rows = tuple(
        ChapterSpan(f"Chapitre {n}", n * 12.3456, (n + 1) * 12.3456) for n in range(300)
    )  # fmt: skip
    volume = replace(volume_of("x", "x"), chapters=rows, duration=300 * 12.3456)
    told = [row["startTime"] for row in json.loads(chapters.to_json(rows, "x", ""))["chapters"]]
    track = webvtt.from_buffer(io.BytesIO(transcripts.chapters_vtt(rows)))
    tags = [ChapterTag(row.title, round(row.start * 1000), round(row.end * 1000)) for row in rows]
    tag = ID3(
        io.BytesIO(
            tag_bytes(Tags("x", None, None, "fra", 1, "x", "", tuple(tags)))
        ), translate=False
    )  # fmt: skip
    podcast = Podcast(base_url="https://example.org/")
    feed = etree.fromstring(write_feed(podcast, State(GUID, "", (work_of(volume),))))
    psc = [row.get("start") for row in feed.iter(f"{{{PSC}}}chapter")]
    listed = re.findall(r"^(\d+):(\d\d):(\d\d) ", "\n".join(chapters.lines(rows)), re.MULTILINE)
    for n, row in enumerate(rows):
        assert abs(told[n] - row.start) < 0.1
        assert abs(track[n].start_in_seconds - row.start) < 1
        assert abs(tag[f"CHAP:chp{n}"].start_time / 1000 - row.start) < 0.1
        hours, minutes, seconds = map(float, str(psc[n]).split(":"))
        assert abs(hours * 3600 + minutes * 60 + seconds - row.start) < 0.1
        hours, minutes, seconds = map(float, listed[n])
        assert abs(hours * 3600 + minutes * 60 + seconds - row.start) < 1
