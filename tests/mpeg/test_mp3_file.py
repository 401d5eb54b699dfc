"""MP3s cut and tagged without encoding anew."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from books import RATE, SECOND, SENTENCE, Made, make
from hautevoix.mastering import mp3
from hautevoix.mpeg.id3 import read_tag, with_picture
from hautevoix.mpeg.id3_frames import chapter_of, contents_of, picture_frame
from hautevoix.mpeg.mp3_file import cut, load
from hautevoix.publishing.built_book import BuiltBook, read_built_book

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def volume(tmp_path: Path) -> BuiltBook:
    """Return a small book, read back."""
    return read_built_book(make(tmp_path / "output", Made()))


def decoded(data: bytes) -> np.ndarray:
    """Return the samples of an MP3."""
    sound = miniaudio.decode(data, nchannels=1, sample_rate=RATE)
    return np.array(sound.samples, np.int16)


def whole(chunks: list[bytes | memoryview]) -> bytes:
    """Return the chunks in one."""
    return b"".join(map(bytes, chunks))


def test_pieces_are_the_whole_cut_at_frames(volume: BuiltBook) -> None:
    """Each piece sounds as its stretch of the whole, from its very first sample on."""
    tag, audio = load(volume.mp3)
    assert tag is not None
    everything = decoded(volume.mp3.read_bytes())
    pieces = list(cut(audio, [chapter.start for chapter in volume.chapters]))
    assert [start for start, _ in pieces] == pytest.approx([0.0, 2 * SENTENCE], abs=0.027)
    for start, chunks in pieces:
        sound = decoded(tag.to_bytes() + whole(chunks))
        first = round(start * RATE)
        assert sound.size == 2 * SECOND * mp3.FRAME
        inner = slice(3 * mp3.FRAME, sound.size - mp3.FRAME)  # past the borrowed first frames
        stretch = everything[first : first + sound.size]
        assert np.abs(sound[inner].astype(int) - stretch[inner]).max() <= 1


def test_a_cut_piece_tells_its_true_length(volume: BuiltBook) -> None:
    """Mutagen reads the Info header: constant bit rate, and the frames that are there."""
    tag, audio = load(volume.mp3)
    assert tag is not None
    (_, first), _ = cut(audio, [0.0, 2 * SENTENCE])
    seen = MP3(io.BytesIO(tag.to_bytes() + whole(first)))
    assert str(seen.info.bitrate_mode).endswith("CBR")
    assert seen.info.length == pytest.approx(2 * SENTENCE, abs=0.03)


def test_a_picture_comes_before_the_chapters_and_replaces_another(volume: BuiltBook) -> None:
    """The tag keeps its frames in their order, with one picture; others read it."""
    tag, _ = load(volume.mp3)
    assert tag is not None
    once = with_picture(tag, picture_frame("image/jpeg", b"one"))
    twice = with_picture(once, picture_frame("image/jpeg", b"two"))
    names = [frame.name for frame in twice.frames]
    assert names.count("APIC") == 1
    assert names.index("APIC") < names.index("CTOC") < names.index("CHAP")
    read = ID3(io.BytesIO(twice.to_bytes()), translate=False)
    assert read["APIC:"].data == b"two"
    assert str(read["TIT2"]) == "Le Livre d'essai"
    assert [read[f"CHAP:chp{n}"].start_time for n in range(2)] == [0, round(2000 * SENTENCE)]


def test_a_tag_is_read_as_it_was_written(volume: BuiltBook) -> None:
    """What this reader sees is what mutagen sees."""
    tag, _ = load(volume.mp3)
    assert tag is not None
    (table,) = [contents_of(body) for body in tag.named("CTOC")]
    rows = [chapter_of(body, 3) for body in tag.named("CHAP")]
    assert (table.name, table.top, table.children) == ("toc", True, ("chp0", "chp1"))
    assert [row.title for row in rows] == ["Premier chapitre", "Deuxième chapitre"]


@pytest.mark.parametrize(
    "data",
    [
        b"ID3\x03\x00\x00\x00\x00\x7f\x7f",
        b"ID3\x02\x00\x00\x00\x00\x00\x00",
        b"ID3\x03\x00\x00\x00\x00\x00\x0bTIT2\x7f\x00\x00\x00\x00\x00\x00",
    ],
)
def test_a_broken_tag_is_said_to_be_broken(data: bytes) -> None:
    """No damage goes unseen, and none gets further than a ValueError."""
    with pytest.raises(ValueError, match=r"tag|ID3"):
        read_tag(io.BytesIO(data))


def test_what_has_no_info_frame_is_not_cut() -> None:
    """Without it the pieces' times would be wrong."""
    with pytest.raises(ValueError, match="Info"):
        list(cut(memoryview(mp3.silence(64) * 9), [0.0]))
