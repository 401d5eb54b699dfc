from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click
import pytest

from commands import hautevoix
from hautevoix.cli import build, store
from hautevoix.cli.commands import COMMANDS
from hautevoix.cli.defaults import VARIABLE, default_map
from hautevoix.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, with a user's file beside it, neither of them written."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "user.toml"))
    monkeypatch.delenv("HAUTEVOIX_ENGINE")
    return tmp_path / "here"


def test_the_nearest_says_what_holds(folder: Path) -> None:
    """The command line goes before the environment, the folder's file before the user's."""
    (folder.parent / "user.toml").write_text('[build]\nengine = "gtts"\nrate = 0.9\n', "utf-8")
    (folder / "hautevoix.toml").write_text(
        '[build]\nengine = "pico"\nformat = ["mp3", "m4b"]\nopening = false\nbit-rate = 128\n'
        'cast = ["note=fr+f2"]\n[store.gc]\n',
        "utf-8",
    )
    told = default_map("build", build.command, COMMANDS)
    assert told == {
        "engine": "pico",
        "rate": "0.9",
        "formats": "mp3,m4b",
        "opening": False,
        "bit_rate": "128",
        "parts": ["note=fr+f2"],
    }
    context = build.command.make_context("build", ["a.txt", "--rate", "1.1"], default_map=told)
    assert context.params["rate"] == 1.1
    assert context.params["engine"] == "pico"
    environment = {"HAUTEVOIX_ENGINE": "espeak"}
    rows = hautevoix("config", "--json", env=environment).stdout.splitlines()
    held = {row["option"]: row for row in map(json.loads, rows)}
    assert held["engine"]["place"] == "HAUTEVOIX_ENGINE"
    assert held["rate"] == {
        "command": "build",
        "option": "rate",
        "value": 0.9,
        "source": "file",
        "place": str(folder.parent / "user.toml"),
    }


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[build]\nvoise = "x"', "[build]: there is no option « voise ». Did you mean “voice”?"),
        ("[biuld]", "there is no command « biuld ». Did you mean “build”?"),
        ('voice = "x"', "“voice” stands in no table. Put it under its command: [build]."),
        ("[build]\nrate = 9", "[build] rate: "),
        ('[build]\nformat = "ogg"', "[build] format: 'ogg' is not one of"),
        ("[build]\nopening = 1", "[build] opening must be true or false"),
        ("[build.rate]\nx = 1", "[build] rate must be a text, a number or a list"),
        ("[build", "not valid TOML"),
        ('[build]\nhelp = "x"', "there is no option « help »"),
    ],
)
def test_what_no_command_takes_is_told(folder: Path, written: str, said: str) -> None:
    """One line names the file, the table and the key, and what may be meant."""
    (folder / "hautevoix.toml").write_text(written, "utf-8")
    with pytest.raises(InputError, match=r"hautevoix\.toml: ") as told:
        default_map("build", build.command, COMMANDS)
    assert said in str(told.value)


def test_commands_within_a_group_have_defaults_too(folder: Path) -> None:
    """Their table is named after both; an option of the group's own is another thing."""
    file = folder / "hautevoix.toml"
    file.write_text("[store.gc]\nlimit = 3\n", "utf-8")
    assert default_map("store", store.command, COMMANDS) == {"gc": {"limit": "3"}}
    for wrong in ("[store]\ngc = 1\n", "[store.gx]\n"):
        file.write_text(wrong, "utf-8")
        with pytest.raises(InputError, match=r"\[store\]: there is no"):
            default_map("store", store.command, COMMANDS)


def test_config_tells_every_option_of_a_command(folder: Path) -> None:
    """It shows where a value is from; --path which files are looked for; nothing is nothing."""
    (folder / "hautevoix.toml").write_text("[build]\nclosing = false\n", "utf-8")
    rows = [line.split("\t") for line in hautevoix("config", "build").stdout.splitlines()]
    told = {option: (value, place) for _, option, value, place in rows}
    assert told["--closing"] == ("false", "hautevoix.toml")
    assert told["--output"] == ('"output"', "default")
    longest = {max(p.opts, key=len) for p in build.command.params if isinstance(p, click.Option)}
    assert set(told) == longest
    paths = hautevoix("config", "--path").stdout.splitlines()
    assert paths == [f"{os.environ[VARIABLE]} (not there)", "hautevoix.toml"]
    (folder / "hautevoix.toml").unlink()
    assert hautevoix("config").stdout == ""
