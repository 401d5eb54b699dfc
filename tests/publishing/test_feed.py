"""The feed as directories and apps read it."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import feedparser
import podcastparser
import pytest
from lxml import etree

from books import NOW, URL
from hautevoix.publishing.feed import NAMESPACES
from hautevoix.publishing.site import publish
from hautevoix.publishing.state import podcast_guid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.publishing.config import Podcast


@pytest.fixture
def feed(built: Callable[..., Path], podcast: Podcast, tmp_path: Path) -> etree._ElementTree:
    """Return the feed of a book."""
    publish([built()], podcast, tmp_path / "site", NOW)
    return etree.parse(tmp_path / "site" / "feed.xml")


def said(feed: etree._ElementTree, path: str) -> list[str]:
    """Return what an XPath finds, as texts."""
    return [str(found).strip() for found in feed.xpath(path, namespaces=NAMESPACES)]


def test_the_channel_says_what_apple_and_psp1_demand(feed: etree._ElementTree) -> None:
    """Every MUST and SHOULD of the channel, with the values that validators accept."""
    wanted = {
        "/rss/@version": "2.0",
        "/rss/channel/title/text()": "Essais",
        "/rss/channel/link/text()": URL,
        "/rss/channel/language/text()": "fr",
        "/rss/channel/description/text()": "Des livres pour essayer.",
        "/rss/channel/atom:link[@rel='self']/@href": f"{URL}feed.xml",
        "/rss/channel/itunes:category/@text": "Arts",
        "/rss/channel/itunes:category/itunes:category/@text": "Books",
        "/rss/channel/itunes:explicit/text()": "false",
        "/rss/channel/itunes:author/text()": "Les Essayeurs",
        "/rss/channel/itunes:owner/itunes:email/text()": "essais@example.org",
        "/rss/channel/podcast:locked/text()": "yes",
        "/rss/channel/podcast:locked/@owner": "essais@example.org",
        "/rss/channel/podcast:medium/text()": "audiobook",
        "/rss/channel/podcast:txt[@purpose='ai-content']/text()": "true",
        "/rss/channel/podcast:license/text()": "cc0-1.0",
    }
    for path, value in wanted.items():
        assert said(feed, path) == [value], path


def test_the_podcasts_guid_is_made_as_its_standard_says(feed: etree._ElementTree) -> None:
    """uuid5 of the feed's address without scheme, in Podcasting 2.0's namespace (its examples)."""
    examples = {
        "https://podnews.net/rss": "9b024349-ccf0-5f69-a609-6b82873eab3c",
        "mp3s.nashownotes.com/pc20rss.xml": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
    }
    for address, guid in examples.items():
        assert podcast_guid(address) == guid
    assert said(feed, "//podcast:guid/text()") == [podcast_guid(f"{URL}feed.xml")]


def test_an_item_says_what_apple_and_psp1_demand(feed: etree._ElementTree, tmp_path: Path) -> None:
    """Enclosure with the exact length, guid, date, duration, image, transcripts, chapters."""
    (mp3,) = (tmp_path / "site" / "livre").glob("*.mp3")
    assert said(feed, "//item/enclosure/@url") == [f"{URL}livre/{mp3.name}"]
    assert said(feed, "//item/enclosure/@length") == [str(mp3.stat().st_size)]
    assert said(feed, "//item/enclosure/@type") == ["audio/mpeg"]
    assert said(feed, "//item/guid/@isPermaLink") == ["false"]
    assert said(feed, "//item/itunes:duration/text()") == ["3"]
    assert said(feed, "//item/podcast:transcript/@type") == [
        "text/vtt", "application/x-subrip", "application/json",
    ]  # fmt: skip
    assert said(feed, "//item/podcast:chapters/@type") == ["application/json+chapters"]
    assert said(feed, "//item/psc:chapters/@version") == ["1.2"]
    assert said(feed, "//item/podcast:person[@role='narrator']/text()") == [
        "Voix de synthèse essai (fr)"
    ]
    (description,) = said(feed, "//item/description/text()")
    assert "00:00 Premier chapitre" in description
    assert "voix de synthèse" in description
    assert said(feed, "//item/link/text()") == [f"{URL}livre/"]


def test_a_feed_offers_the_m4b_and_says_whose_it_is_and_where_it_went(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """M4B as an alternative enclosure beside the MP3, pictures with their type, Apple's code."""
    verified = replace(podcast, applepodcastsverify="9f8e", new_feed_url="https://new.example/f")
    publish([built(m4b=True)], verified, tmp_path / "site", NOW)
    feed = etree.parse(tmp_path / "site" / "feed.xml")
    (m4b,) = (tmp_path / "site" / "livre").glob("*.m4b")
    other = "//item/podcast:alternateEnclosure"
    assert said(feed, f"{other}/@type") == ["audio/mpeg", "audio/mp4"]
    assert said(feed, f"{other}/@length")[1] == str(m4b.stat().st_size)
    assert said(feed, f"{other}/podcast:source/@uri") == [
        *said(feed, "//item/enclosure/@url"), f"{URL}livre/{m4b.name}",
    ]  # fmt: skip
    assert said(feed, f"{other}/@default") == ["true"]
    assert said(feed, "//channel/podcast:image/@href") == said(feed, "//channel/itunes:image/@href")
    assert said(feed, "//item/podcast:image/@type") == ["image/jpeg"]
    assert said(feed, "//podcast:txt[@purpose='applepodcastsverify']/text()") == ["9f8e"]
    assert said(feed, "//itunes:new-feed-url/text()") == ["https://new.example/f"]


def test_chapters_as_episodes_lead_to_their_moment(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """An item's link opens the book's page where its chapter starts; no M4B is offered for it."""
    publish([built(m4b=True)], replace(podcast, episodes="chapter"), tmp_path / "site", NOW)
    feed = etree.parse(tmp_path / "site" / "feed.xml")
    assert said(feed, "//item/link/text()") == [f"{URL}livre/#t=2.0", f"{URL}livre/"]
    assert not said(feed, "//podcast:alternateEnclosure")


def test_no_value_has_spaces_around_it(feed: etree._ElementTree) -> None:
    """PSP-1 wants values trimmed."""
    for element in feed.iter():
        if len(element) == 0 and element.text:
            assert element.text == element.text.strip()


def test_chapters_as_episodes_are_a_serial(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Every item has its number; dates rise in reading order, the latest first in the feed."""
    publish([built()], replace(podcast, episodes="chapter"), tmp_path / "site", NOW)
    feed = etree.parse(tmp_path / "site" / "feed.xml")
    assert said(feed, "//itunes:type/text()") == ["serial"]
    assert said(feed, "//item/title/text()") == ["Deuxième chapitre", "Premier chapitre"]
    assert said(feed, "//item/itunes:episode/text()") == ["2", "1"]
    assert said(feed, "//item/itunes:season/text()") == ["1", "1"]
    dates = list(map(parsedate_to_datetime, said(feed, "//item/pubDate/text()")))
    assert dates == sorted(set(dates), reverse=True)
    assert len(set(said(feed, "//item/enclosure/@url"))) == 2


def test_independent_readers_accept_the_feed(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """What gPodder and feedparser make of it is what was published, chapters included."""
    publish([built()], podcast, tmp_path / "site", NOW)
    path = tmp_path / "site" / "feed.xml"
    with path.open("rb") as file:
        seen = podcastparser.parse(f"{URL}feed.xml", file)
    (episode,) = seen["episodes"]
    assert (seen["title"], seen["language"], seen["type"]) == ("Essais", "fr", "episodic")
    assert [row["title"] for row in episode["chapters"]] == [
        "Premier chapitre",
        "Deuxième chapitre",
    ]
    assert episode["enclosures"][0]["mime_type"] == "audio/mpeg"
    assert episode["published"] == NOW
    parsed = feedparser.parse(path.read_bytes())
    assert not parsed.bozo
    assert parsed.entries[0].title == "Le Livre d'essai"


def test_a_long_list_of_chapters_leaves_the_description_whole(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Apple takes 4000 bytes: rather no list there than half of one; the HTML has them all."""
    many = tuple((f"Chapitre {number:03} " + "é" * 20, ("Oui.",)) for number in range(120))
    publish([built(chapters=many)], podcast, tmp_path / "site", NOW)
    feed = etree.parse(tmp_path / "site" / "feed.xml")
    (description,) = said(feed, "//item/description/text()")
    (rich,) = said(feed, "//item/content:encoded/text()")
    assert len(description.encode()) <= 4000
    assert "Chapitre 000" not in description
    assert len(re.findall(r"Chapitre \d{3}", rich)) == 120
