from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from hautevoix.cli.events import Event
from hautevoix.cli.watching import Watch

if TYPE_CHECKING:
    from pathlib import Path


def test_what_changes_is_told_once_it_is_still(tmp_path: Path) -> None:
    """A sidecar that appears and a text that is saved in two steps: their texts, no other's."""
    texts = [tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"]
    for text in texts:
        text.write_text("Un.", "utf-8")
    looks: list[float] = []

    def write(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 2:
            (tmp_path / "b.toml").write_text('title = "B"', "utf-8")
        if len(looks) in {2, 3}:  # the second time while it is looked at
            texts[2].write_text("Un, deux." * len(looks), "utf-8")

    watch = Watch(texts, sleep=write)
    assert watch.changed() == [1, 2]
    assert len(looks) == 5


def test_a_cover_of_any_name_is_watched(tmp_path: Path) -> None:
    """The sidecar names it, also one written since; what is wrong there can wait."""
    text, sidecar = tmp_path / "a.txt", tmp_path / "a.toml"
    text.write_text("Un.", "utf-8")
    sidecar.write_text('cover = "first.jpg"', "utf-8")
    steps = [
        lambda: (tmp_path / "first.jpg").write_bytes(b"1"),
        lambda: sidecar.write_text('cover = ["second.jpg"]', "utf-8"),
        lambda: sidecar.write_text('cover = "second.jpg"', "utf-8"),
        lambda: (tmp_path / "second.jpg").write_bytes(b"2"),
    ]
    due: list[object] = []
    watch = Watch([text], sleep=lambda _: due.append(due or steps.pop(0)()))
    told = []
    while steps:
        due.clear()
        told.append(watch.changed())
    assert told == [[0]] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C as a Unix shell sends it")
def test_a_build_that_watches_builds_again(tmp_path: Path) -> None:
    """Events tell of each build on stdout, and of what fails; Ctrl-C ends it as any build."""
    text = tmp_path / "a.txt"
    text.write_text("Une phrase.", "utf-8")
    words = ["build", str(text), "--watch", "--events", "--quiet", "--store", "store"]
    with subprocess.Popen(
        [sys.executable, "-c", "from hautevoix.cli import main; main()", *words],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        told: list[dict[str, Any]] = []

        def until_it_watches() -> list[str]:
            begun = len(told)
            for line in process.stdout or ():
                told.append(json.loads(line))
                if told[-1]["event"] == Event.WATCHING:
                    break
            return [one["event"] for one in told[begun:]]

        try:
            first = until_it_watches()
            text.write_text("", "utf-8")
            second = until_it_watches()
            text.write_text("Une phrase plus longue que la première.", "utf-8")
            third = until_it_watches()
        finally:
            process.send_signal(signal.SIGINT)
    assert process.returncode == 130
    assert first[0] == Event.STAGE
    assert first[-2:] == third[-2:] == [Event.DONE, Event.WATCHING]
    assert second == [Event.ERROR, Event.WATCHING]
    done = [one for one in told if one["event"] == Event.DONE]
    assert done[1]["duration"] > done[0]["duration"]
    assert all(one["text"] == str(text) for one in told)
    speaking = [one for one in told if one.get("stage") == "Speaking"]
    assert {one["event"] for one in speaking} == {Event.STAGE, Event.PROGRESS}
