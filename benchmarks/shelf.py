"""How busy a shelf keeps the cores: one command for all books beside one after the other.

Until the last book is mastered, all cores should have work. Cores that other programs hold while
ours wait for them count as busy, so others on the machine make both ways slower, not less busy.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from busyness import Watched, watch
from hautevoix.workers.pool import cores
from texts import books

_SHORTEST, _LONGEST = 0.5, 1.5  # of the usual length


@dataclass(frozen=True, slots=True)
class Way:
    """What building the books one way took: what was seen, and when the last was being mastered."""

    name: str
    seen: Watched
    last: float

    def __str__(self) -> str:
        whole = self.seen.moments[-1]
        busy = self.seen.busy(cores(), self.last)
        return (
            f"{self.name}: {whole.at:.1f} s, {whole.ran:.1f} s of processor; until the last book is"
            f" mastered, {self.last:.1f} s, {busy:.3f} of {cores()} cores asked for"
            f" (got {self.seen.ran(self.last) / self.last / cores():.3f})"
        )


def main() -> None:
    """Build the same books both ways, and print what each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=20)
    parser.add_argument("--bytes", type=int, default=4000, help="of a usual book")
    parser.add_argument("--engine", default="pico", help="whose speaking takes most")
    parser.add_argument("--details", type=Path, help="where each look is written, as JSON")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = written(folder, asked.books, asked.bytes)
        alone = _one_by_one(folder, asked.engine, texts)
        print(alone, flush=True)
        shelf = built(folder, asked.engine, "a shelf", texts)
        print(shelf)
        if asked.details:
            asked.details.write_text(json.dumps([_told(alone), _told(shelf)]), "utf-8")
        print(f"a shelf takes {shelf.seen.moments[-1].at / alone.seen.moments[-1].at:.2f} of it")
        print(f"same bytes: {_sounds(folder / 'one by one') == _sounds(folder / 'a shelf')}")


def written(folder: Path, count: int, usual: int) -> list[Path]:
    """Write books of different lengths, ``usual`` bytes on average; return where they are."""
    dice = random.Random(22)  # noqa: S311 - repeatable, no secret
    sizes = [round(dice.uniform(_SHORTEST, _LONGEST) * usual) for _ in range(count)]
    paths = [folder / f"livre-{number:03}.txt" for number in range(count)]
    for path, text in zip(paths, books(sizes), strict=True):
        path.write_text(text, "utf-8")
    return paths


def built(folder: Path, engine: str, way: str, texts: list[Path], *more: str) -> Way:
    """Build books by one command, into ``folder``/``way``, with a store of its own."""
    told = "--engine", engine, "--quiet", "--events", *more
    where = "-o", str(folder / way), "--store", str(folder / f"store of {way}")
    command = [sys.executable, "-m", "hautevoix", "build", *map(str, texts), *told, *where]
    seen = watch(command)
    return Way(way, seen, _mastering(seen, str(texts[-1])))


def _one_by_one(folder: Path, engine: str, texts: list[Path]) -> Way:
    whole = Watched()
    last = 0.0
    for text in texts:
        way = built(folder, engine, "one by one", [text])
        before = whole.moments[-1]
        whole.moments += [before.plus(moment) for moment in way.seen.moments[1:]]
        last = before.at + way.last
    return Way("one by one", whole, last)


def _mastering(seen: Watched, text: str) -> float:
    """Return when a text's pieces began to be made."""
    for at, line in seen.lines:
        told = json.loads(line)
        if told.get("stage") == "Mastering" and told["text"] == text:
            return at
    return seen.moments[-1].at


def _told(way: Way) -> dict[str, object]:
    seen = [(one.at, one.ran, one.waited) for one in way.seen.moments]
    return {"way": way.name, "moments": seen, "lines": way.seen.lines}


def _sounds(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*/*.mp3")}


if __name__ == "__main__":
    main()
