"""What a build remembers for the next: how sentences are said, and what was made of what."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import hautevoix
from hautevoix.model import Manner, Span, Spoken, Words
from hautevoix.storage.store import key_of
from hautevoix.workers.pool import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hautevoix.french import Narrator
    from hautevoix.storage.store import Store
    from hautevoix.workers.pool import WorkerPool

_AT_ONCE = 400  # sentences: some tenth of a second


@cache
def code_stamp() -> str:
    """Return what tells this code from any other: the names, sizes and times of its files."""
    root = Path(hautevoix.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.suffix in {".py", ".toml", ".json"})
    told = [
        (path.relative_to(root), path.stat().st_size, path.stat().st_mtime_ns) for path in files
    ]
    return key_of(hautevoix.__version__, told)


def fingerprint(files: Iterable[Path]) -> list[list[object]] | None:
    """Return the files' names, sizes and times, None if one is missing."""
    try:
        return [[str(file), file.stat().st_size, file.stat().st_mtime_ns] for file in files]
    except OSError:
        return None


@dataclass(slots=True)
class Remembered:
    """A narrator that knows what it said of this book last time.

    ``key`` must tell the book and all that its reading depends on. What is new is said by the
    ``pool`` where it is much; ``progress`` is told (done, total) in sentences.
    """

    narrator: Narrator
    store: Store
    key: str
    pool: WorkerPool
    progress: Callable[[int, int], None]
    _known: dict[str, Spoken] = field(default_factory=dict)
    _said: dict[str, Spoken] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Recall what was kept; what can't be read is forgotten."""
        stored = self.store.get(self.key)
        if stored:
            self._known = {
                written: Spoken(Words(text, tuple(_span(span) for span in spans)))
                for written, text, spans in json.loads(stored)
            }

    def say_all(self, texts: Sequence[str], *, explain: bool = False) -> Iterator[Spoken]:
        """Yield the words, as ``Narrator.say_all`` does; explanations are never remembered."""
        if explain:
            return self.narrator.say_all(texts)
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        self.progress(0, len(texts))
        new = dict(zip(unknown, self._new(unknown, len(texts)), strict=True))
        self.progress(len(texts), len(texts))
        self._said = {text: self._known.get(text) or new[text] for text in texts}
        return (self._said[text] for text in texts)

    def _new(self, texts: list[str], total: int) -> Iterator[Spoken]:
        job: Job[list[str], list[Spoken]] = Job(_sayer, (self.narrator,))
        parts = [texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE)]

        def tell(done: int) -> None:
            self.progress(min(done * _AT_ONCE, total), total)

        said = self.pool.results(job, parts, tell)
        return chain.from_iterable(said)

    def keep(self) -> None:
        """Keep what was said this time, if it is not just what was known."""
        if self._said.keys() == self._known.keys():
            return
        told = [
            (written, said.words.text, [astuple(span) for span in said.words.spans])
            for written, said in self._said.items()
        ]
        # Escaped, so that even a lone surrogate is plain bytes.
        self.store.put(self.key, json.dumps(told).encode("ascii"))


def _sayer(narrator: Narrator) -> Callable[[list[str]], list[Spoken]]:
    """Return what a worker does with texts."""
    return lambda texts: list(narrator.say_all(texts, explain=False))


def _span(told: list[object]) -> Span:
    start, end, manner, ipa = told
    return Span(int(str(start)), int(str(end)), Manner(str(manner)), str(ipa))
