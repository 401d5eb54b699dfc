"""The page of a book that is being written: it shows the newest build, and keeps one's place."""

from __future__ import annotations

import itertools
import json
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import requests

from books import Made, make
from driving import CLIENTS
from hautevoix.errors import DiskError
from hautevoix.publishing.built_book import read_built_book
from hautevoix.publishing.live import Status, changed
from hautevoix.publishing.live_server import LiveServer, serve
from standstill import PATIENCE, undisturbed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST = tuple(f"Phrase numéro {number}, telle qu'elle fut écrite." for number in range(40))
SECOND = (*FIRST[:5], "Voici une phrase nouvelle.", *FIRST[5:])
THIRD = (*(f"Ajout {number} tout au début." for number in range(10)), *SECOND)


def _made(sentences: tuple[str, ...]) -> Made:
    return Made(chapters=(("Un", sentences[:30]), ("Deux", sentences[30:])))


def _state(server: LiveServer, until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return what the page is told, once it is as it should come to be."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        state: dict[str, Any] = requests.get(
            f"{server.url}livre/state.json", timeout=PATIENCE
        ).json()  # fmt: skip
        if until(state):
            return state
        time.sleep(0.05)
    pytest.fail(f"the page was told {state}")


def test_the_newest_build_is_served_to_this_machine_alone(tmp_path: Path) -> None:
    """Its page plays its own sound; an older one is gone; a failure leaves the page as it was."""
    folder = tmp_path / "livre"
    with closing(serve([folder])) as server:
        assert "<audio" not in requests.get(server.url, timeout=PATIENCE).text
        make(tmp_path, _made(FIRST))
        server.tell(0, Status("a", "Construit", ("ligne 3 : doute",), heading="À voir : 1"))
        state = _state(server, lambda told: told["build"] == "a")
        assert (state["heading"], state["told"]) == ("À voir : 1", ["ligne 3 : doute"])
        assert state["changed"] == []
        sound = f"{server.url}livre/{read_built_book(folder).key}.mp3"
        assert sound.rsplit("/", 1)[-1] in requests.get(server.url, timeout=PATIENCE).text
        part = requests.get(sound, headers={"Range": "bytes=100-199"}, timeout=PATIENCE)
        assert (part.status_code, len(part.content)) == (206, 100)
        odd = requests.get(sound, headers={"Range": "bytes=9-3"}, timeout=PATIENCE)
        assert (odd.status_code, odd.content[100:200]) == (200, part.content)  # RFC 9110, 14.2
        make(tmp_path, _made(SECOND))
        server.tell(0, Status("b", "Construit"))
        state = _state(server, lambda told: told["build"] == "b")
        assert (state["changed"], state["changes"]) == ([5], "1 sentence is new")
        assert requests.get(sound, timeout=PATIENCE).status_code == 404
        server.tell(0, Status("b", "Illisible", failed=True))
        assert _state(server, lambda told: told["failed"])["build"] == "b"
        assert SECOND[5] in requests.get(server.url, timeout=PATIENCE).text
        for path in ("livre/../livre.toml", "livre/livre.book.json", "autre/", "livre/.x"):
            assert requests.get(server.url + path, timeout=PATIENCE).status_code == 404
        stranger = requests.get(server.url, headers={"Host": "evil.example"}, timeout=PATIENCE)
        assert stranger.status_code == 400
        with pytest.raises(DiskError, match="--port"):
            serve([folder], int(server.url.split(":")[-1].strip("/")))


def test_what_cannot_be_read_is_said_on_the_page(tmp_path: Path) -> None:
    """A folder in pieces is told as what is wrong with it, and the server goes on."""
    with closing(serve([tmp_path / "livre", tmp_path / "<b>"])) as server:
        server.tell(0, Status("a", "Construit"))
        state = _state(server, lambda told: told["failed"])
        assert "no audiobook is in it" in state["line"]
        assert "&lt;b&gt;" in requests.get(server.url, timeout=PATIENCE).text


def test_another_voice_or_length_is_a_change_too(tmp_path: Path) -> None:
    """The text is not all that is heard: who says it counts, and how long that takes."""
    made = _made(FIRST)
    before = read_built_book(make(tmp_path, made))
    after = read_built_book(make(tmp_path, replace(made, characters={FIRST[7]: "Nérine"})))
    assert changed(before, after) == (7,)
    assert changed(before, before) == ()


def _seen_while_writing(output: Path, program: list[str]) -> dict[str, Any]:
    """Return what the driver tells of a page whose book is built as it asks for it."""
    builds = {"first": FIRST, "second": SECOND, "third": THIRD}
    unreadable = Status("third", "Illisible", ("ligne 1",), failed=True, heading="À voir")
    with closing(serve([output / "livre"])) as server:
        server.tell(0, Status(line="En cours", working=True))
        last = ""
        with subprocess.Popen([*program, server.url], stdout=subprocess.PIPE, text=True) as browser:
            for line in browser.stdout or ():
                last = line.strip()
                if last in builds:
                    make(output, _made(builds[last]))
                    server.tell(0, Status(last, f"Construit : {last}"))
                elif last == "failure":
                    server.tell(0, unreadable)
                elif last == "end":
                    server.close()
    told: dict[str, Any] = json.loads(last)
    return told


def test_a_browser_keeps_the_place(tmp_path: Path, node: str, client: Callable[[str], str]) -> None:
    """Paused, one is led to what is new; playing, the sentence that was heard is heard on."""
    trials = itertools.count()
    program = [node, str(CLIENTS / "live.mjs"), client("chromium")]
    told = undisturbed(lambda: _seen_while_writing(tmp_path / f"{next(trials)}", program))
    assert told["errors"] == []
    assert told["empty"] == "En cours"
    assert (told["first"]["line"], told["first"]["fresh"]) == ("Construit : first", [])
    assert told["first"]["chapters"] == 2
    second, third = told["second"], told["third"]
    assert second["fresh"] == [second["heard"]] == [SECOND[5]]
    assert second["seen"]
    assert second["paused"]
    assert second["offer"].startswith("1 sentence is new")
    assert third["heard"].replace("’", "'") in SECOND[20:22]  # as the page sets it
    assert not third["paused"]
    assert len(third["fresh"]) == 10
    assert told["failure"] == {
        "line": "Illisible",
        "heading": "À voir",
        "told": ["ligne 1"],
        "build": "third",
    }
