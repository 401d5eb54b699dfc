"""Script → Recording: every utterance spoken, on all cores, each clip kept in the store."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError
from hautevoix.model import Recording, Voice, Words
from hautevoix.store import Store, key_of
from hautevoix.workers import Crew

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hautevoix.engines import Engine
    from hautevoix.model import Clip, Script

Request = tuple[str, Words, Voice]
"""What a worker is asked: the clip's key, the words, the voice."""

_SPEAKABLE = re.compile(r"[^\W_]")
_SHAPE = "clip-1"


def record(
    script: Script,
    load: Callable[[], Engine],
    voices: Sequence[Voice],
    store: Store,
    *,
    jobs: int,
    verify: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Recording:
    """Speak what the store does not hold yet; return every utterance's clip.

    ``load`` makes the engine, here and in each worker; ``voices`` align with the utterances;
    ``verify`` reads every stored clip to find the damaged ones; ``progress`` is told (done,
    total) in clips. A sentence that the engine can't say is a loss,
    told in the recording; when it can say none, its EngineError is raised. NetworkError and
    DiskError end the work at once; clips made before stay in the store.
    """
    engine = load()
    keys = [
        key_of(_SHAPE, engine.name, engine.version, voice, utterance.words)
        for utterance, voice in zip(script.utterances, voices, strict=True)
    ]
    wanted = {
        key: (key, utterance.words, voice)
        for key, utterance, voice in zip(keys, script.utterances, voices, strict=True)
    }
    held = store.holds_whole if verify else store.has
    missing = [request for key, request in wanted.items() if not held(key)]
    lost = _speak(missing, len(wanted), load, store, min(jobs, engine.speakers or jobs), progress)
    if lost and len(lost) == len(wanted):
        raise next(iter(lost.values()))
    store.touch(set(keys) - {request[0] for request in missing})
    return Recording(
        script,
        tuple(None if key in lost else key for key in keys),
        tuple((index, str(lost[key])) for index, key in enumerate(keys) if key in lost),
    )


def _speak(
    missing: list[Request],
    total: int,
    load: Callable[[], Engine],
    store: Store,
    jobs: int,
    progress: Callable[[int, int], None],
) -> dict[str, EngineError]:
    """Have a crew speak what is missing; return what could not be said, by key."""
    lost: dict[str, EngineError] = {}
    done = total - len(missing)
    progress(done, total)
    crew: Crew[Request, None] = Crew(_speaker, (load, store), size=jobs)
    with crew:
        for outcome in crew.run(missing):
            if isinstance(outcome.error, EngineError):
                lost[missing[outcome.index][0]] = outcome.error
            elif outcome.error:
                raise outcome.error
            done += 1
            progress(done, total)
    return lost


def _speaker(load: Callable[[], Engine], store: Store) -> Callable[[Request], None]:
    """Return what a worker does with a request."""
    return partial(_speak_into, store, load())


def _speak_into(store: Store, engine: Engine, request: Request) -> None:
    key, words, voice = request
    store.put(key, checked(engine.speak(words, voice), words).to_bytes())


def checked(clip: Clip, words: Words) -> Clip:
    """Return the clip if it can be what ``words`` sound like. Raises EngineError if not."""
    if not clip.frames and _SPEAKABLE.search(words.text):
        raise EngineError(f"The engine gave no sound for « {words.text[:60]} ».")
    return clip
