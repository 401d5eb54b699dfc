"""The steps from an order to files in place, one after the other on one screen.

Each takes what those before it gave, and none looks back; what the next build shall know is kept
at the end, here and by ``builds``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError, StoreError
from hautevoix.localization import tr
from hautevoix.mastering import EncodingOptions, Master, cover_problem, master, needed
from hautevoix.model import Recording
from hautevoix.model.messages import tell
from hautevoix.pipeline import pace
from hautevoix.pipeline.casting import Casting, casting
from hautevoix.pipeline.diagnostics import COVER_LEFT_OUT
from hautevoix.pipeline.proofs import book_key, forget, listener_of, note_sentences, suspect_sounds
from hautevoix.pipeline.results import Built, holds_whole_book
from hautevoix.pipeline.retakes import retake
from hautevoix.pipeline.speakers import speakers_of
from hautevoix.pipeline.takes import retaken, wished
from hautevoix.pipeline.texts import narrate, refuse_foreign, understand
from hautevoix.publishing.built_book import keep
from hautevoix.publishing.edition import edition, voice_name
from hautevoix.recording import record
from hautevoix.storage.staging import staged
from hautevoix.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.model import Diagnostic, Script
    from hautevoix.pipeline.orders import Order
    from hautevoix.pipeline.texts import Understood
    from hautevoix.proofing.listener import Model
    from hautevoix.storage.staging import Staging
    from hautevoix.storage.store import Store
    from hautevoix.workers.runner import Runner

    Progress = Callable[[str, int, int], None]


def make(order: Order, engine: Engine, progress: Progress) -> Built:
    """Make the audiobook of ``order`` by ``engine``. Raises as ``build`` does."""
    told: list[Diagnostic] = []
    with (
        WorkerPool(order.processes, partial(progress, "Stopping", 0, 0)) as pool,
        speakers_of(order, pool, told.append) as speakers,
    ):
        pool.wake()  # it takes as long as reading does
        understood, speaking = prepare(order, engine, pool, speakers, progress)
        chosen, script = speaking.chosen, speaking.script
        with staged(order.folder) as files:  # they take their places together
            heard = speak(speaking, files)
            pool.part()
            keep_for_a_page(files, understood, chosen, heard)
        forget(order.folder)
        note_sentences(order.store, heard.recording, chosen, heard.master)
        pace.remember(order.store, chosen, order.source.path, script, heard.master.timeline)
    return described(understood, chosen, replace(heard, diagnostics=(*told, *heard.diagnostics)))


def prepare(
    order: Order, engine: Engine, pool: WorkerPool, speakers: Runner, progress: Progress
) -> tuple[Understood, Speaking]:
    """Order → text understood, and what it takes to have it heard."""
    understood = read(order)
    chosen = cast(order, engine, understood)
    understood = credited(understood, chosen)
    reading, memory = partial(progress, "Reading"), (order.store, pool)
    how = {"spelled": chosen.respelled, "parted": chosen.parted}
    script = narrate(understood, reading, memory, **how)
    return understood, Speaking(order, chosen, script, pool, speakers, progress)


@dataclass(frozen=True, slots=True)
class Speaking:
    """What it takes to have a script heard: by whom, and which processes work.

    ``speakers`` are those that speak: the ``pool``'s, or a cluster's.
    """

    order: Order
    chosen: Casting
    script: Script
    pool: WorkerPool
    speakers: Runner
    progress: Progress

    @property
    def encoding(self) -> EncodingOptions:
        """How it is encoded: as ordered, each role at its level, with a word on who speaks."""
        comment = (
            f"Lu par une voix de synthèse : {self.chosen.engine.name}, {self.chosen.narrator.name}."
        )
        levels = self.chosen.levels(self.script)
        return replace(self.order.encoding, comment=comment, levels=levels)


@dataclass(frozen=True, slots=True)
class Heard:
    """A script spoken, and the files of it.

    ``suspect`` and ``retakes`` as in Built; ``diagnostics`` tell of takes wished for in vain,
    and of who speaks.
    """

    recording: Recording
    master: Master
    suspect: tuple[tuple[str, str], ...]
    retakes: tuple[tuple[str, str, str], ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read(order: Order) -> Understood:
    """Order → text understood, with a cover that can be embedded or none, and that it is told."""
    understood = understand(order.source)
    refuse_foreign(understood)
    book = understood.book
    problem = cover_problem(book.info.cover) if book.info.cover else ""
    if not problem:
        return understood
    told = (*book.diagnostics, tell(COVER_LEFT_OUT, 0, problem=problem))
    info = replace(book.info, cover=None)
    return replace(understood, book=replace(book, info=info, diagnostics=told))


def cast(order: Order, engine: Engine, understood: Understood) -> Casting:
    """Text understood → who speaks it, as the user and its sidecar want."""
    settings = order.voice_settings()
    return casting(engine, understood.sidecar, settings, order.fallback, order.provider)


def credited(understood: Understood, chosen: Casting) -> Understood:
    """Text understood, who speaks it → text that names its narrator: the voice, unless told."""
    book = understood.book
    if book.info.details.narrator:
        return understood
    narrator = voice_name(chosen.engine.name, chosen.narrator.name)
    details = replace(book.info.details, narrator=narrator)
    return replace(understood, book=replace(book, info=replace(book.info, details=details)))


def speak(speaking: Speaking, files: Staging) -> Heard:
    """Script → sound in files; where a clip has gone or rotted, each is looked at once more."""
    try:
        return _heard(speaking, files)
    except StoreError:
        return _heard(speaking, files, verify=True)


def recorded(speaking: Speaking, *, verify: bool = False) -> Recording:
    """Script → the clips that a build of it needs, in the store; ``verify`` as in ``record``."""
    order, chosen, script = speaking.order, speaking.chosen, speaking.script
    asked = partial(asked_for, chosen, script, order.store, speaking.encoding)
    return record(
        script,
        chosen.cast(script),
        order.store,
        speaking.speakers,
        wanted=set if verify or order.listener or wished(script) else asked,
        verify=verify,
        progress=partial(speaking.progress, "Speaking"),
    )


def _heard(speaking: Speaking, files: Staging, *, verify: bool = False) -> Heard:
    order, chosen = speaking.order, speaking.chosen
    listener = listener_of(order)
    recording = recorded(speaking, verify=verify)
    if recording.losses and not order.force and holds_whole_book(order.folder):
        raise _whole_book_kept(recording, order.folder)
    recording, vain = retaken(recording, chosen.cast(speaking.script), order.store, speaking.pool)
    recording, retakes = _heard_by(listener, recording, speaking)
    made = master(
        recording,
        chosen.names(recording),
        order.store,
        files,
        speaking.pool,
        encoding=speaking.encoding,
        progress=speaking.progress,
    )
    suspect = suspect_sounds(recording, chosen, order.folder, order.store, speaking.pool)
    return Heard(recording, made, suspect, retakes, vain)


def _heard_by(
    listener: Model | None, recording: Recording, speaking: Speaking
) -> tuple[Recording, tuple[tuple[str, str, str], ...]]:
    """Return the recording with the best takes of what a listener suspects, and what it did."""
    if not listener:
        return recording, ()
    order, voices = speaking.order, speaking.chosen.cast(speaking.script)
    book = book_key(order.folder)
    how = listener, book, order.store, speaking.pool, speaking.progress
    better, retakes = retake(recording, voices, *how)
    utterances = speaking.script.utterances
    return better, tuple((utterances[one.index].written, *one.told) for one in retakes)


def asked_for(
    chosen: Casting, script: Script, store: Store, encoding: EncodingOptions, keys: list[str]
) -> set[str]:
    """Return which of the clips' ``keys`` a build needs: not those of pieces that are made."""
    recording = Recording(script, tuple(keys))
    return needed(recording, chosen.names(recording), store, encoding)


def _whole_book_kept(recording: Recording, folder: Path) -> EngineError:
    """Return what tells that a whole book is not replaced by one that lacks sentences."""
    losses, script = recording.losses, recording.script
    first, why = losses[0]
    said = script.utterances[first].written
    return EngineError(
        tr(
            "{losses} of {utterances} sentences can't be said, the first « {said} » "
            "({rstrip}): {folder} keeps the whole book that was built before.",
            losses=len(losses),
            utterances=len(script.utterances),
            said=said,
            rstrip=why.rstrip("."),
            folder=folder,
        ),
        advice=tr("Build again when they can; to replace it by one that lacks them: --force"),
    )


def keep_for_a_page(files: Staging, understood: Understood, chosen: Casting, heard: Heard) -> None:
    """Sound in files → what a page needs of the book, beside its MP3."""
    made = heard.master
    if made.mp3:
        who = chosen.engine.name, chosen.narrator.name
        bound = edition(understood.book, heard.recording.script, made.timeline, *who)
        keep(files, made.mp3, bound, understood.book.info.cover)


def described(understood: Understood, chosen: Casting, heard: Heard) -> Built:
    """Return what was built, with what is missing and what is doubted."""
    recording, made = heard.recording, heard.master
    utterances = recording.script.utterances
    losses, substitutes = (
        tuple((utterances[index].written, why) for index, why in told)
        for told in (recording.losses, recording.substitutes)
    )
    return Built(
        understood.book.info.title,
        (*understood.book.diagnostics, *chosen.diagnostics, *heard.diagnostics),
        made,
        chosen.engine.name,
        chosen.narrator.name,
        losses,
        substitutes,
        wordless=made.timeline.wordless(),
        sources=_beside(understood),
        suspect=heard.suspect,
        retakes=heard.retakes,
    )


def _beside(understood: Understood) -> tuple[Path, ...]:
    """Return the other files that the result depends on."""
    cover = understood.sidecar.cover
    return (understood.source.path.parent / cover,) if cover else ()
