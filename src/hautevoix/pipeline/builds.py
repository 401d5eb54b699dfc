"""From a script to the audiobook: casting, recording, mastering."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from hautevoix import engines
from hautevoix.errors import DiskError, EngineError, StoreError
from hautevoix.mastering import Master, Pressing, master
from hautevoix.pipeline.memory import code_stamp
from hautevoix.pipeline.results import Built, recalled, remember
from hautevoix.pipeline.texts import Source, narrate, slug, understand
from hautevoix.recording import Cast, record
from hautevoix.store import key_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.model import Recording, Script, Sidecar, Voice
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
    _writable(folder)
    understood = understand(order.source)
    voice = engines.find_voice(engine, order.voice or _cast_as("narrator", understood.sidecar))
    script = narrate(understood, partial(progress, "Reading"), order.store)
    voices = cast(script, engine, voice, understood.sidecar)
    work = partial(_perform, order, engine.name, voices, script, folder, progress)
    try:
        recording, made = work()
    except StoreError:  # a clip has gone or rotted: look at each, and speak those anew
        recording, made = work(verify=True)
    order.store.prune(time.time())
    losses = tuple((script.utterances[index].written, why) for index, why in recording.losses)
    doubts = understood.book.doubts
    built = Built(understood.book.info.title, doubts, made, engine.name, voice.name, losses)
    if not losses:
        remember(order.store, seal, built)
    return built


def _seal(order: Order, engine: Engine, folder: Path) -> str:
    """Return the key of everything that the result depends on."""
    beside = order.source.path.with_suffix(".toml")
    files = [_bytes(path) for path in (order.source.path, beside)]
    wishes = (order.source, order.voice, order.pressing, folder.absolute())
    return key_of("built", code_stamp(), engine.name, engine.version, *wishes, *files)


def _bytes(path: Path) -> bytes:
    """Return a file's bytes, none where it can't be read: reading it will say why."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


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
