"""A book to be proofed, and a fake listener that hears what a test tells it to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from hautevoix.engines import espeak
from hautevoix.french import Narrator
from hautevoix.pipeline.pronouncing import PronouncingNarrator

LISTENERS = Path(__file__).parent / "listeners"
_OTHER = 8  # hundredths of a second by which another take is longer or shorter, at least
SENTENCES = (
    "Le matin de la fête, les enfants descendirent en courant vers la rivière.",
    "Ils y trouvèrent les bateaux que leurs pères avaient peints pendant l'hiver.",
    "Chacun chercha le sien parmi les herbes hautes.",
    "Puis tout le monde chanta.",
)


@dataclass(frozen=True)
class Bench:
    """A folder with a text, its store, and a fake listener's model."""

    folder: Path

    @property
    def model(self) -> Path:
        """The listener's folder."""
        return self.folder / "model"

    @property
    def book(self) -> Path:
        """The audiobook's folder."""
        return self.folder / "output" / "fete"

    @property
    def listened(self) -> int:
        """How often it listened."""
        diary = self.model / "diary.txt"
        return len(diary.read_text("utf-8").splitlines()) if diary.exists() else 0

    def run(self, *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the command with the fake listener in place."""
        return subprocess.run(
            [sys.executable, "-c", "from hautevoix.cli import main; main()", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": str(LISTENERS),
                "HAUTEVOIX_STORE": str(self.folder / "store"),
                "HAUTEVOIX_LISTENER": str(self.model),
                "FAKE_MODEL": str(self.model),
                **variables,
            },
        )

    def write(self, *sentences: str) -> None:
        """Write the text."""
        lines = "\n\n".join(["La fête", *sentences])
        (self.folder / "fete.txt").write_text(f"{lines}\n", "utf-8")

    def hears(self, **otherwise: str) -> None:
        """Have the listener hear each sentence as it is, but those told otherwise: s2="…".

        Other takes of it are heard right.
        """
        engine, narrator = espeak.engine(), PronouncingNarrator(Narrator((), ()))
        heard: dict[int, str] = {}
        frame = "La fête", *SENTENCES, "Fin. Ce texte a été lu par une voix de synthèse."
        for number, text in enumerate(frame):
            clip = engine.speak(narrator.say(text).words, engine.voices()[0])
            length = round(100 * clip.frames / clip.rate)
            if f"s{number}" in otherwise:
                heard |= dict.fromkeys((length - _OTHER, length + _OTHER), text)
            heard[length] = otherwise.get(f"s{number}", text)
        (self.model / "heard.json").write_text(json.dumps(heard), "utf-8")
