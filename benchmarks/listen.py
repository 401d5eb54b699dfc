"""How each voice is understood, by a listener that is a program: script/bench listen.

Every voice says the same utterances (benchmarks/utterances.tsv, or the sentences of TEXT as a
build would say them). Whisper base listens. Told are the rates of words and of phonemes heard
wrong, the headings heard right to a sound, PLCMOS and DNSMOS (naturalness, 1 to 5), seconds of
speech a second of one core, and the peak of the largest process that speaks. It compares voices;
an absolute it is not: the listener mishears people too.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from choosing import chosen
from hautevoix.errors import EngineError, HautevoixError
from hautevoix.french import Narrator
from hautevoix.model.options import Source
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.workers.pool import WorkerPool, cores
from hearing import Asked, Report, hear, report
from listening import weights
from speaking import perform
from tables import details, figures, for_programs, renewed, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.model import Words
    from listening import Weights

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs" / "voices.md"
FIGURES = HERE.parent / "src" / "hautevoix" / "engines" / "heard.toml"
_NO_TERMINAL = 100  # columns


def utterances(texts: Sequence[Path]) -> list[tuple[Asked, Words]]:
    """Return what will be said: the sentences of ``texts``, or those made for this."""
    return [one for text in texts for one in _of_text(text)] if texts else list(_made_for_this())


def _made_for_this() -> Iterator[tuple[Asked, Words]]:
    narrator = Narrator()
    for line in (HERE / "utterances.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, written = line.split("\t")
            words = narrator.say(written, explain=False).words
            yield Asked(kind, written, words.text), words


def _of_text(path: Path) -> Iterator[tuple[Asked, Words]]:
    for utterance in narrate(understand(Source(path))).utterances:
        yield Asked(utterance.role, utterance.written, utterance.spoken), utterance.words


def progress(what: str, total: int, done: int) -> None:
    """Tell on stderr how far it is: on one line in a terminal, else when it begins."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{what}: {done} of {total}\x1b[K{end}")
    elif done == 1:
        sys.stderr.write(f"{what}: {total} utterances\n")
    sys.stderr.flush()


def measure(
    pool: WorkerPool, ears: Weights, name: tuple[str, str], said: Sequence[tuple[Asked, Words]]
) -> Report:
    """Have a voice speak all that is ``said``, and listen. Raises the engine's error."""
    folder = Path(tempfile.mkdtemp(prefix="hautevoix-listen-"))
    try:
        asked, words = [one for one, _ in said], [words for _, words in said]
        called = "/".join(name)
        done = perform(*name, words, folder, partial(progress, f"{called} speaks", len(said)))
        listening = partial(progress, f"{called} is heard", len(said))
        return report(name, done, asked, hear(pool, ears, folder, len(said), listening))
    finally:
        shutil.rmtree(folder)


def reports(names: Sequence[tuple[str, str]], said: Sequence[tuple[Asked, Words]]) -> list[Report]:
    """Return each voice's figures; one that can't speak is told, and the next one speaks."""
    ears = weights()
    found = []
    with WorkerPool(cores()) as pool:
        for name in names:
            try:
                found.append(measure(pool, ears, name, said))
            except EngineError as error:
                sys.stderr.write(f"{'/'.join(name)}: {error}\n")
    return found


def options() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="script/bench listen", description=__doc__)
    parser.add_argument(
        "texts", nargs="*", type=Path, metavar="TEXT", help="texts in place of the fixed set"
    )
    parser.add_argument(
        "--engine",
        action="append",
        default=[],
        metavar="NAME/VOICE",
        help="an engine, or one of its voices; again for more (all that are ready offline)",
    )
    parser.add_argument(
        "--details", type=Path, metavar="FILE", help="each utterance as it was heard, to a TSV"
    )
    parser.add_argument("--json", action="store_true", help="print the figures for programs")
    parser.add_argument(
        "--write-docs",
        action="store_true",
        help="renew the table in docs/voices.md, and what « hautevoix voices » tells",
    )
    return parser.parse_args()


def main() -> int:
    """Measure and tell; return the exit code, as errors.py has it."""
    asked = options()
    try:
        names = [(engine.name, voice.name) for engine, voice in chosen(asked.engine)]
        found = reports(names, utterances(asked.texts))
    except HautevoixError as error:
        sys.stderr.write(f"script/bench listen: {error}\n")
        return error.exit_code
    if asked.json:
        print(json.dumps([for_programs(one) for one in found], indent=2, ensure_ascii=False))
    else:
        print("\n".join(table(found, shutil.get_terminal_size((_NO_TERMINAL, 24)).columns)))
    if asked.details:
        asked.details.write_text("\n".join(details(found)) + "\n", "utf-8")
    if asked.write_docs:
        DOCS.write_text(renewed(DOCS.read_text("utf-8"), found), "utf-8")
        FIGURES.write_text(figures(found), "utf-8")
    return 0 if len(found) == len(names) else EngineError.exit_code


if __name__ == "__main__":
    sys.exit(main())
