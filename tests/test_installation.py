"""How an extra is had depends on how this was installed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from hautevoix.installation import getting

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("url", "command"),
    [
        (None, "install 'hautevoix[piper]'"),
        (
            {"url": "file:///home/moi/haute%20voix", "dir_info": {"editable": True}},
            "install --editable '/home/moi/haute voix[piper]'",
        ),
        ({"url": "file:///src", "dir_info": {}}, "install '/src[piper]'"),
        ({"url": "https://example.org/h.whl", "archive_info": {}}, "install 'hautevoix[piper]'"),
    ],
)
def test_the_command_is_right_for_how_it_was_installed(
    url: object, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a checkout its folder is named, else the package; never another Python's pip."""
    told = tmp_path / "hautevoix-9.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: hautevoix\nVersion: 9\n")
    if url:
        (told / "direct_url.json").write_text(json.dumps(url))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    assert getting("piper") == f"{sys.executable} -m pip {command}"
