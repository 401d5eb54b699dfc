"""What the tests of proofing share."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from proofbench import SENTENCES, Bench

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return a folder with a text, built by eSpeak NG, and a listener that hears all right."""
    made = Bench(tmp_path_factory.mktemp("proof"))
    made.model.mkdir()
    for name in ("model.bin", "config.json"):
        (made.model / name).write_text("{}", "utf-8")
    made.write(*SENTENCES)
    made.hears()
    done = made.run("build", "fete.txt", "--quiet")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def built(template: Bench, tmp_path: Path) -> Bench:
    """Return a copy of it, for this test alone."""
    shutil.copytree(template.folder, tmp_path, dirs_exist_ok=True)
    return Bench(tmp_path)
