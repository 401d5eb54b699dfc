"""Uploads onto real hosts, here on loopback: an SFTP server (asyncssh), an S3 one (moto)."""

from __future__ import annotations

import asyncio
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

import asyncssh
import pytest

from books import NOW, tree
from commands import hautevoix
from hautevoix.publishing.site import publish
from hautevoix.publishing.upload import upload
from hautevoix.storage.shared import SharedStore
from standstill import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.publishing.config import Podcast

USER, PASSWORD = "auteur", "p-4ss"


class _Guarded(asyncssh.SSHServer):
    """A server that lets one user in, by password; it knows its lines, to end them."""

    lines: ClassVar[list[asyncssh.SSHServerConnection]] = []

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Note a line."""
        self.lines.append(conn)

    def password_auth_supported(self) -> bool:
        """Ask for a password."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """Let the user in."""
        return (username, password) == (USER, PASSWORD)


def _cutting(after: int) -> type[asyncssh.SFTPServer]:
    """Return a server of files that cuts the line in the middle of what it is sent."""
    sent = [0]

    class Cutting(asyncssh.SFTPServer):
        def write(self, file_obj: Any, offset: int, data: bytes) -> Any:
            sent[0] += len(data)
            if sent[0] > after:
                self.channel.get_connection().abort()
            return super().write(file_obj, offset, data)

    return Cutting


@contextmanager
def serving(folder: Path, *, cut_after: int = 1 << 40) -> Iterator[str]:
    """Serve a folder by SFTP; yield the address of what is in it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_opened(folder, cut_after), loop).result(PATIENCE)
    try:
        yield f"sftp://{USER}:{PASSWORD}@127.0.0.1:{server.get_port()}"
    finally:
        asyncio.run_coroutine_threadsafe(_closed(server), loop).result(PATIENCE)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()


async def _opened(folder: Path, cut_after: int) -> asyncssh.SSHAcceptor:
    cutting = _cutting(cut_after)
    key = asyncssh.generate_private_key("ssh-ed25519")
    return await asyncssh.create_server(
        _Guarded,
        "127.0.0.1",
        0,
        server_host_keys=[key],
        sftp_factory=lambda channel: cutting(channel, chroot=bytes(folder)),
    )


async def _closed(server: asyncssh.SSHAcceptor) -> None:
    server.close()
    while _Guarded.lines:
        line = _Guarded.lines.pop()
        line.abort()
        await line.wait_closed()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.wait(others, timeout=5) if others else None


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be at home in a folder of one's own: what SSH knows of hosts and keys is there."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / "host").mkdir()
    return tmp_path / "host"


@pytest.fixture
def site(built: Callable[..., Path], podcast: Podcast, tmp_path: Path) -> Path:
    """Return a published site of two books."""
    other = built(name="autre", title="Autre", chapters=(("Un", ("Tout autre chose.",)),))
    publish([built(), other], podcast, tmp_path / "site", NOW)
    return tmp_path / "site"


@pytest.mark.usefixtures("home")
def test_machines_share_clips_by_a_real_sftp_server(tmp_path: Path) -> None:
    """Clips are put, written over, listed and fetched there as in a folder."""
    keys = [f"{shelf:02x}" + "ab" * 31 for shelf in range(3)]
    with serving(tmp_path / "host") as address:
        shared = SharedStore.named(f"{address}/clips")
        shared.check()
        for key in (keys[0], keys[0], keys[1]):
            shared.put(key, key.encode())
        assert shared.held(keys) == set(keys[:2])
        assert dict(shared.fetched(keys)) == {key: key.encode() for key in keys[:2]}


def test_a_real_sftp_server_gets_the_site_and_loses_what_is_withdrawn(
    site: Path, podcast: Podcast, home: Path
) -> None:
    """Byte by byte, once; a book that is taken out goes with its folder; strangers' files stay."""
    with serving(home) as address:
        steps = upload(site, f"{address}/livres")
        assert tree(home / "livres") == tree(site)
        assert {step.path for step in steps} == set(tree(site))
        assert upload(site, f"{address}/livres") == []
        (home / "livres" / "notes").mkdir()
        publish([], podcast, site, NOW + 60, remove=["autre"])
        upload(site, f"{address}/livres")
        assert tree(home / "livres") == tree(site)
        assert sorted(path.name for path in (home / "livres").iterdir() if path.is_dir()) == [
            "livre", "notes",
        ]  # fmt: skip


def test_a_line_that_breaks_is_told_in_one_line(
    site: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut in mid-file, or nobody there: exit 6, no traceback, no password; then it goes on."""
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "podcast.toml"
    config.write_text('base_url = "https://example.org/livres/"\n', encoding="utf-8")
    command = ["publish", "-o", str(site), "--quiet", "--to"]
    with serving(home, cut_after=20_000) as address:
        broken = hautevoix(*command, f"{address}/livres")
    gone = hautevoix(*command, f"{address}/livres")
    for done in (broken, gone):
        assert done.returncode == 6
        assert len(done.stderr.splitlines()) == 1
        assert PASSWORD not in done.stderr
    assert not (home / "livres" / "feed.xml").exists()
    with serving(home) as address:
        upload(site, f"{address}/livres")
    assert tree(home / "livres") == tree(site)


def test_a_wrong_password_is_no_broken_line(site: Path, home: Path) -> None:
    """It is said, and nothing else is tried."""
    with serving(home) as address, pytest.raises(Exception, match="Authentication failed") as told:
        upload(site, address.replace(PASSWORD, "autre") + "/livres")
    assert "autre" not in str(told.value)


def test_a_real_s3_host_tells_each_file_s_type_and_how_long_it_is_good(
    site: Path, bucket: Any
) -> None:
    """Sound and transcripts for ever, pages and feed for minutes; a wrong type is mended."""
    upload(site, "s3://livres/a")
    keys = [item["Key"] for item in bucket.list_objects_v2(Bucket="livres")["Contents"]]
    assert {key.removeprefix("a/") for key in keys} == set(tree(site))
    heads = {key: bucket.head_object(Bucket="livres", Key=key) for key in keys}
    types = {(key.split(".", 1)[1], head["ContentType"]) for key, head in heads.items()}
    assert {
        ("mp3", "audio/mpeg"), ("chapters.json", "application/json+chapters"),
        ("vtt", "text/vtt; charset=utf-8"), ("srt", "application/x-subrip; charset=utf-8"),
        ("xml", "application/rss+xml; charset=utf-8"), ("html", "text/html; charset=utf-8"),
        ("epub", "application/epub+zip"), ("jpg", "image/jpeg"),
    } <= types  # fmt: skip
    for key, head in heads.items():
        short = re.search(r"-[0-9a-f]{10}\.", key) is None  # nothing of its content in its name
        assert head["CacheControl"] == (
            "public, max-age=300" if short else "public, max-age=31536000, immutable"
        )
    assert upload(site, "s3://livres/a") == []
    feed = (site / "feed.xml").read_bytes()
    bucket.put_object(Bucket="livres", Key="a/feed.xml", Body=feed, ContentType="text/plain")
    assert [step.path for step in upload(site, "s3://livres/a")] == ["feed.xml"]


@pytest.mark.usefixtures("bucket")
def test_an_s3_host_without_such_a_bucket_is_told_in_one_line(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 6, what to do, no traceback."""
    monkeypatch.chdir(tmp_path)
    command = ["publish", "-o", str(site), "--base-url", "https://example.org/livres/", "--quiet"]
    done = hautevoix(*command, "--to", "s3://absent/a")
    assert done.returncode == 6
    assert len(done.stderr.splitlines()) == 1
