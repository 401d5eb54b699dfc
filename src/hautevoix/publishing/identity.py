"""Which published book is this? Identity survives rebuilds, renames and new voices."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from hautevoix.errors import PublishingError
from hautevoix.localization import tr
from hautevoix.publishing.files import LONGEST_FOLDER
from hautevoix.publishing.state import Identity, PublishedBook, State, new_guid
from hautevoix.storage.names import NAMELESS, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hautevoix.publishing.built_book import BuiltBook

_SKETCH = 48  # hashes kept of a text
_ALIKE = 0.35  # of them in common: the same text, edited
_STRANGE = 0.1  # of them at most: another text (titles, « Notes » and such may be common)
STEP = 60
"""Seconds between the dates of episodes that come out together; apps sort by them."""
_CLOSE = 10  # seconds between them where others came out just before: dates are not to be future


def sketch(built: BuiltBook) -> tuple[str, ...]:
    """Return a few hashes of the book's sentences, by which an edited text is still known.

    The smallest of all hashes (Broder's MinHash): how many two texts share is how alike they are.
    """
    hashes = {
        hashlib.sha256(" ".join(sentence.text.split()).casefold().encode()).hexdigest()[:8]
        for part in built.edition.parts
        for block in part.blocks
        for sentence in block.sentences
    }
    return tuple(sorted(hashes)[:_SKETCH])


def alike(one: Collection[str], other: Collection[str]) -> float:
    """Return how much two sketched texts have in common, from 0 to 1.

    >>> alike(["1", "2", "3"], ["2", "3", "4"])
    0.5
    """
    union = sorted({*one, *other})[:_SKETCH]
    both = {*one} & {*other}
    return sum(each in both for each in union) / len(union) if union else 0.0


def settle(state: State, volumes: Sequence[BuiltBook], now: int) -> list[PublishedBook]:
    """Return the work that each volume is: known by its folder's name, else by its text, or new.

    One that was withdrawn is known by its text alone. ``now`` is in seconds since the epoch; new
    works come after all others, in their order. Raises PublishingError if a folder's name is known
    of quite another book.
    """
    given = {built.slug for built in volumes}
    free = [work for work in state.works if not given & {*work.sources}]
    free += state.withdrawn
    works: list[PublishedBook | None] = []
    for built in volumes:
        known = next((work for work in state.works if built.slug in work.sources), None)
        if known:
            _reject_namesake(built, known)
        else:
            known = _renamed(built, free)
            free = [work for work in free if work is not known]
        works.append(known)
    # Room for each chapter, should chapters be episodes, now or some day.
    rooms = [
        max(1, len(built.chapters))
        for built, work in zip(volumes, works, strict=True)
        if work is None
    ]
    ever = (*state.works, *state.withdrawn)
    dates = iter(_dates(rooms, max(map(last_date, ever), default=0), now))
    settled: list[PublishedBook] = []
    for built, known in zip(volumes, works, strict=True):
        folders = {work.folder for work in (*ever, *settled)}
        settled.append(
            replace(known, sources=tuple(dict.fromkeys((*known.sources, built.slug))))
            if known
            else _new(state.guid, built, folders, next(dates))
        )
    return settled


def _reject_namesake(built: BuiltBook, known: PublishedBook) -> None:
    """Keep a book from taking the place, and the subscribers, of another that shares its name."""
    title = built.edition.title
    if title != known.title and known.sketch and alike(sketch(built), known.sketch) < _STRANGE:
        raise PublishingError(
            tr(
                "« {slug} » is « {title} » on this site; « {title2} » is another book.",
                slug=built.slug,
                title=known.title,
                title2=title,
            ),
            advice=tr(
                "Rename its folder to publish both. Or take the first one out: --remove {folder}",
                folder=known.folder,
            ),
        )


def _renamed(built: BuiltBook, free: list[PublishedBook]) -> PublishedBook | None:
    mine = sketch(built)
    likeness = [(alike(mine, work.sketch), -number) for number, work in enumerate(free)]
    best, number = max(likeness, default=(0.0, 0))
    return free[-number] if best >= _ALIKE else None


def _new(space: str, built: BuiltBook, folders: set[str], date: int) -> PublishedBook:
    folder = base = slug(built.slug, LONGEST_FOLDER) or NAMELESS
    count = 2
    while folder in folders:
        folder = f"{base}-{count}"
        count += 1
    return PublishedBook(folder, (built.slug,), Identity(new_guid(space, folder, set()), date))


def last_date(work: PublishedBook) -> int:
    """Return the date of a book's last episode, be it the book or a chapter."""
    return max([work.identity.date, *(part.date for part in work.parts)])


def first_date(work: PublishedBook) -> int:
    """Return the date of a book's first episode."""
    return min([work.identity.date, *(part.date for part in work.parts)])


def _dates(rooms: list[int], last: int, now: int) -> list[int]:
    """Return the dates of new books, after ``last``: the last one is now unless that is too soon.

    Before each is room for as many episodes as ``rooms`` tells, itself included.
    """
    step = STEP if now - STEP * sum(rooms) >= last else _CLOSE
    at = max(last, now - step * sum(rooms))
    return [at + step * done for done in accumulate(rooms)]


def chapters(
    work: PublishedBook, titles: Sequence[str], since: int | None, until: int | None
) -> tuple[Identity, ...]:
    """Return each chapter's identity: a known title keeps its own, in the order of the book.

    A chapter renamed in its place keeps its identity too; an inserted one gets a date between
    its neighbours'. ``since`` and ``until`` are the dates of what comes before and after the
    book, None if nothing does.
    """
    known = work.parts
    kept: list[Identity | None] = [None] * len(titles)
    names = [part.title for part in known]
    for tag, a, b, x, y in difflib.SequenceMatcher(
        None, names, list(titles), autojunk=False
    ).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == y - x):
            kept[x:y] = known[a:b]
    taken = {part.guid for part in known}
    dates = [part.date if part else None for part in kept]
    dated = _between(dates, work.identity.date, since, until)
    result = []
    for title, part, date in zip(titles, kept, dated, strict=True):
        guid = part.guid if part else new_guid(work.identity.guid, title, taken)
        taken.add(guid)
        result.append(Identity(guid, date, title))
    return tuple(result)


def _between(dates: list[int | None], last: int, since: int | None, until: int | None) -> list[int]:
    """Return the dates with each gap filled evenly between its neighbours.

    Where none is known, they end with ``last``.
    """
    result: list[int] = []
    at = 0
    while at < len(dates):
        known = dates[at]
        if known is not None:
            result.append(known)
            at += 1
            continue
        end = at
        while end < len(dates) and dates[end] is None:
            end += 1
        gap = end - at
        after = dates[end] if end < len(dates) else None
        if result:
            step = _step(result[-1], until if after is None else after, gap + 1)
            result += [result[-1] + step * number for number in range(1, gap + 1)]
        elif after is None:
            step = _step(since, last, gap)
            result += [last - step * (gap - number) for number in range(1, gap + 1)]
        else:
            step = _step(since, after, gap + 1)
            result += [after - step * (gap - number) for number in range(gap)]
        at = end
    return result


def _step(low: int | None, high: int | None, count: int) -> int:
    """Return the seconds between dates if ``count`` of them lie from ``low`` to ``high``."""
    return STEP if low is None or high is None else min(STEP, max(1, (high - low) // count))
