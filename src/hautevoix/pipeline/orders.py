"""What a user orders: which text, into which folder, in whose voices."""

from __future__ import annotations

import contextlib
import stat
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.mastering import EncodingOptions
from hautevoix.model import VoiceSettings
from hautevoix.pipeline.casting import AUTO, NARRATOR
from hautevoix.storage.names import NAMELESS, slug
from hautevoix.workers.pool import cores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hautevoix.model.options import ClusterOptions, Excerpt, ListenerOptions, Source
    from hautevoix.storage.store import Store

_LONGEST_NAME = 80  # characters of a book's folder
_LONGEST_WORDS = 40  # characters of the words that an excerpt begins with, in that name


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: ``output`` is the folder in which each book gets a folder of its own.

    ``voice`` is the narrator's; ``parts`` are the user's settings by role, over the sidecar's;
    ``jobs`` is how many processes work at once (None: one a core);
    ``fallback`` names the engine that says what ``engine`` can't; ``provider`` is what the engine's
    models shall run on, empty for its own choice. ``listener`` hears each sentence and has suspect
    ones spoken again; None where nobody listens. ``force``: also where nothing has changed, and in
    place of a whole book even if sentences are missing. ``cluster`` is whose workers speak, None:
    this machine's; then ``jobs`` is how many clips are with them at once.
    """

    source: Source
    output: Path
    store: Store
    engine: str = AUTO
    voice: str | None = None
    encoding: EncodingOptions = field(default_factory=EncodingOptions)
    jobs: int | None = None
    parts: tuple[tuple[str, VoiceSettings], ...] = ()
    fallback: str | None = None
    provider: str = ""
    listener: ListenerOptions | None = None
    force: bool = False
    cluster: ClusterOptions | None = None

    @property
    def processes(self) -> int:
        """How many processes of this machine work at once."""
        here = cores()
        wanted = self.jobs or here
        return min(wanted, here) if self.cluster else wanted

    @property
    def folder(self) -> Path:
        """Where the book's files go."""
        return self.output / folder_name(self.source.path, self.source.excerpt)

    def voice_settings(self) -> tuple[tuple[str, VoiceSettings], ...]:
        """Return the settings that the user asks for, the narrator's voice among them."""
        settings = dict(self.parts)
        if self.voice:
            narrator = settings.get(NARRATOR, VoiceSettings())
            settings[NARRATOR] = replace(narrator, voice=self.voice)
        return tuple(settings.items())

    def held(self) -> Order:
        """Return the order with what comes through a pipe read, as that can be only once.

        Raises InputError where it is closed, RefusedError where it has no end.
        """
        path = self.source.path
        piped = str(path) == "-"
        if self.source.data is not None or not (piped or _is_pipe(path)):
            return self
        from hautevoix.reading import read_bytes, read_standard_input  # noqa: PLC0415 - the reader

        data = read_standard_input() if piped else read_bytes(path)
        return replace(self, source=replace(self.source, data=data))


def folder_name(text: Path, excerpt: Excerpt | None = None) -> str:
    """Return the name of a text's audiobook; a part of it has one of its own.

    >>> from pathlib import Path
    >>> folder_name(Path("Élégies & chants.txt"))
    'elegies-chants'
    >>> from hautevoix.model.options import Excerpt
    >>> folder_name(Path("Germinal.txt"), Excerpt(((3, 5), (8, 8)), seconds=120))
    'germinal-chapters-3to5-8-sample'
    """
    name = slug(text.stem, _LONGEST_NAME) or NAMELESS
    return "-".join((name, *_part_names(excerpt))) if excerpt else name


def _part_names(excerpt: Excerpt) -> Iterator[str]:
    """Yield what tells a part of a book from the whole, in the name of its folder."""
    if excerpt.chapters:
        yield "chapters"
    for first, last in excerpt.chapters:
        yield f"{first}" if last == first else f"{first}to{last or 'end'}"
    if excerpt.start:
        yield f"from-{slug(excerpt.start, _LONGEST_WORDS)}"
    if excerpt.seconds is not None:
        yield "sample"


def _is_pipe(path: Path) -> bool:
    """Tell whether a path is a pipe or a device: neither a file nor a folder, but there."""
    with contextlib.suppress(OSError, ValueError):
        mode = path.stat().st_mode
        return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
    return False
