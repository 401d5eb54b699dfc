"""A stranger's engine, from the documentation to a sound."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import miniaudio
import pytest

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
