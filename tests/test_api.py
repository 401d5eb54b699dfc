"""What a program does with Hautevoix, as docs/api.md shows it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import hautevoix
from examples import read
from hautevoix import Excerpt, HautevoixError, outline, script
from hautevoix.cli.events import Event, Events
from hautevoix.cli.standing import Standing
from hautevoix.errors import InputError
from hautevoix.model import Diagnostic

PAGE = Path(__file__).parent.parent / "docs" / "api.md"
TEXT = """LE PHARE

CHAPITRE PREMIER

Le bateau accosta.

CHAPITRE II

Le vent se leva[1].

NOTES

[1] Vers midi.
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a text of two chapters."""
    path = tmp_path / "phare.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_example_runs(text: Path) -> None:
    """The program on the page builds, tells and publishes, as it says that it does."""
    (block,) = [block for block in read(PAGE).blocks if block.language == "python"]
    program = text.parent / "livre.py"
    program.write_text(block.text, "utf-8")
    done = subprocess.run(
        [sys.executable, program.name],
        cwd=text.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == ["LE PHARE", "CHAPITRE PREMIER"]
    assert (text.parent / "output" / "phare" / "phare.mp3").is_file()
    assert (text.parent / "site" / "feed.xml").is_file()


def test_a_text_is_understood_and_written_as_the_commands_do(text: Path) -> None:
    """Chapters, notes and utterances are values; a part of a book is one too."""
    book = outline(text, title="Un autre titre")
    assert book.info.title == "Un autre titre"
    assert [chapter.title for chapter in book.chapters] == ["CHAPITRE PREMIER", "CHAPITRE II"]
    told = script(str(text), excerpt=Excerpt(((2, 2),)), notes="skip", closing=False)
    assert [one.spoken for one in told.utterances] == [
        "LE PHARE (extrait)",
        "CHAPITRE deux",
        "Le vent se leva.",
    ]
    with pytest.raises(HautevoixError) as failed:
        outline(text.with_name("nowhere.txt"))
    assert failed.value.exit_code == 3


def test_every_name_is_there_and_no_heavy_module_is_loaded() -> None:
    """Each is imported when it is asked for: « import hautevoix » loads nothing that takes time."""
    assert all(callable(getattr(hautevoix, name)) for name in hautevoix.__all__)
    loaded = "import sys, hautevoix; print(*{'numpy', 'click', 'lxml'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_the_page_has_every_event_and_what_it_tells(capsys: pytest.CaptureFixture[str]) -> None:
    """The table of events names each kind, with the keys that its line has."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE))
    assert {kind for kind in rows if kind in set(Event)} == set(Event)
    events = Events("a.txt")
    events.progress("Speaking", 0, 2)
    events.progress("Stopping", 0, 0)
    events.diagnostics([Diagnostic(1, "a doubt", "page-number")])
    events.done({"text": "a.txt"})
    events.watching()
    events.failed(InputError("gone"))
    events.shelf(Standing(1, 2, 60.0, None, None).fields())
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["event"] for one in told} == set(Event)
    for one in told:
        keys = set(re.findall(r'`"(\w+)"`', rows[one["event"]]))
        assert set(one) == keys | {"event", "text"}, one
