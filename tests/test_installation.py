"""How an extra is had depends on how this was installed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from hautevoix.runtime.installation import adding, getting

METADATA = """Metadata-Version: 2.1
Name: hautevoix
Version: 9
Requires-Dist: click>=8
Requires-Dist: av>=15; extra == 'm4b'
Requires-Dist: piper-tts<2,>=1.4; extra == 'piper'
Requires-Dist: one>=1 ; python_version < '4' and extra == "two"
Requires-Dist: other; extra == "two"
"""


class Layout:
    """An environment as an installer leaves it, small: its folder and what is installed in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"
        told = folder / "site" / "hautevoix-9.dist-info"
        told.mkdir(parents=True)
        self.put("site/hautevoix-9.dist-info/METADATA", METADATA)
        monkeypatch.setattr(sys, "prefix", str(folder))
        monkeypatch.setattr(sys, "executable", str(self.python))
        # Nothing of the Python that runs this is seen, its pip least of all.
        monkeypatch.setattr(sys, "path", [str(folder / "site")])
        monkeypatch.delitem(sys.modules, "pip", raising=False)
        monkeypatch.setenv("PATH", str(folder / "elsewhere"))

    def put(self, path: str, text: str = "") -> Path:
        """Write a file of the layout."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        file.chmod(0o755)
        return file


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """Return an environment without a pip, in a folder that a shell would cut in two."""
    return Layout(tmp_path / "haute voix", monkeypatch)


def test_pip_of_this_environment(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pip on the PATH is named where it is ours; never another Python's."""
    layout.put("site/pip/__init__.py")
    layout.put("elsewhere/pip")
    ours = f"'{layout.python}' -m pip install 'av>=15'"
    assert getting("m4b") == ours
    layout.put("bin/pip")
    monkeypatch.setenv("PATH", str(layout.folder / "bin"))
    assert getting("m4b") == "pip install 'av>=15'"


def test_an_environment_of_uv_has_no_pip(layout: Layout) -> None:
    """« uv venv » puts no pip in: uv installs from outside."""
    layout.put("pyvenv.cfg", "home = /usr/bin\nuv = 0.13.9\n")
    assert getting("m4b") == f"uv pip install --python '{layout.python}' 'av>=15'"


def test_an_environment_of_pipx(layout: Layout) -> None:
    """Pipx injects what was asked for, and does so again whenever it renews the environment."""
    layout.put("pipx_metadata.json", "{}")
    assert getting("piper") == "pipx inject 'haute voix' 'piper-tts<2,>=1.4'"


@pytest.mark.parametrize(
    ("requirements", "command"),
    [
        ('{ name = "hautevoix" }', "hautevoix"),
        ('{ name = "hautevoix", specifier = ">=0.1" }', "'hautevoix>=0.1'"),
        ('{ name = "hautevoix", directory = "/src" }', "/src"),
        ('{ name = "hautevoix", extras = ["m4b"], directory = "/ma src" }', "'/ma src[m4b]'"),
        ('{ name = "hautevoix", path = "/h-1-py3-none-any.whl" }', "/h-1-py3-none-any.whl"),
        (
            '{ name = "hautevoix", git = "https://example.org/h.git?rev=1" }',
            "'hautevoix @ git+https://example.org/h.git?rev=1'",
        ),
    ],
)
def test_a_tool_of_uv(layout: Layout, requirements: str, command: str) -> None:
    """Uv takes away what its command doesn't say again, so it is said with what was there."""
    others = '{ name = "s3fs" }, { name = "fsspec", specifier = ">=2025.2" }'
    layout.put("uv-receipt.toml", f"[tool]\nrequirements = [{requirements}, {others}]\n")
    withs = "--with s3fs --with 'fsspec>=2025.2' --with 'av>=15'"
    assert getting("m4b") == f"uv tool install {withs} {command}"


def test_a_tool_of_uv_used_in_place(layout: Layout) -> None:
    """A checkout that is installed in place stays so."""
    layout.put(
        "uv-receipt.toml", '[tool]\nrequirements = [{ name = "hautevoix", editable = "/src" }]\n'
    )
    assert adding("s3fs") == "uv tool install --editable --with s3fs /src"


def test_an_extra_of_several_packages(layout: Layout) -> None:
    """All of them are named; an extra that our metadata doesn't tell of is named itself."""
    layout.put("pipx_metadata.json", "{}")
    assert getting("two").endswith(" 'one>=1' other")
    assert getting("three").endswith(" 'hautevoix[three]'")


@pytest.mark.parametrize("extra", ["m4b", "piper", "upload"])
def test_this_installation_knows_its_extras(extra: str) -> None:
    """What the messages name is in our own metadata, and the command is one that pip takes."""
    command = shlex.split(getting(extra))
    assert "install" in command
    assert not any("hautevoix[" in word for word in command)


def test_the_command_runs_here() -> None:
    """Typed into a shell, it finds what is asked for already there, and asks no index."""
    done = subprocess.run(
        ["sh", "-c", getting("m4b")],
        env={**os.environ, "PIP_NO_INDEX": "1", "PATH": f"{Path(sys.executable).parent}:/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
