"""The Dockerfile, as far as it can be told without Docker: what it names is there."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_image_is_made_of_what_is_here() -> None:
    """What it copies, installs, starts and sets are files, extras and names of the project."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split()[:-1]), line
    assert "COPY src src" in text
    (lock,) = re.findall(r"-r (\S+)", text)
    assert (ROOT / lock).is_file()
    (extras,) = re.findall(r"^ARG EXTRAS=(\S+)$", text, re.MULTILINE)
    assert set(extras.split(",")) <= set(project["project"]["optional-dependencies"])
    (started,) = re.findall(r"^ENTRYPOINT (.+)$", text, re.MULTILINE)
    assert json.loads(started)[0] in project["project"]["scripts"]
    (python,) = re.findall(r"^FROM python:(\d\.\d+)-slim$", text, re.MULTILINE)
    assert tuple(map(int, python.split("."))) >= (3, 11)
    for folder in project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]:
        assert f"COPY {folder.partition('/')[0]} " in text
