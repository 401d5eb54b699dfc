"""A fake of faster-whisper: it hears what ``heard.json`` in its model's folder says.

That maps how long a sound is, in hundredths of a second, to what is heard in it; the nearest
length counts. It notes in ``diary.txt`` each time that it listens.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np

_RATE = 16_000
_PADDED_QUICKLY, _PADDED = 3.0, 1.0  # seconds that our listener puts around what it hears


class WhisperModel:
    """The model, as far as our listener uses it."""

    def __init__(self, folder: str, **_how: object) -> None:
        """Take the folder."""
        self.folder = Path(folder)
        self.hf_tokenizer = self
        self.model = self

    def transcribe(self, samples: np.ndarray, **_how: object) -> tuple[list[SimpleNamespace], None]:
        """Hear in a window of thirty seconds."""
        text = self.recognized(len(samples) / _RATE - _PADDED)
        return [SimpleNamespace(text=f" {text}")], None

    def feature_extractor(self, samples: np.ndarray) -> np.ndarray:
        """Return frames of 10 ms, which hold how long it all is."""
        return np.full((80, len(samples) // 160), len(samples) / _RATE)

    def encode(self, features: np.ndarray) -> float:
        """Return how long it is."""
        return float(features[0, 0])

    def generate(
        self, encoded: float, _prompts: list[list[int]], **_how: object
    ) -> list[SimpleNamespace]:
        """Hear in a short window: the tokens are what is heard."""
        text = self.recognized(encoded - _PADDED_QUICKLY)
        return [SimpleNamespace(sequences_ids=[text])]

    def recognized(self, seconds: float) -> str:
        """Return what is heard in so many seconds of sound, and note it."""
        known = json.loads((self.folder / "heard.json").read_text("utf-8"))
        text: str = known[min(known, key=lambda length: abs(int(length) / 100 - seconds))]
        with (self.folder / "diary.txt").open("a", encoding="utf-8") as diary:
            diary.write(f"{text}\n")
        return text
