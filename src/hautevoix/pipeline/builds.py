"""From a script to the audiobook: casting, recording, mastering."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError, StoreError
from hautevoix.mastering import Master, Pressing, cover_problem, master
from hautevoix.model import Doubt, Part
from hautevoix.pipeline.casting import AUTO, NARRATOR, Casting, casting, ready_engine
from hautevoix.pipeline.memory import code_stamp
from hautevoix.pipeline.results import Built, recalled, remember, remember_pace
from hautevoix.pipeline.texts import Source, Understood, narrate, slug, understand
from hautevoix.publishing.edition import edition
from hautevoix.publishing.volume import keep
from hautevoix.recording import record
from hautevoix.store import key_of
from hautevoix.workers import Crew

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.model import Recording, Script
    from hautevoix.store import Store


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


def build(order: Order, progress: Callable[[str, int, int], None]) -> Built:
    """Build one audiobook. Every failure is a HautevoixError; what was spoken stays stored.

    Where neither text nor settings nor code have changed since the files were made, nothing is
    touched.
    """
    folder = order.output / slug(order.source.path)
    engine = ready_engine(order.engine)
    seal = _seal(order, engine, folder)
    known = recalled(order.store, seal)
    if known:
        return known
    order.pressing.check()
    _writable(folder)
    with Crew(order.jobs) as crew:
        crew.wake()  # it takes as long as reading does
        understood = _with_cover_that_fits(understand(order.source))
        chosen = casting(engine, understood.sidecar, wishes(order), order.fallback)
        script = narrate(understood, partial(progress, "Reading"), order.store)
        work = partial(_perform, order, chosen, script, folder, crew, progress)
        try:
            recording, made = work()
        except StoreError:  # a clip has gone or rotted: look at each, and speak those anew
            recording, made = work(verify=True)
    remember_pace(order.store, chosen, script, made.timeline)
    if made.mp3:  # what a page needs of the book
        bound = edition(understood.book, script, made.timeline, engine.name, chosen.narrator.name)
        keep(made.mp3, bound, understood.book.info.cover)
    order.store.prune(time.time())
    losses, substitutes = (
        tuple((script.utterances[index].written, why) for index, why in told)
        for told in (recording.losses, recording.substitutes)
    )
    info, doubts = understood.book.info, (*understood.book.doubts, *chosen.doubts)
    built = Built(info.title, doubts, made, engine.name, chosen.narrator.name, losses, substitutes)
    built = replace(built, wordless=made.timeline.wordless())
    if not losses:
        remember(order.store, seal, built, _beside(understood))
    return built


def _seal(order: Order, engine: Engine, folder: Path) -> str:
    """Return the key of everything that the result depends on."""
    beside = order.source.path.with_suffix(".toml")
    files = [_bytes(path) for path in (order.source.path, beside)]
    asked = (order.source, order.voice, order.parts, order.fallback, order.pressing)
    told = (*asked, folder.absolute(), *files)
    return key_of("built", code_stamp(), engine.name, engine.version, *told)


def _with_cover_that_fits(understood: Understood) -> Understood:
    """Return the same, but without a cover that can't be embedded: a doubt then says so."""
    book = understood.book
    problem = cover_problem(book.info.cover) if book.info.cover else ""
    if not problem:
        return understood
    doubt = Doubt(0, f"the cover is left out: {problem}")
    info = replace(book.info, cover=None)
    return replace(understood, book=replace(book, info=info, doubts=(*book.doubts, doubt)))


def _beside(understood: Understood) -> list[Path]:
    """Return the other files that the result depends on."""
    cover = understood.sidecar.cover
    return [understood.source.path.parent / cover] if cover else []


def _bytes(path: Path) -> bytes:
    """Return a file's bytes, none where it can't be read: reading it will say why."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def wishes(order: Order) -> tuple[tuple[str, Part], ...]:
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
    crew: Crew,
    progress: Callable[[str, int, int], None],
    *,
    verify: bool = False,
) -> tuple[Recording, Master]:
    recording = record(
        script,
        chosen.cast(script),
        order.store,
        crew,
        verify=verify,
        progress=partial(progress, "Speaking"),
    )
    comment = f"Lu par une voix de synthèse : {chosen.engine.name}, {chosen.narrator.name}."
    made = master(
        recording,
        chosen.names(recording),
        order.store,
        folder,
        crew,
        pressing=replace(order.pressing, comment=comment, levels=chosen.levels(script)),
        progress=progress,
    )
    return recording, made


def _writable(folder: Path) -> None:
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
