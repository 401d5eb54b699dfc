"""A book leaves a site, and comes back as itself; others don't notice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from books import NOW, tree
from commands import hautevoix
from hautevoix.errors import InputError, PublishingError
from hautevoix.publishing.site import Site, publish
from hautevoix.publishing.upload import upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from hautevoix.publishing.config import Podcast

DAY = 24 * 3600
OTHER = (("Un", ("Tout autre chose.", "Rien de commun.")), ("Deux", ("Encore.", "Toujours.")))


@pytest.fixture(params=["book", "chapter"])
def site(
    request: pytest.FixtureRequest, built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> Path:
    """Return a site of two books, whose episodes are books, then chapters."""
    books = [built(), built(name="autre", title="Autre", chapters=OTHER)]
    publish(books, replace(podcast, episodes=request.param), tmp_path / "site", NOW)
    return tmp_path / "site"


def titles(site: Path) -> set[str]:
    """Return the titles of the feed's episodes."""
    feed = etree.parse(site / "feed.xml")
    return {item.findtext("title") or "" for item in feed.findall("channel/item")}


def test_a_removed_book_is_gone_at_once_and_no_other_file_is_touched(
    site: Path, podcast: Podcast
) -> None:
    """Feed and index name it no more, its files are not there: whoever takes it out means it."""
    before, whole = tree(site), titles(site)
    done = publish([], podcast, site, NOW + DAY, remove=["livre"])
    after = tree(site)
    assert not (site / "livre").exists()
    assert "livre/index.html" in done.removed
    assert "livre/" not in (site / "index.html").read_text(encoding="utf-8")
    assert titles(site) < whole
    kept = {path for path in before if path.startswith("autre/")}
    assert kept
    assert all(after[path] == before[path] for path in kept)


def test_it_comes_back_as_itself(site: Path, podcast: Podcast, built: Callable[..., Path]) -> None:
    """Guids, dates, seasons and addresses are the old ones: the feed is the same to a byte."""
    feed = (site / "feed.xml").read_bytes()
    publish([], podcast, site, NOW + DAY, remove=["livre"])
    assert feed != (site / "feed.xml").read_bytes()
    publish([built()], podcast, site, NOW + 2 * DAY)
    assert (site / "feed.xml").read_bytes() == feed


def test_seasons_stay_when_an_earlier_book_goes(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """The second season stays the second one, in apps that know it by then."""
    books = [built(), built(name="autre", title="Autre", chapters=OTHER)]
    site, podcast = tmp_path / "site", replace(podcast, episodes="chapter")
    publish(books, podcast, site, NOW)
    publish([], podcast, site, NOW, remove=["livre"])
    feed = etree.parse(site / "feed.xml")
    assert {str(told) for told in feed.xpath("//*[local-name()='season']/text()")} == {"2"}


def test_another_book_of_its_name_is_not_taken_for_it(
    site: Path, podcast: Podcast, built: Callable[..., Path]
) -> None:
    """Its guid would be « already heard » in apps: another text gets another one, and a folder."""
    first = publish([], podcast, site, NOW).state.works[0].identity.guid
    publish([], podcast, site, NOW, remove=["livre"])
    words = (("Un", ("Un roman.", "Neuf.", "Sans rapport.")),)
    done = publish([built(title="Neuf", chapters=words)], podcast, site, NOW + DAY)
    assert done.state.works[-1].folder == "livre-2"
    assert done.state.works[-1].identity.guid != first


def test_a_namesake_takes_no_books_place(
    site: Path, podcast: Podcast, built: Callable[..., Path]
) -> None:
    """Quite another text from a folder of the same name is refused, and the site untouched."""
    before = tree(site)
    words = (("Un", ("Un roman.", "Neuf.", "Sans rapport.")),)
    with pytest.raises(PublishingError, match="another book"):
        publish([built(title="Neuf", chapters=words)], podcast, site, NOW + DAY)
    assert tree(site) == before
    publish([built(title="Retitré")], podcast, site, NOW + DAY)


def test_what_is_not_there_can_not_be_removed(
    site: Path, podcast: Podcast, built: Callable[..., Path], tmp_path: Path
) -> None:
    """A slip in the name says which books there are; nothing is both published and removed."""
    before = tree(site)
    with pytest.raises(InputError, match="livre, autre"):
        publish([], podcast, site, NOW, remove=["livres"])
    with pytest.raises(InputError, match="both"):
        publish([built()], podcast, site, NOW, remove=["livre"])
    assert tree(site) == before
    with pytest.raises(InputError, match="no such book"):
        publish([built()], podcast, tmp_path / "new", NOW, remove=["livre"])


def test_the_host_loses_it_too(site: Path, podcast: Podcast, tmp_path: Path) -> None:
    """An upload removes its files, its page among them, after the feed has changed."""
    target = tmp_path / "host"
    upload(site, str(target))
    publish([], podcast, site, NOW + DAY, remove=["livre"])
    steps = upload(site, str(target))
    assert tree(target) == tree(site)
    order = [(step.verb, step.path) for step in steps]
    assert order.index(("write", "feed.xml")) < order.index(("remove", "livre/index.html"))


def test_killed_before_its_files_go_the_next_run_removes_them(
    site: Path, podcast: Podcast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed is the new one by then: whatever it names is there, and nothing is left for good."""

    def killed(_self: Site, _paths: Iterable[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Site, "remove", killed)
        with pytest.raises(KeyboardInterrupt):
            publish([], podcast, site, NOW + DAY, remove=["livre"])
    publish([], podcast, site, NOW + DAY)
    assert not (site / "livre").exists()


def test_without_a_book_the_site_follows_its_configuration(site: Path, tmp_path: Path) -> None:
    """A new title or address needs no book to be named; without a site, one is asked for."""
    arguments = ["--base-url", "https://ailleurs.example/", "-o", site]
    done = hautevoix("publish", *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "https://ailleurs.example/livre/" in (site / "feed.xml").read_text(encoding="utf-8")
    removed = hautevoix("publish", "--remove", site / "livre", "-o", site, cwd=tmp_path)
    assert removed.returncode == 0, removed.stderr
    assert "removed" in removed.stderr
    for more, told in (((), "Which book?"), (("--remove", "livre"), "no site")):
        asked = hautevoix("publish", *more, "-o", tmp_path / "none", cwd=tmp_path)
        assert (asked.returncode, asked.stderr.count("\n")) == (3, 1)
        assert told in asked.stderr
    assert not (tmp_path / "none").exists()


def test_a_book_whose_files_are_missing_is_named(
    site: Path, podcast: Podcast, tmp_path: Path
) -> None:
    """Deleting its folder is no way to remove a book: the feed still names it, and that is said."""
    (site / "livre" / "index.html").unlink()
    assert [work.folder for work in publish([], podcast, site, NOW).absent] == ["livre"]
    done = hautevoix("publish", "-o", site, cwd=tmp_path)
    assert "--remove livre" in done.stderr
