"""What a build remembers for the next: how sentences are said, and what was made of what."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import hautevoix
from hautevoix.model import Manner, Span, Spoken, Words
from hautevoix.store import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hautevoix.french import Narrator
    from hautevoix.store import Store


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

    ``key`` must tell the book and all that its reading depends on.
    """

    narrator: Narrator
    store: Store
    key: str
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

    def say(self, text: str, *, explain: bool = False) -> Spoken:
        """Return the words, as ``Narrator.say`` does; explanations are never remembered."""
        if explain:
            return self.narrator.say(text)
        said = self._known.get(text) or self.narrator.say(text, explain=False)
        self._said[text] = said
        return said

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


def _span(told: list[object]) -> Span:
    start, end, manner, ipa = told
    return Span(int(str(start)), int(str(end)), Manner(str(manner)), str(ipa))
