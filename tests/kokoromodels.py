"""A small model in the shape of Kokoro's, and styles for it: it hums its phonemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hautevoix.engines.kokoro import catalogue
from models import FLOAT, INT64, field, floats, integers, node, number, value

if TYPE_CHECKING:
    from pathlib import Path

FRAMES = 3  # that each sign lasts at speed 1, 600 samples each


def install(folder: Path, *names: str) -> None:
    """Put the model and the voices of these names (ff_siwis for none) where they are looked for."""
    place = folder / "kokoro"
    place.mkdir(parents=True, exist_ok=True)
    (place / catalogue.model().file_name).write_bytes(model())
    for pitch, name in enumerate(names or ("ff_siwis",), 1):
        (place / f"{name}.bin").write_bytes(style(0.01 * pitch))


def style(pitch: float) -> bytes:
    """Return a style: the same for any number of tokens, higher by ``pitch``."""
    return np.full((510, 256), pitch, "<f4").tobytes()


def model() -> bytes:
    """Return the graph: each token a stretch of sine, its pitch by its number and the style.

    As in Kokoro, inputs are ``tokens`` [1, n], ``style`` [1, 256] and ``speed`` [1], a Clip tells
    how many frames each token lasts, and ``audio`` [samples] is the only output.
    """
    nodes = [
        node("Cast", ["tokens"], "ids", to=FLOAT),
        node("Mul", ["ids", "nothing"], "blank"),
        node("Div", ["frames", "speed"], "slowed"),
        node("Add", ["blank", "slowed"], "exact"),
        node("Round", ["exact"], "rounded"),
        node("Clip", ["rounded", "least"], "lengths"),
        node("Gather", ["style", "first"], "row", axis=1),
        node("Mul", ["ids", "step"], "spread"),
        node("Add", ["spread", "row"], "pitch"),
        node("Gather", ["lengths", "first"], "length", axis=1),
        node("Reshape", ["length", "flat"], "count"),
        node("Mul", ["count", "hop"], "stretch_float"),
        node("Cast", ["stretch_float"], "stretch", to=INT64),
        node("Concat", ["ones", "stretch"], "shape", axis=0),
        node("Unsqueeze", ["pitch", "last"], "column"),
        node("Expand", ["column", "shape"], "grid"),
        node("Reshape", ["grid", "flat"], "steps"),
        node("CumSum", ["steps", "zero"], "phase"),
        node("Sin", ["phase"], "wave"),
        node("Mul", ["wave", "loudness"], "audio"),
    ]
    constants = [
        floats("nothing", [], 0.0),
        floats("frames", [], float(FRAMES)),
        floats("least", [], 1.0),
        floats("hop", [], 600.0),
        floats("step", [], 0.002),
        floats("loudness", [], 0.3),
        integers("first", [1], 0),
        integers("zero", [], 0),
        integers("last", [1], 2),
        integers("ones", [2], 1, 1),
        integers("flat", [1], -1),
    ]
    inputs = [value("tokens", INT64, 2), value("style", FLOAT, 2), value("speed", FLOAT, 1)]
    graph = b"".join(
        [
            *(field(1, item) for item in nodes),
            field(2, b"kokoro"),
            *(field(5, item) for item in constants),
            *(field(11, item) for item in inputs),
            field(12, value("audio", FLOAT, 1)),
        ]
    )
    return number(1, 8) + field(7, graph) + field(8, field(1, b"") + number(2, 15))
