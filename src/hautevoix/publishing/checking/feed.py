"""A feed against what Apple, PSP-1, Podcasting 2.0 and real parsers demand. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from hautevoix.localization import noop, tr
from hautevoix.publishing.checking.feed_dates import check_dates
from hautevoix.publishing.checking.feed_tree import NS, attribute, count, seconds, text
from hautevoix.publishing.checking.feed_values import channel_values, item_values
from hautevoix.publishing.checking.findings import Finding, ascii_name, title_length

if TYPE_CHECKING:
    from collections.abc import Iterator

_DESCRIPTION = 4000  # bytes
_MEND = noop("publish it again: hautevoix publish")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An item of the feed; ``chapters_url`` and ``image`` are empty where it has none.

    ``alternates`` are the same sound in other formats: address, bytes (0 if not told), type.
    """

    title: str
    guid: str
    url: str
    length: int
    type: str
    duration: float
    chapters_url: str
    transcripts: tuple[tuple[str, str], ...]
    image: str
    psc: tuple[float, ...]
    alternates: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed as it tells of itself; ``self_url`` is where it says that it is."""

    self_url: str
    image: str
    items: tuple[Enclosed, ...]
    findings: tuple[Finding, ...]


def check_feed(data: bytes, where: str, now: float) -> Channel:
    """Return what a feed holds and what is amiss in it ``now``, in seconds since the epoch.

    No entity in it is resolved.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        what = tr("it is no XML: {msg}", msg=error.msg)
        return Channel(
            "", "", (), (Finding("feed-not-xml", where, what, tr("no app can read it"), tr(_MEND)),)
        )
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        what = tr("it is no RSS feed")
        return Channel(
            "", "", (), (Finding("feed-not-rss", where, what, tr("no app can read it"), tr(_MEND)),)
        )
    items = channel.findall("item")
    found = [
        *_document(where, root),
        *_channel(where, channel),
        *_items(where, channel, items),
        *check_dates(where, items, now),
    ]
    return Channel(
        attribute(channel, "atom:link[@rel='self']", "href"),
        attribute(channel, "itunes:image", "href"),
        tuple(map(_enclosed, items)),
        tuple(found),
    )


def _enclosed(item: etree._Element) -> Enclosed:
    length = attribute(item, "enclosure", "length")
    return Enclosed(
        text(item, "title"),
        text(item, "guid"),
        attribute(item, "enclosure", "url"),
        count(length),
        attribute(item, "enclosure", "type"),
        seconds(text(item, "itunes:duration")),
        attribute(item, "podcast:chapters", "url"),
        tuple(
            (found.get("url") or "", found.get("type") or "")
            for found in item.findall("podcast:transcript", namespaces=NS)
        ),
        attribute(item, "itunes:image", "href"),
        tuple(
            seconds(found.get("start") or "")
            for found in item.findall("psc:chapters/psc:chapter", namespaces=NS)
        ),
        tuple(
            (source.get("uri") or "", count(found.get("length") or ""), found.get("type") or "")
            for found in item.findall("podcast:alternateEnclosure", namespaces=NS)
            for source in found.findall("podcast:source", namespaces=NS)
        ),
    )


def _document(where: str, root: etree._Element) -> Iterator[Finding]:
    """Yield what is amiss in the file as XML and as RSS."""
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() not in {"UTF-8", "UTF8", "ASCII", "US-ASCII"}:
        what = tr("it is written in {encoding}", encoding=encoding)
        yield Finding("feed-encoding", where, what, tr("Apple wants UTF-8"), tr(_MEND))
    if root.get("version") != "2.0":
        what = tr("it does not say that it is RSS 2.0 (version)")
        yield Finding("feed-version", where, what, tr("Apple rejects it"), tr(_MEND))
    if len(root.findall("channel")) > 1:
        what = tr("it has several channels")
        yield Finding("feed-channels", where, what, tr("apps read the first"), tr(_MEND))


def _channel(where: str, channel: etree._Element) -> Iterator[Finding]:
    musts = {
        "title": text(channel, "title"),
        "description": text(channel, "description"),
        "link": text(channel, "link"),
        "language": text(channel, "language"),
        "itunes:image": attribute(channel, "itunes:image", "href"),
        "itunes:category": attribute(channel, "itunes:category", "text"),
        "itunes:explicit": text(channel, "itunes:explicit"),
        "atom:link rel=self": attribute(channel, "atom:link[@rel='self']", "href"),
    }
    for name, value in musts.items():
        if not value:
            yield Finding(
                "channel-missing",
                where,
                tr("it has no {name}", name=name),
                tr("directories reject the feed"),
                tr(_MEND),
            )
    shoulds = {
        "itunes:author": noop("say author = … in podcast.toml, and publish it again"),
        "podcast:guid": _MEND,
        "podcast:locked": noop("say email = … in podcast.toml, and publish it again"),
    }
    for name, mend in shoulds.items():
        if not text(channel, name):
            what = tr("it has no {name}", name=name)
            why = tr("the Podcast Standards Project asks for it")
            yield Finding("channel-incomplete", where, what, why, tr(mend), advice=True)
    yield from _worth(where, channel)


def _worth(where: str, channel: etree._Element) -> Iterator[Finding]:
    """Yield what is wrong with values that are there."""
    yield from title_length(where, text(channel, "title"))
    yield from _described(where, text(channel, "description"))
    yield from channel_values(where, channel)


def _described(where: str, told: str) -> Iterator[Finding]:
    size = len(told.encode())
    if size > _DESCRIPTION:
        yield Finding(
            "description-long",
            where,
            tr("a description has {size} bytes", size=size),
            tr("Apple cuts it at {description}", description=_DESCRIPTION),
            tr("shorten it"),
        )


def _items(where: str, channel: etree._Element, items: list[etree._Element]) -> Iterator[Finding]:
    if not items:
        yield Finding(
            "feed-empty",
            where,
            tr("it has no episode"),
            tr("directories reject an empty feed"),
            tr(_MEND),
        )
    serial = text(channel, "itunes:type") == "serial"
    seen: dict[str, set[str]] = {"guid": set(), "enclosure": set()}
    for item in items:
        told = _enclosed(item)
        at = f"{where}, « {told.title[:60]} »"
        yield from _item(at, item, told, serial=serial)
        for name, value in (("guid", told.guid), ("enclosure", told.url)):
            if value and value in seen[name]:
                yield Finding(
                    "item-twin",
                    at,
                    tr("its {name} is another's too", name=name),
                    tr("apps show one of them"),
                    tr(_MEND),
                )
            seen[name].add(value)


def _item(at: str, item: etree._Element, told: Enclosed, *, serial: bool) -> Iterator[Finding]:
    for name, value in (("title", told.title), ("guid", told.guid), ("enclosure", told.url)):
        if not value:
            yield Finding(
                "item-missing",
                at,
                tr("it has no {name}", name=name),
                tr("apps leave the episode out"),
                tr(_MEND),
            )
    if told.url and not told.length:
        yield Finding(
            "enclosure-length",
            at,
            tr("its enclosure has no length"),
            tr("apps can't show download sizes"),
            tr(_MEND),
        )
    episode = text(item, "itunes:episode")
    if serial and not count(episode):
        yield Finding(
            "episode-missing",
            at,
            tr("it has no itunes:episode"),
            tr("Apple demands it of a serial show"),
            tr(_MEND),
        )
    for name in ("pubDate", "description", "itunes:duration", "link"):
        if not text(item, name):
            yield Finding(
                "item-incomplete",
                at,
                tr("it has no {name}", name=name),
                tr("apps show less of it"),
                tr(_MEND),
                advice=True,
            )
    if not told.transcripts:
        yield Finding(
            "transcript-missing",
            at,
            tr("it has no transcript"),
            tr("the deaf can't follow it"),
            tr(_MEND),
            advice=True,
        )
    yield from item_values(at, item)
    yield from title_length(at, told.title)
    yield from _described(at, text(item, "description"))
    others = [told.chapters_url, told.image, *(url for url, _ in told.transcripts)]
    others += [url for url, _, _ in told.alternates]
    for url in (told.url, *others):
        yield from ascii_name(at, url)
