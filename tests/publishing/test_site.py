"""A publish that is stopped anywhere leaves the old feed with all that it points to."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import miniaudio
import pytest
from lxml import etree

from books import NOW, SENTENCE, URL, tree
from hautevoix.errors import InputError, PublishingError
from hautevoix.publishing import site as site_module
from hautevoix.publishing.config import Podcast
from hautevoix.publishing.site import GRACE, Site, publish
from hautevoix.storage.files import PART

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO


class Killed(BaseException):
    """What stands for a kill: nothing catches it."""


class Dying(Site):
    """A site that dies at its nth write."""

    left = 0

    def put(self, path: str, data: bytes) -> None:
        """Write, or die."""
        self._live()
        super().put(path, data)

    def make(self, path: str, write: Callable[[BinaryIO], None]) -> int:
        """Write half a file and die, or write."""
        if Dying.left == 1:

            def half(file: BinaryIO) -> None:
                write(file)
                self._live()

            super().make(path, half)
        self._live()
        return super().make(path, write)

    def _live(self) -> None:
        Dying.left -= 1
        if Dying.left == 0:
            raise Killed


def pointed_at(site: Path) -> dict[str, bytes]:
    """Return every file that the feed points to; fails if one is missing."""
    feed = etree.parse(site / "feed.xml")
    addresses = {
        str(value)
        for value in feed.xpath("//@url | //@href | //item/link/text()")
        if str(value).startswith(URL)
    }
    paths = {address.removeprefix(URL).split("#")[0] for address in addresses}
    return {
        path: (site / path / "index.html" if path.endswith("/") or not path else site / path)
        .read_bytes()
        for path in paths
    }  # fmt: skip


def test_killed_at_any_write_the_old_feed_stays_whole(
    built: Callable[..., Path],
    podcast: Podcast,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For every write: the feed is the old one, its files unchanged; the next run heals all."""
    reference = tmp_path / "reference"
    publish([built()], podcast, reference, NOW)
    feed = (reference / "feed.xml").read_bytes()
    old = {path: data for path, data in pointed_at(reference).items() if not path.endswith("/")}
    new = built(pitch=440, title="Le Livre refait")
    publish([new], podcast, reference, NOW + 60)
    monkeypatch.setattr(site_module, "Site", Dying)
    deaths = 0
    while True:
        site = tmp_path / f"site-{deaths}"
        Dying.left = 0
        publish([built()], podcast, site, NOW)
        new = built(pitch=440, title="Le Livre refait")
        Dying.left = deaths + 1
        try:
            publish([new], podcast, site, NOW + 60)
        except Killed:
            deaths += 1
        else:
            break
        assert (site / "feed.xml").read_bytes() == feed
        assert {path: pointed_at(site)[path] for path in old if path} == {
            path: data for path, data in old.items() if path
        }
        Dying.left = 0
        publish([new], podcast, site, NOW + 60)
        assert tree(site) == tree(reference)
    assert deaths >= 10


def test_a_dry_run_writes_nothing(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """It tells the files that a real one then writes."""
    site, book = tmp_path / "site", built()
    told = publish([book], podcast, site, NOW, dry=True).changed
    assert not site.exists()
    assert told == publish([book], podcast, site, NOW).changed


def test_books_are_added_one_by_one(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A book published earlier stays in feed and index when another comes."""
    site = tmp_path / "site"
    words = (("Un", ("Tout autre chose.",)),)
    publish([built(name="un", title="Un")], podcast, site, NOW)
    publish([built(name="deux", title="Deux", chapters=words)], podcast, site, NOW + 60)
    feed = etree.parse(site / "feed.xml")
    assert [item.findtext("title") for item in feed.findall("channel/item")] == ["Deux", "Un"]
    index = (site / "index.html").read_text(encoding="utf-8")
    assert index.index("un/index.html") < index.index("deux/index.html")
    assert pointed_at(site)


def test_what_the_podcast_does_not_say_its_books_do(
    built: Callable[..., Path], tmp_path: Path
) -> None:
    """With an address alone, title and author come from the one book; from several, a stand-in."""
    site, bare = tmp_path / "site", Podcast(base_url=URL)
    words = (("Un", ("Tout autre chose.",)),)
    first = publish([built()], bare, site, NOW)
    assert (first.podcast.title, first.podcast.author) == ("Le Livre d'essai", "Anne Onyme")
    second = publish([built(name="deux", title="Deux", chapters=words)], bare, site, NOW)
    again = publish([built()], bare, site, NOW)
    assert second.podcast == again.podcast
    assert second.podcast.title == "Livres à écouter"


def test_what_does_not_belong_together_is_refused(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """An MP3 that is not the timeline's is not published; nor what is no book, nor a twin."""
    book = built()
    with pytest.raises(InputError, match="no audiobook"):
        publish([tmp_path], podcast, tmp_path / "site", NOW)
    with pytest.raises(PublishingError, match="Two of the books"):
        publish([book, book], podcast, tmp_path / "site", NOW)
    with (book / "livre.mp3").open("ab") as file:
        file.write(b"more")
    with pytest.raises(PublishingError, match="belong together"):
        publish([book], podcast, tmp_path / "site", NOW)
    assert not (tmp_path / "site" / "feed.xml").exists()


def test_every_published_name_is_ascii(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Whatever the folder is called, addresses have nothing but ASCII letters and digits."""
    site = tmp_path / "site"
    publish([built(name="Élégies & chants d'été")], podcast, site, NOW)
    assert all(path.isascii() and " " not in path for path in tree(site))


def test_the_epub_holds_the_published_audio(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """The EPUB starts as its standard demands and carries the published sound, a file a chapter.

    Its sentences are in these files at the times of the whole book; it tells when it was made.
    """
    site = tmp_path / "site"
    publish([built()], podcast, site, NOW)
    (epub,) = site.glob("livre/*.epub")
    with zipfile.ZipFile(io.BytesIO(epub.read_bytes())) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        sounds = [name for name in book.namelist() if name.endswith(".mp3")]
        assert sounds == ["EPUB/audio/c0.mp3", "EPUB/audio/c1.mp3"]
        lengths = [miniaudio.mp3_get_info(book.read(name)).duration for name in sounds]
        assert lengths == pytest.approx([2 * SENTENCE, 2 * SENTENCE], abs=0.06)
        package = book.read("EPUB/package.opf").decode()
        assert '<meta property="dcterms:modified">2023-11-14T22:13:20Z</meta>' in package
        for number in (0, 1):
            smil = book.read(f"EPUB/c{number}.smil").decode()
            begins = [float(told) for told in re.findall(r'clipBegin="([\d.]+)s"', smil)]
            assert begins == pytest.approx([0.1, SENTENCE + 0.1], abs=0.03)
            assert set(re.findall(r'<audio src="([^"]+)"', smil)) == {f"audio/c{number}.mp3"}


def test_the_epub_s_date_is_that_of_its_making(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Published again unchanged, later, it is the very same file; with other words, a newer one."""
    site = tmp_path / "site"
    publish([built()], podcast, site, NOW)
    before = tree(site)
    publish([built()], podcast, site, NOW + 3600)
    assert tree(site) == before
    publish([built(title="Autrement")], podcast, site, NOW + 7200)
    (epub,) = {path.name for path in site.glob("livre/*.epub")} - {
        path.removeprefix("livre/") for path in before
    }
    with zipfile.ZipFile(site / "livre" / epub) as book:
        assert b"2023-11-15T00:13:20Z" in book.read("EPUB/package.opf")


def test_what_an_episode_is_changes_for_all_books_or_none(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A site never mixes books and chapters: it keeps its kind, or all books are named."""
    site = tmp_path / "site"
    words = (("Un", ("Tout autre chose.",)), ("Deux", ("Encore.",)))
    one, two = built(), built(name="deux", title="Deux", chapters=words)
    publish([one], replace(podcast, episodes="chapter"), site, NOW)
    assert len(publish([two], podcast, site, NOW).state.works[1].episodes) == 2
    with pytest.raises(PublishingError, match="missing: Le Livre d'essai"):
        publish([two], replace(podcast, episodes="book"), site, NOW)
    done = publish([one, two], replace(podcast, episodes="book"), site, NOW)
    assert [len(work.episodes) for work in done.state.works] == [1, 1]


def test_after_a_move_no_link_leads_back(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Books that were not named again follow the site to its new address."""
    site = tmp_path / "site"
    words = (("Un", ("Tout autre chose.",)),)
    publish([built()], podcast, site, NOW)
    moved = replace(podcast, base_url="https://ailleurs.fr/")
    publish([built(name="deux", title="Deux", chapters=words)], moved, site, NOW)
    assert URL not in (site / "feed.xml").read_text(encoding="utf-8")


def test_what_a_dead_process_left_is_swept_up(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A half-written file of a killed publish goes with the next one; the user's own stay."""
    site, book = tmp_path / "site", built()
    publish([book], podcast, site, NOW)
    stray, own = site / "livre" / f".livre.mp3-abc{PART}", site / ".htaccess"
    for path in (stray, own):
        path.write_bytes(b"half")
    publish([book], podcast, site, NOW)
    assert not stray.exists()
    assert own.exists()


def test_the_epub_is_a_function_of_the_book(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Published elsewhere at that moment, it has the same name and bytes; a dry run foretells it.

    It tells when it was made, so at another time it is another file.
    """
    book = built()
    dry = publish([book], podcast, tmp_path / "dry", NOW, dry=True)
    sites = [tmp_path / "one", tmp_path / "two"]
    for site in sites:
        publish([book], podcast, site, NOW)
    later = publish([book], podcast, tmp_path / "later", NOW + 1000)
    epubs = [{path.name: path.read_bytes() for path in site.glob("*/*.epub")} for site in sites]
    assert epubs[0] == epubs[1]
    assert [Path(told).name for told in dry.changed if told.endswith(".epub")] == [*epubs[0]]
    assert not {Path(told).name for told in later.changed} & epubs[0].keys()


def m4b(seconds: float) -> bytes:
    """Return what an M4B starts with, as far as its length goes (ISO 14496-12)."""
    movie = b"mvhd" + bytes(12) + struct.pack(">II", 1000, round(seconds * 1000)) + bytes(80)
    inner = struct.pack(">I", len(movie) + 4) + movie
    brand = struct.pack(">I", 16) + b"ftypM4B " + bytes(4)
    return brand + struct.pack(">I", len(inner) + 8) + b"moov" + inner


def test_an_m4b_is_offered_on_the_page_and_is_no_enclosure(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """One that was built with the MP3 can be downloaded; the feed's own file stays the MP3."""
    site, book = tmp_path / "site", built()
    (book / "livre.m4b").write_bytes(m4b(3.97))
    work = publish([book], podcast, site, NOW).state.works[0]
    assert (site / work.m4b).read_bytes() == m4b(3.97)
    page = (site / "livre" / "index.html").read_text(encoding="utf-8")
    assert f'href="{Path(work.m4b).name}" download="livre.m4b">M4B</a>' in page
    (enclosure,) = etree.parse(site / "feed.xml").iter("enclosure")
    assert enclosure.get("url") == f"{URL}{work.audio.path}"
    assert publish([book], podcast, site, NOW).changed == ()


ENDLESS = b"\0\0\0\x01free" + b"\xff" * 8 + bytes(40)


@pytest.mark.parametrize("data", [m4b(5.0), m4b(3.97)[:40], b"", b"x" * 100, bytes(100), ENDLESS])
def test_an_m4b_of_another_build_is_not_offered(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path, data: bytes
) -> None:
    """One of another length was left by an earlier build; one that is damaged is of no use."""
    book = built()
    (book / "livre.m4b").write_bytes(data)
    assert publish([book], podcast, tmp_path / "site", NOW).state.works[0].m4b == ""
    assert not list((tmp_path / "site").rglob("*.m4b"))


def test_what_a_stopped_publish_left_goes_some_day(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Files of ours that no state knows are superseded like others; a user's own stay for good."""
    site, book = tmp_path / "site", built()
    publish([book], podcast, site, NOW)
    orphan, own = site / "livre" / "livre-0123456789.mp3", site / "livre" / "livre-extrait.mp3"
    for path in (orphan, own):
        path.write_bytes(b"x")
    assert not publish([book], podcast, site, NOW).removed
    assert publish([book], podcast, site, NOW + GRACE + 1).removed == (f"livre/{orphan.name}",)
    assert own.is_file()
