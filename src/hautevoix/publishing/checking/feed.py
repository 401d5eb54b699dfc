"""A feed against what Apple, PSP-1, Podcasting 2.0 and real parsers demand. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from lxml import etree

from hautevoix.localization import noop, tr
from hautevoix.publishing.apple import CATEGORIES
from hautevoix.publishing.checking.findings import Finding, ascii_name, title_length
from hautevoix.publishing.feed import ATOM, ITUNES, PODCAST, PSC

if TYPE_CHECKING:
    from collections.abc import Iterator

_NS = {"atom": ATOM, "itunes": ITUNES, "podcast": PODCAST, "psc": PSC}
_DESCRIPTION = 4000  # bytes
_NUMBER = re.compile(r"[0-9]{1,18}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLY = 24 * 3600  # seconds: episodes that come out together are a minute apart
_MEND = noop("publish it again: hautevoix publish")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An item of the feed; ``chapters_url`` and ``image`` are empty where it has none."""

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
    found = [*_channel(where, channel), *_items(where, channel, items), *_dates(where, items, now)]
    return Channel(
        _attribute(channel, "atom:link[@rel='self']", "href"),
        _attribute(channel, "itunes:image", "href"),
        tuple(map(_enclosed, items)),
        tuple(found),
    )


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(name, namespaces=_NS) or "").strip()


def _attribute(element: etree._Element, name: str, attribute: str) -> str:
    found = element.find(name, namespaces=_NS)
    return "" if found is None else (found.get(attribute) or "").strip()


def _enclosed(item: etree._Element) -> Enclosed:
    length = _attribute(item, "enclosure", "length")
    return Enclosed(
        _text(item, "title"),
        _text(item, "guid"),
        _attribute(item, "enclosure", "url"),
        _count(length),
        _attribute(item, "enclosure", "type"),
        _seconds(_text(item, "itunes:duration")),
        _attribute(item, "podcast:chapters", "url"),
        tuple(
            (found.get("url") or "", found.get("type") or "")
            for found in item.findall("podcast:transcript", namespaces=_NS)
        ),
        _attribute(item, "itunes:image", "href"),
        tuple(
            _seconds(found.get("start") or "")
            for found in item.findall("psc:chapters/psc:chapter", namespaces=_NS)
        ),
    )


def _count(told: str) -> int:
    return int(told) if _NUMBER.fullmatch(told) else 0


def _seconds(told: str) -> float:
    """Return a duration in seconds: « 3725 », « 1:02:05 », « 00:01:02.500 ».

    >>> _seconds("1:02:05.5"), _seconds("x")
    (3725.5, 0.0)
    """
    total = 0.0
    for part in told.split(":"):
        try:
            total = total * 60 + float(part)
        except ValueError:
            return 0.0
    return total


def _channel(where: str, channel: etree._Element) -> Iterator[Finding]:
    musts = {
        "title": _text(channel, "title"),
        "description": _text(channel, "description"),
        "link": _text(channel, "link"),
        "language": _text(channel, "language"),
        "itunes:image": _attribute(channel, "itunes:image", "href"),
        "itunes:category": _attribute(channel, "itunes:category", "text"),
        "itunes:explicit": _text(channel, "itunes:explicit"),
        "atom:link rel=self": _attribute(channel, "atom:link[@rel='self']", "href"),
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
        "itunes:author": _text(channel, "itunes:author"),
        "podcast:guid": _text(channel, "podcast:guid"),
        "podcast:locked": _text(channel, "podcast:locked"),
    }
    for name, value in shoulds.items():
        if not value:
            mend = tr("say it in podcast.toml: hautevoix publish --init")
            why = tr("the Podcast Standards Project asks for it")
            yield Finding(
                "channel-incomplete",
                where,
                tr("it has no {name}", name=name),
                why,
                mend,
                advice=True,
            )
    yield from _worth(where, channel)


def _worth(where: str, channel: etree._Element) -> Iterator[Finding]:
    """Yield what is wrong with values that are there."""
    yield from title_length(where, _text(channel, "title"))
    yield from _described(where, _text(channel, "description"))
    explicit = _text(channel, "itunes:explicit")
    if explicit and explicit not in ("true", "false"):
        yield Finding(
            "explicit-value",
            where,
            tr("itunes:explicit says « {explicit} »", explicit=explicit),
            tr("Apple wants true or false"),
            tr(_MEND),
        )
    category = _attribute(channel, "itunes:category", "text")
    if category and category not in CATEGORIES:
        yield Finding(
            "category-unknown",
            where,
            tr("« {category} » is no category", category=category),
            tr("Apple rejects it"),
            tr("choose one of Apple's"),
        )
    if channel.find("podcast:txt[@purpose='ai-content']", namespaces=_NS) is None:
        yield Finding(
            "ai-content-missing",
            where,
            tr("it does not say whether the voice is synthetic (podcast:txt ai-content)"),
            tr("Apple and listeners want it disclosed"),
            tr("set ai_content = true in podcast.toml"),
            advice=True,
        )


def _described(where: str, text: str) -> Iterator[Finding]:
    size = len(text.encode())
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
    serial = _text(channel, "itunes:type") == "serial"
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
    if told.type != "audio/mpeg" and told.url.endswith(".mp3"):
        yield Finding(
            "enclosure-type",
            at,
            tr("its type is « {type} »", type=told.type),
            tr("apps take it for no audio"),
            tr(_MEND),
        )
    episode = _text(item, "itunes:episode")
    if serial and not _count(episode):
        yield Finding(
            "episode-missing",
            at,
            tr("it has no itunes:episode"),
            tr("Apple demands it of a serial show"),
            tr(_MEND),
        )
    for name in ("pubDate", "description", "itunes:duration", "link"):
        if not _text(item, name):
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
    yield from title_length(at, told.title)
    yield from _described(at, _text(item, "description"))
    for url in (told.url, told.chapters_url, told.image, *(url for url, _ in told.transcripts)):
        yield from ascii_name(at, url)


def _dates(where: str, items: list[etree._Element], now: float) -> Iterator[Finding]:
    dates = []
    for item in items:
        told = _text(item, "pubDate")
        try:
            date = parsedate_to_datetime(told)
        except (ValueError, OverflowError):
            if told:
                yield Finding(
                    "date-malformed",
                    where,
                    tr("« {told} » is no date", told=told[:60]),
                    tr("apps sort it wrongly"),
                    tr(_MEND),
                )
            continue
        dates.append(date if date.tzinfo else date.replace(tzinfo=UTC))
    if len(set(dates)) < len(dates):
        yield Finding(
            "date-shared",
            where,
            tr("episodes share a date"),
            tr("apps sort by it, so their order is by chance"),
            tr(_MEND),
        )
    late = max(((date - _EPOCH).total_seconds() for date in dates), default=0.0)
    if late > now + _EARLY:
        yield Finding(
            "date-future",
            where,
            tr("an episode's date is in the future"),
            tr("apps hide it until then"),
            tr("set this machine's clock; correct the date in podcast-state.json; publish again"),
        )
