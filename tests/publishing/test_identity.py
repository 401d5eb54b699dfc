"""Guids, dates and addresses: what every client downloads all again for when they change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from books import NOW, tree
from hautevoix.errors import LockedError, PublishingError
from hautevoix.publishing.site import GRACE, publish
from hautevoix.publishing.state import STATE
from hautevoix.storage.locks import alone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.publishing.config import Podcast
    from hautevoix.publishing.state import State

DAY = 24 * 3600
TEXT = (
    ("Un", ("Il était une fois un roi.", "Ce roi avait un fils.", "Le fils partit au loin.")),
    ("Deux", ("Il traversa la mer.", "Il vit des îles.", "Il revint enfin.")),
    ("Trois", ("Le roi était vieux.", "Le fils lui succéda.", "Ce fut un bon roi.")),
)


def items(site: Path) -> dict[str, tuple[str, str, str]]:
    """Return each episode's guid, date and enclosure, by its title."""
    feed = etree.parse(site / "feed.xml")
    return {
        item.findtext("title") or "": (
            item.findtext("guid") or "",
            item.findtext("pubDate") or "",
            item.find("enclosure").get("url") or "",  # type: ignore[union-attr]
        )
        for item in feed.findall("channel/item")
    }


@pytest.mark.parametrize("episodes", ["book", "chapter"])
def test_publishing_twice_changes_no_byte(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path, episodes: str
) -> None:
    """A second publish, days later, finds nothing to write."""
    podcast, site, book = replace(podcast, episodes=episodes), tmp_path / "site", built()
    publish([book], podcast, site, NOW)
    before = tree(site)
    again = publish([book], podcast, site, NOW + 3 * DAY)
    assert (again.changed, again.removed) == ((), ())
    assert tree(site) == before


@pytest.mark.parametrize("episodes", ["book", "chapter"])
def test_a_new_voice_keeps_guid_and_date_but_renames_the_audio(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path, episodes: str
) -> None:
    """New sound gets a new file name under the same guid and date."""
    podcast, site = replace(podcast, episodes=episodes), tmp_path / "site"
    publish([built()], podcast, site, NOW)
    before = items(site)
    publish([built(voice="autre", pitch=440)], podcast, site, NOW + DAY)
    after = items(site)
    assert [one[:2] for one in before.values()] == [one[:2] for one in after.values()]
    assert not {one[2] for one in before.values()} & {one[2] for one in after.values()}


def test_an_edited_paragraph_touches_its_own_book_alone(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Files of another book stay, and so do both books' identities."""
    site, other = tmp_path / "site", built(name="autre", title="Autre", pitch=300)
    publish([built(chapters=TEXT), other], podcast, site, NOW)
    before, guids = tree(site), {title: one[:2] for title, one in items(site).items()}
    edited = (("Un", ("Il était une fois une reine.", *TEXT[0][1][1:])), *TEXT[1:])
    publish([built(chapters=edited)], podcast, site, NOW + DAY)
    after = tree(site)
    changed = {path for path in after if before.get(path) != after[path]}
    assert not [path for path in changed if path.startswith("autre/")]
    assert {title: one[:2] for title, one in items(site).items()} == guids


def test_a_renamed_text_is_still_the_same_book(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A text renamed (and edited a little) keeps its folder, guid, date and address."""
    site = tmp_path / "site"
    publish([built(chapters=TEXT)], podcast, site, NOW)
    before = items(site)
    edited = (*TEXT[:2], ("Trois", ("Le roi était très vieux.", *TEXT[2][1][1:])))
    done = publish([built(name="renomme", chapters=edited)], podcast, site, NOW + DAY)
    assert [work.folder for work in done.state.works] == ["livre"]
    assert [one[:2] for one in items(site).values()] == [one[:2] for one in before.values()]


def test_another_book_is_not_taken_for_a_renamed_one(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A book with other words is a book of its own, later than the first."""
    site = tmp_path / "site"
    publish([built(chapters=TEXT)], podcast, site, NOW)
    words = (("Un", ("Tout autre chose ici.", "Rien de commun.", "Pas un mot.")),)
    done = publish([built(name="autre", chapters=words)], podcast, site, NOW)
    first, second = done.state.works
    assert (first.folder, second.folder) == ("livre", "autre")
    assert first.identity.guid != second.identity.guid
    assert first.identity.date < second.identity.date


def test_an_inserted_chapter_gets_a_date_between_its_neighbours(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """The others keep guid and date; dates still rise in reading order."""
    podcast, site = replace(podcast, episodes="chapter"), tmp_path / "site"
    publish([built(chapters=TEXT)], podcast, site, NOW)
    before = items(site)
    longer = (TEXT[0], ("Intermède", ("Une pause.",)), *TEXT[1:])
    done = publish([built(chapters=longer)], podcast, site, NOW + DAY)
    after = items(site)
    assert {title: after[title][:2] for title in before} == {
        title: one[:2] for title, one in before.items()
    }
    dates = [episode.identity.date for episode in done.state.works[0].episodes]
    assert dates == sorted(set(dates))


def test_a_renamed_chapter_keeps_its_guid(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A title corrected in its place is the same episode."""
    podcast, site = replace(podcast, episodes="chapter"), tmp_path / "site"
    publish([built(chapters=TEXT)], podcast, site, NOW)
    before = items(site)["Deux"]
    publish([built(chapters=(TEXT[0], ("Second", TEXT[1][1]), TEXT[2]))], podcast, site, NOW)
    assert items(site)["Second"][:2] == before[:2]


def test_the_podcasts_guid_outlives_its_address(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Moved to another host, the podcast is the same one."""
    site, book = tmp_path / "site", built()
    first = publish([book], podcast, site, NOW)
    moved = publish([book], replace(podcast, base_url="https://ailleurs.fr/"), site, NOW)
    assert moved.state.guid == first.state.guid
    assert b"https://ailleurs.fr/livre/" in (site / "feed.xml").read_bytes()


def test_a_lost_state_is_found_again_by_the_same_names(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Guids come from names, so even a site made anew has the same ones."""
    book = built()
    one = publish([book], podcast, tmp_path / "one", NOW)
    two = publish([book], podcast, tmp_path / "two", NOW + DAY)
    assert one.state.works[0].identity.guid == two.state.works[0].identity.guid


def test_a_damaged_state_stops_everything(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Rather no feed than one with new guids: the old one stays as it is."""
    site, book = tmp_path / "site", built()
    publish([book], podcast, site, NOW)
    feed = (site / "feed.xml").read_bytes()
    for damage in (b"", b"{}", b"[]", b'{"version": 99}'):
        (site / STATE).write_bytes(damage)
        with pytest.raises(PublishingError, match="identity"):
            publish([book], podcast, site, NOW)
    assert (site / "feed.xml").read_bytes() == feed


def test_superseded_files_stay_a_while(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Clients may hold an old feed for days: what it names goes only after two weeks."""
    site = tmp_path / "site"
    publish([built()], podcast, site, NOW)
    (old,) = site.glob("livre/*.mp3")
    new = built(pitch=440)
    publish([new], podcast, site, NOW + DAY)
    assert old.is_file()
    assert not publish([new], podcast, site, NOW + GRACE).removed
    done = publish([new], podcast, site, NOW + DAY + GRACE + 1)
    assert f"livre/{old.name}" in done.removed
    assert not old.exists()
    assert len(list(site.glob("livre/*.mp3"))) == 1


def test_two_at_once_are_kept_apart(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A second publish into the same site is refused, not mixed in."""
    site, book = tmp_path / "site", built()
    site.mkdir()
    with alone(site), pytest.raises(LockedError, match="another publish"):
        publish([book], podcast, site, NOW)
    publish([book], podcast, site, NOW)


def many(name: str, count: int, *, more: int = 0) -> dict[str, object]:
    """Return what makes a book of ``count`` chapters, with ``more`` inserted before and after."""
    rows = tuple((f"{name} {n}", (f"Phrase {n} de {name}.",)) for n in range(count))
    new = tuple((f"{name} neuf {n}", (f"Ajout {n} à {name}.",)) for n in range(2 * more))
    return {"name": name, "title": name, "chapters": (*new[:more], *rows, *new[more:])}


def dates(state: State) -> list[int]:
    """Return the dates of all episodes, in the order of reading."""
    return [episode.identity.date for work in state.works for episode in work.episodes]


def rise(told: list[int]) -> bool:
    """Tell whether dates rise, none twice."""
    return told == sorted(set(told))


@pytest.mark.parametrize("at_once", [True, False])
def test_dates_rise_through_all_books_chapters(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path, *, at_once: bool
) -> None:
    """Books published together, or one right after the other, don't mix in apps.

    Nor do chapters that are inserted later, before or after all others of a book between two.
    """
    podcast, site = replace(podcast, episodes="chapter"), tmp_path / "site"
    told = [many("un", 3), many("deux", 4), many("trois", 2)]
    books = [built(**each) for each in told]
    for group in [books] if at_once else [[book] for book in books]:
        state = publish(group, podcast, site, NOW).state
    assert len(dates(state)) == 9
    assert rise(dates(state))
    assert dates(state)[-1] <= NOW + (0 if at_once else 9 * 10)
    longer = publish([built(**many("deux", 4, more=2))], podcast, site, NOW + DAY).state
    assert len(dates(longer)) == 13
    assert rise(dates(longer))
    assert {*dates(state)} < {*dates(longer)}


def test_books_become_chapters_in_their_order(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A site that turns to an episode a chapter has room for each between its books' dates."""
    site, books = tmp_path / "site", [built(**many("un", 3)), built(**many("deux", 70))]
    first = publish(books, podcast, site, NOW).state
    assert rise(dates(first))
    told = publish(books, replace(podcast, episodes="chapter"), site, NOW).state
    assert len(dates(told)) == 73
    assert rise(dates(told))
