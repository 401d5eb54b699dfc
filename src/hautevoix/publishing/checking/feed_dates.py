"""When a feed's episodes came out, and in which order: apps sort by it. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from hautevoix.localization import noop, tr
from hautevoix.publishing.checking.feed_tree import count, text
from hautevoix.publishing.checking.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLY = 24 * 3600  # seconds: episodes that come out together are a minute apart
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_ZONE = r"[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T"
# RFC 2822, 3.3 with the zones of 4.3; Apple's validator takes no other form.
_FORM = re.compile(
    rf"(?:(?P<day>{'|'.join(_DAYS)}), )?\d{{1,2}} (?:{_MONTHS}) \d{{4}}"
    rf" \d\d:\d\d(?::\d\d)? (?:{_ZONE})"
)
_AGAIN = noop("publish it again: hautevoix publish")


def check_dates(where: str, items: list[etree._Element], now: float) -> Iterator[Finding]:
    """Yield what is amiss in the dates of a feed's items ``now``, in seconds since the epoch."""
    dated: list[tuple[datetime, etree._Element]] = []
    for item in items:
        told = text(item, "pubDate")
        if not told:
            continue  # said with what else the item lacks
        date = _date(told)
        yield from _form(f"{where}, « {text(item, 'title')[:60]} »", told, date)
        if date:
            dated.append((date, item))
    dates = [date for date, _ in dated]
    if len(set(dates)) < len(dates):
        why = tr("apps sort by it, so their order is by chance")
        yield Finding("date-shared", where, tr("episodes share a date"), why, tr(_AGAIN))
    late = max(((date - _EPOCH).total_seconds() for date in dates), default=0.0)
    if late > now + _EARLY:
        yield Finding(
            "date-future",
            where,
            tr("an episode's date is in the future"),
            tr("apps hide it until then"),
            tr("set this machine's clock; correct the date in podcast-state.json; publish again"),
        )
    yield from _order(where, dated)


def _date(told: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _form(where: str, told: str, date: datetime | None) -> Iterator[Finding]:
    form = _FORM.fullmatch(told)
    if date is None or not form:
        what = tr("« {told} » is no date as RFC 2822 has it", told=told[:60])
        why = tr("apps sort it wrongly, Apple rejects it")
        mend = tr("write it as « Tue, 14 Nov 2023 22:13:20 +0000 », or publish it again")
        yield Finding("date-malformed", where, what, why, mend)
    elif form["day"] and form["day"] != _DAYS[date.weekday()]:
        what = tr("the date « {told} » was a {day}", told=told[:60], day=_DAYS[date.weekday()])
        why = tr("strict apps drop the date")
        yield Finding("date-weekday", where, what, why, tr(_AGAIN))


def _order(where: str, dated: list[tuple[datetime, etree._Element]]) -> Iterator[Finding]:
    """Yield where numbers and dates disagree, or the latest episode does not come first."""
    numbered = [
        (count(text(item, "itunes:season")), count(text(item, "itunes:episode")), date)
        for date, item in dated
        if count(text(item, "itunes:episode")) and text(item, "itunes:episodeType") in ("", "full")
    ]
    places = [(season, episode) for season, episode, _ in numbered]
    if len(set(places)) < len(places):
        what = tr("two episodes have the same season and number")
        why = tr("Apple shows them in any order")
        yield Finding("episode-twin", where, what, why, tr(_AGAIN))
    in_place = sorted(numbered)
    if any(one[0] == two[0] and one[2] > two[2] for one, two in pairwise(in_place)):
        what = tr("episodes' dates are not in the order of their numbers")
        why = tr("apps sort by date: the book is heard in the wrong order")
        yield Finding("episodes-order", where, what, why, tr(_AGAIN))
    dates = [date for date, _ in dated]
    if dates != sorted(dates, reverse=True):
        what = tr("the latest episode does not come first")
        why = tr("simple apps take the feed's order")
        yield Finding("feed-order", where, what, why, tr(_AGAIN), advice=True)
