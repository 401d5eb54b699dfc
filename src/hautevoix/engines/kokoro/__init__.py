"""Kokoro: a natural voice that runs on this machine, as the extra ``hautevoix[kokoro]``.

The model (82 million weights, Apache-2.0) is run by ONNX Runtime; eSpeak NG's library, which is
there, tells it the sounds. It draws no random numbers: the same words give the same bytes. It
speaks in a process apart, which loads it once: a crash or a hang is that one's, and Ctrl-C comes
through while it is at work. Where a system can't fork it speaks in ours.
"""

from __future__ import annotations

import atexit
import functools
import importlib.metadata
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.engines import onnxmodels
from hautevoix.engines.isolation import CAN_FORK, ForkedWorker
from hautevoix.engines.kokoro import catalogue, synthesis
from hautevoix.engines.kokoro.synthesis import RATE, Order
from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.model import Clip, Readiness, Voice
from hautevoix.runtime.installation import getting

if TYPE_CHECKING:
    from hautevoix.model import Words

SPEED = 1.0
LIMIT = 250
"""Characters at a time: a longer sentence loses words, one of over 510 phonemes its end."""
DEADLINE = 300.0  # seconds; the longest clip takes some seven on a core of its own
_GET_VOICE = f"hautevoix voices install {catalogue.RECOMMENDED}"
_SPEAKABLE = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Kokoro:
    """The engine for Kokoro's voices and their blends, on the processor unless told otherwise."""

    provider: str = onnxmodels.CPU

    name = catalogue.ENGINE
    online = False
    notice = ""
    speakers = None
    paced = True
    respelled = True
    limit = LIMIT

    @property
    def version(self) -> str:
        """The versions of what makes the sound, and our settings; voices have their own."""
        runtime, espeak = map(importlib.metadata.version, ("onnxruntime", "espeakng-loader"))
        return f"1/{runtime}/{espeak}/{SPEED}/{self.provider}"

    def on(self, provider: str) -> Kokoro:
        """Return the engine that runs on ``provider``, one of onnxmodels.PROVIDERS."""
        return Kokoro(provider)

    def check(self) -> Readiness:
        """Tell whether the extra and a voice are installed, and whether the provider is there."""
        if not onnxmodels.is_there():
            return _lacking(
                tr("not installed"),
                tr("{getting}, then {get_voice}", getting=getting("kokoro"), get_voice=_GET_VOICE),
                extra="kokoro",
            )
        if not catalogue.installed():
            return _lacking(tr("no voice yet"), _GET_VOICE)
        missing = "" if self.provider == onnxmodels.CPU else onnxmodels.missing(self.provider)
        return Readiness(ready=not missing, missing=missing)

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices installed, the French one first. Raises EngineError if none is."""
        voices = catalogue.installed()
        if not voices:
            raise EngineError(
                tr("Kokoro has no voice yet."),
                advice=tr("Get one: {get_voice}", get_voice=_GET_VOICE),
            )
        return voices

    def composed(self, name: str) -> Voice | None:
        """Return the blend that ``name`` describes; None if it describes none."""
        return catalogue.blend(name)

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Speak with a voice or a blend. Raises EngineError if that fails."""
        if not _SPEAKABLE.search(words.text):
            return Clip(b"", RATE)
        speed = SPEED * voice.rate
        model, styles = str(catalogue.model().path), catalogue.styles(voice.name)
        order = Order(words, model, styles, voice.build, speed, self.provider)
        if not CAN_FORK:
            return synthesis.clip(order)
        what = tr("Kokoro on « {text} »", text=words.text[:60])
        return Clip.from_bytes(_worker().ask(order.to_bytes(), what, deadline=DEADLINE))


@functools.cache
def _worker() -> ForkedWorker:
    worker = ForkedWorker(synthesis.answer)
    atexit.register(worker.close)
    return worker


def engine() -> Kokoro:
    """Return the engine, for the entry point."""
    return Kokoro()


def _lacking(what: str, remedy: str, extra: str = "") -> Readiness:
    return Readiness(
        ready=False,
        missing=tr("{what}: {remedy}", what=what, remedy=remedy),
        remedy=remedy,
        extra=extra,
    )
