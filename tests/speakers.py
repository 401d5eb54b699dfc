"""Engines that fail as told, in worker processes: functions and classes that they can import."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fakes import HUM, Hummer, hum, script
from hautevoix.errors import EngineError, NetworkError
from hautevoix.model import Clip
from hautevoix.recording import Cast, record
from hautevoix.storage.store import Store
from hautevoix.workers import pool as workers
from hautevoix.workers.pool import WorkerPool

if TYPE_CHECKING:
    from hautevoix.model import Voice, Words


class Plain(Hummer):
    """A hummer that takes a file's name, as the others do."""

    name = "plain"

    def __init__(self, diary: str) -> None:
        self._diary = diary

    def note(self, text: str) -> int:
        """Note what was asked; return how often it was asked before."""
        if not self._diary:
            return 0
        before = Path(self._diary).read_text("utf-8") if Path(self._diary).exists() else ""
        with Path(self._diary).open("a", encoding="utf-8") as diary:
            diary.write(text + "\n")
        return before.splitlines().count(text)


class Diary(Plain):
    """Notes what it is asked; where « Ici, <fault> » stands, it fails in that way."""

    name = "diary"

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum, or fail as the words say."""
        before = self.note(words.text)
        good = super().speak(words, voice)
        fault = words.text.removeprefix("Ici, ").partition(" ")[0]
        return _FAULTS.get(fault, lambda clip, _: clip)(good, before)


class NewDiary(Diary):
    """The same engine, a version later."""

    version = "2"


class Cured(Diary):
    """The same engine when the network is back."""

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum."""
        self.note(words.text)
        return Hummer.speak(self, words, voice)


class Slow(Diary):
    """Takes its time for each clip: until there is a file beside the diary, « diary.go »."""

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Hum, in the end."""
        self.note(words.text)
        while not Path(f"{self._diary}.go").exists():
            time.sleep(0.01)
        return Hummer.speak(self, words, voice)


def _refuse(_clip: Clip, _before: int) -> Clip:
    raise EngineError("It won't say « Ici ».")


def _offline(_clip: Clip, _before: int) -> Clip:
    raise NetworkError("No network.")


def _crash(_clip: Clip, _before: int) -> Clip:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _stumble(clip: Clip, before: int) -> Clip:
    return clip if before else Clip(b"", clip.rate)


_FAULTS = {
    "refuse": _refuse,
    "offline": _offline,
    "crash": _crash,
    "stumble": _stumble,
    "mute": lambda clip, _: Clip(b"", clip.rate),
    "hush": lambda clip, _: Clip(bytes(len(clip.pcm)), clip.rate),
    "blare": lambda clip, _: Clip(b"\xff\x7f" * clip.frames, clip.rate),
    "gabble": lambda _clip, _: hum(300),
    "drawl": lambda _clip, _: hum(40_000),
}


if __name__ == "__main__":  # a recording to be interrupted
    folder, diary = sys.argv[1:]
    lines = [(f"Une phrase, puis une autre, la {n}.", 0) for n in ("une", "deux", "trois")]
    workers.GRACE = 3600.0  # who waits for it in vain is seen to
    with WorkerPool(1, stopping=partial(print, "stopping", flush=True)) as pool:
        record(script([lines]), Cast(partial(Slow, diary), [HUM] * 3), Store(Path(folder)), pool)
