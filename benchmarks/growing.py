"""Which patterns of the package take time with more than the length of what they are given.

Each is tried by itself, on what its own shape suggests (``atoms``): runs of what it repeats, after
what stands before that, then something else. Told is a ratio: how much longer four times as much
takes, 4 if time is in proportion, 16 if it grows with the square.
"""

from __future__ import annotations

import argparse
import inspect
import re
import signal
import sys
import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import hautevoix
from atoms import atoms, patterns, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Work = Callable[[str], object]

_SMALL, _LARGE = 2_048, 8_192  # characters
_BAD = 8.0  # times as long: between 4, in proportion, and 16, with the square
_CHEAP = 4e-3  # seconds for _SMALL: the square of it takes more, at a nanosecond a step
_PATIENCE = 2.0  # seconds of processor for one text
_ENDINGS = ("\0", "", "\n", "a")
_CALLED = re.compile(
    r"(?<!\w)(\w+)(?:\[\w+\])?\.(search|subn?|finditer|findall|split|match|fullmatch)\b"
)
_ANCHORED = {"match", "fullmatch"}

_BOUNDED = {
    "hautevoix.publishing.checking.cues._VTT_LINE": "(held against a whole cue)",
    "hautevoix.publishing.checking.cues._SRT_LINE": "(held against a whole cue)",
    "hautevoix.proofing.page._WORDS": "(our own page)",
    "hautevoix.runtime.installation._OF_AN_EXTRA": "(our own package's metadata)",
    "hautevoix.proofing.faults._TWICE": "(a sentence: 1,200 characters at most)",
    "hautevoix.reading.sources.frontmatter._YAML": "(held against a text's beginning)",
    "hautevoix.reading.sources.frontmatter._TOML": "(held against a text's beginning)",
    "hautevoix.reading.sources.frontmatter._PERCENT": "(held against a text's beginning)",
    "hautevoix.reading.notes.link_marks._MARK": "(held against a mark, which is short)",
    "hautevoix.reading.sources.word.styles._KINDS": "(held against a whole name)",
    "hautevoix.reading.sources.pdf.paragraphs._LEADER": "(the last 80 characters of a line)",
    "hautevoix.reading.structure.contents._DOTS": "(the last 80 characters of a line)",
    "hautevoix.reading.structure.contents._PAGE": "(the last 80 characters of a line)",
    "hautevoix.reading.structure.slips._WORD_TAIL": "(a few dozen characters)",
    "hautevoix.reading.text.gutenberg._FIELD": "(held against a whole line)",
    "hautevoix.reading.text.layout._LEADER": "(the last 60 characters of a line)",
    "hautevoix.reading.text.units._ROW": "(the last 60 characters of a line)",
}
"""Patterns that are given no text of any length, or not all over it: why they may stay."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How a pattern's time grows on a text: ``ratio``, and the ``seconds`` that the longer took."""

    ratio: float
    seconds: float
    text: tuple[str, str, str]


class _LateError(Exception):
    """A text took longer than anyone waits."""


def growth(work: Work, pattern: re.Pattern[str]) -> Growth | None:
    """Return how the time of ``work`` grows where that is worse than with the length."""
    for before, unit, ending in _texts(pattern):
        make = partial(_text, before, unit, ending)
        if _seconds(work, make(_SMALL)) < _CHEAP:
            continue
        small, large = (min(_seconds(work, make(n)) for _ in range(2)) for n in (_SMALL, _LARGE))
        if large > _BAD * max(small, _CHEAP) or small >= _PATIENCE:
            return Growth(large / small, large, (before, unit, ending))
    return None


def _texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what a text begins with, what it repeats, and what it ends with."""
    runs = {("", whole) for sample in samples(pattern) for whole in (sample, sample[:-1]) if whole}
    for before, unit in atoms(pattern):
        runs |= {(before, unit), (before, f"{unit} "), ("", before + unit)}
        runs |= {("", before[-1:] + unit)}
    for before, unit in sorted(runs):
        yield from ((before, unit, ending) for ending in _ENDINGS)


def _text(before: str, unit: str, ending: str, size: int) -> str:
    return before + unit * (size // len(unit) + 1) + ending


def _seconds(work: Work, text: str) -> float:
    """Return the seconds of processor that ``work`` takes, _PATIENCE if it is not done by then."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
    try:
        work(text)
    except _LateError:
        return _PATIENCE
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return max(time.process_time() - start, 1e-6)


def _give_up(*_: object) -> NoReturn:
    raise _LateError


def calls() -> dict[str, set[str]]:
    """Return what the package calls on each name that a pattern may have."""
    found: dict[str, set[str]] = {}
    for path in Path(hautevoix.__path__[0]).rglob("*.py"):
        for name, method in _CALLED.findall(path.read_text("utf-8")):
            found.setdefault(name, set()).add(method)
    return found


def used(name: str, called: dict[str, set[str]]) -> set[str]:
    """Return the methods that are called on a pattern: on a private name, those of its module."""
    module, _, last = name.rpartition(".")
    own = _CALLED.findall(inspect.getsource(sys.modules[module])) if last.startswith("_") else []
    return {method for one, method in own if one == last} or called.get(last, set())


def works(pattern: re.Pattern[str], methods: set[str]) -> list[Work]:
    """Return how a pattern is used, by the methods that are called on it.

    One that is only held against the beginning of a text is; any other is looked for all over it.
    """
    if methods and methods <= _ANCHORED:
        return [getattr(pattern, method) for method in sorted(methods)]
    return [lambda text: deque(pattern.finditer(text), maxlen=0)]


def main() -> int:
    """Print each pattern that grows too fast, with the text that shows it; 1 if there is one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="?", default="", help="only patterns whose name has this")
    asked = parser.parse_args()
    signal.signal(signal.SIGPROF, _give_up)
    called = calls()
    chosen = {one: name for one, name in patterns().items() if re.search(asked.names, name)}
    bad = 0
    for pattern, name in chosen.items():
        for work in works(pattern, used(name, called)):
            found = growth(work, pattern)
            if found:
                bounded = _BOUNDED.get(name, "")
                bad += not bounded
                print(f"{name}: × {found.ratio:.0f}, {found.seconds:.2f} s: {found.text} {bounded}")
                print(f"    {pattern.pattern[:200]!r}", flush=True)
    print(f"{len(chosen)} patterns, {bad} of them grow faster than what they are given")
    return int(bad > 0)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
