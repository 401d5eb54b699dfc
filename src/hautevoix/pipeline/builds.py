"""From a script to the audiobook: casting, recording, mastering."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError, StoreError
from hautevoix.mastering import Master, Pressing, master
from hautevoix.model import Part
from hautevoix.pipeline.casting import AUTO, NARRATOR, Casting, casting, ready_engine
from hautevoix.pipeline.texts import Source, narrate, slug, understand
from hautevoix.recording import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.model import Book, Recording, Script, Voice
    from hautevoix.store import Store

LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: ``output`` is the folder in which each book gets a folder of its own.

    ``voice`` is the narrator's; ``parts`` are the user's wishes by role, over the sidecar's;
    ``fallback`` names the engine that says what ``engine`` can't.
    """

    source: Source
    output: Path
    store: Store
    engine: str = AUTO
    voice: str | None = None
    pressing: Pressing = field(default_factory=Pressing)
    jobs: int = 1
    parts: tuple[tuple[str, Part], ...] = ()
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, from what, and what is missing in it: (written text, reason).

    ``substitutes`` are those that the fallback said, in the same way.
    """

    book: Book
    master: Master
    engine: str
    voice: Voice
    losses: tuple[tuple[str, str], ...]
    substitutes: tuple[tuple[str, str], ...] = ()


def build(order: Order, progress: Callable[[str, int, int], None]) -> Built:
    """Build one audiobook. Every failure is a HautevoixError; what was spoken stays stored."""
    folder = _writable(order.output / slug(order.source.path))
    engine = ready_engine(order.engine)
    understood = understand(order.source)
    chosen = casting(engine, understood.sidecar, _wishes(order), order.fallback)
    script = narrate(understood, partial(progress, "Reading"))
    work = partial(_perform, order, chosen, script, folder, progress)
    try:
        recording, made = work()
    except StoreError:  # a clip has gone or rotted: look at each, and speak those anew
        recording, made = work(verify=True)
    order.store.prune(time.time())
    losses, substitutes = (
        tuple((script.utterances[index].written, why) for index, why in told)
        for told in (recording.losses, recording.substitutes)
    )
    return Built(understood.book, made, engine.name, chosen.narrator, losses, substitutes)


def _wishes(order: Order) -> tuple[tuple[str, Part], ...]:
    """Return the parts that the user asks for, the narrator's voice among them."""
    parts = dict(order.parts)
    if order.voice:
        parts[NARRATOR] = replace(parts.get(NARRATOR, Part()), voice=order.voice)
    return tuple(parts.items())


def _perform(
    order: Order,
    chosen: Casting,
    script: Script,
    folder: Path,
    progress: Callable[[str, int, int], None],
    *,
    verify: bool = False,
) -> tuple[Recording, Master]:
    recording = record(
        script,
        chosen.cast(script),
        order.store,
        jobs=order.jobs,
        verify=verify,
        progress=partial(progress, "Speaking"),
    )
    comment = f"Lu par une voix de synthèse : {chosen.engine.name}, {chosen.narrator.name}."
    made = master(
        recording,
        chosen.names(recording),
        order.store,
        folder,
        pressing=replace(order.pressing, comment=comment, levels=chosen.levels(script)),
        jobs=order.jobs,
        progress=partial(progress, "Mastering"),
    )
    return recording, made


def _writable(folder: Path) -> Path:
    """Make the book's folder and try it, before time is spent. Raises DiskError."""
    probe = folder / ".hautevoix-probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise DiskError(
            f"{folder} can't be written: {error.strerror or error}.",
            advice="Choose another folder with -o.",
        ) from error
    return folder
