"""The stages in order: reading, casting, scripting, recording, mastering."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError, StoreError
from hautevoix.mastering import Master, cover_problem, master, needed
from hautevoix.model import Diagnostic, Recording
from hautevoix.pipeline import pace
from hautevoix.pipeline.builds import voice_settings
from hautevoix.pipeline.casting import Casting, casting
from hautevoix.pipeline.results import Built, holds_whole_book
from hautevoix.pipeline.texts import Understood, narrate, refuse_foreign, understand
from hautevoix.publishing.built_book import keep
from hautevoix.publishing.edition import edition
from hautevoix.recording import record
from hautevoix.storage.staging import staged
from hautevoix.workers.pool import WorkerPool, cores

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.mastering import EncodingOptions
    from hautevoix.model import Script
    from hautevoix.pipeline.builds import Order
    from hautevoix.storage.staging import Staging
    from hautevoix.storage.store import Store


def make(
    order: Order, engine: Engine, folder: Path, progress: Callable[[str, int, int], None]
) -> tuple[Built, list[Path]]:
    """Return what was made, and the files beside the text that it depends on. Raises as build."""
    stopping = partial(progress, "Stopping", 0, 0)
    with WorkerPool(order.jobs or cores(), stopping) as pool:
        pool.wake()  # it takes as long as reading does
        understood = _with_cover_that_fits(understand(order.source))
        refuse_foreign(understood)
        parts = voice_settings(order)
        chosen = casting(engine, understood.sidecar, parts, order.fallback, order.provider)
        script = narrate(understood, partial(progress, "Reading"), (order.store, pool))
        with staged(folder) as files:
            work = partial(_perform, order, chosen, script, files, pool, progress)
            try:
                recording, made = work()
            except StoreError:  # a clip has gone or rotted: look at each, and speak those anew
                recording, made = work(verify=True)
            pool.part()
            if made.mp3:  # what a page needs of the book
                voice = chosen.narrator.name
                bound = edition(understood.book, script, made.timeline, engine.name, voice)
                keep(files, made.mp3, bound, understood.book.info.cover)
        pace.remember(order.store, chosen, order.source.path, script, made.timeline)
    losses, substitutes = (
        tuple((script.utterances[index].written, why) for index, why in told)
        for told in (recording.losses, recording.substitutes)
    )
    info, diagnostics = understood.book.info, (*understood.book.diagnostics, *chosen.diagnostics)
    built = Built(
        info.title, diagnostics, made, engine.name, chosen.narrator.name, losses, substitutes
    )
    built = replace(built, wordless=made.timeline.wordless())
    return built, _beside(understood)


def _with_cover_that_fits(understood: Understood) -> Understood:
    """Return the same, but without a cover that can't be embedded: a doubt then says so."""
    book = understood.book
    problem = cover_problem(book.info.cover) if book.info.cover else ""
    if not problem:
        return understood
    diagnostic = Diagnostic(0, f"the cover is left out: {problem}")
    info = replace(book.info, cover=None)
    return replace(
        understood, book=replace(book, info=info, diagnostics=(*book.diagnostics, diagnostic))
    )


def _beside(understood: Understood) -> list[Path]:
    """Return the other files that the result depends on."""
    cover = understood.sidecar.cover
    return [understood.source.path.parent / cover] if cover else []


def asked_for(
    chosen: Casting, script: Script, store: Store, encoding: EncodingOptions, keys: list[str]
) -> set[str]:
    """Return which of the clips' ``keys`` a build needs: not those of pieces that are made."""
    recording = Recording(script, tuple(keys))
    return needed(recording, chosen.names(recording), store, encoding)


def _perform(
    order: Order,
    chosen: Casting,
    script: Script,
    files: Staging,
    pool: WorkerPool,
    progress: Callable[[str, int, int], None],
    *,
    verify: bool = False,
) -> tuple[Recording, Master]:
    comment = f"Lu par une voix de synthèse : {chosen.engine.name}, {chosen.narrator.name}."
    encoding = replace(order.encoding, comment=comment, levels=chosen.levels(script))
    recording = record(
        script,
        chosen.cast(script),
        order.store,
        pool,
        wanted=set if verify else partial(asked_for, chosen, script, order.store, encoding),
        verify=verify,
        progress=partial(progress, "Speaking"),
    )
    if recording.losses and not order.force and holds_whole_book(files.folder):
        raise _kept(recording, files.folder)
    made = master(
        recording,
        chosen.names(recording),
        order.store,
        files,
        pool,
        encoding=encoding,
        progress=progress,
    )
    return recording, made


def _kept(recording: Recording, folder: Path) -> EngineError:
    """Return what tells that a whole book is not replaced by one that lacks sentences."""
    losses, script = recording.losses, recording.script
    first, why = losses[0]
    said = script.utterances[first].written
    return EngineError(
        f"{len(losses)} of {len(script.utterances)} sentences can't be said, the first « {said} » "
        f"({why.rstrip('.')}): {folder} keeps the whole book that was built before.",
        advice="Build again when they can; to replace it by one that lacks them: --force",
    )
