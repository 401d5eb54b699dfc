from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import models
from commands import hautevoix
from hautevoix.model import Sidecar
from hautevoix.model.options import Source
from hautevoix.pipeline.casting import casting, ready_engine
from hautevoix.pipeline.pace import Pace, book_key
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.recording import expected
from hautevoix.storage.store import Store
from standstill import PATIENCE


class Bench:
    """A text, and builds of it with a store of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.text = folder / "texte.txt"
        self.mp3 = folder / "output" / "texte" / "texte.mp3"

    def write(self, *paragraphs: str) -> None:
        """Write the text, a paragraph each."""
        self.text.write_text("\n\n".join(paragraphs) + "\n", "utf-8")

    def build(self, *options: str) -> str:
        """Build it; return what was said on the way."""
        done = hautevoix(
            "build", self.text, "--engine", "espeak", "--store", "store", *options, cwd=self.folder
        )
        assert done.returncode == 0, done.stderr
        return done.stderr + done.stdout


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a bench with three paragraphs."""
    made = Bench(tmp_path)
    made.write("Le premier paragraphe.", "Le deuxième, le voici.", "Et le dernier de tous.")
    return made


def test_a_build_that_changes_nothing_touches_nothing(bench: Bench) -> None:
    """The second build says so, and the files are those of the first, to the nanosecond."""
    bench.build()
    before = {path: path.stat().st_mtime_ns for path in bench.mp3.parent.iterdir()}
    folder = bench.mp3.parent.stat().st_mtime_ns
    assert "nothing was touched" in bench.build()
    assert {path: path.stat().st_mtime_ns for path in bench.mp3.parent.iterdir()} == before
    assert bench.mp3.parent.stat().st_mtime_ns == folder


@pytest.mark.parametrize("harm", ["remove", "cut"])
def test_a_file_that_was_harmed_is_made_again(bench: Bench, harm: str) -> None:
    """What was removed or cut since comes back as it was."""
    bench.build()
    whole = bench.mp3.read_bytes()
    if harm == "remove":
        bench.mp3.unlink()
    else:
        bench.mp3.write_bytes(whole[:1000])
    bench.build()
    assert bench.mp3.read_bytes() == whole


def test_an_inserted_paragraph_speaks_itself_alone(bench: Bench) -> None:
    """Everything after it is taken from the store, though nothing stands where it stood."""
    bench.build()
    bench.write(
        "Un nouveau début.",
        "Le premier paragraphe.",
        "Le deuxième, le voici.",
        "Et le dernier de tous.",
    )
    told = bench.build()
    clips = int(told.split("Speaking: ")[1].split()[0])
    ready = int(told.split("clips, ")[1].split()[0])
    assert clips - ready == 1


def test_clips_that_the_store_gave_up_are_not_missed(bench: Bench) -> None:
    """A book over the store's limit loses clips; what was made of them serves: none is spoken."""
    bench.build()
    whole = bench.mp3.read_bytes()
    script = narrate(understand(Source(bench.text)))
    for key in expected(script, casting(ready_engine("espeak"), Sidecar()).cast(script)):
        Store(bench.folder / "store").path(key).unlink(missing_ok=True)
    bench.mp3.unlink()
    assert json.loads(bench.build("--dry-run", "--json"))["to_speak"] == 0
    told = bench.build().split("Speaking: ")[1]
    assert told.split()[0] == told.split("clips, ")[1].split()[0]
    assert bench.mp3.read_bytes() == whole


def test_a_store_keeps_no_more_than_it_may(bench: Bench) -> None:
    """What exceeds the limit goes when the book is done; the next build speaks it again."""
    bench.build("--store-limit", "0")
    assert Store(bench.folder / "store").size() < 20_000  # what tells that the book is there
    whole = bench.mp3.read_bytes()
    bench.build("--store-limit", "0.001")
    assert 0 < Store(bench.folder / "store").size() <= 1_000_000
    assert bench.mp3.read_bytes() == whole


def test_a_changed_sidecar_is_noticed(bench: Bench) -> None:
    """A lexicon entry changes what is said, though the text is the same."""
    bench.build()
    before = bench.mp3.read_bytes()
    bench.text.with_suffix(".toml").write_text('[lexicon]\n"dernier" = "tout dernier"\n', "utf-8")
    assert "nothing was touched" not in bench.build()
    assert bench.mp3.read_bytes() != before


def test_a_dry_run_speaks_nothing_and_tells_the_length(bench: Bench) -> None:
    """Before the first build the pace is a usual one; after it the length is right to 2 %."""
    told: dict[str, Any] = json.loads(bench.build("--dry-run", "--json"))
    assert not bench.mp3.exists()
    assert told["clips"] == told["to_speak"] > 3
    assert told["measured"] is False
    bench.build()
    again = json.loads(bench.build("--dry-run", "--json"))
    assert again["to_speak"] == 0
    timeline = json.loads(bench.mp3.with_suffix(".timeline.json").read_text("utf-8"))
    assert again["duration"] == pytest.approx(timeline["duration"], rel=0.02)


def test_a_small_book_does_not_spoil_the_estimate_of_a_long_one(bench: Bench, letter: Path) -> None:
    """Paces are pooled by length, with a usual one: three sentences hardly move the letter's."""
    bench.write(letter.read_text("utf-8"))
    options = ("--dry-run", "--json")
    before = json.loads(bench.build(*options))["duration"]
    bench.text = bench.folder / "petit.txt"
    bench.write("Oui, oui.", "Non !", "Peut-être.")
    bench.build()
    bench.text = bench.folder / "texte.txt"
    after = json.loads(bench.build(*options))
    assert after["duration"] == pytest.approx(before, rel=0.03)
    assert after["measured"] is True


def test_the_larger_a_book_the_more_it_tells_of_the_pace() -> None:
    """A book of its own length is known; others weigh what they hold; the usual pace fades."""
    one = Path("un.txt")
    large = Pace(0.06, {book_key(one): (500.0, 10_000), "petit": (30.0, 100)})
    assert large.of(one, 10_100) == pytest.approx(0.05)
    assert large.of(Path("autre.txt"), 10_000) == pytest.approx(620 / 11_600)
    assert Pace(0.06).of(one, 100) == 0.06


def test_an_unchanged_book_s_drawing_is_not_drawn_anew(bench: Bench) -> None:
    """Not while it is there, of this sound; what was removed, or is of another, is drawn."""
    bench.build("--plot")
    drawing = bench.mp3.with_suffix(".svg")
    whole, when = drawing.read_bytes(), drawing.stat().st_mtime_ns
    bench.build("--plot")
    assert drawing.stat().st_mtime_ns == when
    drawing.write_text("abîmé", "utf-8")
    bench.build("--plot")
    assert drawing.read_bytes() == whole
    bench.write("Un tout autre texte, et bien plus long que celui qui était là.")
    bench.build("--plot")
    assert drawing.read_bytes() != whole


def test_a_stopped_build_goes_on(bench: Bench) -> None:
    """What was spoken before a build was killed is not spoken again."""
    bench.write(*(f"Voici le paragraphe numéro {number} de ce texte." for number in range(1500)))
    command = [sys.executable, "-c", "from hautevoix.cli import main; main()", "build"]
    process = subprocess.Popen(
        [*command, bench.text, "--engine", "espeak", "--store", "store"],
        cwd=bench.folder,
        stderr=subprocess.DEVNULL,
    )
    store = bench.folder / "store"
    end = time.monotonic() + PATIENCE
    while len(list(store.glob("*/*"))) < 40 and time.monotonic() < end:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not bench.mp3.exists()
    planned = json.loads(bench.build("--dry-run", "--json"))
    assert planned["measured"] is True
    assert planned["to_speak"] <= planned["clips"] - 30
    told = bench.build()
    ready = int(told.split("clips, ")[1].split()[0])
    assert ready >= 30
    timeline = json.loads(bench.mp3.with_suffix(".timeline.json").read_text("utf-8"))
    assert planned["duration"] == pytest.approx(timeline["duration"], rel=0.1)
    assert bench.mp3.exists()


def test_words_are_told_on_wish(bench: Bench) -> None:
    """Asked for later they cost no new clip; without the wish all is as before, to a byte."""
    bench.build()
    timeline = bench.mp3.with_suffix(".timeline.json")
    before = timeline.read_bytes(), bench.mp3.read_bytes()
    told = bench.build("--words")
    count = told.split("Speaking: ")[1].split()[0]
    assert f"{count} clips, {count} of them ready" in told
    rows = json.loads(timeline.read_text("utf-8"))["utterances"]
    (row,) = [row for row in rows if row["text"].startswith("Le deuxième")]
    assert [word["text"] for word in row["words"]] == ["Le", "deuxième", "le", "voici"]
    assert bench.mp3.read_bytes() == before[1]
    assert "word timings" not in told
    bench.build()
    assert (timeline.read_bytes(), bench.mp3.read_bytes()) == before


def test_a_voice_without_word_timings_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says of how many sentences nothing is known; so does the second build's."""
    monkeypatch.setenv("HAUTEVOIX_VOICES", str(bench.folder / "voices"))
    models.voice(bench.folder / "voices", "fr_FR-siwis-medium")  # does not know its lengths
    bench.write("Un seul paragraphe.")
    options = ("--engine", "piper", "--no-closing", "--no-opening")
    line = "Without word timings, which their voice does not tell: 1 sentence\n"
    assert line in bench.build(*options, "--words")
    again = bench.build(*options, "--words", "--json")
    assert "nothing was touched" in again
    assert line in again
    assert json.loads(again.splitlines()[-1])["wordless"] == 1
