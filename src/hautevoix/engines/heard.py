"""How each voice was heard by a listener that is a program, as ``script/bench listen`` found."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Heard:
    """The figures of a voice, all by docs/voices.md's measure.

    ``wrong`` is the share of words heard wrong, ``naturalness`` PLCMOS's (1 to 5), and
    ``times_real_time`` how many seconds of speech a second of one core gives.
    """

    wrong: float
    naturalness: float
    times_real_time: float


@functools.cache
def _table() -> dict[str, Heard]:
    text = resources.files("hautevoix.engines").joinpath("heard.toml").read_text("utf-8")
    return {name: Heard(**figures) for name, figures in tomllib.loads(text).items()}


def heard(engine: str, voice: str) -> Heard | None:
    """Return the figures of an engine's voice; None where it was not measured."""
    return _table().get(f"{engine}/{voice}")
