"""Preview serves a site as a good host does; check agrees with it over the wire."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
import requests

from books import NOW
from hautevoix.errors import DiskError, InputError
from hautevoix.publishing.checking.addresses import check_url
from hautevoix.publishing.preview import Preview, preview
from hautevoix.publishing.site import publish
from standstill import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.publishing.config import Podcast


@pytest.fixture
def served(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> Iterator[tuple[Preview, Path]]:
    """Serve a site that knows its own address."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").touch()  # the site comes when its address is known
    server = preview(site)
    publish([built()], replace(podcast, base_url=server.url), site, NOW)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server, site
    server.stop()
    thread.join(PATIENCE)


def test_ranges_etags_and_types_are_right(served: tuple[Preview, Path]) -> None:
    """A byte range gives 206 and those bytes; an ETag gives 304; each file has its type."""
    server, site = served
    (mp3,) = site.glob("livre/*.mp3")
    url = f"{server.url}livre/{mp3.name}"
    part = requests.get(url, headers={"Range": "bytes=100-199"}, timeout=PATIENCE)
    assert (part.status_code, part.content) == (206, mp3.read_bytes()[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{mp3.stat().st_size}"
    head = requests.head(url, timeout=PATIENCE)
    assert (head.status_code, head.headers["Content-Type"]) == (200, "audio/mpeg")
    assert head.headers["Accept-Ranges"] == "bytes"
    again = requests.get(
        url, headers={"If-None-Match": head.headers["ETag"]}, timeout=PATIENCE
    )  # fmt: skip
    assert again.status_code == 304
    kinds = {
        path.name.split(".", 1)[1]: requests.head(
            f"{server.url}livre/{path.name}", timeout=PATIENCE
        ).headers["Content-Type"]
        for path in (site / "livre").iterdir()
    }
    assert kinds["chapters.json"] == "application/json+chapters"
    assert kinds["vtt"].startswith("text/vtt")
    assert kinds["epub"] == "application/epub+zip"


def test_check_has_nothing_to_say_of_what_preview_serves(served: tuple[Preview, Path]) -> None:
    """HEAD, 206, types and lengths over the wire; and a wrong length is found."""
    server, site = served
    assert check_url(f"{server.url}feed.xml") == []
    feed = site / "feed.xml"
    text = feed.read_text(encoding="utf-8")
    feed.write_text(text.replace('length="', 'length="9'), encoding="utf-8")
    assert any("the feed tells 9" in f.what for f in check_url(f"{server.url}feed.xml"))
    feed.write_text(text.replace(".mp3", ".mp4"), encoding="utf-8")
    assert any("answered with 404" in f.what for f in check_url(f"{server.url}feed.xml"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"<itunes:duration>3", b"<itunes:duration>33", "the feed tells 33 s"),
        (b'start="00:00:01.985"', b'start="00:00:09.000"', "psc:chapters"),
        (b"CHAP", b"CHOP", "are not those of the MP3's tag"),
        (b"CTOC", b"CTOK", "no table of contents"),
        (b"ID3\x03", b"ID3\x02", "can't be read"),
        (b"Info\0\0\0\x0f\0\0\0", b"Info\0\0\0\x0f\0\0\x09", "its Info header"),
        (b"Info\0\0\0\x0f", b"Nope\0\0\0\x0f", "no MPEG frame with an Info header"),
        (b'"startTime": 1.98', b'"startTime": 5.98', "the list"),
    ],
)
def test_the_first_bytes_of_an_mp3_are_looked_at_on_its_host(
    served: tuple[Preview, Path], old: bytes, new: bytes, told: str
) -> None:
    """Tag, Info header, chapter lists and feed must agree there too: each slip is found."""
    server, site = served
    changed = 0
    for path in site.rglob("*"):
        if path.suffix in {".mp3", ".xml", ".json"} and old in (data := path.read_bytes()):
            path.write_bytes(data.replace(old, new))
            changed += 1
    assert changed == 1
    assert told in " | ".join(finding.what for finding in check_url(f"{server.url}feed.xml"))


def test_a_broken_upload_is_found_on_its_host(served: tuple[Preview, Path]) -> None:
    """Half an MP3 is there: the feed and its own header say so; the MP3 by itself does too."""
    server, site = served
    (mp3,) = site.glob("livre/*.mp3")
    mp3.write_bytes(mp3.read_bytes()[:-15000])
    found = " | ".join(finding.what for finding in check_url(f"{server.url}feed.xml"))
    assert "the feed tells" in found
    assert "of sound, the host has" in found
    (alone,) = check_url(f"{server.url}livre/{mp3.name}")
    assert "of sound, the host has" in alone.what


class Rangeless(BaseHTTPRequestHandler):
    """A host that knows no ranges: it sends a gigabyte, whatever it is asked for."""

    sent = 0

    def do_HEAD(self) -> None:
        """Promise a gigabyte."""
        self.send_response(200)
        self.send_header("Content-Type", "audio/mpeg")
        self.send_header("Content-Length", str(1 << 30))
        self.end_headers()

    def do_GET(self) -> None:
        """Send it, as long as anyone reads."""
        self.do_HEAD()
        with contextlib.suppress(ConnectionError):
            while type(self).sent < 1 << 30:
                type(self).sent += self.wfile.write(bytes(1 << 16))

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def test_a_host_without_ranges_costs_no_more() -> None:
    """One that answers a range with all of a book is told so, and left after the first bytes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Rangeless)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        found = check_url(f"http://127.0.0.1:{server.server_port}/x.mp3")
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)
    assert "answered with 200, not 206" in " ".join(finding.what for finding in found)
    assert Rangeless.sent < 32 << 20  # what buffers between them hold


def test_nothing_but_the_site_is_served(served: tuple[Preview, Path]) -> None:
    """No hidden file, nothing above the folder, no other host's name (DNS rebinding)."""
    server, site = served
    (site / ".secret").write_text("x", encoding="utf-8")
    (site.parent / "above").write_text("x", encoding="utf-8")
    for path in (".secret", "%2e%2e/above", "..%2fabove", ".hautevoix.lock"):
        assert requests.get(server.url + path, timeout=PATIENCE).status_code == 404, path
    stranger = requests.get(server.url, headers={"Host": "evil.example"}, timeout=PATIENCE)
    assert stranger.status_code == 400


def test_what_cannot_be_served_is_said_in_a_line(tmp_path: Path) -> None:
    """No such folder, one without a site in it, a port in use."""
    with pytest.raises(InputError, match="no such folder"):
        preview(tmp_path / "none")
    with pytest.raises(InputError, match="no site"):
        preview(tmp_path)
    (tmp_path / "index.html").touch()
    first = preview(tmp_path)
    port = int(first.url.rsplit(":", 1)[1].strip("/"))
    with pytest.raises(DiskError, match="--port"):
        preview(tmp_path, port)
    first.close()


@pytest.mark.parametrize("told", ["bytes=9-3", "bytes=abc", "bytes=", "lines=1-2"])
def test_an_invalid_range_is_ignored(served: tuple[Preview, Path], told: str) -> None:
    """As RFC 9110 has it: the whole file, 200."""
    server, site = served
    got = requests.get(f"{server.url}feed.xml", headers={"Range": told}, timeout=PATIENCE)
    assert (got.status_code, got.content) == (200, (site / "feed.xml").read_bytes())
