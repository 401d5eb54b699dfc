"""From a script to the audiobook: casting, recording, mastering."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from hautevoix import engines
from hautevoix.errors import DiskError, EngineError, StoreError
from hautevoix.mastering import Master, Pressing, master
from hautevoix.pipeline.texts import Source, narrate, slug, understand
from hautevoix.recording import Cast, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.model import Book, Recording, Script, Sidecar, Voice
    from hautevoix.store import Store

AUTO = "auto"
_OFFLINE_BEST_FIRST = ("espeak",)
LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: ``output`` is the folder in which each book gets a folder of its own."""

    source: Source
    output: Path
    store: Store
    engine: str = AUTO
    voice: str | None = None
    pressing: Pressing = field(default_factory=Pressing)
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, from what, and what is missing in it: (written text, reason)."""

    book: Book
    master: Master
    engine: str
    voice: Voice
    losses: tuple[tuple[str, str], ...]


def build(order: Order, progress: Callable[[str, int, int], None]) -> Built:
    """Build one audiobook. Every failure is a HautevoixError; what was spoken stays stored."""
    folder = _writable(order.output / slug(order.source.path))
    engine = ready_engine(order.engine)
    understood = understand(order.source)
    voice = engines.find_voice(engine, order.voice or _cast_as("narrator", understood.sidecar))
    script = narrate(understood, partial(progress, "Reading"))
    voices = cast(script, engine, voice, understood.sidecar)
    work = partial(_perform, order, engine.name, voices, script, folder, progress)
    try:
        recording, made = work()
    except StoreError:  # a clip has gone or rotted: look at each, and speak those anew
        recording, made = work(verify=True)
    order.store.prune(time.time())
    losses = tuple((script.utterances[index].written, why) for index, why in recording.losses)
    return Built(understood.book, made, engine.name, voice, losses)


def _perform(
    order: Order,
    engine: str,
    voices: tuple[Voice, ...],
    script: Script,
    folder: Path,
    progress: Callable[[str, int, int], None],
    *,
    verify: bool = False,
) -> tuple[Recording, Master]:
    recording = record(
        script,
        Cast(partial(engines.load, engine), voices),
        order.store,
        jobs=order.jobs,
        verify=verify,
        progress=partial(progress, "Speaking"),
    )
    names = tuple(repr(voice) for voice in voices)
    comment = f"Lu par une voix de synthèse : {engine}, {voices[0].name}."
    made = master(
        recording,
        names,
        order.store,
        folder,
        pressing=replace(order.pressing, comment=comment),
        jobs=order.jobs,
        progress=partial(progress, "Mastering"),
    )
    return recording, made


def ready_engine(name: str = AUTO) -> Engine:
    """Return the engine called ``name``; for ``auto`` the best that is ready and offline.

    Raises EngineError if it is unknown or not ready, saying what it lacks.
    """
    candidates = _OFFLINE_BEST_FIRST if name == AUTO else (name,)
    missing = ""
    for candidate in candidates:
        engine = engines.load(candidate)
        readiness = engine.check()
        if readiness.ready:
            return engine
        missing = readiness.missing
    raise EngineError(
        f"The engine « {name} » is not ready: {missing}", advice="See: hautevoix voices"
    )


def cast(script: Script, engine: Engine, narrator: Voice, sidecar: Sidecar) -> tuple[Voice, ...]:
    """Return each utterance's voice: its role's from the sidecar, else the narrator's."""
    roles = {utterance.role for utterance in script.utterances}
    named = {role: _cast_as(role, sidecar) for role in roles}
    voices = {
        role: engines.find_voice(engine, name) if name else narrator for role, name in named.items()
    }
    return tuple(voices[utterance.role] for utterance in script.utterances)


def _cast_as(role: str, sidecar: Sidecar) -> str | None:
    return dict(sidecar.voices).get(role)


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
