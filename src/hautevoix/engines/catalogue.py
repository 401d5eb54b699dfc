"""The Piper voices that can be had, and those that are installed here."""

from __future__ import annotations

import difflib
import functools
import hashlib
import json
import os
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import platformdirs

from hautevoix.errors import EngineError
from hautevoix.model import Voice

BASE_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0"
RECOMMENDED = "fr_FR-siwis-medium"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a voice: its size in bytes and its sums, as far as they are known."""

    size: int | None = None
    sha256: str = ""
    md5: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A voice of the catalogue; ``path`` is its folder under a base address.

    ``speakers`` holds the (name, sex) of each where a model has several.
    """

    name: str
    path: str
    description: str
    quality: str
    licence: str
    model: Asset
    config: Asset
    sex: str = ""
    speakers: tuple[tuple[str, str], ...] = ()


@functools.cache
def entries() -> tuple[Entry, ...]:
    """Return the catalogue, the recommended voice first."""
    text = resources.files("hautevoix.engines").joinpath("piper_voices.toml").read_text("utf-8")
    return tuple(_entry(name, table) for name, table in tomllib.loads(text).items())


def _entry(name: str, table: dict[str, Any]) -> Entry:
    files = {key: Asset(**table[key]) for key in ("model", "config")}
    speakers = tuple(table.get("speakers", {}).items())
    return Entry(name=name, **{**table, **files, "speakers": speakers})


def find(name: str) -> Entry:
    """Return the catalogue's voice called ``name``. Raises EngineError, naming the nearest."""
    known = {entry.name: entry for entry in entries()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known voices: {', '.join(known)}."
        raise EngineError(f"There is no voice called « {name} » to install.", advice=hint)
    return known[name]


def folder() -> Path:
    """Return where voices are installed: HAUTEVOIX_VOICES, else this user's data folder."""
    chosen = os.environ.get("HAUTEVOIX_VOICES")
    return Path(chosen) if chosen else platformdirs.user_data_path("hautevoix") / "voices"


def model_file(name: str) -> Path:
    """Return where the model of the voice called ``name`` lies or would lie."""
    return folder() / f"{name}.onnx"


def config_file(model: Path) -> Path:
    """Return where a model's configuration lies: beside it, as Piper has it."""
    return model.with_name(model.name + ".json")


def note_file(model: Path) -> Path:
    """Return where a model's SHA-256 and size are noted when it is installed."""
    return model.with_suffix(".sha256")


def installed() -> tuple[Voice, ...]:
    """Return the French voices of the models installed, the catalogue's first, in its order."""
    order = {entry.name: index for index, entry in enumerate(entries())}
    names = [path.stem for path in folder().glob("*.onnx") if config_file(path).is_file()]
    names.sort(key=lambda name: (order.get(name, len(order)), name))
    return tuple(voice for name in names for voice in _voices(name))


def _voices(name: str) -> tuple[Voice, ...]:
    """Return a model's voices: its own, and one for each speaker where it has several."""
    path = model_file(name)
    config = read_config(config_file(path))
    if config is None or not is_french(config):
        return ()
    known = next((entry for entry in entries() if entry.name == name), None)
    about = (
        (known.description, known.quality, known.licence)
        if known
        else ("installed by hand", "", "")
    )
    build = fingerprint(path)
    sexes = dict(known.speakers) if known else {}
    sex = known.sex if known else ""

    def voice(called: str, of_sex: str, description: str) -> Voice:
        return Voice(called, description, "fr", of_sex, *about[1:], build=build)

    speakers = list(config.get("speaker_id_map") or {}) if config["num_speakers"] > 1 else []
    own = [voice(name, sex or next(iter(sexes.values()), ""), about[0])]
    return tuple(own) + tuple(
        voice(f"{name}+{speaker}", sexes.get(speaker, ""), f"speaker {speaker}")
        for speaker in speakers
    )


def read_config(path: Path) -> dict[str, Any] | None:
    """Return a voice's configuration, None where it is none."""
    try:
        config = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(config, dict):
        return None
    wanted = {"audio": dict, "espeak": dict, "phoneme_id_map": dict, "num_speakers": int}
    fits = all(isinstance(config.get(key), kind) for key, kind in wanted.items())
    return config if fits and isinstance(config["audio"].get("sample_rate"), int) else None


def is_french(config: dict[str, Any]) -> bool:
    """Tell whether a configuration is a French voice's."""
    language = config.get("language")
    code = language.get("code", "") if isinstance(language, dict) else ""
    return str(code or config["espeak"].get("voice", "")).startswith("fr")


def fingerprint(model: Path) -> str:
    """Return the beginning of the SHA-256 of a model, as noted when it was installed."""
    try:
        noted, size = note_file(model).read_text("ascii").split()
        if int(size) == model.stat().st_size:
            return noted[:16]
    except (OSError, ValueError):
        pass  # put there by hand
    return sha256_of(model)[:16]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
