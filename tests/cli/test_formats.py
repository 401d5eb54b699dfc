from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from mutagen.mp3 import MP3

from commands import hautevoix

if TYPE_CHECKING:
    from pathlib import Path

JPEG = b"\xff\xd8\xff\xe0" + bytes(600)
TEXT = """CHAPITRE PREMIER

Il fait beau.

CHAPITRE II

Il pleut encore.
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a text of two chapters, its cover beside it."""
    (tmp_path / "temps.txt").write_text(TEXT, "utf-8")
    (tmp_path / "temps.toml").write_text('title = "Le temps"\ncover = "temps.jpg"\n', "utf-8")
    (tmp_path / "temps.jpg").write_bytes(JPEG)
    return tmp_path / "temps.txt"


def build(text: Path, *options: object) -> str:
    """Build the text with eSpeak; return what was printed."""
    store = text.parent / "store"
    said = ("--engine", "espeak", "--store", store, "-o", text.parent / "output")
    done = hautevoix("build", text, *said, *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_each_file_s_path_is_printed_the_mp3_first(text: Path) -> None:
    """One path a line, in one order whatever the order asked for; --json lists the same."""
    folder = text.parent / "output" / "temps"
    printed = build(text, "--format", "chapters,m4b,mp3").splitlines()
    assert printed[:2] == [str(folder / "temps.mp3"), str(folder / "temps.m4b")]
    assert [line.rsplit("/", 1)[1][:3] for line in printed[2:]] == ["01-", "02-"]
    told = json.loads(build(text, "--format", "mp3,m4b,chapters", "--json"))
    assert told["files"] == printed
    assert told["mp3"] == printed[0]


def test_a_format_alone_makes_no_other(text: Path) -> None:
    """Chapters alone: no whole MP3 beside them, and the JSON says so."""
    told = json.loads(build(text, "--format", "chapters", "--json"))
    assert told["mp3"] is None
    left = sorted(path.name for path in (text.parent / "output" / "temps").iterdir())
    assert left == ["chapters", "temps.timeline.json"]


def test_what_has_gone_is_made_again_and_nothing_else(text: Path) -> None:
    """Unchanged files are not touched; with one of them gone, the book is made again."""
    printed = build(text, "--format", "mp3,chapters")
    files = [text.parent / line for line in printed.splitlines()]
    before = [file.stat().st_mtime_ns for file in files]
    assert build(text, "--format", "mp3,chapters") == printed
    assert [file.stat().st_mtime_ns for file in files] == before
    files[-1].unlink()
    assert build(text, "--format", "mp3,chapters") == printed
    assert files[-1].exists()


def test_a_new_cover_is_embedded(text: Path) -> None:
    """The cover is in the tag, and a change of it alone is noticed."""
    (mp3,) = build(text).splitlines()
    assert MP3(mp3).tags.getall("APIC")[0].data == JPEG
    (text.parent / "temps.jpg").write_bytes(JPEG + b"x")
    build(text)
    assert MP3(mp3).tags.getall("APIC")[0].data == JPEG + b"x"


def test_a_cover_too_large_is_left_out_and_told(text: Path) -> None:
    """Over 4 MB: the book is made without it, and says so."""
    (text.parent / "temps.jpg").write_bytes(JPEG + bytes(5 << 20))
    told = json.loads(build(text, "--json"))
    assert any("cover is left out" in warning["message"] for warning in told["warnings"])
    assert MP3(told["mp3"]).tags.getall("APIC") == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--format", "mp3,ogg"), ("ogg", "mp3, m4b, chapters")),
        (("--profile", "acx", "--bit-rate", "96"), ("acx", "192")),
        (("--format", "m4b", "--plot"), ("--plot", "add mp3")),
    ],
)
def test_what_does_not_go_together(
    options: tuple[str, ...], words: tuple[str, ...], text: Path
) -> None:
    """A usage error, exit code 2, before anything is done."""
    done = hautevoix("build", text, *options)
    assert done.returncode == 2
    for word in words:
        assert word in done.stderr
    assert not (text.parent / "output").exists()
