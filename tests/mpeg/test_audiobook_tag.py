from __future__ import annotations

import io
import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3

from hautevoix.mastering import mp3
from hautevoix.mpeg.audiobook_tag import ChapterTag, Tags
from hautevoix.mpeg.audiobook_tag import tag as tag_bytes
from hautevoix.mpeg.id3_frames import readable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAIN = Tags("Œuvres d'été", "Émile Zola", "12 mars 1886", "fra", 60_000, "test", "Voix", ())


def with_chapters(count: int) -> Tags:
    """Return a tag of ``count`` chapters of a second each."""
    chapters = tuple(
        ChapterTag(f"Chapitre {number} — été", number * 1000, number * 1000 + 1000)
        for number in range(count)
    )
    return replace(PLAIN, chapters=chapters, duration=count * 1000)


def read(tags: Tags) -> ID3:
    """Return the tag as mutagen reads it."""
    return ID3(io.BytesIO(tag_bytes(tags)), translate=False)


def test_an_independent_reader_gives_everything_back() -> None:
    """Title, author, year, language and length come back with their accents."""
    tag = read(PLAIN)
    assert tag.version == (2, 3, 0)
    assert tag["TIT2"].text == ["Œuvres d'été"]
    assert tag["TPE1"].text == ["Émile Zola"]
    assert tag["TLAN"].text == ["fra"]
    assert tag["TLEN"].text == ["60000"]
    assert str(tag["TYER"]) == "1886"
    assert tag.getall("COMM")[0].text == ["Voix"]


@given(st.text())
def test_any_title_comes_back(title: str) -> None:
    """Every character that XML knows survives; the others are left out, none breaks the tag."""
    kept = readable(title)
    chapters = (ChapterTag(title, 0, 1000),)
    tag = read(replace(PLAIN, title=title + "x", chapters=chapters))
    assert tag["TIT2"].text == [kept + "x"]
    assert [frame.sub_frames["TIT2"].text for frame in tag.getall("CHAP")] == [[kept]]


@pytest.mark.parametrize("count", [1, 250, 251, 300, 1000])
def test_every_chapter_is_listed_in_order(count: int) -> None:
    """The contents name every chapter once, in time order, even over 255."""
    tag = read(with_chapters(count))
    contents = {frame.element_id: frame for frame in tag.getall("CTOC")}
    listed = []
    for child in contents["toc"].child_element_ids:
        listed += contents[child].child_element_ids if child in contents else [child]
    starts = {frame.element_id: frame.start_time for frame in tag.getall("CHAP")}
    assert [starts[name] for name in listed] == [number * 1000 for number in range(count)]
    assert contents["toc"].flags == 3  # top level, ordered
    assert all(len(frame.child_element_ids) <= 255 for frame in contents.values())


@given(st.integers(0, 10**10), st.integers(0, 2**32 - 1))
def test_the_length_depends_on_texts_alone(duration: int, start: int) -> None:
    """Times can be filled in after the fact: the tag keeps its length."""
    blank = with_chapters(3)
    timed = replace(
        blank,
        duration=duration,
        chapters=tuple(replace(chapter, start=start) for chapter in blank.chapters),
    )
    assert len(tag_bytes(timed)) == len(tag_bytes(blank))


@pytest.mark.parametrize("count", [300, 1000])
def test_players_list_every_chapter_in_order(
    client: Callable[[str], str], tmp_path: Path, count: int
) -> None:
    """ffprobe, which keeps the file's order, and mpv list all chapters with their accents."""
    file = tmp_path / "book.mp3"
    tags = with_chapters(count)
    frames = mp3.silence(64) * (tags.duration * 44100 // 1000 // 1152 + 1)
    file.write_bytes(tag_bytes(tags) + frames)
    titles = [chapter.title for chapter in tags.chapters]
    told = subprocess.run(
        [client("ffprobe"), "-v", "error", "-show_chapters", "-of", "json", file],
        capture_output=True,
        check=True,
    ).stdout
    assert [chapter["tags"]["title"] for chapter in json.loads(told)["chapters"]] == titles
    shown = subprocess.run(
        [
            client("mpv"),
            "--no-config",
            "--ao=null",
            "--vo=null",
            "--end=0.05",
            "--term-playing-msg=${chapter-list/count} ${chapter-list/1/title}",
            file,
        ],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert f"{count} {titles[1]}" in shown
