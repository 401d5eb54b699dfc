"""The letter, all the way: what a user gets from the two commands of the README."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import miniaudio
import numpy as np
import pytest
from mutagen.mp3 import MP3

from commands import OFFLINE, hautevoix

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RATE = 44100
BUILD = ("build", "--engine", "auto")  # what a user has who names no engine
TITLES = ["Lettre aux membres du Comité central", "Notes"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, letter: Path) -> Path:
    """Build the letter once; return the folder it is in."""
    output = tmp_path_factory.mktemp("output")
    done = hautevoix(*BUILD, letter, "-o", output, "--store", output / "store")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{output / 'lettre' / 'lettre.mp3'}\n"
    for line in (
        "Reading: 42 sent",
        "Speaking: 42 clips",
        "Mastering: 29 p",
        f"Voice: {OFFLINE}",
        "  0:00  Lettre",
    ):
        assert line in done.stderr
    assert "line 26:" in done.stderr  # the doubts are shown again
    return output / "lettre"


@pytest.fixture(scope="module")
def timeline(folder: Path) -> dict[str, Any]:
    """Return the timeline that programs read."""
    told: dict[str, Any] = json.loads((folder / "lettre.timeline.json").read_text("utf-8"))
    return told


@pytest.fixture(scope="module")
def heard(folder: Path) -> np.ndarray:
    """Return the decoded samples as a gapless player plays them."""
    sound = miniaudio.mp3_read_file_s16(str(folder / "lettre.mp3"))
    assert (sound.nchannels, sound.sample_rate) == (1, RATE)
    samples = np.array(sound.samples, dtype=np.int16).astype(int)
    length = json.loads((folder / "lettre.timeline.json").read_text("utf-8"))["duration"]
    skipped = samples.size - round(length * RATE)  # 0 if the decoder knows the Info header
    return samples[1105:] if skipped > 0 else samples


def test_only_whole_files_are_left(folder: Path) -> None:
    """The audiobook, its timeline and what a page needs; nothing half-written beside them."""
    assert sorted(path.name for path in folder.iterdir()) == [
        "lettre.book.json",
        "lettre.mp3",
        "lettre.timeline.json",
    ]


def test_mutagen_reads_sound_and_tags(folder: Path) -> None:
    """Mono, 44.1 kHz, constant bit rate, the right length; title, author, language, year."""
    file = MP3(folder / "lettre.mp3")
    assert (file.info.channels, file.info.sample_rate, file.info.bitrate) == (1, RATE, 96000)
    assert str(file.info.bitrate_mode) == "BitrateMode.CBR"
    assert file.tags["TIT2"].text == [TITLES[0]]
    assert file.tags["TPE1"].text == ["Lénine"]
    assert file.tags["TLAN"].text == ["fra"]
    assert str(file.tags["TDRC"]) == "1917"
    assert abs(file.info.length * 1000 - int(file.tags["TLEN"].text[0])) < 30
    assert "voix de synthèse" in file.tags.getall("COMM")[0].text[0]


def test_mutagen_and_ffprobe_and_mpv_list_the_same_chapters(
    folder: Path, timeline: dict[str, Any], client: Callable[[str], str]
) -> None:
    """Titles with their accents and starts, in order, the same for each."""
    file = folder / "lettre.mp3"
    starts = [round(chapter["start"] * 1000) for chapter in timeline["chapters"]]
    assert [chapter["title"] for chapter in timeline["chapters"]] == TITLES
    tags = sorted(MP3(file).tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    assert [chapter.start_time for chapter in tags] == starts
    assert [chapter.sub_frames["TIT2"].text[0] for chapter in tags] == TITLES
    asked = [client("ffprobe"), "-v", "error", "-show_chapters", "-of", "json", file]
    chapters = json.loads(run(asked))["chapters"]
    assert [chapter["tags"]["title"] for chapter in chapters] == TITLES
    assert [round(float(chapter["start_time"]) * 1000) for chapter in chapters] == starts
    message = "--term-playing-msg=|${chapter-list/count}|${chapter-list/1/title}|"
    quietly = [client("mpv"), "--no-config", "--ao=null", "--vo=null", "--end=0.05"]
    assert "|2|Notes|" in run([*quietly, message, file])


def test_mp3val_and_mpg123_find_no_problem(folder: Path, client: Callable[[str], str]) -> None:
    """The frames are sound and the Info header tells their number."""
    told = run([client("mp3val"), folder / "lettre.mp3"])
    assert "WARNING" not in told
    assert "ERROR" not in told
    assert "CBR" in told
    decoded = subprocess.run(
        [client("mpg123"), "-t", folder / "lettre.mp3"], capture_output=True, text=True, check=True
    )
    assert "error" not in decoded.stderr.lower()


def test_the_timeline_tells_where_each_utterance_is(
    timeline: dict[str, Any], heard: np.ndarray
) -> None:
    """Sound starts and ends where the timeline says, to 10 ms and the margin of its onset.

    Between utterances is silence for as long as the table says, to 10 ms.
    """
    assert round(timeline["duration"] * RATE) == heard.size
    utterances = timeline["utterances"]
    for utterance, following in itertools.pairwise(utterances):
        start, end = (round(utterance[side] * RATE) for side in ("start", "end"))
        gap = heard[end + 441 : round(following["start"] * RATE) - 441]
        assert np.abs(gap).max() < 60, utterance
        assert np.abs(heard[start : start + RATE // 25]).max() > 100, utterance
        # A voice may fade: the clip ends where it falls under −55 dBFS, and a fade follows.
        assert np.abs(heard[end - RATE // 25 : end]).max() > 30, utterance


def test_pauses_are_what_the_table_says(timeline: dict[str, Any], letter: Path) -> None:
    """Each pause in the audio is the script's, to 10 ms."""
    script = json_lines(hautevoix("script", letter, "--json").stdout)
    utterances = timeline["utterances"]
    assert [utterance["text"] for utterance in utterances] == [row["written"] for row in script]
    for row, utterance, following in zip(script, utterances, utterances[1:], strict=False):
        gap = (following["start"] - utterance["end"]) * 1000
        assert gap == pytest.approx(row["pause_after_ms"], abs=10), row


def test_the_notes_chapter_starts_in_silence(timeline: dict[str, Any], heard: np.ndarray) -> None:
    """A player that cuts the start to whole seconds still plays no end of the last sentence."""
    mark = timeline["chapters"][1]["start"]
    around = heard[int(mark) * RATE : round((mark + 0.2) * RATE)]
    assert np.abs(around).max() < 60
    assert timeline["chapters"][0]["start"] == 0
    assert timeline["chapters"][0]["end"] == mark
    assert timeline["chapters"][1]["end"] == timeline["duration"]


def test_loudness_is_what_publishers_ask(folder: Path, client: Callable[[str], str]) -> None:
    """−16 LUFS to a half, true peak at most −1 dBTP, as ffmpeg measures the decoded file."""
    told = subprocess.run(
        [
            client("ffmpeg"),
            "-nostdin",
            "-i",
            folder / "lettre.mp3",
            "-af",
            "ebur128=peak=true:framelog=verbose",
            "-f",
            "null",
            "-",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    summary = told.rsplit("Summary:", 1)[1]
    assert float(summary.split("I:")[1].split()[0]) == pytest.approx(-16, abs=0.5)
    assert float(summary.split("Peak:")[1].split()[0]) <= -1


def test_building_again_gives_the_same_bytes(folder: Path, letter: Path, tmp_path: Path) -> None:
    """From the store, or from nothing with one worker: the same MP3."""
    wanted = digest(folder / "lettre.mp3")
    for store, jobs in ((folder.parent / "store", 2), (tmp_path / "fresh", 1)):
        done = hautevoix(
            *BUILD, letter, "-o", tmp_path, "--store", store, "--jobs", jobs, "--quiet"
        )
        assert done.returncode == 0
        assert done.stderr == ""
        assert digest(tmp_path / "lettre" / "lettre.mp3") == wanted


def test_a_damaged_clip_is_spoken_again(folder: Path, letter: Path, tmp_path: Path) -> None:
    """Rot in the store costs a clip, not the book."""
    store = tmp_path / "store"
    shutil.copytree(folder.parent / "store", store)
    for blob in store.glob("*/*"):
        blob.write_bytes(blob.read_bytes()[:-1])
    done = hautevoix(*BUILD, letter, "-o", tmp_path, "--store", store)
    assert done.returncode == 0, done.stderr
    assert digest(tmp_path / "lettre" / "lettre.mp3") == digest(folder / "lettre.mp3")


def test_outline_shows_the_letter(letter: Path) -> None:
    """A person sees the counts, the first and last words, and each doubt with its line."""
    shown = hautevoix("outline", letter).stdout
    for line in (
        "Title:    Lettre aux membres du Comité central  (sidecar)",
        "1. (no title) — 16 paragraphs, 2 note references",
        "Notes: 3 notes",
        "  line 26: ",
    ):
        assert line in shown


def test_outline_for_programs(letter: Path) -> None:
    """The JSON has the structure that other programs rely on."""
    told = json.loads(hautevoix("outline", letter, "--json").stdout)
    assert told["title_source"] == "sidecar"
    assert [len(chapter["paragraphs"]) for chapter in told["chapters"]] == [16]
    assert told["chapters"][0]["paragraphs"][0] == {
        "kind": "salutation",
        "text": "Camarades,",
        "notes": [],
    }
    assert told["chapters"][0]["paragraphs"][3]["notes"] == ["2"]
    assert [(note["label"], note["called"]) for note in told["notes"]] == [
        ("1", False),
        ("2", True),
        ("3", True),
    ]
    assert all(warning["line"] > 0 and warning["message"] for warning in told["warnings"])


def test_script_rows_have_the_contract_s_keys(letter: Path) -> None:
    """A JSON object a line, with at least the keys that are promised."""
    rows = json_lines(hautevoix("script", letter, "--json").stdout)
    promised = {"chapter", "paragraph", "role", "written", "spoken", "pause_after_ms"}
    assert all(promised <= row.keys() for row in rows)
    body = [row for row in rows if row["role"] == "body"]
    assert len(body) == 20
    assert [row["written"] for row in rows if row["role"] == "announcement"][-5:] == [
        "Note 1",
        "Note de l'éditeur.",
        "Note 2",
        "Note 3",
        "Fin. Ce texte a été lu par une voix de synthèse.",
    ]


def run(arguments: list[object]) -> str:
    """Return what a client prints."""
    return subprocess.run(
        [str(argument) for argument in arguments], capture_output=True, text=True, check=True
    ).stdout


def json_lines(text: str) -> list[dict[str, Any]]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def digest(file: Path) -> str:
    """Return what tells files apart."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
