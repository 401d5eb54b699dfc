"""Preview serves a site as a good host does; check agrees with it over the wire."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import requests

from books import NOW
from hautevoix.errors import DiskError, InputError
from hautevoix.publishing.checking.targets import check_url
from hautevoix.publishing.preview import Preview, preview
from hautevoix.publishing.site import publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.publishing.config import Podcast

SECONDS = 10


@pytest.fixture
def served(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> Iterator[tuple[Preview, Path]]:
    """Serve a site that knows its own address."""
    site = tmp_path / "site"
    site.mkdir()
    server = preview(site)
    publish([built()], replace(podcast, base_url=server.url), site, NOW)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server, site
    server.stop()
    thread.join(SECONDS)


def test_ranges_etags_and_types_are_right(served: tuple[Preview, Path]) -> None:
    """A byte range gives 206 and those bytes; an ETag gives 304; each file has its type."""
    server, site = served
    (mp3,) = site.glob("livre/*.mp3")
    url = f"{server.url}livre/{mp3.name}"
    part = requests.get(url, headers={"Range": "bytes=100-199"}, timeout=SECONDS)
    assert (part.status_code, part.content) == (206, mp3.read_bytes()[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{mp3.stat().st_size}"
    head = requests.head(url, timeout=SECONDS)
    assert (head.status_code, head.headers["Content-Type"]) == (200, "audio/mpeg")
    assert head.headers["Accept-Ranges"] == "bytes"
    again = requests.get(
        url, headers={"If-None-Match": head.headers["ETag"]}, timeout=SECONDS
    )  # fmt: skip
    assert again.status_code == 304
    kinds = {
        path.name.split(".", 1)[1]: requests.head(
            f"{server.url}livre/{path.name}", timeout=SECONDS
        ).headers["Content-Type"]
        for path in (site / "livre").iterdir()
    }
    assert kinds["chapters.json"] == "application/json+chapters"
    assert kinds["vtt"].startswith("text/vtt")
    assert kinds["epub"] == "application/epub+zip"


def test_check_has_nothing_to_say_of_what_preview_serves(served: tuple[Preview, Path]) -> None:
    """HEAD, 206, types, lengths and CORS over the wire; and a wrong length is found."""
    server, site = served
    assert check_url(f"{server.url}feed.xml") == []
    feed = site / "feed.xml"
    text = feed.read_text(encoding="utf-8")
    feed.write_text(text.replace('length="', 'length="9'), encoding="utf-8")
    assert any("the feed tells 9" in f.what for f in check_url(f"{server.url}feed.xml"))
    feed.write_text(text.replace(".mp3", ".mp4"), encoding="utf-8")
    assert any("answered with 404" in f.what for f in check_url(f"{server.url}feed.xml"))


def test_nothing_but_the_site_is_served(served: tuple[Preview, Path]) -> None:
    """No hidden file, nothing above the folder, no other host's name (DNS rebinding)."""
    server, site = served
    (site / ".secret").write_text("x", encoding="utf-8")
    (site.parent / "above").write_text("x", encoding="utf-8")
    for path in (".secret", "%2e%2e/above", "..%2fabove", ".hautevoix.lock"):
        assert requests.get(server.url + path, timeout=SECONDS).status_code == 404, path
    stranger = requests.get(server.url, headers={"Host": "evil.example"}, timeout=SECONDS)
    assert stranger.status_code == 400


def test_what_cannot_be_served_is_said_in_a_line(tmp_path: Path) -> None:
    """No such folder, a port in use."""
    with pytest.raises(InputError, match="no such folder"):
        preview(tmp_path / "none")
    first = preview(tmp_path)
    port = int(first.url.rsplit(":", 1)[1].strip("/"))
    with pytest.raises(DiskError, match="--port"):
        preview(tmp_path, port)
    first.close()


@pytest.mark.parametrize("told", ["bytes=9-3", "bytes=abc", "bytes=", "lines=1-2"])
def test_an_invalid_range_is_ignored(served: tuple[Preview, Path], told: str) -> None:
    """As RFC 9110 has it: the whole file, 200."""
    server, site = served
    got = requests.get(f"{server.url}feed.xml", headers={"Range": told}, timeout=SECONDS)
    assert (got.status_code, got.content) == (200, (site / "feed.xml").read_bytes())
