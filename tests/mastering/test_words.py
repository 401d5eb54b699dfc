"""Words in the timeline: what an engine told of a clip, found again in the decoded MP3."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import miniaudio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from fakes import recorded, script
from hautevoix import engines
from hautevoix.mastering import PROFILES, EncodingOptions
from hautevoix.mastering.words import Told, packed, unpacked
from hautevoix.model import Clip, FrameSpan, Recording, WordMark
from hautevoix.recording import Cast, record
from hautevoix.storage.store import Store, key_of
from hautevoix.workers.pool import WorkerPool
from mastered import master

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import Script

RATE = 44100
# No stop consonant (p, t, k) begins a word after a pause: those begin with silence themselves.
LINES = (
    "Anne, Élise, Robert, le Maire, non.",
    "Où, vous, lui, mes voisins jouent.",
    "Rien, nous, sans eux, cinq mots.",
)


def book() -> Script:
    """Return two chapters of enumerations."""
    return script([[(LINES[0], 850), (LINES[1], 2500)], [(LINES[2], 850)]])


def spoken(made: Script, store: Store, engine: str) -> Recording:
    """Return the script spoken by one of the engines that come with the package."""
    load = partial(engines.load, engine)
    voice = load().voices()[0]
    with WorkerPool(1) as pool:
        return record(made, Cast(load, [voice] * len(made.utterances)), store, pool)


def built(
    recording: Recording, store: Store, folder: Path, encoding: EncodingOptions
) -> dict[str, Any]:
    """Return the timeline of the book made into ``folder``."""
    folder.mkdir(exist_ok=True)
    voices = ("x",) * len(recording.script.utterances)
    with WorkerPool(1) as pool:
        made = master(recording, voices, store, folder, pool, encoding=encoding)
    told: dict[str, Any] = json.loads(made.timeline_file.read_text("utf-8"))
    return told


def onsets(mp3: Path, silence: float) -> np.ndarray[Any, Any]:
    """Return the seconds at which sound begins in the decoded file, after as much silence."""
    sound = miniaudio.decode(mp3.read_bytes(), nchannels=1, sample_rate=RATE)
    samples = np.abs(np.frombuffer(sound.samples, "<i2").astype(np.int32))
    loud = np.flatnonzero(samples > 200)
    return loud[np.diff(loud, prepend=-RATE) > silence * RATE] / RATE


@pytest.mark.parametrize("profile", ["podcast", "acx"])
def test_words_begin_where_they_are_heard(store: Store, tmp_path: Path, profile: str) -> None:
    """In the decoded MP3, sound begins within 20 ms of what is told of each word after a pause.

    So it does in a second chapter, whatever silence was cut off the clips or put between them.
    """
    recording = spoken(book(), store, "espeak")
    encoding = EncodingOptions(profile=PROFILES[profile], words=True)
    timeline = built(recording, store, tmp_path / "livre", encoding)
    words = [word for row in timeline["utterances"] for word in row["words"]]
    texts = [word["text"] for word in words]
    assert texts == [word.strip(",.") for line in LINES for word in line.split()]
    after_pause = [
        word["start"]
        for row, line in zip(timeline["utterances"], LINES, strict=True)
        for word, before in zip(row["words"], ["x,", *line.split()], strict=False)
        if before.endswith(",")
    ]
    heard = onsets(tmp_path / "livre" / "livre.mp3", 0.08)
    assert len(heard) == len(after_pause) == 13
    assert np.abs(heard - after_pause).max() < 0.02


def test_pipers_words_begin_where_they_are_heard(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a model that tells its lengths, every word is right to 10 ms."""
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(tmp_path / "voices"))
    models.voice(tmp_path / "voices", "fr_FR-siwis-medium", timed=True)
    recording = spoken(book(), store, "piper")
    timeline = built(recording, store, tmp_path / "livre", EncodingOptions(words=True))
    starts = [word["start"] for row in timeline["utterances"] for word in row["words"]]
    heard = onsets(tmp_path / "livre" / "livre.mp3", 0.06)
    assert len(heard) == len(starts)
    assert np.abs(heard - starts).max() < 0.01


def test_words_tile_their_utterance(store: Store, tmp_path: Path) -> None:
    """Each lasts until the next begins; the first and the last reach the utterance's ends."""
    timeline = built(
        spoken(book(), store, "espeak"), store, tmp_path / "livre", EncodingOptions(words=True)
    )
    for row in timeline["utterances"]:
        starts = [word["start"] for word in row["words"]]
        ends = [word["end"] for word in row["words"]]
        assert ends == [*starts[1:], row["end"]]
        assert starts == sorted(starts)
        assert starts[0] == pytest.approx(row["start"], abs=0.02)


def test_unasked_the_timeline_is_as_it_was(store: Store, tmp_path: Path) -> None:
    """Without the wish, not a byte of timeline or MP3 depends on words; with it, no sound does."""
    recording = spoken(book(), store, "espeak")
    bare = Store(tmp_path / "bare")
    old = sorted(map(str, recording.keys))  # loudness is measured in the keys' order: it stays
    new = dict(zip(old, sorted(map(key_of, old)), strict=True))
    keys = [new[str(key)] for key in recording.keys]
    for key in old:
        clip = Clip.from_bytes(store.get(key) or b"")
        assert clip.words
        bare.put(new[key], replace(clip, words=()).to_bytes())
    files = []
    for made, kept, words in (
        (recording, store, False),
        (replace(recording, keys=tuple(keys)), bare, False),
        (recording, store, True),
    ):
        folder = tmp_path / "livre"
        timeline = built(made, kept, folder, EncodingOptions(words=words))
        files.append([path.read_bytes() for path in sorted(folder.iterdir())])
        without = [{**row, "words": None} for row in timeline["utterances"]]
        assert [row.keys() for row in without] == [row.keys() for row in without[:1]] * 3
    assert files[0] == files[1]
    assert files[2][0] == files[0][0]
    assert b'"words"' not in files[0][1]


def test_words_are_those_of_the_second_build_too(store: Store, tmp_path: Path) -> None:
    """Pieces that come from the store tell the same words as those just made."""
    recording = spoken(book(), store, "espeak")
    first = built(recording, store, tmp_path / "livre", EncodingOptions(words=True))
    for key in recording.keys:  # so that no piece can be made anew
        store.path(str(key)).write_bytes(b"")
    gains = [path for path in store.folder.glob("*/*") if path.stat().st_size]
    assert gains
    assert built(recording, store, tmp_path / "livre", EncodingOptions(words=True)) == first


def test_an_engine_that_knows_none_has_an_empty_list(store: Store, tmp_path: Path) -> None:
    """Its utterances are told without words, and counted."""
    recording = recorded(script([[("Un deux.", 400), ("Trois.", 400)]]), store)
    folder = tmp_path / "livre"
    folder.mkdir()
    pool = WorkerPool(1)
    made = master(recording, ("x", "x"), store, folder, pool, encoding=EncodingOptions(words=True))
    assert made.timeline.wordless() == 2
    told = json.loads(made.timeline_file.read_text("utf-8"))
    assert [row["words"] for row in told["utterances"]] == [[], []]
    assert master(recording, ("x", "x"), store, folder, pool).timeline.wordless() == 0


@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 50_000)), max_size=6),
    st.sampled_from([8000, 22050, 44100, 48000]),
    st.integers(0, 9000),
)
def test_no_word_leaves_its_utterance(heard: list[tuple[int, int]], rate: int, cut: int) -> None:
    """Whatever was cut off, and at whatever rate, words stay within their utterance's bounds."""
    marks = [FrameSpan(100, 20_000), FrameSpan(30_000, 40_000)]
    words = tuple(WordMark(start, start + 1, frame) for start, frame in sorted(heard))
    data = packed([Told(words, rate, cut), Told(words[:1], rate, cut)], marks)
    found = unpacked(data, 2, 1_000_000)
    assert [len(each) for each in found] == [len(words), len(words[:1])]
    for each, mark in zip(found, marks, strict=True):
        for word in each:
            assert mark.start <= word.frame - 1_000_000 <= mark.end
