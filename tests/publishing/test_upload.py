"""An upload writes what points to a file after that file, and removes only what it once put."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import fsspec
import pytest
from fsspec.registry import _registry

from books import NOW, tree
from hautevoix.errors import DiskError, NetworkError, PublishingError
from hautevoix.publishing.site import GRACE, publish
from hautevoix.publishing.state import STATE
from hautevoix.publishing.upload import upload
from hautevoix.runtime.installation import adding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.publishing.config import Podcast


@pytest.fixture
def site(built: Callable[..., Path], podcast: Podcast, tmp_path: Path) -> Path:
    """Return a published site."""
    publish([built()], podcast, tmp_path / "site", NOW)
    return tmp_path / "site"


def test_a_folder_gets_the_whole_site_once(site: Path, tmp_path: Path) -> None:
    """The copy is byte-identical, without temporary or hidden files; then nothing is left."""
    target = tmp_path / "host" / "livres"
    steps = upload(site, str(target))
    assert tree(target) == tree(site)
    assert not list(target.rglob(".*"))
    assert not list(target.rglob("*.part"))
    assert {step.path for step in steps} == set(tree(site))
    assert upload(site, str(target)) == []


def test_what_points_comes_last(site: Path, tmp_path: Path) -> None:
    """Audio and its companions, then pages, then the state, the feed at the very end."""
    paths = [step.path for step in upload(site, str(tmp_path / "host"), dry=True)]
    assert paths[-2:] == ["podcast-state.json", "feed.xml"]
    assert {paths[-3], paths[-4]} == {"index.html", "livre/index.html"}
    assert not (tmp_path / "host").exists()


def test_only_what_changed_goes_up_and_what_was_superseded_goes(
    site: Path, built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """New audio is added beside the old one, which goes when the site drops it; strangers stay."""
    target = tmp_path / "host"
    upload(site, str(target))
    (target / "robots.txt").write_text("mine", encoding="utf-8")
    (old,) = target.glob("livre/*.mp3")
    new = built(pitch=440)
    publish([new], podcast, site, NOW + 60)
    assert "cover" not in " ".join(step.path for step in upload(site, str(target)))
    assert old.is_file()
    publish([new], podcast, site, NOW + GRACE + 120)
    steps = upload(site, str(target))
    assert ("remove", f"livre/{old.name}") in {(step.verb, step.path) for step in steps}
    assert not old.exists()
    assert (target / "robots.txt").is_file()


def test_an_object_store_gets_the_same(site: Path) -> None:
    """Through fsspec, here into memory."""
    upload(site, "memory://bucket/livres")
    system = fsspec.filesystem("memory")
    there = {path.removeprefix("/bucket/livres/") for path in system.find("/bucket/livres")}
    assert there == set(tree(site))


def test_a_host_that_fails_leaves_the_old_feed(
    site: Path,
    built: Callable[..., Path],
    podcast: Podcast,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Broken off anywhere before the end, the feed there is the old one; then it goes on."""
    target = tmp_path / "host"
    upload(site, str(target))
    feed = (target / "feed.xml").read_bytes()
    publish([built(pitch=440, title="Refait")], podcast, site, NOW + 60)
    local = type(fsspec.filesystem("file"))
    real, left = local.put_file, [3]

    def failing(self: object, *arguments: object, **more: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise OSError("the line is cut")
        return real(self, *arguments, **more)

    monkeypatch.setattr(local, "put_file", failing)
    with pytest.raises(NetworkError, match="the line is cut"):
        upload(site, str(target))
    assert (target / "feed.xml").read_bytes() == feed
    upload(site, str(target))
    assert (target / "feed.xml").read_bytes() == (site / "feed.xml").read_bytes()


def test_an_unknown_target_is_said_in_a_line(site: Path) -> None:
    """Neither a protocol nor its missing package ends in a traceback."""
    with pytest.raises(PublishingError, match="foo"):
        upload(site, "foo://bar")


def test_a_missing_package_comes_with_its_command(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A target may need a package of its own: how this installation gets it is said."""
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(_registry, "s3", raising=False)  # as if never asked for
    with pytest.raises(PublishingError) as caught:
        upload(site, "s3://livres/lettre")
    assert str(caught.value).endswith(f"Get it: {adding('s3fs')}")


def test_a_site_is_not_uploaded_into_itself(site: Path) -> None:
    """Named by mistake, the site's own folder or one in it is refused, and nothing is added."""
    before = tree(site)
    for target in (site, site / "livre", site / "new"):
        with pytest.raises(PublishingError, match="in the site itself"):
            upload(site, str(target))
    assert tree(site) == before


def test_another_podcasts_place_is_not_taken(
    site: Path, built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A target that holds another podcast keeps all its files."""
    other, target = tmp_path / "other", tmp_path / "host"
    words = (("Un", ("Tout autre chose.",)),)
    there = replace(podcast, base_url="https://autre.example/")
    publish([built(name="autre", chapters=words)], there, other, NOW)
    upload(other, str(target))
    before = tree(target)
    with pytest.raises(PublishingError, match=r"another podcast, https://autre\.example/"):
        upload(site, str(target))
    assert tree(target) == before


def test_a_site_made_anew_takes_no_book_from_the_host(
    site: Path, built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Published from a machine that has not the site: the host's books stay, and a line says how.

    With the host's state, both are there.
    """
    fresh, target = tmp_path / "fresh", tmp_path / "host"
    upload(site, str(target))
    before = tree(target)
    words = (("Un", ("Tout autre chose.",)),)
    book = built(name="autre", title="Autre", chapters=words)
    publish([book], podcast, fresh, NOW + 60)
    with pytest.raises(PublishingError, match=r"does not know: Le Livre d'essai"):
        upload(fresh, str(target))
    assert tree(target) == before
    (fresh / STATE).write_bytes((target / STATE).read_bytes())
    publish([book], podcast, fresh, NOW + 60)
    upload(fresh, str(target))
    assert before.keys() < tree(target).keys()


def test_a_users_own_file_goes_up_whenever_it_changes(site: Path, tmp_path: Path) -> None:
    """Its name does not tell its content, so its bytes count, be it of the same length."""
    target = tmp_path / "host"
    for name in ("un.example", "du.example"):
        (site / "CNAME").write_text(name, encoding="utf-8")
        upload(site, str(target))
        assert (target / "CNAME").read_text(encoding="utf-8") == name


def test_a_folder_of_this_machine_that_can_not_be_written_is_a_disks_error(
    site: Path, tmp_path: Path
) -> None:
    """Exit code 7, not the network's, and what to do."""
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="can't be written"):
        upload(site, str(tmp_path / "file" / "host"))
