"""The folder for a static host: every file whole or absent, the feed last.

Nothing is touched that did not change.

Files whose name tells their content never change; what points to them (pages, state, feed) is
written after them. So a publish that is stopped anywhere leaves the old feed with all its files.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError, InputError, PublishingError
from hautevoix.localization import tr
from hautevoix.parsing.bounded import opened
from hautevoix.publishing import identity
from hautevoix.publishing.book_files import Publication, write_book_files
from hautevoix.publishing.built_book import BuiltBook, read_built_book
from hautevoix.publishing.config import BOOK, Podcast, checked
from hautevoix.publishing.cover_source import CoverSource, cover_of
from hautevoix.publishing.feed import write_feed
from hautevoix.publishing.files import DIGITS, put
from hautevoix.publishing.index_page import write_index
from hautevoix.publishing.offline_files import offline_files
from hautevoix.publishing.state import (
    FEED,
    STATE,
    PublishedBook,
    State,
    podcast_guid,
    read_state,
    to_bytes,
)
from hautevoix.publishing.subscribe_page import SUBSCRIBE, write_subscribe_page
from hautevoix.storage.files import sweep, whole
from hautevoix.storage.locks import alone
from hautevoix.storage.ready_folder import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from typing import BinaryIO

GRACE = 14 * 24 * 3600
"""Seconds for which superseded files stay: clients may hold an old feed for days."""
SEVERAL = "Livres à écouter"
_ENDING = re.compile(rf"[0-9a-f]{{{DIGITS}}}\.[a-z0-9.]+")
_COVER = re.compile(f"cover-{_ENDING.pattern}")


@dataclass(slots=True)
class Site:
    """The folder, and what changed in it; ``dry``: nothing is written, only told."""

    folder: Path
    dry: bool = False
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def get(self, path: str) -> bytes | None:
        """Return what a file holds, None if it is not there. Raises DiskError."""
        try:
            with opened(self.folder / path) as file:
                return file.read()
        except (FileNotFoundError, IsADirectoryError):
            return None
        except OSError as error:
            raise DiskError(
                tr(
                    "{folder} can't be read: {strerror}.",
                    folder=self.folder / path,
                    strerror=error.strerror,
                )
            ) from error

    def put(self, path: str, data: bytes) -> None:
        """Make a file hold ``data``. Raises DiskError."""
        target = self.folder / path
        if self.dry:
            changed = not (target.is_file() and target.read_bytes() == data)
        else:
            changed = put(target, data)
        if changed:
            self.changed.append(path)

    def make(self, path: str, write: Callable[[BinaryIO], None]) -> int:
        """Have a file written, unless it is there; return its size (0 if dry).

        Its name must tell its content. Raises DiskError.
        """
        target = self.folder / path
        if target.is_file():
            return target.stat().st_size
        self.changed.append(path)
        if self.dry:
            return 0
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DiskError(
                tr(
                    "{parent} can't be made: {strerror}.",
                    parent=target.parent,
                    strerror=error.strerror,
                )
            ) from error
        with whole(target) as file:
            write(file)
            return file.tell()

    def named(self, works: Iterable[PublishedBook]) -> set[str]:
        """Return the paths of files there that are named as the books' and the podcast's are.

        Their names tell their content, so no one else's are among them. Raises DiskError.
        """
        found = {path.name for path in _inside(self.folder) if _COVER.fullmatch(path.name)}
        for work in works:
            own = re.compile(rf"{re.escape(work.folder)}(?:-[0-9]+)?-{_ENDING.pattern}")
            found |= {
                f"{work.folder}/{path.name}"
                for path in _inside(self.folder / work.folder)
                if own.fullmatch(path.name) or _COVER.fullmatch(path.name)
            }
        return found

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files of ours that nothing points to any more."""
        for path in paths:
            target = self.folder / path
            if not target.is_file():
                continue
            self.removed.append(path)
            if not self.dry:
                _unlink(target)


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise DiskError(
            tr("{folder} can't be read: {strerror}.", folder=folder, strerror=error.strerror)
        ) from error


def _unlink(target: Path) -> None:
    """Remove a file, and its folder if that is empty then. Raises DiskError."""
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise DiskError(
            tr("{target} can't be removed: {strerror}.", target=target, strerror=error.strerror)
        ) from error
    with suppress(OSError):  # something else is in it
        target.parent.rmdir()


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it: paths in the site, in the order in which they were written.

    ``absent`` are the books that were published before and whose sound or page is not in the
    folder.
    """

    feed: Path
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    state: State
    podcast: Podcast
    absent: tuple[PublishedBook, ...] = ()


def publish(
    folders: Sequence[Path],
    podcast: Podcast,
    folder: Path,
    now: int,
    *,
    remove: Sequence[str] = (),
    dry: bool = False,
) -> Published:
    """Publish built books into ``folder``, beside those published there before.

    ``remove`` names books to take out, by their folder in the site or the one they came from.
    ``now`` is in seconds since the epoch. Raises InputError for what can't be read,
    PublishingError for what can't be published, LockedError, DiskError.
    """
    if dry:
        return _publish(folders, podcast, Site(folder, dry=True), now, remove)
    with made(folder), alone(folder, tr("another publish into this site")):
        sweep(folder)
        return _publish(folders, podcast, Site(folder), now, remove)


def _publish(
    folders: Sequence[Path], podcast: Podcast, site: Site, now: int, remove: Sequence[str]
) -> Published:
    volumes = [read_built_book(path) for path in folders]
    _reject_twins(volumes)
    before = read_state(site.folder)
    kept = _without(before, remove, volumes)
    podcast = _settled(_addressed(podcast, before), kept, volumes)
    state = kept or State(podcast_guid(podcast.base_url + FEED), podcast.base_url)
    state = replace(state, base_url=podcast.base_url, kind=podcast.episodes)
    works = identity.settle(state, volumes, now)
    for work in works:
        state = state.with_work(work)
    pages: list[tuple[str, bytes]] = []
    for built, work in zip(volumes, works, strict=True):
        dates = now, *_neighbours(state, work)
        bound = write_book_files(Publication(site, podcast, built, work, *dates))
        state = state.with_work(bound.work)
        pages.append((work.page, bound.page))
    podcast = _titled(podcast, state.works)
    cover = cover_of(
        site, "", CoverSource(podcast.title, podcast.author, podcast.cover), state.face
    )
    state = replace(state, face=cover.known)
    state, gone = _aged(before, state, now, site.named((*state.works, *state.withdrawn)))
    for path, data in pages:
        site.put(path, data)
    for path, data in (*offline_files(podcast), (SUBSCRIBE, write_subscribe_page(podcast))):
        site.put(path, data)
    site.put("index.html", write_index(podcast, state))
    site.put(STATE, to_bytes(state))
    site.put(FEED, write_feed(podcast, state))
    site.remove(gone)
    changes = tuple(site.changed), tuple(site.removed)
    return Published(site.folder / FEED, *changes, state, podcast, _absent(site, state, works))


def _without(
    before: State | None, remove: Sequence[str], volumes: Sequence[BuiltBook]
) -> State | None:
    """Return the state without the books named. Raises InputError for one that is not in it."""
    state = before
    given = {built.slug for built in volumes}
    for name in dict.fromkeys(remove):
        works = state.works if state else ()
        work = next((work for work in works if name in (work.folder, *work.sources)), None)
        if state is None or work is None:
            known = ", ".join(work.folder for work in works)
            raise InputError(
                tr("--remove {name}: the site has no such book.", name=name),
                advice=tr("Its books: {known}.", known=known) if known else tr("It has none."),
            )
        if given & {*work.sources}:
            raise InputError(tr("« {name} » is both to be published and to be removed.", name=name))
        state = state.without(work)
    return state


def _absent(site: Site, state: State, given: Sequence[PublishedBook]) -> tuple[PublishedBook, ...]:
    folders = {work.folder for work in given}
    return tuple(
        work
        for work in state.works
        if work.folder not in folders
        and not all((site.folder / path).is_file() for path in (work.page, work.audio.path))
    )


def _reject_twins(volumes: list[BuiltBook]) -> None:
    slugs = [built.slug for built in volumes]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise PublishingError(
                tr("Two of the books are called « {slug} ».", slug=slug),
                advice=tr("Their folders' names tell books apart: rename one of them."),
            )


def _addressed(podcast: Podcast, before: State | None) -> Podcast:
    """Return the podcast with its address, kept from the last time if none is given."""
    base_url = podcast.base_url or (before.base_url if before else "")
    if not base_url:
        raise PublishingError(
            tr("Where will the site be?"),
            advice=tr("Give --base-url https://…. Or have it asked for: hautevoix publish --init"),
        )
    return checked(replace(podcast, base_url=base_url), "--base-url")


def _settled(podcast: Podcast, before: State | None, volumes: list[BuiltBook]) -> Podcast:
    """Return the podcast with what its episodes are; that can change for all books at once only."""
    kind = podcast.episodes or (before.kind if before else BOOK)
    if before and kind != before.kind:
        given = {built.slug for built in volumes}
        left = [work.title for work in before.works if not given & {*work.sources}]
        if left:
            raise PublishingError(
                tr(
                    "An episode of this site is a {kind}, not a {kind2}.",
                    kind=before.kind,
                    kind2=kind,
                ),
                advice=tr(
                    "To change that, name all its books; missing: {left}.", left=", ".join(left)
                ),
            )
    return replace(podcast, episodes=kind)


def _titled(podcast: Podcast, works: Sequence[PublishedBook]) -> Podcast:
    """Return the podcast with what its books say where it says nothing itself."""
    alone = works[0] if len(works) == 1 else None
    authors = {work.author for work in works}
    title = podcast.title or (alone.title if alone else SEVERAL)
    author = podcast.author or (authors.pop() if len(authors) == 1 else "") or title
    about = podcast.description or (alone.summary if alone else "")
    return replace(
        podcast, title=title, author=author, description=about or f"{title}, à écouter et à lire."
    )


def _neighbours(state: State, work: PublishedBook) -> tuple[int | None, int | None]:
    """Return the dates between which a book's are to be: None where there is no other book."""
    place = [other.folder for other in state.works].index(work.folder)
    since = identity.last_date(state.works[place - 1]) if place else None
    after = state.works[place + 1 : place + 2]
    return since, identity.first_date(after[0]) if after else None


def _aged(before: State | None, state: State, now: int, there: set[str]) -> tuple[State, list[str]]:
    """Return the state with what it supersedes, and the files that are to go.

    These are what was superseded long enough ago, and at once all of a book that is withdrawn.
    ``there`` are files named as ours are: what a publish that was stopped left is among them.
    """
    current = state.files()
    old = dict(before.superseded) if before else {}
    for path in ((before.files() if before else set()) | there) - current:
        old.setdefault(path, now)
    withdrawn = tuple(f"{work.folder}/" for work in state.withdrawn)
    gone = {path for path, when in old.items() if when + GRACE < now or path.startswith(withdrawn)}
    kept = {path: when for path, when in old.items() if path not in gone | current}
    gone |= {work.page for work in state.withdrawn}
    return replace(state, superseded=tuple(sorted(kept.items()))), sorted(gone - current)
