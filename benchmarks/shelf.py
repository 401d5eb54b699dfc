"""How busy a shelf keeps the cores: one command for all books beside one after the other.

Busy is processor time over wall-clock time and cores. Run it on a machine that does nothing else:
other programs take cores from both.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hautevoix.workers.pool import cores

_SUBJECTS = "Le jardin", "La rivière", "Un enfant", "Le facteur", "Une lampe"
_VERBS = "attend", "s'éloigne", "revient", "se tait", "recommence"
_WHERE = "près du moulin", "sous la pluie", "après la moisson", "au bord du chemin"


def main() -> None:
    """Build the same books both ways, and print what each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=20)
    parser.add_argument("--sentences", type=int, default=100, help="in each book")
    parser.add_argument("--engine", default="auto")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = [_written(folder, number, asked.sentences) for number in range(asked.books)]
        _measure(folder, asked.engine, "one by one", [[text] for text in texts])
        _measure(folder, asked.engine, "a shelf", [texts])
        print(f"same bytes: {_sounds(folder / 'one by one') == _sounds(folder / 'a shelf')}")


def _written(folder: Path, number: int, sentences: int) -> Path:
    """Write a book whose sentences are in no other; return where it is."""
    said = [
        f"{_SUBJECTS[index % 5]} {_VERBS[index // 5 % 5]} {_WHERE[index // 25 % 4]}, "
        f"et c'est la page {number * sentences + index}."
        for index in range(sentences)
    ]
    path = folder / f"livre-{number:02}.txt"
    path.write_text("\n\n".join(said) + "\n", "utf-8")
    return path


def _measure(folder: Path, engine: str, way: str, commands: list[list[Path]]) -> None:
    before, begun = _processor(), time.monotonic()
    options = "--engine", engine, "--quiet", "-o", str(folder / way), "--store", f"{folder}/s-{way}"
    for texts in commands:
        told = [sys.executable, "-m", "hautevoix", "build", *map(str, texts), *options]
        subprocess.run(told, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    wall, processor = time.monotonic() - begun, _processor() - before
    busy = processor / wall / cores()
    print(
        f"{way}: {wall:.1f} s, {processor:.1f} s of processor, {busy:.2f} of {cores()} cores busy"
    )


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _sounds(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*/*.mp3")}


if __name__ == "__main__":
    main()
