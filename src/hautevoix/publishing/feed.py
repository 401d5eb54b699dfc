"""The feed: RSS 2.0 as Apple, PSP-1, Podcasting 2.0 and Podlove's chapters want it. Pure."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

from hautevoix.publishing import chapters
from hautevoix.publishing.config import CHAPTER, Podcast
from hautevoix.publishing.state import FEED, Episode, File, PublishedBook, State
from hautevoix.publishing.transcripts import JSON_TYPE, SRT_TYPE, VTT_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PSC = "http://podlove.org/simple-chapters"
NAMESPACES = {"atom": ATOM, "content": CONTENT, "itunes": ITUNES, "podcast": PODCAST, "psc": PSC}
GENERATOR = "Hautevoix"  # without its version: a new version alone must not change the feed
_SPDX = re.compile(r"[a-z0-9.+-]+")
M4B_TYPE = "audio/mp4"
"""What an M4B is told to be (https://www.rfc-editor.org/rfc/rfc4337)."""
_TRANSCRIPTS = (VTT_TYPE, SRT_TYPE, JSON_TYPE)


def write_feed(podcast: Podcast, state: State) -> bytes:
    """Return ``feed.xml``; the latest episode comes first."""
    rss = etree.Element("rss", {"version": "2.0"}, nsmap=NAMESPACES)
    channel = etree.SubElement(rss, "channel")
    _channel(channel, podcast, state)
    seasons = state.seasons()
    items = [(episode, work) for work in state.works for episode in work.episodes]
    for episode, work in sorted(items, key=lambda item: -item[0].identity.date):
        item = etree.SubElement(channel, "item")
        _item(item, podcast, work, episode, seasons[work.folder])
    result: bytes = etree.tostring(rss, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return result


def _add(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Add an element; ``name`` may have one of the feed's prefixes."""
    prefix, _, local = name.rpartition(":")
    tag = etree.QName(NAMESPACES[prefix], local) if prefix else local
    element = etree.SubElement(parent, tag, attributes)
    if text:
        element.text = text
    return element


def _channel(channel: etree._Element, podcast: Podcast, state: State) -> None:
    base = podcast.base_url
    _add(channel, "atom:link", href=f"{base}{FEED}", rel="self", type="application/rss+xml")
    _add(channel, "title", podcast.title)
    _add(channel, "link", base)
    _add(channel, "description", podcast.description)
    _add(channel, "language", podcast.language)
    if podcast.copyright:
        _add(channel, "copyright", podcast.copyright)
    _add(channel, "generator", GENERATOR)
    dates = [episode.identity.date for work in state.works for episode in work.episodes]
    if dates:
        _add(channel, "pubDate", _date(max(dates)))
    _image(channel, podcast, state)
    _itunes(channel, podcast, state)
    _podcasting(channel, podcast, state)


def _image(channel: etree._Element, podcast: Podcast, state: State) -> None:
    address = f"{podcast.base_url}{state.face[0]}"
    image = _add(channel, "image")
    for name, text in (("url", address), ("title", podcast.title), ("link", podcast.base_url)):
        _add(image, name, text)
    _add(channel, "itunes:image", href=address)


def _itunes(channel: etree._Element, podcast: Podcast, state: State) -> None:
    _add(channel, "itunes:author", podcast.author)
    if podcast.email:
        owner = _add(channel, "itunes:owner")
        _add(owner, "itunes:name", podcast.author)
        _add(owner, "itunes:email", podcast.email)
    category = _category(channel, podcast.category)
    if podcast.subcategory:
        _category(category, podcast.subcategory)
    _add(channel, "itunes:explicit", _bool(podcast.explicit))
    serial = podcast.episodes == CHAPTER and bool(state.works)
    _add(channel, "itunes:type", "serial" if serial else "episodic")
    if podcast.new_feed_url:
        _add(channel, "itunes:new-feed-url", podcast.new_feed_url)


def _category(parent: etree._Element, name: str) -> etree._Element:
    element = _add(parent, "itunes:category")
    element.set("text", name)
    return element


def _podcasting(channel: etree._Element, podcast: Podcast, state: State) -> None:
    _add(channel, "podcast:guid", state.guid)
    _add(channel, "podcast:medium", "audiobook")
    if podcast.email:
        _add(channel, "podcast:locked", "yes", owner=podcast.email)
    if podcast.ai_content:
        _add(channel, "podcast:txt", "true", purpose="ai-content")
    if podcast.applepodcastsverify:
        _add(channel, "podcast:txt", podcast.applepodcastsverify, purpose="applepodcastsverify")
    _add_image(channel, podcast, state.face[0])
    _licence(channel, podcast)
    for narrator in sorted({work.narrator for work in state.works if work.narrator}):
        _add(channel, "podcast:person", narrator, group="cast", role="narrator")


def _add_image(parent: etree._Element, podcast: Podcast, path: str) -> None:
    """Add podcast:image, which tells a client the picture's type and form before it is fetched.

    https://podcasting2.org/docs/podcast-namespace/tags/image
    """
    kind = "image/png" if path.endswith(".png") else "image/jpeg"
    told = {"href": f"{podcast.base_url}{path}", "type": kind, "aspect-ratio": "1/1"}
    _add(parent, "podcast:image", **told)


def _alternatives(
    item: etree._Element, podcast: Podcast, work: PublishedBook, episode: Episode
) -> None:
    """Add the M4B of a book that is one episode, beside its MP3.

    https://podcasting2.org/docs/podcast-namespace/tags/alternate-enclosure
    """
    if not work.m4b or not work.m4b_bytes or podcast.episodes == CHAPTER:
        return
    files = ((episode.audio.type, episode.audio.bytes, episode.audio.path, "MP3"),
             (M4B_TYPE, work.m4b_bytes, work.m4b, "M4B"))  # fmt: skip
    for kind, size, path, title in files:
        about = {"type": kind, "length": str(size), "title": title, "lang": work.language}
        if path == episode.audio.path:
            about["default"] = "true"
        told = _add(item, "podcast:alternateEnclosure", **about)
        _add(told, "podcast:source", uri=f"{podcast.base_url}{path}")


def _licence(parent: etree._Element, podcast: Podcast) -> None:
    licence = podcast.licence
    if not licence:
        return
    if licence.startswith(("http://", "https://")):
        _add(parent, "podcast:license", "Licence", url=licence)
    elif _SPDX.fullmatch(licence.lower()):
        _add(parent, "podcast:license", licence.lower())
    else:
        _add(parent, "podcast:license", licence)


def _item(
    item: etree._Element,
    podcast: Podcast,
    work: PublishedBook,
    episode: Episode,
    season: int,
) -> None:
    base = podcast.base_url
    page = f"{base}{work.folder}/"
    _add(item, "title", episode.title)
    moment = f"{page}#t={episode.start:.1f}" if episode.start else page
    _add(item, "link", moment)
    _add(item, "description", episode.summary)
    _add(item, "content:encoded", episode.html + chapters.page_link(moment))
    _add(item, "guid", episode.identity.guid, isPermaLink="false")
    _add(item, "pubDate", _date(episode.identity.date))
    _add(
        item,
        "enclosure",
        url=f"{base}{episode.audio.path}",
        length=str(episode.audio.bytes),
        type=episode.audio.type,
    )
    _add(item, "itunes:title", episode.title)
    _add(item, "itunes:author", work.author or podcast.author)
    _add(item, "itunes:duration", str(max(1, math.floor(episode.duration))))
    _add(item, "itunes:explicit", _bool(podcast.explicit))
    _add(item, "itunes:image", href=f"{base}{work.face[0]}")
    _add(item, "itunes:episodeType", "full")
    _numbers(item, podcast, work, episode, season)
    _add_image(item, podcast, work.face[0])
    _alternatives(item, podcast, work, episode)
    _companions(item, podcast, work, episode)
    _persons(item, podcast, work)


def _numbers(
    item: etree._Element, podcast: Podcast, work: PublishedBook, episode: Episode, season: int
) -> None:
    """Tell the place in the series: a season a book where chapters are episodes."""
    if podcast.episodes != CHAPTER:
        return
    _add(item, "itunes:season", str(season))
    _add(item, "itunes:episode", str(episode.number))
    _add(item, "podcast:season", str(season), name=work.title[:128])
    _add(item, "podcast:episode", str(episode.number))


def _companions(
    item: etree._Element, podcast: Podcast, work: PublishedBook, episode: Episode
) -> None:
    for file in _of_type(episode, chapters.JSON_TYPE):
        _add(item, "podcast:chapters", url=podcast.base_url + file.path, type=file.type)
    for kind in _TRANSCRIPTS:
        for file in _of_type(episode, kind):
            url = podcast.base_url + file.path
            _add(item, "podcast:transcript", url=url, type=kind, language=work.language)
    if episode.chapters:
        told = _add(item, "psc:chapters", version="1.2")
        for chapter in episode.chapters:
            _add(told, "psc:chapter", start=_npt(chapter.start), title=chapter.title)


def _of_type(episode: Episode, kind: str) -> Iterator[File]:
    return (file for file in episode.files if file.type == kind)


def _persons(item: etree._Element, podcast: Podcast, work: PublishedBook) -> None:
    if work.author:
        _add(item, "podcast:person", work.author, group="writing", role="author")
    if work.narrator:
        _add(item, "podcast:person", work.narrator, group="cast", role="narrator")
    if podcast.ai_content:
        _add(item, "podcast:txt", "true", purpose="ai-content")
    _licence(item, podcast)


def _bool(value: bool) -> str:  # noqa: FBT001 - a value, not a switch
    return "true" if value else "false"


def _date(seconds: int) -> str:
    """Return a date as RFC 2822 has it.

    >>> _date(0)
    'Thu, 01 Jan 1970 00:00:00 +0000'
    """
    return format_datetime(datetime.fromtimestamp(seconds, UTC))


def _npt(seconds: float) -> str:
    """Return a time as Podlove's chapters have it.

    >>> _npt(3725.5)
    '01:02:05.500'
    """
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
