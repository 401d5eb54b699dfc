"""How many faults « hautevoix proof » finds, and how many sentences it suspects for nothing.

A voice reads TEXT…; into its sentences faults are planted (benchmarks/planting.py), and each is
proofed as a build's would be: by its sound, and by a listener. Told are, by kind, how many were
found, and by what. What was spoken and heard is kept: stopped, the same command goes on.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from hautevoix.engines import find_voice, load
from hautevoix.errors import HautevoixError
from hautevoix.model import Clip, Words
from hautevoix.model.options import ListenerOptions, Source
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.proofing.faults import Sounding, sound_faults
from hautevoix.proofing.hearing import hear
from hautevoix.proofing.listener import find_model
from hautevoix.proofing.measures import measure
from hautevoix.recording import speak
from hautevoix.storage.store import Store, key_of
from hautevoix.workers.pool import WorkerPool
from listen import progress
from listening import weights
from planting import KINDS, Planted, planted, spoiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.engines import Engine
    from hautevoix.model import Voice
    from hautevoix.proofing.hearing import Hearing
    from hautevoix.proofing.measures import Measures

USUAL = platformdirs.user_cache_path("hautevoix") / "planted"
_VERSION = "planted-1"
_UNTOUCHED = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a sentence: what its sound told, and what was heard of it.

    A fault that its sound told already is not listened to.
    """

    planted: Planted
    by_sound: tuple[str, ...]
    hearing: Hearing | None

    @property
    def misheard(self) -> bool:
        """Whether other words were heard."""
        return self.hearing is not None and self.hearing.suspect

    @property
    def suspect(self) -> bool:
        """Whether it would be called suspect."""
        return bool(self.by_sound) or self.misheard


def chosen(sentences: Sequence[str], every: int) -> list[Planted]:
    """Return all sentences untouched, and of each kind of fault one in ``every`` of them."""
    return [
        one
        for one in planted(sentences, KINDS)
        if not one.kind or (one.index + KINDS.index(one.kind)) % every == 0
    ]


def clips(
    todo: Sequence[Planted], words: Sequence[Words], engine: Engine, voice: Voice, store: Store
) -> list[str]:
    """Return the keys of the clips, which are spoken and spoiled where they are not there yet."""
    keys = []
    for count, one in enumerate(todo, 1):
        said = Words(one.told) if one.told else words[one.index]
        whole, key = (
            key_of(_VERSION, engine.name, engine.version, voice, said, kind)
            for kind in (one.kind if one.told else "", one.kind)
        )
        if not store.has(whole):
            store.put(whole, speak(engine, said, voice).to_bytes())
        if not store.has(key):
            clip = Clip.from_bytes(store.get(whole) or b"")
            store.put(key, spoiled(one.kind, clip).to_bytes())
        keys.append(key)
        progress("Speaking", len(todo), count)
    return keys


def by_sound(
    todo: Sequence[Planted], measures: Sequence[Measures], sentences: Sequence[str]
) -> list[tuple[str, ...]]:
    """Return what the sound tells of each, in a book whose other sentences are untouched."""
    book = [Sounding(text, "voice", measures[index]) for index, text in enumerate(sentences)]
    untouched = sound_faults(book)
    found = []
    for index, one in enumerate(todo):
        faults = untouched[index] if index < len(book) else ()
        if one.kind:
            place = sentences.index(one.asked)
            changed = Sounding(one.asked, "voice", measures[index])
            faults = sound_faults([*book[:place], changed, *book[place + 1 :]])[place]
        found.append(tuple(fault.message for fault in faults))
    return found


def proofed(asked: argparse.Namespace) -> list[Outcome]:
    """Return what became of each sentence."""
    store = Store(asked.store)
    engine_name, _, voice_name = asked.engine.partition("/")
    engine = load(engine_name)
    voice = find_voice(engine, voice_name or None)
    said = [one for text in asked.texts for one in narrate(understand(Source(text))).utterances]
    sentences = [one.spoken for one in said]
    todo = chosen(sentences, asked.every)
    keys = clips(todo, [one.words for one in said], engine, voice, store)
    stored = [Clip.from_bytes(store.get(key) or b"") for key in keys]
    measures = [measure(clip) for clip in stored]
    seconds = sum(clip.frames / clip.rate for clip in stored)
    sys.stderr.write(f"{len(todo)} sentences, {seconds / 60:.0f} minutes of sound\n")
    model = find_model(ListenerOptions(asked.model or str(weights().folder)), store)
    told = by_sound(todo, measures, sentences)
    open_ = [index for index, one in enumerate(todo) if not (one.kind and told[index])]
    with WorkerPool(asked.jobs) as pool:
        pairs = [(keys[index], todo[index].asked) for index in open_]
        heard = hear(pairs, model, store, pool, partial(_tell, "Hearing"))
    hearings = dict(zip(open_, heard, strict=True))
    return [Outcome(one, told[index], hearings.get(index)) for index, one in enumerate(todo)]


def _tell(what: str, done: int, total: int) -> None:
    if done % 20 == 0 or done == total:
        sys.stderr.write(f"{what}: {done} of {total}\n")


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the figures as a table in Markdown.

    Precision is told for books of which half the sentences have that fault.
    """
    counts = Counter(one.planted.kind for one in outcomes)
    sound, heard, all_ = (
        Counter(one.planted.kind for one in outcomes if found(one))
        for found in (
            lambda one: bool(one.by_sound),
            lambda one: one.misheard,
            lambda one: one.suspect,
        )
    )
    false = all_[_UNTOUCHED] / max(1, counts[_UNTOUCHED])
    rows = ["| planted | sentences | suspect | by its sound | by the listener | precision |"]
    rows.append("|---|---|---|---|---|---|")
    for kind in (_UNTOUCHED, *KINDS):
        if counts[kind]:
            rate = all_[kind] / counts[kind]
            precise = f"{rate / (rate + false):.0%}" if kind and rate else ""
            rows.append(
                f"| {kind or 'nothing'} | {counts[kind]} | {rate:.1%} | {sound[kind]} "
                f"| {heard[kind]} | {precise} |"
            )
    faulty = sum(counts[kind] for kind in KINDS)
    found = sum(all_[kind] for kind in KINDS)
    rows.append(f"| all faults | {faulty} | {found / max(1, faulty):.1%} | | | |")
    return rows


def errors(outcomes: Sequence[Outcome]) -> list[str]:
    """Return a line for each fault that was missed, and each sentence suspected for nothing."""
    return [
        f"{one.planted.kind or 'untouched'}\t{'; '.join(one.by_sound)}\t{one.planted.asked}\t"
        f"{one.planted.told}\t{one.hearing.heard if one.hearing else ''}"
        for one in outcomes
        if one.suspect != bool(one.planted.kind)
    ]


def options() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="script/bench proof", description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path, metavar="TEXT")
    parser.add_argument("--engine", default="pico", metavar="NAME/VOICE")
    parser.add_argument("--model", metavar="DIR|NAME", help="the listener (Whisper base)")
    parser.add_argument(
        "--every", type=int, default=5, help="a fault of each kind in one of so many"
    )
    parser.add_argument("--store", type=Path, default=USUAL, help="where clips are kept")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--errors", type=Path, metavar="FILE", help="what was wrong, to a TSV")
    return parser.parse_args()


def main() -> int:
    """Measure and tell; return the exit code, as errors.py has it."""
    asked = options()
    try:
        outcomes = proofed(asked)
    except HautevoixError as error:
        sys.stderr.write(f"script/bench proof: {error}\n")
        return error.exit_code
    print("\n".join(table(outcomes)))
    if asked.errors:
        asked.errors.write_text("\n".join(errors(outcomes)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
