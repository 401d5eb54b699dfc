"""A small voice in the shape of Piper's, for real inference: it hums its phonemes, with some noise.

ONNX is protocol buffers; the few messages that a graph needs are written here by hand
(field numbers from onnx.proto).
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FLOAT, INT64 = 1, 7
RATE = 22050
HOP = 256  # samples; what a length counts
LAST_SILENT = 13  # the identifier of « ? », after which come sounds


def voice(
    folder: Path, name: str, *, speakers: dict[str, int] | None = None, timed: bool = False
) -> Path:
    """Write a voice, model and configuration, into ``folder``; return the model's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    path.write_bytes(model(several=bool(speakers), timed=timed))
    path.with_name(path.name + ".json").write_text(json.dumps(config(speakers or {})), "utf-8")
    return path


def config(speakers: dict[str, int]) -> dict[str, object]:
    """Return the configuration of a French voice."""
    signs = "_^$ !'(),-.:;?abcdefhijklmnopstuvwyzæçøœɑɔəɛɡɥɲŋʁʃʒˈˌː̃"
    return {
        "audio": {"sample_rate": RATE, "quality": "medium"},
        "espeak": {"voice": "fr"},
        "language": {"code": "fr_FR"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {sign: [number] for number, sign in enumerate(signs)},
        "num_symbols": 256,
        "num_speakers": max(1, len(speakers)),
        "speaker_id_map": speakers,
    }


def model(*, several: bool = False, timed: bool = False) -> bytes:
    """Return the graph: each phoneme a stretch of sine at its own pitch, and noise over all.

    ``timed``: as in VITS a Ceil gives how many hops each sign lasts, and signs that are no sound
    (pads, spaces, stops) are silent. Inputs and output are VITS's: ``input`` [1, phonemes],
    ``input_lengths``, ``scales`` (noise, length, noise of lengths), ``sid`` where it has several
    speakers; ``output`` [1, 1, 1, samples].
    """
    higher = [
        node("Cast", ["sid"], "speaker", to=FLOAT),
        node("Mul", ["speaker", "base"], "higher"),
        node("Add", ["plain", "higher"], "pitch"),
    ]
    fixed = [
        node("Gather", ["scales", "one"], "length", axis=0),
        node("Mul", ["length", "hop"], "stretch_float"),
        node("Identity", ["mixed"], "heard"),
    ]
    reckoned = [
        node("Gather", ["scales", "one"], "length", axis=0),
        node("Mul", ["ids", "nothing"], "blank"),
        node("Add", ["blank", "length"], "lengths"),
        node("Mul", ["lengths", "hops"], "exact"),
        node("Ceil", ["exact"], "w_ceil"),
        node("Gather", ["w_ceil", "none"], "first", axis=1),
        node("Reshape", ["first", "flat"], "count"),
        node("Mul", ["count", "hop_length"], "stretch_float"),
        node("Greater", ["ids", "last_silent"], "voiced"),
        node("Cast", ["voiced"], "gate", to=FLOAT),
        node("Unsqueeze", ["gate", "last"], "gate_column"),
        node("Expand", ["gate_column", "shape"], "gate_grid"),
        node("Reshape", ["gate_grid", "flat"], "gates"),
        node("Mul", ["mixed", "gates"], "heard"),
    ]
    nodes = [
        node("Cast", ["input"], "ids", to=FLOAT),
        node("Mul", ["ids", "step"], "spread"),
        node("Add", ["spread", "base"], "plain"),
        *(higher if several else [node("Identity", ["plain"], "pitch")]),
        *(reckoned[:8] if timed else fixed[:2]),
        node("Cast", ["stretch_float"], "stretch", to=INT64),
        node("Concat", ["ones", "stretch"], "shape", axis=0),
        node("Unsqueeze", ["pitch", "last"], "column"),
        node("Expand", ["column", "shape"], "grid"),
        node("Reshape", ["grid", "flat"], "steps"),
        node("CumSum", ["steps", "zero"], "phase"),
        node("Sin", ["phase"], "wave"),
        node("RandomNormalLike", ["wave"], "noise"),
        node("Gather", ["scales", "none"], "noise_scale", axis=0),
        node("Mul", ["noise", "noise_scale"], "noise_scaled"),
        node("Mul", ["noise_scaled", "little"], "breath"),
        node("Mul", ["wave", "loudness"], "tone"),
        node("Add", ["tone", "breath"], "mixed"),
        *(reckoned[8:] if timed else fixed[2:]),
        node("Reshape", ["heard", "end"], "output"),
    ]
    timing = [
        floats("nothing", [], 0.0),
        floats("hops", [], 2.7),
        floats("hop_length", [], float(HOP)),
        floats("last_silent", [], LAST_SILENT + 0.5),
    ]
    constants = [
        *(timing if timed else [floats("hop", [], 700.0)]),
        floats("step", [], 0.002),
        floats("base", [], 0.05),
        floats("little", [], 0.05),
        floats("loudness", [], 0.3),
        integers("one", [1], 1),
        integers("none", [1], 0),
        integers("zero", [], 0),
        integers("last", [1], 2),
        integers("ones", [2], 1, 1),
        integers("flat", [1], -1),
        integers("end", [4], 1, 1, 1, -1),
    ]
    inputs = [value("input", INT64, 2), value("input_lengths", INT64, 1), value("scales", FLOAT, 1)]
    if several:
        inputs.append(value("sid", INT64, 1))
    graph = b"".join(
        [
            *(field(1, item) for item in nodes),
            field(2, b"voice"),
            *(field(5, item) for item in constants),
            *(field(11, item) for item in inputs),
            field(12, value("output", FLOAT, 4)),
        ]
    )
    return number(1, 8) + field(7, graph) + field(8, field(1, b"") + number(2, 15))


def node(kind: str, inputs: list[str], output: str, **attributes: int) -> bytes:
    """Return a NodeProto with integer attributes."""
    return b"".join(
        [
            *(field(1, name.encode()) for name in inputs),
            field(2, output.encode()),
            field(4, kind.encode()),
            *(
                field(5, field(1, name.encode()) + number(3, whole) + number(20, 2))
                for name, whole in attributes.items()
            ),
        ]
    )


def floats(name: str, shape: list[int], *values: float) -> bytes:
    """Return a TensorProto of floats."""
    return tensor(name, shape, FLOAT, struct.pack(f"<{len(values)}f", *values))


def integers(name: str, shape: list[int], *values: int) -> bytes:
    """Return a TensorProto of 64-bit integers."""
    return tensor(name, shape, INT64, struct.pack(f"<{len(values)}q", *values))


def tensor(name: str, shape: list[int], kind: int, raw: bytes) -> bytes:
    """Return a TensorProto."""
    dims = b"".join(number(1, size) for size in shape)
    return dims + number(2, kind) + field(8, name.encode()) + field(9, raw)


def value(name: str, kind: int, rank: int) -> bytes:
    """Return a ValueInfoProto of unknown sizes."""
    shape = b"".join(field(1, field(2, b"n%d" % axis)) for axis in range(rank))
    return field(1, name.encode()) + field(2, field(1, number(1, kind) + field(2, shape)))


def field(tag: int, data: bytes) -> bytes:
    """Return a field of bytes."""
    return varint(tag << 3 | 2) + varint(len(data)) + data


def number(tag: int, whole: int) -> bytes:
    """Return a field of a whole number."""
    return varint(tag << 3) + varint(whole)


def varint(whole: int) -> bytes:
    """Return a whole number in base 128."""
    out = bytearray()
    while whole > 127:
        out.append(whole & 127 | 128)
        whole >>= 7
    return bytes([*out, whole])
