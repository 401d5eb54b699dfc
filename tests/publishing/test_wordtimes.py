"""Words in transcripts: their times are those heard, or none."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from books import Made, make
from hautevoix.publishing import transcripts
from hautevoix.publishing.built_book import BuiltBook, read_built_book
from hautevoix.publishing.files import digest
from hautevoix.publishing.transcripts import Cue
from hautevoix.publishing.wordtimes import HeardWord, placed

if TYPE_CHECKING:
    from pathlib import Path

STAMP = re.compile(r"<(\d\d:\d\d:\d\d\.\d{3})>")


def spoken(*words: str) -> list[HeardWord]:
    """Return the words, a second each."""
    return [HeardWord(word, float(second)) for second, word in enumerate(words)]


@pytest.mark.parametrize(
    ("written", "words", "timed"),
    [
        ("Il était là.", ["Il", "était", "là"], ["Il 0", "était 1", "là. 2"]),
        ("« Qu’importe ! »", ["Qu'importe"], ["Qu’importe 0"]),
        ("Le 25 mai.", ["Le", "vingt-cinq", "mai"], ["Le 0", "mai. 2"]),
        ("Le C.R.M. dit", ["Le", "C", "R", "M", "dit"], ["Le 0", "dit 4"]),
        ("parce que si", ["parce que", "si"], ["parce 0", "si 1"]),
        ("de 3 de 4 de", ["de", "trois", "de", "quatre", "de"], ["de 0", "de 2", "de 4"]),
        ("Tout autre chose", ["Rien", "de", "tel"], []),
        ("", ["Un"], []),
        ("Un", [], []),
    ],
)
def test_a_written_word_has_its_spoken_one_s_time(
    written: str, words: list[str], timed: list[str]
) -> None:
    """What is said otherwise than it is written has no time of its own, and displaces none."""
    found = placed(written, spoken(*words))
    assert [f"{written[at:].split(maxsplit=1)[0]} {second:.0f}" for at, second in found] == timed


def test_a_text_without_end_takes_no_square_of_time() -> None:
    """Beyond a thousand words, only a text that is said as written has times."""
    many = ["de"] * 200_000
    assert placed(" ".join(["trois", *many]), spoken(*many)) == ()
    assert len(placed(" ".join(many), spoken(*many))) == 200_000


def read(data: bytes, form: str = "vtt") -> list[tuple[float, float, str]]:
    """Return the captions that an independent reader finds: start, end, text with its stamps."""
    captions = webvtt.from_buffer(io.BytesIO(data), format=form)
    return [(seconds(row.start), seconds(row.end), row.raw_text) for row in captions]


def seconds(time: str) -> float:
    """Return « 01:02:03.004 » in seconds."""
    hours, minutes, rest = time.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def test_webvtt_tells_words_within_a_cue() -> None:
    """Each stamp stands before its word; the first word needs none; the rest is as ever."""
    cue = Cue(1.0, 4.0, "Un <b> & deux trois", 0, ((0, 1.0), (9, 2.25), (14, 3.5)))
    text = "Un &lt;b&gt; &amp; <00:00:02.250>deux <00:00:03.500>trois"
    assert transcripts.to_vtt([cue]).decode().split("\n")[3] == text
    bare = Cue(1.0, 4.0, cue.text, 0)
    assert STAMP.sub("", text) == transcripts.to_vtt([bare]).decode().split("\n")[3]
    assert transcripts.to_srt([cue]) == transcripts.to_srt([bare])


def test_a_cue_of_a_long_sentence_starts_with_its_first_word() -> None:
    """Where a sentence becomes several cues, they change when the word is heard, to the ms."""
    words = [f"mot{number:03}" for number in range(60)]
    text = " ".join(words)
    times = tuple((7 * number, number * number * 0.01) for number in range(60))
    cue = Cue(0.0, 40.0, text, 0, times)
    at = {word: second for word, (_, second) in zip(words, times, strict=True)}
    for found in (read(transcripts.to_vtt([cue])), read(transcripts.to_srt([cue]), "srt")):
        assert len(found) > 2
        for start, end, told in found:
            first, *_, last = STAMP.sub("", told).split()
            assert start == pytest.approx(at[first], abs=0.001)
            following = words[words.index(last) + 1 :]
            assert end == pytest.approx(at[following[0]] if following else 40.0, abs=0.001)


@given(
    st.text(alphabet="ab <&>é", min_size=1, max_size=300).filter(str.strip),
    st.lists(st.tuples(st.integers(0, 300), st.floats(-1, 9)), max_size=30),
)
def test_stamps_are_in_order_and_inside_their_cue(
    text: str, times: list[tuple[int, float]]
) -> None:
    """As WebVTT asks, whatever was told; and the text is what it is without them."""
    ordered = tuple(zip(*map(sorted, zip(*times, strict=True)), strict=True))
    cue = Cue(0.5, 7.5, text, 0, ordered)
    found = read(transcripts.to_vtt([cue]))
    for start, end, told in found:
        stamps = [seconds(stamp) for stamp in STAMP.findall(told)]
        assert sorted({start, *stamps, end}) == [start, *stamps, end]
    bare = read(transcripts.to_vtt([Cue(0.5, 7.5, text, 0)]))
    assert [STAMP.sub("", row[2]) for row in found] == [row[2] for row in bare]


def with_words(folder: Path) -> BuiltBook:
    """Return a small book whose timeline tells the words of its first sentence."""
    made = make(folder, Made())
    timeline, book = made / "livre.timeline.json", made / "livre.book.json"
    told = json.loads(timeline.read_text("utf-8"))
    row = told["utterances"][0]
    times = [row["start"] + 0.1 * number for number in range(len(row["text"].split()))]
    row["words"] = [
        {"text": word.strip("."), "start": second, "end": second}
        for word, second in zip(row["text"].split(), times, strict=True)
    ]
    timeline.write_text(json.dumps(told), "utf-8")
    belongs = json.loads(book.read_text("utf-8"))
    belongs["timeline_digest"] = digest(timeline.read_bytes())
    book.write_text(json.dumps(belongs), "utf-8")
    return read_built_book(made)


def test_a_book_with_words_has_them_in_its_transcript(tmp_path: Path) -> None:
    """From the timeline's file to WebVTT; sentences without words are as they were."""
    found = transcripts.cues(with_words(tmp_path / "with"))
    first, second, *_ = read(transcripts.to_vtt(found))
    assert len(STAMP.findall(first[2])) == 5
    assert not STAMP.findall(second[2])
    plain = transcripts.cues(read_built_book(make(tmp_path / "without", Made())))
    assert [STAMP.sub("", row[2]) for row in read(transcripts.to_vtt(found))] == [
        row[2] for row in read(transcripts.to_vtt(plain))
    ]


def test_a_chapter_s_own_transcript_counts_from_its_start(tmp_path: Path) -> None:
    """Words move with their cue."""
    found = transcripts.cues(with_words(tmp_path))
    (cue, *_) = transcripts.shifted(found, 0.05, 9.0)
    assert cue.words[0][1] == pytest.approx(found[0].words[0][1] - 0.05)
