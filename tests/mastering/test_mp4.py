from __future__ import annotations

import json
import subprocess
import tracemalloc
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from mutagen.mp4 import MP4

from hautevoix.errors import HautevoixError
from hautevoix.mastering import aac
from hautevoix.mastering.mp4 import Chapter, Mp4, Sound, Tags, udta, writer
from hautevoix.model import Picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RATE, PACKET = 44100, 1024
TAGS = Tags("Le titre", "L'auteur", "1917", "Voix de synthèse", "Nous")


def sound(packets: int) -> Sound:
    """Return a sound of so many packets, the last of which is not whole."""
    length = PACKET * (packets - 1) - 100
    return Sound(RATE, PACKET, packets, PACKET, length, aac.CONFIG, "fra")


def silence(packets: int) -> aac.Packets:
    """Return as many packets, of silence and of several sizes: what follows it is not decoded."""
    silent = b"\0\0\0\x07"  # one channel without any band, the end
    made = [silent + bytes(number * 7 % 50) for number in range(packets)]
    return aac.Packets(np.array([len(one) for one in made], "<u4"), b"".join(made))


def written(path: Path, told: Sound, chapters: tuple[Chapter, ...], packets: aac.Packets) -> bytes:
    """Write a file, the packets in runs of 300; return it."""
    with path.open("wb") as file:
        made = Mp4(file, told, chapters, udta(TAGS, chapters, RATE))
        start = 0
        for at in range(0, len(packets.sizes), 300):
            sizes = packets.sizes[at : at + 300]
            end = start + int(sizes.sum())
            made.add(sizes, packets.data[start:end])
            start = end
        made.finish()
    return path.read_bytes()


def spread(count: int, told: Sound) -> tuple[Chapter, ...]:
    """Return so many chapters, all over the sound."""
    return tuple(
        Chapter(f"Chapitre n° {number + 1}", told.length * number // count)
        for number in range(count)
    )


def demuxed(path: Path) -> list[tuple[int, bytes]]:
    """Return the sound's packets as FFmpeg finds them, each with its time in samples."""
    with av.open(str(path)) as container:
        packets = container.demux(container.streams.audio[0])
        return [(packet.pts, bytes(packet)) for packet in packets if packet.pts is not None]


@pytest.mark.parametrize("count", [2, 300, 1024, 1025, 5000])
@pytest.mark.parametrize("narrow", [0, 1 << 32])
def test_packets_come_back(
    count: int, narrow: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each packet, in order, at its time; in chunks whole or not; with offsets of 32 or 64 bits."""
    monkeypatch.setattr(writer, "_NARROW", narrow)
    told, packets = sound(count), silence(count)
    data = written(tmp_path / "livre.m4b", told, spread(2, told), packets)
    assert (b"co64" in data) == (narrow == 0)
    ends = np.cumsum(packets.sizes)
    one_by_one = [
        packets.data[end - size : end] for end, size in zip(ends, packets.sizes, strict=True)
    ]
    times = [PACKET * (number - 1) for number in range(count)]
    assert demuxed(tmp_path / "livre.m4b") == list(zip(times, one_by_one, strict=True))


@pytest.mark.parametrize("count", [1, 255, 256, 300, 1000])
def test_chapters_in_order_for_every_client(
    count: int, tmp_path: Path, client: Callable[[str], str]
) -> None:
    """Ffprobe and mpv list all, at their times; Nero's list stands where it can hold all."""
    told, file = sound(9000), tmp_path / "livre.m4b"
    chapters = spread(count, told)
    written(file, told, chapters, silence(9000))
    asked = [client("ffprobe"), "-v", "error", "-show_chapters", "-of", "json", file]
    listed = json.loads(run(asked))["chapters"]
    assert [one["tags"]["title"] for one in listed] == [chapter.title for chapter in chapters]
    starts = [chapter.start / RATE for chapter in chapters]
    assert [float(one["start_time"]) for one in listed] == pytest.approx(starts, abs=0.001)
    assert float(listed[-1]["end_time"]) == pytest.approx(told.length / RATE, abs=0.001)
    message = f"--term-playing-msg=|${{chapter-list/count}}|${{chapter-list/{count - 1}/title}}|"
    quietly = [client("mpv"), "--no-config", "--ao=null", "--vo=null", "--end=0.05"]
    assert f"|{count}|Chapitre n° {count}|" in run([*quietly, message, file])
    nero = MP4(file).chapters
    if count <= 255:
        assert nero is not None
        assert [one.title for one in nero] == [chapter.title for chapter in chapters]
        assert [one.start for one in nero] == pytest.approx(starts, abs=0.001)
    else:
        assert nero is None


def test_ffmpeg_decodes_it_without_a_warning(tmp_path: Path, client: Callable[[str], str]) -> None:
    """As many samples as are told (to the last frame's end), nothing said against the file."""
    told, file = sound(2000), tmp_path / "livre.m4b"
    written(file, told, spread(3, told), silence(2000))
    asked = [client("ffmpeg"), "-nostdin", "-v", "warning", "-i", str(file), "-f", "s16le", "-"]
    done = subprocess.run(asked, capture_output=True, check=True)
    assert done.stderr == b""
    assert len(done.stdout) // 2 - told.length in range(PACKET)


def test_an_independent_reader_finds_the_tags(tmp_path: Path) -> None:
    """All that is told, the length, the kind of media, the picture of either kind."""
    told, file = sound(100), tmp_path / "livre.m4b"
    for media_type, kind in (("image/png", 14), ("image/jpeg", 13)):
        cover = Picture(b"picture", media_type)
        with file.open("wb") as out:
            tags = Tags("T", "", "24 octobre 1917", "C", "Nous", cover)
            made = Mp4(out, told, (), udta(tags, (), RATE))
            made.add(silence(100).sizes, silence(100).data)
            made.finish()
        read = MP4(file)
        texts = {key: value for key, value in read.tags.items() if key != "covr"}
        assert texts == {
            "©nam": ["T"],
            "©alb": ["T"],
            "©day": ["24 octobre 1917"],
            "©cmt": ["C"],
            "©gen": ["Audiobook"],
            "©too": ["Nous"],
            "stik": [2],
        }
        assert (bytes(read.tags["covr"][0]), read.tags["covr"][0].imageformat) == (b"picture", kind)
        assert (read.info.codec, read.info.channels, read.info.sample_rate) == (
            "mp4a.40.2",
            1,
            RATE,
        )
        assert read.info.length == pytest.approx(told.length / RATE, abs=0.03)


def test_long_and_strange_titles_leave_a_sound_file(tmp_path: Path) -> None:
    """Titles beyond what the formats count are cut between characters; none breaks the file."""
    told = sound(100)
    titles = ["é" * 40000, "x" + "é" * 200, "", "\ud800", "第七章 « ' & < \"", "\u202e rtl"]
    chapters = tuple(Chapter(title, number * 1000) for number, title in enumerate(titles))
    written(tmp_path / "livre.m4b", told, chapters, silence(100))
    with av.open(str(tmp_path / "livre.m4b")) as container:
        read = [chapter["metadata"].get("title", "") for chapter in container.chapters()]
    assert read[1:3] + read[4:] == titles[1:3] + titles[4:]
    assert set(read[0]) == {"é"}
    nero = MP4(tmp_path / "livre.m4b").chapters
    assert [one.title for one in nero][:3] == ["é" * 127, "x" + "é" * 127, ""]


def test_chapters_of_which_nothing_is_heard_are_listed(tmp_path: Path) -> None:
    """Two chapters at one place: both are there, in order."""
    told = sound(1000)
    starts = (0, 40000, 40000, 40000, 90000)
    chapters = tuple(Chapter(str(number), start) for number, start in enumerate(starts))
    written(tmp_path / "livre.m4b", told, chapters, silence(1000))
    with av.open(str(tmp_path / "livre.m4b")) as container:
        read = [chapter["metadata"]["title"] for chapter in container.chapters()]
    assert read == ["0", "1", "2", "3", "4"]


def test_the_index_stands_first_and_tells_no_date(tmp_path: Path) -> None:
    """Players on the web start at once; the same sound gives the same bytes."""
    told = sound(500)
    data = written(tmp_path / "a.m4b", told, spread(9, told), silence(500))
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    assert data == written(tmp_path / "b.m4b", told, spread(9, told), silence(500))
    for kind in (b"mvhd", b"tkhd", b"mdhd"):
        at = data.index(kind) + 8
        assert data[at : at + 8] == bytes(8)  # made, changed


def test_times_beyond_32_bits(tmp_path: Path) -> None:
    """Over 27 hours the sound's ticks need 64 bits: clients still find the length."""
    packets = 50
    length = 1 << 33
    told = Sound(RATE, length // packets, packets, 1024, length, aac.CONFIG, "fra")
    written(tmp_path / "livre.m4b", told, (Chapter("Un", 0), Chapter("Deux", 1 << 32)), silence(50))
    assert MP4(tmp_path / "livre.m4b").info.length == pytest.approx(length / RATE, rel=1e-6)
    with av.open(str(tmp_path / "livre.m4b")) as container:
        ticks = [chapter["start"] * (chapter["time_base"] or 0) for chapter in container.chapters()]
        assert float(ticks[1]) == pytest.approx((1 << 32) / RATE, abs=0.001)


def test_memory_does_not_grow_with_the_sound(tmp_path: Path) -> None:
    """Ten hours take no more memory than one, but an offset for each 24 seconds."""
    peaks = []
    run_of = silence(2584)  # a minute
    for minutes in (60, 600):
        told = sound(2584 * minutes)
        with (tmp_path / "livre.m4b").open("wb") as file:
            tracemalloc.start()
            made = Mp4(file, told, spread(20, told), udta(TAGS, spread(20, told), RATE))
            for _ in range(minutes):
                made.add(run_of.sizes, run_of.data)
            made.finish()
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    hour, ten = peaks
    assert ten - hour < 300_000


@pytest.mark.parametrize("count", [299, 301])
def test_a_wrong_count_of_packets_is_no_file(count: int, tmp_path: Path) -> None:
    """More or fewer packets than told would be an index that lies: an error."""
    with pytest.raises(HautevoixError, match=str(count)):
        written(tmp_path / "livre.m4b", sound(300), (), silence(count))


def run(arguments: list[object]) -> str:
    """Return what a client prints."""
    return subprocess.run(
        [str(argument) for argument in arguments], capture_output=True, text=True, check=True
    ).stdout
