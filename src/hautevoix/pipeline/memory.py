"""What a build remembers for the next: how sentences are said, and what was made of what."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import hautevoix
from hautevoix.model import Spoken, Words
from hautevoix.parsing.json_codec import decoded, encoded
from hautevoix.storage.store import key_of
from hautevoix.workers.pool import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hautevoix.french import Narrator
    from hautevoix.pipeline.pronouncing import PronouncingNarrator
    from hautevoix.storage.store import Store
    from hautevoix.workers.pool import WorkerPool

_AT_ONCE = 400  # sentences: some tenth of a second


@cache
def code_stamp() -> str:
    """Return what tells this code from any other: the names, sizes and times of its files."""
    root = Path(hautevoix.__file__).parent
    kinds = {".py", ".toml", ".json", ".tsv"}
    files = sorted(path for path in root.rglob("*") if path.suffix in kinds)
    told = [
        (path.relative_to(root), path.stat().st_size, path.stat().st_mtime_ns) for path in files
    ]
    return key_of(hautevoix.__version__, told)


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells a file from what it was before: its size in bytes, its time in nanoseconds."""

    path: str
    size: int
    time: int


def fingerprint(files: Iterable[Path]) -> tuple[FileStamp, ...] | None:
    """Return the files' stamps, None if one is missing."""
    try:
        return tuple(
            FileStamp(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files
        )
    except OSError:
        return None


@dataclass(slots=True)
class Remembered:
    """A narrator that knows what it said of this book last time.

    ``key`` must tell the book and all that its reading depends on. What is new is said by the
    ``pool`` where it is much; ``progress`` is told (done, total) in sentences.
    """

    narrator: Narrator | PronouncingNarrator
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
                written: Spoken(words)
                for written, words in decoded(tuple[tuple[str, Words], ...], stored)
            }

    def say_all(self, texts: Sequence[str], *, explain: bool = False) -> Iterator[Spoken]:
        """Yield the words, as the narrator does; explanations are never remembered."""
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
        told = [(written, said.words) for written, said in self._said.items()]
        self.store.put(self.key, encoded(told))


def _sayer(
    narrator: Narrator | PronouncingNarrator,
) -> Callable[[list[str]], list[Spoken]]:
    """Return what a worker does with texts."""
    return lambda texts: list(narrator.say_all(texts, explain=False))
