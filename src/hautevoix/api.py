"""Hautevoix for programs: what the commands do, as functions of values.

Each raises HautevoixError for what is foreseen (docs/api.md); its ``exit_code`` is the command's.
``build`` starts processes of its own, so a script that calls it must be importable: put the calls
under ``if __name__ == "__main__":``.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.model.options import Excerpt, NotesPolicy, ReadingOptions, Source
from hautevoix.pipeline.texts import narrate, understand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hautevoix.model import Book, Script, VoiceSettings
    from hautevoix.pipeline.results import Built
    from hautevoix.publishing.site import Published

    Text = str | Path
    """The path of a text."""
    Progress = Callable[[str, int, int], None]
    """Is told (stage, done, total)."""


def outline(
    text: Text,
    *,
    title: str | None = None,
    author: str | None = None,
    excerpt: Excerpt | None = None,
) -> Book:
    """Return what is understood of ``text`` and its sidecar, as ``hautevoix outline`` shows it.

    ``title`` and ``author`` go before the text's own; ``excerpt`` chooses a part of it. Raises
    InputError, RefusedError.
    """
    return understand(Source(Path(text), title, author, excerpt=excerpt)).book


def script(
    text: Text,
    *,
    title: str | None = None,
    author: str | None = None,
    excerpt: Excerpt | None = None,
    notes: str = "end",
    opening: bool = True,
    closing: bool = True,
) -> Script:
    """Return all that will be said for ``text``, as ``hautevoix script`` shows it.

    ``notes``: when they are read, as ``--notes`` names it. Raises ValueError for another name,
    InputError, RefusedError.
    """
    reading = ReadingOptions(NotesPolicy(notes), opening, closing)
    return narrate(understand(Source(Path(text), title, author, reading, excerpt=excerpt)))


def build(  # noqa: PLR0913 - options by name, as the command has them
    text: Text,
    output: str | Path = "output",
    *,
    engine: str = "auto",
    voice: str | None = None,
    voices: dict[str, VoiceSettings] | None = None,
    formats: Sequence[str] = ("mp3",),
    title: str | None = None,
    author: str | None = None,
    excerpt: Excerpt | None = None,
    notes: str = "end",
    opening: bool = True,
    closing: bool = True,
    words: bool = False,
    fallback: str | None = None,
    jobs: int | None = None,
    store: str | Path | None = None,
    shared_store: str | None = None,
    cluster: str | None = None,
    cluster_ca: str | Path | None = None,
    cluster_cert: str | Path | None = None,
    cluster_key: str | Path | None = None,
    force: bool = False,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Built:
    """Make the audiobook of ``text`` in a folder of its own under ``output``; tell what was made.

    ``voices`` are settings by role; ``formats`` of mp3, m4b, chapters; ``words``: the timeline
    tells where each word begins; ``store`` is the folder of spoken clips (None: the user's), and
    ``shared_store`` where machines share them (a folder, an address such as s3://bucket/clips). The
    others are as the options of ``hautevoix build``. Raises HautevoixError; ValueError for a name
    of formats or notes that there is not, and a cluster's address that is none or not safe.
    """
    from hautevoix.mastering import EncodingOptions, Format  # noqa: PLC0415 - only who builds waits
    from hautevoix.pipeline.builds import build as built  # noqa: PLC0415 - see above
    from hautevoix.pipeline.clusters import cluster_at  # noqa: PLC0415 - see above
    from hautevoix.pipeline.orders import Order  # noqa: PLC0415 - see above
    from hautevoix.storage.shared import SharedStore  # noqa: PLC0415 - see above
    from hautevoix.storage.store import USUAL_LIMIT, Store, usual_store  # noqa: PLC0415 - see above

    folder = Path(store) if store else usual_store()
    shared = SharedStore.named(shared_store) if shared_store else None
    reading = ReadingOptions(NotesPolicy(notes), opening, closing)
    order = Order(
        Source(Path(text), title, author, reading, excerpt=excerpt),
        Path(output),
        Store(folder, USUAL_LIMIT, shared),
        engine,
        voice,
        EncodingOptions(formats=tuple(map(Format, formats)), words=words),
        jobs,
        tuple((voices or {}).items()),
        fallback,
        force=force,
    )
    if cluster is None:
        return built(order, progress)
    files = (Path(file) if file else None for file in (cluster_ca, cluster_cert, cluster_key))
    with cluster_at(cluster, *files, shared=shared is not None) as there:
        return built(replace(order, cluster=there), progress)


def publish(
    folders: Sequence[str | Path],
    site: str | Path = "site",
    *,
    base_url: str | None = None,
    config: str | Path = "podcast.toml",
    dry: bool = False,
) -> Published:
    """Publish built books, each by its folder, into ``site``, as ``hautevoix publish`` does.

    ``config`` is what the podcast says of itself, and ``base_url`` where the site will be, if it
    does not say that; ``dry``: nothing is written, only told. Raises HautevoixError.
    """
    from hautevoix.publishing.config import ascii_url, read_podcast  # noqa: PLC0415 - see above
    from hautevoix.publishing.site import publish as published  # noqa: PLC0415 - see above

    podcast = read_podcast(Path(config))
    if base_url:
        podcast = replace(podcast, base_url=ascii_url(base_url, "base_url"))
    books, now = [Path(each) for each in folders], int(time.time())
    return published(books, podcast, Path(site), now, dry=dry)
