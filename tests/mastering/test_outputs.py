from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4

from fakes import hum, recorded, script
from hautevoix.errors import DiskError, EngineError
from hautevoix.mastering import PROFILES, EncodingOptions, Format, Master, sections
from hautevoix.mastering.tracks import file_name
from hautevoix.model import Picture
from hautevoix.storage.store import Store
from hautevoix.workers.pool import WorkerPool
from mastered import master

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.model import Script

RATE = 44100
ALL = (Format.MP3, Format.M4B, Format.CHAPTERS)
PNG = (  # a dot, red
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde"
    b"\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"
)


def book() -> Script:
    """Return three chapters with accents, one of them of a single short line."""
    made = script(
        [
            [("Il était une fois un roi.", 400), ("Et une reine, dit-on.", 850), ("Voilà.", 2500)],
            [("Seul.", 2500)],
            [("Le dernier chapitre commence ici.", 850), ("Et il finit là.", 800)],
        ]
    )
    titles = ("L'été où tout commença", "Cœur", "Élégie — fin")
    info = replace(made.info, date="1917", cover=Picture(PNG, "image/png"))
    return replace(made, chapters=titles, info=info)


def pressed(
    made: Script, store: Store, folder: Path, encoding: EncodingOptions, jobs: int = 2
) -> Master:
    """Return the book made into ``folder``."""
    folder.mkdir()
    voices = ("hum/hum",) * len(made.utterances)
    with WorkerPool(jobs) as pool:
        return master(recorded(made, store), voices, store, folder, pool, encoding=encoding)


@pytest.fixture
def made(store: Store, tmp_path: Path) -> Master:
    """Return the book in every format."""
    return pressed(book(), store, tmp_path / "livre", EncodingOptions(formats=ALL, comment="Voix"))


def test_files_are_told_whole_books_first(made: Master, tmp_path: Path) -> None:
    """The MP3 first, the M4B, then chapters in order, with names in ASCII."""
    names = [str(file.relative_to(tmp_path / "livre")) for file in made.files]
    assert names == [
        "livre.mp3",
        "livre.m4b",
        "chapters/01-l-ete-ou-tout-commenca.mp3",
        "chapters/02-coeur.mp3",
        "chapters/03-elegie-fin.mp3",
    ]
    left = {file for file in (tmp_path / "livre").rglob("*") if file.is_file()}
    assert left == {*made.files, made.timeline_file}


def test_clients_read_the_same_chapters_in_mp3_and_m4b(
    made: Master, client: Callable[[str], str]
) -> None:
    """ffprobe: same titles, same starts as the timeline's, in order; mpv lists them all.

    (The M4B's to 10.2 ms: they stand where they are heard in it.)
    """
    starts = [mark.start / RATE for mark in made.timeline.chapters]
    for file, slack in zip(made.files[:2], (0.001, 0.011), strict=True):
        chapters = probed(client, file, "-show_chapters")["chapters"]
        assert [chapter["tags"]["title"] for chapter in chapters] == list(made.titles)
        told = [float(chapter["start_time"]) for chapter in chapters]
        assert told == pytest.approx(starts, abs=slack)
        message = "--term-playing-msg=|${chapter-list/count}|${chapter-list/1/title}|"
        quietly = [client("mpv"), "--no-config", "--ao=null", "--vo=null", "--end=0.05"]
        assert "|3|Cœur|" in run([*quietly, message, file])


def test_durations_are_the_timeline_s(made: Master, client: Callable[[str], str]) -> None:
    """Every file lasts what the timeline says, to 10.2 ms, and decodes to that many samples.

    (AAC decodes to whole frames: some decoders play the last one's silence to its end.)
    """
    whole = made.timeline.frames
    lengths = [mark.end - mark.start for mark in made.timeline.chapters]
    for file, length in zip(made.files, [whole, whole, *lengths], strict=True):
        told = float(probed(client, file, "-show_format")["format"]["duration"])
        assert told == pytest.approx(length / RATE, abs=0.030 if file.suffix == ".mp3" else 0.011)
        more = sections.FRAME if file.suffix == ".m4b" else 0
        assert length - 448 <= heard(client, file).size <= length + 448 + more, file


def test_chapters_are_the_whole_book_s_sound(made: Master, client: Callable[[str], str]) -> None:
    """Chapter files one after the other hold the very MP3 frames of the whole book, and sound."""
    whole = heard(client, made.files[0])
    parts = np.concatenate([heard(client, file) for file in made.files[2:]])
    assert np.abs(whole[: parts.size].astype(int) - parts[: whole.size]).max() < 40
    book_frames = made.files[0].read_bytes()
    for file in made.files[2:]:
        data = file.read_bytes()
        assert data[len(data) // 2 : -700] in book_frames


@pytest.mark.parametrize("usual", [1, sections._USUAL])
def test_m4b_sounds_as_the_mp3(
    usual: int,
    store: Store,
    tmp_path: Path,
    client: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In few sections or in many, the M4B is as loud as the MP3, and in time with it to 10.2 ms.

    The pauses are silent, those where sections join too.
    """
    monkeypatch.setattr(sections, "_USUAL", usual)  # 1: each of the six pieces ends a section
    made = pressed(book(), store, tmp_path / "livre", EncodingOptions(formats=ALL[:2]))
    mp3, m4b = (heard(client, file).astype(float) for file in made.files)
    assert np.std(m4b) == pytest.approx(np.std(mp3), rel=0.01)
    for mark in made.timeline.utterances:
        assert mark is not None
        words = mp3[mark.start : mark.end]
        around = m4b[mark.start - 600 : mark.end + 600]
        late = int(np.argmax(np.correlate(around, words))) - 600
        assert abs(late) in {64, 192, 320, 448}  # the lead that the index tells is taken out
        assert np.corrcoef(words, around[600 + late :][: words.size])[0, 1] > 0.999
        assert np.abs(m4b[mark.end + 1000 : mark.end + 13000]).max() < 60


def test_an_m4b_changes_nothing_in_the_mp3_and_the_timeline(made: Master, tmp_path: Path) -> None:
    """Files that are asked for without it are the same, byte by byte."""
    encoding = EncodingOptions(formats=(Format.MP3, Format.CHAPTERS), comment="Voix")
    (tmp_path / "autre").mkdir()
    without = pressed(book(), Store(tmp_path / "s"), tmp_path / "autre" / "livre", encoding)
    kept = [file for file in made.files if file.suffix == ".mp3"]
    assert [digest(file) for file in without.files] == [digest(file) for file in kept]
    assert digest(without.timeline_file) == digest(made.timeline_file)


def test_an_edit_costs_the_m4b_a_section(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence put in near the start: all that follows moves, and is not encoded again."""
    monkeypatch.setattr(sections, "_USUAL", 1)  # each of the six pieces ends a section
    encoding = EncodingOptions(formats=(Format.M4B,))
    first = pressed(book(), store, tmp_path / "livre", encoding)
    edited = script(
        [
            [
                ("Il était une fois un roi.", 400),
                ("Très vieux.", 400),
                ("Et une reine, dit-on.", 850),
                ("Voilà.", 2500),
            ],
            [("Seul.", 2500)],
            [("Le dernier chapitre commence ici.", 850), ("Et il finit là.", 800)],
        ]
    )
    told: list[tuple[str, int, int]] = []
    with WorkerPool(1) as pool:
        second = master(
            recorded(edited, store),
            ("hum/hum",) * 7,
            store,
            tmp_path / "livre",
            pool,
            encoding=encoding,
            progress=lambda *so_far: told.append(so_far),
        )
    assert next(so_far for so_far in told if so_far[0] == "M4B") == ("M4B", 6, 7)
    assert first.timeline.frames < second.timeline.frames


def test_a_chapter_file_has_a_tag_of_its_own(made: Master, client: Callable[[str], str]) -> None:
    """Title, album, track and length; the cover; the words that are heard; sound frames."""
    for number, file in enumerate(made.files[2:]):
        sound = MP3(file)
        tags = sound.tags
        assert tags["TIT2"].text == [made.titles[number]]
        assert tags["TALB"].text == ["Un livre"]
        assert tags["TRCK"].text == [f"{number + 1}/3"]
        assert tags["TPE1"].text == ["Personne"]
        assert int(tags["TLEN"].text[0]) == pytest.approx(sound.info.length * 1000, abs=30)
        assert tags.getall("APIC")[0].data == PNG
        assert tags.getall("CHAP") == []
        told = run([client("mp3val"), file])
        assert "WARNING" not in told
        assert "ERROR" not in told
    lyrics = MP3(made.files[2]).tags.getall("USLT")[0]
    assert lyrics.text.split("\n\n") == [
        "Il était une fois un roi.",
        "Et une reine, dit-on.",
        "Voilà.",
    ]
    assert MP3(made.files[0]).tags.getall("USLT") == []


def test_m4b_tells_title_author_date_comment_and_shows_the_cover(made: Master) -> None:
    """What an independent reader finds in the container."""
    tags = MP4(made.files[1]).tags
    assert (tags["©nam"], tags["©ART"], tags["©day"]) == (["Un livre"], ["Personne"], ["1917"])
    assert (tags["©cmt"], tags["stik"]) == (["Voix"], [2])
    assert bytes(tags["covr"][0]) == PNG
    assert MP3(made.files[0]).tags.getall("APIC")[0].data == PNG


def test_the_same_book_gives_the_same_bytes(made: Master, tmp_path: Path) -> None:
    """One worker or two, from the store or from nothing: each file is the same."""
    encoding = EncodingOptions(formats=ALL, comment="Voix")
    (tmp_path / "autre").mkdir()
    fresh = Store(tmp_path / "store of its own")
    again = pressed(book(), fresh, tmp_path / "autre" / "livre", encoding, jobs=1)
    assert [digest(file) for file in again.files] == [digest(file) for file in made.files]


def test_chapters_of_an_earlier_build_go(store: Store, tmp_path: Path) -> None:
    """A title that changed leaves no old file behind; a stranger's file stays."""
    encoding = EncodingOptions(formats=(Format.CHAPTERS,))
    first = pressed(book(), store, tmp_path / "livre", encoding)
    stranger = first.files[0].parent / "à garder.mp3"
    stranger.touch()
    renamed = replace(book(), chapters=("Un", "Deux", "Trois"))
    voices = ("hum/hum",) * len(renamed.utterances)
    with WorkerPool(1) as pool:
        second = master(
            recorded(renamed, store), voices, store, tmp_path / "livre", pool, encoding=encoding
        )
    assert set(stranger.parent.iterdir()) == {*second.files, stranger}
    assert second.mp3 is None


def test_a_link_in_the_chapters_place_is_not_followed(store: Store, tmp_path: Path) -> None:
    """What it leads to is not ours: nothing is written there, nothing is cleared."""
    encoding = EncodingOptions(formats=(Format.CHAPTERS,))
    chapters = pressed(book(), store, tmp_path / "livre", encoding).files[0].parent
    mine = chapters.rename(tmp_path / "mine")
    before = [(path.name, path.stat().st_mtime_ns) for path in sorted(mine.iterdir())]
    chapters.symlink_to(mine)
    renamed = replace(book(), chapters=("Un", "Deux", "Trois"))
    voices = ("hum/hum",) * len(renamed.utterances)
    with WorkerPool(1) as pool, pytest.raises(DiskError, match="is a link"):
        master(recorded(renamed, store), voices, store, tmp_path / "livre", pool, encoding=encoding)
    after = [(path.name, path.stat().st_mtime_ns) for path in sorted(mine.iterdir())]
    assert after == before


def test_acx_figures(store: Store, tmp_path: Path, client: Callable[[str], str]) -> None:
    """Each file, as ffmpeg and as numpy measure it decoded: what ACX asks, with room to spare.

    192 kb/s constant at 44.1 kHz, RMS −23…−18 dB, peaks under −3 dB, a floor under −60 dB that is
    no digital silence, and the right length of it at both ends, even for a mere title.
    """
    made = pressed(book(), store, tmp_path / "livre", EncodingOptions(profile=PROFILES["acx"]))
    assert len(made.files) == 4
    for file in made.files:
        info = MP3(file).info
        assert (info.sample_rate, info.channels) == (RATE, 1)
        assert info.bitrate == pytest.approx(192000, abs=200)  # as averaged over a short file
        assert str(info.bitrate_mode) == "BitrateMode.CBR"
        volume = filtered(client, file, "volumedetect")
        assert float(volume.split("max_volume:")[1].split()[0]) < -3
        assert -23 <= float(volume.split("mean_volume:")[1].split()[0]) <= -18
        told = filtered(client, file, "astats=measure_perchannel=none")
        assert float(told.split("RMS level dB:")[1].split()[0]) == pytest.approx(-20.5, abs=2.3)
        assert float(told.split("Peak level dB:")[1].split()[0]) < -3
        assert -90 < float(told.split("RMS trough dB:")[1].split()[0]) < -60
        sound = heard(client, file) / 32768
        loud = np.flatnonzero(np.abs(sound) > 10 ** (-50 / 20))
        assert 0.5 <= loud[0] / RATE <= 1
        assert 1 <= (sound.size - loud[-1]) / RATE <= 5
        assert -75 < decibels(sound[2000:20000]) < -62
        assert -75 < decibels(sound[-RATE:-2000]) < -62


def test_acx_keeps_its_room_tone_in_the_pauses(
    store: Store, tmp_path: Path, client: Callable[[str], str]
) -> None:
    """No pause between sentences falls into digital silence; the tone is the same every time."""
    made = pressed(book(), store, tmp_path / "livre", EncodingOptions(profile=PROFILES["acx"]))
    sound = heard(client, made.files[0]) / 32768
    ends = [mark.end for mark in made.timeline.utterances if mark]
    for end in ends[:-1]:
        assert -75 < decibels(sound[end + 600 : end + 12000]) < -62
    (tmp_path / "2").mkdir()
    again = pressed(
        book(),
        Store(tmp_path / "s"),
        tmp_path / "2" / "livre",
        EncodingOptions(profile=PROFILES["acx"]),
    )
    assert [digest(file) for file in again.files] == [digest(file) for file in made.files]


@pytest.mark.parametrize("count", [300])
def test_over_255_chapters_in_m4b(
    count: int, store: Store, tmp_path: Path, client: Callable[[str], str]
) -> None:
    """300 chapters are listed in order by ffprobe and by mpv: no list of 255 hides the rest."""
    many = script([[("abcdefghij", 120)]] * count)
    one = hum(200, smooth=True)
    voices = ("hum/hum",) * count
    (tmp_path / "livre").mkdir()
    encoding = EncodingOptions(formats=(Format.M4B,))
    with WorkerPool(2) as pool:
        made = master(
            recorded(many, store, one), voices, store, tmp_path / "livre", pool, encoding=encoding
        )
    (file,) = made.files
    chapters = probed(client, file, "-show_chapters")["chapters"]
    assert [chapter["tags"]["title"] for chapter in chapters] == list(made.titles)
    starts = [mark.start / RATE for mark in made.timeline.chapters]
    assert [float(c["start_time"]) for c in chapters] == pytest.approx(starts, abs=0.011)
    message = "--term-playing-msg=|${chapter-list/count}|${chapter-list/299/title}|"
    quietly = [client("mpv"), "--no-config", "--ao=null", "--vo=null", "--end=0.05"]
    assert "|300|Chapitre 300|" in run([*quietly, message, file])


def test_m4b_without_pyav_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyAV is not installed, one line says how to get it."""
    monkeypatch.setattr("hautevoix.mastering.encoding.find_spec", lambda _name: None)
    with pytest.raises(EngineError, match=r"install 'av>=15'"):
        EncodingOptions(formats=(Format.M4B,)).check()
    EncodingOptions().check()


def test_file_names_sort_as_chapters() -> None:
    """Numbers have as many digits as the last one needs; a title without ASCII leaves a number."""
    assert file_name(7, 1000, "第七章") == "0007.mp3"
    assert len(file_name(1, 9, "x" * 300)) < 80


def probed(client: Callable[[str], str], file: Path, what: str) -> dict[str, Any]:
    """Return what ffprobe tells of a file."""
    told: dict[str, Any] = json.loads(
        run([client("ffprobe"), "-v", "error", what, "-of", "json", file])
    )
    return told


def heard(client: Callable[[str], str], file: Path) -> np.ndarray:
    """Return the samples as ffmpeg decodes them, delays taken out."""
    raw = ["-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]
    told = subprocess.run(
        [client("ffmpeg"), "-nostdin", "-v", "error", "-i", file, "-map", "0:a", *raw],
        capture_output=True,
        check=True,
    ).stdout
    return np.frombuffer(told, "<i2")


def filtered(client: Callable[[str], str], file: Path, meter: str) -> str:
    """Return what a meter of ffmpeg's tells of a file."""
    asked = [client("ffmpeg"), "-nostdin", "-i", str(file), "-af", meter, "-f", "null", "-"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stderr


def decibels(samples: np.ndarray) -> float:
    """Return the RMS in dBFS."""
    return float(10 * np.log10(np.mean(np.square(samples)) + 1e-12))


def run(arguments: list[object]) -> str:
    """Return what a client prints."""
    return subprocess.run(
        [str(argument) for argument in arguments], capture_output=True, text=True, check=True
    ).stdout


def digest(file: Path) -> str:
    """Return what tells files apart."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
