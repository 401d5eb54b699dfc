"""A stranger's engine, from the documentation to a sound."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import miniaudio
import pytest

from hautevoix.engines import catalogue
from hautevoix.engines.heard import heard
from hautevoix.pipeline.casting import parse_voice_settings
from hautevoix.reading.base.sidecar import parse_sidecar

DOC = Path(__file__).parents[2] / "docs" / "voices.md"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the example of docs/voices.md, make its wheel and install that into a folder."""
    source = tmp_path_factory.mktemp("flute")
    for name, code in re.findall(
        r"^`(\S+)`\n```\w+\n(.*?)^```", DOC.read_text("utf-8"), re.MULTILINE | re.DOTALL
    ):
        (source / name).write_text(code, "utf-8")
    target = source / "installed"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--target", target]
    subprocess.run([*pip, *options, source], check=True, capture_output=True)
    return target


def run(installed: Path, *command: object, cwd: Path) -> str:
    """Run Python where the plug-in is installed; return what it printed."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env={**os.environ, "PYTHONPATH": str(installed)},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_example_speaks(installed: Path, tmp_path: Path) -> None:
    """Installed from its wheel, it is listed, and says a sentence."""
    main = ("-c", "from hautevoix.cli import main; main()")
    listed = run(installed, *main, "voices", cwd=tmp_path)
    assert re.search(r"^flute +do +a flute in C", listed, re.MULTILINE)
    run(installed, *main, "say", "--engine", "flute", "Bonjour.", "-o", "x.wav", cwd=tmp_path)
    assert miniaudio.wav_read_file_f32(str(tmp_path / "x.wav")).duration > 0.3


def test_the_example_keeps_the_contract(installed: Path, tmp_path: Path) -> None:
    """The test that the documentation shows runs as it stands, and passes."""
    test = (installed.parent / "test_flute.py").read_text("utf-8")
    (tmp_path / "test_flute.py").write_text(test, "utf-8")
    assert " passed" in run(installed, "-m", "pytest", "-p", "no:cacheprovider", cwd=tmp_path)


def test_the_documentation_names_the_catalogue() -> None:
    """Each voice that can be installed is in the table, checked as the catalogue has it."""
    text = DOC.read_text("utf-8")
    for entry in catalogue.entries():
        [row] = [line for line in text.splitlines() if line.startswith(f"| `{entry.name}`")]
        model = entry.assets[-1]
        checked = "SHA-256" if model.sha256 else "MD5" if model.md5 else "loading it"
        assert row.endswith(f"{checked} |")


def test_the_documentation_and_the_command_tell_the_same_figures() -> None:
    """The table of what the listener heard is the one that ``hautevoix voices`` shows."""
    rows = re.findall(
        r"\| `([\w/+-]+)` \| ([\d.]+) \|[^|]*\|[^|]*\| ([\d.]+) \|", DOC.read_text("utf-8")
    )
    assert rows
    for name, wrong, plcmos in rows:
        told = heard(*name.split("/"))
        assert told is not None
        assert (f"{told.wrong:.2f}", f"{told.naturalness:.2f}") == (wrong, plcmos)


def test_the_documentation_casts_as_the_sidecar_does() -> None:
    """The example of roles is a sidecar, and the options beside it say the same."""
    text = DOC.read_text("utf-8")
    [example] = re.findall(r"```toml\n(\[voices\]\n.*?)```", text, re.DOTALL)
    parts = dict(parse_sidecar(tomllib.loads(example), "docs").voices)
    options = dict(parse_voice_settings(option) for option in re.findall(r"--cast ([^\s`]+)", text))
    assert options == {role: part for role, part in parts.items() if role != "narrator"}
