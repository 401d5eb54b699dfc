"""Which predicates of the segmenter no golden folder misses: each is forced to True, then to False.

A predicate (a function that returns a bool) names the golden folders that miss it in a comment,
``# Pinned by running-heads.``: those are tried first, all others if they stay as they are. What is
printed at the end changes no outline: such a predicate wants a golden folder, or is not needed.

``--all`` tries all folders whatever is named, and prints those that change, the telling ones first
(those that few predicates change). ``--texts FOLDER`` takes its texts beside the golden ones.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import multiprocessing
import re
import resource
import signal
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hautevoix.reading
from golden import read_golden
from hautevoix.errors import HautevoixError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FunctionType

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "reading" / "golden"
READING = Path(hautevoix.reading.__file__).parent
SPARED = ("sources", "base", "reader.py", "formats.py", "containers.py")
"""What reads formats: tests of its own pin it."""
NAMED = re.compile(r"# Pinned by (.+)\.")
LONGEST = 20  # seconds: a forced value may make a loop endless
MEMORY = 2 << 30  # bytes, for the same reason


@dataclass(frozen=True, slots=True)
class Predicate:
    """A function ``name`` (dotted, within ``module``) that returns a bool, and what it names."""

    module: str
    name: str
    named: tuple[str, ...]

    @property
    def label(self) -> str:
        """How it is printed."""
        return f"{self.module.removeprefix('hautevoix.reading.')}.{self.name}"


def predicates(path: Path) -> Iterator[Predicate]:
    """Yield the predicates that the file ``path`` defines, methods and properties too."""
    text = path.read_text("utf-8")
    module = ".".join(("hautevoix.reading", *path.relative_to(READING).with_suffix("").parts))
    for node in ast.parse(text).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        for found in inner:
            if isinstance(found, ast.FunctionDef) and _is_bool(found.returns):
                owner = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
                source = ast.get_source_segment(text, found) or ""
                named = NAMED.search(source)
                folders = tuple(named[1].split(", ")) if named else ()
                yield Predicate(module, f"{owner}{found.name}", folders)


def _is_bool(returns: ast.expr | None) -> bool:
    return isinstance(returns, ast.Name) and returns.id == "bool"


def segmenter() -> list[Predicate]:
    """Return the predicates of the segmenter, file by file."""
    files = sorted(READING.rglob("*.py"))
    kept = [path for path in files if path.relative_to(READING).parts[0] not in SPARED]
    return [found for path in kept for found in predicates(path)]


def function_of(predicate: Predicate) -> FunctionType:
    """Return the function itself, from under what is wrapped around it."""
    found: Any = importlib.import_module(predicate.module)
    for name in predicate.name.split("."):
        found = vars(found)[name]
    found = getattr(found, "fget", found)  # a property's
    found = getattr(found, "__func__", found)  # a static method's
    unwrapped: FunctionType = getattr(found, "__wrapped__", found)  # a cache's
    return unwrapped


def constant(*, value: bool) -> CodeType:
    """Return the code of a function that returns ``value`` whatever it is given."""
    if value:
        return (lambda *_, **__: True).__code__
    return (lambda *_, **__: False).__code__


def understood(text: Path) -> str:
    """Return all that reading makes of ``text``, as one string to compare."""
    try:
        return repr(read_golden(text))
    except HautevoixError as error:
        return repr(error)


@cache
def texts(more: tuple[Path, ...] = ()) -> dict[str, Path]:
    """Return the texts by name: a golden folder's, a file's of the folders ``more``."""
    golden = {path.parent.name: path for path in sorted(GOLDEN.glob("*/in.*"))}
    others = {path.name: path for folder in more for path in sorted(folder.iterdir())}
    return golden | others


@dataclass(frozen=True, slots=True)
class Job:
    """A predicate forced to ``value``; ``every``: don't stop at the first text that changes."""

    predicate: Predicate
    value: bool
    every: bool
    more: tuple[Path, ...]


WHOLE: dict[str, str] = {}
"""What reading makes of each text as the code is, known to all processes forked from here."""


def ablate(job: Job) -> tuple[Job, list[str]]:
    """Return which texts change when the predicate of ``job`` is forced."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    function_of(job.predicate).__code__ = constant(value=job.value)
    _forget()
    order = dict.fromkeys((*job.predicate.named, *texts(job.more)))
    missed = []
    for name in order:
        if name in WHOLE and _changes(name, job.more):
            missed.append(name)
            if not job.every:
                break
    return job, missed


def _forget() -> None:
    """Empty the caches: what they hold was found before the predicate was forced."""
    for name, module in list(sys.modules.items()):
        if name.startswith("hautevoix.reading"):
            for value in vars(module).values():
                getattr(value, "cache_clear", lambda: None)()


def _changes(name: str, more: tuple[Path, ...]) -> bool:
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(LONGEST)
    try:
        return understood(texts(more)[name]) != WHOLE[name]
    except Exception:  # noqa: BLE001  (whatever breaks, the text is read otherwise)
        return True
    finally:
        signal.alarm(0)


def _stop(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    """Force each predicate both ways; return 1 if some forced value changes nothing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--all", action="store_true", help="try all texts, print those that change")
    parser.add_argument("--texts", type=Path, action="append", default=[], help="a folder of texts")
    parser.add_argument("only", nargs="*", help="parts of the names of predicates")
    given = parser.parse_args()
    more = tuple(given.texts)
    WHOLE.update((name, understood(path)) for name, path in texts(more).items())
    found = [p for p in segmenter() if not given.only or any(o in p.label for o in given.only)]
    jobs = [Job(p, value, given.all, more) for p in found for value in (True, False)]
    context = multiprocessing.get_context("fork")
    with context.Pool(maxtasksperchild=1) as pool:
        results = pool.map(ablate, jobs, chunksize=1)
    report = _told_all if given.all else _told_unpinned
    return report(results)


def _told_all(results: list[tuple[Job, list[str]]]) -> int:
    often = Counter(name for _, missed in results for name in missed)
    for job, missed in results:
        telling = sorted(missed, key=lambda name: (often[name], name))
        print(f"{job.predicate.label}\t{job.value}\t{' '.join(telling[:5]) or '-'}")
    return int(not all(missed for _, missed in results))


def _told_unpinned(results: list[tuple[Job, list[str]]]) -> int:
    unpinned = [job for job, missed in results if not missed]
    unnamed = [
        (job, missed)
        for job, missed in results
        if missed and not set(missed) & set(job.predicate.named)
    ]
    for job, missed in unnamed:
        print(f"{job.predicate.label} {job.value}: names no folder that misses it ({missed[0]})")
    for job in unpinned:
        print(f"{job.predicate.label} {job.value}: changes nothing")
    print(f"{len(results)} forced values, {len(unpinned)} change nothing, {len(unnamed)} unnamed")
    return int(bool(unpinned or unnamed))


if __name__ == "__main__":
    sys.exit(main())
